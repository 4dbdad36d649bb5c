"""Killed, out of space, and opened twice: what was acknowledged stays, and is said truly."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

from app.store.entering import open_vault
from tests.vaults import PASSPHRASE, snapshot

WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from app.store.entering import open_vault
    from tests.fakes import StoppedClock
    from tests.vaults import PASSPHRASE, record

    clock = StoppedClock()
    vault = open_vault(Path(sys.argv[1]), PASSPHRASE, clock=clock)
    print("ready", flush=True)
    number = vault.check().head.n
    while True:
        record(vault, clock)
        number += 1
        print(number, flush=True)
""")

KILLER = textwrap.dedent("""
    import os, random, signal, sys
    from pathlib import Path
    from app.store.entering import open_vault
    from tests.fakes import StoppedClock
    from tests.vaults import PASSPHRASE, record

    directory, clock, dice = Path(sys.argv[1]), StoppedClock(), random.Random(20260302)

    def write(pipe):
        vault = open_vault(directory, PASSPHRASE, clock=clock)
        number = vault.check().head.n
        while True:
            record(vault, clock)
            number += 1
            os.write(pipe, b"%d\\n" % number)

    for _ in range(20):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            write(writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as lines:
            acknowledged = [lines.readline() for _ in range(dice.randrange(1, 15))]
            os.kill(child, signal.SIGKILL)
            acknowledged += lines.readlines()
        os.waitpid(child, 0)
        vault = open_vault(directory, PASSPHRASE, clock=clock)
        report = vault.check(deep=True)
        vault.close()
        print(int(acknowledged[-1]), report.head.n, report.is_sound, flush=True)
""")
"""Forks, so that twenty programs need not import the store twenty times."""

FILLER = textwrap.dedent("""
    import resource, signal, sys
    from pathlib import Path
    from app.domain.problem import Problem
    from app.store.entering import open_vault
    from tests.fakes import StoppedClock
    from tests.vaults import PASSPHRASE, record

    clock = StoppedClock()
    vault = open_vault(Path(sys.argv[1]), PASSPHRASE, clock=clock)
    if sys.argv[2] == "limit":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = (Path(sys.argv[1]) / "xieli.db").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20000, size + 20000))
    saved = vault.check().head.n
    try:
        for _ in range(5000):
            record(vault, clock)
            saved += 1
    except Problem as problem:
        print(problem.code, saved, vault.check(deep=True).is_sound, vault.check().head.n)
""")


def test_killed_at_any_moment_nothing_acknowledged_is_lost(kept):
    command = [sys.executable, "-c", KILLER, str(kept.directory)]

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    rounds = [line.split() for line in said.splitlines()]
    assert len(rounds) == 20
    for acknowledged, found, sound in rounds:
        assert sound == "True"
        assert int(acknowledged) <= int(found) <= int(acknowledged) + 1


def filled(directory, how):
    command = [sys.executable, "-c", FILLER, str(directory), how]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return said[0], int(said[1]), said[2], int(said[3])


def test_a_file_that_may_not_grow_is_said_and_loses_nothing(kept, clock):
    code, saved, sound, head = filled(kept.directory, "limit")

    assert code in {"D-01", "D-02"}
    assert (sound, head) == ("True", saved)
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert vault.check(deep=True).head.n == saved
    vault.close()


SMALL_DISK = """
mount -t tmpfs -o size="$5" tmpfs "$1" && cp -r "$2"/. "$1" && "$3" -c "$4" "$1" disk \
  && rm -rf "$2" && cp -r "$1" "$2"
"""


def test_a_full_disk_is_said_and_loses_nothing(kept, tmp_path, clock):
    """On a disk hardly larger than the vault where one can be made; else by a file limit."""
    small = tmp_path / "small"
    small.mkdir()
    used = sum(-(-len(data) // 4096) * 4096 for data in snapshot(kept.directory).values())
    arguments = [str(small), str(kept.directory), sys.executable, FILLER, str(used + 120_000)]
    command = ["unshare", "-m", "sh", "-c", SMALL_DISK, "sh", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        code, saved, sound, head = done.stdout.split()
        assert code == "D-01"
    else:
        code, saved, sound, head = filled(kept.directory, "limit")
        assert code in {"D-01", "D-02"}

    assert (sound, int(head)) == ("True", int(saved))
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert vault.check(deep=True).head.n == int(saved)
    vault.close()


def test_a_second_program_is_told_that_the_vault_is_in_use(kept):
    first = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(kept.directory)], stdout=subprocess.PIPE, text=True
    )
    assert first.stdout.readline() == "ready\n"

    second = subprocess.run(
        [sys.executable, "-c", WRITER, str(kept.directory)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    first.kill()
    first.communicate()

    assert second.returncode == 1
    assert "V-05" in second.stderr
    assert second.stdout == ""
