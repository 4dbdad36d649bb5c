"""F28 档案封面 and 卷内目录 — one household, one file (一户一档, domain.md §3.21; AH-DOC).

The contents list names every paper this laptop printed of the household and every piece of evidence
it received, each once, by its day. Page numbers and the term of keeping are written by hand: the
program does not see what is bound together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, Row, fill, head, mixed, row
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Blank, Words
from app.domain.households import Category, Household

FORM: Final = "F28"
VERSION: Final = "1"
TITLE: Final = "社会救助档案"
CONTENTS: Final = "卷内目录"
HOLDERS: Final = ("存档",)
_LINES: Final = 20
"""Lines a contents list has at least: papers that come later are written in."""
_TALL: Final = 16 * MM
_BIG: Final = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class F28Line:
    """One piece in the file."""

    number: str
    author: str
    title: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class F28Content:
    """What cover and list say."""

    unit: str
    head: str
    id_number: str | None
    address: str
    people: int
    category: Category
    lines: tuple[F28Line, ...]


def content_of(household: Household, *, unit: str, lines: Sequence[F28Line]) -> F28Content:
    """Cover and list of a household's file, `lines` in the order they are bound."""
    head = household.named_head
    return F28Content(
        unit=unit,
        head="" if head is None else head.name,
        id_number=None if head is None else head.id_number,
        address=household.whole_address,
        people=len(household.members),
        category=household.category,
        lines=tuple(lines),
    )


def render(content: F28Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F28Content, document_no: str) -> Paper:
    """The cover, and the list that begins its own page."""
    number = (Words("编号："), Words(document_no, Style.KAI))
    owner = (Words("户主："), Words(c.head, Style.KAI))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, right=number),
            Prose((Words("一户一档"),), size=16, align=0.5, before=24 * MM, after=14 * MM),
            Grid(columns=(44, 146), rows=tuple(_cover(c))),
            Title(CONTENTS, left=owner, right=number, begins_page=True),
            Grid(
                columns=(12, 46, 28, 58, 26, 10, 10),
                heads=(_heads(),),
                rows=tuple(_list(c)),
            ),
            Prose((Words("立卷人："), Blank(36), Words("　检查人："), Blank(36),
                   Words("　立卷日期："), Blank(40)), before=2 * MM, clings=True),
        ),
    )  # fmt: skip


def _cover(c: F28Content) -> Iterator[Row]:
    days = [one.on for one in c.lines if one.on is not None]
    span = f"{values.day(min(days))} 至 {values.day(max(days))}" if days else ""
    kind = "" if c.category is Category.NONE else c.category.label
    said = (
        ("题　名", f"{c.head}户社会救助档案"),
        ("救助类别", kind),
        ("户主证件号码", values.spaced(c.id_number)),
        ("家庭住址", c.address),
        ("家庭人口", f"{c.people} 人"),
        ("责任者", c.unit),
        ("起止日期", span),
    )
    for name, text in said:
        yield row(head(name, size=_BIG), fill(text, size=_BIG), height=_TALL)
    counted = (Words(f"共 {len(c.lines)} 件", Style.KAI), Words("　共"), Blank(24), Words("页"))
    yield row(head("件数、页数", size=_BIG), mixed(*counted, align=0.5, size=_BIG), height=_TALL)
    yield row(head("保管期限", size=_BIG), fill(None), height=_TALL)
    yield row(head("档　号", size=_BIG), fill(None), height=_TALL)


def _heads() -> Row:
    names = ("序号", "文　号", "责任者", "题　名", "日　期", "页号", "备注")
    return row(*(head(name) for name in names))


def _list(c: F28Content) -> Iterator[Row]:
    for number, one in enumerate(c.lines, start=1):
        yield row(
            fill(str(number)),
            fill(one.number, size=9),
            fill(one.author, size=9),
            fill(one.title, align=LEFT),
            fill(values.day(one.on), size=9),
            fill(None),
            fill(None),
        )
    for number in range(len(c.lines) + 1, _LINES + 1):
        yield row(fill(str(number)), *(fill(None) for _ in range(6)))
