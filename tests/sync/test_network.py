"""The network road on a real TLS server: cuts, portals, strangers — and each record once."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace

import pytest

from app.domain.operations import OperationState
from app.domain.problem import Unavailable
from app.store.enrolment import read_enrolled
from app.sync.problems import LinkCut, NotReached, Stopped
from app.sync.protocol.blob import PART_BYTES
from app.sync.road import Phase, Progress, never, run_here
from app.sync.transport import HttpsTransport
from tests.attached import at_county, photo, visit_with
from tests.counties import found_office
from tests.servers import Fault, FaultProxy


@pytest.fixture
def address(laptop):
    """The county as the laptop knows it."""
    with laptop.begin() as work:
        return read_enrolled(work.connection).county


def over(address, url, stop=never):
    return HttpsTransport(replace(address, url=url), stop)


def sealed_size(laptop, address):
    """Seal what waits by a try that reaches nobody; how large the batch is."""
    with pytest.raises(NotReached):
        sync(laptop, over(address, "https://127.0.0.1:1"))
    (file,) = laptop.vault.files.outbox.glob("*.sab")
    return file.stat().st_size


def sync(laptop, transport):
    with transport:
        return laptop.sync(transport)


def test_everything_goes_over_tls(laptop, address, served, office):
    laptop.visit(laptop.add_household().id)

    tally = sync(laptop, over(address, served.url))

    assert tally.sent > 0
    assert office.status()["documents"]["visit"] == 1
    assert tally.bytes > 0


def test_a_cut_inside_the_request_loses_and_doubles_nothing(laptop, address, proxy, office):
    laptop.visit(laptop.add_household().id)
    proxy.fault = Fault(cut_up=sealed_size(laptop, address) // 2 + 700)

    with pytest.raises(LinkCut):
        sync(laptop, over(address, proxy.url))
    cut_at_county = office.status()["operations"]
    proxy.fault = Fault()
    sync(laptop, over(address, proxy.url))

    assert cut_at_county == {}
    assert office.status()["documents"]["visit"] == 1
    assert office.status()["operations"]["visit"] == 1
    assert laptop.syncing.status().waiting == 0


def test_a_receipt_lost_after_the_commit_doubles_nothing(laptop, address, proxy, office):
    laptop.visit(laptop.add_household().id)
    proxy.fault = Fault(deaf_when=lambda: office.status()["batches"] == 1)

    with pytest.raises(LinkCut):
        sync(laptop, over(address, proxy.url))
    committed = office.status()["operations"]
    shown = {item.state for item in laptop.syncing.status().items}
    proxy.fault = Fault()
    sync(laptop, over(address, proxy.url))

    assert committed["visit"] == 1
    assert shown == {OperationState.SENT}
    assert office.status()["operations"] == committed
    assert laptop.syncing.status().waiting == 0


def test_a_captive_portal_is_not_the_county(laptop, address, proxy):
    laptop.visit(laptop.add_household().id)
    proxy.fault = Fault(portal=True)

    with pytest.raises(NotReached) as caught:
        sync(laptop, over(address, proxy.url))

    assert caught.value.code == "S-12"
    assert {item.state for item in laptop.syncing.status().items} == {OperationState.WAITING}


def test_a_server_under_another_authority_is_refused(laptop, served, address, tmp_path, clock):
    other = found_office(tmp_path / "evil", f"sqlite:///{tmp_path}/evil.db", clock)
    laptop.visit(laptop.add_household().id)

    stranger = replace(address, ca_pem=other.county.ca_pem)
    with pytest.raises(NotReached) as caught:
        sync(laptop, over(stranger, served.url))

    other.database.close()
    assert caught.value.code == "S-12"


def test_a_server_under_another_name_is_refused(laptop, served, address):
    laptop.visit(laptop.add_household().id)
    with (
        closing(FaultProxy(served.port, host="127.0.0.2")) as elsewhere,
        pytest.raises(NotReached) as caught,
    ):
        sync(laptop, over(address, elsewhere.url))

    assert caught.value.code == "S-12"


def test_no_county_at_all_is_said_plainly(laptop, served, address):
    laptop.visit(laptop.add_household().id)
    served.close()

    with pytest.raises(Unavailable) as caught:
        sync(laptop, over(address, served.url))

    assert caught.value.code == "S-10"


def test_stop_is_answered_within_a_second_while_the_link_stalls(laptop, address, proxy, office):
    laptop.visit(laptop.add_household().id)
    proxy.fault = Fault(stall_up=sealed_size(laptop, address) // 2 + 700)
    started = time.monotonic()

    with pytest.raises(Stopped):
        sync(laptop, over(address, proxy.url, lambda: time.monotonic() - started > 1.0))
    took = time.monotonic() - started - 1.0
    proxy.fault = Fault()
    sync(laptop, over(address, proxy.url))

    assert took < 1.0
    assert office.status()["operations"]["visit"] == 1


def test_enrolment_goes_over_the_network_too(stranger, served, office, tmp_path):
    file = tmp_path / "ticket.json"
    file.write_bytes(office.ticket_file(url=served.url))
    stranger.enrolment.prepare(file, fingerprint=stranger.enrolment.read(file).fingerprint)

    member = stranger.enrolment.ask(run_in_store=run_here)
    stranger.syncing.sync_now(run_in_store=run_here)

    assert member.device_no == "01"
    assert stranger.syncing.status().last_success is not None


def test_a_photo_that_stalls_is_left_within_a_second_and_goes_on_where_it_was(
    laptop, address, proxy, office
):
    picture = photo(PART_BYTES * 2)
    visit_with(laptop, picture)
    proxy.fault = Fault(stall_up=150_000)
    begun: list[float] = []

    def watch(step: Progress) -> None:
        if step.phase is Phase.FILES:
            begun.append(time.monotonic())

    def stop() -> bool:
        return bool(begun) and time.monotonic() - begun[0] > 0.5

    with over(address, proxy.url, stop) as stalling, pytest.raises(Stopped):
        laptop.syncing.sync_now(run_in_store=run_here, transport=stalling, watch=watch)
    took = time.monotonic() - begun[0] - 0.5
    text = laptop.syncing.status()
    proxy.fault = Fault()
    tally = sync(laptop, over(address, proxy.url))

    assert took < 1
    assert (text.waiting, text.files_waiting) == (0, 1)
    assert tally.files == 1
    assert at_county(office, picture) == picture


def test_a_revoked_laptop_fetches_its_order_over_tls(laptop, address, served, office):
    laptop.visit(laptop.add_household().id)
    office.assignments.revoke(laptop.vault.device_id)

    with over(address, served.url) as transport:
        parting = laptop.revocation.ask_and_obey(run_in_store=run_here, transport=transport)

    assert parting.operations > 0
    assert office.status()["quarantine"] == 1
    assert not laptop.vault.files.header.exists()
