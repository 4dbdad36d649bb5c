"""What goes wrong on a wire comes out as what the transport understands, never as a bare error."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpcore
import pytest

from app.sync.transport import _Sockets, _Stream

GONE = struct.pack("ii", 1, 0)
"""SO_LINGER: hang up with a reset."""
SHORT = 0.05


def never() -> bool:
    return False


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def line(listening: socket.socket) -> Iterator[tuple[_Stream, socket.socket]]:
    """Our end, and the other."""
    ours = socket.create_connection(listening.getsockname())
    theirs, _ = listening.accept()
    with ours, theirs:
        yield _Stream(ours, never), theirs


def reset(theirs: socket.socket) -> None:
    """Hang up rudely."""
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, GONE)
    theirs.close()


def reset_when_greeted(theirs: socket.socket) -> None:
    """Hang up rudely on the first word."""
    theirs.recv(1)
    reset(theirs)


def test_a_reset_while_reading_is_a_read_error(line):
    stream, theirs = line
    reset(theirs)

    with pytest.raises(httpcore.ReadError):
        stream.read(1)


def test_silence_while_reading_is_a_timeout(line):
    with pytest.raises(httpcore.ReadTimeout):
        line[0].read(1, timeout=SHORT)


def test_a_reset_while_writing_is_a_write_error(line):
    stream, theirs = line
    reset(theirs)

    with pytest.raises(httpcore.WriteError):
        stream.write(bytes(64 * 1024 * 1024))


def test_who_takes_nothing_is_a_timeout_while_writing(line):
    with pytest.raises(httpcore.WriteTimeout):
        line[0].write(bytes(64 * 1024 * 1024), timeout=SHORT)


def test_a_port_where_nobody_listens_is_a_connect_error():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(httpcore.ConnectError):
        _Sockets(never).connect_tcp("127.0.0.1", port)


def test_a_name_nobody_knows_is_a_connect_error(monkeypatch):
    def unknown(*_asked: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(httpcore.ConnectError):
        _Sockets(never).connect_tcp("county.invalid", 443)


def test_where_one_address_is_dead_the_next_is_asked(listening, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        dead = server.getsockname()
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 0, "", at) for at in (dead, listening.getsockname())
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_named: both)

    stream = _Sockets(never).connect_tcp("county.invalid", 443)

    theirs, _ = listening.accept()
    with theirs:
        theirs.sendall(b"!")
        assert stream.read(1) == b"!"
    stream.close()


def test_a_name_too_long_to_ask_for_is_a_connect_error():
    with pytest.raises(httpcore.ConnectError):
        _Sockets(never).connect_tcp("a" * 70 + ".example", 443)


@pytest.mark.parametrize(
    "never_answers",
    [
        pytest.param((999, socket.SOCK_STREAM, 0, "", ("::1", 1)), id="no such family here"),
        pytest.param((socket.AF_INET, socket.SOCK_STREAM, 0, "", None), id="swallowed"),
    ],
)
def test_an_address_that_leads_nowhere_does_not_keep_from_the_next(
    listening, monkeypatch, never_answers
):
    with socket.create_server(("127.0.0.1", 0), backlog=1) as deaf, crowd(deaf):
        nowhere = (*never_answers[:4], never_answers[4] or deaf.getsockname())
        known = (socket.AF_INET, socket.SOCK_STREAM, 0, "", listening.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_named: [nowhere, known])

        stream = _Sockets(never).connect_tcp("county.invalid", 443, timeout=SHORT)

    theirs, _ = listening.accept()
    theirs.close()
    stream.close()


@contextmanager
def crowd(server: socket.socket) -> Iterator[None]:
    """Fill the queue of a server that takes nobody: the next to come waits."""
    with ExitStack() as waiting:
        for _ in range(8):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        yield


def test_who_hangs_up_instead_of_shaking_hands_is_a_connect_error(line):
    stream, theirs = line
    theirs.shutdown(socket.SHUT_WR)

    with pytest.raises(httpcore.ConnectError):
        stream.start_tls(ssl.create_default_context(), "county.invalid")


def test_a_reset_instead_of_a_handshake_is_a_connect_error(line):
    stream, theirs = line
    rude = threading.Thread(target=reset_when_greeted, args=(theirs,))
    rude.start()

    with pytest.raises(httpcore.ConnectError):
        stream.start_tls(ssl.create_default_context(), "county.invalid")

    rude.join()


def test_silence_instead_of_a_handshake_is_a_timeout(line):
    with pytest.raises(httpcore.ConnectTimeout):
        line[0].start_tls(ssl.create_default_context(), "county.invalid", timeout=SHORT)
