"""A batch: a gap-free run of one device's operations, as it lies inside the seal.

Header fields and limits are those of security §4.5. The plaintext is JSON lines: first the keys
that open the bodies, then one line per operation in order, last the list of attachments that
travel after the text. The header's `head` commits to every operation through the chain, so the
lines need no hashes of their own. A patch lies in the seal as it reads, beside the nonce its
ciphertext was made with: so it deflates, and whoever opens the batch makes the same ciphertext.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final, Protocol

import msgspec

from app.domain.operations import (
    GENESIS,
    Operation,
    Value,
    body_aad,
    instant_of,
    spelled_hash,
)
from app.domain.problem import Refused
from app.sync.protocol.coding import (
    Count,
    Day,
    Id,
    Instant,
    Key,
    KeyId,
    Lines,
    Message,
    Ordinal,
    Sha256,
    decode,
    encode_line,
    not_in_form,
)

MAX_OPERATIONS: Final = 5_000
_MAX_PATCH: Final = 4 * 1024 * 1024 - 28
NO_BATCH: Final = "0" * 64
"""`prev_batch` of the first batch of an epoch."""
Sealed = Annotated[bytes, msgspec.Meta(min_length=28, max_length=4 * 1024 * 1024)]
"""nonce ‖ ciphertext ‖ tag."""
Nonce = Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
"""What begins a ciphertext."""
Opened = tuple[bytes, bytes]
"""(nonce, canonical patch) of an operation."""
Reseal = Callable[[bytes, bytes, bytes, bytes], bytes]
"""(key, nonce, patch, aad) → the ciphertext that was made of them."""
ShortText = Annotated[str, msgspec.Meta(max_length=100)]
"""A version, a boot id."""


class BatchHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read: counts and hashes, never a name."""

    v: Ordinal
    suite: str
    county: Id
    to: KeyId
    device: Id
    cert: Sha256
    epoch: Count
    seq: Ordinal
    first_op: Ordinal
    last_op: Ordinal
    prev_batch: Sha256
    prev_head: Sha256
    head: Sha256
    n_ops: Ordinal
    n_blobs: Count
    created: Instant
    app: ShortText


