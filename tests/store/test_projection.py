"""Server documents plus the replay of what is pending are the working tables."""

from __future__ import annotations

from sqlalchemy import event, insert, select, update

from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.log import OperationRow, OperationStateRow, ServerDocumentRow
from app.models.people import HouseholdRow
from app.models.registry import ENTITIES
from app.services.household_records import write_household
from app.store import projection
from tests.fakes import NOON
from tests.storefile import household_of

DOCUMENT = table_of(ServerDocumentRow)
OPERATION = table_of(OperationRow)
STATE = table_of(OperationStateRow)


def _county_says(work, entity, entity_id, body, version=1):
    row = {"entity": entity, "entity_id": entity_id, "subject": entity_id}
    work.connection.execute(insert(DOCUMENT), row | {"version": version, "body": body})


def _settle(work, n, state=OperationState.RECEIVED):
    row = {"n": n, "state": state, "verdict": None, "changed_at": NOON}
    work.connection.execute(insert(STATE), row | {"receipt_sha256": None})


def test_what_was_just_written_is_what_replay_gives(begin):
    with begin() as work:
        write_household(work, household_of("覃兰英", "覃小雨"), kind="roster.imported")

        assert projection.differences(work.connection) == []


def test_a_row_changed_behind_the_log_is_named(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        work.connection.execute(update(table_of(HouseholdRow)).values(door="99号"))

        assert projection.differences(work.connection) == [("household", household.id)]


def test_the_countys_word_comes_first_and_pending_changes_on_top(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        body = projection.current(work.connection, "household", household.id)
        _settle(work, 1)
        work.change(
            kind="household.corrected",
            entity="household",
            entity_id=household.id,
            subject=household.id,
            fields={"phone": "19900000001"},
        )
        _county_says(
            work, "household", household.id, body | {"door": "20号", "phone": "19900000002"}
        )

        projection.rebuild(work.connection, "household", household.id)

        row = projection.current(work.connection, "household", household.id)
    assert (row["door"], row["phone"]) == ("20号", "19900000001")


def test_an_entity_nobody_speaks_for_disappears(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        member = household.members[0].id
        _settle(work, 3)

        projection.rebuild(work.connection, "household_member", member)

        assert projection.current(work.connection, "household_member", member) is None


def test_a_document_creates_its_row(begin):
    body = {"name": "覃兰英", "id_kind": "resident", "sex": "female", "labour": "none"}
    with begin() as work:
        _county_says(work, "person", "p-1", body | {"receives": [], "a_newer_field": 1})

        projection.rebuild(work.connection, "person", "p-1")

        assert work.people.get("p-1").name == "覃兰英"
        assert projection.differences(work.connection) == []


def one_by_one(connection):
    """The same question, asked of every record on its own."""
    wrong = []
    for entity, table in ENTITIES.items():
        for (entity_id,) in connection.execute(select(table.c.id)).all():
            wanted = projection.expected(connection, entity, entity_id)
            blank = {column.name: None for column in table.columns if column.name != "id"}
            blank |= {"is_removed": False} if "is_removed" in table.columns else {}
            whole = {name: (wanted or {}).get(name, value) for name, value in blank.items()}
            if wanted is None or whole != projection.current(connection, entity, entity_id):
                wrong.append((entity, entity_id))
    return wrong


def test_asking_for_all_at_once_says_what_asking_one_by_one_says(begin):
    """Settled, returned with and without the county's word, pending on top, erased, falsified."""
    homes = [household_of(name) for name in ("甲", "乙", "丙", "丁")]
    with begin() as work:
        for home in homes:
            write_household(work, home, kind="roster.imported")
        ids = [home.id for home in homes]
        said = {n: projection.current(work.connection, "household", n) for n in ids}
        places = work.connection.execute(
            select(OPERATION.c.n, OPERATION.c.entity_id).where(OPERATION.c.entity == "household")
        )
        created = {row.entity_id: row.n for row in places}
        _settle(work, created[ids[0]])
        _county_says(work, "household", ids[0], said[ids[0]] | {"door": "20号"})
        _settle(work, created[ids[1]], OperationState.RETURNED)
        _settle(work, created[ids[2]], OperationState.RETURNED)
        _county_says(work, "household", ids[2], said[ids[2]] | {"door": "30号"})
        work.connection.execute(update(table_of(HouseholdRow)).values(phone="19900000009"))

        at_once = projection.differences(work.connection)

        assert sorted(at_once) == sorted(one_by_one(work.connection))
        assert {entity_id for _, entity_id in at_once} == set(ids)


def test_a_record_that_is_gone_though_somebody_speaks_for_it_is_named(begin):
    with begin() as work:
        _county_says(work, "person", "p-1", {"name": "覃兰英"})

        assert projection.differences(work.connection) == [("person", "p-1")]


def test_a_whole_village_is_compared_in_a_moment(begin):
    with begin() as work:
        for number in range(120):
            home = household_of(*("甲", "乙", "丙", "丁"), door=f"{number}号")
            write_household(work, home, kind="roster.imported")
        asked = []
        event.listen(
            work.connection, "before_cursor_execute", lambda *spoken: asked.append(spoken[2])
        )

        assert projection.differences(work.connection) == []

    assert len(asked) <= len(ENTITIES) + 4
