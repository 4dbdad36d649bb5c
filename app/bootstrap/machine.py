"""This machine: its clock and its places. The only code that asks what time it is."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from app.domain.clock import TimeEvidence, china_date

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_SECONDS_A_MINUTE: Final = 60
_NANOSECONDS: Final = 1_000_000


def boot_id() -> str:
    """An opaque id of the running boot; of this process where the system tells none."""
    if _BOOT_ID.exists():
        return _BOOT_ID.read_text(encoding="ascii").strip()
    import uuid  # only where there is no such file

    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own time."""

    boot: str = field(default_factory=boot_id)

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # the one place that asks

    def today(self) -> date:
        """Today's date in China."""
        return china_date(self.now())

    def evidence(self) -> TimeEvidence:
        """The present instant with what can later vouch for it."""
        now = self.now()
        offset = now.astimezone().utcoffset()
        minutes = 0 if offset is None else int(offset.total_seconds()) // _SECONDS_A_MINUTE
        return TimeEvidence(
            wall=now, tz=minutes, boot=self.boot, mono=time.monotonic_ns() // _NANOSECONDS
        )
