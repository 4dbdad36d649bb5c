"""The month's visits at a glance: what was done, what is left, and on which day it could be done.

A day agreed with a household is its day. What is left beside is dealt evenly over the working days
that are left, in the order of today's list: a thought to start from, nothing that is written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import Channel, Met
from app.domain.clock import Clock
from app.domain.due import AGREED
from app.domain.ids import HouseholdId
from app.domain.month_round import MonthRound, RoundDay, RoundLine, RoundState
from app.domain.today import WorkItem
from app.domain.workdays import WorkdayCalendar, month_start
from app.rules.deadlines import ESTIMATED
from app.services.day_papers import VISITS_A_DAY
from app.services.due_reading import DueReading, reading_of
from app.services.due_visits import VISITING
from app.services.ground_rules import GroundRules
from app.services.missed_visits import MissedVisit, missed_between
from app.services.visit_roads import roads_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.domain.due import DueItem
    from app.store.queries.rounds import RoundVisit

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
            rows = work.due.of_kinds(VISITING, until=date.max)
            homes = sorted({row.household for row in rows if row.household is not None})
            missed = missed_between(work, self.rules, homes, first, min(last, today - _DAY))
        ahead = _ahead(rows, first, last, today)
        plan = _planned(reading, ahead, max(first, today), last)
        days = []
        for number in range((last - first).days + 1):
            on = first + _DAY * number
            lines = [_visit_line(visit) for visit in visits if visit.on == on]
            lines += [_missed_line(one) for one in missed.visits if one.on == on]
            lines += [_planned_line(item) for item in plan.get(on, ())]
            days.append(
                RoundDay(
                    on,
                    tuple(lines),
                    reading.calendar.is_workday(on),
                    reading.calendar.knows(on.year),
                )
            )
        return MonthRound(
            first=first,
            today=today,
            days=tuple(days),
            seen=len({one.household for one in visits if _counts(one, roads)}),
            planned=len(ahead),
            missed=len({one.household for one in missed.visits}),
            unknown=len(missed.unknown),
            plan=_plan_words(plan, reading.calendar),
        )


def _ahead(rows: Sequence[DueItem], first: date, last: date, today: date) -> list[DueItem]:
    """Rows of visits still to be made in the month; what is due before it is planned before it."""
    if last < today:
        return []
    return [
        row
        for row in rows
        if row.appears_on <= last
        and (row.until is None or row.until >= max(first, today))
        and (first <= today or row.appears_on >= first)
    ]


def _planned(
    reading: DueReading, ahead: Sequence[DueItem], first: date, last: date
) -> dict[date, list[WorkItem]]:
    """Who is to be seen on which day: a day agreed with the household is that day, all others are
    dealt over the working days from `first` to `last`, so that no day has more than it must."""
    days = _working_days(first, last, reading.calendar)
    plan: dict[date, list[WorkItem]] = {}
    for row in reading.in_order(ahead):
        if row.standing == AGREED:
            on = row.appears_on if row.appears_on >= first else days[0]
            plan.setdefault(on, []).append(reading.item(row))
    rest = [reading.item(row) for row in reading.in_order(ahead) if row.standing != AGREED]
    _deal(rest, days, plan)
    return plan


def _working_days(first: date, last: date, calendar: WorkdayCalendar) -> list[date]:
    """The working days from `first` to `last`; the last day of all where there is none left."""
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    return [day for day in days if calendar.is_workday(day)] or [last]


def _deal(
    items: Sequence[WorkItem], days: Sequence[date], plan: dict[date, list[WorkItem]]
) -> None:
    """The items evenly over the days beside what stands there, in their order; the first days take
    what does not divide."""
    level = 0
    while _room(days, plan, level) < len(items):
        level += 1
    more = len(items) - _room(days, plan, level - 1)
    at = 0
    for day in days:
        had = len(plan.get(day, ()))
        take = max(0, level - 1 - had)
        if more and had < level:
            take, more = take + 1, more - 1
        if take:
            plan.setdefault(day, []).extend(items[at : at + take])
        at += take


def _room(days: Sequence[date], plan: Mapping[date, Sequence[WorkItem]], level: int) -> int:
    """How many more there are if no day has more than `level`."""
    return sum(max(0, level - len(plan.get(day, ()))) for day in days)


def _plan_words(plan: Mapping[date, Sequence[WorkItem]], calendar: WorkdayCalendar) -> str:
    if not plan:
        return ""
    most = max(len(items) for items in plan.values())
    guess = "" if all(calendar.knows(day.year) for day in plan) else f"，{ESTIMATED}"
    more = ""
    if most > VISITS_A_DAY:
        more = f"；一天一般走 {VISITS_A_DAY} 户，走不完的照今日工作里的先后走"
    return f"照剩下的工作日匀开，一天 {most} 户{guess}{more}"


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


def _planned_line(item: WorkItem) -> RoundLine:
    return RoundLine(
        state=RoundState.PLANNED,
        household=HouseholdId(item.household or ""),
        who=item.who,
        place=item.place,
        detail=f"{item.why}。依据：{item.rule}",
    )


def _missed_line(missed: MissedVisit) -> RoundLine:
    return RoundLine(
        state=RoundState.MISSED,
        household=missed.household,
        who=missed.who,
        place=missed.place,
        detail=missed.why,
    )
