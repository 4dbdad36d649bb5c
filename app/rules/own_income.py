"""Income as one rung counts it, where that differs from how 低保 does.

支出型 may look at more months (Guangdong: twelve, 低保 six), and a clause may leave the basic
pension out for some rungs only (S1:L24: 不计入低保家庭、特困人员收入).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.domain.households import Category, IncomeKind
from app.rules.grounds import MEETS, Outcome
from app.rules.income import income_of, pension_may_be_left_out, window_of
from app.rules.layers import Treatment
from app.rules.means import Means
from app.rules.once import once
from app.rules.parameters import INCOME_WINDOW, PENSION_RUNGS, Parameter
from app.rules.terms import Terms

_PENSION: Final = IncomeKind.RESIDENT_PENSION_BASIC


def on_rung(means: Means, rung: Category) -> Means:
    """The means with income as `rung` counts it."""
    counts = _PENSION in means.facts.household.income_kinds and _counts_pension(means, rung)
    return _own_means(means, rung) if counts or rung in _with_own_window(means.terms) else means


def pension_warning(means: Means, dibao: Outcome) -> Iterable[str]:
    """That the rungs below 低保 count a pension the lines show as left out."""
    rungs = means.terms.find(PENSION_RUNGS)
    if dibao is MEETS or rungs is None or not _counts_pension(means, Category.MARGINAL):
        return
    yield f"基础养老金只在低保、特困里不计入，算低保边缘、刚性支出时照样计入（{rungs.ground}）。"


@once
def _with_own_window(terms: Terms) -> frozenset[Category]:
    """The rungs whose window is not known to be as long as that of 低保."""
    return frozenset(rung for rung in Category if not _is_usual(terms, window_of(rung)))


def _is_usual(terms: Terms, own: Parameter[int]) -> bool:
    if own is INCOME_WINDOW:
        return True
    told, wanted = terms.find(INCOME_WINDOW), terms.find(own)
    return told is not None and wanted is not None and told.value == wanted.value


def _counts_pension(means: Means, rung: Category) -> bool:
    """Whether `rung` counts a basic pension that 低保 leaves out, or may."""
    return _PENSION in means.facts.household.income_kinds and (
        means.terms.incomes[_PENSION][0] is not Treatment.DISREGARDED
        and pension_may_be_left_out(means.terms, Category.DIBAO)
        and not pension_may_be_left_out(means.terms, rung)
    )


@once
def _own_means(means: Means, rung: Category) -> Means:
    income = income_of(means.facts, means.family, means.terms, means.on, rung)
    return replace(means, income=income)
