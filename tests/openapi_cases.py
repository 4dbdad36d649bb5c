"""Requests made from the county's OpenAPI document, from nonsense to a device's own, altered.

Each answer is held against the document: its status, its content type, its headers, its schema;
and none is a failure of the server.
"""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass, field

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi import checks

from app.sync.protocol.coding import encode
from app.sync.protocol.enrolment import TicketRequest, code_name
from county_server.limits import OwnLimit
from county_server.web import Desk, build_web
from tests.counties import Office
from tests.devices import Device

load_all_checks()
HELD = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
SEED = 20260302


@dataclass
class Conversation:
    """A county and a device that speaks to it, right and wrong."""

    office: Office
    device: Device
    statuses: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.desk = Desk(self.office.county, self.office.database, self.office.clock)
        self.desk.addresses = OwnLimit(self.office.clock, 1)
        self.schema = schemathesis.openapi.from_asgi("/openapi.json", build_web(self.desk))
        self.bodies: list[bytes] = [b""]

    def run(self, examples: int) -> int:
        """Ask `examples` times at each operation; how many requests that was."""
        for result in self.schema.get_all_operations():
            operation = result.ok()
            self._run(operation, examples)
        return self.statuses.total()

    def _run(self, operation, examples: int) -> None:
        @seed(SEED)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), how=st.integers(0, 11), where=st.integers(0, 2**16))
        def ask(case, how: int, where: int) -> None:
            # one a minute is let in: most wait for it, some come too early
            self.office.clock.advance(seconds=30 * how)
            if how > 3:
                self._make_own(case, how, where)
            response = case.call()
            self.statuses[response.status_code] += 1
            case.validate_response(response, checks=HELD)

        ask()

    def _make_own(self, case, how: int, where: int) -> None:
        """What the device itself would send: whole, cut, with a bit turned over, or late."""
        if case.method.upper() == "POST":
            case.body = _altered(self._body(case.path, how), how, where)
        elif "Authorization" in (case.headers or {}):
            request = _altered(self.device.feed_request(), how, where)
            case.headers["Authorization"] = "Xieli " + base64.b64encode(request).decode()

    def _body(self, path: str, how: int) -> bytes:
        if path == "/v1/ticket":
            return encode(TicketRequest(v=1, code=code_name(self.office.invited().code)))
        if path == "/v1/enrol":
            return self.device.enrolment_request()
        if how == 11:
            return self.bodies[-1]
        for data in self.bodies[self.office.status()["batches"] + 1 :]:
            self.office.intake.receive(data)  # a laptop repeats what was not answered
        for _ in range(2 if how == 10 else 1):  # the second of two comes too early
            self.device.household()
            self.bodies.append(self.device.batch())
        return self.bodies[-1]


def _altered(data: bytes, how: int, where: int) -> bytes:
    """`data` whole, cut short, lengthened, or with one bit turned over."""
    place = where % max(len(data), 1)
    if how == 4:
        return data[:place]
    if how == 5:
        return data + data[:place]
    if how == 6 and data:
        return data[:place] + bytes([data[place] ^ (1 << (where % 8))]) + data[place + 1 :]
    return data
