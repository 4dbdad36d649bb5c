"""The shapes on the wire: one spelling, strict reading, caps, and a chain that cannot be bent."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto.envelope import seal_body_again
from app.domain.operations import GENESIS, canonical, operation_hash
from app.domain.problem import Refused
from app.sync.protocol.batch import (
    MAX_OPERATIONS,
    BatchHeader,
    WireOperation,
    decode_payload,
    encode_operation,
)
from app.sync.protocol.coding import Lines, convert, decode, encode, encode_line, to_object
from app.sync.protocol.feed import Entry
from app.sync.protocol.verdict import STATE_AFTER, Outcome, Receipt, Verdict
from tests.wire import DEVICE, chain, header_of, page_of, payload_of

VECTORS = Path(__file__).parents[1] / "vectors" / "sync"
instants = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001  # aware next
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


def test_a_payload_reads_back_as_it_was_written():
    operations = chain(7)

    payload = decode_payload(payload_of(operations), header_of(operations), seal_body_again)

    assert list(payload.operations) == operations
    assert set(payload.keys) == {"h-0", "h-1", "h-2"}
    assert bytes(32).hex() not in repr(payload)


@given(wall=instants, boot=words, last=st.none() | instants, tz=st.integers(-1440, 1440))
@settings(max_examples=40, deadline=None)
def test_any_time_evidence_survives_the_wire(wall, boot, last, tz):
    bare = replace(chain(1)[0], wall=wall, boot=boot, last_server_time=last, tz=tz)
    digest = operation_hash(GENESIS, 1, DEVICE, bare.metadata(), bare.ciphertext)
    operation = replace(bare, hash=digest)

    payload = decode_payload(payload_of([operation]), header_of([operation]), seal_body_again)

    assert payload.operations == (operation,)


NO_KEY = b'"' + base64.b64encode(bytes(32)) + b'"'


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda lines: lines[:1] + lines[2:], "B-08"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "B-08"),
        (lambda lines: [*lines[:2], lines[1], *lines[3:]], "B-08"),
        (lambda lines: [lines[0].replace(b'{"keys":{', b'{"keys":{"nobody":' + NO_KEY + b","),
                        *lines[1:]], "B-08"),
        (lambda lines: [lines[0], lines[1].replace(b'"v-1"', b'"v-9"'), *lines[2:]], "B-09"),
        (lambda lines: [lines[0], lines[1].replace(b"op-1", b"op-2"), *lines[2:]], "B-08"),
        (lambda lines: [lines[0], lines[1][:-1], *lines[2:]], "B-04"),
        (lambda lines: [lines[0], b'{"x":1,' + lines[1][1:], *lines[2:]], "B-04"),
        (lambda lines: [lines[0], lines[1].replace(b"2026-03-02", b"2026-13-02", 1), *lines[2:]],
         "B-04"),
        (lambda lines: [lines[0], *lines[1:-1], b'{"blobs":["' + b"0" * 64 + b'"]}'], "B-08"),
    ],
)  # fmt: skip
def test_a_payload_that_was_bent_is_refused(spoil, code):
    operations = chain(4)
    lines = payload_of(operations)[:-1].split(b"\n")

    with pytest.raises(Refused) as refused:
        decode_payload(b"\n".join(spoil(lines)) + b"\n", header_of(operations), seal_body_again)

    assert refused.value.code == code


PATTERNED = ("op_id", "kind", "entity", "entity_id", "subject", "actor", "business_date", "wall")


@pytest.mark.parametrize("name", [*PATTERNED, "last_server_time", "boot"])
@pytest.mark.parametrize("bad", ["", "a b", "a\n", "\na", "a\nb", "覃", "x" * 101, 7, None])
def test_a_line_is_read_as_strictly_as_its_shape_says(name, bad):
    (one,) = chain(1)
    said = json.loads(encode_operation(one)) | {name: bad}
    line = json.dumps(said).encode()

    assert outcome_of(Lines(WireOperation).decode, line) == outcome_of(
        lambda data: decode(data, WireOperation), line
    )


def outcome_of(read, line: bytes) -> object:
    """What a reader makes of a line: its fields, or the code it refuses it with."""
    try:
        return to_object(read(line))
    except Refused as refused:
        return refused.code


def test_words_that_fit_only_together_are_refused():
    (one,) = chain(1)
    said = json.loads(encode_operation(one)) | {"op_id": "a\nb", "wall": ""}

    with pytest.raises(Refused) as caught:
        Lines(WireOperation).decode(json.dumps(said).encode())

    assert caught.value.code == "B-04"


def test_an_operation_whose_key_is_destroyed_goes_as_it_lies():
    operations = chain(2)
    lines = payload_of(operations)[:-1].split(b"\n")

    payload = decode_payload(
        b"\n".join([b'{"keys":{}}', *lines[1:]]) + b"\n", header_of(operations), seal_body_again
    )

    assert payload.keys == {}
    assert payload.operations == tuple(operations)


def test_a_patch_in_clear_without_a_key_to_seal_it_is_refused():
    operations = chain(1)
    line = json.loads(payload_of(operations).split(b"\n")[1])
    del line["ciphertext"]
    line |= {"nonce": base64.b64encode(bytes(12)).decode(), "patch": {"note": [None, "x"]}}
    payload = b'{"keys":{}}\n' + json.dumps(line).encode() + b'\n{"blobs":[]}\n'

    with pytest.raises(Refused) as refused:
        decode_payload(payload, header_of(operations), seal_body_again)

    assert refused.value.code == "B-04"


def test_a_payload_without_its_last_newline_is_refused():
    operations = chain(2)

    with pytest.raises(Refused):
        decode_payload(payload_of(operations)[:-1], header_of(operations), seal_body_again)


def test_the_first_operation_follows_nothing():
    operations = chain(1, previous=b"\1" * 32)

    with pytest.raises(Refused) as refused:
        decode_payload(
            payload_of(operations), header_of(operations, prev_head="01" * 32), seal_body_again
        )

    assert refused.value.code == "B-09"


def test_more_operations_than_a_batch_may_hold_are_refused():
    operations = chain(2)

    with pytest.raises(Refused) as refused:
        decode_payload(
            payload_of(operations), header_of(operations, n_ops=MAX_OPERATIONS + 1), seal_body_again
        )

    assert refused.value.code == "B-08"


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0},
        {"epoch": -1},
        {"device": "with space"},
        {"head": "ABC"},
        {"created": "2026-03-02"},
        {"extra": 1},
        {"n_ops": 1.0},
        {"seq": True},
        {"app": "x" * 101},
    ],
)
def test_a_header_out_of_form_is_refused(change):
    good = to_object(header_of(chain(1)))

    with pytest.raises(Refused) as refused:
        convert(good | change, BatchHeader)

    assert refused.value.code == "B-04"


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True),
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | words,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_a_line_is_the_canonical_spelling(body):
    entry = Entry(
        kind="upsert", scope="*", position=1, entity="visit", entity_id="v", subject="h",
        version=1, body=body,
    )  # fmt: skip

    assert encode_line(entry) == encode(entry) == canonical(to_object(entry))
    assert decode(encode(entry), Entry) == entry


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused_and_nothing_else(data):
    for shape in (Receipt, Entry, BatchHeader):
        with pytest.raises(Refused):
            decode(data, shape)


def test_every_outcome_has_a_state_and_a_wire_word():
    assert set(STATE_AFTER) == set(Outcome)
    for outcome in Outcome:
        assert decode(encode(Verdict(n=1, outcome=outcome.value, version=0)), Verdict)


def test_an_unknown_outcome_is_refused():
    with pytest.raises(Refused):
        decode(b'{"n":1,"outcome":"maybe","version":0}', Verdict)


def test_the_pinned_chain_has_the_same_hashes():
    vectors = json.loads((VECTORS / "batch.json").read_text("utf-8"))
    header = decode(vectors["header_canonical"].encode(), BatchHeader)

    payload = decode_payload(vectors["plaintext"].encode(), header, seal_body_again)

    assert encode(header).decode() == vectors["header_canonical"]
    for operation, pinned in zip(payload.operations, vectors["operations"], strict=True):
        assert canonical(operation.metadata()).decode() == pinned["metadata_canonical"]
        assert operation.hash.hex() == pinned["hash"]
    keys = msgspec.json.decode(vectors["plaintext"].split("\n")[0])["keys"]
    assert set(keys) == set(payload.keys)


def test_no_shape_shows_what_it_holds():
    entry = page_of({}, {}, 1).entries[0]

    assert repr(entry) == "<Entry>"
    assert "officer-1" not in repr(header_of(chain(1)))
