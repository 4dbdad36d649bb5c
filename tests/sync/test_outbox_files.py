"""Where sealed bytes lie: in the outbox, there or gone; on the stick, what a kill left there."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.domain.problem import Unavailable
from app.sync.protocol import stick
from app.sync.uplink import _kept
from app.sync.usb import _read, outgoing


def test_what_was_sealed_is_read_as_it_lies_there(tmp_path: Path):
    (tmp_path / "1.sab").write_bytes(b"sealed")

    assert _kept(tmp_path / "1.sab") == b"sealed"


def test_what_is_gone_is_nothing(tmp_path: Path):
    assert _kept(tmp_path / "1.sab") == b""


def test_what_cannot_be_read_is_said_and_is_not_taken_for_gone(tmp_path: Path):
    (tmp_path / "1.sab").mkdir()

    with pytest.raises(Unavailable) as caught:
        _kept(tmp_path / "1.sab")

    assert caught.value.code.startswith("D-")


def test_what_a_killed_export_left_on_the_stick_goes_and_what_was_finished_stays(tmp_path: Path):
    out = tmp_path / stick.TO_COUNTY
    out.mkdir()
    (out / ".1.sab.0a1b.tmp").write_bytes(b"half")
    (out / "1.sab").write_bytes(b"whole")

    assert outgoing(tmp_path) == out
    assert [path.name for path in out.iterdir()] == ["1.sab"]


def test_a_stick_that_is_full_says_so(tmp_path: Path, monkeypatch):
    def full(*_asked: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "mkdir", full)

    with pytest.raises(Unavailable) as caught:
        outgoing(tmp_path)

    assert caught.value.code == "D-01"


def test_what_cannot_be_read_on_the_stick_is_said(tmp_path: Path):
    (tmp_path / "1.page").mkdir()

    with pytest.raises(Unavailable) as caught:
        _read(tmp_path / "1.page")

    assert caught.value.code.startswith("D-")
