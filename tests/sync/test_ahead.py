"""The next batch goes the moment the one before is answered; what an answer says is kept meanwhile.

Batches of three operations, so that a few households make many.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.crypto.envelope import Kind, parse_container
from app.domain.operations import OperationState
from app.domain.problem import Problem
from app.sync.problems import LinkCut, link_cut
from app.sync.road import run_here
from app.sync.transport import HttpsTransport, on_a_thread
from tests.counties import DirectRoad
from tests.laptops import at_once, open_laptop
from tests.vaults import Kept

FAMILIES = 6


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sync.uplink.BATCH_OPERATIONS", 3)
    monkeypatch.setattr("app.sync.uplink.FIRST_OPERATIONS", 3)


@pytest.fixture
def busy(laptop, road):
    """A laptop with several batches' worth of work."""
    laptop.sync(road)
    road.sent.clear()
    for _ in range(FAMILIES):
        laptop.visit(laptop.add_household().id)
    return laptop


class PowerCut(Exception):
    """The process is gone: nothing after this happens."""


def sync(laptop, road, **more):
    return laptop.syncing.sync_now(run_in_store=run_here, transport=road, **more)


def in_outbox(laptop, ending):
    return sorted(path.name for path in laptop.vault.files.outbox.glob(f"*.{ending}"))


def is_all_received(laptop):
    status = laptop.syncing.status()
    return status.waiting == 0 and {i.state for i in status.items} == {OperationState.RECEIVED}


def test_many_batches_over_the_network_are_each_counted_once(busy, served, office):
    waiting = busy.syncing.waiting()

    address = replace(busy.syncing.enrolled(run_in_store=run_here).county, url=served.url)

    with HttpsTransport(address) as https, on_a_thread() as beside:
        tally = sync(busy, https, beside=beside)

    assert tally.sent == waiting > 9
    assert is_all_received(busy)
    assert office.status()["documents"]["visit"] == FAMILIES
    assert busy.syncing.check() == []


def test_the_next_batch_is_sealed_before_the_answer_is_waited_for(busy, road):
    sealed = []

    def beside(ask):
        def answer():
            sealed.append(len(in_outbox(busy, "sab")))
            return ask()

        return answer

    sync(busy, road, beside=beside)

    assert sealed[: len(road.sent) - 1] == [2] * (len(road.sent) - 1)  # then the page is asked
    assert in_outbox(busy, "sab") == in_outbox(busy, "sap") == []


def test_stop_after_an_answer_still_keeps_what_it_says(busy, road):
    waiting = busy.syncing.waiting()

    with pytest.raises(Problem):
        sync(busy, road, stop=lambda: len(road.sent) == 2)

    assert busy.syncing.waiting() == waiting - 6


def test_a_link_cut_at_any_batch_sends_one_batch_twice_at_most(busy, office):
    class Cut(DirectRoad):
        def send_batch(self, data):
            answer = super().send_batch(data)
            if len(self.sent) % 2 == 0:
                raise link_cut()
            return answer

    road = Cut(office)
    cuts = 0
    while busy.syncing.waiting():
        before = len(road.sent)
        try:
            sync(busy, road)
        except LinkCut:
            cuts += 1
        assert len(road.sent) > before

    repeated = len(road.sent) - len(set(road.sent))
    assert 0 < repeated <= cuts
    assert office.status()["documents"]["visit"] == FAMILIES
    assert is_all_received(busy)


def test_a_power_cut_after_the_next_batch_went_sends_only_that_one_again(
    busy, office, kept: Kept, clock
):
    class Dying(DirectRoad):
        def send_batch(self, data):
            answer = super().send_batch(data)
            if len(self.sent) == 3:
                raise PowerCut
            return answer

    road = Dying(office)
    with pytest.raises(PowerCut):
        sync(busy, road, beside=at_once)
    assert len(in_outbox(busy, "sap")) == 1
    busy.vault.close()
    again = open_laptop(kept, clock)

    sync(again, road)

    assert len(road.sent) - len(set(road.sent)) == 1
    assert is_all_received(again)
    assert in_outbox(again, "sap") == []
    assert again.syncing.check() == []
    again.vault.close()


def test_a_receipt_that_was_spoiled_where_it_lay_is_asked_for_again(
    busy, office, kept: Kept, clock
):
    class Dying(DirectRoad):
        def send_batch(self, data):
            if len(self.sent) == 2:
                raise PowerCut
            return super().send_batch(data)

    with pytest.raises(PowerCut):
        sync(busy, Dying(office), beside=at_once)
    for path in busy.vault.files.outbox.glob("*.sap"):
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    busy.vault.close()
    again = open_laptop(kept, clock)

    sync(again, DirectRoad(office))

    assert is_all_received(again)
    assert office.status()["documents"]["visit"] == FAMILIES
    again.vault.close()


def test_the_first_batch_is_a_short_one_so_that_the_county_begins_sooner(busy, road, monkeypatch):
    monkeypatch.setattr("app.sync.uplink.FIRST_OPERATIONS", 1)

    sync(busy, road)

    headers = [parse_container(Kind.BATCH, data).header for data in road.sent]
    assert [header["n_ops"] for header in headers[:3]] == [1, 3, 3]
