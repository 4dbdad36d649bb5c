"""A model of everything that may happen between laptops, a stick and the county.

Two real laptops and one that is only its protocol do what they like, over a road that breaks at any
byte, a stick that carries old and new in any order, and a county that is restarted, hands villages
over and withdraws a binding; on either side a backup is put back. Whatever happened: what was saved
is there, what was acknowledged is at the county once, and in the end both sides hold the same
(security §5.2, I1–I6).
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.problem import Problem
from app.services.vaults import Vaults
from app.store.restoring import restore_backup
from county_server.database import Database
from county_server.decisions import Decide
from county_server.tables import device, document
from tests.fakes import NOON
from tests.laptops import Laptop, open_laptop
from tests.sync_invariants import SERVER
from tests.sync_model_homes import HOMES
from tests.sync_model_state import WHICH, WHO, CountyBackup, Everybody, expect
from tests.sync_model_steps import OnTheLaptops, OnTheRoads
from tests.vaults import PASSPHRASE


class Elsewhere(Everybody):
    """Clocks, restarts, backups put back, and what the county does."""

    # what else happens

    @rule(who=WHO, days=st.integers(-40, 40))
    def clock_jumps(self, who: int, days: int) -> None:
        if abs((self.clocks[who].now() - NOON).days + days) < 60:
            self.clocks[who].advance(days=days)
            # what counts since the machine was started does not jump
            self.clocks[who].started += timedelta(days=days)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.office.clock.advance(hours=hours)

    @rule(who=WHO)
    def laptop_restarts(self, who: int) -> None:
        if who not in self.gone:
            self.laptops[who].vault.close()
            self.laptops[who] = open_laptop(self.kept[who], self.clocks[who])

    @rule()
    def county_restarts(self) -> None:
        self.office.database.close()
        signer = self.office.county.root.private
        self.office.database = Database(self.office.database.url, signer)

    @rule(who=WHO)
    def laptop_is_backed_up(self, who: int) -> None:
        if who not in self.gone:
            report = self.laptops[who].vault.backup("manual")
            self.backups[who] = (report.path, set(self.saved[who]), len(self.photos[who]))

    @rule(who=WHO, sure=st.integers(0, 3))
    def laptop_is_put_back(self, who: int, sure: int) -> None:
        """What it had not sent since is gone with the disk; what was acknowledged is not."""
        if who in self.gone or who not in self.backups or sure:
            return
        folder, saved, photos = self.backups[who]
        self._only_what_arrived_is_sure()
        self.sure |= self.ground().arrived(who) - saved
        self.laptops[who].vault.close()
        restore_backup(self.kept[who].directory, folder, PASSPHRASE, clock=self.clocks[who])
        vault = Vaults(self.clocks[who]).open(self.kept[who].directory, PASSPHRASE)
        self.laptops[who] = Laptop(vault, self.clocks[who])
        self.saved[who] = set(saved)
        del self.photos[who][photos:]
        # bytes that never arrived and that no laptop knows any more are a fork, rightly
        self.batches = [one for one in self.batches if not self.is_of(who, one)]
        for path in self.usb.rglob(f"{self.ids[who]}-*"):
            path.unlink()

    def _only_what_arrived_is_sure(self) -> None:
        """Somebody will not say again what he held."""
        with self.office.database.read() as connection:
            self.sure &= set(connection.execute(select(document.c.entity_id)).scalars())

    @rule()
    def county_is_backed_up(self) -> None:
        again = self.county_home.keep(self.office, self.folder / f"copy-{new_id(NOON)}")
        self.county_backup = CountyBackup(
            again, dict(self.decided), set(self.gone), len(self.handed)
        )

    @precondition(lambda self: self.county_backup is not None)
    @rule(sure=st.integers(0, 3))
    def county_is_put_back(self, sure: int) -> None:
        """Nobody tells the laptops; the device that is but its protocol says all of it again."""
        backup = self.county_backup
        if sure or backup is None:
            return
        held = [self.ground().held(who) for who in (0, 1) if who not in self.gone]
        backup.put_back()
        for village, giver, taker in self.handed[backup.handed :]:
            self.office.assignments.hand_over(village, giver, taker)  # as the duty book says
        self.decided, self.gone = dict(backup.decided), set(backup.gone)
        self.sure = set().union(*held)
        self.unheard = {0, 1}
        with self.office.database.read() as connection:
            row = connection.execute(select(device).where(device.c.id == self.payer.id)).one()
        if row.head_n < self.payer.n:
            self.payer.join_again(row.head_n, bytes.fromhex(row.head), self.said)
            self._payer_sends()

    @rule(which=st.integers(0, 1), giver=st.integers(0, 1))
    def village_changes_hands(self, which: int, giver: int) -> None:
        if self.gone:
            return
        deed = HOMES[which].code, self.ids[giver], self.ids[1 - giver]
        try:
            self.office.assignments.hand_over(*deed)
        except Problem as problem:
            expect(problem, {"K-15"})
        else:
            self.handed.append(deed)
            # the giver may be the only one who has what a county that was put back lost
            self.sure.clear()

    @rule(who=WHO)
    def county_grants(self, who: int) -> None:
        """Also between a backup put back and the first word of the laptop."""
        self.office.assignments.grant(self.ids[who], Money.yuan(100), 90)

    @precondition(lambda self: self.filed)
    @rule(which=WHICH, agrees=st.booleans())
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
            expect(problem, {"K-12", "K-14"})
        else:
            self.decided[made] = self.ground().decision(made)

    @precondition(lambda self: self.filed)
    @rule(who=WHO, which=WHICH)
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
    @rule(who=WHO, sure=st.integers(0, 7))
    def binding_is_withdrawn(self, who: int, sure: int) -> None:
        if sure == 0:
            self.office.assignments.revoke(self.ids[who])
            self.gone.add(who)
            self._only_what_arrived_is_sure()


class SyncModel(OnTheLaptops, OnTheRoads, Elsewhere):
    """See the module. Hypothesis chooses the steps."""
