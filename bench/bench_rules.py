"""The means test beside OpenFisca-Core, the engine others use for such rules, in one run.

Both begin with the decoded case. Ours checks every field, tries every rung and explains every
line; OpenFisca-Core works out 低保, 边缘, 单人保 and 刚性支出 and records how (its trace), which
costs it a tenth; without is printed too. Bars: one household p95 ≤ 1 ms and ≤ ½ of
OpenFisca's; 3,000 households ≤ ⅛ of its time household by household; 100,000 streamed through
the command line in ≤ 60 s with flat memory; nobody wrong at the fen. Exit status 1 when a bar is
missed.

Bars are held against CPU time (user and system), which is what the work costs; the time on the
wall is printed beside it, and on a machine with other work to do it is longer on both sides.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from figures import Times, p95  # noqa: E402

from app.rules import assess  # noqa: E402
from app.rules.bundle import bundle_of  # noqa: E402
from app.rules.casefile import facts_of  # noqa: E402
from tests.cases import ON  # noqa: E402
from tests.openfisca_cases import (  # noqa: E402
    county_pack,
    judge,
    judge_one,
    oracle,
    plain_cases,
    verdict_of,
)

Json = dict[str, object]

SEED = 46
HOUSEHOLDS = 3_000
TURN = 50
"""Households of one side before it is the other's turn."""
MANY = 100_000
FEW = 10_000
AT_ONCE = 10_000
"""Households of one vectorised simulation."""


class Bars:
    """Prints each bar with its figure, and remembers whether one was missed."""

    missed = False

    def hold(
        self, what: str, figure: float, most: float, unit: str = "", *, wall: float | None = None
    ) -> None:
        """One bar: `figure` may be at most `most`; `wall` is the same by the clock on the wall."""
        kept = figure <= most
        self.missed = self.missed or not kept
        beside = "" if wall is None else f"; wall {wall:.3f}{unit}"
        print(
            f"  {'kept  ' if kept else 'MISSED'} {what}: {figure:.3f}{unit}"
            f" (bar: ≤ {most:g}{unit}{beside})"
        )


def main() -> int:
    """Both sides in turn, then the stream; 1 when a bar is missed."""
    bars = Bars()
    household_by_household(bars)
    with tempfile.TemporaryDirectory() as folder:
        streamed(bars, Path(folder))
    return int(bars.missed)


def household_by_household(bars: Bars) -> None:
    """3,000 households, the sides taking turns."""
    pack, system = county_pack(), oracle()
    sides: dict[str, Callable[[Json], object]] = {
        "ours, explained": lambda case: assess(facts_of(case), pack, ON),
        "OpenFisca-Core, explained": lambda case: judge_one(system, case, ON, explained=True),
        "OpenFisca-Core, bare": lambda case: judge_one(system, case, ON),
    }
    times = {name: Times() for name in sides}
    wrong = 0
    for cases in _turns(plain_cases(HOUSEHOLDS, seed=SEED), TURN):
        said = {name: _timed(times[name], side, cases) for name, side in sides.items()}
        answers, verdicts, _ = said.values()
        wrong += sum(
            verdict_of(answer.to_json()) != verdict
            for answer, verdict in zip(answers, verdicts, strict=True)
        )
    ours, theirs, _ = times.values()
    print(f"{HOUSEHOLDS} households one by one, {TURN} in turn")
    for name, side in times.items():
        for clock, spent, least in (("CPU", side.cpu, ours.cpu), ("wall", side.wall, ours.wall)):
            print(
                f"  {name:<26} {clock:<4} median {statistics.median(spent) * 1e3:7.3f} ms"
                f"  p95 {p95(spent) * 1e3:7.3f} ms  all {sum(spent):7.2f} s"
                f"  × {sum(spent) / sum(least):.2f}"
            )
    bars.hold("one household p95", p95(ours.cpu) * 1e3, 1, " ms", wall=p95(ours.wall) * 1e3)
    bars.hold(
        "its share of OpenFisca-Core's p95",
        p95(ours.cpu) / p95(theirs.cpu),
        1 / 2,
        wall=p95(ours.wall) / p95(theirs.wall),
    )
    what = f"share of OpenFisca-Core's time, median of {HOUSEHOLDS // TURN} turns"
    bars.hold(what, _share(ours.cpu, theirs.cpu), 1 / 8, wall=_share(ours.wall, theirs.wall))
    bars.hold("wrong at the fen", wrong, 0)


