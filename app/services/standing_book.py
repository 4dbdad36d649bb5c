"""What the page of reviews and 渐退 shows: the list, and everything one household stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.domain.grace_states import GraceEvent, GraceStatus
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.standing import (
    EARLY,
    Benefit,
    Certificate,
    CompositionChange,
    EndsBy,
    GracePeriod,
    GraceStepTaken,
    PaidMonth,
    PeriodicReview,
    paid_by_month,
)
from app.domain.words import Word
from app.rules.deadlines import Deadline
from app.rules.procedure import Hand
from app.rules.standing import Freeze, confirms, freeze_of
from app.services.grace_proposals import is_graced
from app.services.graces import events_of, under_way
from app.services.ground_rules import GroundRules
from app.services.missing import no_household
from app.services.standing_ends import (
    BENEFIT_RULES,
    ReviewDue,
    paper_rule,
    review_due,
    rigid_validity,
)
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


class LineKind(Word):
    """Why a household stands in the list."""

    GRACE = "grace", "渐退"
    REVIEW = "review", "复核"
    BENEFIT = "benefit", "待遇"
    CERTIFICATE = "certificate", "证件"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLine:
    """One line of the list."""

    key: str
    household: HouseholdId
    kind: LineKind
    who: str
    place: str
    what: str
    due_on: date | None
    late: bool
    rule: str
    """What made the day."""


@dataclass(frozen=True, slots=True)
class StandingList:
    """The list, the nearest first, and how many households nobody knows the last review of."""

    lines: tuple[StandingLine, ...]
    never_reviewed: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StandingFile:
    """Everything one household stands in. `grace` is the one under way, or else the newest."""

    household: HouseholdId
    who: str
    place: str
    category: Category
    members: tuple[str, ...]
    grace: GracePeriod | None
    months: tuple[PaidMonth, ...]
    steps: tuple[GraceStepTaken, ...]
    events: tuple[GraceEvent, ...]
    hand: Hand
    freeze: Freeze
    may_propose: bool
    review: ReviewDue | None
    """None for a category without a review clock."""
    rigid: Deadline | None
    reviews: tuple[PeriodicReview, ...]
    changes: tuple[CompositionChange, ...]
    benefits: tuple[Benefit, ...]
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class StandingBook:
    """Reads. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def lines(self) -> StandingList:
        """渐退 under way, reviews that are or will soon be due, benefits that end soon."""
        with self.begin() as work:
            looked = work.standing.looked_at()
            unknown = sum(one.since is None and one.changed_on is None for one in looked)
            lines = [
                *(self._of_grace(work, one) for one in work.standing.graces()),
                *self._reviews(work),
                *self._benefits(work),
                *self._certificates(work),
            ]
        lines.sort(key=lambda one: (one.due_on or date.max, one.place, one.key))
        return StandingList(tuple(lines), unknown)

    def file(self, household: HouseholdId) -> StandingFile:
        """One household. Raises Refused F-01."""
        with self.begin() as work:
            home = work.households.get(household)
            if home is None:
                raise no_household()
            terms = self.rules.terms(work)
            graces = work.standing.graces_of(household)
            now = under_way(work, household)
            grace = now or next(iter(graces), None)
            looked = work.standing.looked_at([household])
            head = home.head_member
            return StandingFile(
                household=household,
                who="" if head is None else head.person.name,
                place=home.place,
                category=home.category,
                members=tuple(one.person.name for one in home.members),
                grace=grace,
                months=() if grace is None else paid_by_month(grace.shares),
                steps=() if grace is None else tuple(work.standing.grace_steps(grace.id)),
                events=() if grace is None else events_of(grace, terms),
                hand=confirms(terms),
                freeze=freeze_of(terms),
                may_propose=now is None and _asks_for_grace(work, household, graces),
                review=review_due(work, self.rules, looked[0]) if looked else None,
                rigid=rigid_validity(work, self.rules, household),
                reviews=tuple(work.standing.reviews_of(household)),
                changes=tuple(work.standing.changes_of(household)),
                benefits=(
                    *work.standing.benefits_of(household),
                    *work.standing.brought_along(household),
                ),
                certificates=tuple(work.standing.certificates_of(household)),
            )

    def _of_grace(self, work: UnitOfWork, grace: GracePeriod) -> StandingLine:
        who, place = work.visiting.place_of(grace.household)
        due = {
            GraceStatus.APPROVED: grace.start_month,
            GraceStatus.RUNNING: grace.ends_on,
        }.get(grace.status)
        return StandingLine(
            key=grace.id,
            household=grace.household,
            kind=LineKind.GRACE,
            who=who,
            place=place,
            what=grace.status.label,
            due_on=due,
            late=due is not None and due < self.clock.today(),
            rule=grace.basis,
        )

    def _reviews(self, work: UnitOfWork) -> list[StandingLine]:
        today, found = self.clock.today(), []
        for looked in work.standing.looked_at():
            if looked.since is None and looked.changed_on is None:
                continue
            due = review_due(work, self.rules, looked)
            if due.due_on is None or due.due_on - EARLY > today:
                continue
            who, place = work.visiting.place_of(looked.household)
            hurried = "增减员，" if due.hurried_on else ""
            found.append(
                StandingLine(
                    key=f"review:{looked.household}",
                    household=looked.household,
                    kind=LineKind.REVIEW,
                    who=who,
                    place=place,
                    what=f"{hurried}{due.case_class.label}",
                    due_on=due.due_on,
                    late=due.due_on < today,
                    rule=due.rule,
                )
            )
        return found

    def _benefits(self, work: UnitOfWork) -> list[StandingLine]:
        today, found = self.clock.today(), []
        for benefit in work.standing.ending_benefits():
            if benefit.ends_on is None or benefit.ends_on - EARLY > today:
                continue
            who, place = work.visiting.place_of(benefit.household)
            by = "" if benefit.ends_by is None else f"，{benefit.ends_by.label}"
            found.append(
                StandingLine(
                    key=benefit.id,
                    household=benefit.household,
                    kind=LineKind.BENEFIT,
                    who=benefit.person_names or who,
                    place=place,
                    what=f"{benefit.kind.label}{by}",
                    due_on=benefit.ends_on,
                    late=benefit.ends_on < today,
                    rule=BENEFIT_RULES[benefit.ends_by or EndsBy.TERM],
                )
            )
        return found

    def _certificates(self, work: UnitOfWork) -> list[StandingLine]:
        today, found = self.clock.today(), []
        for paper in work.standing.certificates():
            if paper.valid_to - EARLY <= today:
                _who, place = work.visiting.place_of(paper.household)
                found.append(
                    StandingLine(
                        key=paper.id,
                        household=paper.household,
                        kind=LineKind.CERTIFICATE,
                        who=paper.person_name,
                        place=place,
                        what=f"{paper.kind.label}到期",
                        due_on=paper.valid_to,
                        late=paper.valid_to < today,
                        rule=paper_rule(paper.kind),
                    )
                )
        return found


def _asks_for_grace(work: UnitOfWork, household: HouseholdId, graces: list[GracePeriod]) -> bool:
    """Whether the newest test carries a 渐退 that was not proposed before."""
    tests = work.casework.assessments_of(household)
    newest = tests[0] if tests else None
    used = {one.assessment for one in graces}
    return newest is not None and newest.id not in used and is_graced(newest)
