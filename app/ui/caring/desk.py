"""What the page asks of the services, each in one job for the store. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.care_states import CareEvent
from app.domain.case_plan_states import CaseEvent
from app.domain.ids import HouseholdId
from app.domain.watch_states import WatchEvent
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.caring_book import CaringBook, CaringFile, CaringLine
from app.services.caring_steps import CaringFacts, no_record
from app.services.case_plans import CaseFacts, CasePlans, NewCasePlan
from app.services.complaints import Complaints, NewComplaint
from app.services.drafts import Drafts
from app.services.self_care import NewSelfCare, SelfCareAssessments
from app.services.watchlist import NewWatch, Watchlist
from app.services.work import finishing
from app.ui.caring.deeds import CaringForm, Deed, Start


@dataclass(frozen=True, slots=True)
class CaringDesk:
    """Jobs of the page. Call from the store thread only."""

    book: CaringBook
    agreements: CareAgreements
    watchlist: Watchlist
    complaints: Complaints
    case_plans: CasePlans

    def lines(self) -> list[CaringLine]:
        """The list."""
        return self.book.lines()

    def see(self, subject: str) -> CaringFile:
        """One household or record. Raises Refused L-05."""
        return self.book.file(subject)

    @property
    def self_care(self) -> SelfCareAssessments:
        """Written down together with the agreements, and no machine of its own."""
        return SelfCareAssessments(self.agreements.begin, self.agreements.clock)

    @property
    def drafts(self) -> Drafts:
        """Deeds half told."""
        return Drafts(self.book.begin)

    def draft(self, file: CaringFile | None) -> Mapping[str, Any] | None:
        """What was half told about this record, or on the list."""
        return self.drafts.get(draft_key(file))

    def keep(self, file: CaringFile | None, fields: Mapping[str, Any]) -> None:
        """Keep what was answered so far."""
        self.drafts.keep(draft_key(file), fields)

    def drop(self, file: CaringFile | None) -> None:
        """Not this deed after all."""
        self.drafts.drop(draft_key(file))

    def do(self, file: CaringFile | None, deed: Deed, form: CaringForm) -> CaringFile:
        """Do it, and see the record it is about; its form is forgotten in the same transaction.
        Raises Refused when it cannot be done so."""
        begin = finishing(self.book.begin, draft_key(file))
        once = replace(
            self,
            agreements=replace(self.agreements, begin=begin),
            watchlist=replace(self.watchlist, begin=begin),
            complaints=replace(self.complaints, begin=begin),
            case_plans=replace(self.case_plans, begin=begin),
        )
        return self.see(once.written(file, deed, form))

    def written(self, file: CaringFile | None, deed: Deed, form: CaringForm) -> str:
        """The deed alone, its form left where it is; the record it is about. Raises Refused."""
        if not isinstance(deed, Start):
            return self._step(file, deed, form)
        return self._begin(file, deed, form)

    def _step(
        self, file: CaringFile | None, deed: CareEvent | WatchEvent | CaseEvent, form: CaringForm
    ) -> str:
        if file is None or file.at is None:
            raise no_record()
        on = form.happened_on or self.book.clock.today()
        if isinstance(deed, WatchEvent):
            told = CaringFacts(
                happened_on=on, told_by=form.told_by, paper_no=form.paper_no, note=form.note
            )
            return self.watchlist.step(file.at.id, deed, told).id
        if isinstance(deed, CaseEvent):
            came = CaseFacts(
                happened_on=on, told_by=form.by_whom, note=form.note, due_on=form.due_on
            )
            return self.case_plans.step(file.at.id, deed, came).id
        facts = CareFacts(
            happened_on=on,
            note=form.note,
            has_standard=form.has_standard,
            has_plan=form.has_plan,
            ended_by=form.ended_by,
            carer=form.carer,
            carer_phone=form.carer_phone,
            carer_relation=form.carer_relation,
            carer_id_number=form.carer_id_number,
            carer_address=form.carer_address,
            ends_on=form.ends_on,
        )
        return self.agreements.step(file.at.id, deed, facts)

    def _begin(self, file: CaringFile | None, deed: Start, form: CaringForm) -> str:
        on = form.happened_on or self.book.clock.today()
        if deed is Start.ANSWER:
            if file is None or file.at is None:
                raise no_record()
            return self.complaints.answer(file.at.id, on, form.answer).id
        household = None if file is None else file.household
        if deed is Start.COMPLAIN:
            return self.complaints.receive(
                NewComplaint(
                    household=household,
                    who=form.who,
                    channel=form.channel,
                    content=form.content,
                    received_on=on,
                )
            )
        return self._of_household(household or HouseholdId(""), deed, form)

    def _of_household(self, household: HouseholdId, deed: Start, form: CaringForm) -> str:
        today = self.book.clock.today()
        if deed is Start.NOTICE:
            return self.watchlist.notice(
                NewWatch(
                    household=household,
                    cause=form.cause,
                    note=form.note,
                    noticed_on=form.happened_on or today,
                )
            )
        if deed is Start.OPEN_CASE:
            return self.case_plans.open(
                NewCasePlan(
                    household=household,
                    need=form.need,
                    opened_on=form.happened_on or today,
                    due_on=form.due_on,
                )
            )
        if deed is Start.ASSESS:
            return self.self_care.record(
                NewSelfCare(
                    household=household,
                    name=form.name,
                    unable=form.unable,
                    assessors=(form.assessor, form.other_assessor),
                    assessed_on=form.happened_on or today,
                    kind=form.ability_kind,
                    note=form.finding,
                )
            )
        return self.agreements.draft(
            NewCare(
                household=household,
                name=form.name,
                carer=form.carer,
                carer_phone=form.carer_phone,
                carer_relation=form.carer_relation,
                carer_id_number=form.carer_id_number,
                carer_address=form.carer_address,
                fee=form.fee,
                services=form.services,
                starts_on=form.starts_on or today,
                ends_on=form.ends_on,
            )
        )


def draft_key(file: CaringFile | None) -> str:
    """Ends in the household, so that it goes when the household is handed over."""
    if file is None:
        return "caring:new"
    if file.household is not None:
        return household_key(file.household)
    return f"caring:{'new' if file.at is None else file.at.id}"


def household_key(household: HouseholdId) -> str:
    """The one form that may lie half told about a household."""
    return f"caring:{household}"
