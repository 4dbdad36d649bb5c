"""Who answers for which village, who may still speak, and what they may spend."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.sync.protocol.enrolment import Village
from app.sync.protocol.feed import VILLAGE_ENTITY, device_scope
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.invitations import keep_villages
from county_server.ledger import Ledger, News
from county_server.quotas import COUNTY_HAND, issue_quota
from county_server.registry import REVOKED, find_device, note, set_state
from county_server.tables import assignment, feed


@dataclass(frozen=True, slots=True)
class Assignments:
    """Changes of responsibility, each one transaction and one line of audit."""

    county: County
    database: Database
    clock: Time

    def assign(self, device_id: str, village: Village) -> None:
        """The device answers for `village` from now on. Raises Declined B-24 for a stranger."""
        with self.database.write() as connection:
            keep_villages(connection, [village])
            find_device(connection, device_id, lock=True)
            _open(connection, device_id, village.code, instant_text(self.clock.now()))
            note(connection, self.clock, COUNTY_HAND, "assign", f"{device_id} {village.code}")

    def hand_over(self, village_code: str, giver: str, taker: str) -> None:
        """`giver` stops and `taker` begins to answer for a village, in one step.

        What the giver has not sent yet is still accepted and goes to the taker. Raises Refused
        K-15 when the giver does not answer for it, Declined B-24 for a stranger.
        """
        with self.database.write() as connection:
            for device_id in sorted({giver, taker}):
                find_device(connection, device_id, lock=True)
            ledger = Ledger(connection, self.clock.now())
            ledger.lock([village_code, device_scope(giver)])
            ended = connection.execute(
                update(assignment)
                .where(
                    assignment.c.device_id == giver,
                    assignment.c.village_code == village_code,
                    assignment.c.ended_at.is_(None),
                )
                .values(ended_at=ledger.at)
            )
            if not ended.rowcount:
                raise Refused("这台电脑现在不管这个村。", do="请核对村代码。", code="K-15")
            _open(connection, taker, village_code, ledger.at)
            ledger.announce(
                device_scope(giver),
                VILLAGE_ENTITY,
                village_code,
                News("leave", village_code, None, None),
            )
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "handover", f"{village_code} {giver} {taker}")

    def revoke(self, device_id: str) -> None:
        """The device speaks no more. What it still sends is set aside, not dropped."""
        with self.database.write() as connection:
            find_device(connection, device_id, lock=True)
            set_state(connection, device_id, REVOKED)
            note(connection, self.clock, COUNTY_HAND, "revoke", device_id)

    def grant(self, device_id: str, amount: Money, days: int) -> str:
        """Give a further spending token; return its id. Raises Declined B-24 for a stranger."""
        with self.database.write() as connection:
            find_device(connection, device_id, lock=True)
            ledger = Ledger(connection, self.clock.now())
            ledger.lock([device_scope(device_id)])
            token = issue_quota(
                ledger, self.county, self.clock, device_id=device_id, amount=amount, days=days
            )
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "grant", f"{device_id} {token}")
        return token


def _open(connection: Connection, device_id: str, village_code: str, at: str) -> None:
    """Begin an assignment; taking a village back also takes back its `leave`, and what the device
    once said of it is news to it again: it was erased there."""
    held = connection.execute(
        select(assignment.c.ended_at).where(
            assignment.c.device_id == device_id, assignment.c.village_code == village_code
        )
    ).first()
    if held is None:
        row = {"device_id": device_id, "village_code": village_code, "since": at}
        connection.execute(insert(assignment), row)
        return
    connection.execute(
        update(assignment)
        .where(assignment.c.device_id == device_id, assignment.c.village_code == village_code)
        .values(ended_at=None)
    )
    connection.execute(
        delete(feed).where(
            feed.c.scope == device_scope(device_id),
            feed.c.entity == VILLAGE_ENTITY,
            feed.c.entity_id == village_code,
        )
    )
    connection.execute(
        update(feed)
        .where(feed.c.scope == village_code, feed.c.known_to == device_id)
        .values(known_to=None)
    )
