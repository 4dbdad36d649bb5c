"""Today's work, in order of urgency, each line with its reason and the rule behind it.

Order (ux §4.2): overdue make-up > make-up due within two working days > county returned >
deadlines within three days > today's visits > the rest, such as those a new standard may bring in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import ApplicationStatus, EventKind, Today, WorkItem, WorkKind
from app.domain.clock import Clock
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.money import Money
from app.domain.reassessment import Change, Reassessed, Reassessment
from app.domain.workdays import WorkdayCalendar, month_start
from app.rules.deadline_reading import remaining_workdays
from app.rules.values import Period
from app.services.ground_rules import GroundRules
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.queries.worklist import Answered, Owed, Seen

RECENT: Final = 6
VISITS_A_DAY: Final = 6
"""A working day holds two to six visits (ux §1.2); more in one list would only discourage."""
REVIEWS_A_DAY: Final = 6
"""Of those a new standard concerns; the whole list is on its own page."""
SOON: Final = timedelta(days=3)
DECIDED_SHOWN: Final = timedelta(days=14)
_RANKS: Final = {
    WorkKind.RETURNED: 2,
    WorkKind.DIFFERS: 2,
    WorkKind.DECIDED: 3,
    WorkKind.REVIEW: 5,
}
_WITHOUT_DEADLINE: Final = frozenset({WorkKind.VISIT, WorkKind.REVIEW})


@dataclass(frozen=True, slots=True)
class Worklist:
    """Use cases for the home page. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def today(self) -> Today:
        """The home page of today."""
        on = self.clock.today()
        with self.begin() as work:
            owed = work.worklist.owed()
            answered = work.worklist.answered()
            seen = work.worklist.seen()
            passed = work.reassessments.latest()
            concerned = work.reassessments.found((Change.NEWLY_MEETS, Change.NO_LONGER))
            waiting = work.worklist.waiting_upload()
            differing = work.worklist.differing()
            rhythm = self.rules.visit_rhythm(work)
            calendar = self.rules.calendar(work)
            recent = {line.id: line for line in work.households.lines(work.local.recent(RECENT))}
            order = work.local.recent(RECENT)
        due = sorted((s for s in seen if _visit_due(s, on, rhythm.period)), key=_longest_unseen)
        items = [
            *(_owed(each, on, calendar) for each in owed),
            *(item for each in answered if (item := self._answered(each, on)) is not None),
            *(self._visit(each, on, rhythm.rule) for each in due[:VISITS_A_DAY]),
            *_reviews(concerned, passed, on)[:REVIEWS_A_DAY],
        ]
        return Today(
            on=on,
            items=tuple(sorted(items, key=_urgency)),
            visits_due=min(len(due), VISITS_A_DAY),
            visits_left_this_month=len(due),
            deadlines=sum(
                1
                for item in items
                if item.kind not in _WITHOUT_DEADLINE and on <= item.due_on <= on + SOON
            ),
            paperwork=len(owed),
            waiting_upload=waiting,
            differing=differing,
            recent=tuple(
                (line.id, line.head_name, line.place)
                for household_id in order
                if (line := recent.get(HouseholdId(household_id))) is not None
            ),
        )

    def _answered(self, answered: Answered, on: date) -> WorkItem | None:
        """A line for what the county answered, unless it is old news."""
        returned = answered.status is ApplicationStatus.RETURNED
        decided_on = answered.decided_on or on
        if not returned and decided_on < on - DECIDED_SHOWN:
            return None
        return WorkItem(
            kind=WorkKind.RETURNED if returned else WorkKind.DECIDED,
            household=HouseholdId(answered.place.household or ""),
            entity_id=answered.application_id,
            who=answered.place.name,
            place=answered.place.place,
            due_on=on,
            overdue=False,
            due_text="今天",
            why=answered.note or answered.status.label,
            rule="县里的决定",
            pressing=returned,
        )

    def _visit(self, seen: Seen, on: date, rule: str) -> WorkItem:
        """A line for a household nobody has seen this month."""
        return WorkItem(
            kind=WorkKind.VISIT,
            household=HouseholdId(seen.place.household or ""),
            entity_id=seen.place.household or "",
            who=seen.place.name,
            place=seen.place.place,
            due_on=on,
            overdue=False,
            due_text="今天",
            why=_why_visit(seen, on),
            rule=rule,
        )


