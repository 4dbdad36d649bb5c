"""F15 走访台账 — the visits of a period, one line each, on A4 lying down (domain.md §3.14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from app.documents import values
from app.documents.blocks import Grid, Title
from app.documents.cells import CENTRE, LEFT, SMALL, Cell, fill, head, row, sign, story
from app.documents.content import code_of
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.documents.typeset import Words
from app.documents.visit_log import LogOptions, VisitLogRow, columns_of

FORM: Final = "F15L"
VERSION: Final = "2"
TITLE: Final = "走访台账"
HOLDERS: Final = ("存档",)

_WIDE: Final = 12
_PROSE: Final = 30
_PHONE: Final = "电话"
"""From these widths on, in characters, a column's text begins at the left, or runs on."""
_ROW: Final = 7.5 * MM


class LogColumn(NamedTuple):
    """One column as it is printed, and as the verification code holds it."""

    head: str
    width: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLogContent:
    """What the log says: only the columns its reader may see, already masked."""

    unit: str
    first: date
    last: date
    columns: tuple[LogColumn, ...]


def content_of(
    rows: tuple[VisitLogRow, ...], options: LogOptions, *, unit: str, first: date, last: date
) -> VisitLogContent:
    """The log of the visits from `first` to `last`."""
    columns = tuple(LogColumn(one.head, one.width, one.texts) for one in columns_of(rows, options))
    return VisitLogContent(unit=unit, first=first, last=last, columns=columns)


def render(content: VisitLogContent, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(c: VisitLogContent, document_no: str) -> Paper:
    """The log as it looks."""
    lines = tuple(zip(*(column.texts for column in c.columns), strict=True))
    period = f"{values.day(c.first)}至{values.day(c.last)}　共 {len(lines)} 次"
    rows = tuple(row(*map(_cell, c.columns, line), height=_ROW) for line in lines)
    return Paper(
        form=FORM,
        version=VERSION,
        title=TITLE,
        landscape=True,
        blocks=(
            Title(
                TITLE,
                left=(Words("单位："), Words(c.unit, Style.KAI), Words(f"　{period}")),
                right=(Words("编号："), Words(document_no, Style.KAI)),
            ),
            Grid(
                columns=tuple(column.width for column in c.columns),
                heads=(row(*(head(column.head, size=SMALL) for column in c.columns)),),
                rows=rows or (row(fill("这段时间没有走访记录。", span=len(c.columns))),),
            ),
            Grid(
                columns=(1, 1),
                rows=(row(sign("填表人签字："), sign("负责人签字：")),),
                clings=True,
            ),
        ),
    )


def _cell(column: LogColumn, text: str) -> Cell:
    """One cell: notes run on, long texts begin at the left, short ones stand in the middle."""
    if column.head == _PHONE:
        text = values.phone(text)
    if column.width >= _PROSE:
        return story(text, size=SMALL, top=False)
    return fill(text, align=LEFT if column.width >= _WIDE else CENTRE, size=SMALL)
