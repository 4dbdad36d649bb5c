"""F03 诚信承诺书、家庭经济状况声明书 — the household's own word about its means (domain.md §3.3).

After the NC template 16 and S1:L26. One or two pages; one copy, for the case file. What may be
promised instead of proved (以承诺代替证明) is the county's to say, so nothing is ticked there.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import (
    LEFT,
    SMALL,
    Cell,
    Row,
    day_or_line,
    fill,
    head,
    label,
    mixed,
    row,
    running,
    sign,
    ticks,
)
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.forms.f03_content import MODES, PROMISED, Declared, F03Content, Kin, Proof
from app.documents.forms.rungs import rung_ticks
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Part, Tick, Words

FORM: Final = "F03"
VERSION: Final = "2"
TITLE: Final = "社会救助诚信承诺书（家庭经济状况声明书）"
HOLDERS: Final = ("存档",)

_STATEMENTS: Final = (
    "　　一、本人及共同生活的家庭成员如实申报家庭人口、收入、财产和支出，上面所列和所交的材料"
    "都真实、完整，没有隐瞒。\n"
    "　　二、享受救助期间，家庭人口、收入、财产有变化的，主动、及时向乡镇（街道）或者村（居）"
    "委会申报。\n"
    "　　三、自愿接受民政部门和乡镇（街道）对家庭经济状况的核对、入户调查和定期复核。\n"
    "　　四、虚报、隐瞒、伪造的，愿意承担法律后果：停止救助，退回已领的救助款物，可以处所领款物"
    "一倍以上三倍以下的罚款（社会救助暂行办法 第六十八条）。"
)
_EVIDENCE: Final = (
    "居住证明", "婚姻（离异、丧偶）证明", "学籍证明", "收入证明", "残疾证", "诊断书和费用单",
    "赡养抚养扶养协议或判决",
)  # fmt: skip
_MODES: Final = (*MODES.values(), PROMISED)
"""How an item is proved (S1:L26: 以承诺、声明代替提交证明材料)."""
_PROMISED: Final = (
    "　　在“以承诺代替证明”上打勾的，不再另交这项证明，以承诺的内容为准；承诺不实的，按虚报处理，"
    "承担上列第四条的法律后果。"
)


def render(content: F03Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F03Content, document_no: str) -> Paper:
    """The form as it looks."""
    unit = (
        Words("申报单位："), Words(c.unit, Style.KAI),
        Words("　日期："), *day_or_line(c.filed_on),
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        Title(TITLE, left=unit, right=(Words("编号："), Words(document_no, Style.KAI))),
        Grid(columns=(27, 89, 24, 50), rows=_household(c)),
        Grid(columns=_DECLARED, heads=(_heads("年收入（元）"),), rows=_incomes(c), side="收入"),
        Grid(columns=_DECLARED, heads=(_heads("数额"),), rows=_assets(c), side="财产"),
        Grid(columns=(27, 163), rows=(_promise(),)),
        Grid(columns=(27, 163), rows=(_kinship(c.kin),)),
        Grid(columns=_PROOF, heads=(_proof_heads(),), rows=_proofs(c.proofs), side="证明材料"),
        Grid(columns=(1,), rows=(row(running(Words(_PROMISED)), height=14 * MM),)),
        Grid(columns=(1, 1, 1), rows=tuple(_signatures(c.signers))),
        Prose(
            (
                Words(
                    "说明：全体成年成员签字（或按手印）；空着的格子由申请人如实手写，没有的在“无”上打勾。"
                ),
            ),
            size=9,
            before=1 * MM,
        ),
    )
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks)


def _household(c: F03Content) -> tuple[Row, ...]:
    number = fill(values.spaced(c.id_number))
    return (
        row("申请类别", rung_ticks(c.requested, span=3)),
        row("户主（申请人）", fill(c.applicant), "证件号码", number),
        row("住　址", fill(c.address, align=LEFT), "联系电话", fill(values.phone(c.phone))),
        row(
            "家庭人口",
            fill(None if c.persons is None else f"{c.persons} 人"),
            "土地面积",
            mixed(Blank(30), Words("亩")),
        ),
        row(
            "土地状况",
            mixed(
                Tick("自己耕种"),
                Tick("流转", c.land.has is True),
                Tick("闲置"),
                Tick("没有土地"),
                Words("　流转年收入 "),
                *_amount(c.land),
                span=3,
            ),
        ),
    )


def _amount(declared: Declared) -> tuple[Words | Blank, ...]:
    """A sum, or a line for it."""
    return (Words(declared.said, Style.KAI) if declared.said else Blank(30), Words(" 元"))


_DECLARED: Final = (46, 30, 40, 66)


def _heads(amount: str) -> Row:
    last = "说明" if amount.startswith("年") else "开户行、面积、牌号等"
    return row(*(head(name) for name in ("项目", "有没有", amount, last)))


def _incomes(c: F03Content) -> tuple[Row, ...]:
    return tuple(_declared(item) for item in c.incomes)


def _assets(c: F03Content) -> tuple[Row, ...]:
    return tuple(_declared(item) for item in c.assets)


def _declared(item: Declared) -> Row:
    has = mixed(Tick("有", item.has is True), Tick("无", item.has is False), align=0.5)
    return row(item.name, has, fill(item.said), fill(item.note, align=LEFT))


def _promise() -> Row:
    return row("承诺和声明", running(Words(_STATEMENTS)), height=44 * MM)


def _kinship(kin: Kin | None) -> Row:
    has = kin is not None and kin.has
    relative = (
        Tick("无", kin is not None and not has), Tick("有：", has),
        Words("姓名"), *_said(kin.name if kin else "", 28),
        Words("　单位"), *_said(kin.unit if kin else "", 40),
        Words("　关系"), *_said(kin.relation if kin else "", 20),
    )  # fmt: skip
    return row("与经办人员、\n村（居）干部\n有近亲属关系", mixed(*relative), height=16 * MM)


def _said(text: str, blank: float) -> tuple[Part, ...]:
    return (Words(f" {text} ", Style.KAI),) if text else (Blank(blank),)


_PROOF: Final = (44, 84, 54)


def _proof_heads() -> Row:
    return row(*(head(name) for name in ("证明事项", "怎么证明", "承诺的内容（手写）")))


def _proofs(given: Iterable[Proof]) -> tuple[Row, ...]:
    """Each piece of evidence, and how it was given where that is on record."""
    held = tuple(given)
    rows = []
    for item in _EVIDENCE:
        mine = [one for one in held if one.item == item]
        promised = "；".join(dict.fromkeys(one.promised for one in mine if one.promised))
        modes = ticks(_MODES, (one.mode for one in mine), size=SMALL)
        rows.append(row(item, modes, fill(promised, align=LEFT, size=SMALL)))
    other = mixed(Words("其他"), Blank(30))
    return (*rows, row(other, ticks(_MODES, size=SMALL), fill(None)))


def _signatures(names: Iterable[str]) -> Iterable[Row]:
    """Three to a row, each with the name of who signs there."""
    left = iter(names)
    while some := list(islice(left, 3)):
        empty = [label("")] * (3 - len(some))
        yield row(*(_sign(name) for name in some), *empty)


def _sign(name: str) -> Cell:
    return sign(f"{name or '监护人'}\n签字\n（或按手印）：")
