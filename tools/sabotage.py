"""Takes each guard of sync and money away, in a copy, and runs its test, which has to fail.

`python tools/sabotage.py [part of a rule or file]`; `--page` only writes docs/sabotage.md. A guard
without which a test waits for ever is missed by that test's own limit; a run that goes on beyond
every limit is stopped with all it started, and counts as not missed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from tools.sabotage_guards import GUARDS, Guard
from tools.sabotage_money import MONEY

ROOT: Final = Path(__file__).resolve().parents[1]
COPIED: Final = ("app", "county_server", "tests", "resources", "docs", "pyproject.toml")
ALL: Final = GUARDS + MONEY
FAILED: Final = 1
"""What pytest ends with when a test failed; anything else is trouble of another kind."""
TEST_SECONDS: Final = 60
"""How long one test may wait before it fails: by a signal, so that the others are torn down."""
SECONDS: Final = 600
"""How long a run may take altogether."""
GOODBYE_SECONDS: Final = 20
"""How long a run that is stopped may take to stop what it started, a PostgreSQL server say."""
HUNG: Final = -1


def main(arguments: list[str]) -> int:
    """Status 0 when every guard that was taken away was missed by its test."""
    if arguments == ["--page"]:
        (ROOT / "docs" / "sabotage.md").write_text(page(), "utf-8")
        return 0
    wanted = [one for one in ALL if not arguments or arguments[0] in one.rule + one.file]
    survived = 0
    with tempfile.TemporaryDirectory(prefix="xieli-sabotage-") as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                skip = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, copy / name, ignore=skip)
            else:
                shutil.copy2(source, copy / name)
        for guard in wanted:
            is_missed = without(copy, guard)
            survived += not is_missed
            say("missed  " if is_missed else "SURVIVED", guard.rule, "-", guard.what)
    say(f"{len(wanted)} guards, {survived} of them not missed")
    return 1 if survived else 0


def say(*words: object) -> None:
    """One line, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def without(copy: Path, guard: Guard) -> bool:
    """Whether the test fails in `copy` without the guard, which is put back afterwards."""
    path = copy / guard.file
    whole = path.read_text("utf-8")
    if whole.count(guard.text) != 1:
        say(f"{guard.file}: not there once: {guard.text}")
        return False
    path.write_text(whole.replace(guard.text, guard.without), "utf-8")
    try:
        status = run_of(copy, guard.test)
    finally:
        path.write_text(whole, "utf-8")
    if status == HUNG:
        say(
            f"{guard.test}: no test of it failed within {TEST_SECONDS} s, stopped after {SECONDS} s"
        )
    return status == FAILED


def run_of(
    copy: Path,
    test: str,
    *,
    seconds: float = SECONDS,
    test_seconds: float = TEST_SECONDS,
    goodbye_seconds: float = GOODBYE_SECONDS,
) -> int:
    """What pytest ended with in `copy`; HUNG when it had to be stopped, with all it started."""
    command = [
        sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider",
        f"--timeout={test_seconds}", "--timeout-method=signal", test,
    ]  # fmt: skip
    run = subprocess.Popen(  # noqa: S603  # this interpreter, on tests named above
        command, cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        return run.wait(seconds)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            run.wait(goodbye_seconds)
        return HUNG
    finally:
        with suppress(ProcessLookupError):  # nothing of it is left
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()


def page() -> str:
    """docs/sabotage.md."""
    lines = [
        "# Guards of the sync and of money, and the test that misses each",
        "",
        "`make sabotage` takes each of them away in a copy of the program and runs its test, which",
        "then has to fail. Written by `python tools/sabotage.py --page` from"
        " `tools/sabotage_guards.py`",
        "and `tools/sabotage_money.py`.",
        "",
        "| rule | guard | in | test |",
        "|---|---|---|---|",
    ]
    lines += [f"| {g.rule} | {g.what} | `{g.file}` | `{g.test}` |" for g in ALL]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
