"""The county over HTTP. Bodies are the same sealed bytes as on a stick; refusals are signed.

What this edge adds is only size, rate and status codes. A body is read up to its cap and no
further; work that touches the database runs beside the event loop.
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.crypto.envelope import (
    MAX_CONTAINER_BYTES,
    MAX_DOCUMENT_BYTES,
    Kind,
    parse_container,
    parse_document,
)
from app.domain.operations import instant_text
from app.domain.problem import Problem, Unavailable
from app.sync.protocol.blob import PART_BYTES
from county_server.blobs import Blobs
from county_server.bodies import Bodies, Room, too_large
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.declined import HTTP_STATUS, unknown_device
from county_server.described import ANSWERS, BUSY, BYTES, SENDS_BYTES, SIGNS
from county_server.enrolment import Enrolment
from county_server.intake import Intake
from county_server.invitations import Invitations
from county_server.limits import Limit, limit
from county_server.orders import Orders
from county_server.pages import Pages
from county_server.refusals import refusal_of
from county_server.troubles import Troubles

SCHEME: Final = "Xieli "
PER_DEVICE: Final = 60
PER_ADDRESS: Final = 600
_ENROL_TRIES: Final = 5
_DRAWN: Final = 20
"""Requests of one address for which a process asks the database once."""
_BAD: Final = 400
_MAX_PART_BYTES: Final = 2 * PART_BYTES
"""A part of an attachment with header, seal and what deflating adds to a picture."""
_log = logging.getLogger("county_server")


@dataclass(slots=True)
class Desk:
    """What one server process works with."""

    county: County
    database: Database
    clock: Time
    bodies: Bodies = field(default_factory=Bodies)
    devices: Limit = field(init=False)
    addresses: Limit = field(init=False)
    enrolments: Limit = field(init=False)

    def __post_init__(self) -> None:
        self.devices = limit(self.database, self.clock, "device", PER_DEVICE)
        self.addresses = limit(self.database, self.clock, "address", PER_ADDRESS, at_once=_DRAWN)
        self.enrolments = limit(self.database, self.clock, "enrolment", _ENROL_TRIES)

    def receive(self, data: bytes) -> bytes:
        """POST /v1/batches."""
        device_id = parse_container(Kind.BATCH, data).header.get("device")
        self.devices.spend(str(device_id))
        with Troubles(self.database, self.clock).noted(str(device_id)):
            return Intake(self.county, self.database, self.clock).receive(data)

    def feed(self, data: bytes) -> bytes:
        """GET /v1/feed."""
        pages = Pages(self.county, self.database, self.clock)
        device_id = str(parse_document(data).body.get("device"))
        self.devices.spend(device_id)
        with Troubles(self.database, self.clock).noted(device_id):
            return pages.page(pages.accept(data))[0]

    def part(self, data: bytes) -> bytes:
        """POST /v1/blobs."""
        device_id = parse_container(Kind.BLOB_PART, data).header.get("device")
        self.devices.spend(str(device_id))
        return Blobs(self.county, self.database, self.clock).receive(data)

    def order(self, data: bytes) -> bytes:
        """GET /v1/order."""
        self.devices.spend(str(parse_document(data).body.get("device")))
        return Orders(self.county, self.database, self.clock).answer(data)

    def ticket(self, data: bytes) -> bytes:
        """POST /v1/ticket."""
        return Invitations(self.county, self.database, self.clock).ticket(data)

    def enrol(self, data: bytes) -> bytes:
        """POST /v1/enrol."""
        return Enrolment(self.county, self.database, self.clock).answer(data)

    def refuse(self, about: bytes, problem: Problem) -> Response:
        """A problem as a signed answer that only this county can give."""
        content, body = refusal_of(self.county, self.clock, about, problem)
        status = BUSY if isinstance(problem, Unavailable) else HTTP_STATUS.get(problem.code, _BAD)
        headers = {"Retry-After": str(content.retry_after)} if content.retry_after else {}
        return Response(body, status, headers, media_type="application/json")


def build_web(desk: Desk) -> FastAPI:
    """The HTTP application of one server process."""
    web = FastAPI(title="协理县平台", version="1", docs_url=None, redoc_url=None)

    @web.get("/v1/status")
    async def status() -> dict[str, str]:
        """That a county answers here, its name and its time. Vouches for nothing."""
        return {"county": desk.county.id, "server_time": instant_text(desk.clock.now())}

    @web.post("/v1/batches", responses=ANSWERS, response_class=Response, openapi_extra=SENDS_BYTES)
    async def batches(request: Request) -> Response:
        """A sealed batch in, its receipt out."""
        return await _answer(desk, request, desk.receive, MAX_CONTAINER_BYTES)

    @web.post("/v1/ticket", responses=ANSWERS, response_class=Response, openapi_extra=SENDS_BYTES)
    async def ticket(request: Request) -> Response:
        """The name of a code in, its ticket out, sealed under the code."""
        return await _answer(desk, request, desk.ticket, MAX_DOCUMENT_BYTES, desk.enrolments)

    @web.post("/v1/enrol", responses=ANSWERS, response_class=Response, openapi_extra=SENDS_BYTES)
    async def enrol(request: Request) -> Response:
        """A sealed enrolment request in, a certificate out."""
        return await _answer(desk, request, desk.enrol, MAX_DOCUMENT_BYTES, desk.enrolments)

    @web.post("/v1/blobs", responses=ANSWERS, response_class=Response, openapi_extra=SENDS_BYTES)
    async def blobs(request: Request) -> Response:
        """A part of an attachment in, how much of it the county holds out."""
        return await _answer(desk, request, desk.part, _MAX_PART_BYTES)

    @web.get("/v1/feed", responses=ANSWERS, response_class=Response, openapi_extra=SIGNS)
    async def feed(request: Request) -> Response:
        """A signed request in the Authorization header, a page out."""
        return await _signed(desk, request, desk.feed)

    @web.get("/v1/order", responses=ANSWERS, response_class=Response, openapi_extra=SIGNS)
    async def order(request: Request) -> Response:
        """A signed request in the Authorization header, the order for a revoked device out."""
        return await _signed(desk, request, desk.order)

    return web


async def _signed(desk: Desk, request: Request, work: Callable[[bytes], bytes]) -> Response:
    """Answer the signed document in the Authorization header."""
    try:
        await run_in_threadpool(desk.addresses.spend, _address(request))
        data = _authorization(request)
    except Problem as problem:
        return desk.refuse(b"", problem)
    return await _work(desk, data, work)


async def _answer(
    desk: Desk,
    request: Request,
    work: Callable[[bytes], bytes],
    cap: int,
    tries: Limit | None = None,
) -> Response:
    """Read a body up to `cap`, do the work, answer with bytes or with a signed refusal."""
    try:
        await run_in_threadpool(desk.addresses.spend, _address(request))
        if tries is not None:
            await run_in_threadpool(tries.spend, _address(request))
        with desk.bodies.room() as room:
            data = await _body(request, cap, room)
            return await _work(desk, data, work)
    except ClientDisconnect:
        return Response(status_code=_BAD)  # the link was cut; nobody is there to read this
    except Problem as problem:
        return desk.refuse(b"", problem)


async def _work(desk: Desk, data: bytes, work: Callable[[bytes], bytes]) -> Response:
    """Run `work` beside the event loop. Refusals are answers; anything else is a bug."""
    try:
        return Response(await run_in_threadpool(work, data), media_type=BYTES)
    except Problem as problem:
        _log.info("refused %s", problem.code)
        return desk.refuse(data, problem)


async def _body(request: Request, cap: int, room: Room) -> bytes:
    """The whole body. Raises Refused B-02 as soon as it is known to be too large, Declined B-26."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > cap:
        raise too_large()
    return await room.fill(request.stream(), cap)


def _address(request: Request) -> str:
    """Where the request comes from, as far as a socket can tell."""
    return request.client.host if request.client else ""


def _authorization(request: Request) -> bytes:
    """The signed document of the header. Raises Declined B-24."""
    header = request.headers.get("authorization", "")
    if not header.startswith(SCHEME):
        raise unknown_device()
    try:
        return base64.b64decode(header.removeprefix(SCHEME), validate=True)
    except (binascii.Error, ValueError) as error:
        raise unknown_device() from error
