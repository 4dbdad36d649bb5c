"""Bodies that come slowly and never end: they give way to who has something to say."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from county_server import bodies
from county_server.bodies import Bodies
from county_server.web import Desk, build_web
from tests.servers import WAIT_SECONDS, Served


@dataclass(slots=True)
class Watched(Bodies):
    """Says when so much is held: what was sent may still be on its way."""

    changed: threading.Condition = field(default_factory=threading.Condition)

    def make_room(self) -> None:
        with self.changed:
            Bodies.make_room(self)
            self.changed.notify_all()

    @contextmanager
    def room(self):
        try:
            with Bodies.room(self) as room:
                yield room
        finally:
            with self.changed:
                self.changed.notify_all()

    def held(self) -> int:
        return sum(room.held for room in list(self._rooms))

    def wait_for(self, held: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.held() == held, WAIT_SECONDS)


@pytest.fixture
def bodies_held():
    return Watched(most=500_000)


@pytest.fixture
def desk(office, bodies_held):
    return Desk(office.county, office.database, office.clock, bodies_held)


@pytest.fixture
def served(office, desk):
    server = Served(office, build_web(desk))
    yield server
    server.close()


@pytest.fixture
def begin(office, served):
    """Begins a body of a size and sends some of it; the open line."""
    context = ssl.create_default_context(cadata=office.county.ca_pem)
    lines = []

    def send(size: int, now: int) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", served.port), timeout=10)
        line = context.wrap_socket(plain, server_hostname="127.0.0.1")
        head = f"POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n"
        line.sendall(head.encode() + bytes(now))
        lines.append(line)
        return line

    yield send
    for line in lines:
        line.close()


def status(line: ssl.SSLSocket) -> int:
    return int(line.recv(4096).split()[1])


def test_the_largest_that_is_not_whole_gives_way_and_hears_when_to_come_back(begin, bodies_held):
    slow, other = begin(400_000, 300_000), begin(300_000, 120_000)
    bodies_held.wait_for(held=420_000)

    whole = begin(100_000, 100_000)

    assert status(whole) == 400
    said = slow.recv(4096)
    assert said.startswith(b"HTTP/1.1 429 ")
    assert b"retry-after: 10\r\n" in said
    other.sendall(bytes(180_000))
    assert status(other) == 400


def test_what_was_answered_takes_no_room(begin):
    assert [status(begin(300_000, 300_000)) for _ in range(4)] == [400] * 4


def test_who_sends_too_slowly_is_not_waited_for(begin, monkeypatch):
    monkeypatch.setattr(bodies, "_PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(bodies, "_SLOWEST", 10**12)

    assert status(begin(300_000, 10)) == 429


def test_who_hangs_up_leaves_no_room_behind(begin, bodies_held):
    line = begin(400_000, 300_000)
    bodies_held.wait_for(held=300_000)
    line.close()
    bodies_held.wait_for(held=0)

    assert status(begin(450_000, 450_000)) == 400
    bodies_held.wait_for(held=0)


@pytest.mark.parametrize(
    "lengths", [[], [1], [bodies._BLOCK], [100, 40_000, 0, 3, 2 * bodies._BLOCK]]
)
def test_what_came_in_pieces_is_whole_again(lengths):
    pieces = [bytes([number + 1]) * length for number, length in enumerate(lengths)]
    blocks = bodies.Blocks()

    for piece in pieces:
        blocks.add(piece)

    assert blocks.whole() == b"".join(pieces)
