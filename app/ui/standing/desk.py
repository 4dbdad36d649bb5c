"""What the page of reviews and 渐退 asks of the services, each in one job for the store. No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.ids import BenefitId, GraceId, HouseholdId
from app.domain.problem import Refused
from app.domain.standing import ChangeKind
from app.services.drafts import Drafts
from app.services.graces import GraceFacts, Graces
from app.services.standing import NewBenefit, NewCertificate, NewChange, NewReview, Standing
from app.services.standing_book import StandingBook, StandingFile, StandingList
from app.services.work import finishing
from app.ui.standing.deeds import EVENTS, DeedForm, DeedKind

_BETWEEN: Final = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class StandingDesk:
    """Jobs of the page. Call from the store thread only."""

    book: StandingBook
    graces: Graces
    standing: Standing

    def lines(self) -> StandingList:
        """The list."""
        return self.book.lines()

    def see(self, household: HouseholdId) -> StandingFile:
        """One household. Raises Refused F-01."""
        return self.book.file(household)

    @property
    def drafts(self) -> Drafts:
        """Deeds half told."""
        return Drafts(self.book.begin)

    def draft(self, household: HouseholdId) -> Mapping[str, Any] | None:
        """What was half told about a household."""
        return self.drafts.get(draft_key(household))

    def keep(self, household: HouseholdId, fields: Mapping[str, Any]) -> None:
        """Keep what was answered so far."""
        self.drafts.keep(draft_key(household), fields)

    def drop(self, household: HouseholdId) -> None:
        """Not this deed after all."""
        self.drafts.drop(draft_key(household))

    def do(
        self, household: HouseholdId, deed: DeedKind, form: DeedForm, benefit: BenefitId | None
    ) -> StandingFile:
        """Do it; its form is forgotten in the same transaction. Raises Refused when it cannot be
        done so."""
        begin = finishing(self.book.begin, draft_key(household))
        once = replace(
            self,
            graces=replace(self.graces, begin=begin),
            standing=replace(self.standing, begin=begin),
        )
        once.write(household, deed, form, benefit)
        return self.see(household)

    def write(
        self, household: HouseholdId, deed: DeedKind, form: DeedForm, benefit: BenefitId | None
    ) -> None:
        """The deed alone, its form left where it is. Raises Refused."""
        if deed in EVENTS:
            self._step(household, deed, form)
        else:
            self._others(household, form, benefit)[deed]()

    def _step(self, household: HouseholdId, deed: DeedKind, form: DeedForm) -> None:
        today = self.book.clock.today()
        facts = GraceFacts(
            happened_on=form.happened_on or today,
            told_by=form.told_by,
            paper_no=form.paper_no,
            note=form.note,
            shares=form.shares,
        )
        self.graces.step(self._grace(household), EVENTS[deed], facts)

    def _others(
        self, household: HouseholdId, form: DeedForm, benefit: BenefitId | None
    ) -> dict[DeedKind, Callable[[], object]]:
        on = form.happened_on or self.book.clock.today()

        def change(kind: ChangeKind) -> str:
            return self.standing.change(
                NewChange(
                    household=household,
                    kind=kind,
                    name=form.name,
                    reason=form.reason,
                    happened_on=on,
                )
            )

        return {
            DeedKind.PROPOSE: lambda: self.graces.propose(household, reason=form.reason),
            DeedKind.REVIEW: lambda: self.standing.review(
                NewReview(
                    household=household,
                    reviewed_on=on,
                    result=form.result,
                    case_class=form.case_class,
                    note=form.note,
                )
            ),
            DeedKind.ADD: lambda: change(ChangeKind.ADD),
            DeedKind.REMOVE: lambda: change(ChangeKind.REMOVE),
            DeedKind.RECEIVE: lambda: self.standing.receive(
                NewBenefit(
                    household=household,
                    kind=form.kind,
                    names=tuple(name for name in _BETWEEN.split(form.name.strip()) if name),
                    amount=form.amount,
                    since=form.since or self.book.clock.today(),
                    ends_on=form.ends_on,
                    ends_by=form.ends_by,
                )
            ),
            DeedKind.CERTIFY: lambda: self.standing.certify(
                NewCertificate(
                    household=household,
                    name=form.name,
                    kind=form.certificate,
                    valid_to=form.valid_to,
                )
            ),
            DeedKind.STOP: lambda: self.standing.stop(benefit or BenefitId(""), on, form.reason),
        }

    def _grace(self, household: HouseholdId) -> GraceId:
        """Raises Refused G-02."""
        grace = self.book.file(household).grace
        if grace is None:
            raise Refused("这一户没有渐退。", do="请回到复核渐退的列表。", code="G-02")
        return grace.id


def draft_key(household: HouseholdId) -> str:
    """Ends in the household, so that it goes when the household is handed over."""
    return f"standing:{household}"
