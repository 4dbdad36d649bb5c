"""Medians and ratios, printed the same way by every benchmark. These machines are noisy: read the
ratio of two sides measured in turn in one run, never a single time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

RUNS = 7
T = TypeVar("T")


def seconds(job: Callable[[], object]) -> float:
    """How long `job` takes once."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


@dataclass
class Times:
    """Seconds of each run of a job: on the wall, and of CPU, which other work does not lengthen."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def of(self, job: Callable[[], T]) -> T:
        """What `job` gives, its time kept."""
        wall, cpu = time.perf_counter(), time.process_time()
        given = job()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)
        return given


def in_turn(sides: dict[str, Callable[[], float]], runs: int = RUNS) -> dict[str, list[float]]:
    """Each side's figure, `runs` times, the sides taking turns after one warm-up each."""
    for side in sides.values():
        side()
    figures: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, side in sides.items():
            figures[name].append(side())
    return figures


def show(title: str, figures: dict[str, list[float]], unit: str = "s", scale: float = 1) -> None:
    """Median, least and most of each side, and its ratio to the last one, the floor."""
    print(title)
    floor = statistics.median(list(figures.values())[-1])
    for name, values in figures.items():
        median = statistics.median(values)
        print(
            f"  {name:<34} {median * scale:9.3f} {unit}"
            f"  ({min(values) * scale:.3f}–{max(values) * scale:.3f})  × {median / floor:.2f}"
        )


def p95(values: Sequence[float]) -> float:
    """The value nineteen in twenty stay below."""
    return sorted(values)[max(int(len(values) * 0.95) - 1, 0)]
