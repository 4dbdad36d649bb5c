"""Small forms as their drafts keep them: answers as plain values, and back. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from app.domain.money import Money
from app.domain.words import Word

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Readers = Mapping[str, Callable[[Any], object]]
"""How an answer is read back, by field; text is as it stands."""


def kept(form: DataclassInstance) -> dict[str, Any]:
    """Every answer of `form`."""
    return {one.name: _plain(getattr(form, one.name)) for one in fields(form)}


def read(stored: Mapping[str, Any], readers: Readers) -> dict[str, Any]:
    """The answers back; what was not answered is left out."""
    return {
        name: readers[name](value) if name in readers else value
        for name, value in stored.items()
        if value is not None
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  # an answer of any kind
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Word) else value
