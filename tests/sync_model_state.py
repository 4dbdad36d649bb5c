"""What the model knows: both sides, and what people remember of what they did."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from app.crypto.envelope import Kind, parse_container
from app.domain.problem import Problem
from app.store.enrolment import read_keys
from app.store.feed import read_cursor
from app.sync.protocol.enrolment import Village
from tests.counties import DirectRoad
from tests.devices import Device
from tests.fakes import StoppedClock
from tests.laptops import Laptop, open_laptop
from tests.sync_invariants import Ground
from tests.sync_model_homes import Home, OnSqlite
from tests.sync_model_road import WAYS
from tests.vaults import Kept

APART = Village("459901001003", "账村")
WHO = st.integers(0, 1)
WHICH = st.integers(0, 2**16)
BROKEN = st.lists(st.tuples(st.sampled_from(WAYS), WHICH), max_size=4)


@dataclass(frozen=True)
class CountyBackup:
    """A copy of the database, and what had been said by then."""

    put_back: Callable[[], None]
    decided: dict[str, tuple[object, object]]
    gone: set[int]
    handed: int
    """How many villages had been handed over."""


class Everybody(RuleBasedStateMachine):
    """Both sides and what people remember; `teardown` looks at what came of the steps."""

    county_home: Home = OnSqlite()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="xieli-run-"))
        self.office, recovery = self.county_home.begin(self.folder)
        self.kept = [Kept(self.folder / f"vault-{number}", recovery) for number in (0, 1)]
        self.clocks = [StoppedClock(), StoppedClock()]
        self.laptops = [open_laptop(k, c) for k, c in zip(self.kept, self.clocks, strict=True)]
        self.ids = [id_of(laptop) for laptop in self.laptops]
        self.payer: Device = self.office.device(APART, quota="1000.00")
        self.usb = self.folder / "usb"
        self.usb.mkdir()
        self.answers_of = ([], [])
        self.homes: list[str] = []
        self.saved: list[set[str]] = [set(), set()]
        self.batches: list[bytes] = []
        self.filed: list[str] = []
        self.decided: dict[str, tuple[object, object]] = {}
        self.photos: tuple[list[bytes], list[bytes]] = ([], [])
        self.gone: set[int] = set()
        self.refused: list[str] = []
        self.said = self.payer.waiting[:]
        self.backups: dict[int, tuple[Path, set[str], int]] = {}
        self.sure: set[str] = set()
        self.handed: list[tuple[str, str, str]] = []
        self.old_sticks: list[Path] = []
        self.county_backup: CountyBackup | None = None
        self.unheard: set[int] = set()
        """Laptops that have not come since the county was put back."""

    # what must be so

    def teardown(self) -> None:
        try:
            self._settle()
            self.ground().check()
        finally:
            for laptop in self.laptops:
                laptop.vault.close()
            self.county_home.end(self.office)
            shutil.rmtree(self.folder)

    def _settle(self) -> None:
        """Everybody syncs over a whole road until nothing is new."""
        for days in (0, 0, 0, 8, 8, 8):  # beyond a week, villages are compared
            for who, laptop in enumerate(self.laptops):
                if who not in self.gone:
                    self.office.clock.advance(minutes=2)
                    self.clocks[who].advance(days=days)
                    laptop.sync(DirectRoad(self.office))

    def ground(self) -> Ground:
        return Ground(
            self.office, self.laptops, self.ids, self.payer, self.saved, self.decided, self.gone,
            self.photos, self.sure, self.gone & self.unheard,
        )  # fmt: skip

    # looking

    def is_of(self, who: int, batch: bytes) -> bool:
        return parse_container(Kind.BATCH, batch).header["device"] == self.ids[who]

    def answers_for(self, who: int, village: str) -> bool:
        """As far as the laptop has heard."""
        with self.laptops[who].begin() as work:
            cursor = read_cursor(work.connection)
        return f"left:{village}" not in cursor or village in cursor

    def knows(self, who: int, home: str) -> bool:
        try:
            self.laptops[who].household(home)
        except Problem:
            return False
        return True


def id_of(laptop: Laptop) -> str:
    with laptop.begin() as work:
        return read_keys(work.connection).device_id


def expect(problem: Problem, codes: set[str]) -> None:
    """Let pass what is expected here."""
    if problem.code not in codes:
        raise problem
