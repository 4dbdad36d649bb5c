"""docs/protocol.md and docs/protocol-fields.md say what the code does: enough for a second one."""

from __future__ import annotations

import re

from fastapi.routing import APIRoute

from app.crypto.envelope import Kind, Purpose
from app.crypto.labels import Label
from app.models.registry import ENTITIES
from app.sync import downlink
from app.sync.protocol import batch, blob, stick
from app.sync.protocol.recovery import REQUEST_SUFFIX
from app.sync.protocol.verdict import Outcome
from county_server import web
from county_server.authority import FROM_DEVICES, OF_THE_COUNTY
from county_server.declined import HTTP_STATUS
from tests.architecture.source import ROOT
from tools import protocol_fields

PROTOCOL = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
FIELDS = protocol_fields.PAGE.read_text(encoding="utf-8")


def test_the_page_of_fields_is_what_the_code_has():
    """Written anew by `PYTHONPATH=. .venv/bin/python tools/protocol_fields.py`."""
    assert protocol_fields.page() == FIELDS


def test_laptop_and_county_know_the_same_records_and_the_page_has_them_all():
    assert set(ENTITIES) == FROM_DEVICES | OF_THE_COUNTY
    assert set(re.findall(r"^### `([a-z_]+)`: ", FIELDS, re.MULTILINE)) == set(ENTITIES)


def test_what_comes_down_without_a_table_is_named():
    named = set(re.findall(r"`([a-z_]+)`", PROTOCOL))

    assert downlink._WITHOUT_TABLE - named == set()


def test_every_container_stands_with_its_magic_and_its_label():
    rows = {f"`{kind.magic.decode()}` | `{kind.label.decode()}`" for kind in Kind}

    assert [row for row in rows if row not in PROTOCOL] == []
    assert len(re.findall(r"^\| .* \| `SA[A-Z0-9]{6}` ", PROTOCOL, re.MULTILINE)) == len(Kind)


def test_every_context_of_a_signature_is_named():
    spelled = {purpose.value.decode().replace("\0", r"\0") for purpose in Purpose}

    assert [one for one in spelled if f"`{one}`" not in PROTOCOL] == []


def test_the_labels_that_leave_the_laptop_are_spelled():
    for label in (Label.ESCROW, Label.ESCROW_REPLY):
        assert f'"{label.value}\\0"' in PROTOCOL


def test_every_refusal_stands_in_the_row_of_its_status():
    rows = dict(re.findall(r"^\| (\d{3}) \| (.*) \|$", PROTOCOL, re.MULTILINE))

    for code, status in HTTP_STATUS.items():
        assert code in rows[str(status)], code
    told = {code for row in rows.values() for code in re.findall(r"[A-Z]-\d\d", row)}
    assert told == set(HTTP_STATUS)


def test_every_road_stands_in_the_table():
    routes = [one for one in web.build_web(desk=None).routes if isinstance(one, APIRoute)]
    said = set(re.findall(r"^\| `(GET|POST) (/v1/[a-z]+)`", PROTOCOL, re.MULTILINE))

    assert said == {(method, one.path) for one in routes for method in one.methods}


def test_every_file_of_a_stick_is_named():
    suffixes = {
        stick.BATCH, stick.REQUEST, stick.ENROLMENT, stick.RECEIPT, stick.PAGE,
        stick.CERTIFICATE, stick.PART, stick.PART_RECEIPT, stick.ORDER, REQUEST_SUFFIX,
    }  # fmt: skip

    assert [one for one in suffixes if f"{one}`" not in PROTOCOL] == []
    assert f"`{stick.TO_COUNTY}/`" in PROTOCOL
    assert f"`{stick.FROM_COUNTY}/`" in PROTOCOL


def test_every_outcome_stands_in_the_table_of_verdicts():
    assert set(re.findall(r"^\| ([a-z_]+) \| (?:taken|not taken|the named)", PROTOCOL, re.M)) == {
        outcome.value for outcome in Outcome
    }


def test_the_bounds_are_the_code_s():
    assert f"At most {batch.MAX_OPERATIONS:,} operations" in PROTOCOL
    assert f"**parts** of {blob.PART_BYTES // 1024} KiB" in PROTOCOL
    assert f"(1 … {blob.MAX_BLOB_BYTES // 2**20} MiB)" in PROTOCOL
    assert f"{web.PER_DEVICE} a minute per device, {web.PER_ADDRESS} per address" in PROTOCOL
    assert f"{web._ENROL_TRIES} enrolments per address" in PROTOCOL
