"""The order that a revoked device erases itself: signed, bound to it, fetched by its own request.

Revoking only stops the device; the order is what reaches the laptop (security §4.8). It says
nothing that could not be said again, so it is made whenever it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.crypto.envelope import Purpose, parse_document, sign_document, verify_document
from app.domain.operations import instant_text
from app.sync.protocol.coding import PROTOCOL_VERSION, convert, to_object
from app.sync.protocol.feed import FeedRequest
from app.sync.protocol.order import Order
from county_server import declined
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.registry import REVOKED, find_device


@dataclass(frozen=True, slots=True)
class Orders:
    """Gives orders to those they are for."""

    county: County
    database: Database
    clock: Time

    def answer(self, data: bytes) -> bytes:
        """The order for the device that signed the request `data` (a feed request).

        Raises Refused, Declined B-24 for a stranger, B-29 when there is no order for it.
        """
        signed = parse_document(data)
        request = convert(signed.body, FeedRequest)
        with self.database.read() as connection:
            row = find_device(connection, request.device)
        verify_document(signed, Purpose.REQUEST, row["sign_public"])
        order = self.of(request.device)
        if order is None:
            raise declined.no_order()
        return order

    def of(self, device_id: str) -> bytes | None:
        """The order for a device; None for one that was not revoked. Raises Declined B-24."""
        with self.database.read() as connection:
            if find_device(connection, device_id)["state"] != REVOKED:
                return None
        order = Order(
            v=PROTOCOL_VERSION,
            county=self.county.id,
            device=device_id,
            kind="erase",
            issued_at=instant_text(self.clock.now()),
        )
        return sign_document(self.county.root.private, Purpose.ORDER, to_object(order))
