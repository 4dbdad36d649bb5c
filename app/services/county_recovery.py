"""A vault nobody can open: the county is asked for its key, and its answer sets a new passphrase.

The passphrase is forgotten and the recovery sheet lost. The laptop writes a request file and shows
the fingerprint that is read aloud; two officers release the key to this one request
(security R12). The answer opens the vault only together with the passphrase chosen with the
request, and both old slots are then replaced. Nothing that was never sent is touched.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.operations import instant_of, instant_text
from app.domain.problem import Refused
from app.services.vaults import Vaults

if TYPE_CHECKING:
    from app.crypto.envelope import Container
    from app.crypto.kdf import KdfCost
    from app.crypto.keys import DataKey
    from app.store.asked import Asked
    from app.store.header import Header
    from app.store.locking import VaultLock
    from app.store.vault import OpenVault, Unlocked

_NONCE_BYTES: Final = 16
_MOST_BYTES: Final = 64 * 1024
_NEWER: Final = "B-03"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for the county: what is read aloud, and when it was made."""

    fingerprint: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class CountyRecovery:
    """Use cases of a vault whose secrets are lost. `kdf` is the cost of the new passphrase.

    All derive keys and touch files of a closed vault; what `take` gives is open on this thread.
    """

    clock: Clock
    kdf: KdfCost | None = None

    def waiting(self, directory: Path) -> Waiting | None:
        """The request that waits for its answer. Raises Unavailable D-02, D-03."""
        asked = self._asked(directory)
        return None if asked is None else _waiting(asked)

    def ask(self, directory: Path, new_passphrase: str, folder: Path) -> Waiting:
        """Make a request, in place of one that waited, and put it on the stick `folder`;
        `new_passphrase` will open the vault.

        Raises Refused V-33 when the county holds no key of this vault, V-07 for a weak passphrase,
        V-12, D-07 without a stick, Unavailable V-02, V-04, V-05 (open elsewhere), D-01…D-03.
        """
        from app.crypto.envelope import new_sealing_pair
        from app.crypto.kdf import DEFAULT
        from app.store.asked import Asked, keep_asked
        from app.store.header_file import read_header
        from app.store.layout import VaultFiles
        from app.sync.usb import onto_stick, outgoing

        header = read_header(directory)
        pair = new_sealing_pair()
        request = _request(header, pair.public, self.clock.now())
        Vaults(self.clock).require_strong(
            new_passphrase, officer=header.owner.name, village=header.owner.village
        )
        with onto_stick():
            outgoing(folder)
        asked = Asked.seal(request, pair.private, new_passphrase, self.kdf or DEFAULT)
        keep_asked(VaultFiles(directory.absolute()), asked, self.clock)
        return self.write_request(directory, folder)

    def write_request(self, directory: Path, folder: Path) -> Waiting:
        """Put the request on a stick, as often as asked.

        Raises Refused V-34 when none waits, D-07, Unavailable S-33.
        """
        from app.store.atomic import atomic_write
        from app.store.header_file import read_header
        from app.sync.protocol.recovery import REQUEST_SUFFIX
        from app.sync.usb import onto_stick, outgoing

        asked = self._waiting_one(directory)
        vault_id = read_header(directory).vault_id
        with onto_stick():
            atomic_write(outgoing(folder) / f"{vault_id}{REQUEST_SUFFIX}", asked.request)
        return _waiting(asked)

    def take(
        self, directory: Path, answer: Path, passphrase: str
    ) -> tuple[OpenVault, tuple[str, ...]]:
        """Open with the county's answer: the passphrase chosen with the request is in force, and
        there is a new recovery sheet, whose groups come back.

        Raises Refused V-34 when no request waits (an answer serves once), V-35 for another
        passphrase, V-36 for an answer to another request, V-37 for one that is cut short, changed
        or not the county's, and as `Vaults.enter`; the old slots then still hold. What may not
        be the newest (V-09, V-10) is opened, marked as put back, and said afterwards.
        """
        from app.store.entering import unlock_by

        asked = self._waiting_one(directory)
        data = _read(answer)
        unlocked = unlock_by(
            directory, partial(self._prove, asked, data, passphrase), clock=self.clock
        )
        return self._enter(unlocked, asked, data, passphrase)

    def _prove(
        self, asked: Asked, data: bytes, passphrase: str, header: Header, lock: VaultLock
    ) -> DataKey:
        """The data key out of the answer; the signature is checked once the vault is open, for
        the county's root is known only inside."""
        from app.store.asked import answer_key

        container = _for_this_request(asked, data)
        private = answer_key(asked, passphrase, lock, self.clock)
        key = _released(container, private, header.vault_id)
        if key is None or not header.is_sealed_by(key):
            raise not_genuine()
        return key

    def _enter(
        self, unlocked: Unlocked, asked: Asked, data: bytes, passphrase: str
    ) -> tuple[OpenVault, tuple[str, ...]]:
        """Check the signature, log it, replace the slots, and only then let go of the request."""
        from app.store.asked import forget_asked

        vaults = Vaults(self.clock, self.kdf)
        # to ask her first whether to go on with a file that may not be the newest would ask for the
        # passphrase she does not know; backups stay, and open with the new one
        vault = vaults.enter(unlocked, accept_older=True)
        try:
            self._require_county(vault, data)
            self._log(vault, asked)
            groups = vaults.start_afresh(vault, passphrase)
            forget_asked(vault.files)
        except BaseException:
            vault.close()
            raise
        return vault, groups

    def _require_county(self, vault: OpenVault, data: bytes) -> None:
        """Raises Refused V-37 unless the county this laptop belongs to signed the answer."""
        from app.crypto.envelope import Kind, parse_container, verify_container
        from app.store.enrolment import read_county

        with vault.engine.connect() as connection:
            county = read_county(connection)
        try:
            verify_container(parse_container(Kind.RELEASE, data), county.root)
        except Refused as error:
            raise not_genuine() from error

    def _log(self, vault: OpenVault, asked: Asked) -> None:
        """One operation says by which request the vault was opened; the county hears of it."""
        from app.store.unit_of_work import UnitOfWork

        with UnitOfWork(vault.engine, self.clock) as work:
            work.note(
                kind="vault.opened_by_county",
                subject=vault.device_id,
                facts={"request": asked.sha256},
            )
            work.commit()
            head = work.head
        vault.anchor_now(head.n, head.hash)

    def _waiting_one(self, directory: Path) -> Asked:
        """Raises Refused V-34."""
        asked = self._asked(directory)
        if asked is None:
            raise Refused(
                "这台电脑没有在等县里答复的申请；一份答复只能用一次。",
                safe="资料没有动过。",
                do="要是还打不开，请重新写一份申请，交给县里。",
                code="V-34",
            )
        return asked

    def _asked(self, directory: Path) -> Asked | None:
        from app.store.asked import read_asked
        from app.store.layout import VaultFiles

        return read_asked(VaultFiles(directory.absolute()))


