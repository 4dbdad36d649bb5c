"""Whatever happens, in whatever order: today's list is what making it anew would give."""

from __future__ import annotations

import tempfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.due_village import STEP, village_in


@settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(steps=st.lists(STEP, min_size=1, max_size=25))
def test_rows_kept_on_write_are_the_rows_made_anew(steps):
    with tempfile.TemporaryDirectory() as folder:
        village, engine = village_in(folder)
        try:
            for deed, who, number in steps:
                village.do(deed, who, number)

                assert village.work.worklist.check() == [], (deed, who, number)
        finally:
            engine.dispose()


def test_none_of_these_deeds_is_one_that_is_always_refused():
    with tempfile.TemporaryDirectory() as folder:
        village, engine = village_in(folder)
        try:
            for deed in (
                "visit", "relief", "stranger", "settle", "file", "applicant", "county", "home",
                "comes", "undone", "watch", "case", "complaint", "report", "leaves", "purse",
                "agreed",
            ):  # fmt: skip
                getattr(village, deed)(village.homes[0], 1)
            village.care(village.homes[1], 0)
            village.file(village.homes[2], 0)
            village.step(village.homes[2], 0)
        finally:
            engine.dispose()
