"""Parts on PostgreSQL: every row has one, whenever its township came; old tables are taken over."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert, text

from app.sync.protocol.enrolment import Village
from county_server.database import Database
from county_server.partitions import OPERATION_PARTS, make_township_parts
from county_server.tables import feed, feed_scope
from county_server.upgrade import _FOLDER, upgrade
from tests.counties import OTHER_VILLAGE, VILLAGE, found_office

FAR = Village("459901007001", "远村")


@pytest.fixture
def office(postgres_url, tmp_path, clock):
    made = found_office(tmp_path / "county", postgres_url, clock)
    yield made
    made.database.close()


def parts(database, table: str) -> dict[str, int]:
    """Part → its rows."""
    with database.read() as connection:
        names = connection.execute(
            text(
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                " JOIN pg_class p ON p.oid = i.inhparent WHERE p.relname = :table ORDER BY 1"
            ),
            {"table": table},
        ).scalars()
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608
            for name in names
        }


def test_every_township_has_its_part_and_every_device_one(office):
    near, far = office.device(VILLAGE, OTHER_VILLAGE), office.device(FAR)
    for device in (near, far):
        device.visit(device.household())
        office.push(device)

    told = parts(office.database, "feed")
    operations = parts(office.database, "operation")

    assert told["feed_459901001"] == told["feed_459901007"] == 2
    assert set(told) == {"feed_459901001", "feed_459901007", "feed_rest"}
    assert len(operations) == OPERATION_PARTS
    assert sum(operations.values()) == 4
    assert {e.entity for page in office.pull(far, echo=True) for e in page.entries} >= {"visit"}


def test_a_township_with_news_in_the_rest_keeps_it_there_and_is_read_all_the_same(office):
    with office.database.write() as connection:
        connection.execute(insert(feed_scope), {"scope": FAR.code, "last": 1})
        connection.execute(
            insert(feed),
            {
                "scope": FAR.code, "entity": "notice", "entity_id": "n", "position": 1,
                "kind": "notice", "subject": "n", "body": {"text": "早先的"},
            },
        )  # fmt: skip

    device = office.device(FAR)

    assert "feed_459901007" not in parts(office.database, "feed")
    assert "n" in {e.entity_id for page in office.pull(device) for e in page.entries}


def test_a_part_is_made_while_others_write_and_none_waits_for_ever(office):
    """A new township in the middle of the day: batches under way finish, no ring of locks."""
    writers = [office.device(VILLAGE) for _ in range(2)]
    go = threading.Event()

    def write(device):
        go.wait()
        for _ in range(6):
            device.visit(device.household())
            office.push(device)
            office.pull(device)

    def found(number):
        go.wait()
        for turn in range(3):
            office.device(Village(f"45990102{number}00{turn}", "新村"))

    with ThreadPoolExecutor(4) as threads:
        work = [threads.submit(write, device) for device in writers]
        work += [threads.submit(found, number) for number in range(2)]
        go.set()
        for one in work:
            one.result(60)

    assert parts(office.database, "feed").keys() >= {"feed_459901020", "feed_459901021"}


def test_two_servers_that_meet_a_new_township_make_one_part(office):
    with ThreadPoolExecutor(4) as threads:
        made = [threads.submit(lambda: _make(office.database, "459901030001")) for _ in range(4)]
        for one in made:
            one.result(60)

    assert "feed_459901030" in parts(office.database, "feed")


def _make(database, village):
    with database.write() as connection:
        make_township_parts(connection, [village])


def test_tables_of_before_are_taken_over_with_their_rows(postgres_url, tmp_path, clock):
    database = Database(postgres_url)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for statement in _OLD:
            connection.execute(text(statement))

    upgrade(database)

    told = parts(database, "feed")
    assert told == {"feed_rest": 1}
    assert sum(parts(database, "operation").values()) == 1
    with database.read() as connection:
        issued = connection.execute(text("SELECT device_id, not_after FROM issued_certificate"))
        assert issued.all() == [("d-1", "2027-01-01")]
        constraints = connection.execute(
            text("SELECT conname FROM pg_constraint WHERE conrelid = 'operation'::regclass")
        ).scalars()
        assert set(constraints) >= {"pk_operation", "uq_operation_op_id"}
    database.close()


_OLD = (
    "INSERT INTO officer VALUES ('o-1', '王秀英', 't')",
    "INSERT INTO device VALUES ('d-1', '01', 'o-1', '', '', '', 'cc', '2027-01-01', 't', 'active',"
    " 0, 0, '', 1, '', 0, '', NULL, '{}')",
    "INSERT INTO operation VALUES ('d-1', 0, 1, 1, 'op-1', 'visit', 'v-1', 'h-1', '{}', '', '',"
    " 'applied', '{}', false)",
    "INSERT INTO feed_scope VALUES ('459901001001', 1)",
    "INSERT INTO feed VALUES ('459901001001', 'visit', 'v-1', 1, 'upsert', 'h-1', NULL, NULL)",
)
