"""How long this machine has been on. By itself, because the window is given it at the start."""

from __future__ import annotations

import time


def seconds_awake_or_asleep() -> float:
    """A clock that only goes forward and counts sleep too, where the system has one."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
