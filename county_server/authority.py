"""What a device may say about which record. Pure; a refusal names the field to mend.

Policy data, assignments and decisions are the county's (design §5). Visits, prints, assessments
and relief payments are written once: a correction is a new record that names the old one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from app.domain.application_states import DECIDED, device_may_move
from app.domain.casework import ApplicationStatus
from app.domain.identity import parse_id_number
from app.domain.people import IdKind
from app.domain.problem import Refused

FROM_DEVICES: Final = frozenset(
    {
        "household", "person", "household_member", "family_event", "support_obligor", "income_item",
        "expense_item", "asset_item", "visit", "emergency_relief", "assessment", "application",
        "print_record", "attachment", "application_step", "application_material",
        "check_authorization", "community_review", "public_notice", "notice_objection",
        "staff_relative_filing", "relief_step", "relief_instalment", "late_supplement",
        "reserve_fund", "reserve_entry", "reserve_month", "visit_file", "visit_plan", "lead",
        "lead_step", "referral", "referral_step", "investigation",
        "grace_period", "grace_step", "periodic_review", "composition_change", "benefit",
        "certificate", "care_agreement", "care_step", "watch_entry", "watch_step", "complaint",
        "case_plan", "case_step", "self_care_assessment",
        "village_report",
    }
)  # fmt: skip
"""Entities a device writes."""

OF_THE_COUNTY: Final = frozenset({"policy_pack", "quota_token"})
"""Entities a device only reads."""

WRITTEN_ONCE: Final[dict[str, frozenset[str]]] = {
    "family_event": frozenset(),
    "visit": frozenset(),
    "assessment": frozenset(),
    "print_record": frozenset(),
    "attachment": frozenset(),
    "emergency_relief": frozenset(
        {
            "status",
            "paperwork_done_on",
            "paperwork_due_on",
            "paperwork_rule",
            "decided_at",
            "decided_by",
            "decided_how",
            "emergency_over_on",
            "referral_reason",
            "amount_fen",
            "is_staged",
            "source",
            "way",
            "goods",
            "goods_items",
            "event_note",
            "event_place",
            "paid_at",
            "payment_id",
            "quota_id",
            "apart_from_id",
            "apart_reason",
            "payee_name",
            "payee_id_number",
            "is_unknown",
        }
    ),
    "relief_step": frozenset(),
    "relief_instalment": frozenset(
        {"status", "document_no", "paid_at", "payment_id", "quota_id", "handler"}
    ),
    "late_supplement": frozenset(),
    "reserve_fund": frozenset({"low_fen"}),
    "reserve_entry": frozenset(),
    "reserve_month": frozenset(),
    "application_step": frozenset(),
    "check_authorization": frozenset({"revoked_on", "revoke_reason"}),
    "community_review": frozenset(),
    "public_notice": frozenset(),
    "notice_objection": frozenset({"handled_on", "outcome", "reply"}),
    "staff_relative_filing": frozenset(),
    "visit_file": frozenset({"hidden_at"}),
    "visit_plan": frozenset({"status", "reason", "visit_id"}),
    "lead": frozenset({"status", "household_id", "due_on", "way"}),
    "lead_step": frozenset(),
    "referral": frozenset({"status", "due_on"}),
    "referral_step": frozenset(),
    "investigation": frozenset(),
    "grace_period": frozenset(
        {"status", "shares", "start_month", "approved_on", "approved_by", "paper_no"}
    ),
    "grace_step": frozenset(),
    "periodic_review": frozenset(),
    "composition_change": frozenset(),
    "certificate": frozenset(),
    "care_agreement": frozenset({"status", "has_standard", "has_plan", "ended_on", "ended_by"}),
    "care_step": frozenset(),
    "watch_entry": frozenset({"status", "listed_on", "compared_on"}),
    "watch_step": frozenset(),
    "case_plan": frozenset({"status", "due_on"}),
    "case_step": frozenset(),
    "complaint": frozenset({"answered_on", "answer"}),
    "self_care_assessment": frozenset(),
    "benefit": frozenset({"to_month", "stop_reason"}),
    "village_report": frozenset(),
}
"""Append-only entities → the few fields that may still move (see also `county_server.relief`)."""

COUNTY_FIELDS: Final[dict[str, frozenset[str]]] = {
    "household": frozenset({"category", "benefit_month_fen", "village_code"}),
    "application": frozenset(
        {
            "decided_category", "decided_benefit_month_fen", "decided_on", "decision_note",
            "return_comments",
        }
    ),
}  # fmt: skip
"""Fields only the county changes once the record is there; decisions never begin on a device."""

_COUNTY_STATUSES: Final = DECIDED | {ApplicationStatus.RETURNED}
"""What only the county says of an application."""


class Returned(Exception):
    """This operation is not accepted; the others are. Chinese, without personal data."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


