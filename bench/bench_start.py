"""The start: the unlock page beside a bare PySide6 window, and today's work after the key.

Bars: unlock page painted ≤ 1.6 × the bare window; with 3,000 households today's work painted
≤ 0.6 s after the key is derived, in ≤ 160 MB of resident memory. Exit status 1 when one is missed.
`python bench/bench_start.py [households] [pairs]`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from figures import in_turn, show  # noqa: E402

PASSPHRASE = "青石坳 测试 口令 够长"
MOST_TIMES_BARE = 1.6
MOST_SECONDS = 0.6
MOST_MEGABYTES = 160
STARTS = 5


def child(which: str, home: Path) -> list[float]:
    """What one process of `first_paint.py` saw."""
    environment = os.environ | {"XIELI_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its .pyc files
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "first_paint.py"), which],
        env=environment,
        input=PASSPHRASE,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    if "imported before" in done.stderr:
        raise SystemExit(done.stderr)
    return [float(figure) for figure in done.stdout.split()]


def first_paint(which: str, home: Path) -> float:
    """Seconds from the start of the process to its first picture."""
    start = time.monotonic()
    return child(which, home)[0] - start


def furnish(home: Path, households: int) -> str:
    """A vault with a village of that size and its past visits; what is in it."""
    from app.bootstrap.machine import SystemClock
    from app.practice.furnishing import settle_village
    from app.practice.village import practice_village
    from app.services.desk import open_desk
    from app.services.policies import Policies
    from app.services.vaults import CreateVault, Vaults

    clock = SystemClock()
    vaults = Vaults(clock)
    request = CreateVault(
        directory=home / "vault", passphrase=PASSPHRASE, officer="练习员", village="练习村"
    )
    vault, _ = vaults.create(request)
    village = practice_village(households=households)
    settle_village(open_desk(vault, clock, Policies()), clock.today(), village)
    vaults.lock(vault)
    visits = sum(len(each.visits) for each in village.members)
    return f"{households:,} households, {village.people:,} people, {visits:,} visits"


def judged(name: str, value: float, bar: float, unit: str) -> bool:
    """Print one figure with its bar; whether it holds."""
    holds = value <= bar
    print(f"  {name:<34} {value:9.2f} {unit:<3} bar {bar:g}  {'ok' if holds else 'MISSED'}")
    return holds


def main(households: int = 3000, pairs: int = 15) -> int:
    """Measure everything; 1 when a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        village = furnish(home, households)
        figures = in_turn(
            {
                "unlock page painted": lambda: first_paint("app", home),
                "bare window painted": lambda: first_paint("bare", home),
            },
            pairs,
        )
        child("home", home)
        seen = [child("home", home) for _ in range(STARTS)]
    show(f"start, medians of {pairs} pairs in turn", figures)
    ours, floor = figures.values()
    ratio = statistics.median(one / other for one, other in zip(ours, floor, strict=True))
    seconds, megabytes = (statistics.median(figure) for figure in zip(*seen, strict=True))
    held = [judged("unlock page, median of the pairs", ratio, MOST_TIMES_BARE, "×")]
    print(f"today's work, {village}, medians of {STARTS} starts")
    held.append(judged("painted after the key", seconds, MOST_SECONDS, "s"))
    held.append(judged("resident memory then", megabytes, MOST_MEGABYTES, "MB"))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
