"""The lines a household is held against, whichever way it came out: what 核算 puts side by side.

Nothing is decided here. The rungs say what follows; a paper or a screen shows both figures, and a
figure nobody gave is None on its own side.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from app.domain.households import Category
from app.domain.words import Word
from app.rules.amounts import shown
from app.rules.assets import monetary, money_limit
from app.rules.grounds import MEETS, all_of
from app.rules.income_lines import CEILING, income_lines
from app.rules.means import Means
from app.rules.own_income import on_rung
from app.rules.parameters import MONETARY_CAP, RIGID_CEILING, RIGID_RATIO, RIGID_TEST
from app.rules.rigid_outlay import rigid_outlay
from app.rules.terms import Found

_PERCENT: Final = 100
_ALL: Final = Fraction(1)


class Unit(Word):
    """What a line is measured in."""

    MONTH = "month", "元/人·月"
    EACH = "each", "元/人"
    PERCENT = "percent", "%"


class Limit(NamedTuple):
    """One line. `held` and `limit` are exact fen, or exact shares of one for percents."""

    text: str
    unit: Unit
    held: Fraction | None
    limit: Fraction | None
    basis: str


def limits_of(means: Means) -> tuple[Limit, ...]:
    """Every line the pack draws, in the order of the ladder; none while nobody counts."""
    return (*_incomes(means), *_money(means), *_outlay(means)) if means.heads else ()


def limit_json(line: Limit) -> dict[str, object]:
    """The line as the answer writes it: yuan or percent with two decimals, as text."""
    text, unit, held, limit, basis = line
    return {
        "text": text,
        "unit": unit.value,
        "held": _figure(held, unit),
        "limit": _figure(limit, unit),
        "basis": basis,
    }


def _figure(exact: Fraction | None, unit: Unit) -> str | None:
    if exact is None:
        return None
    return shown(exact, _PERCENT * _PERCENT if unit is Unit.PERCENT else 1)


def _incomes(means: Means) -> Iterable[Limit]:
    for rung, what, limit, basis in income_lines(means.terms, means.facts.household.area):
        yield Limit(what, Unit.MONTH, on_rung(means, rung).per_head, limit, basis)
    area = means.facts.household.area
    if (RIGID_CEILING.name, area) in means.terms.left and not means.terms.find(RIGID_CEILING, area):
        held = on_rung(means, Category.RIGID_EXPENDITURE).per_head
        yield Limit(CEILING, Unit.MONTH, held, None, means.terms.basis_of(RIGID_CEILING, area))


def _money(means: Means) -> Iterable[Limit]:
    """Savings a head, against so many months of the urban standard."""
    cap = means.terms.find(MONETARY_CAP)
    if cap is None:
        return
    household = means.facts.household
    owned = None if household.assets is None else monetary(household.assets, means.terms)
    told = None if owned is None else [asset.amount for asset in owned]
    held = None
    if told is not None and None not in told:
        fen = sum(amount.fen for amount in told if amount is not None)
        held = Fraction(fen, means.heads)
    limit, is_exact = money_limit(means.terms, household.area, 1, cap.value)
    yield Limit("存款等货币财产", Unit.EACH, held, limit if is_exact else None, cap.basis)


def _outlay(means: Means) -> Iterable[Limit]:
    """Rigid outlay as a share of the income of the rung's own window."""
    test = means.terms.find(RIGID_TEST)
    if test is None:
        return
    is_ratio = test.value == "ratio"
    share = means.terms.find(RIGID_RATIO) if is_ratio else Found(_ALL, test.ground)
    outlay, income = rigid_outlay(means), on_rung(means, Category.RIGID_EXPENDITURE).income
    settled = all_of(outlay.check, outlay.more, income.check).outcome is MEETS
    known = settled and income.year_fen > 0 and not income.rises
    held = Fraction(outlay.year_fen, income.year_fen) if known else None
    limit, ground = (None, test.ground) if share is None else (share.value, share.ground)
    yield Limit("刚性支出占收入的比例", Unit.PERCENT, held, limit, str(ground))
