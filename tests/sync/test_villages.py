"""After a sync both sides hold the same of a village; when they do not, it comes again."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from app.domain.problem import Problem
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.models.people import HouseholdRow
from app.store import link_notes, projection
from app.sync.road import run_here
from county_server.certificates import Certificates
from county_server.ledger import Document, Ledger
from county_server.tables import document, feed
from tests.counties import VILLAGE, DirectRoad
from tests.sync.test_engine import county_changes

DOCUMENT = table_of(ServerDocumentRow)


class Counted(DirectRoad):
    """Counts the pages that came."""

    def __init__(self, office) -> None:
        super().__init__(office)
        self.pages = 0

    def fetch_page(self, request: bytes) -> bytes:
        self.pages += 1
        return super().fetch_page(request)


def documents(laptop):
    with laptop.begin() as work:
        return {
            (row.entity, row.entity_id): (row.version, row.body)
            for row in work.connection.execute(DOCUMENT.select())
        }


def forget_the_check(laptop):
    with laptop.begin() as work:
        link_notes.forget(work.connection, link_notes.CHECKED)
        work.commit()


def differ_and_merge(laptop, road, office):
    """Everything that moves versions: mine, theirs, both, a difference, a returned one."""
    home = laptop.add_household("覃桂英", "韦小明")
    other = laptop.add_household("韦大山", id_number="459901199001010000")
    laptop.visit(home.id)
    laptop.sync(road)
    county_changes(office, home.id, phone="13800000001", door="8号")
    laptop.change(home.id, phone="13800000002", knock_note="从后门进")
    laptop.change(other.id, door="9号")
    laptop.sync(road)
    laptop.change(home.id, address="村口")
    laptop.sync(road)
    return home


def test_both_sides_agree_after_everything_that_can_happen(laptop, office):
    road = Counted(office)
    differ_and_merge(laptop, road, office)
    forget_the_check(laptop)
    road.pages = 0

    tally = laptop.sync(road)

    assert (tally.sent_again, tally.mended, road.pages) == (0, 0, 1)


def test_a_village_is_compared_once_a_week(laptop, office, clock):
    road = Counted(office)
    home = laptop.add_household()
    laptop.sync(road)
    spoil(laptop, home.id)
    clock.advance(days=6)
    early = laptop.sync(road).sent_again

    clock.advance(days=1)
    tally = laptop.sync(road)

    assert (early, tally.sent_again) == (0, 1)


def spoil(laptop, home, version: int | None = 0):
    """A document is older here than at the county, though the cursor says otherwise; with None
    its version is right and only what it says is not."""
    with laptop.begin() as work:
        here = DOCUMENT.c.entity_id == home
        found = work.connection.execute(DOCUMENT.select().where(here)).one()
        old = {
            "version": found.version if version is None else version,
            "body": found.body | {"door": "旧的"},
        }
        work.connection.execute(update(DOCUMENT).where(here).values(old))
        projection.rebuild(work.connection, "household", home)
        work.commit()


def test_a_document_that_is_spoiled_under_the_right_version_is_found_and_put_right(laptop, office):
    road = DirectRoad(office)
    home = differ_and_merge(laptop, road, office)
    right = documents(laptop)
    spoil(laptop, home.id, version=None)
    spoilt = laptop.household(home.id).door
    forget_the_check(laptop)

    tally = laptop.sync(road)

    assert spoilt == "旧的"
    assert tally.sent_again == 1
    assert documents(laptop) == right
    assert laptop.household(home.id).door == "8号"
    assert laptop.syncing.check() == []


def test_a_document_that_is_no_json_any_more_is_found_too(laptop, office):
    road = DirectRoad(office)
    differ_and_merge(laptop, road, office)
    right = documents(laptop)
    with laptop.begin() as work:
        work.connection.exec_driver_sql(
            "UPDATE server_document SET body = substr(body, 2) WHERE entity = 'visit'"
        )
        work.commit()
    forget_the_check(laptop)

    tally = laptop.sync(road)

    assert tally.sent_again == 1
    assert documents(laptop) == right


def test_a_document_that_is_spoiled_at_the_county_is_found_too(laptop, office):
    """What stands there under the same version is what holds: the county's word."""
    road = DirectRoad(office)
    home = laptop.add_household()
    laptop.sync(road)
    with office.database.write() as connection:
        here = document.c.entity_id == home.id
        body = connection.execute(document.select().where(here)).one().body
        connection.execute(update(document).where(here).values(body=body | {"door": "县里改的"}))
    forget_the_check(laptop)

    tally = laptop.sync(road)

    assert tally.sent_again == 1
    assert laptop.household(home.id).door == "县里改的"


