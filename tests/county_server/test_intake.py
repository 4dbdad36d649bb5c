"""A batch at the county: exactly once, in order, and one bad form blocks nothing."""

from __future__ import annotations

import pytest

from app.crypto.envelope import new_signing_pair
from app.domain.ids import new_id
from app.domain.problem import Refused
from county_server.registry import QUARANTINED, set_state
from tests.fakes import NOON

pytestmark = pytest.mark.parametrize("office", ["sqlite", "postgresql"], indirect=True)


def outcomes(receipt):
    return [verdict.outcome for verdict in receipt.verdicts]


def test_a_batch_is_answered_with_a_verdict_for_each_operation(office):
    device = office.device()
    home = device.household()
    device.visit(home)

    receipt = office.push(device)

    assert outcomes(receipt) == ["applied", "applied"]
    assert receipt.last_op == 2
    assert office.status()["documents"]["visit"] == 1


def test_the_same_bytes_are_answered_with_the_same_receipt_and_counted_once(office):
    device = office.device()
    device.household()
    data = device.batch()

    first = office.intake.receive(data)
    second = office.intake.receive(data)

    assert first == second
    assert office.status()["operations"] == {"household": 1}


def test_other_bytes_in_the_same_place_stop_the_device_and_are_kept(office):
    device = office.device()
    device.household()
    office.push(device)
    copy_seq, device.seq = device.seq, 0
    device.last_batch, device.sent_n, device.n = "0" * 64, 0, 0
    device.sent_head = device.head = bytes(32)
    device.household()

    with pytest.raises(Refused) as refused:
        office.push(device)

    assert copy_seq == 1
    assert refused.value.code == "B-21"
    assert office.status()["devices"][0]["state"] == "quarantined"
    assert office.status()["quarantine"] == 1
    assert office.status()["operations"] == {"household": 1}


def test_a_batch_signed_by_another_key_is_refused_and_changes_nothing(office):
    """Sealed right, header right: only the signature tells."""
    device = office.device()
    device.household()
    device.sign = new_signing_pair()

    with pytest.raises(Refused) as refused:
        office.push(device)

    assert refused.value.code == "B-05"
    assert office.status()["operations"] == {}
    assert office.status()["devices"][0]["state"] == "active"


@pytest.mark.parametrize(
    "other",
    [
        {"last_batch": "1" * 64},
        {"head": b"1" * 32, "sent_head": b"1" * 32},
        {"n": 2, "sent_n": 2},
    ],
    ids=["after another batch", "after another operation", "an operation left out"],
)
def test_the_next_batch_of_another_history_stops_the_device(office, other):
    """Whole in itself and signed: only the joint with what the county holds is wrong."""
    device = office.device()
    device.household()
    office.push(device)
    for name, value in other.items():
        setattr(device, name, value)
    device.household()

    with pytest.raises(Refused) as refused:
        office.push(device)

    assert refused.value.code == "B-21"
    assert office.status()["devices"][0]["state"] == "quarantined"
    assert office.status()["quarantine"] == 1
    assert office.status()["operations"] == {"household": 1}


def test_a_missing_batch_is_asked_for_and_nothing_is_applied(office):
    device = office.device()
    device.household()
    lost = device.batch()
    device.household()
    later = device.batch()

    with pytest.raises(Refused) as refused:
        office.intake.receive(later)
    office.intake.receive(lost)
    office.intake.receive(later)

    assert refused.value.code == "B-20"
    assert refused.value.need == (0, 1)
    assert office.status()["operations"] == {"household": 2}


def test_a_returned_operation_blocks_no_other_and_names_its_field(office):
    device = office.device()
    home = device.household()
    bad = device.operation(
        "person", new_id(NOON), {"name": "甲", "id_number": "459901199001010000"}, subject=home
    )
    device.visit(home)

    receipt = office.push(device)

    assert outcomes(receipt) == ["applied", "returned", "applied"]
    assert receipt.verdicts[1].field == "id_number"
    assert receipt.verdicts[1].n == bad.n
    assert "459901" not in receipt.verdicts[1].reason


def test_the_mended_record_carries_the_returned_operation_with_it(office):
    device = office.device()
    home = device.household()
    person = new_id(NOON)
    wrong = {"name": "甲", "id_number": "459901199001010000"}
    bad = device.operation("person", person, wrong, subject=home)
    office.push(device)

    device.operation("person", person, {"id_number": None}, subject=home, old=wrong)
    receipt = office.push(device)

    assert outcomes(receipt) == ["applied"]
    assert receipt.verdicts[0].absorbs == [bad.n]
    assert office.status()["documents"]["person"] == 1


def renewed(device, **other):
    """The device after its vault was put back from a backup: a new epoch on the chain it has."""
    device.epoch, device.seq, device.last_batch = device.epoch + 1, 0, "0" * 64
    for name, value in other.items():
        setattr(device, name, value)
    device.household()
    return device


def test_a_new_epoch_joins_at_an_operation_the_county_holds(office):
    device = office.device()
    device.household()
    office.push(device)

    receipt = office.push(renewed(device))

    assert outcomes(receipt) == ["applied"]
    assert office.status()["operations"] == {"household": 2}


def test_a_new_epoch_of_another_history_stops_the_device(office):
    """The number of the operation before it is right; only its hash is another one."""
    device = office.device()
    device.household()
    office.push(device)

    with pytest.raises(Refused) as refused:
        office.push(renewed(device, head=b"1" * 32, sent_head=b"1" * 32))

    assert refused.value.code == "B-21"
    assert office.status()["devices"][0]["state"] == "quarantined"
    assert office.status()["operations"] == {"household": 1}


@pytest.mark.parametrize("other", [{"to": "0" * 32}, {"county": "459902"}])
def test_a_batch_for_somebody_else_is_refused_before_it_is_looked_at(office, other):
    """Everything in it is right and it could be opened; only whom it names is another."""
    device = office.device()
    device.household()
    to = other.get("to")
    other = {"to": ("0" * len(office.county.kid))} if to else other

    with pytest.raises(Refused) as refused:
        office.intake.receive(device.batch(**other))

    assert refused.value.code == "B-04"
    assert office.status()["operations"] == {}


def test_a_device_that_is_set_aside_is_not_heard_and_its_bytes_are_kept(office):
    device = office.device()
    device.household()
    data = device.batch()
    with office.database.write() as connection:
        set_state(connection, device.id, QUARANTINED)

    with pytest.raises(Refused) as caught:
        office.intake.receive(data)

    assert caught.value.code == "B-22"
    assert office.status()["operations"] == {}
    assert office.status()["quarantine"] == 1
