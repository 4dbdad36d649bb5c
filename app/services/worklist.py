"""Today's work, in order of urgency, each line with its reason and the rule behind it.

The list is kept as records change (`app.services.due_keeping`); opening the page only reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.ids import HouseholdId
from app.domain.today import Today, WorkItem, WorkKind
from app.domain.workdays import month_start
from app.services.day_papers import REVIEWS_A_DAY, SWEPT_A_DAY, todays_round
from app.services.due_keeping import DueKeeping
from app.services.due_reading import reading_of
from app.services.due_unfinished import unfinished_visits
from app.services.due_visits import VISITING
from app.services.ground_rules import GroundRules
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork
    from app.sync.road import RunInStore

RECENT: Final = 6
_PACED: Final = (*VISITING, WorkKind.REVIEW, WorkKind.SWEEP)


@dataclass(frozen=True, slots=True)
class Worklist:
    """Use cases for the home page. `make_anew` is for the work thread, all else the store's."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    @property
    def keeping(self) -> DueKeeping:
        """Who keeps the rows."""
        return DueKeeping(self.clock, self.rules)

    def today(self) -> Today:
        """The home page of today."""
        from app.store.outbox import waiting_operations

        on = self.clock.today()
        with self.begin() as work:
            up_to_date = self._look_after(work)
            reading = reading_of(work, self.rules)
            rows = reading.in_order(work.due.shown(on, without=_PACED))
            round_ = todays_round(work, on)
            reviews = work.due.first(on, (WorkKind.REVIEW,), REVIEWS_A_DAY)
            swept = work.due.first(on, (WorkKind.SWEEP,), SWEPT_A_DAY)
            unfinished = tuple(unfinished_visits(work))
            counts = work.due.counts(on)
            visits = work.due.ahead(VISITING, on, month_start(on, 1) - timedelta(days=1))
            waiting = waiting_operations(work.connection)
            differing = work.worklist.differing()
            order = work.local.recent(RECENT)
            recent = {line.id: line for line in work.households.lines(order)}
        return Today(
            on=on,
            items=tuple(reading.items([*unfinished, *rows, *round_, *reviews, *swept])),
            visits_due=len(round_),
            visits_left_this_month=visits,
            deadlines=sum(map(reading.is_soon, rows)),
            paperwork=counts.get(WorkKind.RELIEF_PAPERWORK, 0),
            waiting_upload=waiting,
            differing=differing,
            remaking=not up_to_date,
            turns_at=reading.next_turn(rows),
            recent=tuple(
                (line.id, line.head_name, line.place)
                for household_id in order
                if (line := recent.get(HouseholdId(household_id))) is not None
            ),
        )

    def everything(self) -> list[WorkItem]:
        """The whole list of today, also the visits that do not fit into one day."""
        with self.begin() as work:
            self._look_after(work)
            return reading_of(work, self.rules).items(work.due.shown(self.clock.today()))

    def make_anew(
        self, *, run_in_store: RunInStore, watch: Callable[[int, int], None] | None = None
    ) -> None:
        """Make a big village's list again after its rules changed (`Today.remaking`)."""
        self.keeping.make_anew(self.begin, run_in_store=run_in_store, watch=watch)

    def check(self) -> list[str]:
        """Subjects whose rows are not what their records say; empty when all is well."""
        with self.begin() as work:
            keeping = self.keeping
            return [
                subject
                for part in keeping.parts(work)
                for subject in keeping.differences(work, part)
            ]

    def forget(self) -> None:
        """The list was found wrong: it is made again when it is next looked at."""
        from app.store.queries.due import forget_list

        with self.begin() as work:
            forget_list(work.connection)
            work.commit()

    def _look_after(self, work: UnitOfWork) -> bool:
        """Make a small village's list again where its rules changed; whether it is right now."""
        keeping = self.keeping
        if not keeping.is_stale(work):
            return True
        done = keeping.keep_up(work)
        work.commit()
        return done
