"""Reading `vault.json` strictly: exact keys, exact types, bounded numbers, one spelling.

Everything here comes from a file anybody may have written; nothing is believed, and the cost of a
key derivation is checked before it is paid (R03).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast

from app import __version__
from app.crypto.encoding import from_base64
from app.crypto.kdf import SALT_BYTES, KdfCost
from app.crypto.keys import same
from app.crypto.recovery_code import CHECK_BYTES
from app.crypto.slots import (
    NONCE_BYTES,
    SEALED_BYTES,
    WRAPPED_BYTES,
    CountySlot,
    PassSlot,
    RecoverySlot,
    Slot,
)
from app.domain.operations import SAFE_INTEGER, Value, instant_of, instant_text
from app.domain.problem import Problem, Unavailable
from app.store.header import (
    FORMAT,
    MAC_BYTES,
    MOST_NAME,
    MOST_SLOTS,
    SUITE,
    VERSION,
    Header,
    VaultOwner,
    header_check,
    load,
)

_KEYS: Final = frozenset(
    {"fmt", "v", "suite", "vault_id", "gen", "created", "min_app", "practice", "owner"}
    | {"policy", "slots", "mac", "check"}
)
_MOST_TEXT: Final = 64
_MOST_IDLE: Final = 24 * 3600

Fields = Mapping[str, Value]


def parse_header(data: bytes) -> Header:
    """The header that `data` spells.

    Raises Unavailable V-02 when it is damaged, V-04 when a newer program wrote it.
    """
    try:
        return _header(data)
    except (ValueError, OverflowError) as error:
        raise header_damaged() from error


def header_damaged() -> Problem:
    """V-02."""
    return Unavailable(
        "保险箱的钥匙文件坏了，不是口令的问题。",
        safe="里面的资料和备份没有动过。",
        do="请用“修复钥匙文件”，或用最近一次备份恢复。",
        code="V-02",
    )


def vault_is_newer() -> Problem:
    """V-04."""
    return Unavailable(
        "这个保险箱是更新版本的程序写的，现在的程序打不开。",
        safe="里面的资料没有动过。",
        do="请先升级程序。",
        code="V-04",
    )


def _header(data: bytes) -> Header:
    fields = _object(load(data))
    if fields.get("fmt") != FORMAT:
        raise ValueError("not a vault header")
    _require_intact(fields)
    if _integer(fields.get("v"), 1, SAFE_INTEGER) != VERSION or fields.get("suite") != SUITE:
        raise vault_is_newer()
    if set(fields) != _KEYS:
        raise ValueError("keys missing or unknown")
    min_app = _text(fields["min_app"])
    if _release(min_app) > _release(__version__):
        raise vault_is_newer()
    owner = _exact(fields["owner"], "name", "village")
    policy = _exact(fields["policy"], "idle_s", "fail_limit")
    slots, foreign = _slots(fields["slots"])
    return Header(
        vault_id=_uuid(fields["vault_id"]),
        gen=_integer(fields["gen"], 1, SAFE_INTEGER),
        created=_instant(fields["created"]),
        min_app=min_app,
        practice=_boolean(fields["practice"]),
        owner=VaultOwner(_text(owner["name"], MOST_NAME), _text(owner["village"], MOST_NAME)),
        idle_seconds=_integer(policy["idle_s"], 0, _MOST_IDLE),
        fail_limit=_integer(policy["fail_limit"], 0, SAFE_INTEGER),
        slots=slots,
        foreign_slots=foreign,
        mac=_bytes(fields["mac"], MAC_BYTES),
    )


def _require_intact(fields: Fields) -> None:
    """Damage is told from a newer format by this check, so it comes first and never changes."""
    body = {name: value for name, value in fields.items() if name != "check"}
    if not same(_bytes(fields.get("check"), MAC_BYTES), header_check(body)):
        raise ValueError("the check does not hold")


def _slots(value: Value) -> tuple[tuple[Slot, ...], tuple[Fields, ...]]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_SLOTS:
        raise ValueError("one to eight slots")
    known: list[Slot] = []
    foreign: list[Fields] = []
    for item in value:
        fields = _object(item)
        slot = _slot(fields)
        if slot is None:
            foreign.append(fields)
        else:
            known.append(slot)
    if len({slot.type for slot in known}) != len(known):
        raise ValueError("two slots of one kind")
    return tuple(known), tuple(foreign)


def _slot(fields: Fields) -> Slot | None:
    match fields.get("type"):
        case PassSlot.type:
            return _pass_slot(fields)
        case RecoverySlot.type:
            return _recovery_slot(fields)
        case CountySlot.type:
            return _county_slot(fields)
    return None


def _pass_slot(fields: Fields) -> PassSlot:
    _exact(fields, "id", "type", "kdf", "factor", "nonce", "wrapped")
    kdf = _exact(fields["kdf"], "alg", "m_kib", "t", "p", "salt")
    if kdf["alg"] != "argon2id" or fields["factor"] != "none":
        raise ValueError("an unknown derivation or factor")
    cost = KdfCost(*(_integer(kdf[name], 0, SAFE_INTEGER) for name in ("m_kib", "t", "p")))
    if not cost.is_within_bounds():
        raise ValueError("key derivation cost out of bounds")
    return PassSlot(
        id=_integer(fields["id"], 0, MOST_SLOTS),
        cost=cost,
        salt=_bytes(kdf["salt"], SALT_BYTES),
        nonce=_bytes(fields["nonce"], NONCE_BYTES),
        wrapped=_bytes(fields["wrapped"], WRAPPED_BYTES),
    )


def _recovery_slot(fields: Fields) -> RecoverySlot:
    _exact(fields, "id", "type", "kdf", "check", "nonce", "wrapped")
    kdf = _exact(fields["kdf"], "alg", "salt")
    if kdf["alg"] != "hkdf-sha256":
        raise ValueError("an unknown derivation")
    return RecoverySlot(
        id=_integer(fields["id"], 0, MOST_SLOTS),
        salt=_bytes(kdf["salt"], SALT_BYTES),
        check=_bytes(fields["check"], CHECK_BYTES),
        nonce=_bytes(fields["nonce"], NONCE_BYTES),
        wrapped=_bytes(fields["wrapped"], WRAPPED_BYTES),
    )


def _county_slot(fields: Fields) -> CountySlot:
    _exact(fields, "id", "type", "kid", "enc")
    return CountySlot(
        id=_integer(fields["id"], 0, MOST_SLOTS),
        kid=_text(fields["kid"]),
        enc=_bytes(fields["enc"], SEALED_BYTES),
    )


def _object(value: object) -> Fields:
    if not isinstance(value, dict):
        raise ValueError("an object was expected")
    return cast("dict[str, Value]", value)


def _exact(value: object, *names: str) -> Fields:
    fields = _object(value)
    if set(fields) != set(names):
        raise ValueError("keys missing or unknown")
    return fields


def _text(value: Value, most: int = _MOST_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("a short text was expected")
    return value


def _integer(value: Value, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError("an integer within bounds was expected")
    return value


def _boolean(value: Value) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false was expected")
    return value


def _bytes(value: Value, size: int) -> bytes:
    if not isinstance(value, str):
        raise ValueError("base64 was expected")
    return from_base64(value, size)


def _uuid(value: Value) -> str:
    text = _text(value)
    if str(uuid.UUID(text)) != text:
        raise ValueError("not the one spelling of a UUID")
    return text


def _instant(value: Value) -> datetime:
    instant = instant_of(_text(value))
    if instant_text(instant) != value:
        raise ValueError("not the one spelling of an instant")
    return instant


def _release(text: str) -> tuple[int, ...]:
    """ "1.2.3" as numbers. Raises ValueError."""
    return tuple(int(part) for part in text.split("."))
