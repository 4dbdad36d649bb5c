"""Quarterly reports of the village (季报): for which quarter, by which day, and what was reported.

No state but told or not yet: a report is written once, and what was wrong in one is put right by a
later one that names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from app.domain.money import Money
from app.domain.workdays import add_months

VILLAGE: Final = "the-village"
"""Whose it is what the village as a whole owes: a subject of today's list beside the households."""
_DAY: Final = timedelta(days=1)
_MONTHS: Final = 3
_KEY: Final = re.compile(r"(?P<year>[0-9]{4})Q(?P<number>[1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a year; `number` from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter `day` lies in."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @classmethod
    def parse(cls, key: str) -> Self:
        """The quarter `key` names. Raises ValueError."""
        found = _KEY.fullmatch(key)
        if found is None:
            raise ValueError("not the key of a quarter")
        return cls(int(found["year"]), int(found["number"]))

    @property
    def key(self) -> str:
        """As it is stored."""
        return f"{self.year:04}Q{self.number}"

    @property
    def label(self) -> str:
        """As it is said."""
        return f"{self.year}年第{self.number}季度"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return add_months(self.first, _MONTHS) - _DAY

    @property
    def next(self) -> Quarter:
        """The one after it."""
        return Quarter.of(self.last + _DAY)

    def due_on(self, day: int) -> date:
        """Day `day` of its last month, or the last day of that month where it is shorter."""
        last = self.last
        return last.replace(day=min(day, last.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigures:
    """What the village did from a first to a last day (the rows of F24); counts, money in fen."""

    visits: int
    """Visits at which somebody was met."""
    leads: int
    """Leads found."""
    applications: int
    """Applications filed; drafts are none."""
    relief: int
    """Payments of 先行救助, each part of a staged one by itself; what was taken back is none."""
    relief_fen: int
    overdue_papers: int
    """Payments whose papers were due before the last day and not made up by it."""
    referred: int
    """Referrals sent off."""
    answered: int
    """Referrals the other side took or did not."""
    graces: int
    """Households whose 渐退 began."""
    listed: int
    """Households put on the watch list."""

    @property
    def relief_sum(self) -> Money:
        """The payments together."""
        return Money(self.relief_fen)

    def as_fields(self) -> dict[str, int]:
        """As a report keeps them."""
        return asdict(self)

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> Self:
        """As a report kept them; what an older program did not count is nought."""
        return cls(**{name: int(fields.get(name, 0)) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageReport:
    """One report as it was made. The four heads are those of S4:L64."""

    id: str
    quarter: Quarter
    first: date
    last: date
    told_on: date
    told_to: str
    progress: str = field(repr=False)
    problems: str = field(repr=False)
    experience: str = field(repr=False)
    suggestions: str = field(repr=False)
    figures: ReportFigures
    corrects: str | None
    """The report it puts right."""
    handler: str
    recorded_at: datetime
