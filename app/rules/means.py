"""What is worked out about a case once, before any rung of the ladder is tried."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from app.domain.people import Hukou
from app.rules.amounts import line_shown, month_of, per_head_month, shown
from app.rules.assets import property_check
from app.rules.facts import Facts
from app.rules.family import Family, family_of
from app.rules.grounds import (
    FAILS,
    MEETS,
    MET,
    UNKNOWN,
    Check,
    Reason,
    all_of,
    failed,
    plainly_failed,
    unsettled,
)
from app.rules.income import income_of
from app.rules.lines import IncomeWorking
from app.rules.once import once
from app.rules.parameters import DIBAO_STANDARD
from app.rules.records import record
from app.rules.terms import Found, Terms
from app.rules.values import MONTHS, Rate

_MAY_APPLY: Final = frozenset({Hukou.LOCAL, Hukou.RESIDENCE_PERMIT})


@record(frozen=True, slots=True)
class Means:
    """One case on one day under one pack.

    `heads` is how many people count; `standard_month` the standard in exact fen; `per_head` exact
    fen a head and month, None while income is unknown or nobody counts.
    """

    facts: Facts
    on: date
    terms: Terms
    family: Family
    income: IncomeWorking
    owned: Check
    """Whether what the household owns keeps within the limits."""
    standard: Found[Rate] | None
    """The 低保 standard of the household's area; None when no county supplied it."""

    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `once` keeps."""
    settled: Check = field(init=False)
    """Whether it is known who counts and what there is of income."""
    heads: int = field(init=False)
    standard_month: Fraction | None = field(init=False)
    per_head: Fraction | None = field(init=False)

    def __post_init__(self) -> None:
        # worked out once: every rung asks for them
        heads = len(self.family.counted)
        known = heads and self.income.is_known
        month = None if self.standard is None else month_of(self.standard.value)
        each = per_head_month(self.income.year_fen, heads) if known else None
        object.__setattr__(self, "settled", all_of(self.family.check, self.income.check))
        object.__setattr__(self, "heads", heads)
        object.__setattr__(self, "standard_month", month)
        object.__setattr__(self, "per_head", each)

    def below(self, limit: Fraction, what: str, basis: str) -> Check:
        """Whether income a head and month lies below `limit` fen (strictly).

        While somebody's place in the family or an amount is open, only what holds either way is
        said.
        """
        if not self.heads:
            return plainly_failed("名单里没有人可以算作家庭成员。", basis)
        if self.settled.outcome is UNKNOWN:
            return self.settled
        over, under = limit.as_integer_ratio()
        most, income = over * MONTHS * self.heads, self.income
        if income.most_fen is not None and income.most_fen * under < most:
            return MET
        if income.least_fen * under < most:
            return income.open_points
        return failed(
            f"人均月收入 {_per_head_shown(self)} 元，不低于{what} {line_shown(over, under)} 元。",
            basis,
        )


@once
def _per_head_shown(means: Means) -> str:
    """Income a head as every line it does not keep below says it."""
    return shown(means.per_head or Fraction(0))


def means_of(facts: Facts, terms: Terms, on: date) -> Means:
    """Work out family, income and property of one case."""
    family = family_of(facts, terms, on)
    return Means(
        facts=facts,
        on=on,
        terms=terms,
        family=family,
        income=income_of(facts, family, terms, on),
        owned=property_check(facts.household, len(family.counted), terms),
        standard=terms.find(DIBAO_STANDARD, facts.household.area),
    )


def hukou_check(means: Means, basis: str) -> Check:
    """Somebody who counts has hukou here, or may apply here with a residence permit."""
    counted = means.family.counted
    if any(member.hukou in _MAY_APPLY for member in counted):
        return MET
    unasked = next((member for member in counted if member.hukou is None), None)
    if unasked is not None:
        path = f"{means.facts.household.path(unasked)}.hukou"
        return unsettled("还不知道户口在不在本地。", basis, path)
    return plainly_failed("家里没有人是本地户口，也没有可以在这里申请的居住证。", basis)


def lacking_standard(means: Means) -> Check:
    """What to answer when the county has not supplied the standard."""
    area = means.facts.household.area
    basis = means.terms.basis_of(DIBAO_STANDARD, area)
    return unsettled(f"还没有{area.label}低保标准，要由县里给出。", basis, DIBAO_STANDARD.name)


def upside_down(check: Check, text: str, basis: str) -> Check:
    """The opposite of a test; what was unknown stays so."""
    if check.outcome is MEETS:
        return Check(FAILS, (Reason(text, basis),))
    if check.outcome is FAILS:
        return MET
    return check
