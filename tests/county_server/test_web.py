"""The county's HTTP edge: sizes, rates, status codes, and refusals only the county can sign."""

from __future__ import annotations

import hashlib
import json
import ssl

import httpcore
import pytest

from app.crypto.envelope import Purpose, parse_document, verify_document
from app.sync.protocol.coding import convert
from app.sync.protocol.refusal import Refusal
from county_server import web
from county_server.declined import Declined
from county_server.limits import OwnLimit
from tests.servers import Served


class Http:
    """A client of the real server, trusting the county's authority."""

    def __init__(self, office, url: str) -> None:
        self.url = url
        context = ssl.create_default_context(cadata=office.county.ca_pem)
        self.pool = httpcore.ConnectionPool(ssl_context=context)

    def post(self, path: str, content) -> httpcore.Response:
        return self.pool.request("POST", self.url + path, content=content)

    def get(self, path: str, headers=None) -> httpcore.Response:
        return self.pool.request("GET", self.url + path, headers=headers)


@pytest.fixture
def http(office):
    server = Served(office)
    client = Http(office, server.url)
    yield client
    client.pool.close()
    server.close()


def refusal_of(office, response) -> Refusal:
    signed = parse_document(response.content)
    verify_document(signed, Purpose.REFUSAL, office.county.root.public)
    return convert(signed.body, Refusal)


def test_a_batch_and_its_repetition_get_the_same_receipt(office, http):
    device = office.device()
    device.visit(device.household())
    data = device.batch()

    first, second = http.post("/v1/batches", content=data), http.post("/v1/batches", content=data)

    assert first.status == second.status == 200
    assert first.content == second.content
    assert device.receipt(first.content).last_op == 2


def test_a_gap_is_409_and_says_what_is_needed(office, http):
    device = office.device()
    device.household()
    device.batch()
    device.household()
    data = device.batch()

    response = http.post("/v1/batches", content=data)

    refusal = refusal_of(office, response)
    assert response.status == 409
    assert (refusal.code, refusal.need_epoch, refusal.need_seq) == ("B-20", 0, 1)
    assert refusal.about == hashlib.sha256(data).hexdigest()


def test_what_is_too_large_is_413_before_it_is_read(office, http, monkeypatch):
    monkeypatch.setattr(web, "MAX_CONTAINER_BYTES", 100)

    declared = http.post("/v1/batches", content=bytes(101))
    streamed = http.post("/v1/batches", content=iter([bytes(60), bytes(60)]))

    assert (declared.status, streamed.status) == (413, 413)
    assert refusal_of(office, declared).code == "B-02"


@pytest.mark.parametrize("data", [b"", b"x", b"SABATCH1", bytes(500)])
def test_what_is_no_batch_is_400(office, http, data):
    response = http.post("/v1/batches", content=data)

    assert response.status == 400
    assert refusal_of(office, response).code == "B-01"


def test_a_stranger_is_401(office, http):
    device = office.device()
    device.household()
    device.id = "stranger"

    response = http.post("/v1/batches", content=device.batch())

    assert response.status == 401
    assert refusal_of(office, response).code == "B-24"


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Xieli !"}]
)
def test_the_feed_asks_who_is_there(office, http, header):
    response = http.get("/v1/feed", headers=header)

    assert response.status == 401
    assert refusal_of(office, response).code == "B-24"


def test_a_signed_request_gets_a_page_once(office, http):
    device = office.device()
    header = device.authorization()

    first, second = http.get("/v1/feed", headers=header), http.get("/v1/feed", headers=header)

    assert device.page(first.content).head.more is False
    assert second.status == 401
    assert refusal_of(office, second).code == "B-25"


@pytest.fixture
def few(monkeypatch):
    """A smaller bucket, so that the test need not fill sixty."""
    assert web.PER_DEVICE == 60
    monkeypatch.setattr(web, "PER_DEVICE", 6)


def test_a_device_that_asks_too_often_is_told_when_to_come_back(few, office, http):
    device = office.device()
    device.household()
    data = device.batch()

    statuses = [http.post("/v1/batches", content=data).status for _ in range(7)]
    last = http.post("/v1/batches", content=data)

    assert statuses == [200] * 6 + [429]
    assert refusal_of(office, last).retry_after == 10
    assert dict(last.headers)[b"retry-after"] == b"10"


def test_enrolment_codes_cannot_be_tried_out(office, http):
    statuses = [http.post("/v1/enrol", content=b"x").status for _ in range(6)]

    assert statuses == [400] * 5 + [429]


def test_the_status_names_the_county_and_nothing_else(http):
    assert set(json.loads(http.get("/v1/status").content)) == {"county", "server_time"}


def test_every_answer_is_documented(http):
    paths = json.loads(http.get("/openapi.json").content)["paths"]

    assert set(paths) == {
        f"/v1/{name}" for name in ("status", "batches", "ticket", "enrol", "feed", "blobs", "order")
    }
    assert {"200", "400", "401", "403", "409", "413", "426", "429", "503"} <= set(
        paths["/v1/batches"]["post"]["responses"]
    )


def test_a_bucket_fills_again_with_time(clock):
    limit = OwnLimit(clock, 2)
    limit.spend("a")
    limit.spend("a")
    with pytest.raises(Declined):
        limit.spend("a")
    limit.spend("b")

    clock.advance(seconds=30)

    limit.spend("a")
    with pytest.raises(Declined) as declined:
        limit.spend("a")
    assert declined.value.retry_after == 30


@pytest.mark.parametrize(
    ("of", "a_minute"), [("devices", 60), ("addresses", 600), ("enrolments", 5)]
)
def test_so_many_a_minute_are_let_through_and_not_one_more(office, of, a_minute):
    bucket = getattr(web.Desk(office.county, office.database, office.clock), of)
    for _ in range(a_minute):
        bucket.spend("one")

    with pytest.raises(Declined) as caught:
        bucket.spend("one")

    assert caught.value.code == "B-26"
    bucket.spend("another")
