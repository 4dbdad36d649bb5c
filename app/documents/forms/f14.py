"""F14 照料服务卡 — who looks after whom, on the wall of the one looked after (domain.md §3.13).

S4:L40 asks for it; no public template [NF]. One sheet folded in half: the front above, the back
below the line, with the code that refers to the record and tells nothing by itself. Illness, blood
group and allergies are written in only by whoever wants them there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, head, mixed, row, running, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import A4, MARGIN, TOP, Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import LEADING, Blank, Part, Tick, Words
from app.domain.caring import CareAgreement
from app.domain.households import Household
from app.rules.care import CareLevel

FORM: Final = "F14"
VERSION: Final = "2"
TITLE: Final = "照料服务卡"
HOLDERS: Final = ("住处张挂", "存档")
_BIG: Final = 14.0
_FOLD: Final = "—　—　—　—　—　—　—　—　沿此线对折、塑封　—　—　—　—　—　—　—　—"
_VISITS: Final = 4
_TALL: Final = 13 * MM
_SMALL: Final = 9.0
_HALF: Final = A4[1] / 2 - TOP - 2 * MM
"""From the top margin to a little above the middle of the sheet, where it is folded."""
_FOLDED: Final = 2 * MM - _SMALL * LEADING / 2
_ON_THE_LEAF: Final = "见附页"
LEAF: Final = "照料服务卡附页"


@dataclass(frozen=True, slots=True, kw_only=True)
class F14Content:
    """What the card says."""

    unit: str
    person: str
    age: int | None
    address: str
    care: CareLevel | None
    carer: str
    carer_phone: str
    carer_relation: str
    services: str
    starts_on: date
    ends_on: date
    handler: str


def content_of(
    agreement: CareAgreement,
    household: Household,
    *,
    unit: str,
    on: date,
    handler: str,
    care: CareLevel | None = None,
) -> F14Content:
    """The card of one agreement; `on` is the day the age is counted for."""
    person = next(
        (one.person for one in household.members if one.person.id == agreement.person), None
    )
    return F14Content(
        unit=unit,
        person=agreement.person_name,
        age=None if person is None else values.age(person.birth, on),
        address=household.whole_address,
        care=care,
        carer=agreement.carer,
        carer_phone=agreement.carer_phone,
        carer_relation=agreement.carer_relation,
        services=agreement.services,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        handler=handler,
    )


def render(content: F14Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F14Content, document_no: str) -> Paper:
    """Both halves of the card, folded in the middle of the sheet; services that find no room on it
    stand on a leaf of their own."""
    number = (Words("编号："), Words(document_no, Style.KAI))
    title = Title(TITLE, left=(Words(c.unit, Style.KAI),), right=number)
    front = _front(c, c.services)
    leaf: tuple[Block, ...] = ()
    if _height(title, front) > _HALF:
        front = _front(c, _ON_THE_LEAF)
        leaf = (
            Title(LEAF, left=(Words(c.unit, Style.KAI),), right=number, begins_page=True),
            Grid(columns=(36, 154), rows=_leaf(c)),
        )
    fold = max(_HALF - _height(title, front), 0) + _FOLDED
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            title,
            front,
            Prose((Words(_FOLD),), size=_SMALL, align=0.5, before=fold, after=4 * MM),
            Grid(columns=(36, 60, 34, 60), rows=_back(c)),
            Grid(columns=(1,) * _VISITS, heads=(row(head("探访签到（日期、姓名）", span=_VISITS)),),
                 rows=(row(*(fill(None) for _ in range(_VISITS))),) * 4),
            *leaf,
        ),
    )  # fmt: skip


def _height(*blocks: Block) -> float:
    return sum(sum(block.lay(A4[0] - 2 * MARGIN).heights) for block in blocks)


def _front(c: F14Content, services: str) -> Grid:
    age = "" if c.age is None else f"{c.age} 周岁"
    care = "" if c.care is None else c.care.label
    term = f"{values.day(c.starts_on)} 至 {values.day(c.ends_on)}"
    who = (
        ("姓　　名　", c.person),
        ("年　　龄　", age),
        ("自理能力　", care),
        ("协议期限　", term),
    )
    said = [
        part
        for name, text in who
        for part in (Words(name, Style.HEI), Words(f"{text}\n", Style.KAI))
    ]
    rows = (
        row("照　片", running(*said, span=3, size=_BIG), height=38 * MM),
        row(head("住　址"), fill(c.address, span=3, align=LEFT, size=12), height=_TALL),
        row(head("照料人"), fill(c.carer, size=_BIG), head("电　话"),
            fill(values.phone(c.carer_phone), size=_BIG), height=_TALL),
        row(head("与本人关系"), fill(c.carer_relation, size=12), head("村联系人"),
            fill(c.handler, size=12), height=_TALL),
        row(head("服务内容\n和频次"), fill(services, span=3, align=LEFT), height=30 * MM),
    )  # fmt: skip
    return Grid(columns=(36, 66, 28, 60), rows=rows)


def _leaf(c: F14Content) -> tuple[Row, ...]:
    """The services in full, and whose they are."""
    return (
        row("姓　名", fill(c.person)),
        row("服务内容\n和频次", story(c.services)),
    )


def _back(c: F14Content) -> tuple[Row, ...]:
    phone: Part = Words(values.phone(c.carer_phone), Style.KAI) if c.carer_phone else Blank(40)
    urgent: tuple[Part, ...] = (Words("急救 120　报警 110　火警 119　　照料人 "), phone)
    agreed: tuple[Part, ...] = (
        Tick("本人同意写在卡上"), Words("　血型"), Blank(24), Words("　过敏"), Blank(40),
        Words("\n慢性病"), Blank(110),
    )  # fmt: skip
    return (
        row(head("应急联系"), mixed(*urgent, span=3), height=12 * MM),
        row(head("村（居）电话"), fill(None), head("乡镇民政电话"), fill(None), height=11 * MM),
        row(head("监督电话"), fill(None), head("亲属、邻居"), fill(None), height=11 * MM),
        row(head("健康提示"), running(*agreed, span=3), height=22 * MM),
    )
