"""Who installs system packages: root, sudo without a word, or sudo that asks — at a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

RIGHTS = Path(__file__).resolve().parents[2] / "installer" / "rights.sh"
ASK = f'. "{RIGHTS}"; find_rights " libgl1"; echo "rights=$as_root"'


@pytest.fixture
def machine(tmp_path):
    """Makes a machine whose `id` and `sudo` answer as told; what the script decides on it."""

    def make(*, uid: int, silent: int, asked: int, terminal: bool) -> str:
        tools = {
            "id": f"echo {uid}",
            "sudo": f'case "$1" in -n) exit {silent};; -v) echo asked; exit {asked};; esac',
        }
        for name, body in tools.items():
            path = tmp_path / name
            path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
            path.chmod(0o755)
        ours, theirs = pty.openpty()
        try:
            return subprocess.run(
                ["/bin/sh", "-ec", ASK],
                stdin=theirs if terminal else subprocess.DEVNULL,
                env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        finally:
            os.close(ours)
            os.close(theirs)

    return make


@pytest.mark.parametrize(
    ("uid", "silent", "asked", "terminal", "rights"),
    [
        (0, 1, 1, False, ""),
        (1000, 0, 1, False, "sudo"),
        (1000, 1, 0, True, "sudo"),
        (1000, 1, 1, True, "none"),
        (1000, 1, 0, False, "none"),
    ],
    ids=["root", "sudo without a word", "asked", "wrong password", "nobody to ask"],
)
def test_rights_are_found_and_only_a_terminal_is_asked(
    machine, uid, silent, asked, terminal, rights
):
    said = machine(uid=uid, silent=silent, asked=asked, terminal=terminal)

    assert said.splitlines()[-1] == f"rights={rights}"
    assert ("asked" in said.splitlines()) == (silent == 1 and uid != 0 and terminal)


def test_before_asking_it_says_what_for(machine):
    said = machine(uid=1000, silent=1, asked=0, terminal=True)

    assert "libgl1" in said.splitlines()[0]
    assert "管理员口令" in said.splitlines()[0]
