"""What leads and referrals put on today's list, until they are closed.

The policy texts ask for timely referral and feedback (S0:L27, S3:L19) and name no days: a day
stands here only where the coordinator wrote one down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.domain.due import ALWAYS, URGENT, DueItem
from app.domain.referral_states import AWAY, LeadStatus, ReferralEvent, ReferralStatus
from app.domain.referral_words import HandOn, ReferralNeed
from app.domain.today import WorkKind
from app.rules import parameters
from app.services.ground_rules import GroundRules
from app.services.leads_gone_on import is_waiting_to_begin
from app.services.written_rules import FEED_BACK, FIND, GUARDED, MATCH

if TYPE_CHECKING:
    from app.domain.visiting import Lead, Referral
    from app.store.unit_of_work import UnitOfWork

_PAGE: Final = "referrals"
_AHEAD: Final = timedelta(days=3)
"""An answer that is asked for by a day shows up so long before it."""
_LEAD_ACTIONS: Final = {
    LeadStatus.OPEN: "去核实",
    LeadStatus.VERIFIED: "接着办，或者记不用办",
}
_BEGIN: Final = {
    HandOn.APPLICATION: "说好帮着申请，还没开始：去测算",
    HandOn.RELIEF: "说好先行救助，还没记：去记",
    HandOn.CASE_PLAN: "说好开个案，还没开：去开",
}
LEAD_READS: Final = ("lead", "assessment", "application", "emergency_relief", "case_plan")
_ACTIONS: Final = {
    ReferralStatus.DRAFT: "问本人同意不同意",
    ReferralStatus.CONSENTED: "送出去",
    ReferralStatus.SENT: "问那边收到没有",
    ReferralStatus.RECEIVED: "问那边接不接",
    ReferralStatus.ACCEPTED: "问那边开始帮没有",
    ReferralStatus.IN_SERVICE: "问帮得怎么样",
    ReferralStatus.DECLINED: "把结果告诉这户",
    ReferralStatus.RESOLVED: "把结果告诉这户",
    ReferralStatus.UNRESOLVED: "把结果告诉这户",
    ReferralStatus.FEEDBACK_RECORDED: "办结",
}
_NOBODY_LEFT: Final = "这户已经没有人了"
_UNREPORTED: Final = frozenset({ReferralStatus.DRAFT, ReferralStatus.CONSENTED})
_OVER: Final = {
    ReferralStatus.DRAFT: "记不转了",
    ReferralStatus.CONSENTED: "记不转了",
    ReferralStatus.DECLINED: "记下来，办结",
    ReferralStatus.RESOLVED: "记下来，办结",
    ReferralStatus.UNRESOLVED: "记下来，办结",
}
"""What is next where nobody is left to ask or to tell."""


def leads_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each lead still to be looked into, a line of a comparison list among them."""
    for lead in work.visiting.leads_about(subject):
        action = _LEAD_ACTIONS.get(lead.status)
        if is_waiting_to_begin(work, lead):
            action = _BEGIN[lead.way or HandOn.APPLICATION]
        if action is None:
            continue
        who, place = work.visiting.place_of(lead.household)
        over = work.households.is_over(lead.household)
        yield DueItem(
            kind=WorkKind.LEAD,
            entity_id=lead.id,
            household=lead.household,
            who=who or lead.who,
            place=place,
            appears_on=ALWAYS,
            due_on=lead.due_on,
            due_at=None,
            why=f"{lead.content}（{_NOBODY_LEFT}）" if over else lead.content,
            rule=_compared(work, rules, lead) if lead.batch else FIND,
            page=_PAGE,
            action="记不用办" if over else action,
            since=lead.found_on,
        )


def _compared(work: UnitOfWork, rules: GroundRules, lead: Lead) -> str:
    """Which list it stands in, and how often the county compares."""
    found = rules.terms(work).find(parameters.DATA_MATCH)
    ground = MATCH if found is None else str(found.ground)
    return f"{lead.batch}，名单上的要核实、报结果（{ground}）"


def referrals_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each referral that is not closed."""
    for referral in work.visiting.referrals_about(subject):
        action = _ACTIONS.get(referral.status)
        if action is None:
            continue
        row = _row(work, referral, action)
        if referral.need is ReferralNeed.PROTECTION and referral.status in _UNREPORTED:
            row = _at_risk(row, referral)
        if referral.status in _OVER and work.households.is_over(referral.household):
            row = replace(row, why=f"{row.why}（{_NOBODY_LEFT}）", action=_OVER[referral.status])
        yield row


def _row(work: UnitOfWork, referral: Referral, action: str) -> DueItem:
    who, place = work.visiting.place_of(referral.household)
    due_on = referral.due_on if referral.status in AWAY else None
    return DueItem(
        kind=WorkKind.REFERRAL,
        entity_id=referral.id,
        household=referral.household,
        who=who,
        place=place,
        appears_on=ALWAYS if due_on is None else max(due_on - _AHEAD, referral.made_on),
        due_on=due_on,
        due_at=None,
        why=f"转给{referral.to_org}，{referral.status.label}",
        rule=FEED_BACK,
        page=_PAGE,
        action=action,
        since=referral.made_on,
    )


def _at_risk(row: DueItem, referral: Referral) -> DueItem:
    """A child nobody protects: it is reported that day, before anything is asked of anybody."""
    is_draft = referral.status is ReferralStatus.DRAFT
    done = ReferralEvent.REPORT if is_draft else ReferralEvent.SEND
    return replace(
        row,
        kind=WorkKind.CHILD_AT_RISK,
        why=f"{referral.content}，还没报告" if referral.content else "孩子没人保护，还没报告",
        rule=GUARDED,
        action=f"马上报{referral.to_org}，危险就打 110，再点“{done.label}”",
        due_on=referral.made_on,
        standing=URGENT,
    )
