"""Joining, answering for villages, leaving: who may speak, and who may not any more."""

from __future__ import annotations

import msgspec
import pytest

from app.crypto.envelope import Purpose, new_sealing_pair, parse_document, verify_document
from app.domain.money import Money
from app.domain.problem import Refused
from app.sync.protocol.coding import convert
from app.sync.protocol.enrolment import QuotaToken, Ticket
from county_server.invitations import Invitations, Invite
from tests.counties import OTHER_VILLAGE, VILLAGE
from tests.devices import Device


def test_a_device_gets_its_certificate_and_its_first_quota(office):
    device = office.device(quota="1500.00")

    token = next(e for e in device.first.entries if e.entity == "quota_token").body
    signed = parse_document(token["signed"].encode())
    verify_document(signed, Purpose.QUOTA, office.county.root.public)

    assert device.certificate.device_no == "01"
    assert device.certificate.officer_name == "王秀英"
    assert [v.name for v in device.certificate.villages] == [VILLAGE.name]
    assert device.certificate.not_after == "2027-04-06"
    assert token["amount_fen"] == 150_000
    assert convert(signed.body, QuotaToken).device == device.id


def test_a_lost_answer_can_be_asked_for_again(office):
    device = Device(office.ticket())
    request = device.enrolment_request()

    assert office.enrolment.answer(request) == office.enrolment.answer(request)
    assert len(office.status()["devices"]) == 1


def refused(office, device) -> str:
    with pytest.raises(Refused) as caught:
        office.enrolment.answer(device.enrolment_request())
    return caught.value.code


def test_a_code_opens_once(office):
    ticket = office.ticket()
    office.enrolment.answer(Device(ticket).enrolment_request())

    assert refused(office, Device(ticket)) == "B-27"


def test_a_code_ends_after_a_week(office):
    device = Device(office.ticket())
    office.clock.advance(days=8)

    assert refused(office, device) == "B-27"


def test_no_invitation_is_good_for_longer_than_a_week(office):
    asked = Invite(
        officer_name="王秀英", villages=(VILLAGE,), url="https://127.0.0.1:1", quota=Money.yuan(1),
        days=30,
    )  # fmt: skip
    data = Invitations(office.county, office.database, office.clock).make(asked).ticket
    device = Device(convert(parse_document(data).body, Ticket))

    office.clock.advance(days=7, seconds=1)

    assert refused(office, device) == "B-27"


def test_a_wrong_code_opens_nothing(office):
    ticket = msgspec.structs.replace(office.ticket(), code="AAAA-AAAA-AAAA-AAAA")

    assert refused(office, Device(ticket)) == "B-27"


def test_a_key_nothing_can_be_sealed_to_is_refused(office):
    device = Device(office.ticket())
    device.seal = type(device.seal)(new_sealing_pair().private, bytes(32))

    assert refused(office, device) == "B-04"


def test_an_ended_certificate_speaks_no_more(office):
    device = office.device()
    device.household()
    office.clock.advance(days=401)

    with pytest.raises(Refused) as pushed:
        office.push(device)
    with pytest.raises(Refused) as asked:
        office.pull(device)

    assert (pushed.value.code, asked.value.code) == ("B-24", "B-24")


def test_a_revoked_device_is_heard_no_more_but_nothing_it_says_is_lost(office):
    device = office.device()
    device.household()
    sent = device.batch()
    receipt = office.intake.receive(sent)
    office.assignments.revoke(device.id)
    device.household()

    with pytest.raises(Refused) as caught:
        office.push(device)
    with pytest.raises(Refused) as no_feed:
        office.pages.accept(device.feed_request())

    assert caught.value.code == no_feed.value.code == "B-23"
    assert office.intake.receive(sent) == receipt
    assert office.status()["quarantine"] == 1
    assert office.status()["operations"] == {"household": 1}


def test_a_village_is_handed_over_and_late_words_reach_the_taker(office):
    giver, taker = office.device(VILLAGE), office.device(OTHER_VILLAGE)
    home = giver.household()
    office.push(giver)
    giver.visit(home, "移交前看的")

    office.assignments.hand_over(VILLAGE.code, giver.id, taker.id)
    late = office.push(giver)
    told_taker = {e.entity for page in office.pull(taker) for e in page.entries}
    told_giver = [(e.kind, e.entity) for page in office.pull(giver) for e in page.entries]

    assert [v.outcome for v in late.verdicts] == ["handed_over"]
    assert {"household", "visit"} <= told_taker
    assert ("leave", "village") in told_giver
    with pytest.raises(Refused):
        office.assignments.hand_over(VILLAGE.code, giver.id, taker.id)


def test_a_village_that_comes_back_is_told_again(office):
    giver, taker = office.device(VILLAGE), office.device(OTHER_VILLAGE)
    home = giver.household()
    office.push(giver)
    office.assignments.hand_over(VILLAGE.code, giver.id, taker.id)
    office.assignments.hand_over(VILLAGE.code, taker.id, giver.id)
    giver.cursor = {}

    told = [(e.kind, e.entity_id) for page in office.pull(giver, echo=True) for e in page.entries]

    assert ("upsert", home) in told
    assert "leave" not in {kind for kind, _ in told}


def test_a_further_village_and_a_further_quota_reach_the_device(office):
    device = office.device(VILLAGE)
    office.pull(device)

    office.assignments.assign(device.id, OTHER_VILLAGE)
    token = office.assignments.grant(device.id, Money.yuan(300), 30)
    device.operation("household", "h-other", {"area": "rural", "village_code": OTHER_VILLAGE.code})

    assert [v.outcome for v in office.push(device).verdicts] == ["applied"]
    assert token in {e.entity_id for page in office.pull(device) for e in page.entries}


def test_nobody_is_assigned_who_is_not_there(office):
    for work in (
        lambda: office.assignments.assign("nobody", VILLAGE),
        lambda: office.assignments.revoke("nobody"),
        lambda: office.assignments.grant("nobody", Money.yuan(1), 1),
    ):
        with pytest.raises(Refused) as caught:
            work()
        assert caught.value.code == "B-24"
