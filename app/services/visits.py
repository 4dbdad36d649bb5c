"""Home visits: recorded once, in one transaction, never edited afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import (
    Channel,
    Health,
    Housing,
    IncomeChange,
    Met,
    Need,
    Supplies,
    Visit,
    channel_of,
)
from app.domain.clock import Clock
from app.domain.ids import HouseholdId, VisitId, new_id
from app.domain.problem import Refused
from app.domain.today import WorkKind
from app.domain.visit_words import (
    CarerDuty,
    Cleanliness,
    Explained,
    FireSafety,
    Satisfaction,
    VisitKind,
)
from app.domain.visiting import Addendum, KeptFile, VisitPlan
from app.services.ground_rules import GroundRules
from app.services.missing import no_household, no_visit
from app.services.visit_asks import asks_of
from app.services.visit_days import require_lived_in, require_near_enough, require_visit_day
from app.services.visit_following import Following, cancel_plan, follow, keep_files, keep_plans
from app.services.visit_roads import Roads, roads_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

LONGEST_NOTE = 2000
MOST_FILES: Final = 9
"""Pictures one visit may have."""
_PHRASES: Final = 9
_LONGEST_PHRASE: Final = 30
_LOOK_BACK: Final = timedelta(days=120)

_KINDS: Final = {
    WorkKind.CARE_CHECK: VisitKind.WELFARE,
    WorkKind.LEFT_BEHIND_ELDER: VisitKind.WELFARE,
    WorkKind.LEFT_BEHIND_CHILD: VisitKind.WELFARE,
    WorkKind.SWEEP: VisitKind.SWEEP,
}
"""What sort of visit settles what stands in today's list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """The visit form, as filled in. When nobody was at home the other answers stay empty."""

    household: HouseholdId
    visited_on: date
    met: Met
    kind: VisitKind = VisitKind.ROUTINE
    health: Health | None = None
    supplies: Supplies | None = None
    housing: Housing | None = None
    income_change: IncomeChange | None = None
    need: Need | None = None
    cleanliness: Cleanliness | None = None
    dwelling: Cleanliness | None = None
    fire_safety: FireSafety | None = None
    carer: CarerDuty | None = None
    explained: Explained | None = None
    satisfaction: Satisfaction | None = None
    note: str = field(default="", repr=False)
    again_on: date | None = None
    """When somebody goes again, where nobody was at home."""
    following: Following | None = None
    """A lead or referral made of this visit, in the same transaction."""
    files: tuple[KeptFile, ...] = ()
    channel: Channel | None = None
    """By which road; None is as `met` says: a call by telephone, anybody else at home."""
    draft_key: str | None = None
    """The draft this visit finishes; it is dropped in the same transaction."""

    @property
    def road(self) -> Channel:
        """By which road it was, said or not."""
        return self.channel or channel_of(self.met)


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
    rules: GroundRules

    def record(self, request: RecordVisit) -> VisitId:
        """Save one visit with what comes of it. Raises Refused when the form cannot stand."""
        self._require_possible(request)
        now = self.clock.now()
        visit_id = VisitId(new_id(now))
        with self.begin() as work:
            door = work.visiting.door(request.household)
            if door is None:
                raise no_household()
            require_lived_in(door.ended_on, request.visited_on)
            again_on = request.again_on if door.ended_on is None else None
            if again_on is not None:
                today = self.clock.today()
                require_near_enough(work, self.rules, request.household, again_on, today)
            write_visit(work, visit_id, request, at=now)
            if (door.is_planned or request.met is Met.NOBODY) and self._ends_plan(work, request):
                keep_plans(
                    work,
                    request.household,
                    visit_id,
                    request.met,
                    on=request.visited_on,
                    again_on=again_on,
                    at=now,
                )
            keep_files(work, request.household, visit_id, request.files, at=now)
            if request.following is not None:
                follow(
                    work,
                    request.household,
                    visit_id,
                    request.following,
                    on=request.visited_on,
                    at=now,
                )
            if request.draft_key is not None:
                work.local.drop_draft(request.draft_key)
            work.commit()
        return visit_id

    def add(self, visit_id: VisitId, text: str) -> Addendum:
        """Add to a completed visit; the visit itself stays as it is.

        Raises Refused F-04, F-64 with nothing to add or too much.
        """
        said = text.strip()
        if not said or len(said) > LONGEST_NOTE:
            raise Refused(
                f"补记要写一句话，最多 {LONGEST_NOTE} 字。",
                do="请写清楚补的是什么。",
                code="F-64",
                field="addendum",
            )
        now = self.clock.now()
        addendum = VisitId(new_id(now))
        with self.begin() as work:
            visit = work.casework.visit(visit_id)
            if visit is None:
                raise no_visit()
            by = work.identity.officer_name
            work.change(
                kind="visit.added_to",
                entity="visit",
                entity_id=addendum,
                subject=visit.household,
                new=True,
                fields={
                    "household_id": visit.household,
                    "visited_on": visit.visited_on,
                    "met": visit.met,
                    "kind": visit.kind,
                    "note": said,
                    "visitor": by,
                    "recorded_at": now,
                    "adds_to_id": visit_id,
                },
            )
            work.commit()
        return Addendum(id=addendum, visit=visit_id, text=said, by=by, recorded_at=now)

    def addenda(self, visit_id: VisitId) -> list[Addendum]:
        """What was added to a visit, the oldest first."""
        with self.begin() as work:
            return work.visiting.addenda(visit_id)

    def get(self, visit_id: VisitId) -> Visit:
        """One visit. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.casework.visit(visit_id)
        if found is None:
            raise no_visit()
        return found

    def last(self, household: HouseholdId) -> Visit | None:
        """The newest visit at which somebody was met."""
        with self.begin() as work:
            return work.casework.last_met(household)

    def last_whole(self, household: HouseholdId) -> Visit | None:
        """The newest visit that asked what a visit asks, for "same as last time"."""
        with self.begin() as work:
            return work.casework.last_whole(household)

    def kind_due(self, household: HouseholdId) -> VisitKind:
        """What sort of visit today's list asks for at a household; routine where none."""
        with self.begin() as work:
            kinds = {item.kind for _source, item in work.due.about([household])}
        found = {_KINDS[kind] for kind in kinds if kind in _KINDS}
        if VisitKind.WELFARE in found:
            return VisitKind.WELFARE
        return VisitKind.SWEEP if found else VisitKind.ROUTINE

    def plan_of(self, household: HouseholdId) -> VisitPlan | None:
        """The day a household is to be gone to again, where one was chosen."""
        with self.begin() as work:
            return work.visiting.open_plans([household]).get(household)

    def cancel_plan(self, household: HouseholdId, reason: str) -> None:
        """Nobody goes on that day after all. Raises Refused F-66 without a reason, F-70."""
        with self.begin() as work:
            cancel_plan(work, household, reason)
            work.commit()

    def said(self, today: date) -> dict[str, tuple[str, ...]]:
        """The officer's own short words by field of the form, the commonest first, nine at most."""
        with self.begin() as work:
            visits = work.casework.visits_between(today - _LOOK_BACK, today)
            leads, places = work.visiting.said_of_leads(), work.visiting.said_of_places()
        return {
            "note": _commonest(visit.note for visit in visits),
            "lead_text": _commonest(leads),
            "to_org": _commonest(places),
        }

    def between(self, first: date, last: date) -> list[Visit]:
        """Visits from `first` to `last`, both included."""
        with self.begin() as work:
            return work.casework.visits_between(first, last)

    def month_progress(self) -> MonthProgress:
        """How far this month's round has come (S3:L25: at least one visit a month).

        A contact by a road the pack does not accept is none.
        """
        today = self.clock.today()
        with self.begin() as work:
            assisted = work.worklist.assisted()
            last = work.worklist.last_contacts(roads_of(work, self.rules).accepted)
        month = today.replace(day=1)
        return MonthProgress(sum(on >= month for on in last.values()), len(assisted))

    def roads(self) -> Roads:
        """Which roads to a household count under the pack in force."""
        with self.begin() as work:
            return roads_of(work, self.rules)

    def asks(self) -> frozenset[str]:
        """Which questions the pack in force adds to a visit (`app.services.visit_asks`)."""
        with self.begin() as work:
            return asks_of(work, self.rules)

    def _ends_plan(self, work: UnitOfWork, request: RecordVisit) -> bool:
        """Whether a day to go again is over: somebody went, or called by a road that counts."""
        if request.met is Met.NOBODY or request.road is Channel.HOME:
            return True
        return request.road in roads_of(work, self.rules).accepted

    def _require_possible(self, request: RecordVisit) -> None:
        """Raises Refused F-02, F-03, F-63, F-83."""
        require_visit_day(request.visited_on, self.clock.today())
        if len(request.note) > LONGEST_NOTE:
            raise Refused(
                f"情况说明太长，最多 {LONGEST_NOTE} 字。",
                do="请删短一些。",
                code="F-03",
                field="note",
            )
        if len(request.files) > MOST_FILES:
            raise Refused(
                f"一次走访最多放 {MOST_FILES} 张。",
                do="请拿掉几张，或者另记一次。",
                code="F-63",
                field="photos",
            )


def _commonest(texts: Iterable[str]) -> tuple[str, ...]:
    short = Counter(text for text in texts if 0 < len(text) <= _LONGEST_PHRASE)
    return tuple(text for text, _count in short.most_common(_PHRASES))


def write_visit(work: UnitOfWork, visit_id: VisitId, request: RecordVisit, *, at: datetime) -> None:
    """The visit itself, inside a transaction of the caller's."""
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
            "channel": request.road,
            "kind": request.kind,
            "health": request.health,
            "supplies": request.supplies,
            "housing": request.housing,
            "income_change": request.income_change,
            "need": request.need,
            "cleanliness": request.cleanliness,
            "dwelling": request.dwelling,
            "fire_safety": request.fire_safety,
            "carer": request.carer,
            "explained": request.explained,
            "satisfaction": request.satisfaction,
            "note": request.note.strip(),
            "visitor": work.identity.officer_name,
            "recorded_at": at,
        },
    )
