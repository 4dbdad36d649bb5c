"""A wire that breaks where it hurts: a TCP relay on loopback for the practice day.

Each connection follows the next fault of the plan; when the plan is used up, the wire is whole.
`request` cuts in the middle of what the laptop sends; `answer` lets the county receive everything
and cuts when its answer is on the way, so that the county has committed and nobody knows it.
It runs as a process of its own: `python -m app.practice.cutting COUNTY_PORT PORT_FILE FAULT…`.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

LOOPBACK: Final = "127.0.0.1"
CHUNK: Final = 4096
AFTER_BYTES: Final = {"request": 16_384, "answer": 262_144}
"""How much the laptop has sent when the wire may break. A handshake sends far less, the roster's
first batch more: so the first cut is inside a body, and what comes back later is the answer — the
county gives out no session tickets, which on a busy machine could come back as late."""


class Fault(StrEnum):
    """Where the wire breaks."""

    REQUEST = "request"
    ANSWER = "answer"


@dataclass(slots=True)
class Wire:
    """Relays connections to the county, breaking them as planned."""

    county_port: int
    plan: deque[Fault]
    broken: list[Fault] = field(default_factory=list)

    async def relay(self, laptop: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Serve one connection until either side closes or the wire breaks."""
        county, forward = await asyncio.open_connection(LOOPBACK, self.county_port)
        sent = 0
        is_cut = False

        async def outward() -> None:
            nonlocal sent, is_cut
            while data := await laptop.read(CHUNK):
                sent += len(data)
                if is_cut := is_cut or self._breaks(Fault.REQUEST, sent):
                    return
                forward.write(data)
                await forward.drain()

        async def homeward() -> None:
            nonlocal is_cut
            while data := await county.read(CHUNK):
                if is_cut := is_cut or self._breaks(Fault.ANSWER, sent):
                    return
                back.write(data)
                await back.drain()

        tasks = [asyncio.create_task(outward()), asyncio.create_task(homeward())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in (forward, back):
            writer.transport.abort()

    def _breaks(self, fault: Fault, sent: int) -> bool:
        """Whether the wire breaks here; if so the plan moves on."""
        if not self.plan or self.plan[0] is not fault or sent < AFTER_BYTES[fault]:
            return False
        self.broken.append(self.plan.popleft())
        return True


async def serve(county_port: int, port_file: Path, faults: Sequence[Fault]) -> None:
    """Relay until the process is told to stop; the chosen port stands in `port_file`."""
    wire = Wire(county_port, deque(faults))
    server = await asyncio.start_server(wire.relay, LOOPBACK, 0)
    port = server.sockets[0].getsockname()[1]
    partial = port_file.with_suffix(".part")
    partial.write_text(str(port), encoding="ascii")
    partial.replace(port_file)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), [Fault(f) for f in sys.argv[3:]]))
