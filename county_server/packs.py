"""Publishing policy packs: checked whole before any laptop sees them, and never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.rules.bundle import bundle_of, parse_bundle
from app.rules.pack import File, Pack, parse_pack
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.clock import Time
from county_server.database import Database
from county_server.files import read_bounded
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note

ENTITY: Final = "policy_pack"
_CAP: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Packs:
    """Publishes packs to every device of the county."""

    database: Database
    clock: Time

    def publish(self, files: Sequence[File]) -> Pack:
        """Check and publish. Raises Refused C-… for a bad pack, K-10 for a version that is taken.

        Publishing the same bytes again does nothing.
        """
        pack = parse_pack(files)
        entity_id = f"{pack.id}@{pack.version}"
        with self.database.write() as connection:
            ledger = Ledger(connection, self.clock.now())
            ledger.lock([COUNTY_SCOPE])
            before = ledger.get(ENTITY, entity_id)
            if before is not None:
                if before.body["sha256"] != pack.sha256:
                    raise Refused(
                        "这个版本号的政策包已经发布过，内容不一样。",
                        do="请换一个新的版本号再发布。",
                        code="K-10",
                    )
                return pack
            document = Document(ENTITY, entity_id, COUNTY_HAND, None, 0, {}, {})
            fields = {
                "pack_id": pack.id,
                "pack_version": pack.version,
                "sha256": pack.sha256,
                "bundle": bundle_of(pack).decode("utf-8"),
                "published_at": instant_text(self.clock.now()),
            }
            document.amend(fields, COUNTY_HAND, ledger.at)
            ledger.put(document)
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "publish-pack", entity_id)
        return pack


def read_layers(paths: Sequence[Path]) -> list[File]:
    """TOML layers, lowest first, or the one `.json` bundle. Raises Refused K-04 or C-…."""
    if len(paths) == 1 and paths[0].suffix == ".json":
        return list(parse_bundle(read_bounded(paths[0], _CAP)).files)
    return [(path.name, read_bounded(path, _CAP)) for path in paths]
