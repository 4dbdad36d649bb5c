"""A county server on loopback, and a proxy that breaks the link in chosen places."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import uvicorn
from fastapi import FastAPI

from county_server.serving import CountyServer, listen
from county_server.tls import SERVER_CERT, SERVER_KEY
from county_server.web import Desk, build_web
from tests.counties import Office

WAIT_SECONDS = 20


class _Signalling(CountyServer):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, up: threading.Event) -> None:
        super().__init__(config, 0, None)
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._up.set()


class Served:
    """The county of `office` over TLS on a free port, in a thread of the test."""

    def __init__(self, office: Office, web: FastAPI | None = None) -> None:
        self._listener = listen("127.0.0.1", 0)
        self.port = self._listener.getsockname()[1]
        folder = office.county.folder
        config = uvicorn.Config(
            web or build_web(Desk(office.county, office.database, office.clock)),
            ssl_keyfile=folder / SERVER_KEY,
            ssl_certfile=str(folder / SERVER_CERT),
            log_level="critical",
            access_log=False,
        )
        up = threading.Event()
        self._server = _Signalling(config, up)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener],), daemon=True
        )
        self._thread.start()
        assert up.wait(WAIT_SECONDS)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(WAIT_SECONDS)
        self._listener.close()


@dataclass
class Fault:
    """What the proxy does to the next connections.

    `cut_up`: hang up after so many bytes towards the county. `deaf_when`: once this is so, hang up
    instead of carrying the county's answer. `stall_up`: after so many bytes, carry nothing more
    but keep the line. `portal`: answer as a captive portal does. `cut_down`: hang up after so many
    bytes of the answer. `creep`: carry one byte a second towards the county. `resets`: hang up
    hard, as a router does that forgot the line; alone, before anything is carried.
    """

    cut_up: int | None = None
    deaf_when: Callable[[], bool] | None = None
    stall_up: int | None = None
    portal: bool = False
    cut_down: int | None = None
    creep: bool = False
    resets: bool = False

    @property
    def is_reset_at_once(self) -> bool:
        """Whether the line is gone before it carries anything."""
        return self.resets and self.deaf_when is None and self.cut_down is None


@dataclass
class FaultProxy:
    """Carries TCP between a laptop and `port`, with `fault` applied."""

    port: int
    fault: Fault = field(default_factory=Fault)
    host: str = "127.0.0.1"

    def __post_init__(self) -> None:
        # the loop holds its tasks weakly, and nothing else holds those of a stalled line
        self._carrying: set[asyncio.Task[None] | None] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._carry, self.host, 0))
        self.listening = self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.listening}"

    def close(self) -> None:
        async def end() -> None:
            self._server.close()
            # a connection taken just before may begin its task only now: until none is left
            while tasks := [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.sleep(0)  # one turn, in which the aborted lines let go of their sockets

        self._run(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT_SECONDS)
        self._loop.close()

    def _run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_SECONDS)

    async def _carry(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        fault = self.fault
        writers = [answer]
        self._carrying.add(asyncio.current_task())
        try:
            if fault.portal:
                await near.read(1)
                answer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")
                await answer.drain()
                return
            if fault.is_reset_at_once:
                return
            far, forward = await asyncio.open_connection("127.0.0.1", self.port)
            writers.append(forward)
            pumps = [
                asyncio.ensure_future(_pump(near, forward, _up_rule(fault))),
                asyncio.ensure_future(_pump(far, answer, _down_rule(fault))),
            ]
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
        finally:
            if fault.resets:
                _forget(answer)
            # a stalled line would wait for ever for its last bytes to go out
            for writer in writers:
                writer.transport.abort()
            self._carrying.discard(asyncio.current_task())


Rule = Callable[[int], int | None]
"""Bytes carried before → how many more may pass; None for all, -1 to stall, -2 to creep."""


def _up_rule(fault: Fault) -> Rule:
    def rule(carried: int) -> int | None:
        if fault.cut_up is not None:
            return max(fault.cut_up - carried, 0)
        if fault.stall_up is not None and carried >= fault.stall_up:
            return -1
        return -2 if fault.creep else None

    return rule


def _down_rule(fault: Fault) -> Rule:
    def rule(carried: int) -> int | None:
        is_deaf = fault.deaf_when is not None and fault.deaf_when()
        if fault.cut_down is not None:
            return max(fault.cut_down - carried, 0)
        return 0 if is_deaf else None

    return rule


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, rule: Rule) -> None:
    carried = 0
    while data := await source.read(4096):
        room = rule(carried)
        if room == -1:
            await asyncio.Event().wait()
        if room == -2:
            await _creep(data, sink)
            continue
        passed = data if room is None else data[:room]
        sink.write(passed)
        await sink.drain()
        carried += len(passed)
        if len(passed) < len(data):
            return


async def _creep(data: bytes, sink: asyncio.StreamWriter) -> None:
    """One byte a second."""
    for at in range(len(data)):
        sink.write(data[at : at + 1])
        await sink.drain()
        await asyncio.sleep(1)


def _forget(writer: asyncio.StreamWriter) -> None:
    """Let the socket end in a reset instead of a farewell."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
