"""The one deadline engine: until when, by which rule, and why it is that day.

Days are counted from the day after the event (民法典 第二百零一条), months to the same day of the
month (第二百零二条), hours by the clock through nights and weekends. Material asked for stops the
working days; an approved extension lengthens them. What the county has not given has no due day
and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.clock import CHINA, as_utc, china_date, day_words
from app.domain.workdays import WorkdayCalendar, add_hours, add_months, month_start
from app.rules.clocks import (
    CLOCKS,
    ClockKind,
    ClockRule,
    Event,
    Limit,
    Start,
    Unit,
    number_of,
    start_of,
)
from app.rules.day_count import DayCount, Pause
from app.rules.grounds import Ground
from app.rules.terms import Terms

ESTIMATED: Final = "按周一至周五估算，等县里下发日历"
"""Said beside every date that leans on a year whose notice is not loaded."""
NOT_GIVEN: Final = "县里还没给期限"
Moment = date | datetime
"""When something happened: a day, or an aware instant where the hour counts."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Until when something is to be done, and everything that made it so.

    `due_on` is the last day in China; `due_at` the UTC instant of an hour clock. Without them
    `undecided` says why, and `missing` names the parameters the county has yet to give. `rule` is
    the rule in words with its clause; `notes` are what moved the date or makes it a guess.
    """

    kind: ClockKind
    event: Event
    started_on: date | None
    started_at: datetime | None
    limit: Limit | None
    rule: str
    due_on: date | None = None
    due_at: datetime | None = None
    estimated: bool = False
    undecided: str = ""
    missing: tuple[str, ...] = ()
    extended: bool = False
    pauses: tuple[Pause, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ground(self) -> Ground | None:
        """The clause of the limit."""
        return None if self.limit is None else self.limit.ground

    @property
    def unit(self) -> Unit | None:
        """What the clock counts in."""
        return None if self.limit is None else self.limit.unit

    @property
    def in_workdays(self) -> bool:
        """Whether what is left of it is counted in working days."""
        return self.unit is Unit.WORKDAY

    @property
    def due_text(self) -> str:
        """The due day in words, with the hour in China for an hour clock, or why there is none."""
        if self.due_on is None:
            return self.undecided
        hour = "" if self.due_at is None else f" {self.due_at.astimezone(CHINA):%H:%M}"
        return f"{day_words(self.due_on)}{hour}"

    @property
    def explanation(self) -> str:
        """The rule with all that is to be said about it, as it stands beside the date."""
        return self.rule + "".join(f"（{note}）" for note in self.notes)


def deadline_of(
    kind: ClockKind,
    terms: Terms,
    happened: Mapping[Event, Moment],
    calendar: WorkdayCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extended: bool = False,
    case_class: str = "",
) -> Deadline:
    """The deadline of one clock, as far as what has `happened` lets it run.

    `case_class` chooses among the limits of 定期核实 ("stable", "other"). Raises ValueError for a
    pause or an extension of a clock that knows none, and for a naive instant.
    """
    rule = CLOCKS[kind]
    if (pauses and not rule.stops) or (extended and rule.extended is None):
        raise ValueError(f"the clock {kind} cannot be stopped or extended so")
    start = start_of(kind, terms, happened)
    moment = happened.get(start.event)
    limit, notes = _limit(rule, terms, case_class, extended=extended)
    told = Deadline(
        kind=kind,
        event=start.event,
        started_on=None if moment is None else _day_of(moment),
        started_at=as_utc(moment) if isinstance(moment, datetime) else None,
        limit=limit,
        rule=_rule_words(kind, start, limit),
        extended=extended,
        pauses=tuple(pauses),
        notes=tuple(note for note in (start.note, *notes, *map(_pause_words, pauses)) if note),
    )
    if limit is None:
        return replace(told, undecided=NOT_GIVEN, missing=_names(rule, extended=extended))
    if not limit.count:
        return replace(told, undecided=f"没有{kind.label}期")
    if told.started_on is None:
        return replace(told, undecided=f"还没开始算，从{start.event.label}起算")
    return _due(told, told.started_on, limit, calendar)


def _due(told: Deadline, start: date, limit: Limit, calendar: WorkdayCalendar) -> Deadline:
    """The deadline with its day, counted in the unit of the limit."""
    if limit.unit is Unit.MONTH:
        return replace(told, due_on=add_months(start, limit.count))
    if limit.unit is Unit.WHOLE_MONTH:
        return replace(told, due_on=month_start(start, limit.count) - _DAY)
    if limit.unit is Unit.HOUR:
        return _due_at(told, limit.count)
    due = days_of(told, start, limit, calendar).due(limit.count)
    if due is None:
        return replace(told, undecided="等着补材料，收齐了接着算")
    notes = (*told.notes, ESTIMATED) if due.estimated else told.notes
    return replace(told, due_on=due.on, estimated=due.estimated, notes=notes)


def _due_at(told: Deadline, hours: int) -> Deadline:
    if told.started_at is None:
        return replace(told, undecided=f"没记几点{told.event.label}，到几点算不出来")
    due_at = add_hours(told.started_at, hours)
    return replace(told, due_at=due_at, due_on=china_date(due_at))


def days_of(told: Deadline, start: date, limit: Limit, calendar: WorkdayCalendar) -> DayCount:
    """The day count of a clock of days: working days where the limit is in those, else all."""
    return DayCount(start, calendar if limit.unit is Unit.WORKDAY else None, told.pauses)


def _limit(
    rule: ClockRule, terms: Terms, case_class: str, *, extended: bool
) -> tuple[Limit | None, tuple[str, ...]]:
    """How long the clock runs, and what is to be said about an extension."""
    basic = rule.limit(terms, case_class)
    if not extended or rule.extended is None:
        return basic, ()
    longer = number_of(rule.extended)(terms, case_class)
    if longer is None:
        return None, ("已延长，能延长到几天县里还没给",)
    if basic is None:
        return longer, ("已延长",)
    if longer.count < basic.count:
        return basic, ("写的延长期限比原来的还短，按原来的算",)
    return longer, (f"已延长，原来是 {basic}",)


def _names(rule: ClockRule, *, extended: bool) -> tuple[str, ...]:
    """The parameters that would settle the limit."""
    if extended and rule.extended is not None:
        return (rule.extended.name,)
    return rule.parameters


def _rule_words(kind: ClockKind, start: Start, limit: Limit | None) -> str:
    if limit is None:
        return f"{kind.label}：{NOT_GIVEN}"
    return f"{CLOCKS[kind].words.format(start=start.words, limit=limit)}，{limit.ground}"


def _pause_words(pause: Pause) -> str:
    since = f"{day_words(pause.since)}通知补材料"
    if pause.until is None:
        return f"{since}，还没收齐，这些天不算"
    return f"{since}，{day_words(pause.until)}收齐，中间的天不算"


def _day_of(moment: Moment) -> date:
    """The day in China of a moment. Raises ValueError for a naive instant."""
    return china_date(as_utc(moment)) if isinstance(moment, datetime) else moment
