"""A household that left a laptop and came back has several keys, and all of them open."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select

from app.crypto.envelope import new_subject_key
from county_server.judgement import open_patch
from county_server.tables import operation, subject_key


@pytest.mark.parametrize("office", ["sqlite", "postgres"], indirect=True)
def test_every_key_a_device_named_for_a_subject_is_kept_once(office):
    device = office.device()
    home = device.household()
    office.push(device)
    keys = [device.keys[home], new_subject_key()]
    for key in (keys[1], keys[1], keys[0]):
        device.keys[home] = key
        device.visit(home)
        assert [one.outcome for one in office.push(device).verdicts] == ["applied"]

    with office.database.read() as connection:
        kept = connection.execute(
            select(subject_key.c.key).where(subject_key.c.subject == home)
        ).scalar_one()
        rows = connection.execute(select(operation).where(operation.c.subject == home)).all()

    assert bytes(kept) == keys[0] + keys[1]
    assert len(rows) == 4
    for row in rows:
        assert open_patch(row.op_id, home, row.ciphertext, bytes(kept))


@pytest.mark.parametrize("office", ["sqlite", "postgres"], indirect=True)
def test_a_device_hears_how_many_of_its_attachments_are_here_when_it_asks(office):
    device = office.device()
    asked = office.pages.accept(device.feed_request())

    plain = device.page(office.pages.page(asked)[0])
    checked = device.page(office.pages.page(msgspec.structs.replace(asked, check=True))[0])

    assert (plain.head.files, checked.head.files) == (None, 0)
