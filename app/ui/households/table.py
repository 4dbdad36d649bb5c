"""Households as list rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.households import Category, HouseholdLine
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import short_date

COLUMNS = (
    Column("户主"),
    Column("住址"),
    Column("类别"),
    Column("人口"),
    Column("上次走访", stretch=True),
)

_TONES = {
    Category.DIBAO: Tone.INFO,
    Category.TEKUN: Tone.OFFLINE,
    Category.MARGINAL: Tone.OK,
    Category.RIGID_EXPENDITURE: Tone.OK,
    Category.SINGLE_PERSON: Tone.INFO,
    Category.WATCHLIST: Tone.WARN,
    Category.NONE: Tone.SOFT,
}


def category_tone(category: Category) -> Tone:
    """The tone a category's chip has everywhere."""
    return _TONES[category]


def household_rows(lines: Sequence[HouseholdLine], today: date) -> list[Row]:
    """One row for each household; the row's key is its id."""
    return [_row(line, today) for line in lines]


def _row(line: HouseholdLine, today: date) -> Row:
    seen, tone = last_seen(line.last_visit_on, today)
    cells = (
        Cell(line.head_name, "user", Tone.SOFT),
        Cell(line.place),
        Cell(line.category.label, "id-badge-2", category_tone(line.category), chip=True),
        Cell(f"{line.members} 人"),
        Cell(seen, tone=tone),
    )
    return Row(line.id, cells)


def last_seen(on: date | None, today: date) -> tuple[str, Tone]:
    """When somebody was last there, in words; amber from the second month on."""
    if on is None:
        return "还没走访过", Tone.WARN
    days = (today - on).days
    if (on.year, on.month) == (today.year, today.month):
        return f"{short_date(on)}（本月）", Tone.OK
    return f"{short_date(on)}（{days} 天前）", Tone.SOFT if days <= _A_MONTH else Tone.WARN


_A_MONTH = 31
