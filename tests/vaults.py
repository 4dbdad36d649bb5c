"""A small vault to open, break and mend, made once per test process and copied."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.domain.problem import Problem
from app.store.entering import create_vault
from app.store.header import VaultOwner
from app.store.unit_of_work import UnitOfWork
from app.store.vault import OpenVault
from tests.fakes import StoppedClock

PASSPHRASE = "hongniu laoshan xinche bailu"
OTHER_PASSPHRASE = "lvshu heiya jiuqiao tianli"
OWNER = VaultOwner("测试协理员", "测试村")
CANARY = "覃金丝雀甲乙丙丁"


@dataclass(frozen=True)
class Kept:
    """A closed vault on the disk and the recovery code that opens it."""

    directory: Path
    recovery: str


def make_vault(directory: Path, clock: StoppedClock) -> Kept:
    """A vault with three operations in its log and one verified backup of them."""
    vault, code = create_vault(
        directory, PASSPHRASE, owner=OWNER, practice=True, clock=clock, kdf=FLOOR
    )
    record(vault, clock, 3)
    vault.backup("lock")
    vault.close()
    return Kept(directory, " ".join(code.groups))


def record(vault: OpenVault, clock: StoppedClock, count: int = 1) -> None:
    """Put `count` operations in the log, one transaction each, and note the anchor."""
    for number in range(count):
        with UnitOfWork(vault.engine, clock) as work:
            work.note(kind="test.noted", subject="test", facts={"what": f"{CANARY}{number}"})
            work.commit()
            head = work.head
        vault.anchor_now(head.n, head.hash)


def flip(path: Path, place: int, bit: int = 0) -> None:
    """Turn one bit of a file over, in place."""
    handle = os.open(path, os.O_RDWR)
    try:
        byte = os.pread(handle, 1, place)[0]
        os.pwrite(handle, bytes([byte ^ (1 << bit)]), place)
    finally:
        os.close(handle)


def snapshot(directory: Path) -> dict[str, bytes]:
    """Every file under `directory`."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


class problem:  # noqa: N801  # reads as a word in `with problem("V-01"):`
    """`with problem("V-01"):` — exactly this expected failure, and nothing personal in it."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._raises = pytest.raises(Problem)

    def __enter__(self) -> pytest.ExceptionInfo[Problem]:
        self._caught = self._raises.__enter__()
        return self._caught

    def __exit__(self, *exits: object) -> bool:
        met = bool(self._raises.__exit__(*exits))  # type: ignore[arg-type]
        assert self._caught.value.code == self._code, str(self._caught.value)
        assert self._caught.value.what
        assert self._caught.value.do
        assert CANARY not in str(self._caught.value)
        return met
