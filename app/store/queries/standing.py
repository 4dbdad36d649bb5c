"""渐退, 定期复核, 增减员 and benefits as domain values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, func, or_, select

from app.domain.casework import ApplicationStatus
from app.domain.grace_states import UNDER_WAY
from app.domain.households import Category
from app.domain.ids import BenefitId, GraceId, HouseholdId, PersonId
from app.domain.standing import (
    Benefit,
    BenefitKind,
    CaseClass,
    Certificate,
    CompositionChange,
    EndsBy,
    GracePeriod,
    GraceStepTaken,
    PeriodicReview,
)
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.models.people import FamilyEventRow, HouseholdMemberRow, HouseholdRow, PersonRow
from app.models.standing import (
    BenefitRow,
    CertificateRow,
    CompositionChangeRow,
    GracePeriodRow,
    GraceStepRow,
    PeriodicReviewRow,
)
from app.store.among import among
from app.store.queries.standing_rows import (
    certificate_of,
    change_of,
    grace_of,
    money_of,
    review_of,
    step_of,
)

_GRACE = table_of(GracePeriodRow)
_STEP = table_of(GraceStepRow)
_REVIEW = table_of(PeriodicReviewRow)
_CHANGE = table_of(CompositionChangeRow)
_BENEFIT = table_of(BenefitRow)
_CERTIFICATE = table_of(CertificateRow)
_MEMBER = table_of(HouseholdMemberRow)
_HOUSEHOLD = table_of(HouseholdRow)
_EVENT = table_of(FamilyEventRow)
_PERSON = table_of(PersonRow)
_APPLICATION = table_of(ApplicationRow)
_GRANTED: Final = (ApplicationStatus.CONFIRMED.value, ApplicationStatus.PUBLISHED.value)
ON_BENEFIT: Final = (Category.DIBAO, Category.SINGLE_PERSON, Category.MARGINAL)
"""Categories that are reviewed by the clock; 特困 when the abilities change (domain.md §2.14)."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Since when a household has not been looked at again, and what hurries it.

    `since` is the day of the last review, or else of the decision; None where neither is known.
    `changed_on` is the day of the first 增减员 since the last review, or recorded since.
    """

    household: HouseholdId
    category: Category
    case_class: CaseClass | None
    since: date | None
    changed_on: date | None


_SUPPORTED: Final = select(_HOUSEHOLD.c.id, _HOUSEHOLD.c.category).where(
    _HOUSEHOLD.c.category.in_([one.value for one in ON_BENEFIT]),
    _HOUSEHOLD.c.is_removed.is_(False),
    _HOUSEHOLD.c.ended_on.is_(None),
)
_SUPPORTED_AMONG: Final = _SUPPORTED.where(_HOUSEHOLD.c.id.in_(among("subjects")))
_REVIEWS: Final = select(_REVIEW).order_by(_REVIEW.c.reviewed_on, _REVIEW.c.recorded_at)
_REVIEWS_AMONG: Final = _REVIEWS.where(_REVIEW.c.household_id.in_(among("subjects")))
_UNDONE: Final = select(_EVENT.c.undoes).where(_EVENT.c.undoes.is_not(None))
_CHANGES: Final = (
    select(_CHANGE)
    .where(or_(_CHANGE.c.deed_id.is_(None), _CHANGE.c.deed_id.not_in(_UNDONE)))
    .order_by(_CHANGE.c.happened_on, _CHANGE.c.id)
)
_CHANGES_AMONG: Final = _CHANGES.where(_CHANGE.c.household_id.in_(among("subjects")))
_DECIDED: Final = (
    select(
        _APPLICATION.c.household_id,
        _APPLICATION.c.decided_category,
        func.max(_APPLICATION.c.decided_on).label("decided_on"),
    )
    .where(_APPLICATION.c.status.in_(_GRANTED), _APPLICATION.c.decided_on.is_not(None))
    .group_by(_APPLICATION.c.household_id, _APPLICATION.c.decided_category)
)
_DECIDED_AMONG: Final = _DECIDED.where(_APPLICATION.c.household_id.in_(among("subjects")))
_BENEFITS: Final = select(_BENEFIT).order_by(_BENEFIT.c.from_month.desc(), _BENEFIT.c.id.desc())
_CERTIFICATES: Final = (
    select(_CERTIFICATE, _PERSON.c.name.label("person_name"))
    .join(_PERSON, _PERSON.c.id == _CERTIFICATE.c.person_id)
    .join(
        _MEMBER,
        (_MEMBER.c.person_id == _CERTIFICATE.c.person_id)
        & (_MEMBER.c.household_id == _CERTIFICATE.c.household_id)
        & ~_MEMBER.c.is_removed,
    )
    .order_by(_CERTIFICATE.c.recorded_at.desc(), _CERTIFICATE.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class StandingQueries:
    """Questions about those already supported."""

    connection: Connection

    def grace(self, grace: GraceId) -> GracePeriod | None:
        """One 渐退, or None."""
        row = self._rows(select(_GRACE).where(_GRACE.c.id == grace))
        return grace_of(row[0]) if row else None

    def graces_of(self, household: HouseholdId) -> list[GracePeriod]:
        """A household's 渐退, the newest first."""
        query = select(_GRACE).where(_GRACE.c.household_id == household)
        return [grace_of(row) for row in self._rows(_newest(query))]

    def graces(self) -> list[GracePeriod]:
        """Every 渐退 under way, the newest first."""
        query = select(_GRACE).where(_GRACE.c.status.in_(sorted(UNDER_WAY)))
        return [grace_of(row) for row in self._rows(_newest(query))]

    def grace_steps(self, grace: GraceId) -> list[GraceStepTaken]:
        """What was done about a 渐退, the oldest first."""
        query = select(_STEP).where(_STEP.c.grace_id == grace)
        return [step_of(row) for row in self._rows(query.order_by(_STEP.c.happened_on, _STEP.c.id))]

    def reviews_of(self, household: HouseholdId) -> list[PeriodicReview]:
        """A household's 定期复核, the newest first."""
        query = _REVIEWS.where(_REVIEW.c.household_id == household)
        return [review_of(row) for row in reversed(self._rows(query))]

    def changes_of(self, household: HouseholdId) -> list[CompositionChange]:
        """A household's 增减员 that stand, the newest first; none of a deed that was taken back."""
        query = _CHANGES.where(_CHANGE.c.household_id == household)
        return [change_of(row) for row in reversed(self._rows(query))]

    def change(self, change: str) -> CompositionChange | None:
        """One 增减员, or None."""
        rows = self._rows(select(_CHANGE).where(_CHANGE.c.id == change))
        return change_of(rows[0]) if rows else None

    def benefits_of(self, household: HouseholdId) -> list[Benefit]:
        """What a household and its people receive, the newest first."""
        rows = self._rows(_BENEFITS.where(_BENEFIT.c.household_id == household))
        return [self._benefit(row) for row in rows]

    def brought_along(self, household: HouseholdId) -> list[Benefit]:
        """What people who live there now receive that was recorded where they lived before."""
        here = select(_MEMBER.c.person_id).where(
            _MEMBER.c.household_id == household, ~_MEMBER.c.is_removed
        )
        whose = func.json_each(_BENEFIT.c.person_ids).table_valued("value", joins_implicitly=True)
        query = _BENEFITS.where(
            _BENEFIT.c.household_id != household,
            _BENEFIT.c.to_month.is_(None),
            whose.c.value.in_(here),
        )
        return [self._benefit(row) for row in self._rows(query.distinct())]

    def benefit(self, benefit: BenefitId) -> Benefit | None:
        """One benefit, or None."""
        rows = self._rows(_BENEFITS.where(_BENEFIT.c.id == benefit))
        return self._benefit(rows[0]) if rows else None

    def running_benefits(self, household: HouseholdId) -> list[Benefit]:
        """Those not stopped."""
        return [one for one in self.benefits_of(household) if one.to_month is None]

    def ending_benefits(self) -> list[Benefit]:
        """Every benefit that goes on and has a known end, the nearest first."""
        query = select(_BENEFIT).where(
            _BENEFIT.c.to_month.is_(None), _BENEFIT.c.ends_on.is_not(None)
        )
        rows = self._rows(query.order_by(_BENEFIT.c.ends_on, _BENEFIT.c.id))
        return [self._benefit(row) for row in rows]

    def certificates_of(self, household: HouseholdId) -> list[Certificate]:
        """The papers of those who live there, the newest told of each, the nearest end first."""
        query = _CERTIFICATES.where(_CERTIFICATE.c.household_id == household)
        return _newest_told(self._rows(query))

    def certificates(self) -> list[Certificate]:
        """The same in the whole village."""
        return _newest_told(self._rows(_CERTIFICATES))

    def recognised(self, household: HouseholdId, category: Category) -> date | None:
        """The day of the decision that gave the household the category it still has, or None."""
        query = _DECIDED.join(_HOUSEHOLD, _HOUSEHOLD.c.id == _APPLICATION.c.household_id).where(
            _HOUSEHOLD.c.id == household,
            _HOUSEHOLD.c.category == category.value,
            _APPLICATION.c.decided_category == category.value,
        )
        rows = self._rows(query)
        day: date | None = rows[0]["decided_on"] if rows else None
        return day

    def looked_at(self, households: Sequence[str] | None = None) -> list[Looked]:
        """Households the review clock runs for, those of `households` or all of them."""
        part = {} if households is None else {"subjects": json.dumps(list(households))}
        every = households is None
        supported = self._rows(_SUPPORTED if every else _SUPPORTED_AMONG, part)
        if not supported:
            return []
        reviews = {
            row["household_id"]: row
            for row in self._rows(_REVIEWS if every else _REVIEWS_AMONG, part)
        }
        decided: dict[str, date] = {}
        for row in self._rows(_DECIDED if every else _DECIDED_AMONG, part):
            known = decided.get(row["household_id"], date.min)
            decided[row["household_id"]] = max(known, row["decided_on"])
        changes: dict[str, list[RowMapping]] = {}
        for row in self._rows(_CHANGES if every else _CHANGES_AMONG, part):
            changes.setdefault(row["household_id"], []).append(row)
        return [
            _looked(row, reviews.get(row["id"]), decided.get(row["id"]), changes.get(row["id"], ()))
            for row in supported
        ]

    def _rows(
        self, query: Select[tuple[object, ...]], part: dict[str, str] | None = None
    ) -> list[RowMapping]:
        return list(self.connection.execute(query, part or {}).mappings())

    def _benefit(self, row: RowMapping) -> Benefit:
        ids = list(row["person_ids"])
        query = select(_PERSON.c.id, _PERSON.c.name).where(_PERSON.c.id.in_(ids))
        names = {one.id: one.name for one in self.connection.execute(query)} if ids else {}
        return Benefit(
            id=BenefitId(row["id"]),
            household=HouseholdId(row["household_id"]),
            kind=BenefitKind(row["kind"]),
            persons=tuple(PersonId(one) for one in ids),
            person_names="、".join(names[one] for one in ids if one in names),
            amount=money_of(row["amount_fen"]),
            from_month=row["from_month"],
            to_month=row["to_month"],
            ends_on=row["ends_on"],
            ends_by=None if row["ends_by"] is None else EndsBy(row["ends_by"]),
            stop_reason=row["stop_reason"],
            by_county=row["by_county"],
            recorded_at=row["recorded_at"],
        )


