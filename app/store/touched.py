"""Whose records a transaction has changed, and of which kind: what today's list is kept by.

Noted wherever a working row changes; read once, before the commit, by whoever keeps the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

EVERYTHING: Final = "*"
"""Stands for every kind of record: the subject came or went as a whole."""
CONFLICT: Final = "conflict"
"""A difference between both sides was raised or decided."""
REASSESSED: Final = "reassessed"
"""The village was tested again (`app.store.reassessments`)."""

_TOUCHED: Final = "xieli.touched"

Touched = Mapping[str, frozenset[str]]
"""subject → the kinds of record that changed."""


def touch(connection: Connection, entity: str, subject: str) -> None:
    """Note that a record of `subject` changed."""
    known: dict[str, set[str]] = connection.info.setdefault(_TOUCHED, {})
    known.setdefault(subject, set()).add(entity)


def is_touched(connection: Connection, entity: str) -> bool:
    """Whether the transaction has changed a record of this kind so far."""
    known: dict[str, set[str]] = connection.info.get(_TOUCHED, {})
    return any(entity in entities for entities in known.values())


def take_touched(connection: Connection) -> Touched:
    """Everything noted since the transaction began, once."""
    known: dict[str, set[str]] = connection.info.pop(_TOUCHED, {})
    return {subject: frozenset(entities) for subject, entities in known.items()}
