"""Server documents plus the replay of what is pending are the working tables."""

from __future__ import annotations

from sqlalchemy import insert, update

from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.log import OperationStateRow, ServerDocumentRow
from app.models.people import HouseholdRow
from app.services.household_records import write_household
from app.store import projection
from tests.fakes import NOON
from tests.storefile import household_of

DOCUMENT = table_of(ServerDocumentRow)
STATE = table_of(OperationStateRow)


def _county_says(work, entity, entity_id, body, version=1):
    row = {"entity": entity, "entity_id": entity_id, "subject": entity_id}
    work.connection.execute(insert(DOCUMENT), row | {"version": version, "body": body})


def _settle(work, n):
    row = {"n": n, "state": OperationState.RECEIVED, "verdict": None, "changed_at": NOON}
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
