"""What 先行救助 puts on today's list: papers, the decision in hours, parts, what comes after.

Nothing owed is ever hidden: papers without a term stand in the list too, without a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import Met, Relief, ReliefStatus
from app.domain.clock import china_date
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.money import Money
from app.domain.people import PersonStatus
from app.domain.relief_case import Instalment, LateSupplement, ReliefCase, ReliefStep
from app.domain.relief_states import PAID_OUT, ReliefEvent
from app.domain.relief_words import Afterwards, CheckResult, InstalmentStatus
from app.domain.today import WorkKind
from app.rules.clocks import ClockKind, Event
from app.services.estimates import relief_now
from app.services.ground_rules import GroundRules
from app.services.relief_debts import IN_HAND, awaits_decision, died_before, died_text, plan_of
from app.services.written_rules import RELIEF_FIRST

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

READS: Final = (
    "emergency_relief",
    "relief_instalment",
    "late_supplement",
    "visit",
    "application",
    "conflict",
    "print_record",
)
_PAGE: Final = "relief_case"
_AHEAD: Final = timedelta(days=3)
"""A part to be given shows up so long before its day."""
_FOLLOW_UP_AHEAD: Final = timedelta(days=7)
_NOTED: Final = frozenset({ReliefStatus.REPORTED, ReliefStatus.VERIFIED})
"""Told of and not given yet: the hours run with the row itself, which leads back to the form."""
_TO_BE_GIVEN: Final = _NOTED | {ReliefStatus.APPROVED_FAST}
_GENERAL_FORM: Final = "F16"
"""What the general procedure of 临时救助 is begun with."""
_MADE_UP: Final = "补手续时（F17b）记下的"
_NOBODY_LEFT: Final = "这户已经没有人了"
_PAYEE_DIED: Final = "领款人去世了"
_DONE: Final = frozenset({ReliefStatus.PAID, ReliefStatus.SUPPLEMENTED})
"""Nothing is owed for it any more, once every part is given and somebody above has agreed."""


@dataclass(frozen=True, slots=True)
class _One:
    """One record at hand, with whom it is about."""

    relief: Relief
    place: str
    is_over: bool
    """Nobody is left in the household: nothing more can be given, tested or visited there."""
    is_payee_dead: bool
    """Who was to be paid has died: nothing more can be handed to them."""

    def row(self, kind: WorkKind, why: str, action: str, rule: str) -> DueItem:
        """A row without a day."""
        relief = self.relief
        return DueItem(
            kind=kind,
            entity_id=relief.id,
            household=relief.household,
            who=relief.payee_name,
            place=self.place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=why,
            rule=rule,
            page=_PAGE,
            action=action,
            target=relief.id,
            since=china_date(relief.moment),
        )

    @property
    def told(self) -> str:
        """What happened, in her words: "3月2日火灾先给了 800 元"; in parts not all is given."""
        on, relief = china_date(self.relief.moment), self.relief
        if not relief.amount.fen:
            return f"{on.month}月{on.day}日{relief.event.label}，先记下了"
        gave = "要"
        if relief.status in PAID_OUT:
            gave = "分几次给" if relief.is_staged else "先给了"
        return f"{on.month}月{on.day}日{relief.event.label}{gave} {_plain(relief.amount)} 元"


def relief_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """What the relief of a household, or one record of a stranger, still asks for."""
    found = work.relief.of_subject(subject)
    if not found:
        return
    home = work.relief.home_of(subject)
    for relief in found:
        if work.relief.is_double(relief.id):
            continue  # its row is that of the difference: nothing else can be done about it
        one = _One(relief_now(work, rules, relief), *home, is_payee_dead=_is_dead(work, relief))
        parts = work.relief.instalments(relief.id) if relief.is_staged else []
        died_on = died_before(work, relief, parts)
        yield from _papers(one, died_on)
        yield from _decision(one)
        yield from _parts(one, parts)
        yield from _next(work, one)
        yield from _to_close(one, parts, died_on)
        if not one.is_over:
            yield from _follow_up(work, rules, one, parts)
            yield from _promised(work, one)


def _is_dead(work: UnitOfWork, relief: Relief) -> bool:
    person = None if relief.payee is None else work.people.get(relief.payee)
    return person is not None and person.status is PersonStatus.DEAD


def _papers(one: _One, died_on: date | None) -> Iterator[DueItem]:
    """The debt of papers, with its day where the county gave a term."""
    relief = one.relief
    if relief.status is ReliefStatus.PAPERWORK_PENDING:
        row = one.row(WorkKind.RELIEF_PAPERWORK, one.told, "补齐手续", relief.paperwork_rule)
        if died_on is not None:
            row = replace(
                row, why=f"{one.told}，{died_text(died_on)}", action="问清谁领的，补齐手续"
            )
        yield _dated(row, relief.paperwork_due_on)


def _decision(one: _One) -> Iterator[DueItem]:
    """The hour clock of whoever decides above: it stands until the answer is known."""
    relief = one.relief
    if relief.status in _NOTED:
        return
    if awaits_decision(relief):
        row = one.row(
            WorkKind.RELIEF_DECISION, f"{one.told}，还没人批", "问镇上批没批", relief.decision_rule
        )
        if one.is_over and relief.status not in PAID_OUT:
            row = replace(row, why=f"{one.told}，{_NOBODY_LEFT}", action="记成不给了")
        yield replace(row, due_at=relief.decision_due_at)


def _parts(one: _One, parts: Sequence[Instalment]) -> Iterator[DueItem]:
    """The next part of staged relief."""
    waiting = [part for part in parts if part.status is InstalmentStatus.PLANNED]
    if waiting and one.relief.status in IN_HAND:
        part = waiting[0]
        why = f"第 {part.seq} 次，{_plain(part.amount)} 元"
        row = one.row(WorkKind.INSTALMENT, why, "给这一次", plan_of(one.relief, parts))
        if one.is_payee_dead:
            row = replace(row, why=f"{why}，{_PAYEE_DIED}", action="记下一次不给了，要帮就另记一笔")
        if one.is_over:
            row = replace(row, why=f"{why}，{_NOBODY_LEFT}", action="记成不给了")
        yield _dated(row, part.planned_on, appears_on=part.planned_on - _AHEAD)


def _next(work: UnitOfWork, one: _One) -> Iterator[DueItem]:
    """What only waits to be done."""
    status = one.relief.status
    if one.is_over and status in _TO_BE_GIVEN:
        yield one.row(
            WorkKind.RELIEF_TO_PAY, f"{one.told}，{_NOBODY_LEFT}", "记成不给了", RELIEF_FIRST
        )
    elif one.is_payee_dead and status in _TO_BE_GIVEN:
        why = f"{one.told}，{_PAYEE_DIED}"
        yield one.row(WorkKind.RELIEF_TO_PAY, why, "换家里别的人领，另记一笔", RELIEF_FIRST)
    elif status is ReliefStatus.APPROVED_FAST:
        yield one.row(
            WorkKind.RELIEF_TO_PAY, f"{one.relief.decided_by}同意了，还没给", "去给", RELIEF_FIRST
        )
    elif status in _NOTED:
        relief = one.relief
        row = one.row(
            WorkKind.RELIEF_TO_PAY, f"{one.told}，还没给", "去看看，该给就给", relief.decision_rule
        )
        yield replace(row, due_at=relief.decision_due_at, page="relief")
    elif status is ReliefStatus.RECOVERING:
        yield _to_recover(work, one)


def _to_recover(work: UnitOfWork, one: _One) -> DueItem:
    """What is to be got back, for what was made up, or because somebody above did not agree."""
    made = work.relief.supplements(one.relief.id)
    steps = work.relief.steps(one.relief.id)
    owed = _owed_words(work, one.relief, steps)
    if made and made[-1].result is not CheckResult.KEPT:
        why = f"{one.told}，补的手续不符，{owed}"
        return one.row(WorkKind.RECOVERY, why, "把钱收回来", _MADE_UP)
    said = [step for step in steps if step.event is ReliefEvent.REJECT]
    why = f"{one.told}，上级不同意，{owed}"
    if said:
        why = f"{one.told}，{said[-1].who}不同意：{said[-1].note}，{owed}"
    return one.row(WorkKind.RECOVERY, why, "把钱收回来", RELIEF_FIRST)


def _owed_words(work: UnitOfWork, relief: Relief, steps: Sequence[ReliefStep]) -> str:
    """How much is to come back, and how much of it came."""
    parts = tuple(work.relief.instalments(relief.id))
    case = ReliefCase(
        relief=relief, steps=tuple(steps), instalments=parts, supplements=(), chain=()
    )
    if not case.recovered.fen:
        return f"要追回 {_plain(case.given)} 元"
    left = case.given - case.recovered
    return f"已收回 {_plain(case.recovered)} 元，还差 {_plain(left)} 元"


def _to_close(one: _One, parts: Sequence[Instalment], died_on: date | None) -> Iterator[DueItem]:
    """Given, made up and agreed to: only its end is to be said."""
    left = any(part.status is InstalmentStatus.PLANNED for part in parts)
    if one.relief.status in _DONE and not left and not awaits_decision(one.relief):
        row = one.row(
            WorkKind.RELIEF_TO_CLOSE,
            f"{one.told}，该办的都办了",
            "看一眼，没事了就办结",
            RELIEF_FIRST,
        )
        if died_on is not None:
            row = replace(row, why=f"{one.told}，{died_text(died_on)}", action="问清谁领的，再办结")
        yield row


def _follow_up(
    work: UnitOfWork, rules: GroundRules, one: _One, parts: Sequence[Instalment]
) -> Iterator[DueItem]:
    """Somebody looks again some days after the money, unless a visit has been made since."""
    household = one.relief.household
    paid_on = _paid_on(one.relief, parts)
    if household is None or paid_on is None or one.relief.status not in _GIVEN:
        return
    deadline = rules.deadline(work, ClockKind.FOLLOW_UP, {Event.PAID: paid_on})
    if deadline.due_on is None:
        return
    seen = any(
        visit.visited_on > paid_on and visit.met is not Met.NOBODY
        for visit in work.casework.visits_of(household)
    )
    if not seen:
        row = one.row(WorkKind.RELIEF_FOLLOW_UP, one.told, "回访一次", deadline.explanation)
        row = replace(row, page="visits", target=household)
        yield _dated(row, deadline.due_on, appears_on=deadline.due_on - _FOLLOW_UP_AHEAD)


def _promised(work: UnitOfWork, one: _One) -> Iterator[DueItem]:
    """What the papers said comes after (F17b), until it is begun: an application for 低保, relief
    that follows on, the general procedure on F16."""
    household, relief = one.relief.household, one.relief
    made = work.relief.supplements(relief.id)
    if relief.status not in _GIVEN or not made:
        return
    promise = made[-1]
    if promise.afterwards is Afterwards.TO_DIBAO and household is not None:
        if not _has_applied(work, household, promise):
            why = f"{one.told}，说好转低保"
            row = one.row(WorkKind.RELIEF_TO_DIBAO, why, "测算，提申请", _MADE_UP)
            yield replace(row, page="assessment", target=household)
    elif promise.afterwards is Afterwards.FOLLOW_ON:
        after = work.relief.following(relief.id)
        if all(one.status is ReliefStatus.DECLINED for one in after):
            yield one.row(
                WorkKind.RELIEF_AFTER, f"{one.told}，说好跟进救助", "点“跟进救助”", _MADE_UP
            )
    elif promise.afterwards is Afterwards.GENERAL and not _is_on_the_general_road(work, one):
        why = f"{one.told}，说好继续走一般程序"
        row = one.row(WorkKind.RELIEF_AFTER, why, "打审批表（F16），报镇里", _MADE_UP)
        yield replace(row, page="printing")


def _is_on_the_general_road(work: UnitOfWork, one: _One) -> bool:
    """Whether an F16 of the household left the program since the papers were made up; of a
    stranger there is none."""
    household, since = one.relief.household, work.relief.supplements(one.relief.id)[-1].completed_on
    return household is None or any(
        paper.form == _GENERAL_FORM and china_date(paper.printed_at) >= since
        for paper in work.casework.household_prints(household)
    )


def _has_applied(work: UnitOfWork, household: HouseholdId, wanted: LateSupplement) -> bool:
    return any(
        one.filed_on >= wanted.completed_on for one in work.casework.applications_of(household)
    )


_GIVEN: Final = IN_HAND | {ReliefStatus.CLOSED}


def _paid_on(relief: Relief, parts: Sequence[Instalment]) -> date | None:
    """The day of the (last) payment."""
    paid = [part.paid_at for part in parts if part.paid_at is not None]
    last = relief.paid_at or max(paid, default=None)
    return None if last is None else china_date(last)


def _dated(row: DueItem, due_on: date | None, appears_on: date = ALWAYS) -> DueItem:
    return replace(row, due_on=due_on, appears_on=appears_on)


def _plain(money: Money) -> str:
    return money.grouped().removesuffix(".00")
