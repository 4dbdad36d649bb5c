"""What the policy pack in force says about casework: caps, deadlines, how often to visit.

Every answer carries its rule in words, because it stands beside the number on the screen and on the
paper. A value the county has not supplied is said to be so; it is never made up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.households import Area
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.workdays import WorkdayCalendar, due_on, workdays_between
from app.rules import parameters
from app.rules.pack import Pack
from app.rules.terms import Terms, terms_of
from app.rules.values import MONTHS, Period
from app.services.policies import Policies

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

SHIPPED: Final = "national"
"""The pack used until the county has published its own."""
EMERGENCY_END: Final = "emergency_end"
EVERYBODY: Final = "low_income"
"""The tier of every assisted household; the pack may ask for more of others."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The most one payment may be, None when no county rule sets one, and the rule in words."""

    amount: Money | None
    rule: str


@dataclass(frozen=True, slots=True)
class Paperwork:
    """When the paperwork of a payment is due, and the rule in words."""

    due_on: date
    rule: str


@dataclass(frozen=True, slots=True)
class VisitRhythm:
    """How often an assisted household is seen, and the rule in words."""

    period: Period
    rule: str


@dataclass(frozen=True, slots=True)
class GroundRules:
    """Reads the pack in force inside the caller's transaction."""

    policies: Policies
    clock: Clock
    _packs: dict[str, Pack] = field(default_factory=dict, repr=False)
    _calendars: list[WorkdayCalendar] = field(default_factory=list, repr=False)

    def pack(self, work: UnitOfWork) -> Pack:
        """The newest published pack in force today; the national one before any came."""
        today = self.clock.today()
        for stored in work.casework.packs():
            if stored.sha256 not in self._packs:
                self._packs[stored.sha256] = self.policies.from_bundle(stored.bundle.encode())
            pack = self._packs[stored.sha256]
            if pack.is_in_force(today):
                return pack
        return self.policies.load(SHIPPED)

    def relief_cap(self, work: UnitOfWork, *, persons: int, area: Area = Area.RURAL) -> Cap:
        """The small-sum cap: so many times a month's standard, for each person."""
        terms = self._terms(work)
        multiple = terms.find(parameters.RELIEF_CAP)
        standard = terms.find(parameters.DIBAO_STANDARD, area)
        if multiple is None or standard is None:
            return Cap(None, "县里还没有给出先行救助上限")
        exact = multiple.value * Fraction(standard.value.year_fen, MONTHS) * persons
        rule = f"每人 {_plain(multiple.value)} 倍低保月标准 × {persons} 人，{multiple.ground}"
        return Cap(Money(math.floor(exact)), rule)

    def paperwork(self, work: UnitOfWork, paid_on: date) -> Paperwork:
        """When the paperwork of a payment made on `paid_on` has to be in."""
        terms = self._terms(work)
        days, start = terms.find(parameters.PAPERWORK_DUE), terms.find(parameters.PAPERWORK_FROM)
        if days is None:
            raise Refused(
                "政策包里没有先行救助补手续的期限。", do="请县里下发政策包后再登记。", code="C-20"
            )
        due = due_on(paid_on, days.value, self.calendar)
        guess = "（按周一至周五估算，等县里下发日历）" if due.estimated else ""
        # when an emergency ends is not known on the day of payment; the earlier day is safe
        after = "急难缓解后（先从给钱算起）" if start and start.value == EMERGENCY_END else "给钱后"
        return Paperwork(due.on, f"{after} {days.value} 个工作日内补齐，{days.ground}{guess}")

    def visit_rhythm(self, work: UnitOfWork) -> VisitRhythm:
        """How often an assisted household is to be seen."""
        found = self._terms(work).find(parameters.VISIT_PERIOD)
        if found is None or EVERYBODY not in found.value:
            raise Refused("政策包里没有走访周期。", do="请县里下发政策包。", code="C-21")
        return VisitRhythm(found.value[EVERYBODY], str(found.ground))

    def remaining(self, on: date, due: date) -> str:
        """How long is left, in working days, in her words."""
        left = workdays_between(on, due, self.calendar)
        if left < 0:
            return f"超期 {-left} 个工作日"
        return "今天到期" if due == on else f"还剩 {left} 个工作日"

    @property
    def calendar(self) -> WorkdayCalendar:
        """The working-day calendar shipped with the program, read once."""
        if not self._calendars:
            self._calendars.append(self.policies.calendar())
        return self._calendars[0]

    def _terms(self, work: UnitOfWork) -> Terms:
        """What the pack in force says today."""
        return terms_of(self.pack(work), self.clock.today())


def _plain(multiple: Fraction) -> str:
    """A multiple as written, for reading only: 2, 1.5."""
    return f"{float(multiple):g}"
