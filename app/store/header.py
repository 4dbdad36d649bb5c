"""`vault.json`: the public header — who the vault is for, and the slots that hold its key.

Two seals. `check` is a plain hash over everything else: it tells a damaged header from a wrong
passphrase before anybody types. `mac` is keyed by the data key: it tells an edited header once the
vault is open (R04). The text is canonical (RFC 8785); any other spelling is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.crypto.encoding import to_base64
from app.crypto.keys import DataKey, mac, same
from app.crypto.labels import Label
from app.crypto.slots import Binding, CountySlot, PassSlot, RecoverySlot, Slot
from app.domain.operations import Value, canonical, instant_text

FORMAT: Final = "sa-vault"
VERSION: Final = 1
SUITE: Final = "S1"
MIN_APP: Final = "0.1"
"""The oldest program that reads what this one writes."""

MOST_BYTES: Final = 64 * 1024
MOST_NAME: Final = 100
"""Characters of an officer's or a place's name, as on the county's enrolment file."""
MOST_SLOTS: Final = 8
MAC_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class VaultOwner:
    """The officer the vault belongs to, as shown above the passphrase field."""

    name: str
    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Everything known about a vault without its key.

    `gen` grows with every change of slots and is mirrored inside the database. `foreign_slots`
    are kinds this program does not know; they are kept and covered by both seals.
    """

    vault_id: str
    gen: int
    created: datetime
    min_app: str
    practice: bool
    owner: VaultOwner
    idle_seconds: int
    fail_limit: int
    slots: tuple[Slot, ...]
    foreign_slots: tuple[Mapping[str, Value], ...] = ()
    mac: bytes = bytes(MAC_BYTES)

    @property
    def binding(self) -> Binding:
        """What every slot is bound to."""
        return slot_binding(self.vault_id)

    @property
    def pass_slot(self) -> PassSlot | None:
        """The passphrase's slot."""
        return next((slot for slot in self.slots if isinstance(slot, PassSlot)), None)

    @property
    def recovery_slot(self) -> RecoverySlot | None:
        """The recovery code's slot."""
        return next((slot for slot in self.slots if isinstance(slot, RecoverySlot)), None)

    @property
    def county_slot(self) -> CountySlot | None:
        """The slot of the county's recovery key."""
        return next((slot for slot in self.slots if isinstance(slot, CountySlot)), None)

    def with_slot(self, slot: Slot) -> Header:
        """The next generation, with `slot` in place of the one of its kind."""
        kept = tuple(other for other in self.slots if other.type != slot.type)
        slots = tuple(sorted((*kept, slot), key=lambda one: one.id))
        return replace(self, slots=slots, gen=self.gen + 1)

    def sealed(self, key: DataKey) -> Header:
        """With the MAC that only a holder of the key can make."""
        return replace(self, mac=self._mac(key))

    def is_sealed_by(self, key: DataKey) -> bool:
        """Whether nobody without the key has edited it."""
        return same(self.mac, self._mac(key))

    def to_bytes(self) -> bytes:
        """The canonical file."""
        body = {**self._body(), "mac": to_base64(self.mac)}
        return canonical({**body, "check": to_base64(header_check(body))})

    def _mac(self, key: DataKey) -> bytes:
        return mac(key.subkey(Label.HEADER_MAC), canonical(self._body()))

    def _body(self) -> dict[str, Value]:
        slots: list[object] = [_slot_fields(slot) for slot in self.slots]
        owner: dict[str, object] = {"name": self.owner.name, "village": self.owner.village}
        policy: dict[str, object] = {"idle_s": self.idle_seconds, "fail_limit": self.fail_limit}
        return {
            "fmt": FORMAT,
            "v": VERSION,
            "suite": SUITE,
            "vault_id": self.vault_id,
            "gen": self.gen,
            "created": instant_text(self.created),
            "min_app": self.min_app,
            "practice": self.practice,
            "owner": owner,
            "policy": policy,
            "slots": slots + [dict(slot) for slot in self.foreign_slots],
        }


def slot_binding(vault_id: str) -> Binding:
    """The header fields that never change in a vault's life."""
    return {"fmt": FORMAT, "v": VERSION, "suite": SUITE, "vault_id": vault_id}


def header_check(body: Mapping[str, Value]) -> bytes:
    """The unkeyed hash over a header without its `check` field."""
    return hashlib.sha256(Label.HEADER_CHECK.prefix + canonical(dict(body))).digest()


def _slot_fields(slot: Slot) -> dict[str, Value]:
    match slot:
        case CountySlot():
            return {**slot.public(), "enc": to_base64(slot.enc)}
        case PassSlot() | RecoverySlot():
            return {**slot.public(), "wrapped": to_base64(slot.wrapped)}


def load(data: bytes) -> object:
    """Canonical JSON as Python values. Raises ValueError for any other bytes."""
    if len(data) > MOST_BYTES:
        raise ValueError("too large")
    try:
        value: object = json.loads(data)
        if canonical(value) != data:
            raise ValueError("not the canonical spelling")
    except (RecursionError, TypeError) as error:
        raise ValueError("not JSON a header may hold") from error
    return value
