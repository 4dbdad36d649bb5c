"""Attachments come in: part by part after the text that names them, whole only when they hash so.

Every answer is a signed receipt that says how many parts are held from the beginning; a device
goes on from there, whatever was lost, repeated or brought by another road.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from app.crypto.envelope import (
    MAX_CONTAINER_BYTES,
    SUITE,
    Container,
    Kind,
    open_container,
    parse_container,
    seal_container,
    verify_container,
)
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.sync.protocol import stick
from app.sync.protocol.blob import (
    BlobReceipt,
    BlobReceiptHeader,
    PartHeader,
    part_length,
    parts_in,
)
from app.sync.protocol.coding import PROTOCOL_VERSION, convert, encode, not_in_form, to_object
from app.sync.protocol.refusal import REVOKED as WITHDRAWN
from county_server import declined
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database, insert_or_leave
from county_server.files import read_bounded
from county_server.registry import QUARANTINED, REVOKED, check_certificate, find_device
from county_server.tables import blob, blob_part, operation, quarantine

_ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Blobs:
    """Receives parts of attachments, by whatever road they came."""

    county: County
    database: Database
    clock: Time

    def receive(self, data: bytes) -> bytes:
        """Keep a part when it is the next one; the receipt, durable before it is returned.

        Raises Refused or Declined (`county_server.declined`); then nothing changed but the
        quarantine.
        """
        container, header = self._authentic(data)
        part = open_container(container, self.county.seal.private)
        if len(part) != part_length(header.size, header.part) or not part:
            raise not_in_form()
        try:
            with self.database.write() as connection:
                row = find_device(connection, header.device, lock=True)
                _check_state(row)
                _check_named(connection, header)
                held = self._keep(connection, header, part)
                return self._receipt(row, header, held)
        except declined.Declined as refusal:
            if refusal.code == WITHDRAWN:
                self._set_aside(header.device, container.sha256, data)
            raise

    def stands(self, data: bytes) -> bytes:
        """A receipt of how far the attachment of a part has come; keeps nothing."""
        _, header = self._authentic(data)
        with self.database.read() as connection:
            row = find_device(connection, header.device)
            return self._receipt(row, header, _held(connection, header))

    def answers(self, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
        """(name, receipt) for every attachment with a part among `paths` that is genuine."""
        done: set[str] = set()
        for path in paths:
            try:
                data = read_bounded(path, MAX_CONTAINER_BYTES)
                _, header = self._authentic(data)
                name = stick.part_receipt_name(header.device, header.attachment)
                if name not in done:
                    done.add(name)
                    yield name, self.stands(data)
            except Refused:
                continue  # the county said why when it took the stick

    def content(self, sha256: str) -> bytes | None:
        """An attachment in clear; None when it is not here, or not whole yet."""
        with self.database.read() as connection:
            query = select(blob.c.device_id).where(blob.c.sha256 == sha256)
            device_id: str | None = connection.execute(query).scalar_one_or_none()
            return None if device_id is None else b"".join(_parts(connection, device_id, sha256))

    def _authentic(self, data: bytes) -> tuple[Container, PartHeader]:
        """A part that its device signed. Raises Refused or Declined."""
        container = parse_container(Kind.BLOB_PART, data)
        header = convert(container.header, PartHeader)
        if header.county != self.county.id or header.to != self.county.kid:
            raise not_in_form()
        with self.database.read() as connection:
            row = find_device(connection, header.device)
            check_certificate(connection, row, header.cert, self.clock)
        verify_container(container, row["sign_public"])
        return container, header

    def _keep(self, connection: Connection, header: PartHeader, part: bytes) -> int:
        """Keep the next part; how many are held. One that is early or known changes nothing.

        The last one proves the whole: parts that spell something else are all let go, and the
        device begins again.
        """
        held = _held(connection, header)
        if header.part != held or held == parts_in(header.size):
            return held
        here = {"device_id": header.device, "sha256": header.blob}
        connection.execute(insert(blob_part), here | {"part": header.part, "data": part})
        if held + 1 < parts_in(header.size):
            return held + 1
        digest = hashlib.sha256()
        for piece in _parts(connection, header.device, header.blob):
            digest.update(piece)
        if digest.hexdigest() != header.blob:
            connection.execute(
                delete(blob_part).where(
                    blob_part.c.device_id == header.device, blob_part.c.sha256 == header.blob
                )
            )
            return 0
        at = instant_text(self.clock.now())
        insert_or_leave(connection, blob, here | {"size": header.size, "received_at": at})
        return held + 1

    def _receipt(self, row: RowMapping, header: PartHeader, held: int) -> bytes:
        """The county's word, sealed to the device and signed."""
        content = BlobReceipt(
            device=header.device,
            attachment=header.attachment,
            blob=header.blob,
            size=header.size,
            held=held,
            complete=held == parts_in(header.size),
            server_time=instant_text(self.clock.now()),
        )
        carried = BlobReceiptHeader(
            v=PROTOCOL_VERSION,
            suite=SUITE,
            county=self.county.id,
            device=header.device,
            attachment=header.attachment,
        )
        return seal_container(
            Kind.BLOB_RECEIPT,
            to_object(carried),
            encode(content),
            recipient=row["seal_public"],
            signer=self.county.root.private,
        )

    def _set_aside(self, device_id: str, sha256: str, data: bytes) -> None:
        """Keep what a revoked device still had, until somebody looks."""
        row = {
            "device_id": device_id,
            "sha256": sha256,
            "reason": WITHDRAWN,
            "received_at": instant_text(self.clock.now()),
            "data": data,
        }
        with self.database.write() as connection:
            insert_or_leave(connection, quarantine, row)


def _check_state(row: RowMapping) -> None:
    """Raises Declined B-22 or B-23."""
    if row["state"] == QUARANTINED:
        raise declined.quarantined()
    if row["state"] == REVOKED:
        raise declined.revoked()


def _check_named(connection: Connection, header: PartHeader) -> None:
    """Raises Declined B-28 unless this device sent a record of the attachment: text comes first."""
    query = select(operation.c.n).where(
        operation.c.entity_id == header.attachment,
        operation.c.device_id == header.device,
        operation.c.entity == _ATTACHMENT,
    )
    if connection.execute(query.limit(1)).first() is None:
        raise declined.nameless()


def _held(connection: Connection, header: PartHeader) -> int:
    """How many parts of it this device brought, from the beginning.

    Its own only: who has but heard of a neighbour's picture, and names its hash, has to bring it.
    Raises Refused B-04 when what it once brought was not as long as it says now.
    """
    counted = select(func.count()).select_from(blob_part).where(
        blob_part.c.device_id == header.device, blob_part.c.sha256 == header.blob
    )  # fmt: skip
    held: int = connection.execute(counted).scalar_one()
    if held >= parts_in(header.size) and not _is_all(connection, header):
        raise not_in_form()
    return held


def _is_all(connection: Connection, header: PartHeader) -> bool:
    """Whether what the device brought is as long as it says now; parts are kept for good only
    once they spelled the hash."""
    query = select(func.sum(func.length(blob_part.c.data))).where(
        blob_part.c.device_id == header.device, blob_part.c.sha256 == header.blob
    )
    size: int | None = connection.execute(query).scalar_one()
    return size == header.size


def _parts(connection: Connection, device_id: str, sha256: str) -> Iterator[bytes]:
    """The parts a device brought, in order."""
    query = (
        select(blob_part.c.data)
        .where(blob_part.c.device_id == device_id, blob_part.c.sha256 == sha256)
        .order_by(blob_part.c.part)
    )
    for data in connection.execute(query).scalars():
        yield bytes(data)