def streamed(bars: Bars, folder: Path) -> None:
    """Through the command line in one process, answers into a file; then judged, vectorised."""
    bundle = folder / "pack.json"
    bundle.write_bytes(bundle_of(county_pack()))
    few, many = (_stream(folder, bundle, households) for households in (FEW, MANY))
    print(f"streamed: python -m app assess {many.answers.name} --out …")
    for run in (few, many):
        print(
            f"  {run.households:>7} households CPU {run.cpu:7.2f} s  wall {run.wall:7.2f} s"
            f"  peak {run.peak / 1024:.1f} MB"
        )
    wrong, vectorised = _judged(many)
    print(f"  OpenFisca-Core vectorised, nothing explained (for information) {vectorised:7.2f} s")
    bars.hold(f"{MANY} households streamed", many.cpu, 60, " s", wall=many.wall)
    bars.hold("memory of 100,000 over that of 10,000", many.peak / few.peak, 1.1)
    bars.hold(f"wrong at the fen among {MANY}", wrong, 0)


@dataclass(frozen=True)
class Run:
    """One run of the verb: how many seconds, at most how much memory (KB), and what it wrote."""

    households: int
    cpu: float
    wall: float
    peak: int
    answers: Path


def _stream(folder: Path, bundle: Path, households: int) -> Run:
    cases, answers = folder / f"{households}.jsonl", folder / f"answers-{households}.jsonl"
    with cases.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(case)}\n" for case in plain_cases(households, seed=SEED))
    command = [
        *(sys.executable, "-m", "app", "assess", str(cases), "--out", str(answers)),
        *("--pack", str(bundle), "--on", ON.isoformat()),
    ]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"assess ended with {process.returncode}")
    return Run(households, usage.ru_utime + usage.ru_stime, took, usage.ru_maxrss, answers)


def _judged(run: Run) -> tuple[int, float]:
    """How many answers the oracle contradicts, and how long its own work took."""
    system, wrong, took = oracle(), 0, 0.0
    with run.answers.open(encoding="utf-8") as answers:
        for cases in _turns(plain_cases(run.households, seed=SEED), AT_ONCE):
            start = time.perf_counter()
            verdicts = judge(system, cases, ON)
            took += time.perf_counter() - start
            ours = [verdict_of(json.loads(line)) for line in islice(answers, len(cases))]
            wrong += sum(one != other for one, other in zip(ours, verdicts, strict=True))
    return wrong, took


def _timed(times: Times, job: Callable[[Json], object], over: Iterable[Json]) -> list[object]:
    """What `job` says of each, and how long each took."""
    return [times.of(partial(job, each)) for each in over]


def _share(ours: list[float], theirs: list[float]) -> float:
    """Our part of their time in the middle turn."""
    turns = zip(_by_turn(ours), _by_turn(theirs), strict=True)
    return statistics.median([sum(mine) / sum(its) for mine, its in turns])


def _by_turn(times: list[float]) -> list[list[float]]:
    """The times of each turn."""
    return [times[start : start + TURN] for start in range(0, len(times), TURN)]


def _turns(cases: Iterable[Json], size: int) -> Iterator[list[Json]]:
    """The cases in lists of `size`."""
    left = iter(cases)
    while turn := list(islice(left, size)):
        yield turn


if __name__ == "__main__":
    raise SystemExit(main())
