"""CPU seconds processes have spent, which other work on the machine does not lengthen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(
    job: Callable[[], T], others: dict[str, Callable[[], float]]
) -> tuple[T, dict[str, float]]:
    """What `job` gives, and the CPU seconds of this process ("here") and of the others by name."""
    clocks = {"here": time.process_time, **others}
    before = {name: clock() for name, clock in clocks.items()}
    given = job()
    return given, {name: clock() - before[name] for name, clock in clocks.items()}


def spent_by(pids: Iterable[int]) -> float:
    """Seconds of these processes and of the children each has waited for."""
    return sum(sum(int(figure) for figure in _stat(pid)[11:15]) for pid in pids) / _TICKS


def spent_by_family(parent: int) -> float:
    """Seconds of a process, of its children, and of those that ended."""
    others = (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())
    return spent_by([parent, *(pid for pid in others if parent_of(pid) == parent)])


def parent_of(pid: int) -> int:
    """The parent of a process, 0 of one that ended."""
    return int(_stat(pid)[1])


def _stat(pid: int) -> list[str]:
    """The figures after a process's name, the state first; of one that ended all are nothing."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["0"] * 50
