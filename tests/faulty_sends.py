"""Batches sent over a link that breaks in every way a link breaks, until each has its receipt.

What is proved: every operation is at the county once, in order, however often its batch was sent,
cut, answered in vain or never heard of.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.domain.problem import Problem
from app.store.enrolment import CountyAddress
from app.sync.transport import HttpsTransport
from county_server.tables import batch, device, document, operation, quarantine
from county_server.web import Desk, build_web
from tests.counties import Office
from tests.devices import Device
from tests.servers import Fault, FaultProxy, Served

FAULTS = (
    "reset before", "reset after", "reset within", "cut request", "cut answer", "deaf", "portal",
    "stall", "creep",
)  # fmt: skip
_PATIENCE = 0.12
"""Seconds after which the coordinator says stop on a line that stalls or creeps."""
_TRIES = 6
"""The last of them over a whole line."""


class _CountingDesk(Desk):
    """Says how often the county answered a batch, whether or not anybody heard it."""

    def receive(self, data: bytes) -> bytes:
        answer = Desk.receive(self, data)
        self.clock.heard += 1
        return answer


@dataclass
class FaultySends:
    """One county on loopback, one breakable link, several devices."""

    office: Office
    seed: int
    devices: int = 4
    met: Counter[str] = field(default_factory=Counter)
    tries: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311  # reproducible faults, not secrets
        self.office.clock.heard = 0
        desk = _CountingDesk(self.office.county, self.office.database, self.office.clock)
        self.served = Served(self.office, build_web(desk))
        self.proxy = FaultProxy(self.served.port)
        self.fleet = [self.office.device() for _ in range(self.devices)]
        self.made: Counter[str] = Counter()

    def close(self) -> None:
        self.proxy.close()
        self.served.close()

    def run(self, batches: int) -> None:
        """Send `batches` batches, each until its receipt is here."""
        for _ in range(batches):
            one = self.chance.choice(self.fleet)
            one.visit(one.household())
            self.made[one.id] += 1
            self._deliver(one, one.batch())

    def _deliver(self, one: Device, data: bytes) -> None:
        for turn in range(_TRIES):
            self.tries += 1
            self.office.clock.advance(seconds=3)
            name = self._break(len(data), is_last=turn == _TRIES - 1)
            self.met[name] += 1
            try:
                receipt = one.receipt(self._send(one, data, name))
            except Problem:
                continue
            assert (receipt.seq, receipt.last_op) == (one.seq, one.sent_n)
            assert {verdict.outcome for verdict in receipt.verdicts} == {"applied"}
            return
        raise AssertionError("a batch found no way over a whole line")

    def _send(self, one: Device, data: bytes, name: str) -> bytes:
        """The answer's bytes. Raises Problem when the link, or the portal, had its way."""
        ticket = one.ticket
        address = CountyAddress(
            county=ticket.county, root=ticket.root, seal_key=ticket.seal_key,
            ca_pem=ticket.ca_pem, url=self.proxy.url,
        )  # fmt: skip
        until = time.monotonic() + _PATIENCE
        waits = name in {"stall", "creep"}
        with HttpsTransport(address, lambda: waits and time.monotonic() > until) as link:
            return link.send_batch(data)

    def _break(self, size: int, *, is_last: bool) -> str:
        """Put the next fault on the link, or none; its name."""
        if is_last or self.chance.random() < 0.4:
            self.proxy.fault = Fault()
            return "none"
        # a line that only waits costs a real moment: it comes seldom
        seldom = self.chance.random() < 0.02
        name = self.chance.choice(FAULTS[-2:] if seldom else FAULTS[:-2])
        heard = self.office.clock.heard
        place = self.chance.randrange(300, size + 1500)
        self.proxy.fault = {
            "reset before": Fault(resets=True),
            "reset after": Fault(resets=True, deaf_when=lambda: self.office.clock.heard > heard),
            "reset within": Fault(resets=True, cut_down=self.chance.randrange(1, 4000)),
            "cut request": Fault(cut_up=place),
            "cut answer": Fault(cut_down=self.chance.randrange(1, 4000)),
            "deaf": Fault(deaf_when=lambda: self.office.clock.heard > heard),
            "portal": Fault(portal=True),
            "stall": Fault(stall_up=place),
            "creep": Fault(creep=True),
        }[name]
        return name

    def check(self) -> None:
        """Every operation is at the county once, and nothing was set aside."""
        with self.office.database.read() as connection:
            for one in self.fleet:
                mine = operation.c.device_id == one.id
                numbers = connection.execute(
                    select(operation.c.n).where(mine).order_by(operation.c.n)
                ).scalars()
                assert list(numbers) == list(range(1, one.n + 1))
                ids = select(func.count(operation.c.op_id.distinct())).where(mine)
                assert connection.execute(ids).scalar_one() == one.n
                row = connection.execute(select(device).where(device.c.id == one.id)).one()
                assert (row.last_seq, row.head_n, row.head) == (one.seq, one.n, one.head.hex())
                sent = select(func.count()).select_from(batch).where(batch.c.device_id == one.id)
                assert connection.execute(sent).scalar_one() == one.seq
            aside = connection.execute(select(func.count()).select_from(quarantine)).scalar_one()
            versions = connection.execute(
                select(document.c.version, func.count())
                .where(document.c.entity.in_(["household", "visit"]))
                .group_by(document.c.version)
            ).all()
        assert aside == 0
        assert [tuple(each) for each in versions] == [(1, 2 * sum(self.made.values()))]
