"""F11 特困人员申请审核确认表 — three tests, obligors, care, and the four offices (domain.md §3.10).

After the NC templates 75 and 23 and 兰山's 附件1. Two pages for each person; two copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import (
    LEFT,
    SMALL,
    Row,
    fill,
    head,
    mixed,
    opinion,
    row,
    running,
    story,
    ticks,
)
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms import opinions
from app.documents.forms.beside import attached, proxy_row
from app.documents.forms.f11_content import F11Content, F11Obligor, F11Person
from app.documents.forms.f11_reasons import REASONS
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words
from app.rules.care import CareLevel

FORM: Final = "F11"
VERSION: Final = "2"
TITLE: Final = "特困人员申请审核确认表"
HOLDERS: Final = ("乡镇存", "县存")

_OBLIGORS: Final = 3
_DECLARATION: Final = (
    "　　本人申请特困人员救助供养，授权民政部门核对家庭经济状况。所填内容和所交材料都真实、完整；"
    "情况有变化的，及时报告。如有虚报、隐瞒、伪造，愿意承担相应的法律责任。"
)
_PAPERS: Final = (
    "户口本", "身份证", "残疾证", "核对授权书", "诚信承诺书", "生活自理能力评估表",
    "义务人无履行能力的证明", "委托书", "银行卡复印件", "其他",
)  # fmt: skip


def render(content: F11Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F11Content, document_no: str) -> Paper:
    """The form as it looks: two pages for each person."""
    blocks = tuple(block for person in c.people for block in _pages(c, person, document_no))
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks)


def _pages(c: F11Content, person: F11Person, document_no: str) -> Iterator[Block]:
    unit = (
        Words("申报单位："), Words(c.unit, Style.KAI),
        Words("　申请日期："), Words(values.day(c.filed_on), Style.KAI),
    )  # fmt: skip
    number = (Words("编号："), Words(document_no, Style.KAI))
    yield Title(TITLE, left=unit, right=number, begins_page=True)
    yield Grid(columns=(23, 36, 23, 36, 24, 40), rows=_applicant(c, person), side="申请人")
    yield Grid(columns=(27, 155), rows=_tests(c, person), side="认定条件")
    yield Grid(
        columns=(24, 20, 12, 40, 24, 26, 36),
        heads=(_obligor_heads(),),
        rows=tuple(_obligors(c)),
        side="义务人",
    )
    yield Grid(columns=(27, 64, 27, 64), rows=_support(person), side="供养")
    yield Grid(columns=(1, 1), rows=opinions.declaration(_DECLARATION))
    yield Grid(columns=(27, 163), rows=_opinions(c))
    yield Grid(
        columns=(27, 163), rows=(row("随附材料", attached(_PAPERS, c.attached), height=14 * MM),)
    )
    yield Prose(
        (Words("说明：空着的格子由申请人或者经办人如实手写；没有的写“无”。"),),
        size=9,
        before=1 * MM,
    )


def _applicant(c: F11Content, p: F11Person) -> tuple[Row, ...]:
    age = "" if p.age is None else f"{p.age} 周岁"
    number = fill(values.spaced(p.id_number))
    return (
        row("姓　名", fill(p.name), "性　别", fill(p.sex), "民　族", fill(p.ethnicity)),
        row("出生年月", fill(values.month(p.birth)), "年　龄", fill(age), "证件号码", number),
        row("证件类型", fill(p.id_kind), "户籍类别", fill(p.hukou), "婚姻状况", fill(p.marriage)),
        row("户籍地址", fill(p.hukou_address, span=3, align=LEFT), "文化程度", fill(p.education)),
        row(
            "现居住地", fill(c.address, span=3, align=LEFT), "联系电话", fill(values.phone(p.phone))
        ),
        row(
            "残疾等级",
            fill(p.disability),
            "残疾证号",
            fill(values.certificate(p.disability_no)),
            "重病病种",
            fill(p.illness),
        ),
        proxy_row(c.proxy),
    )


def _tests(c: F11Content, p: F11Person) -> tuple[Row, ...]:
    """The tick matrix, each test with the facts it stands on."""
    labour: tuple[Part, ...] = (
        Tick("老年人（60周岁以上）", p.is_old), Tick("未成年人", p.is_young),
        Tick("残疾人，类别和等级：", p.is_disabled),
        Words(p.disability, Style.KAI) if p.is_disabled else Blank(34),
    )  # fmt: skip
    income = (
        ("家庭年收入 ", c.income_year),
        ("　人均月收入 ", c.per_capita_month),
        ("　低保标准 ", c.standard_month),
    )
    livelihood = [
        part
        for name, amount in income
        for part in (
            Words(name),
            Words(f"{values.yuan(amount)} 元".replace("¥", ""), Style.KAI) if amount else Blank(22),
        )
    ]
    nobody = c.obligors == ()
    support = (Tick("没有法定义务人", nobody), Tick("有义务人，都无履行能力（见下表）"))
    return (
        row("无劳动能力", mixed(*labour)),
        row("无生活来源", mixed(*livelihood)),
        row("家庭财产", story(c.property, top=False)),
        row("无义务人或\n义务人无能力", mixed(*support), height=11 * MM),
        row("初步测算", story(values.grouped_in(c.tested), top=False, size=SMALL)),
    )


def _obligor_heads() -> Row:
    names = (
        "姓名", "关系", "年龄", "证件号码", "月收入\n（元）", "每月应付\n费用（元）",
        "无履行能力\n原因（序号）",
    )  # fmt: skip
    return row(*(head(name, size=SMALL) for name in names), height=10 * MM)


def _obligors(c: F11Content) -> Iterator[Row]:
    """Whoever is known, lines for three at least, and what the numbers of the reasons mean."""
    known = c.obligors or ()
    for obligor in known:
        yield _obligor(obligor)
    for number in range(len(known), _OBLIGORS):
        nobody = "无" if c.obligors == () and not number else None
        yield row(fill(nobody), *(fill(None) for _ in range(6)))
    legend = "；".join(f"{number} {text}" for number, text in enumerate(REASONS, start=1))
    yield row(running(Words(f"原因：{legend}。"), span=7, size=SMALL))


def _obligor(o: F11Obligor) -> Row:
    said = (
        o.name, o.relation, "" if o.age is None else str(o.age), None,
        o.monthly_income.grouped() if o.monthly_income else "",
        o.maintenance_month.grouped() if o.maintenance_month else "", o.reason,
    )  # fmt: skip
    return row(*(fill(text, size=SMALL) for text in said))


def _support(p: F11Person) -> tuple[Row, ...]:
    """Where and by whom the person is looked after, and what care that takes."""
    levels = {level.label for level in CareLevel if level is p.care}
    labels = [level.label for level in CareLevel]
    return (
        row("供养方式", ticks(("集中供养", "分散供养")), "选择的理由", fill(None)),
        row("供养服务机构", fill(None), "照料服务人", fill(p.carer)),
        row("与本人关系", fill(p.carer_relation), "照料人电话", fill(values.phone(p.carer_phone))),
        row("自理能力", ticks(labels, levels), "照料护理档次", ticks(labels, levels, size=SMALL)),
    )


def _opinions(c: F11Content) -> tuple[Row, ...]:
    decision = (
        Words("供养方式"), Blank(34), Words("　照料护理档次"), Blank(26),
        Words("\n基本生活标准"), Blank(27), Words("　照料护理标准"), Blank(26),
        Words("\n每月合计"), Blank(34), Words("　起始月份"), Blank(32),
        Words("\n"), Tick("同意"), Tick("不同意，理由"), Blank(60),
    )  # fmt: skip
    return (
        opinions.village(),
        opinions.township(*c.notice),
        row("县级民政部门\n确认意见", opinion(*decision, signers=("经办人", "负责人"))),
    )
