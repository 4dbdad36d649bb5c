"""A vault copied, and both copies go on: how one such story goes, drawn from a seed (TT11).

The folder was put back from a disk image, or a second machine was set up with it. Whatever either
copy does next, the county and the laptop that comes second know it at the first contact, money
stands still on both until somebody has looked, and no word of the copy that is let in again is
lost.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from app.domain.casework import EventKind, ReliefWay
from app.domain.money import Money
from app.domain.problem import Problem
from app.services.ground_rules import GroundRules
from app.services.relief import ReliefCases
from app.services.relief_asked import PayRelief
from app.store.link_notes import Alarm, read_alarm
from app.sync.problems import link_cut
from county_server.database import sqlite_url
from county_server.setaside import SetAside
from county_server.tables import document, payment, quota
from tests.counties import DirectRoad, Office, copied_office, found_office
from tests.fakes import StoppedClock
from tests.laptops import Laptop, open_laptop
from tests.policies import PracticePolicies
from tests.vaults import Kept, make_vault


@cache
def template() -> Path:
    """A county with one enrolled laptop that has a household, made once per process."""
    folder = Path(tempfile.mkdtemp(prefix="xieli-forks-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = StoppedClock()
    office = found_office(folder / "county", sqlite_url(folder / "county.db"), clock)
    laptop = open_laptop(make_vault(folder / "vault", clock), clock)
    laptop.join(office, folder)
    laptop.add_household()
    laptop.sync(DirectRoad(office))
    laptop.vault.close()
    office.database.close()
    return folder


class Halting(DirectRoad):
    """The first batch is lost on its way there, or its receipt on its way back."""

    def __init__(self, office: Office, *, before: bool) -> None:
        super().__init__(office)
        self.before = before

    def send_batch(self, data: bytes) -> bytes:
        if not self.before:
            super().send_batch(data)
        raise link_cut()


@dataclass
class ForkStory:
    """One story. `folder` is empty before it."""

    folder: Path
    seed: int
    clock: StoppedClock = field(default_factory=StoppedClock)
    told: dict[str, set[str]] = field(default_factory=dict)
    """Laptop → the visits saved on it."""
    paid: int = 0

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311  # a story, no secret
        self.office = copied_office(template(), self.folder, self.clock)

    def run(self) -> None:
        """Raises AssertionError where anything is not as it must be."""
        try:
            self._run()
        finally:
            self.office.database.close()

    def _run(self) -> None:
        kept = Kept(self.folder / "vault", "")
        self._before_the_copy(kept)
        shutil.copytree(kept.directory, self.folder / "copy")
        first, second = (
            open_laptop(one, self.clock) for one in (kept, Kept(self.folder / "copy", ""))
        )
        try:
            self._work(first, "first", least=1)
            first.sync(DirectRoad(self.office))
            self._work(second, "second", least=0)
            self._second_is_found_out(second)
            self._both_stand_still(first, second)
            self._second_is_let_in_again(second)
            self._first_is_found_out(first)
            self._no_more_was_spent_than_allowed()
        finally:
            first.vault.close()
            second.vault.close()

    def _before_the_copy(self, kept: Kept) -> None:
        """The vault may have words the county has, or has without our knowing, or has not."""
        laptop = open_laptop(kept, self.clock)
        way = self.chance.choice(("nothing", "whole", "unsent", "before", "after"))
        if way != "nothing":
            laptop.visit(self._home(laptop), "复制以前")
        if way == "whole":
            laptop.sync(DirectRoad(self.office))
        if way in {"before", "after"}:
            try:
                laptop.sync(Halting(self.office, before=way == "before"))
            except Problem as problem:
                assert problem.code == "S-11"  # noqa: PT017  # what the halting road says
        laptop.vault.close()

    def _work(self, laptop: Laptop, name: str, *, least: int) -> None:
        """A few visits, a payment now and then, on a clock of its own."""
        self.clock.advance(minutes=self.chance.randrange(600))
        for _ in range(self.chance.randint(least, 3)):
            made = laptop.visit(self._home(laptop), f"{name} 走访")
            self.told.setdefault(name, set()).add(made)
        if self.chance.random() < 0.5:
            self._pay(laptop)

    def _second_is_found_out(self, second: Laptop) -> None:
        """At its first contact, by both sides, whether or not it has anything to say."""
        assert alarm(second) is None
        code = self._sync_code(second)
        assert code == "B-21"
        assert alarm(second) is Alarm.FORKED
        assert self._state() == "quarantined"

    def _both_stand_still(self, first: Laptop, second: Laptop) -> None:
        assert self._sync_code(first) == self._sync_code(second) == "B-22"
        assert alarm(first) is Alarm.SET_ASIDE
        for laptop in (first, second):
            try:
                self._pay(laptop)
            except Problem as problem:
                assert problem.code == "S-26"  # noqa: PT017  # the other way is the failure
            else:
                raise AssertionError("money was recorded on a forked vault")
        self.told.setdefault("second", set()).add(second.visit(self._home(second), "照常走访"))

    def _second_is_let_in_again(self, second: Laptop) -> None:
        """Somebody looked and chose: its words are there, each once, and money goes on."""
        SetAside(self.office.database, self.clock).release(second.vault.device_id, "核对过")
        second.sync(DirectRoad(self.office))
        assert alarm(second) is None
        assert second.syncing.waiting() == 0
        assert second.syncing.check() == []
        with self.office.database.read() as connection:
            held = set(connection.execute(select(document.c.entity_id)).scalars())
        assert self.told["second"] <= held
        assert self.told["first"] <= held  # what it had sent before is not taken back
        self._pay(second)
        second.sync(DirectRoad(self.office))

    def _first_is_found_out(self, first: Laptop) -> None:
        """The copy nobody chose."""
        assert self._sync_code(first) == "B-21"
        assert alarm(first) is Alarm.FORKED
        assert self._state() == "quarantined"

    def _no_more_was_spent_than_allowed(self) -> None:
        with self.office.database.read() as connection:
            paid = select(func.coalesce(func.sum(payment.c.amount_fen), 0))
            whole = connection.execute(paid).scalar_one()
            row = connection.execute(select(quota)).one()
        assert whole == row.spent_fen <= row.amount_fen

    def _pay(self, laptop: Laptop) -> None:
        """Somebody else each time: one cause is helped once a year."""
        self.paid += 1
        rules = GroundRules(PracticePolicies(), laptop.clock)
        ReliefCases(laptop.begin, laptop.clock, rules).pay(
            PayRelief(
                household=None,
                payee_name=f"覃桂{chr(ord('一') + self.paid)}",
                payee=None,
                event=EventKind.FIRE,
                amount=Money.yuan(self.chance.randint(1, 300)),
                way=ReliefWay.CASH,
            )
        )

    def _sync_code(self, laptop: Laptop) -> str | None:
        """What a sync is refused with; None when it is not."""
        self.clock.advance(minutes=2)
        try:
            laptop.sync(DirectRoad(self.office))
        except Problem as problem:
            return problem.code
        return None

    def _state(self) -> str:
        (only,) = self.office.status()["devices"]
        return str(only["state"])

    def _home(self, laptop: Laptop) -> str:
        return laptop.households.lines()[0].id


def alarm(laptop: Laptop) -> Alarm | None:
    """Why money stands still on a laptop."""
    with laptop.begin() as work:
        raised = read_alarm(work.connection)
    return None if raised is None else raised.alarm
