"""今日走访单 — what a coordinator carries along: whom to see, where, why, and room to write.

Not one of the township's forms; it is for the day and may be thrown away, so it names people only
as the village does and carries no ID numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.blocks import Grid, Prose, Title
from app.documents.cells import LEFT, SMALL, Row, fill, head, row
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.domain.casework import Today

FORM: Final = "visits"
VERSION: Final = "1"
TITLE: Final = "今日走访单"
HOLDERS: Final = ("走访人带走",)

_ROW: Final = 20 * MM
"""Room for two lines of handwriting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheetLine:
    """One household to see."""

    who: str
    place: str
    kind: str
    due: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheetContent:
    """The day's list."""

    unit: str
    on: date
    visitor: str
    lines: tuple[VisitSheetLine, ...]


def content_of(today: Today, *, unit: str, visitor: str) -> VisitSheetContent:
    """The sheet for one day, in the order of the work list."""
    lines = tuple(
        VisitSheetLine(
            who=item.who, place=item.place, kind=item.kind.label, due=item.due_text, why=item.why
        )
        for item in today.items
        if item.household is not None
    )
    return VisitSheetContent(unit=unit, on=today.on, visitor=visitor, lines=lines)


def render(content: VisitSheetContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: VisitSheetContent, _document_no: str) -> Paper:
    """The sheet as it looks."""
    left = (Words("单位："), Words(c.unit, Style.KAI))
    right = (Words(f"{values.day(c.on)}　走访人："), Words(c.visitor, Style.KAI))
    heads = ("序号", "户主", "住址", "办什么", "期限", "为什么", "走访记录")
    return Paper(
        form=TITLE,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=left, right=right),
            Grid(
                columns=(9, 20, 26, 22, 18, 37, 58),
                heads=(row(*(head(name, size=SMALL) for name in heads)),),
                rows=tuple(_line(number, line) for number, line in enumerate(c.lines, start=1))
                or (row(fill("今天没有要走访的。", span=7)),),
            ),
            Prose((Words("回来后照着补进电脑；本单不作凭证。"),), size=9, before=1 * MM),
        ),
    )


def _line(number: int, line: VisitSheetLine) -> Row:
    said = (str(number), line.who, line.place, line.kind, line.due)
    cells = (fill(text, size=SMALL) for text in said)
    why = fill(line.why, size=SMALL, align=LEFT)
    return row(*cells, why, fill(None), height=_ROW)
