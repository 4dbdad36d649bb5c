"""An open vault: its file, keys, backups and checks (design §6). On the store thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, select, update

from app.crypto.keys import DataKey
from app.crypto.labels import Label
from app.crypto.slots import PassSlot, Slot
from app.domain.clock import Clock
from app.domain.problem import Unavailable
from app.models.base import table_of
from app.models.log import DeviceRow
from app.store import journal
from app.store.anchor import AnchorFile, anchor_behind
from app.store.backup import (
    BackupReport,
    list_backups,
    take_backup,
    thin_backups,
)
from app.store.blobs import BlobStore
from app.store.erasing import parted
from app.store.freshness import Circumstances
from app.store.header import Header
from app.store.header_file import lay_header
from app.store.integrity import (
    CheckReport,
    anchor_findings,
    blob_findings,
    chain_findings,
    file_findings,
    projection_findings,
)
from app.store.layout import VaultFiles
from app.store.locking import VaultLock
from app.store.reserve import Reserve, disk_nearly_full
from app.store.sweeping import sweep_strays

BACKUP_EVERY: Final = timedelta(minutes=30)

_DEVICE = table_of(DeviceRow)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A vault whose key is known and whose lock is held, before its database is touched.

    Deriving the key takes a while and may happen on any thread; `enter` belongs to the store
    thread. Discard what is not entered.
    """

    files: VaultFiles
    header: Header
    key: DataKey
    lock: VaultLock = field(repr=False)

    def discard(self) -> None:
        """Let the next program in."""
        self.lock.release()


