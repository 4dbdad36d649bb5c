"""How often one may ask: a token bucket per name, in this process's memory (security R61)."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from county_server.clock import Time
from county_server.declined import slow_down

MINUTE: Final = 60.0
_MOST_NAMES: Final = 10_000


@dataclass(slots=True)
class Limit:
    """`per_minute` requests a minute for each name; a full bucket allows that many at once."""

    clock: Time
    per_minute: int
    _buckets: dict[str, tuple[float, datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, name: str) -> None:
        """Count one request. Raises Declined B-26 with the seconds to wait."""
        with self._lock:
            now = self.clock.now()
            left, since = self._buckets.get(name, (float(self.per_minute), now))
            gained = max((now - since).total_seconds(), 0.0) * self.per_minute / MINUTE
            left = min(left + gained, float(self.per_minute))
            if left < 1:
                raise slow_down(math.ceil((1 - left) * MINUTE / self.per_minute))
            if len(self._buckets) >= _MOST_NAMES:
                self._buckets.clear()
            self._buckets[name] = (left - 1, now)
