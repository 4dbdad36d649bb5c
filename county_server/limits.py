"""How often one may ask: a token bucket per name (security R61), one for all processes of a county.

On PostgreSQL the buckets lie in a table that is neither logged nor waited for; a trial on SQLite is
one process and keeps them in its memory. What is stored is when a bucket would be full again, so a
request is one statement and a name that has not asked for a while needs no row.
"""

from __future__ import annotations

import hashlib
import math
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import BigInteger, ColumnElement, bindparam, cast, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from county_server.clock import Time
from county_server.database import Database
from county_server.declined import slow_down
from county_server.tables import pace

MINUTE: Final = 60.0
_MINUTE_MS: Final = 60_000
_SECOND_MS: Final = 1000
_MOST_NAMES: Final = 10_000
_SWEPT_EVERY: Final = 1_000
_HELD_FOR: Final = timedelta(seconds=2)


_NOW: Final[ColumnElement[int]] = cast(
    func.extract("epoch", func.clock_timestamp()) * _SECOND_MS, BigInteger
)
"""The database's own clock, in milliseconds: processes on several machines have but one."""
_TAKEN: Final = bindparam("taken", type_=BigInteger)
_FULL: Final = bindparam("full", type_=BigInteger)
_AFTER: Final = func.greatest(pace.c.free_at_ms, _NOW) + _TAKEN
_DRAW: Final = (
    insert(pace)
    .values(name=bindparam("key"), free_at_ms=_NOW + _TAKEN)
    .on_conflict_do_update(
        index_elements=["name"],
        set_={"free_at_ms": _AFTER},
        where=_FULL >= _AFTER - _NOW,
    )
    .returning(pace.c.free_at_ms)
)


class Limit(Protocol):
    """So many requests a minute for each name; a full bucket allows that many at once."""

    def spend(self, name: str) -> None:
        """Count one request. Raises Declined B-26 with the seconds to wait, Unavailable K-01."""
        ...


def limit(
    database: Database, clock: Time, what: str, per_minute: int, *, at_once: int = 1
) -> Limit:
    """The limit of this county on `what`. `at_once`: see `SharedLimit`."""
    if database.is_sqlite:
        return OwnLimit(clock, per_minute)
    return SharedLimit(database, clock, what, per_minute, at_once)


@dataclass(slots=True)
class OwnLimit:
    """A `Limit` in this process's memory."""

    clock: Time
    per_minute: int
    _buckets: dict[str, tuple[float, datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, name: str) -> None:
        """Raises Declined B-26."""
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


@dataclass(slots=True)
class SharedLimit:
    """A `Limit` in the county's database, by the database's clock.

    `at_once` requests are drawn together and held for two seconds, so that a busy name does not
    cost a statement each time; what a process then still holds is lost to the name.
    """

    database: Database
    clock: Time
    what: str
    per_minute: int
    at_once: int
    _held: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _drawn: int = 0

    def spend(self, name: str) -> None:
        """Raises Declined B-26, Unavailable K-01."""
        if self._has_held(name):
            return
        key = hashlib.sha256(f"{self.what}\0{name}".encode()).hexdigest()
        if self.at_once > 1 and self._draw(key, self.at_once):
            with self._lock:
                if len(self._held) >= _MOST_NAMES:
                    self._held.clear()
                self._held[name] = (self.at_once - 1, self.clock.now() + _HELD_FOR)
        elif not self._draw(key, 1):
            raise slow_down(self._seconds_to_wait(key))
        self._sweep()

    def _has_held(self, name: str) -> bool:
        """Take one of those drawn before, if any are left and fresh."""
        if self.at_once == 1:
            return False
        with self._lock:
            left, until = self._held.pop(name, (0, None))
            if until is None or self.clock.now() > until:
                return False
            if left > 1:
                self._held[name] = (left - 1, until)
            return True

    def _draw(self, key: str, count: int) -> bool:
        """Whether the bucket of `key` had `count` left; then they are taken."""
        each = self._each_ms
        wanted = {"key": key, "taken": count * each, "full": self.per_minute * each}
        with self.database.alone() as connection:
            return connection.execute(_DRAW, wanted).first() is not None

    def _seconds_to_wait(self, key: str) -> int:
        """Until one more is there; at least one second."""
        full = self.per_minute * self._each_ms
        query = select(pace.c.free_at_ms - _NOW).where(pace.c.name == key)
        with self.database.alone() as connection:
            left = connection.execute(query).scalar_one_or_none()
        missing = 0 if left is None else left + self._each_ms - full
        return max(math.ceil(missing / _SECOND_MS), 1)

    def _sweep(self) -> None:
        """Now and then, let go of the names whose buckets are full."""
        with self._lock:
            self._drawn += 1
            is_due = self._drawn % _SWEPT_EVERY == 0
        if is_due:
            with self.database.alone() as connection:
                connection.execute(delete(pace).where(pace.c.free_at_ms < _NOW))

    @property
    def _each_ms(self) -> int:
        """What one request takes out of a bucket, as time."""
        return _MINUTE_MS // self.per_minute
