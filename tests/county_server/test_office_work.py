"""What the county's office sees and settles: silence, failures, what was set aside, renewals."""

from __future__ import annotations

import hashlib
import json

import pytest

from app.crypto.envelope import Purpose, new_signing_pair, parse_document, verify_document
from app.domain.problem import Refused
from app.services.policies import Policies
from app.sync.protocol import stick
from app.sync.protocol.coding import convert
from app.sync.protocol.enrolment import Certificate, Village
from county_server.__main__ import main
from county_server.certificates import Certificates
from county_server.ledger import Ledger
from county_server.setaside import SetAside
from county_server.web import Desk
from tests.counties import OTHER_VILLAGE, VILLAGE

ELSEWHERE = Village("459901002001", "青石坳村")
"""A village of another township."""


@pytest.fixture
def desk(office):
    return Desk(office.county, office.database, office.clock)


@pytest.fixture
def renewals(office):
    return Certificates(office.county, office.database, office.clock)


@pytest.fixture
def waiting(office):
    return SetAside(office.database, office.clock)


def standing(office):
    return office.status()["devices"][0]


def refused(work) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.code


def forged(device) -> bytes:
    """A batch under another key than the device's."""
    device.household()
    device.sign, kept = new_signing_pair(), device.sign
    data = device.batch()
    device.sign = kept
    device.seq, device.last_batch, device.sent_n = 0, "0" * 64, 0
    device.sent_head = bytes(32)
    device.n, device.head = 0, bytes(32)
    return data


def test_a_device_that_is_refused_day_after_day_is_failing_since_the_first(office, desk):
    device = office.device()
    bad = forged(device)
    assert refused(lambda: desk.receive(bad)) == "B-05"
    office.clock.advance(days=3)
    assert refused(lambda: desk.receive(bad)) == "B-05"

    failing = standing(office)
    office.clock.advance(minutes=5)
    device.household()
    desk.receive(device.batch())
    well = standing(office)
    office.clock.advance(days=1)
    refused(lambda: desk.receive(bad))
    again = standing(office)

    assert (failing["failing_days"], failing["failing_times"]) == (3, 2)
    assert failing["failing_code"] == "B-05"
    assert (well["failing_days"], well["failing_times"]) == (None, 0)
    assert (again["failing_days"], again["failing_times"]) == (0, 1)


def test_a_refused_request_for_the_feed_counts_and_a_busy_one_does_not(office, desk):
    device = office.device()
    office.assignments.revoke(device.id)
    office.clock.advance(minutes=1)

    assert refused(lambda: desk.feed(device.feed_request())) == "B-23"
    for _ in range(70):
        code = refused(lambda: desk.feed(device.feed_request()))

    assert code == "B-26"
    assert standing(office)["failing_code"] == "B-23"
    assert standing(office)["failing_times"] == 60


def test_it_says_from_how_many_of_its_townships_the_county_has_heard(office, tmp_path, capsys):
    """Two laptops serve two townships; one has sent something, none of the other has."""
    device = office.device()
    office.device(ELSEWHERE)
    before = office.status()["townships"]
    device.household()
    office.push(device)
    sent = office.status()["townships"]
    office.packs.publish(Policies().load("dahua").files)
    known = office.status()["townships"]
    office.database.close()
    main(["status", "--data", str(tmp_path / "county")])

    assert before == {"all": None, "heard": 0}
    assert sent == {"all": None, "heard": 1}
    assert known == {"all": 16, "heard": 1}
    assert "全县 16 个乡镇，收到过材料的有 1 个。" in capsys.readouterr().out


def test_a_request_that_came_twice_is_no_trouble(office, desk):
    device = office.device()
    request = device.feed_request()
    desk.feed(request)

    assert refused(lambda: desk.feed(request)) == "B-25"
    assert standing(office)["failing_days"] is None


def test_a_device_whose_stick_is_refused_is_failing_too(office, tmp_path):
    device = office.device()
    out = tmp_path / "usb" / stick.TO_COUNTY
    out.mkdir(parents=True)
    (out / stick.batch_name(device.id, 0, 1)).write_bytes(forged(device))

    office.stick.take(tmp_path / "usb")
    forgery = standing(office)
    (out / stick.batch_name(device.id, 0, 1)).unlink()
    office.assignments.revoke(device.id)
    (out / stick.request_name(device.id)).write_bytes(device.feed_request())
    office.clock.advance(days=2)
    office.stick.take(tmp_path / "usb")

    assert (forgery["failing_days"], forgery["failing_code"]) == (0, "B-05")
    assert (standing(office)["failing_days"], standing(office)["failing_code"]) == (2, "B-23")


def test_a_stranger_leaves_no_trace(office, desk):
    device = office.device()
    device.household()
    device.id = "stranger"

    assert refused(lambda: desk.receive(device.batch())) == "B-24"
    assert office.status()["devices"][0]["failing_days"] is None


def test_the_status_says_it_in_words(office, desk, tmp_path, capsys):
    device = office.device()
    refused(lambda: desk.receive(forged(device)))
    main(["status", "--data", str(tmp_path / "county")])

    said = capsys.readouterr().out

    assert "天没有消息" in said
    assert "（1 次，B-05）" in said