def _request(header: Header, reply_to: bytes, now: datetime) -> bytes:
    """The bytes of a request. Raises Refused V-33."""
    from app.sync.protocol.coding import PROTOCOL_VERSION, convert, encode
    from app.sync.protocol.recovery import CountySlotFields, RecoveryRequest, VaultBinding

    slot = header.county_slot
    if slot is None:
        raise Refused(
            "县里没有这台电脑的备用钥匙，帮不了这一次。",
            safe="传到县里的都在县里；没传的还锁在这台电脑里。",
            do="请再找找恢复纸；实在没有，带着电脑去县里商量。",
            code="V-33",
        )
    return encode(
        RecoveryRequest(
            v=PROTOCOL_VERSION,
            vault=convert(header.binding, VaultBinding),
            slot=convert(slot.public(), CountySlotFields),
            enc=slot.enc,
            reply_to=reply_to,
            nonce=secrets.token_hex(_NONCE_BYTES),
            asked_at=instant_text(now),
        )
    )


def _waiting(asked: Asked) -> Waiting:
    """Raises Refused B-04 for a request this program never wrote."""
    from app.crypto.envelope import fingerprint
    from app.sync.protocol.coding import decode
    from app.sync.protocol.recovery import RecoveryRequest

    request = decode(asked.request, RecoveryRequest)
    return Waiting(fingerprint(request.reply_to), instant_of(request.asked_at))


def _for_this_request(asked: Asked, data: bytes) -> Container:
    """The answer taken apart. Raises Refused V-36, V-37, B-03 (newer)."""
    from app.crypto.envelope import Kind, parse_container
    from app.sync.protocol.coding import convert
    from app.sync.protocol.recovery import ReleaseHeader

    try:
        container = parse_container(Kind.RELEASE, data)
        header = convert(container.header, ReleaseHeader)
    except Refused as error:
        if error.code == _NEWER:
            raise
        raise not_genuine() from error
    if header.request != asked.sha256:
        raise Refused(
            "这份答复不是给这一份申请的，可能是别的电脑的，或是以前那一次的。",
            safe="资料和原来的口令没有动过，申请也还在等着。",
            do="请向县里要这一份申请的答复；重新写过申请，就要重新答复。",
            code="V-36",
        )
    return container


def _released(container: Container, private: bytes, vault_id: str) -> DataKey | None:
    """The key in the answer, if it is one of this vault. Raises Refused V-37."""
    from app.crypto.envelope import open_container
    from app.crypto.keys import DataKey
    from app.sync.protocol.coding import decode
    from app.sync.protocol.recovery import Release

    try:
        release = decode(open_container(container, private), Release)
    except Refused as error:
        raise not_genuine() from error
    return DataKey(release.key) if release.vault_id == vault_id else None


def not_genuine() -> Refused:
    """V-37: cut short, changed on the way, or made by somebody else."""
    return Refused(
        "这份答复不完整、被改动过，或者不是县里发的，没有用它。",
        safe="资料和原来的口令没有动过，申请也还在等着。",
        do="请县里重新拷一次；还是这样，就打电话告诉县里。",
        code="V-37",
    )


def _read(answer: Path) -> bytes:
    """A file of the county. Raises Unavailable D-02, D-03."""
    from app.store.atomic import disk_problem

    try:
        with answer.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as error:
        raise disk_problem(error) from error
