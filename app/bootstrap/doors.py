"""The two doors of the window: opening a vault that is there, and making one.

Everything here runs on the work thread. Where a new vault has to be furnished — enrolled, filled
with the practice village — it is opened, used and closed on this thread; the day then opens it on
its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from app.bootstrap.session import Session
from app.domain.clock import CHINA, Clock
from app.domain.problem import Unavailable
from app.services.vaults import ACCEPTED, Backup, CreateVault, Vaults
from app.settings import Settings
from app.ui.doors import Asked, Imported, Made, Remedy, Ticket
from app.ui.runner import Steps

if TYPE_CHECKING:
    from app.services.county_recovery import CountyRecovery
    from app.services.desk import Desk
    from app.store.vault import OpenVault


T = TypeVar("T")

_FETCHED: Final = "ticket.json"
"""Where a ticket that was fetched by its code lies until the vault is made."""
_ONE_LINE: Final = 40
"""Characters the page of the ticket and the unlock page have room for."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Both doors. `resident` is the vault found at start, None on a first run."""

    settings: Settings
    clock: Clock
    vaults: Vaults
    resident: Path | None
    spoiled: set[Path] = field(default_factory=set)
    """Backups that turned out not to be whole."""

    @property
    def _vault(self) -> Path:
        return self.resident or self.settings.vault

    def unlock(self, passphrase: str) -> object:
        """The proof. Raises Refused V-01, Unavailable V-02…V-05."""
        return Session(self._vault, unlocked=self.vaults.prove(self._vault, passphrase))

    def wait_seconds(self) -> int:
        """How long the next try has to wait."""
        return self.vaults.seconds_to_wait(self._vault)

    def foresee(self, remedy: Remedy) -> str:
        """What `remedy` would do to the vault. Raises Refused V-21 without a backup."""
        match remedy:
            case Remedy.REPAIR:
                return "会用以前的钥匙文件换下坏的这一份，资料不动。"
            case Remedy.RESTORE:
                newest = self._backup()
                at = newest.at.astimezone(CHINA)
                return (
                    f"会恢复到 {at.month}月{at.day}日 {at:%H:%M} 的备份"
                    f"（到第 {newest.operations} 条操作记录），现在这一份另外留着。"
                )
            case Remedy.ACCEPT:
                return f"会{ACCEPTED}"

    def mend(self, remedy: Remedy, passphrase: str) -> object:
        """Do it, then prove the passphrase. Raises as `unlock`, and V-16, V-17, V-21."""
        if remedy is Remedy.REPAIR:
            self.vaults.repair_header(self._vault, passphrase)
        elif remedy is Remedy.RESTORE:
            self._restore(self._backup(), passphrase)
        proof = self.vaults.prove(self._vault, passphrase)
        return Session(self._vault, unlocked=proof, accept_older=remedy is Remedy.ACCEPT)

    def _backup(self) -> Backup:
        """The newest one not yet found damaged. Raises Refused V-21."""
        return self.vaults.newest_backup(self._vault, but=self.spoiled)

    def _restore(self, backup: Backup, passphrase: str) -> None:
        """Raises as `Vaults.restore`; after V-16 the next try is made with the one before."""
        try:
            self.vaults.restore(self._vault, backup.path, passphrase)
        except Unavailable as problem:
            if problem.code == "V-16":
                self.spoiled.add(backup.path)
            raise

    def recover(self, code: str, passphrase: str) -> Made:
        """Open by the recovery sheet and set a new passphrase; there is a new sheet then."""
        vault, groups = self.vaults.recover(self._vault, code, passphrase)
        vault.close()
        return Made(Session(self._vault, passphrase=passphrase), " ".join(groups))

    def asked_of_county(self) -> Asked | None:
        """The request that waits. Raises Unavailable D-02, D-03."""
        waiting = self._recovery.waiting(self._vault)
        return None if waiting is None else Asked(waiting.asked_at, waiting.fingerprint)

    def ask_county(self, folder: Path, passphrase: str) -> Asked:
        """Raises as `CountyRecovery.ask`."""
        waiting = self._recovery.ask(self._vault, passphrase, folder)
        return Asked(waiting.asked_at, waiting.fingerprint)

    def write_request(self, folder: Path) -> Asked:
        """Raises as `CountyRecovery.write_request`."""
        waiting = self._recovery.write_request(self._vault, folder)
        return Asked(waiting.asked_at, waiting.fingerprint)

    def take_answer(self, answer: Path, passphrase: str) -> Made:
        """Raises as `CountyRecovery.take`; the vault is then as it was."""
        vault, groups = self._recovery.take(self._vault, answer, passphrase)
        vault.close()
        return Made(Session(self._vault, passphrase=passphrase), " ".join(groups))

    @property
    def _recovery(self) -> CountyRecovery:
        from app.services.county_recovery import CountyRecovery  # seldom needed

        return CountyRecovery(self.clock, self.vaults.kdf)

    def check_passphrase(self, passphrase: str) -> None:
        """Raises Refused V-07, saying what is weak about it."""
        self.vaults.require_strong(passphrase)

    def print_recovery(self, code: str) -> None:
        """Print the recovery sheet on the machine's printer. Raises Unavailable P-11, P-50."""
        from app.bootstrap.access import print_sheet

        print_sheet(code, self.clock.today())

    def read_ticket(self, path: Path) -> Ticket:
        """The county's file, to be compared aloud. Raises Refused S-02, S-07."""
        from app.services.enrolment import read_invitation

        read = read_invitation(path)
        return Ticket(
            path=path,
            county=read.county_name,
            village=village_label(read.villages),
            officer=read.officer_name,
            fingerprint=read.fingerprint,
        )

    def fetch_ticket(self, url: str, code: str) -> Ticket:
        """The county's file of a code. Raises Refused S-09, NotReached, Unavailable D-01…D-03."""
        from app.services.enrolment import fetch_invitation

        file = self.settings.home / _FETCHED
        fetch_invitation(url, code, file)
        return self.read_ticket(file)

    def create(self, ticket: Ticket, passphrase: str) -> Made:
        """The coordinator's vault, bound to the county when it can be reached now."""
        groups = self._found(self.settings.vault, passphrase, ticket, practice=False)
        with (
            _whole_or_not_at_all(self.settings.vault),
            self._opened(self.settings.vault, passphrase) as (_, desk),
        ):
            desk.enrolment.prepare(ticket.path, fingerprint=ticket.fingerprint)
            _ask_if_reachable(desk)
        (self.settings.home / _FETCHED).unlink(missing_ok=True)
        return Made(Session(self.settings.vault, passphrase=passphrase), " ".join(groups))

    def practise(self, passphrase: str, steps: Steps) -> Made:
        """The practice village with a county of its own on loopback."""
        from app.practice.furnishing import furnish, practice_county, settle_village
        from app.practice.under_way import hear_the_county, set_going
        from app.practice.village import practice_village
        from app.services.policies import Policies

        county = practice_county(self.settings.home)
        try:
            steps.at(1, 5, "请练习县开门")
            ticket = furnish(county, self.settings.home)
            read = self.read_ticket(ticket)
            steps.at(2, 5, "建练习村的保险箱")
            self._found(self.settings.practice_vault, passphrase, read, practice=True)
            with (
                _whole_or_not_at_all(self.settings.practice_vault),
                self._opened(self.settings.practice_vault, passphrase) as (vault, desk),
            ):
                desk.enrolment.prepare(ticket, fingerprint=read.fingerprint)
                desk.enrolment.ask(run_in_store=_here)
                steps.at(3, 5, "请村民住进来")
                village = practice_village()
                homes = settle_village(desk, self.clock.today(), village)
                steps.at(4, 5, "把手头在办的事摆好")
                going = set_going(vault, self.clock, Policies(), village, homes)
                steps.at(5, 5, "请练习县答复")
                hear_the_county(county, desk, going)
        except BaseException:
            county.stop()
            raise
        return Made(Session(self.settings.practice_vault, passphrase=passphrase, county=county), "")

    def import_roster(self, session: object, path: Path, steps: Steps) -> Imported:
        """A roster into the vault just made, all of it or nothing."""
        from app.ui.roster.desk import RosterDesk

        if not isinstance(session, Session):
            raise TypeError("a door gives a Session")
        with self._opened(session.directory, session.passphrase) as (_, desk):
            return RosterDesk(desk.rosters, _here).take(path, steps)

    def _found(
        self, directory: Path, passphrase: str, ticket: Ticket, *, practice: bool
    ) -> tuple[str, ...]:
        """Make a vault and close it; the groups of its recovery sheet."""
        vault, groups = self.vaults.create(
            CreateVault(
                directory=directory,
                passphrase=passphrase,
                officer=ticket.officer,
                village=ticket.village,
                practice=practice,
            )
        )
        vault.close()
        return groups

    @contextmanager
    def _opened(self, directory: Path, passphrase: str) -> Iterator[tuple[OpenVault, Desk]]:
        """The vault and its desk on this thread, for a moment."""
        from app.services.desk import open_desk
        from app.services.policies import Policies

        vault = self.vaults.open(directory, passphrase)
        try:
            yield vault, open_desk(vault, self.clock, Policies())
        finally:
            vault.close()


@contextmanager
def _whole_or_not_at_all(vault: Path) -> Iterator[None]:
    """A vault just made goes again when it cannot be furnished: nobody has its recovery sheet."""
    try:
        yield
    except BaseException:
        shutil.rmtree(vault)
        raise


def village_label(names: Sequence[str]) -> str:
    """A township's villages in one line: all of them where that is short, else the first."""
    joined = "、".join(names)
    if len(names) == 1 or len(joined) <= _ONE_LINE:
        return joined
    return f"{names[0][:_ONE_LINE]}等 {len(names)} 个村"


def _ask_if_reachable(desk: Desk) -> None:
    """Become the county's device now; without a network the stick or the next sync does it."""
    try:
        desk.enrolment.ask(run_in_store=_here)
    except Unavailable as problem:
        if not problem.code.startswith("S-"):
            raise


def _here(job: Callable[[], T], /) -> T:
    """These doors have the vault on their own thread."""
    return job()
