"""How much and how often: every road of the county's edge has its bounds."""

from __future__ import annotations

import base64
import socket
import ssl

import httpcore
import pytest

from app.crypto.envelope import (
    MAX_CONTAINER_BYTES,
    MAX_DOCUMENT_BYTES,
    SUITE,
    Kind,
    seal_container,
)
from county_server import web
from tests.servers import Served

ROADS = ("/v1/batches", "/v1/ticket", "/v1/enrol", "/v1/blobs", "/v1/feed", "/v1/order")
FIVE_TRIES = ("/v1/ticket", "/v1/enrol")
CAPS = {
    "/v1/batches": MAX_CONTAINER_BYTES,
    "/v1/ticket": MAX_DOCUMENT_BYTES,
    "/v1/enrol": MAX_DOCUMENT_BYTES,
    "/v1/blobs": web._MAX_PART_BYTES,
}


@pytest.fixture
def few(monkeypatch):
    """Smaller buckets, so that a test need not fill hundreds."""
    assert (web.PER_DEVICE, web.PER_ADDRESS) == (60, 600)
    monkeypatch.setattr(web, "PER_DEVICE", 4)
    monkeypatch.setattr(web, "PER_ADDRESS", 6)


@pytest.fixture
def served(office):
    server = Served(office)
    yield server
    server.close()


@pytest.fixture
def context(office):
    return ssl.create_default_context(cadata=office.county.ca_pem)


def ask(served, context, path: str, data: bytes = b"x") -> httpcore.Response:
    """One request on a road, as a laptop would put it."""
    with httpcore.ConnectionPool(ssl_context=context) as pool:
        if path in CAPS:
            return pool.request("POST", served.url + path, content=data)
        token = "Xieli " + base64.b64encode(data).decode()
        return pool.request("GET", served.url + path, headers={"Authorization": token})


def of_device(device, path: str) -> bytes:
    """What names a device on a road; whether it is any good is seen later."""
    if path == "/v1/blobs":
        header = {"v": 1, "suite": SUITE, "device": device.id}
        recipient, signer = device.ticket.seal_key, device.sign.private
        return seal_container(Kind.BLOB_PART, header, b"x", recipient=recipient, signer=signer)
    return device.feed_request()


@pytest.mark.parametrize("path", ROADS)
def test_an_address_is_let_through_so_often_on_every_road(few, served, context, path):
    answers = [ask(served, context, path) for _ in range(8)]

    let_in = 5 if path in FIVE_TRIES else 6
    assert [one.status == 429 for one in answers] == [False] * let_in + [True] * (8 - let_in)
    assert int(dict(answers[-1].headers)[b"retry-after"]) in {10, 12}


@pytest.mark.parametrize("path", ["/v1/blobs", "/v1/feed", "/v1/order"])
def test_a_device_is_let_through_so_often_on_every_road(few, office, served, context, path):
    device = office.device()

    statuses = [ask(served, context, path, of_device(device, path)).status for _ in range(6)]

    assert [status == 429 for status in statuses] == [False] * 4 + [True] * 2


@pytest.mark.parametrize("path", CAPS)
def test_what_says_that_it_is_too_large_is_answered_before_any_of_it_came(served, context, path):
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {CAPS[path] + 1}\r\n\r\n"

    plain = socket.create_connection(("127.0.0.1", served.port), timeout=10)
    with context.wrap_socket(plain, server_hostname="127.0.0.1") as link:
        link.sendall(head.encode())
        said = link.recv(1024)

    assert said.startswith(b"HTTP/1.1 413 ")