def _owed(owed: Owed, on: date, calendar: WorkdayCalendar) -> WorkItem:
    """A line for relief whose paperwork is still owed."""
    event = EventKind(owed.event).label
    amount = Money(owed.amount_fen).grouped().removesuffix(".00")
    return WorkItem(
        kind=WorkKind.RELIEF_PAPERWORK,
        household=None if owed.place.household is None else HouseholdId(owed.place.household),
        entity_id=owed.relief_id,
        who=owed.place.name,
        place=owed.place.place,
        due_on=owed.due_on,
        overdue=owed.due_on < on,
        due_text=remaining_workdays(on, owed.due_on, calendar),
        why=f"{owed.paid_on.month}月{owed.paid_on.day}日{event}先给了 {amount} 元",
        rule=owed.rule,
        pressing=owed.due_on <= on + SOON,
    )


def _reviews(found: list[Reassessed], passed: Reassessment | None, on: date) -> list[WorkItem]:
    """Lines for those a new standard may bring in or put out, until they are tested again."""
    if passed is None:
        return []
    return [
        WorkItem(
            kind=WorkKind.REVIEW,
            household=each.household,
            entity_id=each.household,
            who=each.who,
            place=each.place,
            due_on=on,
            overdue=False,
            due_text="早点去问",
            why=_why_review(each),
            rule=f"{passed.pack_title} {passed.pack_version} 版，{passed.since} 起",
        )
        for each in found
        if not each.is_tested_since and each.recorded is not each.after
    ]


def _why_review(each: Reassessed) -> str:
    """What the new standard may do to the household, in her words."""
    if each.change is Change.NO_LONGER and each.before is not None:
        return f"新标准后可能不再符合{each.before.label}，要重新测算"
    name = "救助条件" if each.after is None else each.after.label
    month = "" if each.after_month is None else f"，每月约 {_plain(each.after_month)} 元"
    return f"新标准后可能符合{name}{month}"


def _plain(money: Money) -> str:
    return money.grouped().removesuffix(".00")


def _visit_due(seen: Seen, on: date, period: Period) -> bool:
    """Whether this household has not been seen in the current span of `period`."""
    if seen.last_on is None:
        return True
    if period.unit == "week":
        monday = on - timedelta(days=on.weekday())
        return seen.last_on < monday - timedelta(weeks=period.count - 1)
    return seen.last_on < month_start(on, 1 - period.count)


def _longest_unseen(seen: Seen) -> tuple[bool, date, str]:
    """Dispersed 特困 first, then whoever has waited longest."""
    return (seen.category is not Category.TEKUN, seen.last_on or date.min, seen.place.place)


def _why_visit(seen: Seen, on: date) -> str:
    """The reason in her words."""
    kind = "防返贫监测户" if seen.category is Category.NONE else f"{seen.category.label}户"
    if seen.last_on is None:
        return f"{kind}，还没有走访过"
    days = (on - seen.last_on).days
    said = f"，上次说：{seen.last_note}" if seen.last_note else ""
    return f"{kind}，{days} 天没去了{said}"


def _urgency(item: WorkItem) -> tuple[int, date, str]:
    """Where a line stands in the list."""
    if item.kind is WorkKind.RELIEF_PAPERWORK:
        rank = 0 if item.overdue else 1 if item.pressing else 3
    else:
        rank = _RANKS.get(item.kind, 4)
    return (rank, item.due_on, item.place)
