"""Bodies on their way in: how much of them a process holds at once (security R60).

Nobody has signed anything yet while a body comes in, so a crowd that sends slowly must not take
the machine's memory. When there is no more room the largest body that is not whole gives way:
who sends a day's work is let through past those who fill the house.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from app.crypto.envelope import MAX_CONTAINER_BYTES
from app.domain.problem import Refused
from county_server.declined import slow_down

MOST_BYTES: Final = MAX_CONTAINER_BYTES + 2 * 1024 * 1024
"""One body of the largest size, and a few of the usual beside it."""
_PATIENCE_SECONDS: Final = 120.0
_SLOWEST: Final = 8 * 1024
"""Bytes a second below which a link is not waited for beyond that."""
_RETRY_SECONDS: Final = 10
_BLOCK: Final = 16 * 1024


@dataclass(slots=True)
class Blocks:
    """What came so far, in blocks of one size: those of a body that gave way fit the next one,
    while pieces of any length leave holes that nothing fits into."""

    _blocks: list[bytearray] = field(default_factory=list)
    _free: int = 0

    def add(self, piece: bytes) -> None:
        """Take over what came."""
        rest = memoryview(piece)
        while rest:
            if not self._free:
                self._blocks.append(bytearray(_BLOCK))
                self._free = _BLOCK
            now, start = rest[: self._free], _BLOCK - self._free
            self._blocks[-1][start : start + len(now)] = now
            self._free -= len(now)
            rest = rest[len(now) :]

    def whole(self) -> bytes:
        """All of it."""
        if not self._blocks:
            return b""
        *full, last = self._blocks
        return b"".join((*full, last[: _BLOCK - self._free]))


@dataclass(slots=True, eq=False)
class Room:
    """What one request may fill."""

    bodies: Bodies
    held: int = 0
    waits: asyncio.Timeout | None = None
    """Set while more is to come."""

    async def fill(self, pieces: AsyncIterator[bytes], cap: int) -> bytes:
        """All of it. Raises Refused B-02 beyond `cap`, Declined B-26 where it has to give way."""
        blocks = Blocks()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS + cap / _SLOWEST) as self.waits:
                async for piece in pieces:
                    self.held += len(piece)
                    if self.held > cap:
                        raise too_large()
                    blocks.add(piece)
                    self.bodies.make_room()
        except TimeoutError as error:
            raise slow_down(_RETRY_SECONDS) from error
        finally:
            self.waits = None
        return blocks.whole()

    def give_way(self) -> None:
        """Let go of what came; who sends it hears so at once."""
        if self.waits is not None:
            self.waits.reschedule(asyncio.get_running_loop().time())
        self.waits, self.held = None, 0


@dataclass(slots=True)
class Bodies:
    """Every body this process holds, until it is answered."""

    most: int = MOST_BYTES
    _rooms: set[Room] = field(default_factory=set)

    @contextmanager
    def room(self) -> Iterator[Room]:
        """Room for one request."""
        room = Room(self)
        self._rooms.add(room)
        try:
            yield room
        finally:
            self._rooms.discard(room)

    def make_room(self) -> None:
        """See to it that no more is held than may be."""
        while sum(room.held for room in self._rooms) > self.most:
            coming = [room for room in self._rooms if room.waits is not None]
            if not coming:
                return
            max(coming, key=_held).give_way()


def too_large() -> Refused:
    """More than a road takes."""
    return Refused("内容太大，超出了允许的大小。", do="请分成几份再试。", code="B-02")


def _held(room: Room) -> int:
    return room.held
