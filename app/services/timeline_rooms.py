"""What each room of casework has to tell of a household, as lines of one timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from app.documents.registry import FORMS
from app.domain.application_events import ApplicationEvent
from app.domain.casework import ApplicationStatus, Relief, Visit
from app.domain.clock import china_date
from app.domain.happening import Happening
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.referral_states import LeadEvent, ReferralEvent
from app.domain.relief_case import ReliefStep
from app.domain.relief_states import ReliefEvent
from app.domain.visit_states import PlanStatus
from app.domain.visit_words import Explained, VisitKind
from app.domain.visiting import CaseStep
from app.domain.words import Word
from app.services.family_words import said_of
from app.services.relief_debts import DOUBLE

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def visits(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Visits, and under each what was added to it later."""
    for one in work.casework.visits_of(household):
        said = "。".join(filter(None, (one.met.label, _asked_then(one), one.note)))
        called = "走访" if one.kind is VisitKind.ROUTINE else one.kind.label
        yield Happening(
            on=one.visited_on, kind="visit", title=called, detail=said, entity_id=one.id,
            page="visit_record", target=one.id,
        )  # fmt: skip
        for added in work.visiting.addenda(one.id):
            yield Happening(
                on=china_date(added.recorded_at), kind="visit", title="走访补记",
                detail=added.text, entity_id=added.id,
            )  # fmt: skip
    for plan in work.visiting.plans_of(household):
        title = _PLANS.get(plan.status)
        if title is not None:
            yield Happening(
                on=plan.planned_on, kind="visit", title=title, detail=plan.reason,
                entity_id=plan.id,
            )  # fmt: skip
    for seen in work.visiting.investigations_of(household):
        result = "基本属实" if seen.fits else "有出入"
        yield Happening(
            on=seen.investigated_on, kind="visit", title="入户调查",
            detail=f"{result}。{seen.conclusion}", entity_id=seen.id,
        )  # fmt: skip


def _asked_then(one: Visit) -> str:
    """What was explained and how satisfied they were, where the visit says it."""
    explained = one.explained
    told = ""
    if explained is not None:
        told = "没讲政策" if explained is Explained.NOTHING else f"讲了政策：{explained.label}"
    content = "" if one.satisfaction is None else f"对救助{one.satisfaction.label}"
    return "，".join(filter(None, (told, content)))


