"""One request, one transaction, and its operation in the same breath."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from app.domain.operations import AUDIT
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import OperationRow, SubjectKeyRow
from app.models.people import HouseholdRow
from app.services.household_records import write_household
from app.store import journal
from app.store.unit_of_work import UnitOfWork
from tests.storefile import DEVICE_ID, household_of

OPERATION = table_of(OperationRow)


def test_a_change_writes_the_row_and_its_operation_together(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        work.commit()

    with begin() as work:
        stored = work.households.get(household.id)
        operations = list(journal.read_operations(work.connection))

    assert stored == household
    assert [op.entity for op in operations] == ["household", "person", "household_member"]
    assert [op.n for op in operations] == [1, 2, 3]


@pytest.mark.parametrize("subject", ["2026-03-01~2026-03-31", "a+b", "三组", "", "x" * 81])
def test_what_no_batch_may_carry_is_never_written(begin, subject):
    with begin() as work:
        with pytest.raises(ValueError, match="the county cannot read"):
            work.note(kind="paper.drafted", subject=subject, facts={"form": "F15L"})
        assert work.head.n == 0


def test_leaving_without_commit_undoes_row_and_operation(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")

    with begin() as work:
        assert work.households.get(household.id) is None
        assert work.head.n == 0


def test_a_change_that_changes_nothing_is_no_operation(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        before = work.journal.head
        same = work.change(
            kind="household.corrected",
            entity="household",
            entity_id=household.id,
            subject=household.id,
            fields={"door": household.door},
        )

        assert same is None
        assert work.journal.head == before


def test_a_patch_says_old_and_new_of_only_what_differs(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        changed = work.change(
            kind="household.corrected",
            entity="household",
            entity_id=household.id,
            subject=household.id,
            fields={"door": "13号", "area": household.area},
        )

        assert journal.read_patch(work.connection, changed) == {"door": ("12号", "13号")}


def test_a_deed_without_a_record_is_an_operation_of_its_own(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        noted = work.note(
            kind="person.number_shown",
            subject=household.id,
            facts={"person_id": household.members[0].person.id},
        )

        assert noted.entity == AUDIT


def test_the_log_cannot_be_edited_or_shortened(begin):
    with begin() as work:
        write_household(work, household_of("覃兰英"), kind="roster.imported")
        work.commit()

    for statement in (
        update(OPERATION).values(kind="x"),
        delete(OPERATION),
        text("INSERT OR REPLACE INTO operation SELECT * FROM operation WHERE n = 1"),
        text("UPDATE OR REPLACE operation SET n = 1 WHERE n = 2"),
    ):
        with begin() as work, pytest.raises(DatabaseError, match="append-only"):
            work.connection.execute(statement)


def test_the_body_of_an_operation_is_sealed(begin):
    with begin() as work:
        write_household(work, household_of("覃兰英"), kind="roster.imported")
        bodies = work.connection.execute(select(OPERATION.c.ciphertext)).scalars().all()

    assert all("覃兰英".encode() not in body for body in bodies)


def test_an_erased_subject_is_gone_and_the_chain_still_verifies(begin):
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        work.commit()
    key = table_of(SubjectKeyRow)
    with begin() as work:
        work.connection.execute(update(key).values(key=None))
        operations = list(journal.read_operations(work.connection))

        assert all(journal.read_patch(work.connection, op) is None for op in operations)
        assert journal.verify_chain(work.connection).n == len(operations)
        with pytest.raises(Refused):
            work.note(kind="x", subject=household.id, facts={})


def test_a_broken_chain_is_named(begin):
    with begin() as work:
        write_household(work, household_of("覃兰英"), kind="roster.imported")
        work.connection.exec_driver_sql("DROP TRIGGER tr_operation_no_update")
        work.connection.execute(update(OPERATION).where(OPERATION.c.n == 2).values(actor="谁"))

        with pytest.raises(Refused) as refusal:
            journal.verify_chain(work.connection)

    assert refusal.value.code == "V-03"


def test_a_missing_operation_is_named(begin):
    with begin() as work:
        write_household(work, household_of("覃兰英"), kind="roster.imported")
        work.connection.exec_driver_sql("DROP TRIGGER tr_operation_no_delete")
        work.connection.execute(delete(OPERATION).where(OPERATION.c.n == 2))

        with pytest.raises(Refused):
            journal.verify_chain(work.connection)


def test_serials_are_never_given_twice(begin):
    with begin() as work:
        first = [work.next_serial() for _ in range(3)]
        work.commit()
    with begin() as work:
        assert [*first, work.next_serial()] == [1, 2, 3, 4]


def test_a_device_without_a_number_issues_no_document(begin):
    with begin() as work:
        work.connection.exec_driver_sql("UPDATE device SET device_no = NULL")

        with pytest.raises(Refused) as refusal:
            work.next_serial()

    assert refusal.value.code == "S-20"


def test_a_unit_of_work_is_used_inside_its_block(begin):
    work = begin()

    with pytest.raises(RuntimeError):
        _ = work.connection


def test_the_chain_is_this_devices(begin):
    with begin() as work:
        write_household(work, household_of("覃兰英"), kind="roster.imported")
        work.connection.exec_driver_sql("UPDATE device SET device_id = ?", (DEVICE_ID[:-1] + "2",))

        with pytest.raises(Refused):
            journal.verify_chain(work.connection)


def test_a_reference_to_nobody_is_refused_at_commit(begin):
    with begin() as work:
        write_household(work, household_of("覃兰英"), kind="roster.imported")
        household = table_of(HouseholdRow)
        work.connection.execute(update(household).values(head_person_id="nobody"))

        with pytest.raises(DatabaseError):
            work.commit()


@pytest.mark.parametrize("looks", [True, False])
def test_a_pack_is_known_to_the_transaction_that_brings_it(engine, clock, looks):
    seen: list[tuple[str, ...]] = []
    with UnitOfWork(engine, clock, keep=lambda work, _: seen.append(work.pack_editions)) as work:
        before = work.pack_editions
        work.change(
            kind="pack.published",
            entity="policy_pack",
            entity_id="national@1",
            subject="national@1",
            new=True,
            fields={
                "pack_id": "national",
                "pack_version": "1",
                "sha256": "ab" * 32,
                "bundle": "{}",
                "published_at": clock.now(),
            },
        )
        if looks:
            assert len(work.pack_editions) == 1
        work.commit()

    assert before == ()
    assert [len(editions) for editions in seen] == [1]


def test_a_commit_that_is_refused_leaves_nothing_open(begin):
    """A row that names what is not there is found out at the commit; the file goes on."""
    household = household_of("覃兰英")
    with begin() as work:
        write_household(work, household, kind="roster.imported")
        work.connection.execute(update(table_of(HouseholdRow)).values(head_person_id="nobody"))
        with pytest.raises(DatabaseError):
            work.commit()

    with begin() as work:
        assert work.head.n == 0
        write_household(work, household, kind="roster.imported")
        work.commit()
