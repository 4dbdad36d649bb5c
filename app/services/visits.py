"""Home visits: recorded once, in one transaction, never edited afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.casework import Health, Housing, IncomeChange, Met, Need, Supplies, Visit
from app.domain.clock import Clock
from app.domain.ids import HouseholdId, VisitId, new_id
from app.domain.problem import Refused
from app.services.missing import no_household
from app.services.work import Begin

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """The visit form, as filled in. When nobody was at home the other answers stay empty."""

    household: HouseholdId
    visited_on: date
    met: Met
    health: Health | None = None
    supplies: Supplies | None = None
    housing: Housing | None = None
    income_change: IncomeChange | None = None
    need: Need | None = None
    note: str = ""
    draft_key: str | None = None
    """The draft this visit finishes; it is dropped in the same transaction."""


@dataclass(frozen=True, slots=True)
class MonthProgress:
    """How many assisted households have been seen this month, of how many."""

    seen: int
    assisted: int


@dataclass(frozen=True, slots=True)
class Visits:
    """Use cases for home visits. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def record(self, request: RecordVisit) -> VisitId:
        """Save one visit. Raises Refused when the form cannot stand."""
        if request.visited_on > self.clock.today():
            raise Refused("走访日期晚于今天。", do="请核对日期。", code="F-02", field="visited_on")
        if len(request.note) > LONGEST_NOTE:
            raise Refused(
                f"情况说明太长，最多 {LONGEST_NOTE} 字。",
                do="请删短一些。",
                code="F-03",
                field="note",
            )
        now = self.clock.now()
        visit_id = VisitId(new_id(now))
        with self.begin() as work:
            if not work.households.has(request.household):
                raise no_household()
            work.change(
                kind="visit.recorded",
                entity="visit",
                entity_id=visit_id,
                subject=request.household,
                new=True,
                on=request.visited_on,
                fields={
                    "household_id": request.household,
                    "visited_on": request.visited_on,
                    "met": request.met,
                    "health": request.health,
                    "supplies": request.supplies,
                    "housing": request.housing,
                    "income_change": request.income_change,
                    "need": request.need,
                    "note": request.note.strip(),
                    "visitor": work.identity.officer_name,
                    "recorded_at": now,
                },
            )
            if request.draft_key is not None:
                work.local.drop_draft(request.draft_key)
            work.commit()
        return visit_id

    def get(self, visit_id: VisitId) -> Visit:
        """One visit. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.casework.visit(visit_id)
        if found is None:
            raise Refused("找不到这次走访。", do="请回到走访列表。", code="F-04")
        return found

    def last(self, household: HouseholdId) -> Visit | None:
        """The newest visit of a household, for "same as last time"."""
        with self.begin() as work:
            visits = work.casework.visits_of(household)
        return visits[0] if visits else None

    def between(self, first: date, last: date) -> list[Visit]:
        """Visits from `first` to `last`, both included."""
        with self.begin() as work:
            return work.casework.visits_between(first, last)

    def month_progress(self) -> MonthProgress:
        """How far this month's round has come (S3:L25: at least one visit a month)."""
        today = self.clock.today()
        with self.begin() as work:
            seen = work.worklist.seen()
        done = sum(
            1
            for each in seen
            if each.last_on and (each.last_on.year, each.last_on.month) == (today.year, today.month)
        )
        return MonthProgress(seen=done, assisted=len(seen))
