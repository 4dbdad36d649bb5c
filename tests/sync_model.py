"""A model of everything that may happen between laptops, a stick and the county.

Two real laptops and one that is only its protocol do what they like, over a road that breaks at any
byte, a stick that carries old and new in any order, and a county that is restarted, hands villages
over and withdraws a binding; on either side a backup is put back. Whatever happened: what was saved
is there, what was acknowledged is at the county once, and in the end both sides hold the same
(security §5.2, I1–I6).
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import select

from app.crypto.envelope import Kind, parse_container
from app.domain.casework import ApplicationStatus, Met
from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.problem import Problem
from app.services.sync_status import Side
from app.services.vaults import Vaults
from app.services.visits import RecordVisit
from app.store.enrolment import read_keys
from app.store.restoring import restore_backup
from app.sync.problems import link_cut
from app.sync.protocol.enrolment import Village
from county_server.database import Database, sqlite_url
from county_server.decisions import Decide
from county_server.tables import device
from tests.attached import photo, visit_with
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad, Office, copied_office, found_office
from tests.counties_put_back import kept_county, put_back
from tests.devices import Device
from tests.fakes import NOON, StoppedClock
from tests.laptops import Laptop, open_laptop
from tests.storefile import household_of
from tests.sync_invariants import SERVER, Ground
from tests.vaults import PASSPHRASE, Kept, make_vault

HOMES = (VILLAGE, OTHER_VILLAGE)
APART = Village("459901001003", "账村")
WAYS = ("whole", "lost before", "lost after", "cut", "stale", "turned over")


@cache
def template() -> tuple[Path, str]:
    """A county with two enrolled laptops, made once per process; and the recovery words."""
    folder = Path(tempfile.mkdtemp(prefix="xieli-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    clock = StoppedClock()
    office = found_office(folder / "county", sqlite_url(folder / "county.db"), clock)
    recovery = ""
    for number, village in enumerate(HOMES):
        kept = make_vault(folder / f"vault-{number}", clock)
        recovery = kept.recovery
        laptop = open_laptop(kept, clock)
        file = folder / "ticket.json"
        file.write_bytes(office.ticket_file(village))
        fingerprint = laptop.enrolment.read(file).fingerprint
        laptop.enrolment.prepare(file, fingerprint=fingerprint)
        laptop.enrolment.ask_over(DirectRoad(office), run_in_store=lambda job: job())
        laptop.vault.close()
    office.database.close()
    return folder, recovery


class BrokenRoad(DirectRoad):
    """Each request in turn meets what was drawn for it; after that the road is whole."""

    def __init__(self, office: Office, ways: list[tuple[str, int]], told: list[bytes]) -> None:
        super().__init__(office)
        self.ways = list(ways)
        self.told = told
        """Answers of earlier requests, of anybody's."""

    def _ask(self, work, data: bytes) -> bytes:
        way, place = self.ways.pop(0) if self.ways else ("whole", 0)
        self.office.clock.advance(seconds=2)
        if way == "lost before":
            raise link_cut()
        if way == "cut":
            self._half(work, data[: place % len(data)])
            raise link_cut()
        if way == "stale" and self.told:
            return self.told[place % len(self.told)]
        answer = super()._ask(work, data)
        self.told.append(answer)
        if way == "lost after":
            raise link_cut()
        if way == "turned over":
            at = place % len(answer)
            return answer[:at] + bytes([answer[at] ^ (1 << (place % 8))]) + answer[at + 1 :]
        return answer

    def _half(self, work, data: bytes) -> None:
        """What arrived of a request that was cut; the county says no to nobody."""
        try:
            work(data)
        except Problem:
            return
        raise AssertionError("half a request was accepted")


@dataclass(frozen=True)
class CountyBackup:
    """A copy of the database, and what had been said by then."""

    folder: Path
    decided: dict[str, tuple[object, object]]
    gone: set[int]


