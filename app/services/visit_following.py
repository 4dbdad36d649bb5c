"""What a visit brings about in its own transaction: plans ended and made, files, lead, referral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.domain.casework import Met
from app.domain.ids import HouseholdId, LeadId, ReferralId, VisitId, new_id
from app.domain.problem import Refused
from app.domain.referral_states import LeadStatus, ReferralEvent, ReferralStatus
from app.domain.referral_words import LeadSource, ReferralNeed
from app.domain.visit_states import PLAN, PlanEvent, PlanStatus
from app.domain.visit_words import FollowUp
from app.domain.visiting import KeptFile, VisitPlan

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

LONGEST_CONTENT: Final = 500
NOBODY_HOME: Final = "没人在家"


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A lead, or a referral `to_org` for `need`. `consented`: the person agreed on the spot."""

    how: FollowUp
    content: str = field(default="", repr=False)
    to_org: str = ""
    need: ReferralNeed = ReferralNeed.OTHER
    consented: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLead:
    """Somebody who may need help. `household` None and `who` where nobody knows which it is."""

    content: str = field(repr=False)
    found_on: date
    source: LeadSource
    household: HouseholdId | None = None
    who: str = field(default="", repr=False)
    visit: VisitId | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """Somebody to be handed on."""

    household: HouseholdId
    need: ReferralNeed
    to_org: str
    content: str = field(repr=False)
    made_on: date
    consented: bool = False
    visit: VisitId | None = None
    lead: LeadId | None = None
    due_on: date | None = None


def keep_plans(
    work: UnitOfWork,
    household: HouseholdId,
    visit: VisitId,
    met: Met,
    *,
    on: date,
    again_on: date | None,
    at: datetime,
) -> None:
    """End the household's open plan with the visit of day `on`; make the next where nobody was at
    home. A visit typed in late says nothing about a plan made at a later one, nor about whether
    somebody must still go where somebody was met since."""
    plan = work.visiting.open_plans([household]).get(household)
    if plan is not None:
        if _made_after(work, plan, on):
            return
        _end(work, plan, visit, met)
    if met is not Met.NOBODY or again_on is None:
        return
    if on >= max(one.visited_on for one in work.casework.visits_of(household)):
        work.change(
            kind="visit_plan.made",
            entity="visit_plan",
            entity_id=new_id(at),
            subject=household,
            new=True,
            fields={
                "household_id": household,
                "planned_on": again_on,
                "status": PlanStatus.PLANNED,
                "reason": "",
                "because_id": visit,
                "recorded_at": at,
            },
        )


def _made_after(work: UnitOfWork, plan: VisitPlan, on: date) -> bool:
    """Whether the visit that made the plan was later than day `on`."""
    because = None if plan.because is None else work.casework.visit(plan.because)
    return because is not None and because.visited_on > on


def _end(work: UnitOfWork, plan: VisitPlan, visit: VisitId, met: Met) -> None:
    status = plan.status
    if status is PlanStatus.PLANNED:
        status = PLAN.after(status, PlanEvent.START)
    missed = met is Met.NOBODY
    work.change(
        kind="visit_plan.missed" if missed else "visit_plan.kept",
        entity="visit_plan",
        entity_id=plan.id,
        subject=plan.household,
        fields={
            "status": PLAN.after(status, PlanEvent.MISS if missed else PlanEvent.COMPLETE),
            "reason": NOBODY_HOME if missed else "",
            "visit_id": visit,
        },
    )


def cancel_plan(work: UnitOfWork, household: HouseholdId, reason: str) -> None:
    """The household's open plan is given up; it stays on record with why.

    Raises Refused F-66 without a reason, F-70 where there is none to give up.
    """
    told = reason.strip()
    if not told or len(told) > LONGEST_CONTENT:
        raise Refused(
            f"不去了要写为什么，最多 {LONGEST_CONTENT} 字。",
            do="请写一句原因。",
            code="F-66",
            field="cancel_reason",
        )
    plan = work.visiting.open_plans([household]).get(household)
    if plan is None:
        raise Refused("这一户没有约好再去的日子。", do="请再看看这一户。", code="F-70")
    work.change(
        kind="visit_plan.cancelled",
        entity="visit_plan",
        entity_id=plan.id,
        subject=household,
        fields={"status": PLAN.after(plan.status, PlanEvent.CANCEL), "reason": told},
    )


