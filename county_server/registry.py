"""The devices the county knows: finding one, and whether it may speak."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, select, update

from app.domain.operations import instant_text
from county_server.chain import add_line
from county_server.clock import Time
from county_server.database import signer_of
from county_server.declined import unknown_device
from county_server.judgement import Author
from county_server.tables import assignment, device, issued_certificate

ACTIVE = "active"
QUARANTINED = "quarantined"
REVOKED = "revoked"


def find_device(connection: Connection, device_id: str, *, lock: bool = False) -> RowMapping:
    """The device's row. Raises Declined B-24 for a stranger."""
    query = select(device).where(device.c.id == device_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise unknown_device()
    return row


def check_certificate(
    connection: Connection, row: RowMapping, cert_sha256: str, clock: Time
) -> None:
    """Raises Declined B-24 unless this is a certificate of the device and its newest still holds.

    A batch is sealed once: one that was sealed under an earlier certificate names that one.
    """
    if row["not_after"] < clock.today().isoformat():
        raise unknown_device()
    if row["cert_sha256"] == cert_sha256:
        return
    earlier = select(issued_certificate.c.sha256).where(
        issued_certificate.c.device_id == row["id"], issued_certificate.c.sha256 == cert_sha256
    )
    if connection.execute(earlier).first() is None:
        raise unknown_device()


def author_of(connection: Connection, device_id: str) -> Author:
    """For whom the device speaks, and for whom it spoke before."""
    rows = connection.execute(
        select(assignment)
        .where(assignment.c.device_id == device_id)
        .order_by(assignment.c.since, assignment.c.village_code)
    ).all()
    now = [row.village_code for row in rows if row.ended_at is None]
    before = [row.village_code for row in rows if row.ended_at is not None]
    return Author(device_id, [*now, *before, ""][0], frozenset(now), frozenset(before))


def set_state(connection: Connection, device_id: str, state: str) -> None:
    """Let the device in or keep it out."""
    connection.execute(update(device).where(device.c.id == device_id).values(state=state))


def note(connection: Connection, clock: Time, who: str, what: str, about: str) -> None:
    """One line of the audit: who did what to which id. Never a name, never a value.

    Call last in a transaction: the audit's head is held from here until commit.
    """
    at = instant_text(clock.now())
    add_line(connection, signer_of(connection), at=at, who=who, what=what, about=about)