class SyncModel(RuleBasedStateMachine):
    """See the module. Hypothesis chooses the steps; `teardown` looks at what came of them."""

    who = st.integers(0, 1)
    which = st.integers(0, 2**16)
    ways = st.lists(st.tuples(st.sampled_from(WAYS), which), max_size=4)

    def __init__(self) -> None:
        super().__init__()
        made, recovery = template()
        self.folder = Path(tempfile.mkdtemp(prefix="xieli-run-"))
        self.office = copied_office(made, self.folder, StoppedClock())
        self.kept = [Kept(self.folder / f"vault-{number}", recovery) for number in (0, 1)]
        self.clocks = [StoppedClock(), StoppedClock()]
        self.laptops = [open_laptop(k, c) for k, c in zip(self.kept, self.clocks, strict=True)]
        self.ids = [self._id(laptop) for laptop in self.laptops]
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
        self.county_backup: CountyBackup | None = None

    # what people do on the laptops

    @rule(who=who)
    def add_household(self, who: int) -> None:
        if who in self.gone:
            return
        made = replace(household_of("覃桂英"), village_code=HOMES[who].code)
        self.laptops[who].households.add_all([made])
        self.homes.append(made.id)
        self.saved[who].add(made.id)

    @precondition(lambda self: self.homes)
    @rule(who=who, which=which)
    def visit(self, who: int, which: int) -> None:
        laptop = self.laptops[who]
        home = self.homes[which % len(self.homes)]
        if who in self.gone or not self._knows(who, home):
            return
        wish = RecordVisit(household=home, visited_on=laptop.clock.today(), met=Met.SELF, note="好")
        try:
            self.saved[who].add(laptop.visits.record(wish))
        except Problem as problem:  # handed over meanwhile, or a clock that was set back
            self.refused.append(problem.code)

    @precondition(lambda self: self.homes)
    @rule(who=who, which=which)
    def visit_with_a_photo(self, who: int, which: int) -> None:
        laptop = self.laptops[who]
        home = self.homes[which % len(self.homes)]
        if who in self.gone or not self._knows(who, home):
            return
        picture = photo(300 + which % 600)
        try:
            visit_with(laptop, picture, household=home)
        except Problem as problem:
            self.refused.append(problem.code)
        else:
            self.photos[who].append(picture)

    @precondition(lambda self: self.homes)
    @rule(who=who, which=which)
    def change(self, who: int, which: int) -> None:
        home = self.homes[which % len(self.homes)]
        if who not in self.gone and self._knows(who, home):
            self.laptops[who].change(home, phone=f"1380000{which % 3:04d}")

    @rule(who=who, which=which)
    def resolve(self, who: int, which: int) -> None:
        if who in self.gone:
            return
        conflicts = self.laptops[who].syncing.status().conflicts
        if conflicts:
            side = Side.MINE if which % 2 else Side.THEIRS
            self.laptops[who].syncing.resolve(conflicts[which % len(conflicts)].id, side)

    @precondition(lambda self: self.homes)
    @rule(who=who, which=which)
    def apply_for(self, who: int, which: int) -> None:
        home = self.homes[which % len(self.homes)]
        if who in self.gone or not self._knows(who, home):
            return
        laptop, made = self.laptops[who], new_id(NOON)
        head = laptop.household(home).head
        with laptop.begin() as work:
            work.change(
                kind="application.filed", entity="application", entity_id=made, subject=home,
                fields={
                    "document_no": f"N-{made}", "household_id": home, "requested": ["dibao"],
                    "applicant_person_id": head, "status": "submitted",
                    "filed_on": laptop.clock.today(),
                },
            )  # fmt: skip
            work.commit()
        self.filed.append(made)
        self.saved[who].add(made)

    @rule(which=which, fen=st.integers(1, 60_000))
    def pay(self, which: int, fen: int) -> None:
        """The device that is only its protocol pays out of its quota, sometimes too much."""
        home = self.payer.household()
        self.said.append(self.payer.waiting[-1])
        made = self.payer.operation(
            "emergency_relief", new_id(NOON),
            {
                "household_id": home, "payment_id": f"p-{which % 4}", "amount_fen": fen,
                "quota_id": self.payer.quota_id, "paid_at": "2026-03-02T04:00:00.000Z",
            },
            subject=home,
        )  # fmt: skip
        self.said.append(made)
        self._payer_sends()

    def _payer_sends(self) -> None:
        data = self.payer.batch()
        self.batches.append(data)
        receipt = self.payer.receipt(self.office.intake.receive(data))
        assert receipt.last_op == self.payer.sent_n

    # the roads

    @rule(who=who, ways=ways)
    def sync(self, who: int, ways: list[tuple[str, int]]) -> None:
        if who in self.gone:
            return
        road = BrokenRoad(self.office, ways, self.answers_of[who])
        try:
            self.laptops[who].sync(road)
        except Problem:
            if not ways:
                raise  # the road was whole
        self.batches += road.sent

    @rule(who=who)
    def onto_the_stick(self, who: int) -> None:
        if who not in self.gone:
            self.laptops[who].syncing.export_to_usb(self.usb)

    @rule(takes=st.booleans(), makes=st.booleans())
    def stick_at_the_county(self, takes: bool, makes: bool) -> None:
        if not any(self.usb.iterdir()):
            return
        if takes:
            self.office.stick.take(self.usb)
        if makes:
            self.office.stick.make(self.usb)

    @rule(which=which)
    def something_on_the_stick_is_lost(self, which: int) -> None:
        """So that what comes later is there before what comes first."""
        files = sorted(path for path in self.usb.rglob("*") if path.is_file())
        if files:
            files[which % len(files)].unlink()

    @rule(who=who)
    def off_the_stick(self, who: int) -> None:
        if who in self.gone:
            return
        try:
            self.laptops[who].syncing.import_from_usb(self.usb)
        except Problem as problem:
            _expect(problem, {"S-16", "S-18", "S-21"})

    @precondition(lambda self: self.batches)
    @rule(which=which)
    def replay(self, which: int) -> None:
        """Old bytes once more, by nobody in particular."""
        try:
            self.office.intake.receive(self.batches[which % len(self.batches)])
        except Problem as problem:
            _expect(problem, {"B-20", "B-23"})

    # what else happens

    @rule(who=who, days=st.integers(-40, 40))
    def clock_jumps(self, who: int, days: int) -> None:
        if abs((self.clocks[who].now() - NOON).days + days) < 60:
            self.clocks[who].advance(days=days)
            # what counts since the machine was started does not jump
            self.clocks[who].started += timedelta(days=days)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.office.clock.advance(hours=hours)

    @rule(who=who)
    def laptop_restarts(self, who: int) -> None:
        if who not in self.gone:
            self.laptops[who].vault.close()
            self.laptops[who] = open_laptop(self.kept[who], self.clocks[who])

    @rule()
    def county_restarts(self) -> None:
        self.office.database.close()
        signer = self.office.county.root.private
        self.office.database = Database(self.office.database.url, signer)

    @rule(who=who)
    def laptop_is_backed_up(self, who: int) -> None:
        if who not in self.gone:
            report = self.laptops[who].vault.backup("manual")
            self.backups[who] = (report.path, set(self.saved[who]), len(self.photos[who]))

    @rule(who=who, sure=st.integers(0, 3))
    def laptop_is_put_back(self, who: int, sure: int) -> None:
        """What it had not sent since is gone with the disk; what was acknowledged is not."""
        if who in self.gone or who not in self.backups or sure:
            return
        folder, saved, photos = self.backups[who]
        self.sure |= self._ground().arrived(who) - saved
        self.laptops[who].vault.close()
        restore_backup(self.kept[who].directory, folder, PASSPHRASE, clock=self.clocks[who])
        vault = Vaults(self.clocks[who]).open(self.kept[who].directory, PASSPHRASE)
        self.laptops[who] = Laptop(vault, self.clocks[who])
        self.saved[who] = set(saved)
        del self.photos[who][photos:]
        # bytes that never arrived and that no laptop knows any more are a fork, rightly
        self.batches = [one for one in self.batches if not self._is_of(who, one)]
        for path in self.usb.rglob(f"{self.ids[who]}-*"):
            path.unlink()

    @rule()
    def county_is_backed_up(self) -> None:
        copy = kept_county(self.office, self.folder / f"copy-{new_id(NOON)}")
        self.county_backup = CountyBackup(copy, dict(self.decided), set(self.gone))

    @precondition(lambda self: self.county_backup is not None)
    @rule(sure=st.integers(0, 3))
    def county_is_put_back(self, sure: int) -> None:
        """Nobody tells the laptops; the device that is but its protocol says all of it again."""
        backup = self.county_backup
        if sure or backup is None:
            return
        put_back(self.office, backup.folder)
        self.decided, self.gone = dict(backup.decided), set(backup.gone)
        self.sure.clear()
        with self.office.database.read() as connection:
            row = connection.execute(select(device).where(device.c.id == self.payer.id)).one()
        if row.head_n < self.payer.n:
            self.payer.join_again(row.head_n, bytes.fromhex(row.head), self.said)
            self._payer_sends()

    @rule(which=st.integers(0, 1), giver=st.integers(0, 1))
    def village_changes_hands(self, which: int, giver: int) -> None:
        if self.gone:
            return
        try:
            self.office.assignments.hand_over(
                HOMES[which].code, self.ids[giver], self.ids[1 - giver]
            )
        except Problem as problem:
            _expect(problem, {"K-15"})

    @precondition(lambda self: self.filed)
    @rule(which=which, agrees=st.booleans())
    def county_decides(self, which: int, agrees: bool) -> None:
        made = self.filed[which % len(self.filed)]
        status = ApplicationStatus.CONFIRMED if agrees else ApplicationStatus.REFUSED
        wish = Decide(
            application_id=made, status=status, note="县里定的",
            category=Category.DIBAO if agrees else None,
            benefit_month=Money.yuan(300) if agrees else None,
        )  # fmt: skip
        try:
            self.office.decisions.decide(wish)
        except Problem as problem:
            _expect(problem, {"K-12", "K-14"})
        else:
            self.decided[made] = self._ground().decision(made)

    @precondition(lambda self: self.filed)
    @rule(who=who, which=which)
    def somebody_meddles(self, who: int, which: int) -> None:
        """A laptop writes into an application, decided or not."""
        made = self.filed[which % len(self.filed)]
        if who in self.gone:
            return
        with self.laptops[who].begin() as work:
            row = work.connection.execute(
                select(SERVER.c.subject).where(
                    SERVER.c.entity == "application", SERVER.c.entity_id == made
                )
            ).first()
            if row is None:
                return
            work.change(
                kind="application.changed", entity="application", entity_id=made,
                subject=row.subject, fields={"status": "withdrawn"},
            )  # fmt: skip
            work.commit()

    @precondition(lambda self: not self.gone)
    @rule(who=who, sure=st.integers(0, 7))
    def binding_is_withdrawn(self, who: int, sure: int) -> None:
        if sure == 0:
            self.office.assignments.revoke(self.ids[who])
            self.gone.add(who)

    # what must be so

    def teardown(self) -> None:
        try:
            self._settle()
            self._ground().check()
        finally:
            for laptop in self.laptops:
                laptop.vault.close()
            self.office.database.close()
            shutil.rmtree(self.folder)

    def _settle(self) -> None:
        """Everybody syncs over a whole road until nothing is new."""
        for days in (0, 0, 0, 8, 8, 8):  # beyond a week, villages are compared
            for who, laptop in enumerate(self.laptops):
                if who not in self.gone:
                    self.office.clock.advance(minutes=2)
                    self.clocks[who].advance(days=days)
                    laptop.sync(DirectRoad(self.office))

    def _ground(self) -> Ground:
        return Ground(
            self.office, self.laptops, self.ids, self.payer, self.saved, self.decided, self.gone,
            self.photos, self.sure,
        )  # fmt: skip

    # looking

    def _id(self, laptop: Laptop) -> str:
        with laptop.begin() as work:
            return read_keys(work.connection).device_id

    def _is_of(self, who: int, batch: bytes) -> bool:
        return parse_container(Kind.BATCH, batch).header["device"] == self.ids[who]

    def _knows(self, who: int, home: str) -> bool:
        try:
            self.laptops[who].household(home)
        except Problem:
            return False
        return True


def _expect(problem: Problem, codes: set[str]) -> None:
    """Let pass what is expected here."""
    if problem.code not in codes:
        raise problem