class WireOperation(
    Message, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """One operation: its metadata, and its patch with the nonce or, where nobody can read it any
    more, the ciphertext."""

    n: Ordinal
    op_id: Id
    kind: Id
    entity: Id
    entity_id: Id
    subject: Id
    base_version: Count
    actor: Id
    business_date: Day
    wall: Instant
    tz: Annotated[int, msgspec.Meta(ge=-1440, le=1440)]
    boot: ShortText
    mono: Count
    last_server_time: Instant | None
    app_version: ShortText
    schema_version: Count
    ciphertext: Sealed | None = None
    nonce: Nonce | None = None
    patch: msgspec.Raw = msgspec.Raw()


_LINES: Final = Lines(WireOperation)


class Keys(Message, frozen=True, forbid_unknown_fields=True):
    """The first line: subject → key of its bodies, for those of this batch that still have one."""

    keys: dict[str, Key]


class Blobs(Message, frozen=True, forbid_unknown_fields=True):
    """The last line: SHA-256 of the attachments that follow in parts of their own."""

    blobs: list[Sha256]


class Logged(Protocol):
    """An operation as far as a batch carries it."""

    @property
    def n(self) -> int:
        """Its number."""
        ...

    @property
    def ciphertext(self) -> bytes:
        """Its sealed patch."""
        ...

    def metadata(self) -> Mapping[str, Value]:
        """Everything else it says."""
        ...


@dataclass(frozen=True, slots=True)
class Payload:
    """The opened plaintext of a batch; keys stay out of any repr."""

    keys: dict[str, bytes] = field(repr=False)
    operations: tuple[Operation, ...]
    blobs: tuple[str, ...]
    spelled: Mapping[int, bytes] = field(repr=False)
    """n → the canonical metadata its hash was made of."""
    patches: Mapping[int, bytes] = field(repr=False)
    """n → the patch in clear, of those whose ciphertext was made of it here."""


def encode_payload(
    keys: Mapping[str, bytes],
    operations: Sequence[Logged],
    blobs: Sequence[str] = (),
    opened: Mapping[int, Opened] = MappingProxyType({}),
) -> bytes:
    """The plaintext of a batch of `operations` with the keys of their subjects.

    `blobs` are the SHA-256 of the attachments they name; `opened` is what can be read, by number.
    """
    lines = [encode_line(Keys(dict(keys)))]
    lines += [encode_operation(operation, opened.get(operation.n)) for operation in operations]
    lines.append(encode_line(Blobs(list(blobs))))
    return b"\n".join(lines) + b"\n"


def encode_operation(operation: Logged, opened: Opened | None = None) -> bytes:
    """One operation as a line."""
    said: dict[str, Any] = {"n": operation.n, **operation.metadata()}
    if opened is None:
        return encode_line(WireOperation(**said, ciphertext=operation.ciphertext))
    nonce, patch = opened
    return encode_line(WireOperation(**said, nonce=nonce, patch=msgspec.Raw(patch)))


def decode_payload(plaintext: bytes, header: BatchHeader, reseal: Reseal) -> Payload:
    """The payload, checked against its header: count, numbering, keys and the hash chain.

    `reseal` is `app.crypto.envelope.seal_body_again`.

    Raises Refused B-04 (form), B-08 (count or numbering) or B-09 (chain).
    """
    if not plaintext.endswith(b"\n"):
        raise not_in_form()
    lines = plaintext[:-1].split(b"\n")
    if len(lines) != header.n_ops + 2 or header.n_ops > MAX_OPERATIONS:
        raise _miscounted()
    keys = decode(lines[0], Keys).keys
    blobs = decode(lines[-1], Blobs).blobs
    wires = [_LINES.decode(line) for line in lines[1:-1]]
    _check_numbers(header, [wire.n for wire in wires])
    if len(blobs) != header.n_blobs or not set(keys) <= {wire.subject for wire in wires}:
        raise _miscounted()
    if len({wire.op_id for wire in wires}) != len(wires):
        raise _miscounted()
    spelled = {wire.n: _spelled(wire) for wire in wires}
    sealed = (_ciphertext(wire, keys.get(wire.subject), reseal) for wire in wires)
    operations = _chained(zip(wires, sealed, strict=True), spelled, header)
    patches = {wire.n: bytes(wire.patch) for wire in wires if wire.ciphertext is None}
    return Payload(keys, tuple(operations), tuple(blobs), spelled, patches)


def _ciphertext(wire: WireOperation, key: bytes | None, reseal: Reseal) -> bytes:
    """The ciphertext the chain was made with. Raises Refused B-04 unless it is said in one way:
    without a key there is no other than the ciphertext itself."""
    patch = bytes(wire.patch)
    if wire.ciphertext is not None and wire.nonce is None and not patch:
        return wire.ciphertext
    if wire.ciphertext is not None or wire.nonce is None or key is None:
        raise not_in_form()
    if 0 < len(patch) <= _MAX_PATCH:
        return reseal(key, wire.nonce, patch, body_aad(wire.op_id, wire.subject))
    raise not_in_form()


def _spelled(wire: WireOperation) -> bytes:
    """The canonical metadata of an operation: a text of the agreed form has no second spelling."""
    return msgspec.json.encode(
        {
            "actor": wire.actor, "app_version": wire.app_version,
            "base_version": wire.base_version, "boot": wire.boot,
            "business_date": wire.business_date, "entity": wire.entity,
            "entity_id": wire.entity_id, "kind": wire.kind,
            "last_server_time": wire.last_server_time, "mono": wire.mono, "op_id": wire.op_id,
            "schema_version": wire.schema_version, "subject": wire.subject, "tz": wire.tz,
            "wall": wire.wall,
        }
    )  # fmt: skip


def _chained(
    wires: Iterable[tuple[WireOperation, bytes]],
    spelled: Mapping[int, bytes],
    header: BatchHeader,
) -> list[Operation]:
    """Operations with their hashes. Raises Refused B-09 unless they lead from end to end."""
    previous = bytes.fromhex(header.prev_head)
    if header.first_op == 1 and previous != GENESIS:
        raise _broken_chain()
    operations = []
    for wire, ciphertext in wires:
        previous = spelled_hash(previous, wire.n, header.device, spelled[wire.n], ciphertext)
        operations.append(_operation(wire, ciphertext, previous))
    if previous.hex() != header.head:
        raise _broken_chain()
    return operations


def _operation(wire: WireOperation, ciphertext: bytes, digest: bytes) -> Operation:
    """A wire operation as the domain's. Raises Refused B-04 for a wrong date."""
    try:
        return Operation(
            n=wire.n,
            op_id=wire.op_id,
            kind=wire.kind,
            entity=wire.entity,
            entity_id=wire.entity_id,
            subject=wire.subject,
            base_version=wire.base_version,
            actor=wire.actor,
            business_date=date.fromisoformat(wire.business_date),
            wall=instant_of(wire.wall),
            tz=wire.tz,
            boot=wire.boot,
            mono=wire.mono,
            last_server_time=(
                None if wire.last_server_time is None else instant_of(wire.last_server_time)
            ),
            app_version=wire.app_version,
            schema_version=wire.schema_version,
            ciphertext=ciphertext,
            hash=digest,
        )
    except ValueError as error:
        raise not_in_form() from error


def _check_numbers(header: BatchHeader, numbers: list[int]) -> None:
    """Raises Refused B-08 unless `numbers` is exactly the header's run."""
    run = list(range(header.first_op, header.last_op + 1))
    if header.last_op < header.first_op or len(run) != header.n_ops or numbers != run:
        raise _miscounted()


def _miscounted() -> Refused:
    """The header promises another content."""
    return Refused("这批资料的条数或编号和封面对不上。", do="请在电脑上重新同步一次。", code="B-08")


def _broken_chain() -> Refused:
    """An operation was changed, left out or put in."""
    return Refused("这批资料里的记录前后接不上，可能被改动过。", do="请联系县里核对。", code="B-09")
