"""What the page asks of the services, each in one job for the store. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.care_states import CareEvent
from app.domain.ids import HouseholdId
from app.domain.watch_states import WatchEvent
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.caring_book import CaringBook, CaringFile, CaringLine
from app.services.caring_steps import CaringFacts, no_record
from app.services.complaints import Complaints, NewComplaint
from app.services.watchlist import NewWatch, Watchlist
from app.ui.caring.deeds import CaringForm, Deed, Start


@dataclass(frozen=True, slots=True)
class CaringDesk:
    """Jobs of the page. Call from the store thread only."""

    book: CaringBook
    agreements: CareAgreements
    watchlist: Watchlist
    complaints: Complaints

    def lines(self) -> list[CaringLine]:
        """The list."""
        return self.book.lines()

    def see(self, subject: str) -> CaringFile:
        """One household or record. Raises Refused L-05."""
        return self.book.file(subject)

    def do(self, file: CaringFile | None, deed: Deed, form: CaringForm) -> CaringFile:
        """Do it, and see the record it is about. Raises Refused when it cannot be done so."""
        if isinstance(deed, CareEvent | WatchEvent):
            return self.see(self._step(file, deed, form))
        return self.see(self._begin(file, deed, form))

    def _step(self, file: CaringFile | None, deed: CareEvent | WatchEvent, form: CaringForm) -> str:
        if file is None or file.at is None:
            raise no_record()
        on = form.happened_on or self.book.clock.today()
        if isinstance(deed, WatchEvent):
            told = CaringFacts(
                happened_on=on, told_by=form.told_by, paper_no=form.paper_no, note=form.note
            )
            return self.watchlist.step(file.at.id, deed, told).id
        facts = CareFacts(
            happened_on=on,
            note=form.note,
            has_standard=form.has_standard,
            has_plan=form.has_plan,
            ended_by=form.ended_by,
            carer=form.carer,
            carer_phone=form.carer_phone,
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
        return self.agreements.draft(
            NewCare(
                household=household,
                name=form.name,
                carer=form.carer,
                carer_phone=form.carer_phone,
                fee=form.fee,
                services=form.services,
                starts_on=form.starts_on or today,
                ends_on=form.ends_on,
            )
        )
