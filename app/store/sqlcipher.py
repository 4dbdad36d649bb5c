"""A bare connection to the encrypted file, every setting asserted before anybody uses it.

Rollback journal and FULL sync, never WAL: a damaged write-ahead log loses committed work without
a word (security F3), a damaged page here is always noticed (F4). The system's own `sqlite3` is
never used for the vault; it may be old enough to corrupt one (F2).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel ships no stubs

from app.domain.problem import Unavailable
from app.store.atomic import PRIVATE_FILE, disk_failing, disk_forbidden, disk_full

LEAST_SQLITE: Final = (3, 51, 3)
"""The first release without the WAL-reset corruption (security F2)."""

RawConnection = Any
"""A `sqlcipher3.dbapi2.Connection`; the driver has no types."""

_SETTINGS: Final[dict[str, object]] = {
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "mmap_size": 0,
    "secure_delete": 1,
    "cell_size_check": 1,
    "cache_size": -32000,
}
"""Set on every connection and asked back. synchronous 2 is FULL, temp_store 2 is memory; without
recursive_triggers a REPLACE takes a record out of the log past the trigger that forbids it."""

_CIPHER: Final[dict[str, object]] = {
    "cipher_status": "1",
    "cipher_page_size": "4096",
    "cipher_hmac_algorithm": "HMAC_SHA512",
}
"""SQLCipher's own defaults, asked but not set: they are a property of the file."""

_PRIMARY_CODE: Final = 0xFF
_BUSY: Final = 5
_READ_ONLY: Final = 8
_IO_ERROR: Final = 10
_CORRUPT: Final = 11
_FULL: Final = 13
_CANNOT_OPEN: Final = 14
_NOT_A_DATABASE: Final = 26

_BY_WORDS: Final = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READ_ONLY,
    "disk I/O error": _IO_ERROR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANNOT_OPEN,
    "file is not a database": _NOT_A_DATABASE,
}
"""SQLite's own words for its codes: what `backup` raises carries no code in this driver."""

DriverIntegrityError: type[Exception] = dbapi2.IntegrityError
"""What a prepared statement raises where SQLAlchemy's own IntegrityError would come."""


def connect(path: Path, key: bytes, *, read_only: bool = False) -> RawConnection:
    """An autocommit connection to an existing file; begin and commit are yours to say.

    Raises Unavailable V-03 when the file is missing, damaged or not under this key, V-05 when
    another program holds it, D-01…D-03 for the disk.
    """
    if not path.is_file():
        raise database_unreadable()
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    with translated():
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=5.0)
    try:
        with translated():
            _settle(connection, key, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path, key: bytes) -> None:
    """Make a new, empty encrypted file. Raises OSError when it exists, Unavailable D-01…D-03."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    connect(path, key).close()


@contextmanager
def translated() -> Iterator[None]:
    """Say a driver's expected failure in the coordinator's words; let bugs through."""
    try:
        yield
    except dbapi2.Error as error:
        problem = database_problem(error)
        if problem is None:
            raise
        raise problem from error


def database_problem(error: BaseException) -> Unavailable | None:
    """The expected failure behind a driver's error, or None when it is a bug of ours."""
    if not isinstance(error, dbapi2.Error):
        return None
    named = getattr(error, "sqlite_errorcode", None) or _BY_WORDS.get(str(error), 0)
    match named & _PRIMARY_CODE:
        case code if code == _FULL:
            return disk_full()
        case code if code == _IO_ERROR:
            return disk_failing()
        case code if code in (_READ_ONLY, _CANNOT_OPEN):
            return disk_forbidden()
        case code if code in (_CORRUPT, _NOT_A_DATABASE):
            return database_unreadable()
        case code if code == _BUSY:
            return in_use()
    return None


def database_unreadable() -> Unavailable:
    """V-03."""
    return Unavailable(
        "保险箱里的数据文件坏了或缺了。",
        safe="备份没有动过。",
        do="请用最近一次备份恢复。",
        code="V-03",
    )


def in_use() -> Unavailable:
    """V-05."""
    return Unavailable(
        "这个保险箱已经在另一个窗口里打开了。", do="请到那个窗口里继续，或者先关掉它。", code="V-05"
    )


def _settle(connection: RawConnection, key: bytes, *, read_only: bool) -> None:
    """Key first, then every setting, then ask each back. Raises RuntimeError for a wrong build."""
    if dbapi2.sqlite_version_info < LEAST_SQLITE:
        raise RuntimeError("the bundled SQLite is older than the vault may trust")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    for name, value in _SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # fails under a wrong key
    if read_only:
        connection.execute("PRAGMA query_only = 1")
    else:
        connection.execute("PRAGMA journal_mode = PERSIST")
        _assert_pragma(connection, "journal_mode", "persist")
    for name, value in {**_SETTINGS, **_CIPHER}.items():
        _assert_pragma(connection, name, value)


def _assert_pragma(connection: RawConnection, name: str, expected: object) -> None:
    answer = connection.execute(f"PRAGMA {name}").fetchone()
    if answer is None or answer[0] != expected:
        raise RuntimeError(f"the driver did not take PRAGMA {name}")
