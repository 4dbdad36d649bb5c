"""Running the county as a process: TLS with its own authority, a port, and a graceful end."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from asyncio.sslproto import SSLProtocol
from pathlib import Path
from types import FrameType
from typing import NoReturn

import uvicorn

from app.domain.problem import Unavailable
from county_server.console.web import mount_console
from county_server.files import write_private
from county_server.tls import SERVER_CERT, SERVER_KEY
from county_server.web import Desk, build_web

_BACKLOG = 1024
_COLLECTED = (20_000, 20, 50)
"""New objects before the collector looks for rings: a batch makes a hundred thousand, and none."""
_READ_BYTES = 32 * 1024
"""What each line keeps room for, were it to say nothing: two TLS records, not asyncio's sixteen."""
_GRACE_SECONDS = 10


class CountyServer(uvicorn.Server):
    """A server that says on which port it listens once it does."""

    def __init__(self, config: uvicorn.Config, port: int, port_file: Path | None) -> None:
        super().__init__(config)
        self._port = port
        self._port_file = port_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then write the port, whole, for whoever waits for it."""
        await super().startup(sockets)
        # what is loaded stays: without this the collector walks all of it several times a batch
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECTED)
        if self.started and self._port_file is not None:
            write_private(self._port_file, f"{self._port}\n".encode())


def listen(host: str, port: int) -> socket.socket:
    """A socket whose lines send at once what they are given. Raises OSError.

    The event loop sees to that only for sockets made in another way: an answer of two pieces would
    wait for the laptop to say that it has the first, which it does after 40 milliseconds.
    """
    listener = socket.create_server((host, port), backlog=_BACKLOG)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(
    desk: Desk, host: str, port: int, port_file: Path | None, *, with_console: bool = True
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first.

    `port` 0 takes a free one. Raises Unavailable K-20 when the address cannot be had.
    """
    try:
        listener = listen(host, port)
    except OSError as error:
        raise Unavailable(
            "这个地址或端口用不了。", do="请换一个端口，或先停掉占用它的程序。", code="K-20"
        ) from error
    web = build_web(desk)
    if with_console:
        mount_console(web, desk.county, desk.database, desk.clock)
    config = uvicorn.Config(
        web,
        ssl_keyfile=desk.county.folder / SERVER_KEY,
        ssl_certfile=str(desk.county.folder / SERVER_CERT),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        limit_concurrency=512,
    )
    SSLProtocol.max_size = _READ_BYTES
    config.load()
    if config.ssl is not None:
        # a laptop comes once in a sync: nothing to resume, and nothing is said before the answer
        config.ssl.num_tickets = 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    with listener:
        CountyServer(config, listener.getsockname()[1], port_file).run(sockets=[listener])


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    """uvicorn raises the signal again once it has shut down; being told to stop is no failure."""
    sys.exit(0)