def fork(office, device):
    """Two histories of one place."""
    device.household()
    office.push(device)
    device.seq, device.last_batch, device.sent_n, device.n = 0, "0" * 64, 0, 0
    device.sent_head = device.head = bytes(32)
    device.household()
    data = device.batch()
    assert refused(lambda: office.intake.receive(data)) == "B-21"
    return data


def test_what_was_set_aside_is_listed_and_comes_out_byte_for_byte(office, waiting, tmp_path):
    device = office.device()
    data = fork(office, device)

    (aside,) = waiting.aside()
    waiting.save(aside.sha256, tmp_path / "out.sab")

    assert (aside.reason, aside.device_id, aside.size) == ("B-21", device.id, len(data))
    assert (tmp_path / "out.sab").read_bytes() == data
    assert refused(lambda: waiting.save("0" * 64, tmp_path / "no.sab")) == "K-32"


def test_a_quarantined_device_is_heard_again_once_somebody_looked(office, waiting):
    device = office.device()
    fork(office, device)
    assert refused(lambda: waiting.release(device.id, " ")) == "K-33"

    waiting.release(device.id, "当面核对，备份恢复过")

    assert standing(office)["state"] == "active"
    assert refused(lambda: waiting.release(device.id, "再来一次")) == "K-33"
    assert len(waiting.aside()) == 1


def test_a_withdrawn_binding_is_not_released(office, waiting):
    device = office.device()
    office.assignments.revoke(device.id)

    assert refused(lambda: waiting.release(device.id, "x")) == "K-33"
    assert refused(lambda: waiting.release("nobody", "x")) == "B-24"


def test_a_field_nobody_decided_is_listed_without_its_values(office, waiting, tmp_path, capsys):
    one, two = office.device(), office.device()
    home = one.household()
    office.push(one)
    two.keys[home] = one.keys[home]
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        ledger.get("household", home).amend({"phone": "13800000001"}, "county", ledger.at)
        ledger.put(ledger.get("household", home))
        ledger.flush()
    two.operation("household", home, {"phone": "13800000002"}, base=1, subject=home)
    office.push(two)
    office.clock.advance(days=2)

    (differing,) = waiting.differing()
    main(["conflicts", "--data", str(tmp_path / "county")])
    main(["conflicts", "--json", "--data", str(tmp_path / "county")])

    said = capsys.readouterr().out
    assert (differing.entity_id, differing.field, differing.days) == (home, "phone", 2)
    assert differing.village == VILLAGE.code
    assert "1380000000" not in said
    assert json.loads(said.splitlines()[-1])[0]["field"] == "phone"


def test_a_certificate_is_renewed_and_what_was_sealed_before_is_still_taken(office, renewals):
    device = office.device()
    office.clock.advance(days=390)
    device.household()
    sealed_before = device.batch()

    made = renewals.renew(device.id)
    office.clock.advance(days=100)
    receipt = device.receipt(office.intake.receive(sealed_before))

    signed = parse_document(told_certificate(office, device).encode())
    verify_document(signed, Purpose.CERTIFICATE, office.county.root.public)
    renewed = convert(signed.body, Certificate)
    assert receipt.last_op == 1
    assert renewed.not_after == made.not_after == "2028-04-30"
    assert renewed.sign_public == device.sign.public
    assert renewed.device_no == device.certificate.device_no


def told_certificate(office, device) -> str:
    """What the feed brings of a renewal."""
    entries = [e for page in office.pull(device) for e in page.entries]
    return next(e.body["signed"] for e in entries if e.entity == "device_certificate")


def test_a_batch_sealed_between_two_renewals_is_taken_after_the_second(office, renewals):
    device = office.device()
    renewals.renew(device.id)
    office.clock.advance(days=1)
    renewals.renew(device.id)
    device.cert_sha256 = hashlib.sha256(told_certificate(office, device).encode()).hexdigest()
    device.household()
    sealed_between = device.batch()
    office.clock.advance(days=1)

    renewals.renew(device.id)

    assert device.receipt(office.intake.receive(sealed_between)).last_op == 1


def test_without_renewal_the_end_is_the_end(office, renewals):
    device = office.device()
    device.household()
    data = device.batch()
    office.clock.advance(days=401)
    assert refused(lambda: office.intake.receive(data)) == "B-24"

    renewals.renew(device.id)

    assert device.receipt(office.intake.receive(data)).last_op == 1


def test_a_certificate_of_another_device_is_none(office, renewals):
    device, other = office.device(), office.device()
    device.household()

    assert refused(lambda: office.intake.receive(device.batch(cert=other.cert_sha256))) == "B-24"


def test_those_that_end_soon_are_renewed_together_and_named(office, renewals, tmp_path, capsys):
    old = office.device(VILLAGE)
    gone = office.device(VILLAGE)
    office.clock.advance(days=350)
    office.device(OTHER_VILLAGE)
    office.assignments.revoke(gone.id)
    assert standing(office)["certificate_days"] == 50

    made = renewals.renew_ending(60)

    assert [one.device_no for one in made] == ["01"]
    assert standing(office)["certificate_days"] == 400
    assert refused(lambda: renewals.renew(gone.id)) == "K-34"
    assert refused(lambda: renewals.renew("nobody")) == "B-24"
    assert old.id
