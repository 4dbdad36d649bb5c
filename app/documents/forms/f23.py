"""F23 备案管理台账 — whom the village keeps in view, a line each (domain.md §3.21; S0:L27).

Lying down. Kept by the village, laid before the township; what a month's comparison found stands
in the records, not here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Title
from app.documents.cells import LEFT, SMALL, Row, fill, head, opinion, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.domain.caring import WatchCause, WatchEntry
from app.domain.masking import Mask, mask_in_text
from app.domain.watch_states import WatchStatus

FORM: Final = "F23"
VERSION: Final = "2"
TITLE: Final = "备案管理台账"
HOLDERS: Final = ("存档", "乡镇存")
_HEADS: Final = (
    ("序号", 10), ("户主", 28), ("住址", 26), ("家庭\n人口", 14), ("监测、备案类别", 40),
    ("主要情况", 58), ("发现日期", 28), ("列入日期", 28), ("上次比对", 28), ("现在的情况", 26),
    ("经办人", 20), ("备注", 24),
)  # fmt: skip
_ROW: Final = 9 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class F23Line:
    """One household kept in view."""

    head: str
    place: str
    people: int
    cause: WatchCause
    note: str
    noticed_on: date
    listed_on: date | None
    compared_on: date | None
    status: WatchStatus
    handler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F23Content:
    """The ledger as it stands on a day."""

    unit: str
    on: date
    lines: tuple[F23Line, ...]


def line_of(entry: WatchEntry, *, head: str, place: str, people: int) -> F23Line:
    """One entry, and whose it is."""
    return F23Line(
        head=head,
        place=place,
        people=people,
        cause=entry.cause,
        note=entry.note,
        noticed_on=entry.noticed_on,
        listed_on=entry.listed_on,
        compared_on=entry.compared_on,
        status=entry.status,
        handler=entry.handler,
    )


def content_of(lines: Iterable[F23Line], *, unit: str, on: date) -> F23Content:
    """The ledger of these entries."""
    return F23Content(unit=unit, on=on, lines=tuple(lines))


def render(content: F23Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: F23Content, document_no: str) -> Paper:
    """The ledger as it looks."""
    said = f"　截至 {values.day(c.on)}　共 {len(c.lines)} 户"
    rows = tuple(_line(n, one) for n, one in enumerate(c.lines, start=1))
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        landscape=True,
        blocks=(
            Title(
                TITLE,
                left=(Words("单位："), Words(c.unit, Style.KAI), Words(said)),
                right=(Words("编号："), Words(document_no, Style.KAI)),
            ),
            Grid(
                columns=tuple(width for _name, width in _HEADS),
                heads=(row(*(head(name, size=SMALL) for name, _width in _HEADS), height=10 * MM),),
                rows=rows or (row(fill("现在没有备案监测的户。", span=len(_HEADS))),),
            ),
            Grid(columns=(1, 1), rows=(_signatures(),), clings=True),
        ),
    )


def _signatures() -> Row:
    return row(sign("填表人签字："), opinion(Words("单位："), signers=("负责人",)))


def _line(number: int, one: F23Line) -> Row:
    """One household. The ledger lies open: no whole number stands in what somebody wrote."""
    before = (str(number), one.head, one.place, str(one.people), one.cause.label)
    days = (one.noticed_on, one.listed_on, one.compared_on)
    return row(
        *(fill(text, size=SMALL) for text in before),
        story(mask_in_text(one.note, Mask.MIDDLE_8, phones=True), size=SMALL, top=False),
        *(fill(values.day(on), size=SMALL) for on in days),
        fill(one.status.label, size=SMALL),
        fill(one.handler, size=SMALL),
        fill(None, align=LEFT, size=SMALL),
        height=_ROW,
    )
