"""What a device may say, and that money counts once and inside its quota."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.ids import new_id
from county_server.authority import Returned, check_patch
from tests.counties import OTHER_VILLAGE
from tests.fakes import NOON

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("entity", "body", "fields", "field"),
    [
        ("household", {"category": "none"}, {"category": "dibao"}, "category"),
        ("household", {"village_code": "1"}, {"village_code": "2"}, "village_code"),
        ("application", None, {"decided_category": "dibao"}, "decided_category"),
        ("application", None, {"status": "confirmed"}, "status"),
        ("application", None, {"status": "published"}, "status"),
        ("application", None, {"status": "returned"}, "status"),
        ("application", None, {"status": "on the moon"}, "status"),
        ("application", {"status": "confirmed"}, {"status": "withdrawn"}, "status"),
        ("application", {"status": "refused"}, {"status": "draft"}, "status"),
        ("application", {"status": "returned"}, {"status": "accepted"}, "status"),
        ("application", {"status": "draft"}, {"status": "sent_for_confirmation"}, "status"),
        ("application", {"return_comments": None}, {"return_comments": []}, "return_comments"),
        ("application_step", {"note": "a"}, {"note": "b"}, "note"),
        ("community_review", {"agree": 3}, {"agree": 9}, "agree"),
        ("public_notice", {"posted_on": "2026-03-02"}, {"posted_on": "2026-02-02"}, "posted_on"),
        ("check_authorization", {"signed_on": "a"}, {"signed_on": "b"}, "signed_on"),
        ("notice_objection", {"content": "a"}, {"content": "b"}, "content"),
        ("staff_relative_filing", {"has_relative": True}, {"has_relative": False}, "has_relative"),
        ("visit", {"note": "a"}, {"note": "b"}, "note"),
        ("family_event", {"kind": "death"}, {"kind": "move"}, "kind"),
        ("emergency_relief", {"event": "fire"}, {"event": "flood"}, "event"),
        ("income_item", None, {"amount_fen": -1}, "amount_fen"),
        ("visit", None, {"visited_on": "2026-03-03"}, "visited_on"),
        ("person", None, {"id_number": "459901199001010000"}, "id_number"),
        ("person", {"id_kind": "resident"}, {"id_number": 7}, "id_number"),
        ("policy_pack", None, {}, None),
        ("quota_token", None, {}, None),
        ("spaceship", None, {}, None),
    ],
)
def test_what_a_device_may_not_say_is_returned_with_its_field(entity, body, fields, field):
    with pytest.raises(Returned) as returned:
        check_patch(entity, body, fields, ON)

    assert returned.value.field == field
    assert returned.value.reason.endswith("。") or "：" in returned.value.reason


@pytest.mark.parametrize(
    ("entity", "body", "fields"),
    [
        ("household", None, {"category": "dibao", "village_code": "1"}),
        ("household", {"category": "dibao"}, {"category": "dibao", "phone": "1"}),
        ("emergency_relief", {"status": "paid"}, {"status": "supplemented"}),
        ("application", None, {"status": "submitted", "decided_on": None}),
        ("application", {"status": "submitted"}, {"status": "accepted"}),
        ("application", {"status": "returned"}, {"status": "sent_for_confirmation"}),
        ("application", {"status": "returned"}, {"status": "draft"}),
        ("application", {"status": "confirmed"}, {"status": "confirmed"}),
        ("application_step", None, {"event": "submit"}),
        ("application_material", {"state": "needed"}, {"state": "received"}),
        ("check_authorization", {"revoked_on": None}, {"revoked_on": "2026-03-02"}),
        ("notice_objection", {"outcome": None}, {"outcome": "upheld", "reply": "a"}),
        ("visit", None, {"visited_on": "2026-03-02"}),
        ("person", None, {"id_kind": "hukou_book", "id_number": "甲1"}),
    ],
)
def test_what_a_device_may_say_is_accepted(entity, body, fields):
    assert check_patch(entity, body, fields, ON) is None


def relief(device, home, **more):
    entity_id = new_id(NOON)
    device.operation(
        "emergency_relief",
        entity_id,
        {
            "household_id": home,
            "payment_id": new_id(NOON),
            "amount_fen": 80_000,
            "quota_id": device.quota_id,
            "paid_at": "2026-03-02T04:00:00.000Z",
            "status": "paid",
        }
        | more,
        subject=home,
    )
    return entity_id


def only(receipt):
    return receipt.verdicts[-1]


def test_a_payment_entered_by_two_devices_counts_once(office):
    one, two = office.device(), office.device()
    home = one.household()
    relief(one, home, payment_id="same")
    office.push(one)
    relief(two, home, payment_id="same")

    verdict = only(office.push(two))

    assert verdict.outcome == "conflict"
    assert verdict.differences[0].field == "payment_id"
    assert office.status()["payments"] == 1
    assert office.status()["documents"]["emergency_relief"] == 1


def test_payments_beyond_the_quota_are_returned_and_the_others_stand(office):
    device = office.device(quota="1000.00")
    home = device.household()
    relief(device, home)
    relief(device, home)
    relief(device, home, amount_fen=20_000)

    receipt = office.push(device)

    assert [v.outcome for v in receipt.verdicts] == ["applied", "applied", "returned", "applied"]
    assert receipt.verdicts[2].field == "amount_fen"


def test_another_devices_quota_and_an_ended_one_cannot_be_spent(office):
    one, two = office.device(), office.device()
    home = one.household()
    relief(one, home, quota_id=two.quota_id)
    relief(one, home, paid_at="2027-03-02T04:00:00.000Z")

    verdicts = office.push(one).verdicts

    assert [(v.outcome, v.field) for v in verdicts[1:]] == [("returned", "quota_id")] * 2


def test_a_reversal_names_its_payment_and_gives_the_quota_back_once(office):
    device = office.device(quota="1000.00")
    home = device.household()
    paid = relief(device, home)
    relief(device, home, reverses_id=paid)
    relief(device, home, reverses_id=paid)
    relief(device, home, reverses_id="nobody")
    relief(device, home)

    outcomes = [v.outcome for v in office.push(device).verdicts]

    assert outcomes == ["applied", "applied", "applied", "returned", "returned", "applied"]


def test_a_reversal_takes_back_no_more_than_was_given(office):
    device = office.device(quota="2000.00")
    home = device.household()
    paid = relief(device, home)
    relief(device, home, reverses_id=paid, amount_fen=80_001)

    last = office.push(device).verdicts[-1]

    assert (last.outcome, last.field) == ("returned", "reverses_id")


@pytest.mark.parametrize(
    "more",
    [
        {"payment_id": None},
        {"quota_id": None},
        {"amount_fen": 0},
        {"paid_at": None},
        {"paid_at": "yesterday"},
    ],
)
def test_a_payment_that_is_not_whole_is_returned(office, more):
    device = office.device()
    home = device.household()
    relief(device, home, **more)

    assert only(office.push(device)).outcome == "returned"


def test_a_village_of_somebody_else_is_not_written(office):
    mine, other = office.device(), office.device(OTHER_VILLAGE)
    home = mine.household()
    office.push(mine)
    other.operation("household", home, {"phone": "1"}, base=1, old={"phone": None})

    verdict = only(office.push(other))

    assert verdict.outcome == "returned"
    assert office.pull(mine)[0].entries[0].entity == "quota_token"


def test_a_change_of_a_record_the_county_never_got_is_returned(office):
    device = office.device()
    device.operation("household", new_id(NOON), {"phone": "1"}, base=3)

    assert only(office.push(device)).outcome == "returned"


def test_a_body_that_does_not_open_or_is_not_canonical_is_returned(office):
    device = office.device()
    good, home = device.household(), device.household()
    device.keys[good] = bytes(32)
    data = device.operation("visit", new_id(NOON), {"Bad Field": 1}, subject=home)

    receipt = office.push(device)

    assert [v.outcome for v in receipt.verdicts] == ["returned", "applied", "returned"]
    assert receipt.verdicts[-1].n == data.n


def test_a_note_of_the_audit_is_kept_without_a_document(office):
    device = office.device()
    device.operation("audit", new_id(NOON), {"what": "opened"}, subject=device.id)

    receipt = office.push(device)

    assert only(receipt).outcome == "applied"
    assert "audit" not in office.status()["documents"]
    assert office.status()["operations"] == {"audit": 1}
