"""政策找人: when the county's standard changes, everybody's facts are held against it again.

Runs on the work thread and reaches the store in short jobs of a few households, so that a visit is
saved and a page is drawn as if nothing were going on. What it finds is kept line by line: stopped,
locked or cut off, the next run goes on where this one was. Nothing is decided here; the list says
whom to go and ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.ids import HouseholdId, new_id
from app.domain.reassessment import Change, Reassessed, Reassessment
from app.rules.standing import last_word
from app.rules.terms import terms_of
from app.services.ground_rules import GroundRules
from app.services.standard_changes import Home, Task, line_of, turning_day
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork
    from app.sync.road import RunInStore

CHUNK: Final = 5
"""Households of one store job: ten or twenty milliseconds."""
TOLD: Final = (Change.NEWLY_MEETS, Change.NO_LONGER, Change.AMOUNT, Change.ASK)
"""What somebody has to look at, the most urgent first."""
Watch = Callable[[int, int], None]
"""Hears how many households are done, and of how many."""
Stop = Callable[[], bool]
"""Whether the coordinator said stop."""


@dataclass(frozen=True, slots=True)
class Reassessing:
    """Use cases around a new standard. `run` is for the work thread, the others for the store's."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def is_due(self) -> bool:
        """Whether the county's pack says something the village was not yet tested for."""
        with self.begin() as work:
            pack = self.rules.pack(work)
            if work.casework.pack(pack.sha256) is None or not work.households.count():
                return False
            found = work.reassessments.of(pack.sha256, turning_day(pack, self.clock.today()))
        return found is None or not found.is_finished

    def latest(self) -> Reassessment | None:
        """The newest pass, finished or not; None before the first."""
        with self.begin() as work:
            latest = work.reassessments.latest()
            return None if latest is None else self._worded(work, latest)

    def found(self, changes: Sequence[Change] = TOLD) -> list[Reassessed]:
        """What the newest passes found, in the order of `changes`, then by group and door."""
        with self.begin() as work:
            return work.reassessments.found(changes)

    def run(
        self,
        *,
        run_in_store: RunInStore,
        watch: Watch | None = None,
        stop: Stop | None = None,
        anew: bool = False,
    ) -> Reassessment:
        """Test every household under the pack in force, going on where an earlier run stopped.

        `anew` starts over, on request. Stopped, it returns the pass unfinished. Raises Refused
        (C-…) when no pack can be read, and what `run_in_store` raises.
        """
        task = run_in_store(partial(self._start, anew=anew))
        done = task.run.households - len(task.left)
        for ids in _chunks(task.left):
            if stop is not None and stop():
                return run_in_store(partial(self._so_far, task))
            homes = run_in_store(partial(self._read, ids))
            run_in_store(partial(self._keep, [line_of(home, task) for home in homes]))
            done += len(ids)
            if watch is not None:
                watch(done, task.run.households)
        return run_in_store(partial(self._finish, task))

    def _start(self, *, anew: bool) -> Task:
        """The pass to go on with, or a new one. On the store thread."""
        today = self.clock.today()
        with self.begin() as work:
            pack = self.rules.pack(work)
            since = turning_day(pack, today)
            found = None if anew else work.reassessments.of(pack.sha256, since)
            if found is None or found.is_finished:
                found = work.reassessments.begin(
                    {
                        "id": new_id(self.clock.now()),
                        "pack_sha256": pack.sha256,
                        "pack_title": pack.title,
                        "pack_version": pack.version,
                        "since": since,
                        "assessed_on": max(today, since),
                        "households": work.households.count(),
                    }
                )
            before = self.rules.old_packs.before(work, pack, today)
            left = tuple(work.reassessments.left(found.id))
            work.commit()
        return Task(found, pack, before, today, left)

    def _read(self, ids: Sequence[HouseholdId]) -> list[Home]:
        """A few households with their newest tests; those gone meanwhile are left out."""
        with self.begin() as work:
            found = [
                (work.households.get(one), work.casework.newest_assessment(one)) for one in ids
            ]
        return [Home(home, test) for home, test in found if home is not None]

    def _keep(self, lines: Sequence[Mapping[str, object]]) -> None:
        with self.begin() as work:
            work.reassessments.put(lines)
            work.commit()

    def _so_far(self, task: Task) -> Reassessment:
        with self.begin() as work:
            return self._worded(work, work.reassessments.get(task.run.id))

    def _finish(self, task: Task) -> Reassessment:
        with self.begin() as work:
            work.reassessments.finish(task.run.id)
            finished = self._worded(work, work.reassessments.get(task.run.id))
            work.commit()
        return finished

    def _worded(self, work: UnitOfWork, run: Reassessment) -> Reassessment:
        """With whose word it waits for: a district's or a city's bureau is not a county's."""
        terms = terms_of(self.rules.pack(work, run.on), run.on)
        return replace(run, last_word=last_word(terms))


def _chunks(ids: Sequence[HouseholdId]) -> Iterator[Sequence[HouseholdId]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
