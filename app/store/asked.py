"""A request to the county for a locked vault's key, kept beside the vault until it is answered.

The answer opens with a key made for this one request. That key lies here only under the passphrase
chosen with the request: a copy of the disk and of the answer together still open nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Final

from app.crypto.encoding import from_base64, to_base64
from app.crypto.envelope import open_body, seal_body
from app.crypto.kdf import SALT_BYTES, KdfCost, new_salt, passphrase_key
from app.crypto.labels import Label
from app.crypto.slots import WrongKey
from app.domain.clock import Clock
from app.domain.operations import canonical
from app.domain.problem import Refused
from app.store.atomic import atomic_write, disk_problem, remove, sync_directory
from app.store.header import MOST_BYTES, load
from app.store.layout import VaultFiles
from app.store.locking import VaultLock, take_lock

_SEALED_BYTES: Final = 12 + 32 + 16
"""A nonce, the key and a tag."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The bytes of the request, and the key to its answer under the new passphrase."""

    request: bytes
    cost: KdfCost
    salt: bytes
    sealed: bytes = field(repr=False)

    @classmethod
    def seal(cls, request: bytes, private: bytes, passphrase: str, cost: KdfCost) -> Asked:
        """Keep `private` under `passphrase`, for the answer to `request` alone."""
        salt = new_salt()
        key = passphrase_key(passphrase, salt, cost)
        return cls(request, cost, salt, seal_body(key, private, _about(request)))

    @property
    def sha256(self) -> str:
        """What the answer names the request by, in hex."""
        return hashlib.sha256(self.request).hexdigest()

    def open(self, passphrase: str) -> bytes:
        """The private half of the key to the answer. Raises WrongKey."""
        key = passphrase_key(passphrase, self.salt, self.cost)
        try:
            return open_body(key, self.sealed, _about(self.request))
        except Refused as error:
            raise WrongKey from error


def keep_asked(files: VaultFiles, asked: Asked, clock: Clock) -> None:
    """Put the request beside the closed vault, in place of the one before, whose answer is then
    worth nothing. Raises Unavailable V-05, D-01…D-03."""
    lock = take_lock(files.lock, clock.evidence())
    try:
        atomic_write(files.asked, _to_bytes(asked))
    finally:
        lock.release()


def read_asked(files: VaultFiles) -> Asked | None:
    """The request that waits; None for none, or for a file that no longer reads.

    Raises Unavailable D-02, D-03.
    """
    try:
        with files.asked.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise disk_problem(error) from error
    try:
        return _parse(data)
    except (ValueError, TypeError, KeyError):
        return None  # torn or edited: another request is as good


def forget_asked(files: VaultFiles) -> None:
    """The answer was used. Raises Unavailable D-02, D-03."""
    try:
        remove(files.asked)
        sync_directory(files.directory)
    except OSError as error:
        raise disk_problem(error) from error


def answer_key(asked: Asked, passphrase: str, lock: VaultLock, clock: Clock) -> bytes:
    """The private half of the key to the answer; a wrong try is counted. Raises Refused V-35."""
    try:
        private = asked.open(passphrase)
    except WrongKey as error:
        seconds = lock.count_failure(clock.now())
        wait = f"请等 {seconds} 秒，" if seconds else "请"
        raise Refused(
            "这不是写申请时定的新口令。",
            safe="资料没有动过，申请也还在等着。",
            do=f"{wait}看看大小写和输入法，再试一次；实在想不起来，重新写一份申请。",
            code="V-35",
            field="passphrase",
        ) from error
    lock.forget_failures()
    return private


def _about(request: bytes) -> bytes:
    """What the key is bound to."""
    return Label.ESCROW_REPLY.prefix + hashlib.sha256(request).digest()


def _to_bytes(asked: Asked) -> bytes:
    return canonical(
        {
            "v": 1,
            "request": to_base64(asked.request),
            "kdf": {**asdict(asked.cost), "salt": to_base64(asked.salt)},
            "sealed": to_base64(asked.sealed),
        }
    )


def _parse(data: bytes) -> Asked:
    """Raises ValueError, TypeError or KeyError for what this program never writes."""
    fields = load(data)
    if not isinstance(fields, dict) or fields["v"] != 1:
        raise ValueError("no request of this program")
    request, kdf = fields["request"], fields["kdf"]
    cost = KdfCost(kdf["m_kib"], kdf["t"], kdf["p"])
    if not cost.is_within_bounds():
        raise ValueError("key derivation cost out of bounds")
    return Asked(
        from_base64(request, len(request) // 4 * 3 - request.count("=")),
        cost,
        from_base64(kdf["salt"], SALT_BYTES),
        from_base64(fields["sealed"], _SEALED_BYTES),
    )
