"""What goes wrong with a device, so that somebody rings the village before it rings the county.

One row a device: the newest refusal, since when nothing of the device was accepted, and how often
it was refused in that time. A success needs no writing: what came before it counts no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select, update

from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.sync.protocol.refusal import REPLAYED
from county_server.clock import Time
from county_server.database import Database
from county_server.tables import device, trouble


@dataclass(frozen=True, slots=True)
class Troubles:
    """Notes refusals of known devices."""

    database: Database
    clock: Time

    @contextmanager
    def noted(self, device_id: str) -> Iterator[None]:
        """Note a refusal of what is done inside, and pass it on."""
        try:
            yield
        except Refused as refusal:
            if refusal.code != REPLAYED:  # a request that came twice; nothing is wrong
                self._note(device_id, refusal.code)
            raise

    def _note(self, device_id: str, code: str) -> None:
        """One more refusal; nothing for a device the county does not know."""
        at = instant_text(self.clock.now())
        with self.database.write() as connection:
            query = select(device.c.last_seen_at).where(device.c.id == device_id)
            known = connection.execute(query.with_for_update()).first()
            if known is None:
                return
            before = current(connection, device_id, known.last_seen_at)
            since, times = (at, 1) if before is None else (before["since"], before["times"] + 1)
            values = {"code": code, "since": since, "at": at, "times": times}
            mine = update(trouble).where(trouble.c.device_id == device_id).values(values)
            if not connection.execute(mine).rowcount:
                connection.execute(insert(trouble), {"device_id": device_id, **values})


def current(connection: Connection, device_id: str, last_seen_at: str | None) -> RowMapping | None:
    """The trouble of a device that nothing was accepted from since; None when all is well."""
    row = (
        connection.execute(select(trouble).where(trouble.c.device_id == device_id))
        .mappings()
        .first()
    )
    is_over = row is not None and last_seen_at is not None and row["at"] < last_seen_at
    return None if is_over else row
