"""Which schema a file has, found out without Alembic (half a second on every start)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.store.sqlcipher import connect, database_unreadable, translated

REVISIONS: Final = ("0001",)
"""Every released schema, oldest first. A test compares them with the migration files."""

HEAD: Final = REVISIONS[-1]


def read_revision(path: Path, key: bytes) -> str:
    """The schema revision of the file.

    Raises Unavailable V-03 when it is damaged, not under `key`, or has no schema at all.
    """
    connection = connect(path, key, read_only=False)  # a hot journal must be rolled back first
    try:
        with translated():
            table = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchone()
            row = table[0] and connection.execute("SELECT version_num FROM alembic_version")
            found = row.fetchone() if row else None
    finally:
        connection.close()
    if found is None:
        raise database_unreadable()
    return str(found[0])
