"""What is worked out about a case once, before any rung of the ladder is tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.people import Hukou
from app.rules.amounts import per_head_month, shown
from app.rules.assets import property_check
from app.rules.facts import Facts
from app.rules.family import Family, family_of
from app.rules.grounds import MET, Check, Outcome, Reason, all_of, failed, unsettled
from app.rules.income import income_of
from app.rules.lines import IncomeWorking
from app.rules.parameters import DIBAO_STANDARD
from app.rules.terms import Found, Terms
from app.rules.values import MONTHS, Rate


@dataclass(frozen=True, slots=True)
class Means:
    """One case on one day under one pack."""

    facts: Facts
    on: date
    terms: Terms
    family: Family
    income: IncomeWorking
    owned: Check
    """Whether what the household owns keeps within the limits."""
    standard: Found[Rate] | None
    """The 低保 standard of the household's area; None when no county supplied it."""

    @property
    def heads(self) -> int:
        """How many people count."""
        return len(self.family.counted)

    @property
    def standard_month(self) -> Fraction | None:
        """The standard in exact fen a month."""
        return None if self.standard is None else Fraction(self.standard.value.year_fen, MONTHS)

    @property
    def per_head(self) -> Fraction | None:
        """Exact fen a head and month; None while income is unknown or nobody counts."""
        if not self.heads or not self.income.is_known:
            return None
        return per_head_month(self.income.year_fen, self.heads)

    def below(self, limit: Fraction, what: str, basis: str) -> Check:
        """Whether income a head and month lies below `limit` fen (strictly).

        While somebody's place in the family or an amount is open, only what holds either way is
        said.
        """
        if not self.heads:
            return failed("名单里没有人可以算作家庭成员。", basis)
        settled = all_of(self.family.check, self.income.check)
        if settled.outcome is Outcome.UNKNOWN:
            return settled
        most = limit.numerator * MONTHS * self.heads
        if self.income.year_fen * limit.denominator < most:
            return MET
        if self.income.least_fen * limit.denominator < most:
            return all_of(*(doubt.check for doubt in self.income.doubts))
        return failed(
            f"人均月收入 {shown(per_head_month(self.income.year_fen, self.heads))} 元，"
            f"不低于{what} {shown(limit)} 元。",
            basis,
        )


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
    if any(member.hukou in {Hukou.LOCAL, Hukou.RESIDENCE_PERMIT} for member in counted):
        return MET
    unasked = next((member for member in counted if member.hukou is None), None)
    if unasked is not None:
        path = f"{means.facts.household.path(unasked)}.hukou"
        return unsettled("还不知道户口在不在本地。", basis, path)
    return failed("家里没有人是本地户口，也没有可以在这里申请的居住证。", basis)


def lacking_standard(means: Means) -> Check:
    """What to answer when the county has not supplied the standard."""
    area = means.facts.household.area.label
    return unsettled(
        f"还没有{area}低保标准，要由县里给出。", "低保标准由县里公布", DIBAO_STANDARD.name
    )


def upside_down(check: Check, text: str, basis: str) -> Check:
    """The opposite of a test; what was unknown stays so."""
    if check.outcome is Outcome.MEETS:
        return Check(Outcome.FAILS, (Reason(text, basis),))
    if check.outcome is Outcome.FAILS:
        return MET
    return check
