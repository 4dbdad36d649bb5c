"""One program per vault, and how long to wait after a wrong passphrase."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from app.store.locking import LockNote, read_lock_note, take_lock
from tests.fakes import NOON
from tests.vaults import problem

HOLD = """
import os, sys
from pathlib import Path
from app.domain.problem import Problem
from app.store.locking import take_lock
from tests.fakes import StoppedClock
try:
    lock = take_lock(Path(sys.argv[1]), StoppedClock().evidence())
except Problem as problem:
    print(problem.code, flush=True)
else:
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path):
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_holder_is_refused_even_in_the_same_program(tmp_path, clock):
    lock = take_lock(tmp_path / "lock", clock.evidence())

    with problem("V-05"):
        take_lock(tmp_path / "lock", clock.evidence())

    lock.release()
    take_lock(tmp_path / "lock", clock.evidence()).release()


def test_of_many_starts_exactly_one_gets_it(tmp_path):
    children = [holder(tmp_path / "lock") for _ in range(8)]

    said = [child.stdout.readline().strip() for child in children]
    for child in children:
        child.communicate("")

    assert sorted(said) == ["V-05"] * 7 + ["held"]


def test_a_killed_holder_holds_nothing(tmp_path, clock):
    child = holder(tmp_path / "lock")
    assert child.stdout.readline() == "held\n"

    with problem("V-05"):
        take_lock(tmp_path / "lock", clock.evidence())
    child.kill()
    child.communicate()

    take_lock(tmp_path / "lock", clock.evidence()).release()


def test_it_says_who_holds_it(tmp_path, clock):
    lock = take_lock(tmp_path / "lock", clock.evidence())

    note = read_lock_note(tmp_path / "lock")

    assert note == lock.note
    assert note.boot == "boot-1"
    assert note.pid > 0
    lock.release()


def test_waits_grow_and_stop_growing(tmp_path, clock):
    lock = take_lock(tmp_path / "lock", clock.evidence())

    waits = [lock.count_failure(clock.now()) for _ in range(6)]

    assert waits == [0, 2, 5, 30, 30, 30]
    lock.release()


def test_wrong_tries_outlive_the_program_until_the_right_one(tmp_path, clock):
    lock = take_lock(tmp_path / "lock", clock.evidence())
    for _ in range(3):
        lock.count_failure(clock.now())
    lock.release()

    again = take_lock(tmp_path / "lock", clock.evidence())
    assert read_lock_note(tmp_path / "lock").seconds_to_wait(clock.now()) == 5
    again.forget_failures()
    assert read_lock_note(tmp_path / "lock").seconds_to_wait(clock.now()) == 0
    again.release()


def test_waiting_passes_with_time_and_a_clock_set_back_does_not_lengthen_it():
    note = LockNote(failures=4, failed_at="2026-03-02T04:00:00.000Z")

    assert note.seconds_to_wait(NOON) == 30
    assert note.seconds_to_wait(NOON + timedelta(seconds=12)) == 18
    assert note.seconds_to_wait(NOON + timedelta(hours=1)) == 0
    assert note.seconds_to_wait(NOON - timedelta(days=400)) == 30


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b'{"failures":"many"}',
        b'{"failures":3,"failed_at":"soon"}',
        b'{"failures":-1}',
        b'{"pid":1,"boot":"b","failures":1e9,"failed_at":"2026-03-02T04:00:00.000Z"}',
        b"\xff" * 2000,
        b"[" * 1024,
    ],
)
def test_a_lock_file_full_of_nonsense_locks_all_the_same(tmp_path, clock, text):
    path = tmp_path / "lock"
    path.write_bytes(text)

    lock = take_lock(path, clock.evidence())

    assert lock.note.failures == 0
    assert lock.count_failure(clock.now()) == 0
    lock.release()


def test_no_lock_file_says_nothing(tmp_path):
    assert read_lock_note(tmp_path / "lock") == LockNote()
