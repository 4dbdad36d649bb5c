"""A sync with the real county: everything up, everything down, and only receipts acknowledge."""

from __future__ import annotations

import msgspec
import pytest

from app.crypto.envelope import Kind, open_container, parse_container, seal_container
from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from app.domain.operations import OperationState
from app.domain.problem import Problem
from app.services.sync_status import Side
from app.store.enrolment import read_keys
from app.sync.problems import NotReached
from app.sync.protocol.coding import decode, encode
from app.sync.protocol.verdict import Receipt
from app.sync.road import Phase, run_here
from county_server.decisions import Decide
from county_server.ledger import Ledger
from tests.counties import VILLAGE, DirectRoad
from tests.laptops import open_laptop


def states(laptop):
    return {item.entity: item.state for item in laptop.syncing.status().items}


def county_changes(office, household_id, by="县民政局", **fields):
    """Somebody at the county changes a household."""
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        ledger.lock([VILLAGE.code])
        document = ledger.get("household", household_id)
        document.amend(fields, by, ledger.at)
        ledger.put(document)
        ledger.flush()


def county_body(office, entity, entity_id):
    with office.database.read() as connection:
        return Ledger(connection, office.clock.now()).get(entity, entity_id).body


def test_what_was_recorded_arrives_and_is_shown_as_received(laptop, road, office):
    household = laptop.add_household("覃桂英", "韦小明")
    laptop.visit(household.id)

    tally = laptop.sync(road)

    assert tally.returned == 0
    assert laptop.syncing.status().waiting == 0
    assert set(states(laptop).values()) == {OperationState.RECEIVED}
    assert office.status()["documents"]["visit"] == 1
    assert office.status()["documents"]["person"] == 2
    assert laptop.syncing.check() == []


def test_what_waits_is_counted_without_listing_it(laptop, road):
    laptop.visit(laptop.add_household().id)
    counted, listed = laptop.syncing.waiting(), laptop.syncing.status().waiting

    laptop.sync(road)

    assert counted == listed > 0
    assert laptop.syncing.waiting() == 0


def test_a_second_sync_sends_nothing_again(laptop, road, office):
    laptop.visit(laptop.add_household().id)
    laptop.sync(road)
    before = office.status()

    tally = laptop.sync(road)

    assert tally.sent == 0
    assert office.status()["operations"] == before["operations"]


def test_progress_counts_what_waited_and_what_was_answered(laptop, road):
    laptop.visit(laptop.add_household().id)
    waiting = laptop.syncing.status().waiting
    seen = []

    laptop.syncing.sync_now(run_in_store=run_here, transport=road, watch=seen.append)

    up = [step for step in seen if step.phase is Phase.UP]
    assert [step.done for step in up] == [0, waiting]
    assert {step.total for step in up} == {waiting}
    assert up[-1].bytes > 0


def test_before_enrolment_nothing_is_sent(stranger, road):
    with pytest.raises(Problem) as caught:
        stranger.sync(road)

    assert caught.value.code == "S-01"


def test_what_the_county_changed_comes_down(laptop, road, office):
    household = laptop.add_household()
    laptop.sync(road)
    county_changes(office, household.id, phone="13800000000")

    tally = laptop.sync(road)

    assert tally.received >= 1
    assert laptop.household(household.id).phone == "13800000000"
    assert laptop.syncing.check() == []


def test_a_decision_comes_down_and_cannot_be_changed_here(laptop, road, office):
    household = laptop.add_household()
    with laptop.begin() as work:
        work.change(
            kind="application.filed",
            entity="application",
            entity_id="a-1",
            subject=household.id,
            fields={
                "document_no": "459901-01-2026-000001-X",
                "household_id": household.id,
                "applicant_person_id": household.head,
                "requested": ["dibao"],
                "status": "submitted",
                "filed_on": laptop.clock.today(),
            },
        )
        work.commit()
    laptop.sync(road)
    office.decisions.decide(
        Decide(
            document_no="459901-01-2026-000001-X",
            status=ApplicationStatus.CONFIRMED,
            category=Category.MARGINAL,
            benefit_month=Money.yuan(0),
        )
    )
    laptop.sync(road)
    decided = laptop.household(household.id)

    laptop.change(household.id, category=Category.DIBAO)
    laptop.sync(road)

    assert decided.category is Category.MARGINAL
    assert laptop.household(household.id).category is Category.MARGINAL
    assert laptop.syncing.check() == []
    items = laptop.syncing.status().items
    assert items[0].state is OperationState.RETURNED
    assert items[0].field == "category"


def test_both_sides_changed_one_field_the_county_holds_and_both_are_kept(laptop, road, office):
    household = laptop.add_household()
    laptop.sync(road)
    county_changes(office, household.id, phone="13800000001")
    laptop.change(household.id, phone="13800000002", knock_note="从后门进")

    laptop.sync(road)

    (conflict,) = laptop.syncing.status().conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == (
        "phone",
        "13800000002",
        "13800000001",
    )
    assert conflict.base is None
    assert conflict.theirs_by == "县民政局"
    assert laptop.household(household.id).phone == "13800000001"
    assert laptop.household(household.id).knock_note == "从后门进"
    assert laptop.syncing.check() == []


@pytest.mark.parametrize(
    ("side", "holds"), [(Side.MINE, "13800000002"), (Side.THEIRS, "13800000001")]
)
def test_the_chosen_side_is_what_both_hold_afterwards(laptop, road, office, side, holds):
    household = laptop.add_household()
    laptop.sync(road)
    county_changes(office, household.id, phone="13800000001")
    laptop.change(household.id, phone="13800000002")
    laptop.sync(road)

    laptop.syncing.resolve(laptop.syncing.status().conflicts[0].id, side)
    tally = laptop.sync(road)

    assert tally.sent == 1
    assert laptop.syncing.status().conflicts == ()
    assert laptop.household(household.id).phone == holds
    assert county_body(office, "household", household.id)["phone"] == holds
    assert office.status()["conflicts"] == 0
    assert laptop.syncing.check() == []


