"""Parts of the two tables that grow for ever, on PostgreSQL (ADR 0023).

Operations lie in parts by device: everything that asks for them names one. The feed lies in parts
by township, whose nine figures every village code begins with; what concerns the whole county or
one device only stays in a part of its own. SQLite has plain tables.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import DDL, Connection, text

OPERATION_PARTS: Final = 16
"""Fixed: a device stays in the part its id hashes to."""
TOWNSHIP_FIGURES: Final = 9
_LAST: Final = 10**TOWNSHIP_FIGURES - 1
_OPERATION_PART: Final = (
    "CREATE TABLE operation_%(part)s PARTITION OF %(table)s"
    " FOR VALUES WITH (MODULUS %(of)s, REMAINDER %(at)s)"
)
_FEED_REST: Final = "CREATE TABLE feed_rest PARTITION OF %(of)s DEFAULT"
_TOWNSHIP_PART: Final = (
    "CREATE TABLE %(part)s PARTITION OF feed FOR VALUES FROM ('%(low)s') TO ('%(high)s')"
)


def make_operation_parts(connection: Connection, table: str = "operation") -> None:
    """The parts of `operation`, once."""
    for number in range(OPERATION_PARTS):
        context = {"part": f"{number:02d}", "table": table, "of": OPERATION_PARTS, "at": number}
        connection.execute(DDL(_OPERATION_PART, context=context))  # type: ignore[no-untyped-call]


def make_feed_rest(connection: Connection, table: str = "feed") -> None:
    """The part of `feed` for what is no township's, once."""
    connection.execute(DDL(_FEED_REST, context={"of": table}))  # type: ignore[no-untyped-call]


def make_township_parts(connection: Connection, villages: Collection[str]) -> None:
    """A part of `feed` for each township of `villages` that has none; nothing on SQLite.

    Call first in a transaction. A township that has news in the rest keeps it there, where it is
    found just the same.
    """
    if connection.dialect.name != "postgresql":
        return
    for number in sorted({int(code[:TOWNSHIP_FIGURES]) for code in villages}):
        if number < _LAST and not _has_part(connection, number):
            _make_part(connection, number)


def _make_part(connection: Connection, number: int) -> None:
    """The part of one township, whoever else wants to make it now."""
    # writers hold their scopes' rows before they touch the feed: after this none is under way
    connection.execute(text("LOCK TABLE feed_scope IN EXCLUSIVE MODE"))
    if _has_part(connection, number) or _has_rest(connection, number):
        return
    low, high = _limits(number)
    context = {"part": _name(number), "low": low, "high": high}
    connection.execute(DDL(_TOWNSHIP_PART, context=context))  # type: ignore[no-untyped-call]


def _has_part(connection: Connection, number: int) -> bool:
    """Whether the township has a part."""
    query = text("SELECT to_regclass(:name) IS NOT NULL")
    return bool(connection.execute(query, {"name": _name(number)}).scalar_one())


def _has_rest(connection: Connection, number: int) -> bool:
    """Whether news of the township lies in the rest."""
    low, high = _limits(number)
    query = text("SELECT 1 FROM feed_rest WHERE scope >= :low AND scope < :high LIMIT 1")
    return connection.execute(query, {"low": low, "high": high}).first() is not None


def _name(number: int) -> str:
    """The part of a township."""
    return f"feed_{number:09d}"


def _limits(number: int) -> tuple[str, str]:
    """The first scope of a township and the first beyond it."""
    return f"{number:09d}", f"{number + 1:09d}"
