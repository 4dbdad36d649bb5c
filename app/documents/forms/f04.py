"""F04 入户调查表 — what two people saw and heard at a door (domain.md §3.4).

After 兰山's 附件1 and 附件2 and 重庆's 核查表, whose legend of 从业状况 it carries. One copy, for
the case file. What the investigation answered in words stands in words; the boxes beside are ticked
by hand, for the program reads no tick out of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import (
    LEFT,
    SMALL,
    Cell,
    Row,
    fill,
    head,
    label,
    mixed,
    row,
    running,
    sign,
    story,
)
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f04_content import F04Content, F04Member, F04Obligor
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.households import Category

FORM: Final = "F04"
VERSION: Final = "2"
TITLE: Final = "入户调查表"
HOLDERS: Final = ("存档",)

_OCCUPATIONS: Final = (
    "学龄前儿童", "在校学生", "在职", "灵活就业", "登记失业", "未登记失业", "退休",
)  # fmt: skip
"""重庆核查表's legend; a member's line names one by its number."""
_PUPIL: Final = str(_OCCUPATIONS.index("在校学生") + 1)
_MEMBERS: Final = 4
_OBLIGORS: Final = 2
"""Lines there are at least, so that somebody can be written in."""
_INVESTIGATORS: Final = 2
_ACROSS: Final = 2


def render(content: F04Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F04Content, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (Words("调查单位："), Words(c.unit, Style.KAI))
    number = (Words("编号："), Words(document_no, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=unit, right=number),
            Grid(columns=(27, 89, 24, 50), rows=_about(c)),
            Grid(
                columns=(34, 20, 13, 44, 22, 27, 22),
                heads=(_member_heads(),),
                rows=tuple(_members(c)),
                side="家庭成员",
                breaks=True,
            ),
            Grid(columns=(27, 163), rows=_living(c)),
            Grid(
                columns=(34, 20, 13, 34, 34, 47),
                heads=(_obligor_heads(),),
                rows=tuple(_obligors(c)),
                side="义务人",
                breaks=True,
            ),
            Grid(columns=(27, 163), rows=_found(c)),
            Grid(columns=(1,) * _ACROSS, rows=tuple(_signatures(c)), together=True),
            Prose(
                (Words("说明：空着的格子在现场如实手写；由他人代写的，应当念给被调查人听。"),),
                size=9,
                before=1 * MM,
            ),
        ),
    )


def _about(c: F04Content) -> tuple[Row, ...]:
    who: list[Part] = []
    for number in range(max(len(c.investigators), _INVESTIGATORS)):
        name = c.investigators[number] if number < len(c.investigators) else ""
        who += [Words("\n")] if number else []
        who += [Words(name, Style.KAI) if name else Blank(30), Words("　单位"), Blank(70)]
    kinship = _asked(c.has_relative)
    listed: tuple[Part, ...] = (
        Tick("建档立卡（监测）", c.is_monitored),
        Tick(f"在保：{c.category.label}", on=True) if _is_on_benefit(c) else Tick("在保"),
        Words("　与经办人员、村干部有近亲属关系"), Words(" "), *kinship,
    )  # fmt: skip
    return (
        row("户　主", fill(c.head), "证件号码", fill(values.spaced(c.id_number))),
        row("住　址", fill(c.address, align=LEFT), "联系电话", fill(values.phone(c.phone))),
        row("调查日期", fill(values.day(c.on)), "到达时间", mixed(Blank(20), Words("时"),
            Blank(16), Words("分"))),
        row("调查人", running(*who, span=3), height=20 * MM),
        row("被调查人", fill(c.respondent), "照　片", mixed(Blank(18), Words("张，附后"))),
        row("家庭情况", mixed(*listed, span=3), height=11 * MM),
    )  # fmt: skip


def _is_on_benefit(c: F04Content) -> bool:
    return c.category not in {Category.NONE, Category.WATCHLIST}


def _asked(answer: bool | None) -> tuple[Tick, Tick]:  # noqa: FBT001  # a fact, not a switch
    return Tick("有", answer is True), Tick("无", answer is False)


def _member_heads() -> Row:
    names = ("姓名", "与户主\n关系", "年龄", "身体状况（残疾、重病）", "劳动能力", "居住",
             "从业状况\n（序号）")  # fmt: skip
    return row(*(head(name, size=SMALL) for name in names), height=10 * MM)


def _members(c: F04Content) -> Iterator[Row]:
    for member in c.members:
        yield _member(member)
    for _ in range(len(c.members), _MEMBERS):
        yield row(*(fill(None) for _ in range(7)))
    legend = "；".join(f"{number} {name}" for number, name in enumerate(_OCCUPATIONS, start=1))
    yield row(mixed(Words(f"从业状况：{legend}。"), span=7, size=SMALL))


def _member(m: F04Member) -> Row:
    age = "" if m.age is None else str(m.age)
    work = _PUPIL if m.is_pupil else ""
    said = (m.name, m.relation, age, m.health, m.labour, m.living, work)
    return row(*(fill(text, size=SMALL) for text in said))


def _living(c: F04Content) -> tuple[Row, ...]:
    """How the household lives: the boxes of the model forms, and what was said."""
    return (
        row("家里人口", story(c.answers.get("people"), top=False)),
        row("住房类型", running(
            *(Tick(one) for one in ("商品房", "自建房", "租住", "寄居", "危房")),
            Words("　装修 "), *(Tick(one) for one in ("未装修", "中等", "豪华")),
            Words("\n面积"), Blank(18), Words("平方米　结构 "),
            *(Tick(one) for one in ("砖混", "砖木", "土木", "其他")),
        )),
        row("住房情况", story(c.answers.get("housing"), top=False)),
        row("交通工具", _ticked(("汽车", "农机", "摩托车", "没有"), c.answers.get("vehicles"))),
        row("种植养殖", story(c.answers.get("farming"), top=False)),
        row("生活用品", _ticked(
            ("电视", "冰箱", "洗衣机", "空调", "电脑"), c.answers.get("belongings")
        )),
        row("月水电燃料\n通讯费", story(c.answers.get("utilities"), top=False)),
    )  # fmt: skip


def _ticked(options: tuple[str, ...], said: str | None) -> Cell:
    """Boxes to tick by hand, and what was said after them."""
    boxes = tuple(Tick(option) for option in options)
    return running(*boxes, *((Words(f"\n{said}", Style.KAI),) if said else ()))


def _obligor_heads() -> Row:
    names = ("姓名", "关系", "年龄", "月收入（元）", "每月给（元）", "情　况")
    return row(*(head(name, size=SMALL) for name in names))


def _obligors(c: F04Content) -> Iterator[Row]:
    for one in c.obligors:
        yield _obligor(one)
    for _ in range(len(c.obligors), _OBLIGORS):
        yield row(*(fill(None) for _ in range(6)))
    yield row(label("赡养情况"), story(c.answers.get("obligors"), span=5, top=False))


def _obligor(o: F04Obligor) -> Row:
    said = (
        o.name, o.relation, "" if o.age is None else str(o.age),
        o.income.grouped() if o.income is not None else "",
        o.pays.grouped() if o.pays is not None else "", o.status,
    )  # fmt: skip
    return row(*(fill(text, size=SMALL) for text in said))


def _found(c: F04Content) -> tuple[Row, ...]:
    verdict: tuple[Part, ...] = (
        Tick("符合", c.fits), Tick("不符合", not c.fits),
        Words("　建议类别"), Blank(40),
    )  # fmt: skip
    return (
        row("申请理由", story(c.answers.get("reasons")), height=20 * MM),
        row("邻里意见", story(c.answers.get("neighbours")), height=20 * MM),
        row("实地走访\n情　况", story(c.answers.get("found")), height=34 * MM),
        row("生活状况\n评　估", fill(None), height=12 * MM),
        row("调查结论", mixed(*verdict)),
        row("原　因", story(c.conclusion), height=20 * MM),
    )


def _signatures(c: F04Content) -> Iterator[Row]:
    """Everybody who went, whoever was asked, and the village."""
    went = [f"调查人 {name}\n签字：" for name in c.investigators]
    went += ["调查人\n签字："] * (_INVESTIGATORS - len(went))
    captions = iter([*went, "被调查人签字\n（或按手印）：", "村（居）协助人\n签字："])
    while some := list(islice(captions, _ACROSS)):
        yield row(*map(sign, some), *[label("")] * (_ACROSS - len(some)))
