"""The whole day of `python -m app demo` against a county on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.test_the_day import run_day
from tests.postgres import running_postgres


def test_the_day_goes_the_same_way_on_postgresql(tmp_path: Path) -> None:
    """The cut lines, the decision and the stick come out as they do on SQLite."""
    with running_postgres() as url:
        done = run_day(tmp_path / "out", "--database", f"{url}/postgres", "--no-pictures")

    assert done.returncode == 0, done.stderr
    assert "线断了 2 次" in done.stdout
    assert "县里同意" in done.stdout