def test_a_village_that_differs_comes_again_and_pending_words_survive(laptop, office):
    road = DirectRoad(office)
    home = differ_and_merge(laptop, road, office)
    right = documents(laptop)
    spoil(laptop, home.id)
    with laptop.begin() as work:
        gone = work.connection.execute(
            delete(DOCUMENT).where(DOCUMENT.c.entity == "visit")
        ).rowcount
        work.connection.exec_driver_sql("DELETE FROM visit")
        work.commit()
    forget_the_check(laptop)

    class Meanwhile(DirectRoad):
        """She writes while the village is on its way."""

        def fetch_page(self, request: bytes) -> bytes:
            page = super().fetch_page(request)
            if not said:
                said.append(laptop.change(home.id, knock_note="敲三下"))
            return page

    said: list[object] = []
    tally = laptop.sync(Meanwhile(office))
    pending = laptop.household(home.id).knock_note
    again = documents(laptop)
    laptop.sync(road)

    assert gone == 1
    assert tally.sent_again == 1
    assert again == right
    assert pending == "敲三下"
    assert laptop.household(home.id).knock_note == "敲三下"
    assert laptop.syncing.check() == []


def test_what_the_county_does_not_have_goes_at_the_end_and_not_before(laptop, office):
    road = DirectRoad(office)
    home = laptop.add_household()
    laptop.visit(home.id)
    laptop.sync(road)
    with office.database.write() as connection:
        connection.execute(delete(feed).where(feed.c.entity == "visit"))
        connection.execute(delete(document).where(document.c.entity == "visit"))
    forget_the_check(laptop)
    seen = []

    class Looking(DirectRoad):
        def fetch_page(self, request: bytes) -> bytes:
            with laptop.begin() as work:
                seen.append(projection.differences(work.connection))
                seen.append(work.connection.exec_driver_sql("SELECT count(*) FROM visit").scalar())
            return super().fetch_page(request)

    laptop.sync(Looking(office))

    with laptop.begin() as work:
        left = work.connection.exec_driver_sql("SELECT count(*) FROM visit").scalar()
    assert seen == [[], 1, [], 1]
    assert left == 0
    assert laptop.syncing.check() == []


def test_sums_that_never_fit_are_told_and_do_not_go_round_in_circles(laptop, office, monkeypatch):
    monkeypatch.setattr("county_server.pages.village_sum", lambda records: "0" * 64)
    road = Counted(office)
    laptop.add_household()

    with pytest.raises(Problem) as caught:
        laptop.sync(road)

    assert caught.value.code == "S-28"
    assert road.pages == 2


def test_a_row_that_a_sync_moved_and_that_is_wrong_is_put_right_and_noted(laptop, office):
    home = laptop.add_household()
    laptop.sync(DirectRoad(office))
    county_changes(office, home.id, phone="13800000001")

    class Spoiler(DirectRoad):
        """Something changes a working row behind the log while it syncs."""

        def fetch_page(self, request: bytes) -> bytes:
            page = super().fetch_page(request)
            spoilt.append(page)
            return page

    spoilt: list[bytes] = []
    take_over = projection.take_over

    def wrongly(connection, entity, bodies):
        take_over(connection, entity, bodies)
        if spoilt.pop() if spoilt else None:
            connection.execute(
                update(table_of(HouseholdRow))
                .where(table_of(HouseholdRow).c.id == bodies[0][0])
                .values(phone="19900000000")
            )

    projection.take_over = wrongly
    try:
        tally = laptop.sync(Spoiler(office))
    finally:
        projection.take_over = take_over

    with laptop.begin() as work:
        noted = work.connection.exec_driver_sql(
            "SELECT count(*) FROM operation WHERE kind = 'vault.mended'"
        ).scalar()
    assert tally.mended == 1
    assert noted == 1
    assert laptop.household(home.id).phone == "13800000001"
    assert laptop.syncing.check() == []


# a county that is newer


def put(office, entity, body):
    """The county says something about a kind of record of its own."""
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        ledger.lock([VILLAGE.code])
        made = Document(entity, "x-1", "x-1", VILLAGE.code, 0, {}, {})
        made.amend(body, "县民政局", ledger.at)
        ledger.put(made)
        ledger.flush()


def test_what_this_program_does_not_know_is_refused_whole_and_the_rest_goes_up(laptop, office):
    road = DirectRoad(office)
    home = laptop.add_household()
    laptop.sync(road)
    county_changes(office, home.id, phone="13800000001")
    put(office, "robot_visit", {"text": "新的"})
    laptop.visit(home.id)

    with pytest.raises(Problem) as caught:
        laptop.sync(road)

    assert caught.value.code == "S-25"
    assert laptop.household(home.id).phone is None
    assert laptop.syncing.status().waiting == 0
    assert office.status()["operations"]["visit"] == 1


def test_a_renewed_certificate_comes_down_and_is_used(laptop, road, office):
    laptop.sync(road)
    before = laptop.syncing.enrolled(run_in_store=run_here).certificate
    office.clock.advance(days=300)
    Certificates(office.county, office.database, office.clock).renew(laptop.vault.device_id)

    laptop.sync(road)
    office.clock.advance(days=200)
    laptop.visit(laptop.add_household().id)
    laptop.sync(road)

    after = laptop.syncing.enrolled(run_in_store=run_here).certificate
    assert after != before
    assert laptop.syncing.status().waiting == 0
