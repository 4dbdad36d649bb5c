"""What the papers of 渐退, 停发, 减发 and 增减员 say: F20 and F21."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.domain.casework import AssessmentRecord
from app.domain.households import Household
from app.domain.ids import BenefitId, GraceId, HouseholdId
from app.domain.money import Money
from app.domain.standing import Benefit, CompositionChange, GracePeriod
from app.domain.workdays import month_start
from app.rules.standing import decision_remedy_of, remedy_of
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.store.unit_of_work import UnitOfWork


def content_of(
    work: UnitOfWork,
    rules: GroundRules,
    record: GracePeriod | Benefit | CompositionChange,
    household: Household,
) -> FormContent:
    """The notice and approval of a 渐退, the notice of a benefit that stopped or became less, or
    the table of who came and went about one change."""
    from app.documents.forms import f20, f21_content

    if isinstance(record, Benefit):
        return _of_end(work, rules, record, household)
    unit = work.identity.village_name
    tests = work.casework.assessments_of(household.id)
    if isinstance(record, GracePeriod):
        tested = work.casework.assessment(record.assessment)
        earlier = [one for one in tests if tested is not None and one.made_at < tested.made_at]
        return f20.content_of(
            record,
            household,
            unit=unit,
            tested=tested,
            before=earlier[0] if earlier else None,
            remedy=remedy_of(rules.terms(work)),
        )
    reviews = work.standing.reviews_of(household.id)
    together = [
        one
        for one in work.standing.changes_of(household.id)
        if not reviews or one.recorded_at > reviews[0].recorded_at or one.id == record.id
    ]
    return f21_content.content_of(
        together,
        household,
        unit=unit,
        handler=record.handler,
        tested=tests[0] if tests else None,
        review=reviews[0] if reviews else None,
        former=work.people.former_members(household.id),
        relative=work.procedure.relatives(household.id),
    )


def told_of(work: UnitOfWork, household: HouseholdId) -> list[GracePeriod | Benefit]:
    """What a household is told of by an F20, by what begins last: 渐退, 停发 and 减发."""
    found: list[tuple[date, GracePeriod | Benefit]] = [
        (one.start_month, one) for one in work.standing.graces_of(household)
    ]
    benefits = _paid(work, household)
    found += [
        (month_start(one.to_month, 1), one)
        for one in benefits
        if one.to_month is not None and _is_told(one, _next(one, benefits))
    ]
    return [one for _month, one in sorted(found, key=lambda one: one[0], reverse=True)]


def find_told(work: UnitOfWork, entity_id: str) -> GracePeriod | Benefit | None:
    """A 渐退, or a benefit that stopped or became less."""
    grace = work.standing.grace(GraceId(entity_id))
    if grace is not None:
        return grace
    benefit = work.standing.benefit(BenefitId(entity_id))
    if benefit is None:
        return None
    return next((one for one in told_of(work, benefit.household) if one.id == benefit.id), None)


def _paid(work: UnitOfWork, household: HouseholdId) -> list[Benefit]:
    """Without what the county granted and took back before it was paid: its sum is none."""
    benefits = work.standing.benefits_of(household)
    return [one for one in benefits if not (one.by_county and one.amount == Money(0))]


def _next(ended: Benefit, benefits: Sequence[Benefit]) -> Benefit | None:
    """The same benefit as it goes on the month after, with another amount."""
    if ended.to_month is None:
        return None
    after = month_start(ended.to_month, 1)
    return next(
        (one for one in benefits if one.kind is ended.kind and one.from_month == after
         and (not ended.persons or not one.persons or set(one.persons) & set(ended.persons))),
        None,
    )  # fmt: skip


def _is_told(ended: Benefit, after: Benefit | None) -> bool:
    """Whether it stopped, or goes on with less; a raise has no such notice."""
    if after is None:
        return True
    if ended.amount is None or after.amount is None:
        return False
    return after.amount < ended.amount


def _of_end(
    work: UnitOfWork, rules: GroundRules, ended: Benefit, household: Household
) -> FormContent:
    """With the newest test before it ended, and the one before that."""
    from app.documents.forms import f20

    tests = _tests_before(work, ended)
    return f20.content_of_end(
        ended,
        household,
        unit=work.identity.village_name,
        less=_next(ended, _paid(work, household.id)),
        tested=tests[0] if tests else None,
        before=tests[1] if len(tests) > 1 else None,
        remedy=decision_remedy_of(rules.terms(work)),
        handler=work.identity.officer_name,
    )


def _tests_before(work: UnitOfWork, ended: Benefit) -> list[AssessmentRecord]:
    """The tests made before the first month without it, the newest first."""
    if ended.to_month is None:
        return []
    after = month_start(ended.to_month, 1)
    return [one for one in work.casework.assessments_of(ended.household) if one.on < after]