def keep_files(
    work: UnitOfWork,
    household: HouseholdId,
    visit: VisitId,
    files: Sequence[KeptFile],
    *,
    at: datetime,
) -> None:
    """The rows that refer to blobs already on the disk (security R16: the blob comes first)."""
    for kept in files:
        attachment = new_id(at)
        work.change(
            kind="attachment.added",
            entity="attachment",
            entity_id=attachment,
            subject=household,
            new=True,
            fields={
                "household_id": household,
                "blob_id": kept.blob_id,
                "blob_key": kept.wrapped_key,
                "sha256": kept.sha256,
                "media_type": kept.media_type,
                "size": kept.size,
                "added_at": at,
            },
        )
        work.change(
            kind="visit_file.added",
            entity="visit_file",
            entity_id=new_id(at),
            subject=household,
            new=True,
            fields={
                "household_id": household,
                "visit_id": visit,
                "attachment_id": attachment,
                "purpose": kept.purpose,
                "added_at": at,
            },
        )


def follow(
    work: UnitOfWork,
    household: HouseholdId,
    visit: VisitId,
    following: Following,
    *,
    on: date,
    at: datetime,
) -> None:
    """The lead or referral a visit ends with. Raises Refused F-65, F-77."""
    if following.how is FollowUp.LEAD:
        lead = NewLead(
            content=following.content,
            found_on=on,
            source=LeadSource.VISIT,
            household=household,
            visit=visit,
            due_on=following.due_on,
        )
        write_lead(work, lead, at=at)
    elif following.how in {FollowUp.REFERRAL, FollowUp.PROTECTION}:
        referral = NewReferral(
            household=household,
            need=following.need,
            to_org=following.to_org,
            content=following.content,
            made_on=on,
            consented=following.consented,
            visit=visit,
            due_on=following.due_on,
        )
        write_referral(work, referral, at=at)


def write_lead(work: UnitOfWork, new: NewLead, *, at: datetime) -> LeadId:
    """A lead, inside a transaction of the caller's. Raises Refused F-77 without words."""
    content = new.content.strip()
    if not content or len(content) > LONGEST_CONTENT:
        raise Refused(
            f"线索要写一句是什么事，最多 {LONGEST_CONTENT} 字。",
            do="请写看到、听到了什么。",
            code="F-77",
            field="lead_text",
        )
    lead = LeadId(new_id(at))
    who = new.who.strip() or work.visiting.place_of(new.household)[0]
    work.change(
        kind="lead.noted",
        entity="lead",
        entity_id=lead,
        subject=new.household or lead,
        new=True,
        on=new.found_on,
        fields={
            "household_id": new.household,
            "who": who,
            "source": new.source,
            "content": content,
            "visit_id": new.visit,
            "found_on": new.found_on,
            "due_on": new.due_on,
            "status": LeadStatus.OPEN,
            "handler": work.identity.officer_name,
            "recorded_at": at,
        },
    )
    return lead


def write_referral(work: UnitOfWork, new: NewReferral, *, at: datetime) -> ReferralId:
    """A referral, inside a transaction of the caller's. Raises Refused F-65 without a place, and
    where place or content is too long."""
    to_org, content = new.to_org.strip(), new.content.strip()
    if not to_org:
        raise Refused(
            "还没写转给哪里。", do="请写接收单位，比如镇卫生院。", code="F-65", field="to_org"
        )
    for at_field, what, said in (("to_org", "转给哪里", to_org), ("content", "为什么转", content)):
        if len(said) > LONGEST_CONTENT:
            raise Refused(
                f"“{what}”写得太长，最多 {LONGEST_CONTENT} 字。",
                do="请删短一些。",
                code="F-65",
                field=at_field,
            )
    referral = ReferralId(new_id(at))
    status = ReferralStatus.CONSENTED if new.consented else ReferralStatus.DRAFT
    work.change(
        kind="referral.made",
        entity="referral",
        entity_id=referral,
        subject=new.household,
        new=True,
        on=new.made_on,
        fields={
            "household_id": new.household,
            "need": new.need,
            "to_org": to_org,
            "content": content,
            "visit_id": new.visit,
            "lead_id": new.lead,
            "made_on": new.made_on,
            "due_on": new.due_on,
            "status": status,
            "handler": work.identity.officer_name,
            "recorded_at": at,
        },
    )
    if new.consented:
        work.change(
            kind="referral.stepped",
            entity="referral_step",
            entity_id=new_id(at),
            subject=new.household,
            new=True,
            on=new.made_on,
            fields={
                "referral_id": referral,
                "seq": 1,
                "event": ReferralEvent.CONSENT,
                "status": status,
                "happened_on": new.made_on,
                "who": work.identity.officer_name,
                "note": "",
                "recorded_at": at,
            },
        )
    return referral
