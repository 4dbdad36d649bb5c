"""The operation log's record: canonical bytes, and the chain of hashes others must reproduce."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.domain.operations import (
    GENESIS,
    SAFE_INTEGER,
    Operation,
    body_aad,
    canonical,
    instant_of,
    instant_text,
    operation_hash,
)

OPERATION = Operation(
    n=1,
    op_id="01957a6c-0000-7000-8000-000000000001",
    kind="visit.recorded",
    entity="visit",
    entity_id="01957a6c-0000-7000-8000-000000000002",
    subject="01957a6c-0000-7000-8000-000000000003",
    base_version=0,
    actor="协理员",
    business_date=date(2026, 3, 2),
    wall=datetime(2026, 3, 2, 4, 0, 0, 123000, tzinfo=UTC),
    tz=480,
    boot="boot-1",
    mono=3600000,
    last_server_time=None,
    app_version="0.1.0",
    schema_version=1,
    ciphertext=b"\x00\x01\x02",
    hash=b"",
)

PINNED = "cb800e530dc8ad3c6759912168afd48eabd95d76649e0baa9fb9ccac47e7c0ac"
"""Computed once; a county that reads the protocol must arrive at the same."""


def hash_of(operation: Operation, previous: bytes = GENESIS, device: str = "device-1") -> bytes:
    return operation_hash(previous, operation.n, device, operation.metadata(), operation.ciphertext)


def test_the_chain_hash_is_the_pinned_one():
    assert hash_of(OPERATION).hex() == PINNED


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2},
        {"op_id": "x"},
        {"kind": "x"},
        {"entity": "x"},
        {"entity_id": "x"},
        {"subject": "x"},
        {"base_version": 1},
        {"actor": "x"},
        {"business_date": date(2026, 3, 3)},
        {"wall": datetime(2026, 3, 2, 4, 0, 1, tzinfo=UTC)},
        {"tz": 0},
        {"boot": "x"},
        {"mono": 1},
        {"last_server_time": datetime(2026, 3, 1, tzinfo=UTC)},
        {"app_version": "x"},
        {"schema_version": 2},
        {"ciphertext": b"\x00"},
    ],
)
def test_the_hash_binds_every_field(change):
    assert hash_of(replace(OPERATION, **change)) != hash_of(OPERATION)


def test_the_hash_binds_the_device_and_what_came_before():
    assert hash_of(OPERATION, device="device-2") != hash_of(OPERATION)
    assert hash_of(OPERATION, previous=b"\x01" * 32) != hash_of(OPERATION)


def test_canonical_bytes_sort_keys_and_escape_nothing_they_need_not():
    assert canonical({"b": 1, "a": ["韦", None, True]}) == '{"a":["韦",null,true],"b":1}'.encode()


@pytest.mark.parametrize("inexact", [1.5, {"a": 1.5}, [1.5], ("x", [{"y": 0.1}])])
def test_floats_are_not_canonical(inexact):
    with pytest.raises(TypeError):
        canonical(inexact)


@pytest.mark.parametrize("huge", [SAFE_INTEGER + 1, -SAFE_INTEGER - 1])
def test_integers_that_doubles_cannot_hold_are_not_canonical(huge):
    with pytest.raises(ValueError, match="canonical"):
        canonical([huge])


def test_the_largest_safe_integer_and_booleans_are():
    assert canonical([SAFE_INTEGER, False]) == b"[9007199254740991,false]"


def test_instants_are_written_in_utc_with_milliseconds_and_read_back():
    at = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))

    assert instant_text(at) == "2026-03-02T04:00:00.123Z"
    assert instant_of("2026-03-02T04:00:00.123Z") == at.replace(microsecond=123000)


def test_an_instant_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        instant_of("2026-03-02T04:00:00")


def test_a_body_is_bound_to_its_operation_and_its_subject():
    assert body_aad("op", "household") == b'{"op_id":"op","subject":"household"}'
    assert body_aad("op", "other") != body_aad("op", "household")


_words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=8)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE_INTEGER, SAFE_INTEGER) | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=4),
    max_leaves=12,
)


@given(_values)
def test_the_quick_way_to_canonical_bytes_writes_what_the_standard_says(value):
    assert canonical(value) == rfc8785.dumps(value)