def relief(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """先行救助 as it was given, and every step after it."""
    for one in work.casework.relief_of(household):
        yield Happening(
            on=china_date(one.moment), kind="relief", title="先行救助",
            detail=f"{one.event.label} {_sum(one)}，"
            f"{DOUBLE if work.relief.is_double(one.id) else one.status.label}",
            entity_id=one.id, page="relief_case", target=one.id,
        )  # fmt: skip
        for step in work.relief.steps(one.id):
            if step.event not in _OF_THE_BOOKS:
                yield _relief_step(one, step)


def _sum(one: Relief) -> str:
    """How much, or that nobody has said yet."""
    return f"{one.amount.grouped()} 元" if one.amount.fen else "还没定给多少"


_DONE: Final = {
    ApplicationEvent.CHECK_REPORT: "核对结果来了",
    ApplicationEvent.INVESTIGATED: "入户调查过了",
    ApplicationEvent.NEED_REVIEW: "要开民主评议",
    ApplicationEvent.REVIEWED: "民主评议过了",
    ApplicationEvent.OBJECTION: "有人提了异议",
    ApplicationEvent.REINVESTIGATED: "复查过了",
    ApplicationEvent.NOTICE_CLEAN: "公示满了，报了县里",
    ApplicationEvent.TELL: "告诉了这户",
}
"""What a step is called once it is done, where its button says it otherwise."""


def _answer(status: ApplicationStatus) -> str:
    """The county named once."""
    label = status.label
    return label if label.startswith("县里") else f"县里：{label}"


def applications(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Applications, every step of each, and what the county decided."""
    for one in work.casework.applications_of(household):
        asked = "、".join(_asked(one.requested))
        yield Happening(
            on=one.filed_on, kind="application", title="申请",
            detail=f"{asked}，{one.status.label}" if asked else one.status.label,
            entity_id=one.id, page="applications", target=one.id,
        )  # fmt: skip
        for step in work.procedure.steps(one.id):
            said = "，".join(filter(None, (step.told_by, step.note)))
            done = _DONE.get(step.event, step.event.label)
            yield Happening(
                on=step.happened_on, kind="application", title=f"申请：{done}",
                detail=said, entity_id=step.id, page="applications", target=one.id,
            )  # fmt: skip
        if one.decided_on is not None:
            yield Happening(
                on=one.decided_on, kind="decision", title=_answer(one.status),
                detail=_decided(one.decided_category, one.decision_note), entity_id=f"{one.id}-d",
                page="applications", target=one.id,
            )  # fmt: skip


def signatures(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """What was signed, and what was taken back."""
    for one in work.procedure.signed(household):
        yield Happening(
            on=one.signed_on, kind="signature", title=one.kind.label,
            detail=f"{one.signer}签了", entity_id=one.id,
        )  # fmt: skip
        if one.revoked_on is not None:
            yield Happening(
                on=one.revoked_on, kind="signature", title=f"{one.kind.label}收回",
                detail=one.revoke_reason, entity_id=f"{one.id}-r",
            )  # fmt: skip


def assessments(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Means tests."""
    for one in work.casework.assessments_of(household):
        yield Happening(
            on=one.on, kind="assessment", title="测算",
            detail=f"初步看：{one.suggested.label}" if one.suggested else "还看不出来",
            entity_id=one.id, page="past", target=household,
        )  # fmt: skip


def prints(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Papers that left the program."""
    for one in work.casework.household_prints(household):
        form = FORMS.get(one.form)
        again = f"（第 {one.reprint_no} 次重打）" if one.reprint_no else ""
        yield Happening(
            on=china_date(one.printed_at), kind="print", title="打印",
            detail=f"{one.form if form is None else form.title} {one.document_no}{again}",
            entity_id=one.id,
        )  # fmt: skip


def leads(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """What was noticed, where it was passed on, and every step of both."""
    for lead in work.visiting.leads_of(household):
        yield Happening(
            on=lead.found_on, kind="lead", title="线索",
            detail=f"{lead.content}（{lead.status.label}）", entity_id=lead.id,
        )  # fmt: skip
        yield from _steps(work.visiting.lead_steps(lead.id), "lead", "线索", LeadEvent)
    for one in work.visiting.referrals_of(household):
        yield Happening(
            on=one.made_on, kind="referral", title="转介",
            detail=f"{one.need.label}，转给{one.to_org}，{one.status.label}", entity_id=one.id,
            page="referrals", target=one.id,
        )  # fmt: skip
        yield from _steps(
            work.visiting.referral_steps(one.id), "referral", one.need.label, ReferralEvent
        )


def family(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Who came, who went, who heads it, where it goes on."""
    events = work.families.events_of(household)
    names = work.families.names(person for event in events for person in event.people)
    places = work.families.places(event.other for event in events if event.other is not None)
    for one in events:
        yield Happening(
            on=one.happened_on, kind="family", title=one.kind.label,
            detail=said_of(one, names, places), entity_id=one.id,
            page="household" if one.other else "", target=one.other or "",
        )  # fmt: skip


def _steps(
    steps: Iterable[CaseStep], kind: str, what: str, events: type[Word]
) -> Iterator[Happening]:
    """Every step of a lead or a referral."""
    for at, step in enumerate(steps):
        label = next((one.label for one in events if one.value == step.event), "")
        yield Happening(
            on=step.happened_on, kind=kind, title=f"{what}：{label}", detail=step.note,
            entity_id=f"{kind}-{at:03}",
        )  # fmt: skip


def _relief_step(one: Relief, step: ReliefStep) -> Happening:
    amount = "" if step.amount is None else f"{step.amount.grouped()} 元"
    label = "" if step.event is None else step.event.label
    return Happening(
        on=china_date(step.happened_at), kind="relief", title=f"先行救助：{label}",
        detail="，".join(filter(None, (one.event.label, amount, step.note))),
        entity_id=step.id, page="relief_case", target=one.id,
    )  # fmt: skip


def _asked(requested: Iterable[Category]) -> list[str]:
    """The rungs by name; the whole ladder needs none."""
    found = [one.label for one in requested]
    return found if len(found) <= _A_FEW else []


def _decided(category: Category | None, note: str | None) -> str:
    return "，".join(filter(None, ("" if category is None else category.label, note or "")))


_PLANS: Final = {
    PlanStatus.PLANNED: "约好这天去走访",
    PlanStatus.IN_PROGRESS: "约好这天去走访",
    PlanStatus.MISSED: "约好的走访没见到人",
    PlanStatus.CANCELLED: "约好的走访不去了",
}
"""A plan that was kept is told by its visit."""
_A_FEW: Final = 3
_OF_THE_BOOKS: Final = frozenset({None, ReliefEvent.PAY, ReliefEvent.OWE})
"""Steps the line of the payment itself has told already."""
