"""The visit log as it leaves the program: which columns, how much of an ID number, safe as text.

`.xlsx` and `.csv` are written by `app.documents.visit_log_files`, the printed log by
`app.documents.forms.visit_log_sheet`; all three show the table made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.documents.columns import Column
from app.domain.casework import Channel, Health, Housing, IncomeChange, Met, Need, Supplies, Visit
from app.domain.clock import china_date
from app.domain.households import Category, Household
from app.domain.masking import Mask, mask_in_text, mask_number
from app.domain.notice_body import UNNAMED, is_minor
from app.domain.visiting import Addendum
from app.domain.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLogRow:
    """One visit with what the log says of the household."""

    visited_on: date
    head: str
    id_number: str | None
    category: Category
    place: str
    phone: str | None
    met: Met
    channel: Channel
    health: Health | None
    supplies: Supplies | None
    housing: Housing | None
    income_change: IncomeChange | None
    need: Need | None
    note: str
    visitor: str
    minor: bool = False
    """Whether the head is under eighteen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOptions:
    """What a recipient gets to see (ux §4.3, Export). The place never goes beyond the group.

    `answers`: what was found at the visit; `minors`: the name of a head under eighteen.
    """

    mask: Mask = Mask.MIDDLE_8
    phone: bool = False
    place: bool = True
    health: bool = False
    note: bool = True
    answers: bool = True
    minors: bool = True

    @classmethod
    def for_board(cls) -> LogOptions:
        """What may hang where everybody passes: that somebody was there, and nothing of anybody."""
        return cls(mask=Mask.NONE, health=False, note=False, answers=False, minors=False)

    @property
    def is_for_board(self) -> bool:
        """Whether nothing more is shown than on a board."""
        board = LogOptions.for_board()
        return board in {self, replace(self, place=board.place)}


FIELDS: Final = (
    "serial", "day", "head", "number", "category", "place", "phone", "met", "channel", "health",
    "supplies", "housing", "income", "need", "note", "visitor",
)  # fmt: skip
"""What a column layout calls the columns, in their order."""
_OF_HEALTH: Final = frozenset({Need.MEDICAL, Need.CARE})
_DAY: Final = "{0.year}年{0.month}月{0.day}日"


def row_of(visit: Visit, household: Household, added: Sequence[Addendum] = ()) -> VisitLogRow:
    """The log's line for one visit, with what was `added` to it later behind its note."""
    head = household.named_head
    return VisitLogRow(
        visited_on=visit.visited_on,
        head=head.name if head else "",
        id_number=head.id_number if head else None,
        category=household.category,
        place=household.group_name,
        phone=household.phone,
        met=visit.met,
        channel=visit.channel,
        health=visit.health,
        supplies=visit.supplies,
        housing=visit.housing,
        income_change=visit.income_change,
        need=visit.need,
        note="\n".join((*([visit.note] if visit.note else ()), *map(_added, added))),
        visitor=visit.visitor,
        minor=head is not None and is_minor(head, visit.visited_on),
    )


def _added(one: Addendum) -> str:
    """An addendum, and who says so since when."""
    return f"{_DAY.format(china_date(one.recorded_at))}{one.by}补记：{one.text}"


def columns_of(rows: Iterable[VisitLogRow], options: LogOptions) -> list[Column]:
    """The columns `options` allow, in order; what is hidden is absent, not empty."""
    held = tuple(rows)
    columns = (
        (True, Column("serial", "序号", 6, tuple(str(n) for n in range(1, len(held) + 1)))),
        (True, Column("day", "走访日期", 17, tuple(_DAY.format(r.visited_on) for r in held))),
        (True, Column("head", "户主", 12, tuple(_head(r, options) for r in held))),
        (
            options.mask is not Mask.NONE,
            Column(
                "number",
                "身份证号",
                22,
                tuple(mask_number(r.id_number, options.mask) for r in held),
            ),
        ),
        (True, Column("category", "类别", 10, tuple(r.category.label for r in held))),
        (options.place, Column("place", "住址", 10, tuple(r.place for r in held))),
        (options.phone, Column("phone", "电话", 17, tuple(r.phone or "" for r in held))),
        (True, Column("met", "见到谁", 10, tuple(r.met.label for r in held))),
        (True, Column("channel", "方式", 8, tuple(r.channel.label for r in held))),
        (options.health, Column("health", "身体", 10, tuple(_label(r.health) for r in held))),
        *((options.answers, column) for column in _answers(held, options)),
        (options.note, Column("note", "走访情况", 46, tuple(_note(r, options) for r in held))),
        (True, Column("visitor", "走访人", 10, tuple(r.visitor for r in held))),
    )
    return [column for shown, column in columns if shown]


def _answers(held: tuple[VisitLogRow, ...], options: LogOptions) -> tuple[Column, ...]:
    """What was found; where health is not told, a need that comes of it is 别的."""
    return (
        Column("supplies", "吃穿", 6, tuple(_label(r.supplies) for r in held)),
        Column("housing", "住房", 8, tuple(_label(r.housing) for r in held)),
        Column("income", "收入", 8, tuple(_label(r.income_change) for r in held)),
        Column("need", "需求", 10, tuple(_label(_need(r, options)) for r in held)),
    )


def _need(row: VisitLogRow, options: LogOptions) -> Need | None:
    return Need.OTHER if row.need in _OF_HEALTH and not options.health else row.need


def _head(row: VisitLogRow, options: LogOptions) -> str:
    return UNNAMED if row.minor and not options.minors else row.head


def _note(row: VisitLogRow, options: LogOptions) -> str:
    """What a person wrote hides no number that the columns hide."""
    return mask_in_text(row.note, options.mask, phones=not options.phone)


def _label(word: Word | None) -> str:
    return word.label if word else ""
