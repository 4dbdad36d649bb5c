"""The network road: HTTPS to one county, trusting that county's own authority and nothing else.

TLS 1.2 or newer, the host name checked, no redirects, no proxies or settings from the
environment (security R36). Every wait is cut into slices, so that 停下 is answered within a
second even when the link stalls. What is not the county's signature is not the county.
"""

from __future__ import annotations

import base64
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import httpcore

from app.crypto.envelope import MAX_CONTAINER_BYTES
from app.domain.problem import Refused
from app.store.enrolment import CountyAddress
from app.sync.problems import link_cut, not_reached, not_the_county, stopped
from app.sync.road import Beside, Stop, never
from app.sync.sealing import read_refusal

if TYPE_CHECKING:
    from types import TracebackType

T = TypeVar("T")

CONNECT_SECONDS: Final = 15.0
SILENCE_SECONDS: Final = 60.0
"""A link that carries nothing for this long is cut."""
_SLICE_SECONDS: Final = 0.25
_CHUNK: Final = 16 * 1024
_OK: Final = 200
_MAX_REFUSAL_BYTES: Final = 64 * 1024


@dataclass(slots=True)
class HttpsTransport:
    """One county over HTTPS. Use as a context manager; one thread at a time."""

    county: CountyAddress
    stop: Stop = never
    _pool: httpcore.ConnectionPool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Raises Refused S-17 when the county's authority cannot be read."""
        self._pool = httpcore.ConnectionPool(
            ssl_context=self._context(),
            network_backend=_Sockets(self.stop),
            max_connections=1,
            retries=0,
        )

    def _context(self) -> ssl.SSLContext:
        """Whom to believe. Raises Refused S-17."""
        return _trust(self.county.ca_pem)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._pool.close()

    def send_batch(self, data: bytes) -> bytes:
        """POST a sealed batch; the bytes of its receipt. Raises as `app.sync.road` says."""
        return self._ask("POST", "/v1/batches", data, data, [])

    def fetch_page(self, request: bytes) -> bytes:
        """GET the page a signed request asks for. Raises as `app.sync.road` says."""
        return self._get("/v1/feed", request)

    def send_part(self, data: bytes) -> bytes:
        """POST a part of an attachment; how far it is. Raises as `app.sync.road` says."""
        return self._ask("POST", "/v1/blobs", data, data, [])

    def fetch_order(self, request: bytes) -> bytes:
        """GET the order for a revoked device. Raises as `app.sync.road` says."""
        return self._get("/v1/order", request)

    def enrol(self, data: bytes) -> bytes:
        """POST an enrolment request; the bytes of the answer. Raises as `app.sync.road` says."""
        return self._ask("POST", "/v1/enrol", data, data, [])

    def _get(self, path: str, request: bytes) -> bytes:
        """GET with a signed document as what authorises it."""
        token = "Xieli " + base64.b64encode(request).decode()
        return self._ask("GET", path, request, b"", [("Authorization", token)])

    def _ask(
        self, method: str, path: str, about: bytes, body: bytes, headers: list[tuple[str, str]]
    ) -> bytes:
        """One request, one answer; a signed refusal becomes CountyRefused."""
        if self.stop():
            raise stopped()
        sending = _Sending(body)
        try:
            with self._pool.stream(
                method,
                self.county.url + path,
                headers=[
                    ("Content-Length", str(len(body))),
                    ("Content-Type", "application/octet-stream"),
                    ("Accept-Encoding", "identity"),
                    *headers,
                ],
                content=iter(sending),
                extensions={"timeout": _TIMEOUT},
            ) as response:
                cap = MAX_CONTAINER_BYTES if response.status == _OK else _MAX_REFUSAL_BYTES
                answer = _read(response.iter_stream(), cap)
        except _StoppedWaiting as error:
            raise stopped() from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise (link_cut() if sending.begun else not_reached()) from error
        except ssl.SSLError as error:
            raise not_the_county() from error
        if response.status == _OK:
            return answer
        raise read_refusal(self.county, about, answer)


_TIMEOUT: Final = {
    "connect": CONNECT_SECONDS,
    "read": SILENCE_SECONDS,
    "write": SILENCE_SECONDS,
    "pool": CONNECT_SECONDS,
}


class _StoppedWaiting(Exception):
    """The coordinator said stop while a socket was waiting."""


@dataclass(slots=True)
class _Sending:
    """The body, in pieces; `begun` once any of the request may have left."""

    body: bytes = field(repr=False)
    begun: bool = False

    def __iter__(self) -> Iterator[bytes]:
        self.begun = True
        for start in range(0, len(self.body), _CHUNK):
            yield self.body[start : start + _CHUNK]


