"""低保边缘家庭 — from the standard up to a multiple of it (民发〔2021〕57号 第八条: 1.5倍)."""

from __future__ import annotations

from app.domain.households import Category
from app.rules.amounts import month_formula, month_of
from app.rules.benefit import Benefit, BenefitLine, rounded
from app.rules.dibao import below_standard
from app.rules.grounds import Check, all_of, unsettled
from app.rules.income_lines import marginal_line
from app.rules.labour_veto import labour_check
from app.rules.means import Means, hukou_check, upside_down
from app.rules.own_income import on_rung
from app.rules.parameters import MARGINAL_ALLOWANCE, MARGINAL_MULTIPLE


def marginal_check(means: Means, basis: str) -> Check:
    """Income at or above the standard and strictly below its multiple; property within limits."""
    under = below_standard(means, basis)
    return all_of(
        upside_down(under, "人均收入低于低保标准，应当先按低保办。", basis),
        _below_multiple(on_rung(means, Category.MARGINAL), basis),
        means.owned,
        hukou_check(means, basis),
        labour_check(means),
    )


def marginal_benefit(means: Means) -> Benefit:
    """What the household gets a month, where the pack pays anything (天津: 边缘救助金 每户)."""
    found = means.terms.find(MARGINAL_ALLOWANCE)
    if found is None:
        return Benefit(missing=(MARGINAL_ALLOWANCE.name,))
    if found.value is None:
        return Benefit()
    month = month_of(found.value)
    formula, basis = month_formula(found.value), found.basis
    line = BenefitLine(None, "边缘救助金", formula, month, basis)
    return rounded([line], lambda: [month / means.heads] * means.heads, means.terms)


def _below_multiple(means: Means, basis: str) -> Check:
    multiple = means.terms.find(MARGINAL_MULTIPLE, means.facts.household.area)
    if multiple is None:
        return unsettled("还没有低保边缘的倍数，要由县里给出。", basis, MARGINAL_MULTIPLE.name)
    line = marginal_line(means.terms, means.facts.household.area)
    if line is None:
        return below_standard(means, basis)
    return means.below(line.limit, line.what, line.basis)