class OpenVault:
    """A vault in use by this process. Close it; nothing else lets the next one in."""

    def __init__(
        self, unlocked: Unlocked, clock: Clock, engine: Engine, circumstances: Circumstances
    ) -> None:
        self.files = unlocked.files
        self.engine = engine
        self.circumstances = circumstances
        self._header = unlocked.header
        self._key = unlocked.key
        self._lock = unlocked.lock
        self._clock = clock
        self._anchor = anchor_of(self.files, self._header, self._key)
        self._anchor_trouble: Unavailable | None = None
        self.is_parted = False  # its keys were destroyed by the county's order
        # nothing in the practice village can be lost
        self._reserve = None if self.practice else Reserve(self.files.reserve)
        if self._reserve is not None:
            self._reserve.take()

    def __repr__(self) -> str:
        """The id only."""
        return f"<OpenVault {self.vault_id}>"

    @property
    def directory(self) -> Path:
        """Where the vault lies."""
        return self.files.directory

    @property
    def header(self) -> Header:
        """The public header in force."""
        return self._header

    @property
    def vault_id(self) -> str:
        """The vault's own id."""
        return self._header.vault_id

    @property
    def device_id(self) -> str:
        """This laptop's id in the operation log."""
        return self.circumstances.device_id

    @property
    def practice(self) -> bool:
        """Whether this is the practice village."""
        return self._header.practice

    @property
    def blob_key(self) -> bytes:
        """Wraps the keys of attachments."""
        return self.subkey(Label.BLOB)

    @property
    def blobs(self) -> BlobStore:
        """The attachments."""
        return BlobStore(self.files.blobs, self.blob_key)

    def subkey(self, label: Label) -> bytes:
        """A 32-byte key for one use."""
        return self._key.subkey(label)

    def anchor_now(self, n: int, head: bytes, *, durable: bool = True) -> None:
        """Note the head of the log after a commit; `durable` waits for the disk.

        Money, locking and sync need it durable; an ordinary save may leave it to the system, since
        an anchor older than the database is allowed. Raises Unavailable D-01…D-03.
        """
        self._anchor.write(n, head, self._clock.now(), durable=durable)

    def note_head(self, n: int, head: bytes, *, durable: bool) -> None:
        """`anchor_now` after a commit that stands: what goes wrong is told by `trouble`, for
        nobody may be told that a record was not saved when it was."""
        try:
            self.anchor_now(n, head, durable=durable)
        except Unavailable as problem:
            self._anchor_trouble = anchor_behind(problem)
        else:
            self._anchor_trouble = None

    def make_room(self) -> None:
        """Before writing: give the reserve back when the disk is nearly full. Raises S-29."""
        self._refuse_parted()
        if self._reserve is not None:
            self._reserve.give_if_low()

    def trouble(self) -> Unavailable | None:
        """What a person should know about the disk though everything was saved, if anything."""
        if self._reserve is not None and not self._reserve.is_held and not self._reserve.take():
            return disk_nearly_full()
        return self._anchor_trouble

    def sweep_blobs(self) -> int:
        """Let go of attachments nobody refers to; answers how many. Raises Unavailable D-02."""
        with self.engine.connect() as connection:
            return sweep_strays(connection, self.files, self._key, self.blobs, self._clock.now())

    def backup(self, reason: str = "manual", *, destination: Path | None = None) -> BackupReport:
        """A verified backup, then thinning; `destination` is a folder on a stick.

        Raises Unavailable V-03 when the database does not pass, D-01…D-03, Refused S-29.
        """
        self._refuse_parted()
        now = self._clock.now()
        report = take_backup(
            self.files,
            self._header,
            self._key,
            verify_chain=journal.verify_chain,
            at=now,
            reason=reason,
            destination=destination,
        )
        if destination is None:
            thin_backups(self.files, now)
        return report

    def is_backup_due(self) -> bool:
        """Whether something was recorded since the last backup, and that is half an hour old."""
        known = list_backups(self.files.backups)
        if self.is_parted or not known:
            return not self.is_parted
        with self.engine.connect() as connection:
            is_changed = journal.read_head(connection).n != known[0].n
        return is_changed and self._clock.now() - known[0].at >= BACKUP_EVERY

    def check(self, *, deep: bool = False) -> CheckReport:
        """Log, head and anchor; with `deep` also every page, index, reference, working row and
        attachment."""
        secret = self.subkey(Label.DATABASE)
        findings = file_findings(self.files.database, secret) if deep else []
        head = None
        if not findings:
            with self.engine.connect() as connection:
                head, findings = chain_findings(connection, journal.verify_chain)
                if head is not None:
                    findings += anchor_findings(connection, head, self._anchor.read())
                    if deep:
                        findings += projection_findings(connection)
                if deep:
                    findings += blob_findings(connection, self.blobs)
        return CheckReport(tuple(findings), head, deep)

    def put_in_force(self, *slots: Slot) -> None:
        """Write a header with `slots` in place of those of their kinds.

        The header is laid beside the one in force first, so that a full disk changes nothing; then
        the database learns the new generation, so that a header older than it is noticed. A crash
        in between leaves the old slots in force and asks for the change again (§4.12).
        """
        self._refuse_parted()
        with self.engine.connect() as connection:
            known = connection.execute(select(_DEVICE.c.header_generation)).scalar_one()
        header = self._header
        for slot in slots:
            header = header.with_slot(slot)
        header = replace(header, gen=max(known, self._header.gen) + 1).sealed(self._key)
        laid = lay_header(self.files, header)
        try:
            self._expect_generation(header.gen)
        except BaseException:
            laid.drop()
            raise
        laid.take_place()
        self._header = header
        if any(isinstance(slot, PassSlot) for slot in slots):
            self.circumstances = replace(self.circumstances, must_change_passphrase=False)

    def _refuse_parted(self) -> None:
        """Raises Refused S-29 once the keys are destroyed: a backup would bring them back."""
        if self.is_parted:
            raise parted()

    def _expect_generation(self, generation: int) -> None:
        """Raises Unavailable D-01…D-03, V-03."""
        with self.engine.begin() as connection:
            connection.execute(update(_DEVICE).values(header_generation=generation))

    def data_key(self) -> DataKey:
        """What the slots hold; for `app.store.access` alone."""
        return self._key

    def close(self) -> None:
        """Let go of database and lock. Note the anchor and take the backup before."""
        self.engine.dispose()
        self._lock.release()


def anchor_of(files: VaultFiles, header: Header, key: DataKey) -> AnchorFile:
    """The anchor of a vault."""
    return AnchorFile(files.anchor, key.subkey(Label.ANCHOR), header.vault_id)
