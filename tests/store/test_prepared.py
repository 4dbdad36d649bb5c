"""A prepared statement says what SQLAlchemy says, and fails as it fails."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
)

from app.domain.problem import Unavailable
from app.models.base import UtcDateTime
from app.store.engine import open_engine
from app.store.prepared import Prepared
from app.store.sqlcipher import create

THING = Table(
    "thing",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", Text),
    Column("on", Date),
    Column("at", UtcDateTime()),
    Column("is_so", Boolean),
    Column("facts", JSON(none_as_null=True)),
)
ROW = {
    "id": 1,
    "name": "岩温",
    "on": date(2026, 3, 2),
    "at": datetime(2026, 3, 2, 4, 0, 0, 5000, tzinfo=UTC),
    "is_so": True,
    "facts": {"数": [1, None]},
}
EMPTY = dict.fromkeys(ROW) | {"id": 2}
BY_ID = select(THING).where(THING.c.id == bindparam("wanted"))
INSERT = Prepared(insert(THING))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    create(tmp_path / "file", b"k" * 32)
    engine = open_engine(tmp_path / "file", b"k" * 32)
    with engine.begin() as made:
        THING.metadata.create_all(made)
    with engine.connect() as made:
        yield made
    engine.dispose()


def test_rows_go_in_and_come_out_as_through_sqlalchemy(connection: Connection):
    with connection.begin():
        INSERT.run(connection, ROW, EMPTY)
        plainly = [dict(row) for row in connection.execute(select(THING)).mappings()]
        prepared = Prepared(select(THING)).rows(connection, {})

    assert plainly == prepared == [ROW, EMPTY]


def test_many_rows_go_in_as_one_by_one_whatever_is_said_again(connection: Connection):
    at, facts = ROW["at"], ROW["facts"]
    rows = [
        ROW | {"id": n, "at": at if n % 3 else None, "facts": facts if n % 2 else {"数": n}}
        for n in range(8)
    ]
    with connection.begin():
        INSERT.run_many(connection, rows)
        found = Prepared(select(THING).order_by(THING.c.id)).rows(connection, {})

    assert found == rows


def test_the_first_row_or_none(connection: Connection):
    ask = Prepared(BY_ID.with_only_columns(THING.c.name))
    with connection.begin():
        INSERT.run(connection, ROW)

        assert ask.first(connection, {"wanted": 1}) == {"name": "岩温"}
        assert ask.first(connection, {"wanted": 9}) is None


def test_constants_stay_in_place(connection: Connection):
    ask = Prepared(select(THING.c.id).where(THING.c.name == "岩温").limit(1))
    with connection.begin():
        INSERT.run(connection, ROW, EMPTY)

        assert ask.rows(connection, {}) == [{"id": 1}]


def test_rolled_back_with_the_transaction_it_ran_in(connection: Connection):
    with connection.begin() as transaction:
        INSERT.run(connection, ROW)
        transaction.rollback()
    with connection.begin():
        assert Prepared(select(THING)).rows(connection, {}) == []


def test_a_naive_moment_is_refused_as_ever(connection: Connection):
    with connection.begin(), pytest.raises(ValueError, match="naive"):
        INSERT.run(connection, ROW | {"at": datetime(2026, 3, 2)})  # noqa: DTZ001


def test_a_value_that_is_not_given_is_missed(connection: Connection):
    with connection.begin(), pytest.raises(KeyError, match="wanted"):
        Prepared(BY_ID).rows(connection, {"id": 1})


def test_nothing_runs_outside_a_transaction(connection: Connection):
    with pytest.raises(RuntimeError, match="transaction"):
        INSERT.run(connection, ROW)


def test_a_list_of_unknown_length_is_no_prepared_statement(connection: Connection):
    ask = Prepared(delete(THING).where(THING.c.id.in_([1, 2])))
    with connection.begin(), pytest.raises(TypeError, match="whole text"):
        ask.run(connection, {})


def test_a_constant_with_a_type_of_its_own_is_none_either(connection: Connection):
    ask = Prepared(select(THING).where(THING.c.on == date(2026, 3, 2)))
    with connection.begin(), pytest.raises(TypeError, match="plain"):
        ask.rows(connection, {})


@contextmanager
def no_room() -> Iterator[None]:
    """No file takes another byte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_in_words(connection: Connection):
    big = ROW | {"name": "长" * 4_000_000}  # more than the cache holds: it spills to the file
    with connection.begin(), no_room(), pytest.raises(Unavailable) as told:
        INSERT.run(connection, big)

    assert told.value.code in {"D-01", "D-02"}
