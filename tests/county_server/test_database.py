"""The database out of reach, for a moment or for good: said plainly, with nothing half done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InternalError, OperationalError

from app.domain.problem import Unavailable
from county_server.copying import insert_many
from county_server.database import Database, among, among_pairs
from county_server.tables import document, village


def count(office, table) -> int:
    with office.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def rows(number: int) -> list[dict[str, object]]:
    return [
        {"entity": "visit", "entity_id": f"v-{each}", "subject": "h", "village_code": None,
         "version": 1, "body": {"note": "一\n二\t三\\", "n": each, "gone": None}, "marks": {}}
        for each in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize("office", ["sqlite", "postgresql"], indirect=True)
def test_many_rows_arrive_as_they_were(office):
    with office.database.write() as connection:
        insert_many(connection, document, rows(3))
        insert_many(connection, document, [])

    with office.database.read() as connection:
        found = connection.execute(select(document).order_by(document.c.entity_id)).mappings()
        assert [dict(row) for row in found] == rows(3)


@pytest.mark.parametrize("office", ["sqlite", "postgresql"], indirect=True)
def test_every_kind_of_value_arrives_as_it_was(office):
    kinds = Table("kinds", MetaData(), Column("n", BigInteger, primary_key=True),
                  Column("said", Text), Column("is_so", Boolean), Column("data", LargeBinary),
                  Column("facts", JSON))  # fmt: skip
    said = ["一\t二\n三\r四", "\\N", "\\.", "a\\tb", "", "\u2028\x1f'\"", None]
    made = [
        {"n": -n if n else 2**53 - 1, "said": one, "is_so": n % 2 == 0, "data": bytes(range(256)),
         "facts": {"note": one, "more": ["\\", "\n", 1, True]}}
        for n, one in enumerate(said)
    ]  # fmt: skip
    made[-1] |= {"is_so": None, "data": b""}
    swapped = [dict(reversed(row.items())) for row in made[1:]]

    with office.database.write() as connection:
        kinds.create(connection)
        insert_many(connection, kinds, [made[0], *swapped])
    with office.database.read() as connection:
        found = connection.execute(select(kinds)).mappings().all()

    assert {row["n"]: dict(row) for row in found} == {row["n"]: row for row in made}


@pytest.mark.parametrize("office", ["sqlite", "postgresql"], indirect=True)
def test_many_are_asked_for_by_any_text(office):
    names = ["v-0", 'a"b', "c\\d", "e,f", "{g}", "NULL", "", "一 二"]
    made = [row | {"entity_id": name} for row, name in zip(rows(len(names)), names, strict=True)]
    with office.database.write() as connection:
        insert_many(connection, document, made)

    def found(condition) -> list[str]:
        return sorted(connection.execute(select(document.c.entity_id).where(condition)).scalars())

    with office.database.read() as connection:
        key = (document.c.entity, document.c.entity_id)
        for asked in ([], ["v-0"], ["null", "v-0,a"], names):
            there = sorted(set(asked) & set(names))
            assert found(among(connection, document.c.entity_id, asked)) == there
            pairs = [("visit", one) for one in asked]
            assert found(among_pairs(connection, key, pairs)) == there


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
@pytest.mark.parametrize("end", ["a statement", "the end"])
def test_rows_that_may_not_be_there_are_refused_by_the_end_and_leave_nothing(office, end):
    with pytest.raises(Exception, match="pk_document"):
        write_twice(office, end)

    assert count(office, document) == 0
    with office.database.write() as connection:
        insert_many(connection, document, rows(2))
    assert count(office, document) == 2


def write_twice(office, end: str) -> None:
    """The same row once more, noticed by what is asked next."""
    with office.database.write() as connection:
        insert_many(connection, document, [*rows(2), *rows(1)])
        if end == "a statement":
            connection.execute(select(village))


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_what_goes_wrong_while_rows_go_in_takes_them_back(office):
    with pytest.raises(LookupError):
        give_up(office)

    assert count(office, document) == 0


def give_up(office) -> None:
    """An error of our own between the rows and the commit."""
    with office.database.write() as connection:
        insert_many(connection, document, rows(2))
        raise LookupError


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
@pytest.mark.parametrize("work", ["a statement", "a copy"])
def test_a_connection_that_is_cut_leaves_nothing_and_is_no_bug(office, work):
    with pytest.raises(Unavailable) as caught:
        cut_within(office, work)

    assert caught.value.code == "K-01"
    assert count(office, document) == 0


def cut_within(office, work: str) -> None:
    """The database ends a connection in the middle of its transaction."""
    with office.database.write() as connection:
        insert_many(connection, document, rows(2))
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with office.database.write() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        if work == "a copy":
            insert_many(connection, document, rows(1))
        else:
            connection.execute(select(village))


@pytest.fixture
def replica(office) -> Iterator[Database]:
    """The same database as one that may only be read sees it."""
    url = make_url(office.database.url).update_query_dict(
        {"options": "-c default_transaction_read_only=on"}
    )
    made = Database(url.render_as_string(hide_password=False), office.county.root.private)
    yield made
    made.close()


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "work",
    [
        lambda connection: connection.execute(document.delete()),
        lambda connection: connection.execute(select(village).with_for_update()),
        lambda connection: insert_many(connection, document, rows(2)),
    ],
    ids=["a statement", "a lock", "a copy"],
)
def test_a_database_that_may_only_be_read_says_so_and_holds_what_it_held(office, replica, work):
    with pytest.raises(Unavailable) as caught, replica.write() as connection:
        work(connection)

    assert caught.value.code == "K-11"
    assert count(office, document) == 0


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_an_error_inside_the_database_is_not_called_a_replica(office):
    broken = text("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'XX000'; END $$")

    with pytest.raises(InternalError), office.database.write() as connection:
        connection.execute(broken)


def test_our_own_mistake_is_not_called_the_databases(office):
    with pytest.raises(OperationalError), office.database.read() as connection:
        connection.execute(text("SELECT * FROM nothing"))