def _newest(query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    return query.order_by(_GRACE.c.proposed_on.desc(), _GRACE.c.id.desc())


def _newest_told(rows: Sequence[RowMapping]) -> list[Certificate]:
    """Of each person and kind the one told last; `rows` come newest first."""
    told: dict[tuple[str, str], RowMapping] = {}
    for row in rows:
        told.setdefault((row["person_id"], row["kind"]), row)
    found = [certificate_of(row) for row in told.values()]
    return sorted(found, key=lambda one: (one.valid_to, one.id))


def _looked(
    row: RowMapping,
    review: RowMapping | None,
    decided_on: date | None,
    changes: Sequence[RowMapping],
) -> Looked:
    """A decision after the last review starts the clock anew; so does a review after a decision."""
    days = [day for day in (None if review is None else review["reviewed_on"], decided_on) if day]
    after = [
        one["happened_on"]
        for one in changes
        if review is None
        or one["recorded_at"] > review["recorded_at"]
        or one["happened_on"] > review["reviewed_on"]  # typed late, it did not see the change
    ]
    return Looked(
        household=HouseholdId(row["id"]),
        category=Category(row["category"]),
        case_class=None if review is None else CaseClass(review["case_class"]),
        since=max(days, default=None),
        changed_on=min(after, default=None),
    )
