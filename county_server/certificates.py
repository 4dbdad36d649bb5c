"""The county's word on who a device is: given at enrolment, given anew before it ends.

A device keeps its keys. A new certificate is in force at once, whether or not the device has
fetched it; what it sealed under an earlier one is still good.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, RowMapping, select, update

from app.crypto.envelope import Purpose, parse_document, sign_document
from app.domain.problem import Refused
from app.sync.protocol.coding import convert, to_object
from app.sync.protocol.enrolment import Certificate, Village
from app.sync.protocol.feed import device_scope
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database, insert_or_leave
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import REVOKED, find_device, note
from county_server.tables import assignment, device, issued_certificate, village

ENTITY: Final = "device_certificate"
"""The document that carries a renewed certificate down, in the device's own scope."""
CERTIFICATE_DAYS: Final = 400
"""Longest life of a certificate (security R30)."""
SOON_DAYS: Final = 60
"""Days before the end in which the county is told to renew."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """A device and the last day of its new certificate."""

    device_no: str
    not_after: str


@dataclass(frozen=True, slots=True)
class Certificates:
    """Renews certificates."""

    county: County
    database: Database
    clock: Time

    def renew(self, device_id: str) -> Renewed:
        """A certificate of 400 days from today, for the villages the device answers for now.

        Raises Declined B-24 for a stranger, Refused K-34 for a device whose binding was withdrawn.
        """
        with self.database.write() as connection:
            return self._renew(connection, find_device(connection, device_id, lock=True))

    def renew_ending(self, days: int = SOON_DAYS) -> list[Renewed]:
        """Renew every certificate with fewer than `days` left, but for withdrawn bindings."""
        last = (self.clock.today() + timedelta(days=days)).isoformat()
        query = (
            select(device.c.id)
            .where(device.c.not_after < last, device.c.state != REVOKED)
            .order_by(device.c.id)
        )
        with self.database.read() as connection:
            ending = connection.execute(query).scalars().all()
        return [self.renew(device_id) for device_id in ending]

    def _renew(self, connection: Connection, row: RowMapping) -> Renewed:
        if row["state"] == REVOKED:
            raise Refused(
                "这台电脑的绑定已经取消，不能续。", do="要再用，请重新做一份绑定文件。", code="K-34"
            )
        before = convert(parse_document(row["certificate"].encode()).body, Certificate)
        ledger = Ledger(connection, self.clock.now())
        ledger.lock([device_scope(row["id"])])
        made = msgspec.structs.replace(
            before,
            villages=_villages(connection, row["id"]),
            issued_at=ledger.at,
            not_after=last_day(self.clock.today()),
        )
        signed = sign_document(self.county.root.private, Purpose.CERTIFICATE, to_object(made))
        values = columns_of(made, signed)
        connection.execute(update(device).where(device.c.id == row["id"]).values(values))
        keep_issued(connection, made, signed)
        told = ledger.get(ENTITY, row["id"])
        if told is None:
            told = Document(ENTITY, row["id"], row["id"], None, 0, {}, {})
        told.amend({"signed": signed.decode(), "not_after": made.not_after}, COUNTY_HAND, ledger.at)
        ledger.put_for_device(told, row["id"])
        ledger.flush()
        note(connection, self.clock, COUNTY_HAND, "renew", row["id"])
        return Renewed(row["device_no"], made.not_after)


def last_day(today: date) -> str:
    """The last day of a certificate given today."""
    return (today + timedelta(days=CERTIFICATE_DAYS)).isoformat()


def columns_of(made: Certificate, signed: bytes) -> dict[str, str]:
    """What the device's row says of its newest certificate."""
    return {
        "certificate": signed.decode(),
        "cert_sha256": hashlib.sha256(signed).hexdigest(),
        "not_after": made.not_after,
    }


def keep_issued(connection: Connection, made: Certificate, signed: bytes) -> None:
    """Remember a certificate of a device that is entered."""
    row = {
        "sha256": hashlib.sha256(signed).hexdigest(),
        "device_id": made.device,
        "not_after": made.not_after,
        "issued_at": made.issued_at,
    }
    # renewed twice in one moment it is the same paper
    insert_or_leave(connection, issued_certificate, row)


def _villages(connection: Connection, device_id: str) -> list[Village]:
    """The villages the device answers for now."""
    query = (
        select(village.c.code, village.c.name)
        .join(assignment, assignment.c.village_code == village.c.code)
        .where(assignment.c.device_id == device_id, assignment.c.ended_at.is_(None))
        .order_by(village.c.code)
    )
    return [Village(row.code, row.name) for row in connection.execute(query)]
