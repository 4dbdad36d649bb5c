"""One word inside the database file that survives with it: was this file put back from a backup?

SQLite's application id is part of the file and of its transactions, and needs no table, so a
restore can set it in a copy of any age before the copy comes into force.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

NORMAL: Final = 0x7869656C
"""The file of a vault ("xiel")."""

RESTORED: Final = 0x78696572
"""The same, just restored ("xier"): the log does not yet say so."""


def set_mark(connection: Connection, mark: int) -> None:
    """Set the mark; part of the running transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {mark:d}")


def read_mark(connection: Connection) -> int:
    """The mark; 0 in a file that never was a vault's."""
    return int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())


def note_restore_recorded(connection: Connection) -> None:
    """Say, in the transaction that appends `vault.restored`, that the log now knows."""
    set_mark(connection, NORMAL)


def mark_restored(connection: Connection, generation: int, *, used: int = 0) -> None:
    """Mark the file as put back, under the header of `generation`, in an epoch of its own: beyond
    its own and beyond `used`, the last that is known to have numbered batches.

    The new epoch keeps batch numbers used after the backup was taken from looking like a fork
    (security §4.4). Today's list is made again at the next opening.
    """
    set_mark(connection, RESTORED)
    connection.exec_driver_sql("DELETE FROM work_list")
    connection.exec_driver_sql(
        "UPDATE device SET epoch = max(epoch, ?) + 1, header_generation = ?", (used, generation)
    )
