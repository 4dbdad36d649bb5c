"""What a device may say about leads, referrals, planned visits, care agreements, the watch list
and 入户调查. Pure.

Their states move along the same machines the laptop uses; nobody is recorded as handed on who did
not agree, and an investigation names two different people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.domain.care_states import CARE, CareStatus
from app.domain.case_plan_states import CASE_PLAN, CaseStage
from app.domain.machine import Machine
from app.domain.referral_states import LEAD, REFERRAL, LeadStatus, ReferralStatus
from app.domain.referral_words import ReferralNeed
from app.domain.visit_states import PLAN, PlanStatus
from app.domain.watch_states import WATCH, WatchStatus
from app.domain.words import Word
from county_server.authority import Returned

_MACHINES: Final[Mapping[str, tuple[Machine[Any, Any], type[Word], frozenset[Word]]]] = {
    "lead": (LEAD, LeadStatus, frozenset({LeadStatus.OPEN})),
    "referral": (
        REFERRAL, ReferralStatus, frozenset({ReferralStatus.DRAFT, ReferralStatus.CONSENTED}),
    ),
    "visit_plan": (PLAN, PlanStatus, frozenset({PlanStatus.PLANNED})),
    "care_agreement": (CARE, CareStatus, frozenset({CareStatus.DRAFTED})),
    "watch_entry": (WATCH, WatchStatus, frozenset({WatchStatus.NOTICED})),
    "case_plan": (CASE_PLAN, CaseStage, frozenset({CaseStage.IDENTIFY})),
}  # fmt: skip
"""Entity → its machine, its states, and how a record may begin."""


def check_visiting(
    entity: str,
    body: Mapping[str, Any] | None,
    fields: Mapping[str, Any],
    *,
    is_again: bool = False,
) -> None:
    """Raises Returned for a change that does not follow from what the county has.

    `is_again`: the county had the record before it was put back, so it may begin in any state.
    """
    if entity == "investigation":
        _check_investigators(body, fields)
    if entity == "lead" and body is None and fields.get("batch"):
        raise Returned("比对名单由县里下发，村里不能自己记。", "batch")
    if entity == "referral":
        _check_report(body, fields)
    machine = _MACHINES.get(entity)
    if machine is not None and "status" in fields:
        moves, states, beginnings = machine
        if is_again:
            beginnings = frozenset(states)
        before = None if body is None else body.get("status")
        _check_status(moves, states, beginnings, before, fields["status"])


def _check_report(body: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> None:
    """Only a child to be protected is reported before anybody agreed. Raises Returned."""
    if body is None or body.get("status") != ReferralStatus.DRAFT:
        return
    if fields.get("status") == ReferralStatus.SENT and body.get("need") != ReferralNeed.PROTECTION:
        raise Returned("本人还没同意，不能送出去。", "status")


def _check_investigators(body: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> None:
    named = fields.get("investigators", None if body is None else body.get("investigators"))
    people = named if isinstance(named, list) else []
    if len({str(name).strip() for name in people if str(name).strip()}) < 2:  # noqa: PLR2004  # two
        raise Returned("入户调查要有两个不同的调查人。", "investigators")


def _check_status(
    machine: Machine[Any, Any],
    states: type[Word],
    beginnings: frozenset[Word],
    before: object,
    after: object,
) -> None:
    known = {state.value for state in states}
    if after not in known:
        raise Returned("县里的程序还不认识这一步，请告诉县里升级。", "status")
    wanted = states(str(after))
    if before is None:
        if wanted not in beginnings:
            raise Returned(f"{machine.what}不能一开始就是“{wanted.label}”。", "status")
        return
    now = states(str(before))
    if wanted not in _reachable(machine, now):
        raise Returned(f"{machine.what}在县里是“{now.label}”，接不上“{wanted.label}”。", "status")


def _reachable(machine: Machine[Any, Any], status: Word) -> frozenset[Word]:
    """Every state that moves lead to from `status`, itself included."""
    found, waiting = {status}, [status]
    while waiting:
        here = waiting.pop()
        for (known, _event), after in machine.moves.items():
            if known is here and after not in found:
                found.add(after)
                waiting.append(after)
    return frozenset(found)