def test_a_returned_record_stays_here_and_its_mending_goes_through(laptop, road, office):
    household = laptop.add_household("覃桂英", id_number="459901199001010000")
    tally = laptop.sync(road)
    (returned,) = [i for i in laptop.syncing.status().items if i.state is OperationState.RETURNED]
    still_here = laptop.household(household.id).members[0].person.name

    with laptop.begin() as work:
        work.change(
            kind="person.changed",
            entity="person",
            entity_id=household.members[0].person.id,
            subject=household.id,
            fields={"id_number": None},
        )
        work.commit()
    laptop.sync(road)

    assert tally.returned == 1
    assert (returned.entity, returned.field) == ("person", "id_number")
    assert still_here == "覃桂英"
    assert county_body(office, "person", household.members[0].person.id)["name"] == "覃桂英"
    assert OperationState.RETURNED not in {i.state for i in laptop.syncing.status().items}
    assert laptop.syncing.check() == []


def test_another_laptop_of_the_village_gets_everything(laptop, road, office, kept, tmp_path):
    household = laptop.add_household("覃桂英", "韦小明")
    laptop.visit(household.id, "屋顶漏雨")
    laptop.sync(road)
    device = office.device(VILLAGE)

    entries = [entry for page in office.pull(device) for entry in page.entries]

    kinds = {entry.entity for entry in entries}
    assert {"household", "person", "household_member", "visit"} <= kinds
    assert [e.body["note"] for e in entries if e.entity == "visit"] == ["屋顶漏雨"]


def test_a_receipt_that_is_not_the_countys_acknowledges_nothing(laptop, road):
    laptop.visit(laptop.add_household().id)

    class Liar(DirectRoad):
        def send_batch(self, data: bytes) -> bytes:
            receipt = super().send_batch(data)
            return receipt[:-1] + bytes([receipt[-1] ^ 1])

    with pytest.raises(NotReached) as caught:
        laptop.sync(Liar(road.office))

    assert caught.value.code == "S-12"
    assert laptop.syncing.status().waiting > 0


def test_the_receipt_of_another_batch_acknowledges_nothing(laptop, road):
    laptop.visit(laptop.add_household().id)
    first = road.send_batch
    receipts = []
    road.send_batch = lambda data: receipts.append(first(data)) or receipts[0]
    laptop.sync(road)
    laptop.visit(laptop.add_household("韦小明").id)

    with pytest.raises(Problem) as caught:
        laptop.sync(road)

    assert caught.value.code == "S-14"
    assert laptop.syncing.status().waiting > 0


def test_a_receipt_for_other_bytes_in_the_same_place_acknowledges_nothing(laptop, road, office):
    laptop.visit(laptop.add_household().id)
    with laptop.begin() as work:
        keys = read_keys(work.connection)

    class Mistaken(DirectRoad):
        """A county that signs for bytes this laptop never sent."""

        def send_batch(self, data: bytes) -> bytes:
            container = parse_container(Kind.RECEIPT, super().send_batch(data))
            receipt = decode(open_container(container, keys.seal_private), Receipt)
            return seal_container(
                Kind.RECEIPT,
                container.header,
                encode(msgspec.structs.replace(receipt, batch="0" * 64)),
                recipient=keys.seal_public,
                signer=office.county.root.private,
            )

    with pytest.raises(Problem) as caught:
        laptop.sync(Mistaken(office))

    assert caught.value.code == "S-14"
    assert laptop.syncing.status().waiting > 0


class PowerCut(Exception):
    """The machine goes off here."""


@pytest.mark.parametrize(
    ("step", "when"),
    [
        ("app.sync.uplink.atomic_write", "after the range was fixed"),
        ("app.sync.uplink.outbox.mark", "after the file was written"),
        ("app.sync.uplink.receipts.apply_receipt", "after the county's commit"),
        ("pathlib.Path.unlink", "after the receipt was stored"),
    ],
)
def test_a_power_cut_at_any_step_loses_and_doubles_nothing(
    laptop, road, office, kept, clock, monkeypatch, step, when
):
    laptop.visit(laptop.add_household().id)

    def cut(*_args: object, **_named: object) -> None:
        raise PowerCut(when)

    monkeypatch.setattr(step, cut)
    with pytest.raises(PowerCut):
        laptop.sync(road)
    monkeypatch.undo()
    laptop.vault.close()
    again = open_laptop(kept, clock)
    again.sync(road)

    status = again.syncing.status()
    left = list(again.vault.files.outbox.glob("*.sab"))
    wrong = again.syncing.check()
    again.vault.close()
    assert status.waiting == 0
    assert office.status()["operations"]["visit"] == 1
    assert office.status()["quarantine"] == 0
    assert left == []
    assert wrong == []


def test_sealed_bytes_that_were_lost_go_again_in_a_new_epoch_and_count_once(laptop, road, office):
    laptop.visit(laptop.add_household().id)

    class Deaf(DirectRoad):
        def send_batch(self, data: bytes) -> bytes:
            super().send_batch(data)
            raise NotReached("断了", do="再试", code="S-10")

    with pytest.raises(NotReached):
        laptop.sync(Deaf(office))
    for path in laptop.vault.files.outbox.glob("*.sab"):
        path.unlink()

    laptop.sync(road)

    assert laptop.syncing.status().waiting == 0
    assert office.status()["operations"]["visit"] == 1
    assert office.status()["devices"][0]["state"] == "active"
    assert laptop.syncing.check() == []
