"""Eight weeks of a village of three hundred households, across the end of a quarter."""

from __future__ import annotations

from pathlib import Path

from tests.soak import Soak


def test_eight_weeks_of_three_hundred_households(tmp_path: Path) -> None:
    """Mornings and evenings, the list is what the account says."""
    soak = Soak(tmp_path, households=300)
    try:
        soak.run(weeks=8)
    finally:
        soak.engine.dispose()
