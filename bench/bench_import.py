"""A roster of 3,000 households read and judged, beside openpyxl reading the same sheet alone.

Bar: at most three times as long (medians of five runs, both sides in the same run, taken in turn).
`python bench/bench_import.py [households] [runs]`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BAR = 3.0


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _read_alone(path: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for _ in book.active.iter_rows(values_only=True))
    book.close()
    return rows


def main(households: int = 3000, runs: int = 5) -> int:
    """Print both sides and their ratio; 1 when the bar is missed."""
    from app.practice.registry import AGES_ON
    from app.practice.roster_file import write_roster
    from app.practice.village import practice_village
    from app.services.rosters import read_roster

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        village = practice_village(2026, households)
        write_roster(path, village)
        megabytes = path.stat().st_size / 1e6
        print(f"{households} households, {village.people} people, {megabytes:.1f} MB")
        report = read_roster(path, on=AGES_ON)
        assert (report.people, report.problems) == (village.people, ())
        _read_alone(path)
        ours, alone = [], []
        for _ in range(runs):
            ours.append(_seconds(lambda: read_roster(path, on=AGES_ON)))
            alone.append(_seconds(lambda: _read_alone(path)))
    mine, floor = statistics.median(ours), statistics.median(alone)
    ratio = mine / floor
    print(f"ours  (preflight, child, judged households)  {mine:6.2f} s  of {runs} runs")
    print(f"floor (openpyxl read_only, same sheet)       {floor:6.2f} s  of {runs} runs")
    print(f"ratio {ratio:.2f}  bar {BAR:.1f}  {'ok' if ratio <= BAR else 'MISSED'}")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
