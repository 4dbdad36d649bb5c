"""What is this laptop's alone: half-filled forms and recently opened households.

Neither is a fact about anybody yet, so neither is an operation (ADR 0010); both survive a kill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.clock import Clock
from app.models.base import table_of
from app.models.log import DraftRow, RecentRow

_DRAFT = table_of(DraftRow)
_RECENT = table_of(RecentRow)


@dataclass(frozen=True, slots=True)
class LocalNotes:
    """Drafts by key, and the households opened last."""

    connection: Connection
    clock: Clock

    def keep_draft(self, key: str, fields: Mapping[str, Any]) -> None:
        """Store the form as it stands."""
        row = {"key": key, "fields": dict(fields), "saved_at": self.clock.now()}
        self.connection.execute(
            insert(_DRAFT).values(row).on_conflict_do_update(index_elements=["key"], set_=row)
        )

    def draft(self, key: str) -> dict[str, Any] | None:
        """The form as it was left, or None."""
        fields: dict[str, Any] | None = self.connection.execute(
            select(_DRAFT.c.fields).where(_DRAFT.c.key == key)
        ).scalar_one_or_none()
        return fields

    def drafts(self) -> list[str]:
        """Keys of every half-filled form, newest first."""
        query = select(_DRAFT.c.key).order_by(_DRAFT.c.saved_at.desc())
        return list(self.connection.execute(query).scalars())

    def drop_draft(self, key: str) -> None:
        """Forget a form that has been finished or thrown away."""
        self.connection.execute(delete(_DRAFT).where(_DRAFT.c.key == key))

    def note_opened(self, household_id: str) -> None:
        """Remember that a household was opened now."""
        row = {"household_id": household_id, "opened_at": self.clock.now()}
        self.connection.execute(
            insert(_RECENT)
            .values(row)
            .on_conflict_do_update(index_elements=["household_id"], set_=row)
        )

    def recent(self, limit: int) -> list[str]:
        """Household ids, the newest first."""
        query = select(_RECENT.c.household_id).order_by(_RECENT.c.opened_at.desc()).limit(limit)
        return list(self.connection.execute(query).scalars())
