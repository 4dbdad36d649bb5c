"""What is on record as received, as the answer a means test begins with.

Nobody is asked again for what is written down already: the benefits that run, and what the county
has recognised the household as. It is an answer like any other, and hers to change; what she said
of it in the newest test stands against everything recorded before that test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.households import Category, Household, IncomeKind
from app.domain.standing import Benefit, BenefitKind
from app.domain.workdays import month_start
from app.services.missing import no_household

if TYPE_CHECKING:
    from datetime import date

    from app.domain.casework import AssessmentRecord
    from app.domain.ids import HouseholdId
    from app.rules import facts as case
    from app.store.unit_of_work import UnitOfWork

_CODES: Final = {
    BenefitKind.DIBAO: BenefitKind.DIBAO.value,
    BenefitKind.TEKUN: BenefitKind.TEKUN.value,
    BenefitKind.MARGINAL: BenefitKind.MARGINAL.value,
    BenefitKind.DISABILITY_LIVING: BenefitKind.DISABILITY_LIVING.value,
    BenefitKind.DISABILITY_CARE: BenefitKind.DISABILITY_CARE.value,
    BenefitKind.ELDERLY: IncomeKind.ELDERLY_ALLOWANCE.value,
    BenefitKind.ORPHAN: IncomeKind.ORPHAN_ALLOWANCE.value,
    BenefitKind.DE_FACTO_ORPHAN: IncomeKind.ORPHAN_ALLOWANCE.value,
}
"""By the code the question offers; 别的待遇 names nothing a rule could look at."""
_HELD: Final = frozenset({Category.DIBAO, Category.TEKUN, Category.MARGINAL})
"""What everybody of a household has that the county recognised as such."""


def with_received(
    work: UnitOfWork, household_id: HouseholdId, facts: case.Facts, today: date
) -> case.Facts:
    """The facts with what is received as far as it is on record. Raises Refused F-01."""
    household = work.households.get(household_id)
    if household is None:
        raise no_household()
    newest = work.casework.newest_assessment(household_id)
    benefits = [
        *work.standing.benefits_of(household_id),
        *work.standing.brought_along(household_id),
    ]
    held = _held(work, household, newest)
    members = tuple(
        _member(member, _whose(member, benefits), held, newest, today)
        for member in facts.household.members
    )
    return replace(facts, household=replace(facts.household, members=members))


def _held(
    work: UnitOfWork, household: Household, newest: AssessmentRecord | None
) -> tuple[str, bool] | None:
    """The household's rung by its code, and whether the county decided it after the test."""
    if household.category not in _HELD:
        return None
    decided = work.standing.recognised(household.id, household.category)
    is_news = newest is not None and decided is not None and decided > newest.on
    return household.category.value, is_news


def _whose(member: case.Member, benefits: Iterable[Benefit]) -> list[Benefit]:
    """Those of this person, and those of the whole household."""
    return [
        one
        for one in benefits
        if one.kind in _CODES and (not one.persons or member.id in one.persons)
    ]


def _member(
    member: case.Member,
    benefits: list[Benefit],
    held: tuple[str, bool] | None,
    newest: AssessmentRecord | None,
    today: date,
) -> case.Member:
    asked = member.receives is not None
    running = [one for one in benefits if _runs(one, today)]
    begun = [] if held is None or (asked and not held[1]) else [held[0]]
    begun += [_CODES[one.kind] for one in running if not asked or _is_news(one, newest)]
    over = set(_over(benefits, newest, today)) - {_CODES[one.kind] for one in running}
    told = tuple(code for code in member.receives or () if code not in over)
    found = tuple(dict.fromkeys((*told, *begun)))
    return replace(member, receives=found) if asked or found else member


def _runs(benefit: Benefit, today: date) -> bool:
    """Whether it is paid in the month of `today`."""
    last = _last(benefit)
    return benefit.from_month <= today and (last is None or month_start(today) <= last)


def _is_news(benefit: Benefit, newest: AssessmentRecord | None) -> bool:
    """Whether it came on record after the newest test was made."""
    return newest is None or benefit.recorded_at > newest.made_at


def _over(
    benefits: Iterable[Benefit], newest: AssessmentRecord | None, today: date
) -> Iterator[str]:
    """What came to its end since the newest test, which was told of it while it was paid."""
    for one in benefits:
        last = _last(one)
        if last is None or newest is None:
            continue
        if month_start(newest.on) <= last < month_start(today):
            yield _CODES[one.kind]


def _last(benefit: Benefit) -> date | None:
    """The first day of the last month it is paid in; None while no end is known."""
    known = (benefit.to_month, benefit.ends_on)
    ends = [month_start(one) for one in known if one is not None]
    return min(ends, default=None)
