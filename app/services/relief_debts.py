"""What one 先行救助 still owes, in words: papers in working days, a decision in hours, parts.

Overdue is said and never hidden, and a term the county has not given is said to be so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.clock import china_date
from app.domain.relief_case import Instalment
from app.domain.relief_words import InstalmentStatus
from app.rules.deadline_reading import reading_of, remaining_workdays
from app.rules.deadlines import NOT_GIVEN
from app.services.estimates import relief_now
from app.services.ground_rules import GroundRules
from app.services.written_rules import RELIEF_STAGES

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_UNDECIDED: Final = frozenset(
    {
        ReliefStatus.REPORTED,
        ReliefStatus.VERIFIED,
        ReliefStatus.REFERRED_UP,
        ReliefStatus.PAID,
        ReliefStatus.PAPERWORK_PENDING,
        ReliefStatus.SUPPLEMENTED,
    }
)
"""While it stands so, somebody above still has to say yes or no: papers are no answer."""
IN_HAND: Final = frozenset(
    {ReliefStatus.PAID, ReliefStatus.PAPERWORK_PENDING, ReliefStatus.SUPPLEMENTED}
)
"""While it stands so, further parts of staged relief may be paid."""


DOUBLE: Final = "重复：另一台电脑也记了这笔"
DOUBLE_NEXT: Final = "打电话给县里，核对钱给了一次还是两次"
DOUBLE_RULE: Final = "同一笔钱县里只算一次，由县里核定"


ASK_WHO_TOOK_IT: Final = "钱是后来给的，要问清谁领的"


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing owed: what, how it stands ("还剩 3 个工作日"), whether late, by which rule."""

    what: str
    text: str
    overdue: bool
    rule: str

    def __str__(self) -> str:
        """Both together."""
        return f"{self.what}，{self.text}" if self.text else self.what


def awaits_decision(relief: Relief) -> bool:
    """Whether somebody above has still to decide."""
    return relief.status in _UNDECIDED and relief.decided_at is None


def debts_of(
    work: UnitOfWork,
    rules: GroundRules,
    relief: Relief,
    parts: Sequence[Instalment],
    now: datetime,
) -> tuple[Debt, ...]:
    """Everything it owes at `now`, the papers first; of a double only that it is one."""
    if work.relief.is_double(relief.id):
        return (Debt(DOUBLE, DOUBLE_NEXT, overdue=False, rule=DOUBLE_RULE),)
    found = []
    relief, on = relief_now(work, rules, relief), china_date(now)
    if relief.status is ReliefStatus.PAPERWORK_PENDING:
        due = relief.paperwork_due_on
        text = NOT_GIVEN if due is None else remaining_workdays(on, due, rules.calendar(work))
        late = due is not None and on > due
        found.append(Debt("待补手续", text, late, relief.paperwork_rule))
    if awaits_decision(relief):
        found += _decision(work, rules, relief, now)
    died_on = died_before(work, relief, parts)
    if died_on is not None and relief.status in IN_HAND:
        found.append(Debt(died_text(died_on), ASK_WHO_TOOK_IT, overdue=False, rule=""))
    waiting = [part for part in parts if part.status is InstalmentStatus.PLANNED]
    if waiting and relief.status in IN_HAND:
        day = waiting[0].planned_on
        text = "今天给" if day == on else f"{day.month}月{day.day}日给"
        found.append(Debt(f"第 {waiting[0].seq} 次还没给", text, on > day, plan_of(relief, parts)))
    return tuple(found)


def died_before(work: UnitOfWork, relief: Relief, parts: Sequence[Instalment]) -> date | None:
    """The day the payee died, where money was handed over after it: told of later, or by mistake;
    somebody else took it, or nobody."""
    person = None if relief.payee is None else work.people.get(relief.payee)
    if person is None or person.died_on is None:
        return None
    given = [one.paid_at for one in parts if one.status is InstalmentStatus.PAID]
    last = max((at for at in (*given, relief.paid_at) if at is not None), default=None)
    return person.died_on if last is not None and person.died_on < china_date(last) else None


def died_text(on: date) -> str:
    """The day of the death, beside money that was given after it."""
    return f"领款人 {on.month}月{on.day}日就去世了"


def plan_of(relief: Relief, parts: Sequence[Instalment]) -> str:
    """Whose word a later part stands on: the day of the one approval, and in how many parts."""
    plan = f"分 {len(parts)} 次给，{RELIEF_STAGES}"
    if relief.decided_at is None:
        laid_out = parts[0].planned_on
        return f"还没人批，{laid_out.month}月{laid_out.day}日定下{plan}"
    on = china_date(relief.decided_at)
    how = "" if relief.decided_how is None else relief.decided_how.label
    return f"{on.month}月{on.day}日{relief.decided_by}{how}同意，{plan}"


def _decision(work: UnitOfWork, rules: GroundRules, relief: Relief, now: datetime) -> list[Debt]:
    """The hour clock of the decision; where no pack sets one, that is said."""
    if relief.decision_due_at is None:
        return [Debt("等审批", NOT_GIVEN, overdue=False, rule=relief.decision_rule)]
    deadline = replace(
        rules.emergency_decision(work, relief.found_at), due_at=relief.decision_due_at
    )
    reading = reading_of(deadline, now, rules.calendar(work))
    if reading is None:
        return []
    return [Debt("等审批", reading.text, reading.overdue, relief.decision_rule)]
