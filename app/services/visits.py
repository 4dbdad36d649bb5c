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
    WorkKind,
    channel_of,
)
from app.domain.clock import Clock
from app.domain.ids import HouseholdId, VisitId, new_id
from app.domain.problem import Refused
from app.domain.visit_words import CarerDuty, Cleanliness, FireSafety, VisitKind
from app.domain.visiting import Addendum, KeptFile
from app.services.missing import no_household, no_visit
from app.services.visit_following import Following, follow, keep_files, keep_plans
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
        """Save one visit with what comes of it. Raises Refused when the form cannot stand."""
        self._require_possible(request)
        now = self.clock.now()
        visit_id = VisitId(new_id(now))
        with self.begin() as work:
            if not work.households.has(request.household):
                raise no_household()
            write_visit(work, visit_id, request, at=now)
            keep_plans(
                work, request.household, visit_id, request.met, again_on=request.again_on, at=now
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
        """The newest visit of a household, for "same as last time"."""
        with self.begin() as work:
            visits = work.casework.visits_of(household)
        return visits[0] if visits else None

    def kind_due(self, household: HouseholdId) -> VisitKind:
        """What sort of visit today's list asks for at a household; routine where none."""
        with self.begin() as work:
            kinds = {item.kind for _source, item in work.due.about([household])}
        found = {_KINDS[kind] for kind in kinds if kind in _KINDS}
        if VisitKind.WELFARE in found:
            return VisitKind.WELFARE
        return VisitKind.SWEEP if found else VisitKind.ROUTINE

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
        """How far this month's round has come (S3:L25: at least one visit a month)."""
        today = self.clock.today()
        with self.begin() as work:
            assisted = work.worklist.assisted()
            last = work.worklist.last_contacts()
        month = today.replace(day=1)
        return MonthProgress(sum(on >= month for on in last.values()), len(assisted))

    def _require_possible(self, request: RecordVisit) -> None:
        """Raises Refused F-02, F-03, F-63, F-68."""
        if request.visited_on > self.clock.today():
            raise Refused("走访日期晚于今天。", do="请核对日期。", code="F-02", field="visited_on")
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
        if request.again_on is not None and request.again_on < self.clock.today():
            raise Refused(
                "改天再去的日子已经过了。", do="请填以后的日子。", code="F-68", field="again_on"
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
            "channel": request.channel or channel_of(request.met),
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
            "note": request.note.strip(),
            "visitor": work.identity.officer_name,
            "recorded_at": at,
        },
    )
