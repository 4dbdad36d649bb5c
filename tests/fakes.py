"""The few things tests replace: time, the network's mood, the printer, the key store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from app.domain.clock import TimeEvidence, china_date

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""Monday 2 March 2026, noon in China."""


@dataclass
class StoppedClock:
    """A clock that moves only when told to."""

    at: datetime = NOON
    boot: str = "boot-1"
    started: datetime = field(default=NOON - timedelta(hours=1))

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return china_date(self.at)

    def evidence(self) -> TimeEvidence:
        mono = int((self.at - self.started).total_seconds() * 1000)
        return TimeEvidence(wall=self.at, tz=480, boot=self.boot, mono=mono)

    def advance(self, **parts: float) -> None:
        self.at += timedelta(**parts)
