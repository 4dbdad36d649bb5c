"""The operation log's one record: what changed, who says so, and its place in the device's chain.

Design §5 fixes the fields and the hash. The patch travels as ciphertext under a key of its
subject, so that destroying the key erases the person and leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import rfc8785

from app.domain.words import Word

Value = str | int | bool | None | list[object] | dict[str, object]
"""What a field may hold in a patch: JSON without floats; money is whole fen."""

Patch = dict[str, tuple[Value, Value]]
"""field → (old, new)."""

GENESIS: Final = bytes(32)
"""The hash before a device's first operation."""

AUDIT: Final = "audit"
"""The entity of operations that record a deed (a number shown, a backup restored), not a change
of a record: they have no working row."""

SAFE_INTEGER: Final = 2**53 - 1
"""RFC 8785 numbers are doubles; larger integers do not survive a round trip."""

_PLAIN: Final = re.compile(r"[0-9A-Za-z@*._:-]+")
"""What stands in JSON as it is; every id that travels is of this form."""


class OperationState(Word):
    """How far an operation has come, in the words of design §5."""

    WAITING = "waiting", "等着上传"
    SENT = "sent", "已送出"
    RECEIVED = "received", "县里已收"
    MERGED = "merged", "已合并"
    DIFFERS = "differs", "两边不一样"
    RETURNED = "returned", "被退回"
    HANDED_OVER = "handed_over", "已转交"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One entry of the chain.

    `n` counts from 1 without gaps; `ciphertext` is nonce ‖ AEAD of the canonical patch;
    `hash` is `operation_hash` of all of it.
    """

    n: int
    op_id: str
    kind: str
    entity: str
    entity_id: str
    subject: str
    base_version: int
    actor: str
    business_date: date
    wall: datetime
    tz: int
    boot: str
    mono: int
    last_server_time: datetime | None
    app_version: str
    schema_version: int
    ciphertext: bytes
    hash: bytes

    def metadata(self) -> dict[str, Value]:
        """Everything the hash binds besides `n`, the device and the ciphertext."""
        return {
            "op_id": self.op_id,
            "kind": self.kind,
            "entity": self.entity,
            "entity_id": self.entity_id,
            "subject": self.subject,
            "base_version": self.base_version,
            "actor": self.actor,
            "business_date": self.business_date.isoformat(),
            "wall": instant_text(self.wall),
            "tz": self.tz,
            "boot": self.boot,
            "mono": self.mono,
            "last_server_time": (
                None if self.last_server_time is None else instant_text(self.last_server_time)
            ),
            "app_version": self.app_version,
            "schema_version": self.schema_version,
        }


def canonical(value: object) -> bytes:
    """RFC 8785 bytes of `value`. Raises TypeError for a float, ValueError for a huge integer."""
    if _check_exact(value):
        # the standard encoder writes the same bytes, five times faster, while every key is ASCII
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    return rfc8785.dumps(value)  # type: ignore[arg-type]  # its alias cannot name our Value


def operation_hash(
    previous: bytes, n: int, device_id: str, metadata: Mapping[str, Value], ciphertext: bytes
) -> bytes:
    """SHA-256("sa/op/v1\\0" ‖ previous ‖ u64(n) ‖ device ‖ canonical metadata ‖ ciphertext)."""
    return spelled_hash(previous, n, device_id, canonical(dict(metadata)), ciphertext)


def spelled_hash(
    previous: bytes, n: int, device_id: str, spelled: bytes, ciphertext: bytes
) -> bytes:
    """`operation_hash` for metadata whose canonical bytes are at hand."""
    digest = hashlib.sha256(b"sa/op/v1\0")
    digest.update(previous)
    digest.update(struct.pack(">Q", n))
    digest.update(device_id.encode())
    digest.update(spelled)
    digest.update(ciphertext)
    return digest.digest()


def body_aad(op_id: str, subject: str) -> bytes:
    """What an operation's ciphertext is bound to, besides the key of its subject."""
    if _PLAIN.fullmatch(op_id) and _PLAIN.fullmatch(subject):
        return f'{{"op_id":"{op_id}","subject":"{subject}"}}'.encode("ascii")
    return canonical({"op_id": op_id, "subject": subject})


def instant_text(instant: datetime) -> str:
    """An aware instant as UTC with milliseconds and a Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_of(text: str) -> datetime:
    """The inverse of `instant_text`. Raises ValueError when `text` is not one."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return instant.astimezone(UTC)


def _check_exact(value: object) -> bool:
    """Whether every key is ASCII text; floats and unsafe integers raise on the way."""
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise ValueError("an integer beyond 2^53-1 is not canonical")
        return True
    if isinstance(value, float):
        raise TypeError("floats are not canonical here")
    if isinstance(value, dict):
        return _check_object(value)
    if isinstance(value, list | tuple):
        checked = [_check_exact(item) for item in value]  # each of them, for each may raise
        return all(checked)
    return False


def _check_object(value: dict[object, object]) -> bool:
    """The same for an object: most of what is signed and hashed is one, made of text."""
    plain = True
    for key, item in value.items():
        if type(item) is not str and not _check_exact(item):
            plain = False  # and go on: what comes later may raise
        if type(key) is not str or not key.isascii():
            plain = False
    return plain
