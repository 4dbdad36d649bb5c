"""How a use case reaches the file: one transaction at a time, begun by whoever opened the vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

Begin = Callable[[], "UnitOfWork"]
"""Gives a fresh unit of work. Call on the store thread only."""


def finishing(begin: Begin, draft_key: str) -> Begin:
    """`begin` for one deed: the transaction that records it forgets its form, too (ADR 0010)."""

    def begin_deed() -> UnitOfWork:
        work = begin()
        work.finishes(draft_key)
        return work

    return begin_deed
