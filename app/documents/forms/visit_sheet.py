"""今日走访单 — what a coordinator carries along: whom to see, where, why, and room to write.

Not one of the township's forms; it is for the day and may be thrown away, so it names people only
as the village does and carries no ID numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from app.domain.ids import HouseholdId
from app.domain.today import WorkItem

FORM: Final = "visits"
VERSION: Final = "2"
TITLE: Final = "今日走访单"
HOLDERS: Final = ("走访人带走",)

_ROW: Final = 20 * MM
"""Room for two lines of handwriting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What to know before knocking."""

    address: str = ""
    phone: str = ""
    knock: str = ""
    """The dog, the daughter's number: what the household's page says."""
    last: str = ""
    """What was said the last time, a promise among it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheetLine:
    """One household to see."""

    who: str
    place: str
    kind: str
    due: str
    why: str
    home: Home


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheetContent:
    """The day's list."""

    unit: str
    on: date
    visitor: str
    lines: tuple[VisitSheetLine, ...]


def content_of(
    on: date,
    items: Sequence[WorkItem],
    homes: Mapping[HouseholdId, Home],
    *,
    unit: str,
    visitor: str,
) -> VisitSheetContent:
    """The sheet for one day, in the order of the work list."""
    lines = tuple(
        VisitSheetLine(
            who=item.who,
            place=item.place,
            kind=item.kind.label,
            due=item.due_text,
            why=item.why,
            home=Home() if item.household is None else homes.get(item.household, Home()),
        )
        for item in items
    )
    return VisitSheetContent(unit=unit, on=on, visitor=visitor, lines=lines)


def _last(line: VisitSheetLine) -> str:
    """What was said the last time, where the reason beside it does not say it already."""
    last = line.home.last
    return f"上次：{last}" if last and last not in line.why else ""


def render(content: VisitSheetContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: VisitSheetContent, _document_no: str) -> Paper:
    """The sheet as it looks."""
    left = (Words("单位："), Words(c.unit, Style.KAI))
    right = (Words(f"{values.day(c.on)}　走访人："), Words(c.visitor, Style.KAI))
    heads = ("序号", "户主", "住址、电话", "办什么、期限", "为什么去", "敲门前要知道的", "走访记录")
    return Paper(
        form=TITLE,
        version=VERSION,
        title=TITLE,
        blocks=(
            Title(TITLE, left=left, right=right),
            Grid(
                columns=(9, 18, 30, 26, 33, 30, 44),
                heads=(row(*(head(name, size=SMALL) for name in heads)),),
                rows=tuple(_line(number, line) for number, line in enumerate(c.lines, start=1))
                or (row(fill("今天没有要走访的。", span=7)),),
            ),
            Prose(
                (Words("回来后照着补进电脑；本单不作凭证。"),),
                size=9,
                before=1 * MM,
                clings=True,
            ),
        ),
    )


def _line(number: int, line: VisitSheetLine) -> Row:
    home = line.home
    return row(
        fill(str(number), size=SMALL),
        fill(line.who, size=SMALL),
        fill(_where(line), size=SMALL),
        fill(_told(line.kind, line.due), size=SMALL),
        fill(line.why, size=SMALL, align=LEFT),
        fill(_told(home.knock, _last(line)), size=SMALL, align=LEFT),
        fill(None),
        height=_ROW,
    )


def _where(line: VisitSheetLine) -> str | None:
    """The door, said once however the roster wrote it, and the telephone on a line of its own."""
    address = line.home.address
    place = "" if address.endswith(line.place) else line.place
    told = (_told(place, address), values.phone(line.home.phone))
    return "\n".join(part for part in told if part) or None


def _told(*parts: str) -> str | None:
    """What there is to say, one after the other; None for room to write."""
    return "；".join(part for part in parts if part) or None
