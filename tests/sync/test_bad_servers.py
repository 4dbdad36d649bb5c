"""Eight servers that are not the county (security R36): each is refused, and nothing left here."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.operations import OperationState
from app.domain.problem import Refused, Unavailable
from app.store.enrolment import read_enrolled
from app.sync.protocol.coding import convert, to_object
from app.sync.protocol.enrolment import Ticket
from app.sync.transport import HttpsTransport
from county_server.tls import CA_CERT, SERVER_CERT, SERVER_KEY, make_certificates, renew_certificate

_PORTAL = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"
_LONG = timedelta(days=3650)


@dataclass
class Stranger:
    """A server of one's own making on loopback: `context` None speaks in clear. It answers every
    request with `answer` and keeps what it was sent, as far as it could read it."""

    context: ssl.SSLContext | None
    answer: bytes = _PORTAL
    heard: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return  # closed
            try:
                self._talk(line)
            except OSError:
                line.close()

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(20)
        if self.context is not None:
            line = self.context.wrap_socket(line, server_side=True)
        with line:
            while not self._is_whole():
                piece = line.recv(65_536)
                if not piece:
                    return
                self.heard += piece
            line.sendall(self.answer)

    def _is_whole(self) -> bool:
        """Whether the request has come with its body."""
        head, end, body = bytes(self.heard).partition(b"\r\n\r\n")
        size = re.search(rb"(?i)content-length: ([0-9]+)", head)
        return bool(end) and len(body) >= (0 if size is None else int(size[1]))

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(20)


def context_of(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / SERVER_CERT, folder / SERVER_KEY)
    return context


@pytest.fixture
def address(laptop):
    """The county as the laptop knows it."""
    with laptop.begin() as work:
        return read_enrolled(work.connection).county


@contextmanager
def standing(stranger: Stranger) -> Iterator[Stranger]:
    try:
        yield stranger
    finally:
        stranger.close()


def refused(laptop, address, stranger: Stranger) -> str:
    """The code with which a sync through it ends."""
    url = f"https://127.0.0.1:{stranger.port}"
    with (
        HttpsTransport(replace(address, url=url)) as transport,
        pytest.raises(Unavailable) as caught,
    ):
        laptop.sync(transport)
    return caught.value.code


def other_authority(office, folder: Path) -> ssl.SSLContext:
    make_certificates(folder, "别的县", ["127.0.0.1"], office.clock.now())
    return context_of(folder)


def self_signed(office, folder: Path) -> ssl.SSLContext:
    """The authority's own certificate of another county, held out as a server's."""
    make_certificates(folder, "自己签的", ["127.0.0.1"], office.clock.now())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / CA_CERT, folder / "tls-ca.key")
    return context


def expired(office, folder: Path) -> ssl.SSLContext:
    """Of the county's own authority, and out of date by the clock of this machine."""
    renew_certificate(office.county.folder, ["127.0.0.1"], office.clock.now() - _LONG * 1.5)
    return context_of(office.county.folder)


def of_another_name(office, folder: Path) -> ssl.SSLContext:
    renew_certificate(office.county.folder, ["somewhere.example"], office.clock.now())
    return context_of(office.county.folder)


def old_tls(office, folder: Path) -> ssl.SSLContext:
    context = context_of(office.county.folder)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def in_clear(office, folder: Path) -> None:
    return None


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize(
    "made", [other_authority, self_signed, expired, of_another_name, old_tls, in_clear]
)
def test_a_server_that_cannot_prove_to_be_the_county_hears_nothing(
    laptop, office, address, tmp_path, made: Callable[..., ssl.SSLContext | None]
):
    laptop.visit(laptop.add_household("覃桂英").id)
    (tmp_path / "stranger").mkdir()
    with standing(Stranger(made(office, tmp_path / "stranger"))) as stranger:
        code = refused(laptop, address, stranger)

    assert code in {"S-10", "S-12"}
    assert b"POST" not in stranger.heard
    assert {item.state for item in laptop.syncing.status().items} == {OperationState.WAITING}


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_nobody_is_followed_elsewhere(laptop, office, address, status):
    """The name and the key of the county, and it sends to a server in clear."""
    laptop.visit(laptop.add_household("覃桂英").id)
    with standing(Stranger(None)) as elsewhere:
        there = f"Location: http://127.0.0.1:{elsewhere.port}/v1/batches\r\n"
        answer = f"HTTP/1.1 {status}\r\n{there}Content-Length: 0\r\n\r\n".encode()
        with standing(Stranger(context_of(office.county.folder), answer)) as stranger:
            code = refused(laptop, address, stranger)

    assert code == "S-12"
    assert elsewhere.heard == b""
    assert laptop.syncing.status().waiting > 0


def test_no_proxy_of_the_environment_is_asked(laptop, served, address, monkeypatch):
    laptop.visit(laptop.add_household("覃桂英").id)
    with standing(Stranger(None)) as proxy:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        with HttpsTransport(replace(address, url=served.url)) as transport:
            laptop.sync(transport)

    assert proxy.heard == b""
    assert laptop.syncing.status().waiting == 0


def test_no_ticket_names_an_address_in_clear(office):
    ticket = to_object(office.ticket())

    with pytest.raises(Refused) as caught:
        convert(ticket | {"url": "http://127.0.0.1:8443"}, Ticket)

    assert convert(ticket, Ticket).url.startswith("https://")
    assert caught.value.code == "B-04"
