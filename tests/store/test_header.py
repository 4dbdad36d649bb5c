"""`vault.json`: one spelling, two seals, bounded numbers."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.encoding import to_base64
from app.crypto.kdf import FLOOR
from app.crypto.keys import DataKey
from app.crypto.recovery_code import RecoveryCode
from app.crypto.slots import PassSlot, RecoverySlot
from app.domain.operations import canonical
from app.domain.problem import Problem
from app.store.header import Header, VaultOwner, header_check, slot_binding
from app.store.header_parser import parse_header
from tests.fakes import NOON
from tests.vaults import problem

VAULT = "018f0000-0000-4000-8000-000000000001"
KEY = DataKey(bytes(range(32)))
BINDING = slot_binding(VAULT)
HEADER = Header(
    vault_id=VAULT,
    gen=7,
    created=NOON,
    min_app="0.1",
    practice=False,
    owner=VaultOwner("测试协理员", "测试村"),
    idle_seconds=300,
    fail_limit=5,
    slots=(
        PassSlot.seal(KEY, "一句好记的话一二三四五", BINDING, slot_id=0, cost=FLOOR),
        RecoverySlot.seal(KEY, RecoveryCode("1" * 40), BINDING, slot_id=1),
    ),
).sealed(KEY)
DATA = HEADER.to_bytes()


def respelled(**changes: object) -> bytes:
    """The header with fields changed and the unkeyed check made to fit, as a forger would."""
    fields = {**json.loads(DATA), **changes}
    fields = {name: value for name, value in fields.items() if value is not None}
    fields.pop("check", None)
    return canonical({**fields, "check": to_base64(header_check(fields))})


def slots(**changes: object) -> list[object]:
    """The slots with the passphrase slot changed."""
    first, *rest = json.loads(DATA)["slots"]
    return [{**first, **changes}, *rest]


def costs(**changes: object) -> list[object]:
    return slots(kdf={**json.loads(DATA)["slots"][0]["kdf"], **changes})


def test_a_header_reads_back_as_it_was():
    assert parse_header(DATA) == HEADER
    assert parse_header(DATA).to_bytes() == DATA


def test_every_flipped_bit_is_named_damage():
    for place in range(len(DATA)):
        with problem("V-02"):
            parse_header(DATA[:place] + bytes([DATA[place] ^ (1 << place % 8)]) + DATA[place + 1 :])


def test_every_cut_is_named_damage():
    for length in range(0, len(DATA), 7):
        with problem("V-02"):
            parse_header(DATA[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"[" * 60_000,
        b'{"fmt":1e999}',
        b"\xff\xfe",
        DATA + b"\n",
        b" " + DATA,
        DATA.replace(b'"gen":7', b'"gen":7,"gen":7'),
        DATA.replace(b'"gen":7', b'"gen":7.0'),
        DATA + b" " * 70_000,
        json.dumps(json.loads(DATA), indent=1).encode(),
    ],
)
def test_any_other_spelling_is_damage(data):
    with problem("V-02"):
        parse_header(data)


@pytest.mark.parametrize(
    "changes",
    [
        {"fmt": "other"},
        {"extra": 1},
        {"policy": None},
        {"gen": 0},
        {"gen": True},
        {"v": True},
        {"gen": "7"},
        {"vault_id": "018F0000-0000-4000-8000-000000000001"},
        {"created": "2026-03-02T12:00:00.000+08:00"},
        {"created": "0001-01-01T00:00:00+14:00"},
        {"practice": 1},
        {"owner": {"name": "x"}},
        {"owner": {"name": "长" * 101, "village": "x"}},
        {"policy": {"idle_s": -1, "fail_limit": 5}},
        {"min_app": "zero"},
        {"slots": []},
        {"slots": slots() * 5},
        {"slots": slots() + slots()[:1]},
        {"slots": ["pass"]},
        {"slots": slots(extra=1)},
        {"slots": slots(factor="os-keyring")},
        {"slots": slots(nonce="AAAA")},
        {"slots": slots(wrapped="====")},
        {"slots": costs(alg="md5")},
        {"slots": costs(m_kib=1024)},
        {"slots": costs(m_kib=2**30)},
        {"slots": costs(t=0)},
        {"slots": costs(t=17)},
        {"slots": costs(p=9)},
        {"mac": "AAAA"},
    ],
    ids=lambda changes: str(changes)[:50],
)
def test_what_a_header_may_not_hold_is_refused_even_when_its_check_fits(changes):
    with problem("V-02"):
        parse_header(respelled(**changes))


@pytest.mark.parametrize("changes", [{"v": 2}, {"suite": "G1"}, {"min_app": "99.0"}])
def test_a_newer_header_is_not_called_damaged(changes):
    with problem("V-04"):
        parse_header(respelled(**changes))


def test_a_header_beyond_64_kib_is_damage_whatever_it_holds():
    padding = {"id": 5, "type": "palm", "made": "a" * 70_000}

    with problem("V-02"):
        parse_header(respelled(slots=[*slots(), padding]))


def test_an_unknown_kind_of_slot_is_kept_and_covered():
    strange = {"id": 5, "type": "palm", "made": "of tomorrow"}
    header = parse_header(respelled(slots=[*slots(), strange]))

    assert header.foreign_slots == (strange,)
    assert b"of tomorrow" in header.to_bytes()
    assert not header.is_sealed_by(KEY)
    assert header.sealed(KEY).is_sealed_by(KEY)


def test_only_a_holder_of_the_key_can_seal():
    assert HEADER.is_sealed_by(KEY)
    assert not HEADER.is_sealed_by(DataKey(bytes(32)))
    assert not replace(HEADER, gen=8).is_sealed_by(KEY)
    assert not replace(HEADER, practice=True).is_sealed_by(KEY)


def test_a_new_slot_takes_the_place_of_its_kind_in_a_new_generation():
    new = PassSlot.seal(KEY, "另一句好记的话一二三四", BINDING, slot_id=0, cost=FLOOR)

    after = HEADER.with_slot(new)

    assert after.gen == HEADER.gen + 1
    assert after.pass_slot == new
    assert after.recovery_slot == HEADER.recovery_slot


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(data):
    with pytest.raises(Problem):
        parse_header(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=8,
    ),
    st.sampled_from(sorted(json.loads(DATA))),
)
def test_no_value_in_any_field_makes_it_stumble(value, field):
    try:
        header = parse_header(respelled(**{field: value}))
    except Problem:
        return
    assert header.to_bytes() == respelled(**{field: value})