def check_patch(
    entity: str, body: Mapping[str, Any] | None, fields: Mapping[str, Any], on: date
) -> None:
    """Return when a device may set `fields` on a record that is now `body` (None for a new one).

    `on` is the operation's business date. Raises Returned.
    """
    if entity in OF_THE_COUNTY:
        raise Returned("这类资料只由县里下发，村里不能改。")
    if entity not in FROM_DEVICES:
        raise Returned("县里的程序还不认识这类记录，请告诉县里升级。")
    _check_county_fields(entity, body, fields)
    _check_values(fields, on)
    if entity == "person":
        _check_identity({**(body or {}), **fields}, fields, on)
    if entity == "application":
        _check_status(body, fields)


def _check_county_fields(
    entity: str, body: Mapping[str, Any] | None, fields: Mapping[str, Any]
) -> None:
    """Raises Returned for a field that is not the device's to change."""
    reserved = COUNTY_FIELDS.get(entity, frozenset())
    if body is None:
        if entity != "application":
            return
        changed = {name for name, value in fields.items() if value is not None}
    else:
        changed = {name for name, value in fields.items() if body.get(name) != value}
        once = WRITTEN_ONCE.get(entity)
        if once is not None and changed - once:
            raise Returned("这条记录已经存档，不能再改；有错请补记一条更正。", min(changed - once))
    if reserved & changed:
        raise Returned("这一项以县里的为准，村里不能改。", min(reserved & changed))


def _check_values(fields: Mapping[str, Any], on: date) -> None:
    """Raises Returned for negative money and for a visit after the day it was recorded."""
    for name, value in fields.items():
        if name.endswith("_fen") and value is not None and (type(value) is not int or value < 0):
            raise Returned("金额不对：要写成不小于零的分数。", name)
    visited = fields.get("visited_on")
    if visited is not None and (not isinstance(visited, str) or visited > on.isoformat()):
        raise Returned("走访日期晚于记录当天。", "visited_on")


def _check_identity(person: Mapping[str, Any], fields: Mapping[str, Any], on: date) -> None:
    """Raises Returned for a resident ID number that cannot be one."""
    number = person.get("id_number")
    if number is None or not {"id_number", "id_kind"} & fields.keys():
        return
    if person.get("id_kind", IdKind.RESIDENT) != IdKind.RESIDENT:
        return
    if not isinstance(number, str):
        raise Returned("身份证号写法不对。", "id_number")
    try:
        parse_id_number(number, on=on)
    except Refused as refusal:
        raise Returned(f"身份证号不对：{refusal.what}", "id_number") from refusal


def _check_status(body: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> None:
    """Raises Returned when a device takes a decision that is the county's, or undoes one.

    What the county decided or returned while the laptop did not know it stands: a step that does
    not follow from it is not made, and the laptop learns the county's word instead.
    """
    if fields.get("status") is None:
        return
    try:
        wanted = ApplicationStatus(fields["status"])
    except ValueError as error:
        raise Returned("县里的程序还不认识这一步，请告诉县里升级。", "status") from error
    before = None if body is None else body.get("status")
    if before == wanted:
        return
    if wanted in _COUNTY_STATUSES:
        raise Returned("审批结果由县里作出，村里不能填。", "status")
    if before is None:
        return
    now = ApplicationStatus(before)
    if now in DECIDED:
        raise Returned(f"县里已经作了决定（{now.label}），村里不能再改。", "status")
    if not device_may_move(now, wanted):
        raise Returned(f"这份申请在县里是“{now.label}”，接不上“{wanted.label}”。", "status")
