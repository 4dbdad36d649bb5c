"""How a use case reaches the file: one transaction at a time, begun by whoever opened the vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

Begin = Callable[[], "UnitOfWork"]
"""Gives a fresh unit of work. Call on the store thread only."""
