"""Records in every state their machines know, for a county that forgets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.domain.care_states import CARE, CareStatus
from app.domain.case_plan_states import CASE_PLAN, CaseStage
from app.domain.casework import ReliefStatus
from app.domain.ids import new_id
from app.domain.machine import Machine
from app.domain.referral_states import LEAD, REFERRAL, LeadStatus, ReferralStatus
from app.domain.relief_states import PAID_OUT, RELIEF
from app.domain.visit_states import PLAN, PlanStatus
from app.domain.watch_states import WATCH, WatchStatus
from tests.fakes import NOON

AT = "2026-03-02T04:00:00.000Z"
DAY = "2026-03-02"
MACHINES: dict[str, tuple[Machine, Any]] = {
    "lead": (LEAD, LeadStatus.OPEN),
    "referral": (REFERRAL, ReferralStatus.DRAFT),
    "visit_plan": (PLAN, PlanStatus.PLANNED),
    "care_agreement": (CARE, CareStatus.DRAFTED),
    "watch_entry": (WATCH, WatchStatus.NOTICED),
    "case_plan": (CASE_PLAN, CaseStage.IDENTIFY),
    "emergency_relief": (RELIEF, ReliefStatus.REPORTED),
}


def ways(entity: str) -> Iterator[list[str]]:
    """A shortest way to each state, from the first one on."""
    machine, first = MACHINES[entity]
    found, waiting = {first}, [[first]]
    while waiting:
        way = waiting.pop(0)
        yield [state.value for state in way]
        for (known, _event), after in machine.moves.items():
            if known is way[-1] and after not in found and after not in PAID_OUT:
                found.add(after)
                waiting.append([*way, after])


def first_fields(entity: str, home: Any) -> dict[str, Any]:
    """What a new record of the kind says, without its state."""
    common = {"handler": "王秀英", "recorded_at": AT}
    match entity:
        case "lead":
            return common | {
                "who": "覃桂英", "source": "visit", "batch": None, "content": "屋顶漏雨",
                "visit_id": None, "found_on": DAY, "due_on": None, "household_id": home.id,
            }  # fmt: skip
        case "referral":
            return common | {
                "household_id": home.id, "need": "protection", "to_org": "镇卫生院",
                "content": "看病",
                "visit_id": None, "lead_id": None, "made_on": DAY, "due_on": None,
            }  # fmt: skip
        case "visit_plan":
            return {
                "household_id": home.id, "planned_on": DAY, "reason": "", "because_id": None,
                "visit_id": None, "recorded_at": AT,
            }  # fmt: skip
        case "care_agreement":
            return common | {
                "household_id": home.id, "person_id": home.members[0].person.id, "carer": "李嫂",
                "carer_phone": "", "fee_fen": None, "services": "做饭", "starts_on": DAY,
                "ends_on": "2027-03-01", "has_standard": False, "has_plan": False,
                "follows_id": None, "ended_on": None, "ended_by": None,
            }  # fmt: skip
        case "watch_entry":
            return common | {
                "household_id": home.id, "cause": "illness", "note": "", "noticed_on": DAY,
                "listed_on": None, "compared_on": None,
            }  # fmt: skip
        case "case_plan":
            return common | {
                "household_id": home.id, "need": "照料", "opened_on": DAY, "due_on": None,
            }  # fmt: skip
        case "emergency_relief":
            return relief_fields(home)
    raise AssertionError(entity)


def relief_fields(home: Any) -> dict[str, Any]:
    """A 先行救助 nobody has paid yet, without its state."""
    return {
        "document_no": f"练习-{new_id(NOON)}", "household_id": home.id,
        "payee_person_id": home.members[0].person.id, "payee_name": "覃桂英",
        "payee_id_number": None, "is_unknown": False, "event": "fire", "event_note": "",
        "event_area_code": home.village_code, "event_place": None, "reported_by": None,
        "reporter": None, "amount_fen": 30_000, "way": "cash", "goods": "", "goods_items": None,
        "persons": 1, "source": None, "is_staged": None, "parent_id": None,
        "referral_reason": None, "found_at": AT, "decided_at": None, "decided_by": None,
        "decided_how": None, "decision_due_at": None, "decision_rule": None, "paid_at": None,
        "payment_id": None, "quota_id": None, "paperwork_due_on": None, "paperwork_rule": "",
        "paperwork_done_on": None, "emergency_over_on": None, "cap_fen": None, "cap_rule": None,
        "pack_sha256": None, "handler": "王秀英", "reverses_id": None, "reversal_reason": None,
        "apart_from_id": None, "apart_reason": None,
    }  # fmt: skip


def walk(laptop: Any, home: Any, *, pause: Any = None) -> dict[tuple[str, str], str]:
    """A record for each state of each machine; (entity, id) → the state it is in.

    `pause` is called between the steps.
    """
    under_way = {
        (entity, new_id(laptop.clock.now())): way for entity in MACHINES for way in ways(entity)
    }
    step = 0
    while any(len(way) > step for way in under_way.values()):
        for (entity, record), way in under_way.items():
            if len(way) > step:
                fields = {"status": way[step]} | (first_fields(entity, home) if step == 0 else {})
                say(laptop, home, entity, record, fields)
        if pause is not None:
            pause()
        step += 1
    return {key: way[-1] for key, way in under_way.items()}


def say(laptop: Any, home: Any, entity: str, record: str, fields: dict[str, Any]) -> None:
    """One operation of the laptop's own hand."""
    with laptop.begin() as work:
        work.change(kind="record", entity=entity, entity_id=record, subject=home.id, fields=fields)
        work.commit()
