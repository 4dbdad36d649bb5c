"""Packs in a vault as the county's feed brings them."""

from __future__ import annotations

from types import SimpleNamespace

from sqlalchemy import insert

from app.domain.operations import instant_text
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.rules.bundle import bundle_of
from app.rules.pack import Pack
from app.store import projection


def publish(work: SimpleNamespace, pack: Pack, **other: object) -> None:
    """Publish `pack`, a minute after anything before; `other` replaces fields of its document."""
    work.clock.advance(minutes=1)
    body = {
        "pack_id": pack.id,
        "pack_version": pack.version,
        "sha256": pack.sha256,
        "bundle": bundle_of(pack).decode(),
        "published_at": instant_text(work.clock.now()),
    } | other
    entity_id = f"{body['pack_id']}@{body['pack_version']}"
    row = {"entity": "policy_pack", "entity_id": entity_id, "subject": entity_id, "version": 1}
    with work.begin() as unit:
        unit.connection.execute(insert(table_of(ServerDocumentRow)), row | {"body": body})
        projection.rebuild(unit.connection, "policy_pack", entity_id)
        unit.commit()
