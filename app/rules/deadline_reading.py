"""How far a clock has run and what is left of it, in its own unit, in her words.

What has run and what is left are together always the whole limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.clock import china_date
from app.domain.workdays import WorkdayCalendar
from app.rules.clocks import CLOCKS, Limit, Unit
from app.rules.day_count import DayCount
from app.rules.deadlines import Deadline, days_of

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = 60
_IN_DAYS: Final = frozenset({Unit.WORKDAY, Unit.DAY})


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as it stands. `left` is `total` less `elapsed`, negative when overdue.

    They count working days or days as the limit does; days for a limit in months; whole minutes
    for one in hours. `standing`: stopped, waiting for material. `estimated`: a year without its
    notice is among the days.
    """

    elapsed: int
    total: int
    overdue: bool
    standing: bool
    estimated: bool
    text: str

    @property
    def left(self) -> int:
        """What is left; so much overdue when negative."""
        return self.total - self.elapsed


def reading_of(deadline: Deadline, now: datetime, calendar: WorkdayCalendar) -> Reading | None:
    """How `deadline` stands at `now`, an aware instant; None while it does not run at all."""
    start, due, limit, on = deadline.started_on, deadline.due_on, deadline.limit, china_date(now)
    if start is None or limit is None:
        return None
    if due is None:
        return _standing(deadline, start, limit, on, calendar)
    if deadline.started_at is not None and deadline.due_at is not None:
        return _by_the_hour(deadline.started_at, deadline.due_at, now)
    days, total, unit = DayCount(start, None), (due - start).days, Unit.DAY
    if limit.unit in _IN_DAYS:
        days, total, unit = days_of(deadline, start, limit, calendar), limit.count, limit.unit
    elapsed, guess = days.elapsed(on), deadline.estimated or days.estimated(on)
    text = _left(due, on, total - elapsed, unit, guess=guess)
    if CLOCKS[deadline.kind].ends and on >= due:
        text = "今天满" if on == due else "已满"
    return Reading(elapsed, total, on > due, standing=False, estimated=guess, text=text)


def remaining_workdays(on: date, due: date, calendar: WorkdayCalendar) -> str:
    """How long is left until a due day that was written down, in working days."""
    first, last = sorted((on, due))
    days = DayCount(first, calendar)
    count = days.elapsed(last) if on <= due else -days.elapsed(last)
    return _left(due, on, count, Unit.WORKDAY, guess=days.estimated(last))


def remaining_days(on: date, due: date) -> str:
    """How long is left until a due day that was written down, every day counted."""
    return _left(due, on, (due - on).days, Unit.DAY, guess=False)


def remaining_time(now: datetime, due_at: datetime) -> str:
    """How long is left until the end of an hour clock that was written down."""
    return _time_words(-((now - due_at) // _MINUTE), late=now > due_at)


def _left(due: date, on: date, left: int, unit: Unit, *, guess: bool) -> str:
    """What is left, or by how much it is late; a guess says so."""
    about = "约" if guess else ""
    if on > due:
        return f"超期{about} {-left} {unit.label}" if left else "已过期"
    return "今天到期" if on == due else f"还剩{about} {left} {unit.label}"


def _standing(
    deadline: Deadline, start: date, limit: Limit, on: date, calendar: WorkdayCalendar
) -> Reading | None:
    """A clock that waits for material; None for one that has no due day for another reason."""
    if not deadline.pauses:
        return None
    days = days_of(deadline, start, limit, calendar)
    elapsed = days.elapsed(on)
    text = f"停着等补材料，收齐后还剩 {limit.count - elapsed} {limit.unit.label}"
    return Reading(
        elapsed, limit.count, overdue=False, standing=True, estimated=days.estimated(on), text=text
    )


def _by_the_hour(start: datetime, due: datetime, now: datetime) -> Reading:
    total = (due - start) // _MINUTE
    elapsed = max(0, (now - start) // _MINUTE)
    late = now > due
    text = _time_words(total - elapsed, late=late)
    return Reading(elapsed, total, overdue=late, standing=False, estimated=False, text=text)


def _time_words(left: int, *, late: bool) -> str:
    return f"{'超时' if late else '还剩'} {_hours_words(abs(left))}"


def _hours_words(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR)
    return f"{hours} 小时 {rest} 分" if rest or not hours else f"{hours} 小时"
