"""How the county stands: devices and their silence, records by kind, what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.domain.clock import china_date
from app.domain.operations import instant_of
from app.rules.parameters import TOWNSHIPS
from app.rules.terms import terms_of
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.packs import pack_in_force
from county_server.partitions import TOWNSHIP_FIGURES
from county_server.tables import (
    assignment,
    batch,
    conflict,
    device,
    document,
    operation,
    payment,
    quarantine,
)
from county_server.troubles import current


@dataclass(frozen=True, slots=True)
class Status:
    """Counts only: no names, no values."""

    county: County
    database: Database
    clock: Time

    def report(self) -> dict[str, Any]:
        """Everything `status --json` prints."""
        with self.database.read() as connection:
            return {
                "county": self.county.id,
                "documents": _by(connection, document.c.entity),
                "operations": _by(connection, operation.c.entity),
                "outcomes": _by(connection, operation.c.outcome),
                "batches": _count(connection, batch),
                "payments": _count(connection, payment),
                "conflicts": _open_conflicts(connection),
                "quarantine": _count(connection, quarantine),
                "townships": self._townships(connection),
                "devices": [self._device(connection, row) for row in _devices(connection)],
            }

    def _device(self, connection: Connection, row: Any) -> dict[str, Any]:  # noqa: ANN401  # a row
        """One device: how far its chain has come, for how many days it has been silent, and for
        how many nothing of it was accepted (None: all is well)."""
        seen = row.last_seen_at or row.enrolled_at
        wrong = current(connection, row.id, row.last_seen_at)
        return {
            "id": row.id,
            "no": row.device_no,
            "state": row.state,
            "epoch": row.epoch,
            "batches": row.last_seq,
            "operations": row.head_n,
            "last_seen": row.last_seen_at,
            "silent_days": self._days_since(seen),
            "failing_days": None if wrong is None else self._days_since(wrong["since"]),
            "failing_code": None if wrong is None else wrong["code"],
            "failing_times": 0 if wrong is None else wrong["times"],
            "certificate_days": (date.fromisoformat(row.not_after) - self.clock.today()).days,
        }

    def _townships(self, connection: Connection) -> dict[str, int | None]:
        """How many the county has, as its pack says (None: it does not), and how many were heard.

        A township is heard once a laptop that serves one of its villages has sent a batch.
        """
        today = self.clock.today()
        pack = pack_in_force(connection, today)
        said = None if pack is None else terms_of(pack, today).find(TOWNSHIPS)
        villages = connection.execute(_HEARD).scalars()
        heard = len({code[:TOWNSHIP_FIGURES] for code in villages})
        return {"all": None if said is None else said.value, "heard": heard}

    def _days_since(self, instant: str) -> int:
        """Days in China from an instant to today."""
        return (self.clock.today() - china_date(instant_of(instant))).days


_HEARD: Final = (
    select(assignment.c.village_code)
    .join(device, device.c.id == assignment.c.device_id)
    .where(assignment.c.ended_at.is_(None), device.c.last_seq > 0)
)


def _by(connection: Connection, column: Any) -> dict[str, int]:  # noqa: ANN401  # a column
    """Rows per value of `column`."""
    query = select(column, func.count()).group_by(column).order_by(column)
    return {row[0]: row[1] for row in connection.execute(query)}


def _count(connection: Connection, table: Any) -> int:  # noqa: ANN401  # a table
    """Rows of a table."""
    number: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return number


def _open_conflicts(connection: Connection) -> int:
    """Differences nobody has decided yet."""
    query = select(func.count()).select_from(conflict).where(conflict.c.resolved_at.is_(None))
    number: int = connection.execute(query).scalar_one()
    return number


def _devices(connection: Connection) -> Any:  # noqa: ANN401  # rows
    """Every device in the order of its number."""
    return connection.execute(select(device).order_by(device.c.device_no)).all()
