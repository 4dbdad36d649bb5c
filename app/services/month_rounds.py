"""The month's visits at a glance: what was done, what is left, and on which day it could be done.

What is left is spread evenly over the working days that are left, in the order of today's list: a
thought to start from, nothing that is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import Channel, Met
from app.domain.clock import Clock
from app.domain.ids import HouseholdId
from app.domain.month_round import MonthRound, RoundDay, RoundLine, RoundState
from app.domain.today import WorkItem
from app.domain.workdays import WorkdayCalendar, month_start
from app.services.due_reading import DueReading, reading_of
from app.services.due_visits import VISITING
from app.services.ground_rules import GroundRules
from app.services.visit_roads import roads_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.domain.due import DueItem
    from app.store.queries.rounds import RoundVisit
    from app.store.unit_of_work import UnitOfWork

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthRounds:
    """Use cases of the month page. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def month(self, first: date) -> MonthRound:
        """The month that begins on `first`."""
        last, today = month_start(first, 1) - _DAY, self.clock.today()
        with self.begin() as work:
            reading = reading_of(work, self.rules)
            visits = work.rounds.between(first, last)
            roads = roads_of(work, self.rules).accepted
            late, ahead = self._left(work, reading, first, last)
        plan = _spread(ahead, _working_days(max(first, today), last, reading.calendar))
        days = []
        for number in range((last - first).days + 1):
            on = first + _DAY * number
            lines = [_visit_line(visit) for visit in visits if visit.on == on]
            lines += [_line(item, RoundState.MISSED) for item in late if item.due_on == on]
            lines += [_line(item, RoundState.PLANNED) for item in plan.get(on, ())]
            days.append(RoundDay(on, tuple(lines), reading.calendar.is_workday(on)))
        return MonthRound(
            first=first,
            today=today,
            days=tuple(days),
            seen=len({one.household for one in visits if _counts(one, roads)}),
            planned=len(ahead),
            missed=len(late),
            plan=_plan_words(plan),
        )

    def _left(
        self, work: UnitOfWork, reading: DueReading, first: date, last: date
    ) -> tuple[list[WorkItem], list[WorkItem]]:
        """Rows of visits that were missed in the month, and those still to be made in it."""
        today = reading.on
        rows = work.due.of_kinds(VISITING, until=last)
        late = [row for row in rows if _ended_within(row, first, min(last, today - _DAY))]
        if last < today:
            return reading.items(late), []
        ahead = [row for row in rows if row.until is None or row.until >= max(first, today)]
        if first > today:  # what is due before then is planned for before then
            ahead = [row for row in ahead if row.appears_on >= first]
        return reading.items(late), reading.items(ahead)


def _ended_within(row: DueItem, first: date, last: date) -> bool:
    return row.due_on is not None and first <= row.due_on <= last


def _working_days(first: date, last: date, calendar: WorkdayCalendar) -> list[date]:
    """The working days from `first` to `last`; the last day of all where there is none left."""
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    return [day for day in days if calendar.is_workday(day)] or [last]


def _spread(items: Sequence[WorkItem], days: Sequence[date]) -> dict[date, list[WorkItem]]:
    """The items evenly over the days, in their order; the first days take what does not divide."""
    plan: dict[date, list[WorkItem]] = {}
    each, rest = divmod(len(items), len(days))
    at = 0
    for number, day in enumerate(days):
        take = each + (number < rest)
        if take:
            plan[day] = list(items[at : at + take])
        at += take
    return plan


def _plan_words(plan: dict[date, list[WorkItem]]) -> str:
    if not plan:
        return ""
    most = max(len(items) for items in plan.values())
    return f"照剩下的工作日匀开，一天 {most} 户"


def _counts(visit: RoundVisit, roads: frozenset[Channel]) -> bool:
    """Whether somebody was seen, by a road the pack accepts."""
    return visit.met is not Met.NOBODY and visit.road in roads


def _visit_line(visit: RoundVisit) -> RoundLine:
    state = RoundState.TRIED if visit.met is Met.NOBODY else RoundState.SEEN
    return RoundLine(
        state=state,
        household=HouseholdId(visit.household),
        who=visit.who,
        place=visit.place,
        detail=_detail(visit),
    )


def _detail(visit: RoundVisit) -> str:
    """What was noted, or who was met; by which road, where nobody went there."""
    said = visit.note or visit.met.label
    return said if visit.road is Channel.HOME else f"{visit.road.label}：{said}"


def _line(item: WorkItem, state: RoundState) -> RoundLine:
    return RoundLine(
        state=state,
        household=HouseholdId(item.household or ""),
        who=item.who,
        place=item.place,
        detail=item.why,
    )