@contextmanager
def on_a_thread() -> Iterator[Beside]:
    """A thread that waits for one answer while this one works; gone, and idle, at the end."""
    with ThreadPoolExecutor(1, "county") as link:
        yield lambda ask: link.submit(ask).result


def pause(seconds: float, stop: Stop) -> None:
    """Let time pass between two tries. Raises Stopped within a slice of 停下."""
    nothing = threading.Event()
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if stop():
            raise stopped()
        nothing.wait(min(left, _SLICE_SECONDS))


def _trust(ca_pem: str) -> ssl.SSLContext:
    """A context that knows one authority. Raises Refused S-17."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cadata=ca_pem)
    except ssl.SSLError as error:
        raise Refused(
            "绑定文件里的县平台证书读不懂。", do="请向县里要一份新的绑定文件。", code="S-17"
        ) from error
    return context


def _read(stream: Iterable[bytes], cap: int) -> bytes:
    """The whole answer. Raises NotReached S-12 beyond `cap`: no county says so much."""
    parts: list[bytes] = []
    size = 0
    for part in stream:
        size += len(part)
        if size > cap:
            raise not_the_county()
        parts.append(part)
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class _Sockets(httpcore.NetworkBackend):
    """Plain sockets whose waits come in slices."""

    stop: Stop

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connected stream. Raises httpcore.ConnectError or ConnectTimeout."""
        try:
            addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError from error
        for family, kind, protocol, _, address in addresses:
            try:
                opened = socket.socket(family, kind, protocol)
            except OSError:
                continue  # an address of a kind this machine does not speak
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                _connect(opened, address, self.stop, timeout or CONNECT_SECONDS)
            except (OSError, httpcore.ConnectTimeout):
                opened.close()
                continue
            except BaseException:
                opened.close()
                raise
            return _Stream(opened, self.stop)
        raise httpcore.ConnectError("no address answered")


@dataclass(slots=True)
class _Stream(httpcore.NetworkStream):
    """A socket, plain or TLS, read and written in slices of time."""

    socket: socket.socket
    stop: Stop

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What arrives next. Raises httpcore.ReadError or ReadTimeout."""
        try:
            return self._patiently(partial(self.socket.recv, max_bytes), timeout)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except OSError as error:
            raise httpcore.ReadError from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of `buffer`. Raises httpcore.WriteError or WriteTimeout."""
        rest = memoryview(buffer)
        try:
            while rest:
                rest = rest[self._patiently(partial(self.socket.send, rest), timeout) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError from error

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same socket under TLS. Raises ssl.SSLError for a stranger's certificate."""
        self.socket.settimeout(None)
        try:
            self.socket.getpeername()  # wrapping a line that is gone would leave it half open
            wrapped = ssl_context.wrap_socket(
                self.socket, server_hostname=server_hostname, do_handshake_on_connect=False
            )
        except OSError as error:
            self.socket.close()
            raise httpcore.ConnectError from error
        secure = _Stream(wrapped, self.stop)
        try:
            secure._patiently(wrapped.do_handshake, timeout)  # our own kind
        except _StoppedWaiting:
            wrapped.close()
            raise
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
            wrapped.close()
            raise httpcore.ConnectError from error
        except ssl.SSLError:
            wrapped.close()
            raise
        except TimeoutError as error:
            wrapped.close()
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            wrapped.close()
            raise httpcore.ConnectError from error
        return secure

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # httpcore's own signature
        """What httpcore asks: whether an idle connection was closed by the other side."""
        if info != "is_readable":
            return None
        return bool(select.select([self.socket], [], [], 0)[0])

    def _patiently(self, work: Callable[[], T], timeout: float | None) -> T:
        """Do `work` on the socket, looking up every slice. Raises TimeoutError, OSError."""
        self.socket.settimeout(_SLICE_SECONDS)
        until = time.monotonic() + (timeout or SILENCE_SECONDS)
        while True:
            try:
                return work()
            except (TimeoutError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                if self.stop():
                    raise _StoppedWaiting from None
                if time.monotonic() >= until:
                    raise TimeoutError from None


def _connect(opened: socket.socket, address: Any, stop: Stop, timeout: float) -> None:  # noqa: ANN401
    """Connect in slices. Raises OSError, httpcore.ConnectTimeout, _StoppedWaiting."""
    opened.settimeout(0)
    opened.connect_ex(address)
    until = time.monotonic() + timeout
    while True:
        _, writable, failed = select.select([], [opened], [opened], _SLICE_SECONDS)
        if writable or failed:
            break
        if stop():
            raise _StoppedWaiting
        if time.monotonic() >= until:
            raise httpcore.ConnectTimeout
    problem = opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if problem:
        raise OSError(problem, "connection failed")
    opened.settimeout(None)
