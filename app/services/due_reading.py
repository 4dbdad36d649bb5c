"""From kept rows to the list as it stands now: how late each is, and what comes first.

Order (ux §4.2): overdue make-up > make-up due within two working days > county returned >
deadlines within three days > today's visits > missing signatures > the rest. Of an application
there is one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.clock import CHINA, china_date
from app.domain.due import AGREED, DAYS, URGENT, DueItem
from app.domain.today import WorkItem, WorkKind
from app.domain.workdays import WorkdayCalendar, workdays_between
from app.rules.deadline_reading import remaining_days, remaining_time, remaining_workdays
from app.rules.deadlines import NOT_GIVEN
from app.services.calendar_rows import calendar_of
from app.services.due_visits import VISITING
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

SOON: Final = timedelta(days=3)
_DAY: Final = timedelta(days=1)
_STEP: Final = timedelta(minutes=10)
"""So old the hours and minutes that stand beside an hour clock may be."""
_SECOND: Final = timedelta(seconds=1)
"""A clock is late once its instant is over."""
PRESSING_WORKDAYS: Final = 2
_TO_FINISH: Final = frozenset({WorkKind.RETURNED, WorkKind.DIFFERS, WorkKind.UNFINISHED_VISIT})
_WITHOUT_DAY: Final = {
    WorkKind.RETURNED: "今天",
    WorkKind.DIFFERS: "今天",
    WorkKind.UNFINISHED_VISIT: "今天",
    WorkKind.DECIDED: "早点告诉",
    WorkKind.REVIEW: "早点去问",
    WorkKind.SIGNATURE: "早点补",
    WorkKind.SWEEP: "今年走到",
    WorkKind.MATERIAL: "早点收",
    WorkKind.SUBMISSION: "早点提交",
    WorkKind.ACCEPTANCE: "早点问",
    WorkKind.NOT_ACCEPTED: "早点送",
    WorkKind.NOTICE_TO_POST: "早点贴",
    WorkKind.NOTICE_END: "可以办了",
    WorkKind.FAMILY_REVIEW: "早点问",
    WorkKind.GRACE: "早点办",
    WorkKind.BENEFIT_ENDS: "早点办",
    WorkKind.BENEFIT_TOLD: "早点告诉",
    WorkKind.RELIEF_TO_PAY: "早点给",
    WorkKind.RECOVERY: "早点收回",
    WorkKind.RELIEF_TO_CLOSE: "早点办结",
    WorkKind.RELIEF_TO_DIBAO: "早点办",
    WorkKind.RELIEF_AFTER: "早点办",
    WorkKind.LEFT_OUT: "早点去看",
    WorkKind.LEAD: "早点办",
    WorkKind.REFERRAL: "早点办",
    WorkKind.CARE_AGREEMENT: "早点办",
    WorkKind.MUST_PLACE: "早点商量",
    WorkKind.WATCH: "早点办",
    WorkKind.CASE_PLAN: "早点说定",
    WorkKind.COMPLAINT: "早点答复",
    WorkKind.RESERVE_FUND: "早点办",
}
"""What stands where a due day would, for what has none by its nature."""
_OF_AN_APPLICATION: Final = frozenset(
    {
        WorkKind.SUBMISSION,
        WorkKind.ACCEPTANCE,
        WorkKind.APPLICATION,
        WorkKind.MATERIAL,
        WorkKind.SIGNATURE,
        WorkKind.AUTHORISATION_ENDS,
        WorkKind.NOTICE_END,
        WorkKind.WITH_COUNTY,
        WorkKind.RETURNED,
    }
)
"""Of these an application shows one: the next thing to do about it."""
ROUNDS: Final = frozenset({*VISITING, WorkKind.SWEEP})
"""What is done on a round, some a day, and is no deadline of the procedure."""
_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DueReading:
    """Reads rows at one moment."""

    on: date
    now: datetime
    calendar: WorkdayCalendar

    def items(self, rows: Iterable[DueItem]) -> list[WorkItem]:
        """The rows as the list shows them, the most urgent first."""
        return [self.item(row) for row in self.in_order(rows)]

    def in_order(self, rows: Iterable[DueItem]) -> list[DueItem]:
        """The most urgent first; of an application only what is to be done about it next."""
        found, known = [], set()
        for row in sorted(rows, key=self.urgency):
            if row.kind in _OF_AN_APPLICATION:
                if row.entity_id in known:
                    continue
                known.add(row.entity_id)
            found.append(row)
        return found

    def item(self, row: DueItem) -> WorkItem:
        """One row as it stands now."""
        days = "" if row.since is None else str((self.on - row.since).days)
        return WorkItem(
            kind=row.kind,
            household=row.household,
            entity_id=row.entity_id,
            who=row.who,
            place=row.place,
            due_on=_last_day(row),
            overdue=self.is_late(row),
            due_text=self._due_text(row),
            why=row.why.replace(DAYS, days),
            rule=row.rule,
            pressing=self.is_pressing(row),
            page=row.page,
            target=row.target or row.entity_id,
            action=row.action,
        )

    def urgency(self, row: DueItem) -> tuple[int, int, bool, datetime, date, int, date, str, str]:
        """Where a row stands in the list; lower comes first."""
        return (
            self._rank(row),
            min(row.standing, URGENT + 1) if row.kind in VISITING else 0,
            not self.is_late(row),
            row.due_at or _LAST,
            row.due_on or date.max,
            row.standing,
            row.since or date.min,
            row.place,
            row.entity_id,
        )

    def next_turn(self, rows: Iterable[DueItem]) -> datetime:
        """When `rows` read otherwise by themselves: at midnight in China, or as soon as an hour
        clock has a step less, the last of which makes it late."""
        midnight = datetime.combine(self.on + _DAY, time.min, CHINA)
        steps = (
            self.now + ((row.due_at + _SECOND - self.now) % _STEP or _STEP)
            for row in rows
            if row.due_at is not None
        )
        return min((midnight, *steps))

    def is_late(self, row: DueItem) -> bool:
        """Whether its end has passed."""
        if row.due_at is not None:
            return row.due_at < self.now
        if _is_agreed(row) and row.appears_on < self.on:
            return True
        return row.due_on is not None and row.due_on < self.on

    def is_pressing(self, row: DueItem) -> bool:
        """Whether nothing else comes first: make-up overdue, or within two working days."""
        last = _last_day(row)
        if not _is_make_up(row) or last is None:
            return False
        return self.is_late(row) or (
            workdays_between(self.on, last, self.calendar) <= PRESSING_WORKDAYS
        )

    def is_soon(self, row: DueItem) -> bool:
        """Whether a deadline passed or lies within three days."""
        last = _last_day(row)
        return row.kind not in ROUNDS and last is not None and last <= self.on + SOON

    def _rank(self, row: DueItem) -> int:
        if self.is_pressing(row):
            return 0 if self.is_late(row) else 1
        if row.kind in _TO_FINISH:
            return 2
        if row.kind in VISITING:
            return 4
        if self.is_soon(row) or row.kind is WorkKind.NOTICE_END:
            return 3
        return 5 if row.kind is WorkKind.SIGNATURE else 6

    def _due_text(self, row: DueItem) -> str:
        if row.due_at is not None:
            return remaining_time(self.now, row.due_at)
        if _is_agreed(row):
            return self._agreed_text(row)
        if row.due_on is None:
            return "还没去过" if row.kind in VISITING else _WITHOUT_DAY.get(row.kind, NOT_GIVEN)
        if row.kind in ROUNDS and row.due_on > self.on:
            year = "" if row.due_on.year == self.on.year else f"{row.due_on.year}年"
            return f"{year}{row.due_on.month}月{row.due_on.day}日前"
        if row.in_workdays or row.kind is WorkKind.RELIEF_PAPERWORK:
            return remaining_workdays(self.on, row.due_on, self.calendar)
        return remaining_days(self.on, row.due_on)

    def _agreed_text(self, row: DueItem) -> str:
        """The day that was agreed, and how late the visit is beside it."""
        on = row.appears_on
        if on == self.on:
            said = "约好今天"
        else:
            said = f"约好 {on.month}月{on.day}日" + ("，过了" if on < self.on else "")
        if row.due_on is None or row.due_on >= self.on:
            return said
        return f"{said}，{remaining_days(self.on, row.due_on)}"


def reading_of(work: UnitOfWork, rules: GroundRules) -> DueReading:
    """The reading of this moment, in the working days the list was made with."""
    made = work.due.made_with()
    calendar = rules.calendar(work) if made is None else calendar_of(made.calendar)
    return DueReading(rules.clock.today(), rules.clock.now(), calendar)


def _last_day(row: DueItem) -> date | None:
    """The last day in China, also of an hour clock."""
    return row.due_on if row.due_at is None else china_date(row.due_at)


def _is_agreed(row: DueItem) -> bool:
    """Whether its day was agreed with the household."""
    return row.kind in ROUNDS and row.standing == AGREED


def _is_make_up(row: DueItem) -> bool:
    """Papers owed for money paid first, and every clock that runs by the hour."""
    return row.kind is WorkKind.RELIEF_PAPERWORK or row.due_at is not None
