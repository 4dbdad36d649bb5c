"""All of a file, or the one before."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys

import pytest

from app.store.atomic import atomic_write, copy_durably, make_private_directory
from tests.vaults import problem

CUT_SHORT = """
import resource, signal, sys
from pathlib import Path
from app.domain.problem import Problem
from app.store.atomic import atomic_write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    atomic_write(Path(sys.argv[1]), bytes(5000))
except Problem as problem:
    print(problem.code)
"""


def test_a_file_is_written_private(tmp_path):
    path = tmp_path / "file"

    atomic_write(path, b"one")
    atomic_write(path, b"two")

    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_the_disk_has_it_before_the_name_does(tmp_path, monkeypatch):
    said = []
    sync, replace = os.fsync, type(tmp_path).replace
    monkeypatch.setattr(os, "fsync", lambda handle: (said.append("sync"), sync(handle))[1])
    monkeypatch.setattr(
        type(tmp_path), "replace", lambda path, to: (said.append("replace"), replace(path, to))[1]
    )

    atomic_write(tmp_path / "file", b"data")

    assert said == ["sync", "replace", "sync"]


def test_a_full_disk_leaves_the_file_before(tmp_path):
    path = tmp_path / "file"
    atomic_write(path, b"before")

    said = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(path)], capture_output=True, text=True, check=True
    )

    assert said.stdout == "D-01\n"
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "D-01"),
        (errno.EDQUOT, "D-01"),
        (errno.EIO, "D-02"),
        (errno.EACCES, "D-03"),
        (errno.EROFS, "D-03"),
    ],
)
def test_each_trouble_has_its_code_and_never_a_path(tmp_path, monkeypatch, number, code):
    def fail(handle: int) -> None:
        raise OSError(number, "no", str(tmp_path))

    monkeypatch.setattr(os, "fsync", fail)
    with problem(code) as caught:
        atomic_write(tmp_path / "file", b"data")

    assert str(tmp_path) not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_whole_and_private(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(bytes(3_000_000))

    copy_durably(source, tmp_path / "copy")

    assert (tmp_path / "copy").stat().st_size == 3_000_000
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


def test_a_copy_of_nothing_leaves_nothing(tmp_path):
    with problem("D-02"):
        copy_durably(tmp_path / "absent", tmp_path / "copy")

    assert list(tmp_path.iterdir()) == []


def test_directories_are_private(tmp_path):
    make_private_directory(tmp_path / "a" / "b")

    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
