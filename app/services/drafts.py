"""Half-filled forms: kept at every field, found again after a lock, a crash or a power cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.services.work import Begin

OF_A_VISIT: Final = "visit:"
"""What the key of a half-told visit begins with; the household's id follows, or `new`."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Use cases for unfinished forms, by key such as "visit:<household id>"."""

    begin: Begin

    def keep(self, key: str, fields: Mapping[str, Any]) -> None:
        """Store the form as it stands; durable when this returns."""
        with self.begin() as work:
            work.local.keep_draft(key, fields)
            work.commit()

    def get(self, key: str) -> dict[str, Any] | None:
        """The form as it was left, or None."""
        with self.begin() as work:
            return work.local.draft(key)

    def keys(self) -> list[str]:
        """Every unfinished form, newest first."""
        with self.begin() as work:
            return work.local.drafts()

    def drop(self, key: str) -> None:
        """Throw an unfinished form away."""
        with self.begin() as work:
            work.local.drop_draft(key)
            work.commit()
