"""What the visit page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.casework import Visit
from app.domain.households import Household, HouseholdLine
from app.domain.ids import HouseholdId, PersonId, VisitId
from app.domain.visit_words import VisitKind
from app.domain.visiting import Strokes, VisitPlan
from app.services.case_plans import CasePlans
from app.services.drafts import OF_A_VISIT, Drafts
from app.services.households import Households
from app.services.visit_files import VisitFiles
from app.services.visit_roads import ANY_ROAD, Roads
from app.services.visits import MonthProgress, RecordVisit, Visits
from app.ui.caring.door import CaseDoor
from app.ui.visits.form import draft_key


@dataclass(frozen=True, slots=True)
class Behind:
    """A household as the visitor should know it before knocking."""

    household: Household
    last: Visit | None
    draft: Mapping[str, Any] | None
    kind: VisitKind = VisitKind.ROUTINE
    """What sort of visit today's list asks for here."""
    plan: VisitPlan | None = None
    """The day that was chosen to go again."""
    same: Visit | None = None
    """The visit to fill in the same as: the last at which everything was asked."""

    @property
    def line(self) -> HouseholdLine:
        """The household as the search field shows it."""
        head = self.household.head_member
        return HouseholdLine(
            id=self.household.id,
            head_name="" if head is None else head.person.name,
            place=self.household.place,
            category=self.household.category,
            members=len(self.household.members),
            last_visit_on=None if self.last is None else self.last.visited_on,
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page needs when it comes to the front."""

    progress: MonthProgress
    phrases: Mapping[str, tuple[str, ...]]
    """By the field they were written in."""
    behind: Behind | None
    draft: Mapping[str, Any] | None
    """The form to go on with: this household's, or the newest one when none was named."""
    roads: Roads = ANY_ROAD
    """Which roads count under the pack in force."""
    asks: frozenset[str] = frozenset()
    """Which questions the pack adds to a visit."""


@dataclass(frozen=True, slots=True)
class VisitDesk:
    """Jobs of the visit page. Call from the store thread only."""

    households: Households
    visits: Visits
    drafts: Drafts
    files: VisitFiles

    def opening(self, subject: HouseholdId | None, today: date) -> Opening:
        """Everything for `subject`, or for the form left unfinished last."""
        draft = self._unfinished(subject)
        about = subject or (None if draft is None else draft.get("household"))
        return Opening(
            progress=self.visits.month_progress(),
            phrases=self.visits.said(today),
            behind=None if about is None else self.behind(HouseholdId(about)),
            draft=draft,
            roads=self.visits.roads(),
            asks=self.visits.asks(),
        )

    def behind(self, household: HouseholdId) -> Behind:
        """One household, opened. Raises Refused when there is none."""
        return Behind(
            household=self.households.open(household),
            last=self.visits.last(household),
            same=self.visits.last_whole(household),
            draft=self.drafts.get(draft_key(household)),
            kind=self.visits.kind_due(household),
            plan=self.visits.plan_of(household),
        )

    def cancel_plan(self, household: HouseholdId, reason: str) -> Behind:
        """Give the day up that was chosen to go again. Raises Refused F-66, F-70."""
        self.visits.cancel_plan(household, reason)
        return self.behind(household)

    def record(self, request: RecordVisit, signature: Strokes) -> tuple[VisitId, MonthProgress]:
        """Save the visit, signed or not; how far the month has come with it. Raises Refused."""
        if signature:
            signed = self.files.keep_signature(signature)
            request = replace(request, files=(*request.files, signed))
        return self.visits.record(request), self.visits.month_progress()

    def keep(self, fields: Mapping[str, Any]) -> None:
        """Store the half-filled form; one that found its household leaves the nameless key."""
        household = fields.get("household")
        self.drafts.keep(draft_key(household), fields)
        if household is not None and self.drafts.get(draft_key(None)) is not None:
            self.drafts.drop(draft_key(None))

    def drop(self, household: HouseholdId | None) -> None:
        """Throw the half-filled form away."""
        self.drafts.drop(draft_key(household))

    def to_case(self, household: HouseholdId, noticed: str) -> str:
        """Prepare the case of the household; what the page 照料备案 is opened with."""
        case_plans = CasePlans(self.visits.begin, self.visits.clock)
        return CaseDoor(case_plans).prepare(household, noticed)

    def note_reveal(self, household: HouseholdId, person: PersonId) -> None:
        """Log that a whole ID number was looked at."""
        self.households.note_reveal(household, person)

    def _unfinished(self, subject: HouseholdId | None) -> Mapping[str, Any] | None:
        if subject is not None:
            return self.drafts.get(draft_key(subject))
        for key in self.drafts.keys():  # noqa: SIM118  # a use case, not a dict
            draft = self.drafts.get(key) if key.startswith(OF_A_VISIT) else None
            if draft is not None and self._is_here(draft.get("household")):
                return draft
        return None

    def _is_here(self, household: HouseholdId | None) -> bool:
        """Whether the household of a draft, if it has one, is still this village's."""
        here = {line.id for line in self.households.lines()} if household else set()
        return household is None or household in here
