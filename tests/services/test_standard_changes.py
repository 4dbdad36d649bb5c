"""What a new standard changes for one household: which rung is above which, and what is said."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from app.domain.money import Money
from app.domain.reassessment import Change
from app.rules.pack import Pack
from app.services.standard_changes import change_of, ladder_of
from tests.cases import ON, assessed, case_of, layered, region, value_toml, wage

RIGID, MARGINAL, DIBAO = Category.RIGID_EXPENDITURE, Category.MARGINAL, Category.DIBAO
NATIONAL = layered(
    value_toml("rigid_ratio_min", 'value = 0.5\nunit = "占收入的比例"')
    + value_toml("rigid_income_ceiling", 'value = 60000\nunit = "元/年"')
)
ILL = ({"member": "p1", "kind": "medical", "amount": "30000", "per": "year"},)


def changed(
    pack: Pack,
    pay: str,
    before: Category | None,
    *,
    spent: object = (),
    month: str | None = None,
    **parameters: object,
) -> Change:
    """What becomes of a household of one that earns `pay`; the standard is 1000.00."""
    case = case_of(
        incomes=[wage(pay)],
        expenses=list(spent),
        parameters={"dibao_standard_month": "1000.00"} | parameters,
    )
    paid = None if month is None else Money.parse(month)
    answer = assessed(case, pack)
    return change_of(before, paid, Category.NONE, answer, ladder_of(pack, ON))


@pytest.mark.parametrize(
    ("pay", "spent", "before", "change"),
    [
        ("1200", ILL, MARGINAL, Change.NEWLY_MEETS),
        ("1200", (), RIGID, Change.NO_LONGER),
        ("1200", (), MARGINAL, Change.SAME),
        ("1200", ILL, RIGID, Change.SAME),
        ("500", ILL, RIGID, Change.NEWLY_MEETS),
        ("1200", (), DIBAO, Change.NO_LONGER),
        ("9000", (), MARGINAL, Change.NO_LONGER),
    ],
)
def test_in_tianjin_rigid_outlay_comes_on_top_of_the_marginal(pay, spent, before, change):
    """津民发〔2020〕19号 二(二): of the marginal families those whose outlay eats up the income."""
    allowances = {"marginal_allowance": None, "rigid_allowance": None}

    assert changed(region("tianjin"), pay, before, spent=spent, **allowances) is change


@pytest.mark.parametrize(
    ("pay", "spent", "before", "change"),
    [
        ("1200", ILL, RIGID, Change.NEWLY_MEETS),
        ("1700", ILL, MARGINAL, Change.NO_LONGER),
        ("1700", ILL, None, Change.NEWLY_MEETS),
        ("1700", ILL, RIGID, Change.SAME),
    ],
)
def test_elsewhere_it_is_for_those_the_marginal_rung_does_not_take_in(pay, spent, before, change):
    """刚性支出困难家庭认定办法: neither 低保 nor 边缘."""
    assert changed(NATIONAL, pay, before, spent=spent) is change


def test_another_rung_that_pays_more_now_is_a_matter_of_the_amount():
    """Still on both: 边缘 gives more than 支出型 since."""
    allowances = {
        "marginal_allowance": {"value": 300, "unit": "元/月"},
        "rigid_allowance": {"value": 100, "unit": "元/月"},
    }

    found = changed(region("tianjin"), "1200", RIGID, spent=ILL, month="100", **allowances)

    assert found is Change.AMOUNT


def test_what_cannot_be_told_any_more_is_asked():
    case = case_of(incomes=None, expenses=list(ILL))
    answer = assessed(case, NATIONAL)

    found = change_of(DIBAO, None, Category.NONE, answer, ladder_of(NATIONAL, ON))

    assert found is Change.ASK
