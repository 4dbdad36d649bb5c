"""What is this laptop's alone: half-filled forms, households opened lately, packs that tests used.

None is a fact about anybody yet, so none is an operation (ADR 0010); all survive a kill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.clock import Clock
from app.models.base import table_of
from app.models.local import KeptPackRow, ReassessedRow
from app.models.log import DraftRow, RecentRow
from app.store.queries.casework import StoredPack
from app.store.tiers import forget_tiers

_DRAFT = table_of(DraftRow)
_RECENT = table_of(RecentRow)
_PACK = table_of(KeptPackRow)
_REASSESSED = table_of(ReassessedRow)


@dataclass(frozen=True, slots=True)
class LocalNotes:
    """Drafts by key, the households opened last, and shipped packs by their hash."""

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

    def keep_pack(self, pack: StoredPack) -> None:
        """Keep a shipped pack a test has used, once."""
        row = {
            "sha256": pack.sha256,
            "pack_id": pack.pack_id,
            "pack_version": pack.version,
            "bundle": pack.bundle,
            "kept_at": self.clock.now(),
        }
        self.connection.execute(insert(_PACK).values(row).on_conflict_do_nothing())

    def kept_pack(self, sha256: str) -> StoredPack | None:
        """The kept pack with this hash, or None."""
        row = self.connection.execute(select(_PACK).where(_PACK.c.sha256 == sha256)).first()
        if row is None:
            return None
        return StoredPack(row.pack_id, row.pack_version, row.sha256, row.bundle)

    def kept_hashes(self) -> list[str]:
        """The hash of every kept pack."""
        return list(self.connection.execute(select(_PACK.c.sha256)).scalars())


def forget_household(connection: Connection, household_id: str) -> None:
    """Nothing of a household that was erased stays: no half-filled form, no line about it."""
    keys = select(_DRAFT.c.key).where(_DRAFT.c.key.endswith(f":{household_id}", autoescape=True))
    connection.execute(delete(_DRAFT).where(_DRAFT.c.key.in_(keys)))
    connection.execute(delete(_RECENT).where(_RECENT.c.household_id == household_id))
    connection.execute(delete(_REASSESSED).where(_REASSESSED.c.household_id == household_id))
    forget_tiers(connection, household_id)
