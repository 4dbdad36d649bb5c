"""What waits for a person at the county: differing fields, and what was set aside.

The lists name records, fields and devices by their ids and numbers, never a value: whoever may see
those opens the record in the console.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from app.domain.clock import china_date
from app.domain.operations import instant_of
from app.domain.problem import Refused
from county_server.clock import Time
from county_server.database import Database
from county_server.files import write_private
from county_server.quotas import COUNTY_HAND
from county_server.registry import ACTIVE, QUARANTINED, find_device, note, set_state
from county_server.tables import conflict, device, document, quarantine


@dataclass(frozen=True, slots=True)
class Differing:
    """A field two sides filled differently, and for how many days nobody has said which holds."""

    village: str
    entity: str
    entity_id: str
    field: str
    device_no: str
    raised_at: str
    days: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Bytes of a device that were not accepted: kept whole, named by their SHA-256."""

    device_no: str
    device_id: str
    reason: str
    received_at: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Lists and settles what waits."""

    database: Database
    clock: Time

    def differing(self) -> list[Differing]:
        """Every field nobody has decided yet, the oldest first."""
        query = (
            select(conflict, device.c.device_no, document.c.village_code)
            .join(device, device.c.id == conflict.c.device_id)
            .outerjoin(
                document,
                (document.c.entity == conflict.c.entity)
                & (document.c.entity_id == conflict.c.entity_id),
            )
            .where(conflict.c.resolved_at.is_(None))
            .order_by(conflict.c.raised_at, conflict.c.op_id, conflict.c.field)
        )
        with self.database.read() as connection:
            return [
                Differing(
                    village=row.village_code or "",
                    entity=row.entity,
                    entity_id=row.entity_id,
                    field=row.field,
                    device_no=row.device_no,
                    raised_at=row.raised_at,
                    days=(self.clock.today() - china_date(instant_of(row.raised_at))).days,
                )
                for row in connection.execute(query)
            ]

    def aside(self) -> list[Aside]:
        """Everything set aside, the oldest first."""
        query = (
            select(
                device.c.device_no, quarantine.c.device_id, quarantine.c.reason,
                quarantine.c.received_at, quarantine.c.sha256,
                func.length(quarantine.c.data).label("size"),
            )
            .join(device, device.c.id == quarantine.c.device_id)
            .order_by(quarantine.c.received_at, quarantine.c.sha256)
        )  # fmt: skip
        with self.database.read() as connection:
            return [Aside(**row) for row in connection.execute(query).mappings()]

    def save(self, sha256: str, path: Path) -> None:
        """Write what was set aside, byte for byte. Raises Refused K-32, Unavailable K-03."""
        query = select(quarantine.c.data).where(quarantine.c.sha256 == sha256)
        with self.database.read() as connection:
            data: bytes | None = connection.execute(query.limit(1)).scalar_one_or_none()
        if data is None:
            raise Refused(
                "待查的资料里没有这一份。", do="请照 quarantine 列出的编号写全。", code="K-32"
            )
        write_private(path, data)

    def release(self, device_id: str, why: str) -> None:
        """Hear a quarantined device again, once somebody looked at it. What lies aside stays.

        Raises Refused K-33 for a device that is not quarantined or without a reason, Declined
        B-24 for a stranger.
        """
        with self.database.write() as connection:
            row = find_device(connection, device_id, lock=True)
            if row["state"] != QUARANTINED or not why.strip():
                raise Refused(
                    "只有暂停收件的电脑能恢复，还要写明核对的结果。",
                    do="请核对电脑编号，加上 --why；取消了绑定的要重新做绑定文件。",
                    code="K-33",
                )
            set_state(connection, device_id, ACTIVE)
            note(connection, self.clock, COUNTY_HAND, "release", f"{device_id} {why.strip()}")
