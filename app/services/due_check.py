"""The daily check of today's list: on a copy nobody writes, a few households at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.services.due_keeping import DueKeeping
from app.services.ground_rules import GroundRules
from app.services.policies import Policies

if TYPE_CHECKING:
    from app.store.integrity import Finding


def check_list(
    database: Path, key: bytes, clock: Clock, policies: Policies
) -> Iterator[list[Finding]]:
    """What each piece found: C-30 for subjects whose rows are not what their records say.

    A copy whose rules have changed since has a list nobody holds to be right yet: it is let pass.
    Nothing stays open between two pieces, so the iterator may simply be dropped. Raises
    Unavailable V-03, D-02, D-03.
    """
    from app.store.engine import open_engine
    from app.store.integrity import Finding
    from app.store.unit_of_work import UnitOfWork

    keeping = DueKeeping(clock, GroundRules(policies, clock))
    parts: list[list[str]] | None = None
    at = 0
    while parts is None or at < len(parts):
        engine = open_engine(database, key, read_only=True)
        try:
            with UnitOfWork(engine, clock) as work:
                if parts is None:
                    parts = [] if keeping.is_stale(work) else keeping.parts(work)
                    continue
                wrong = keeping.differences(work, parts[at])
        finally:
            engine.dispose()
        at += 1
        yield [Finding("C-30", "今天的活和记录对不上。", places=len(wrong))] if wrong else []
