"""The database connection: every setting asked back, one thread, our own BEGIN."""

from __future__ import annotations

import secrets
import sqlite3
import threading

import apsw
import pytest
from sqlalchemy import exc, text

from app.domain.problem import Unavailable
from app.store import sqlcipher
from app.store.engine import open_engine
from app.store.sqlcipher import connect, create
from tests.vaults import CANARY, flip, problem

KEY = bytes(range(32))

SETTINGS = {
    "journal_mode": "persist",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "mmap_size": 0,
    "secure_delete": 1,
    "cell_size_check": 1,
    "cache_size": -32000,
    "cipher_log_level": "NONE",
    "cipher_status": "1",
}


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "file.db"
    create(made, KEY)
    return made


@pytest.fixture
def engine(path):
    made = open_engine(path, KEY)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a TEXT UNIQUE)")
        connection.exec_driver_sql("INSERT INTO t VALUES (?)", (CANARY,))
    yield made
    made.dispose()


@pytest.mark.parametrize(("pragma", "value"), SETTINGS.items())
def test_every_setting_holds(engine, pragma, value):
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_driver_that_does_not_take_a_setting_is_refused(path, monkeypatch):
    monkeypatch.setitem(sqlcipher._SETTINGS, "page_size", 1024)

    with pytest.raises(RuntimeError, match="page_size"):
        connect(path, KEY)


def test_a_driver_older_than_the_vault_may_trust_is_refused(path, monkeypatch):
    monkeypatch.setattr(sqlcipher, "LEAST_SQLITE", (99, 0, 0))

    with pytest.raises(RuntimeError, match="older"):
        connect(path, KEY)


def test_the_file_is_private_and_so_is_its_journal(engine, path):
    modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}

    assert modes == {"file.db": 0o600, "file.db-journal": 0o600}


def test_nothing_lies_in_clear(engine, path):
    for file in path.parent.iterdir():
        data = file.read_bytes()
        assert CANARY.encode() not in data
        assert CANARY.encode("utf-16-le") not in data
        assert CANARY.encode("gb18030") not in data
        assert b"SQLite format" not in data


def test_the_system_s_sqlite_does_not_open_it(engine, path):
    stranger = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        stranger.execute("SELECT * FROM t")
    stranger.close()


def test_an_independent_reader_opens_it_with_the_raw_key(engine, path):
    reader = apsw.Connection(str(path))
    for pragma in ("cipher='sqlcipher'", "legacy=4", f'key="raw:{KEY.hex()}"'):
        list(reader.execute(f"PRAGMA {pragma}"))

    assert list(reader.execute("SELECT a FROM t")) == [(CANARY,)]
    assert list(reader.execute("PRAGMA integrity_check")) == [("ok",)]
    reader.close()


def test_another_key_is_named_damage(engine, path):
    with problem("V-03"):
        open_engine(path, secrets.token_bytes(32)).connect()


def test_an_absent_file_is_named_and_not_made(tmp_path):
    with problem("V-03"):
        connect(tmp_path / "absent.db", KEY)

    assert list(tmp_path.iterdir()) == []


def test_a_damaged_page_is_named_while_reading(path):
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE big (a)")
        connection.exec_driver_sql("INSERT INTO big VALUES (zeroblob(50000))")
    engine.dispose()
    flip(path, 5 * 4096 + 100)

    with problem("V-03"), open_engine(path, KEY).connect() as connection:
        connection.exec_driver_sql("SELECT sum(length(hex(a))) FROM big").scalar()


def test_another_thread_is_refused_and_costs_nothing(engine):
    caught = []

    def use():
        try:
            engine.connect()
        except RuntimeError as error:
            caught.append(str(error))

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()

    assert caught == ["the vault is used on the thread that opened it, no other"]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 1


def test_a_closed_engine_does_not_open_the_file_again(engine):
    engine.dispose()

    with pytest.raises(RuntimeError, match="closed"):
        engine.connect()


def test_asking_twice_fails_at_once_instead_of_waiting_for_oneself(engine):
    with engine.connect(), pytest.raises(exc.TimeoutError):
        engine.connect()


def test_a_transaction_that_fails_leaves_no_table_behind(engine):
    def half() -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE half (a)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()

    with engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert tables.scalars().all() == ["t"]


def test_errors_do_not_say_what_was_bound(engine):
    with pytest.raises(exc.IntegrityError) as caught, engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (?)", (CANARY,))

    assert CANARY not in str(caught.value)


def test_a_reader_writes_nothing(engine, path):
    reader = open_engine(path, KEY, read_only=True)
    with reader.connect() as connection, pytest.raises(Unavailable):
        connection.exec_driver_sql("DELETE FROM t")
    reader.dispose()


def test_a_file_another_program_is_writing_is_in_use(engine, path, monkeypatch):
    other = connect(path, KEY)
    other.execute("PRAGMA busy_timeout = 1")
    with engine.begin(), problem("V-05"), sqlcipher.translated():
        other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_bug_of_ours_stays_a_bug(path):
    connection = connect(path, KEY)
    with pytest.raises(sqlcipher.dbapi2.OperationalError), sqlcipher.translated():
        connection.execute("SELECT nonsense")
    connection.close()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("database or disk is full", "D-01"),
        ("disk I/O error", "D-02"),
        ("attempt to write a readonly database", "D-03"),
        ("database disk image is malformed", "V-03"),
        ("database is locked", "V-05"),
    ],
)
def test_a_failure_without_a_number_is_known_by_sqlite_s_words(words, code):
    """What the driver's own `backup` raises carries no code."""
    with problem(code), sqlcipher.translated():
        raise sqlcipher.dbapi2.OperationalError(words)


def test_words_of_a_bug_stay_a_bug():
    with pytest.raises(sqlcipher.dbapi2.OperationalError), sqlcipher.translated():
        raise sqlcipher.dbapi2.OperationalError("no such table: visit")
