"""Which backups to let go: half-hours of a day, then 7 days, 4 weeks and 12 months are kept.

Pure, so that it can be tested for years in a second. The newest is always kept, and so is every
one dated in the future: a clock set back must not cost anybody a backup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from app.domain.clock import CHINA

_HALF_HOUR: Final = 1800

_SPANS: Final[tuple[tuple[timedelta, Callable[[datetime], object]], ...]] = (
    (timedelta(days=1), lambda at: int(at.timestamp()) // _HALF_HOUR),
    (timedelta(days=7), lambda at: at.date()),
    (timedelta(weeks=4), lambda at: at.isocalendar()[:2]),
    (timedelta(days=366), lambda at: (at.year, at.month)),
)
"""How long back a grain is kept, and which backups fall into the same grain (days are China's)."""


def superfluous(stamps: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of `stamps` (aware instants) that no rule keeps: the newest of each grain stays."""
    ordered = sorted(stamps)
    keep = set(ordered[-1:]) | {at for at in ordered if at > now}
    for span, grain in _SPANS:
        newest = {grain(at.astimezone(CHINA)): at for at in ordered if now - span <= at <= now}
        keep |= set(newest.values())
    return set(ordered) - keep
