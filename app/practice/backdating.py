"""A clock that tells of earlier days, and cases that go on day by day under it.

What is under way in a village began weeks ago. Each case is told as a story: it names the day of
its next deed and, once that day has come, does it through the service the window would call.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.domain.clock import Clock, TimeEvidence

Story = Iterator[date]
"""Yields the day of the next deed; resumed on that day, it does the deed."""
Deeds = Sequence[tuple[int, Callable[[], object]]]
"""What is done on which day of a case, counted from its first, in order."""


@dataclass(slots=True)
class EarlierClock:
    """Another clock, so many whole days before."""

    real: Clock
    _back: timedelta = timedelta(0)

    def turn_to(self, day: date) -> None:
        """Say from now on that it is `day`. Raises ValueError for a day still to come."""
        if day > self.real.today():
            raise ValueError("a case of the past has no deeds to come")
        self._back = self.real.today() - day

    def now(self) -> datetime:
        """The instant, so many days earlier."""
        return self.real.now() - self._back

    def today(self) -> date:
        """The day it is turned to."""
        return self.real.today() - self._back

    def evidence(self) -> TimeEvidence:
        """The other clock's evidence, with the earlier instant."""
        found = self.real.evidence()
        return replace(found, wall=found.wall - self._back)


def until(last: date, deeds: Deeds) -> Story:
    """Deeds whose last one is done on `last`."""
    span = deeds[-1][0]
    for day, deed in deeds:
        yield last - timedelta(days=span - day)
        deed()


def on_days(deeds: Iterable[tuple[date, Callable[[], object]]]) -> Story:
    """Deeds on days of the calendar, in order."""
    for day, deed in deeds:
        yield day
        deed()


def tell(stories: Iterable[Story], clock: EarlierClock) -> None:
    """Let all stories happen, the earliest deed first; those of one day in the order given."""
    waiting = [(day, number, story) for number, story in enumerate(stories) for day in _next(story)]
    heapq.heapify(waiting)
    while waiting:
        day, number, story = heapq.heappop(waiting)
        clock.turn_to(day)
        for following in _next(story):
            heapq.heappush(waiting, (following, number, story))
    clock.turn_to(clock.real.today())


def _next(story: Story) -> Iterator[date]:
    """The day of the next deed; none when the story is over."""
    day = next(story, None)
    if day is not None:
        yield day
