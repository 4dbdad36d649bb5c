"""How sync reaches the vault: one transaction at a time, begun by whoever opened it."""

from __future__ import annotations

from collections.abc import Callable

from app.store.unit_of_work import UnitOfWork

Begin = Callable[[], UnitOfWork]
"""Gives a fresh unit of work. Call on the store thread only."""
