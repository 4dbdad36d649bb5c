"""The packs that tests were made with: an old test recomputes from the very pack it used.

Packs the county published stay in the vault for good. One shipped with the program may be another
after an update, so the first test that uses it puts it beside its records, once for each hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.rules.pack import Pack
from app.services.policies import STANDBY, Policies

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OldPacks:
    """Finds packs by hash inside the caller's transaction, each read once."""

    policies: Policies
    _read: dict[str, Pack] = field(default_factory=dict, repr=False)

    def keep(self, work: UnitOfWork, pack: Pack) -> None:
        """See to it that `pack` can be found later; the caller commits."""
        from app.store.queries.casework import StoredPack

        if work.casework.pack(pack.sha256) is None and work.local.kept_pack(pack.sha256) is None:
            bundle = self.policies.bundle(pack).decode("utf-8")
            work.local.keep_pack(StoredPack(pack.id, pack.version, pack.sha256, bundle))

    def find(self, work: UnitOfWork, sha256: str) -> Pack | None:
        """The pack with this hash: published, kept or still shipped; None when nobody has it.

        Raises Refused (C-01 … C-08) for one that cannot be read any more.
        """
        if sha256 not in self._read:
            stored = work.casework.pack(sha256) or work.local.kept_pack(sha256)
            if stored is not None:
                self._read[sha256] = self.policies.received(stored.bundle.encode())
                return self._read[sha256]
            shipped = (self.policies.load(name) for name in self.policies.names())
            found = next((pack for pack in shipped if pack.sha256 == sha256), None)
            if found is None:
                return None
            self._read[sha256] = found
        return self._read[sha256]

    def before(self, work: UnitOfWork, pack: Pack, on: date) -> Pack:
        """The pack that was in force on `on` before `pack` came; the national one if none was."""
        published = [stored.sha256 for stored in work.casework.packs()]
        older = published[published.index(pack.sha256) + 1 :] if pack.sha256 in published else []
        for sha256 in older:
            found = self.find(work, sha256)
            if found is not None and found.is_in_force(on):
                return found
        return self.policies.load(STANDBY)
