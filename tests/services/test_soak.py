"""Three weeks of a small village: the bounded piece of the soak (`make torture` has all of it)."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes import NOON, StoppedClock
from tests.soak import Soak


def test_nothing_due_is_missing_and_nothing_done_stays(tmp_path):
    before_the_quarter_ends = StoppedClock(NOON + timedelta(days=18))
    soak = Soak(tmp_path, households=25, clock=before_the_quarter_ends)
    try:
        soak.run(weeks=3)
    finally:
        soak.engine.dispose()
