"""What an application owes: signatures, materials, the office's clock, the end of a notice.

Each row says the one next step. A clock the county has given no time for has no day and says so;
while material is awaited the clock stands, and the row is about the material.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import OVER
from app.domain.casework import Application, WorkKind
from app.domain.casework import ApplicationStatus as Status
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.procedure import ApplicationStep, MaterialState
from app.rules.clocks import ClockKind, Event
from app.services.application_file import EXPIRY_WARNED
from app.services.application_next import NEXT
from app.services.ground_rules import GroundRules
from app.services.signers import newest_of, signers_of
from app.services.stepping import newest_step, pauses_of, this_round

if TYPE_CHECKING:
    from app.domain.households import Household
    from app.store.unit_of_work import UnitOfWork

READS: Final = (
    "application", "application_step", "application_material", "check_authorization",
    "assessment", "support_obligor", "income_item", "expense_item", "asset_item",
)  # fmt: skip
_DAY: Final = timedelta(days=1)
_PAGE: Final = "applications"
_ONE_OF_THEM: Final = "民发〔2021〕57号：家里定一个共同生活的人作申请人"
E = ApplicationEvent


@dataclass(frozen=True, slots=True)
class _Case:
    """One application at hand."""

    application: Application
    household: Household
    steps: Sequence[ApplicationStep]

    @property
    def has_applicant(self) -> bool:
        """Whether who applies still belongs to the household."""
        members = self.household.members
        return any(one.person.id == self.application.applicant for one in members)

    def row(self, kind: WorkKind, why: str, action: str, rule: str) -> DueItem:
        """A row without a day."""
        head = self.household.head_member
        return DueItem(
            kind=kind,
            entity_id=self.application.id,
            household=HouseholdId(self.household.id),
            who="" if head is None else head.person.name,
            place=self.household.place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=why,
            rule=rule,
            page=_PAGE,
            action=action,
            target=self.application.id,
            since=self.application.filed_on,
        )


def procedure_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """What the applications of one household owe."""
    known = work.casework.applications_of(HouseholdId(subject))
    if not known:
        return
    household = work.households.get(HouseholdId(subject))
    if household is None:
        return
    for application in known:
        case = _Case(application, household, work.procedure.steps(application.id))
        if application.status is Status.REFUSED:
            yield from _refusal(work, rules, case)
        elif application.status not in OVER:
            yield from _applicant(case)
            yield from _materials(work, case)
            yield from _signatures(work, case)
            yield from _clock(work, rules, case)


def _refusal(work: UnitOfWork, rules: GroundRules, case: _Case) -> Iterator[DueItem]:
    """The household has to be told within the pack's days."""
    decided = case.application.decided_on
    if decided is None or newest_step(case.steps, E.TELL) is not None:
        return
    deadline = rules.deadline(work, ClockKind.REFUSAL_NOTICE, {Event.REFUSED: decided})
    row = case.row(
        WorkKind.REFUSAL_NOTICE,
        case.application.decision_note or "县里没同意",
        "把告知书送到手上，记下来",
        deadline.explanation,
    )
    yield _dated(row, appears_on=decided, due_on=deadline.due_on)


def _applicant(case: _Case) -> Iterator[DueItem]:
    """Who applied has left the household: it goes on with another, or not at all."""
    if not case.has_applicant:
        sent = case.application.status is Status.SENT_FOR_CONFIRMATION
        action = "记撤回，或请县里退回来换人" if sent else "换一个申请人，或者记撤回"
        yield case.row(WorkKind.APPLICATION, "申请人不在这户了", action, _ONE_OF_THEM)


def _materials(work: UnitOfWork, case: _Case) -> Iterator[DueItem]:
    """What was asked for and is not in."""
    left = [
        one
        for one in work.procedure.materials(case.application.id)
        if one.state is MaterialState.NEEDED
    ]
    if left:
        names = "、".join(one.name for one in left[:3])
        more = f"等 {len(left)} 样" if len(left) > 3 else ""  # noqa: PLR2004  # so many are named
        yield case.row(WorkKind.MATERIAL, f"还缺：{names}{more}", "催一催，收到就记", "一次性告知")


def _signatures(work: UnitOfWork, case: _Case) -> Iterator[DueItem]:
    """Who has not signed, and whose authorisation ends."""
    application, household = case.application, case.household
    tested = (
        None if application.assessment is None else work.casework.assessment(application.assessment)
    )
    signed = [one for one in work.procedure.signed(household.id) if one.revoked_on is None]
    papers = [
        (signer, kind, newest_of(signer, kind, signed))
        for signer in signers_of(application, household, tested)
        for kind in signer.kinds
    ]
    left = sum(paper is None for _, _, paper in papers)
    if left:
        yield case.row(
            WorkKind.SIGNATURE, f"还有 {left} 份没签", "去签字按手印", "全体成年人授权和承诺"
        )
    ends = [paper.valid_to for _, _, paper in papers if paper is not None and paper.valid_to]
    if ends:
        last = min(ends)
        row = case.row(
            WorkKind.AUTHORISATION_ENDS,
            f"核对授权书到 {last} 为止",
            "请他们重签一份",
            "授权期限",
        )
        yield _dated(row, appears_on=last - timedelta(days=EXPIRY_WARNED), due_on=last)


def _clock(work: UnitOfWork, rules: GroundRules, case: _Case) -> Iterator[DueItem]:
    """The notice that runs out, or the office's time to decide."""
    status = case.application.status
    posted = newest_step(case.steps, E.POST)
    if status is Status.NOTICE_POSTED and posted is not None:
        deadline = rules.deadline(work, ClockKind.NOTICE, {Event.POSTED: posted.happened_on})
        if deadline.due_on is not None:
            over = deadline.due_on + _DAY
            row = case.row(
                WorkKind.NOTICE_END,
                f"公示贴到 {deadline.due_on}",
                "没人提意见就报上去",
                deadline.explanation,
            )
            yield _dated(row, appears_on=over, due_on=over)
    round_ = this_round(case.steps)
    accepted = newest_step(round_, E.ACCEPT)
    if accepted is None or status is Status.SENT_FOR_CONFIRMATION:
        return
    deadline = rules.deadline(
        work,
        ClockKind.DECISION,
        {Event.ACCEPTED: accepted.happened_on},
        pauses=pauses_of(round_),
        extended=newest_step(round_, E.EXTEND) is not None,
    )
    if deadline.pauses and deadline.pauses[-1].until is None:
        return  # it stands: the row about the material is the one to do
    row = case.row(WorkKind.APPLICATION, f"申请{status.label}", NEXT[status], deadline.explanation)
    yield _dated(row, appears_on=accepted.happened_on, due_on=deadline.due_on)


def _dated(row: DueItem, *, appears_on: date, due_on: date | None) -> DueItem:
    return replace(row, appears_on=appears_on, due_on=due_on)
