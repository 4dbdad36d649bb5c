"""The vault's own use cases: make, open, check, back up, restore, change who may open it.

For window and command line alike. The store is imported inside the methods, for it brings
SQLAlchemy: half a second that the unlock page must not wait for.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.problem import Refused

if TYPE_CHECKING:
    from app.crypto.kdf import KdfCost
    from app.store.integrity import CheckReport
    from app.store.vault import OpenVault, Unlocked


ACCEPTED: Final = (
    "就用现在这一份接着干。比它晚记的：上传过的，同步时县里会发回来；"
    "没上传过的就没有了，要照着纸补记。请先同步一次，再登记先行救助。"
)
"""What it means to go on with a file that may not be the newest (V-09, V-10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateVault:
    """A new vault, as asked for. `practice` never meets a real county."""

    directory: Path
    passphrase: str = field(repr=False)
    officer: str
    village: str
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Resident:
    """What stands on the unlock page: whose vault it is, and how long to wait after wrong tries."""

    vault_id: str
    officer: str
    village: str
    practice: bool
    created: datetime
    seconds_to_wait: int


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as offered to a person. `operations` counts the records in its log."""

    path: Path
    at: datetime
    reason: str
    operations: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup put back. `kept` holds the database that was there, None when there was none."""

    operations: int
    kept: Path | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Four generated words: typed in pinyin, pictured in characters (48 bits)."""

    typed: str = field(repr=False)
    pictured: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Vaults:
    """Use cases around a vault. `kdf` is the cost of new passphrase slots, None for the default.

    `prove…` and `found` derive keys and may run on any thread; everything that takes or gives an
    open vault belongs to the store thread.
    """

    clock: Clock
    kdf: KdfCost | None = None

    def resident(self, directory: Path) -> Resident:
        """Whose vault this is, without opening it. Raises Refused V-12, Unavailable V-02, V-04."""
        from app.store.header_file import read_header
        from app.store.layout import VaultFiles
        from app.store.locking import read_lock_note

        header = read_header(directory)
        note = read_lock_note(VaultFiles(directory).lock)
        return Resident(
            vault_id=header.vault_id,
            officer=header.owner.name,
            village=header.owner.village,
            practice=header.practice,
            created=header.created,
            seconds_to_wait=note.seconds_to_wait(self.clock.now()),
        )

    def seconds_to_wait(self, directory: Path) -> int:
        """How long to wait before the next try; advice, for nobody is ever locked out."""
        from app.store.layout import VaultFiles
        from app.store.locking import read_lock_note

        return read_lock_note(VaultFiles(directory).lock).seconds_to_wait(self.clock.now())

    def suggest_passphrase(self) -> Suggestion:
        """A fresh passphrase of four words."""
        from app.crypto.words import generate_phrase

        phrase = generate_phrase()
        return Suggestion(phrase.typed, phrase.pictured)

    def require_strong(self, passphrase: str, *, officer: str = "", village: str = "") -> None:
        """Raises Refused V-07, saying what is weak about it."""
        from app.crypto.passphrase import require_strong

        require_strong(passphrase, known=(officer, village))

    def found(self, request: CreateVault) -> tuple[Unlocked, tuple[str, ...]]:
        """Make a vault; answers it and the eight groups of its recovery code, shown only now.

        Raises Refused V-06, V-07, V-13, V-27, Unavailable D-01…D-03; nothing is then left behind.
        """
        from app.store.entering import found_vault
        from app.store.header import VaultOwner

        unlocked, code = found_vault(
            request.directory,
            request.passphrase,
            owner=VaultOwner(request.officer, request.village),
            practice=request.practice,
            clock=self.clock,
            kdf=self._cost(),
        )
        return unlocked, code.groups

    def prove(self, directory: Path, passphrase: str) -> Unlocked:
        """Try a passphrase. Raises Refused V-01, V-06, V-12, Unavailable V-02, V-04, V-05."""
        from app.store.entering import unlock_vault

        return _ask_no_more(unlock_vault(directory, passphrase, clock=self.clock))

    def prove_by_recovery_code(self, directory: Path, code: str) -> Unlocked:
        """Try the recovery sheet. Raises Refused V-08 naming a miscopied group, and as `prove`."""
        from app.store.entering import unlock_with_recovery

        return _ask_no_more(unlock_with_recovery(directory, code, clock=self.clock))

    def enter(self, unlocked: Unlocked, *, accept_older: bool = False) -> OpenVault:
        """Open the database of a proved vault; a restore the log does not know of is logged.

        Raises Unavailable V-03, V-04, V-09, V-10, V-18, D-01…D-03; the vault is then closed.
        """
        from app.store.entering import enter

        vault = enter(unlocked, clock=self.clock, accept_older=accept_older)
        try:
            self._log_restore(vault)
        except BaseException:
            vault.close()
            raise
        return vault

    def create(self, request: CreateVault) -> tuple[OpenVault, tuple[str, ...]]:
        """`found` and `enter` in one; a vault that cannot be entered goes again, for nobody has
        its recovery sheet."""
        unlocked, groups = self.found(request)
        try:
            return self.enter(unlocked), groups
        except BaseException:
            shutil.rmtree(request.directory)
            raise

    def open(self, directory: Path, passphrase: str, *, accept_older: bool = False) -> OpenVault:
        """`prove` and `enter` in one."""
        return self.enter(self.prove(directory, passphrase), accept_older=accept_older)

    def recover(
        self, directory: Path, code: str, new_passphrase: str
    ) -> tuple[OpenVault, tuple[str, ...]]:
        """Open by the recovery sheet; passphrase and sheet are both replaced.

        Answers the groups of the new sheet. What may not be the newest (V-09, V-10) is opened and
        said afterwards: to ask first would ask for the forgotten passphrase. Raises Refused V-08,
        V-07 (the old sheet then still opens) and as `enter`.
        """
        vault = self.enter(self.prove_by_recovery_code(directory, code), accept_older=True)
        try:
            return vault, self.start_afresh(vault, new_passphrase)
        except BaseException:
            vault.close()
            raise

    def start_afresh(self, vault: OpenVault, new_passphrase: str) -> tuple[str, ...]:
        """New passphrase and new recovery sheet for whoever came in by the old sheet."""
        from app.store.access import start_afresh

        return start_afresh(vault, new_passphrase, kdf=self._cost()).groups

    def change_passphrase(self, vault: OpenVault, current: str, new: str) -> None:
        """Raises Refused V-01 when `current` is wrong, V-07 when `new` is weak, V-24 when it is
        the same."""
        from app.services.access import Access

        Access(vault, self._cost()).change_passphrase(current, new, run_in_store=_here)

    def check(self, vault: OpenVault) -> CheckReport:
        """Everything: pages, indexes, references, log, anchor, attachments."""
        return vault.check(deep=True)

    def back_up(
        self, vault: OpenVault, *, reason: str = "manual", destination: Path | None = None
    ) -> Backup:
        """A verified backup beside the vault, or in a folder on a stick.

        Raises Refused D-07 when there is no such folder, Unavailable V-03 when the database does
        not pass, D-01…D-03.
        """
        from app.store.place import require_folder

        if destination is not None:
            require_folder(destination)
        report = vault.backup(reason, destination=destination)
        return Backup(report.path, report.at, report.reason, report.n)

    def backups(self, directory: Path) -> list[Backup]:
        """The backups of a vault, newest first, as their labels tell; proved when restored."""
        from app.store.backup import list_backups
        from app.store.layout import VaultFiles

        found = list_backups(VaultFiles(directory).backups)
        return [Backup(one.path, one.at, one.reason, one.n) for one in found]

    def newest_backup(self, directory: Path, *, but: Collection[Path] = ()) -> Backup:
        """The one to go back to, `but` those that were tried. Raises Refused V-21 for none."""
        known = [one for one in self.backups(directory) if one.path not in but]
        if not known:
            raise Refused(
                "这个保险箱还没有备份。",
                do="U盘上要是有，请县里懂电脑的人用它恢复。",
                code="V-21",
            )
        return known[0]

    def restore(self, directory: Path, backup: Path, passphrase: str) -> Restored:
        """Put a backup back; the vault must be closed. What was there is kept.

        Raises Refused V-01, V-06, V-17, Unavailable V-02, V-04, V-05, V-16, D-01…D-03.
        """
        from app.store.restoring import restore_backup

        report = restore_backup(directory, backup, passphrase, clock=self.clock)
        return Restored(report.n, report.kept)

    def repair_header(self, directory: Path, passphrase: str) -> None:
        """Mend a damaged vault.json from its spares.

        Raises Refused V-01, Unavailable V-14, V-05.
        """
        from app.store.repair import repair_header

        repair_header(directory, passphrase, clock=self.clock)

    def lock(self, vault: OpenVault) -> None:
        """Note the anchor, take the backup, sweep, let go — and let go whatever could not be done.

        Raises Unavailable D-01…D-03, V-03 when it could not; the vault is closed all the same.
        """
        from app.store.erasing import finish_erasing
        from app.store.journal import read_head

        if vault.is_parted:
            vault.close()
            finish_erasing(vault.directory)
            return
        try:
            with vault.engine.connect() as connection:
                head = read_head(connection)
            vault.anchor_now(head.n, head.hash)
            vault.backup("lock")
            vault.sweep_blobs()
        finally:
            vault.close()

    def _log_restore(self, vault: OpenVault) -> None:
        """One operation says that the file was put back; the mark goes in the same transaction."""
        if not vault.circumstances.restore_unrecorded:
            return
        from app.store.marks import note_restore_recorded
        from app.store.unit_of_work import UnitOfWork

        with UnitOfWork(vault.engine, self.clock) as work:
            before = work.head.n
            work.note(kind="vault.restored", subject=vault.device_id, facts={"operations": before})
            note_restore_recorded(work.connection)
            work.commit()
            head = work.head
        vault.anchor_now(head.n, head.hash)

    def _cost(self) -> KdfCost:
        from app.crypto.kdf import DEFAULT

        return self.kdf or DEFAULT


def _ask_no_more(unlocked: Unlocked) -> Unlocked:
    """Whoever comes in by themselves asks the county for nothing: a request that waits is void,
    whoever wrote it. Raises Unavailable D-02, D-03; the vault is then let go."""
    if unlocked.files.asked.exists():
        from app.store.asked import forget_asked  # hardly ever needed

        try:
            forget_asked(unlocked.files)
        except BaseException:
            unlocked.discard()
            raise
    return unlocked


def _here(job: Callable[[], None]) -> None:
    """Whoever calls these use cases has the vault on their own thread."""
    job()
