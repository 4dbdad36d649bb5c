"""The feed: what is new for a device, page by page, closed under references."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import func, select

from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.sync.protocol.feed import device_scope
from county_server import feed_marks, pages
from county_server.ledger import Ledger
from county_server.tables import feed_mark, nonce
from tests.counties import OTHER_VILLAGE, VILLAGE
from tests.fakes import NOON

pytestmark = pytest.mark.parametrize("office", ["sqlite", "postgresql"], indirect=True)


def entries(office, device, **options):
    return [entry for page in office.pull(device, **options) for entry in page.entries]


def touch(office, entity_id, **fields):
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        document = ledger.get("household", entity_id)
        document.amend(fields, "county", ledger.at)
        ledger.put(document)
        ledger.flush()


def test_a_device_is_not_told_what_it_said_itself(office):
    one, two = office.device(), office.device()
    home = one.household()
    office.push(one)

    assert home not in {entry.entity_id for entry in entries(office, one)}
    assert home in {entry.entity_id for entry in entries(office, two)}


def test_a_restored_device_asks_for_its_own_words_and_gets_them(office):
    device = office.device()
    home = device.household()
    office.push(device)

    assert home in {entry.entity_id for entry in entries(office, device, echo=True)}


def test_only_the_villages_of_the_device_are_told(office):
    mine, other = office.device(VILLAGE), office.device(OTHER_VILLAGE)
    mine.household()
    office.push(mine)

    assert {entry.entity for entry in entries(office, other)} == {"quota_token"}


def test_pages_are_short_and_whole_and_miss_nothing(office, monkeypatch):
    monkeypatch.setattr(pages, "MAX_ENTRIES", 3)
    writer, reader = office.device(), office.device()
    homes = [writer.household() for _ in range(4)]
    visits = [writer.visit(home) for home in homes]
    office.push(writer)
    for home in homes:
        touch(office, home, phone="1")  # households now stand after their visits

    found = office.pull(reader)

    known = set()
    for page in found:
        known |= {entry.entity_id for entry in page.entries}
        for entry in page.entries:
            referred = (entry.body or {}).get("household_id")
            assert referred is None or referred in known
    assert len(found) > 2
    assert known >= {*homes, *visits}
    assert entries(office, reader) == []


def test_a_page_stops_at_its_size(office, monkeypatch):
    monkeypatch.setattr(pages, "MAX_BYTES", 2_000)
    writer, reader = office.device(), office.device()
    for _ in range(6):
        writer.household(address="一" * 300)
    office.push(writer)

    found = office.pull(reader)

    assert len(found) > 2
    assert sum(1 for page in found for e in page.entries if e.entity == "household") == 6


def test_a_request_is_good_for_one_use(office):
    device = office.device()
    request = device.feed_request()
    office.pages.accept(request)

    with pytest.raises(Refused) as refused:
        office.pages.accept(request)

    assert refused.value.code == "B-25"


def remembered(office):
    with office.database.read() as connection:
        return connection.execute(select(func.count()).select_from(nonce)).scalar_one()


def at(moment):
    return instant_text(moment)


def test_within_the_week_a_request_is_known_and_beyond_it_not_heard(office, clock):
    device = office.device()
    request = device.feed_request(told=at(clock.now()))
    office.pages.accept(request)

    for days in (6, 1, 30):
        clock.advance(days=days, seconds=1)
        office.pages.accept(device.feed_request(told=at(clock.now()), check=True))
        with pytest.raises(Refused) as refused:
            office.pages.accept(request)
        assert refused.value.code == "B-25"


def test_nonces_of_the_last_week_are_kept_and_no_more(office, clock):
    device, other = office.device(), office.device()
    office.pages.accept(other.feed_request(told=at(clock.now())))
    for _ in range(30):
        clock.advance(days=1)
        for check in (False, False, True):
            office.pages.accept(device.feed_request(told=at(clock.now()), check=check))

    assert remembered(office) == 1 + 3 * 8


def test_what_names_no_time_is_remembered_for_ever(office, clock):
    device = office.device()
    request = device.feed_request()
    office.pages.accept(request)
    clock.advance(days=300)
    office.pages.accept(device.feed_request(told=at(clock.now()), check=True))

    with pytest.raises(Refused) as refused:
        office.pages.accept(request)

    assert refused.value.code == "B-25"


def test_a_request_under_another_signature_is_refused(office):
    device, other = office.device(), office.device()
    device.sign = other.sign

    with pytest.raises(Refused) as refused:
        office.pages.accept(device.feed_request())

    assert refused.value.code == "B-05"


def test_another_devices_token_comes_empty(office):
    payer, reader = office.device(), office.device()
    home = payer.household()
    payer.operation(
        "emergency_relief",
        new_id(NOON),
        {
            "household_id": home,
            "payment_id": "p-1",
            "amount_fen": 80_000,
            "quota_id": payer.quota_id,
            "paid_at": "2026-03-02T04:00:00.000Z",
        },
        subject=home,
    )
    office.push(payer)

    found = {entry.entity_id: entry for entry in entries(office, reader)}

    assert found[payer.quota_id].body["amount_fen"] == 0
    assert found[reader.quota_id].body["amount_fen"] == 200_000


def asked(office, device, **more):
    """The head of the next page of a device."""
    request = msgspec.structs.replace(office.pages.read_request(device.feed_request()), **more)
    return office.pages.page(request)[1]


def test_a_feed_that_ends_before_what_was_read_of_it_says_so(office):
    device = office.device()
    own = device_scope(device.id)
    device.cursor = {own: 99}

    head = asked(office, device)

    assert 0 < head.next[own] < 99
    assert (head.marks, head.is_other) == (None, False)


def test_a_place_has_the_mark_of_the_transaction_it_was_written_in(office):
    device = office.device()
    own = device_scope(device.id)
    before = asked(office, device, marks={})
    office.assignments.grant(device.id, Money.yuan(100), 90)
    after = asked(office, device, marks={})

    kept = asked(office, device, cursor=before.next, marks=before.marks)
    other = asked(office, device, cursor=before.next, marks={own: "00" * 8})
    beyond = asked(office, device, cursor={own: after.next[own] + 1}, marks={own: after.marks[own]})

    assert before.marks[own] != after.marks[own]
    assert [head.is_other for head in (kept, other, beyond)] == [False, True, True]


def marks_of(office, scope):
    query = select(feed_mark.c.mark).where(feed_mark.c.scope == scope)
    with office.database.read() as connection:
        return list(connection.execute(query.order_by(feed_mark.c.position)).scalars())


def carried(office, device):
    office.pages.accept_carried(device.feed_request())


def compared(office, device):
    office.pages.accept(device.feed_request(check=True))


@pytest.mark.parametrize("tidied", [carried, compared])
def test_the_last_marks_of_a_scope_are_kept_and_older_ones_go(office, monkeypatch, tidied):
    monkeypatch.setattr(feed_marks, "MOST", 3)
    device, other = office.device(), office.device()
    for asked_for in (device, other):
        for _ in range(5):
            office.assignments.grant(asked_for.id, Money.yuan(100), 90)
    own, untouched = device_scope(device.id), device_scope(other.id)
    before, kept = marks_of(office, own), marks_of(office, untouched)
    office.pages.accept(device.feed_request())
    by_the_way = marks_of(office, own)

    tidied(office, device)
    tidied(office, device)

    assert by_the_way == before
    assert marks_of(office, own) == before[-3:]
    assert marks_of(office, untouched) == kept


def test_who_stands_before_the_marks_that_are_kept_reads_anew(office, monkeypatch):
    monkeypatch.setattr(feed_marks, "MOST", 2)
    device = office.device()
    early = asked(office, device, marks={})
    office.assignments.grant(device.id, Money.yuan(100), 90)
    late = asked(office, device, marks={})
    office.assignments.grant(device.id, Money.yuan(100), 90)

    carried(office, device)

    assert [
        asked(office, device, cursor=head.next, marks=head.marks).is_other for head in (early, late)
    ] == [True, False]
