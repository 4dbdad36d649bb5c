"""刚性支出 is for those not on 特困 either: where everybody is, the household is not one of it."""

from __future__ import annotations

from app.domain.households import Category
from tests.cases import assessed, case_of, income, member, rung, wage

PARAMETERS = {
    "dibao_standard_month": "1000.00",
    "rigid_income_ceiling": {"value": "36000", "unit": "元/年"},
}
LARGE_OUTLAY = [
    {"member": "p1", "kind": "medical", "amount": "30000", "per": "year"},
]
OLD = member("p1", "head", "1950-01-01", labour="none")
INSURED = income("social_insurance", "1600")


def test_a_household_all_of_tekun_is_not_one_of_rigid_outlay():
    """不符合低保、特困、低保边缘条件 (刚性支出困难家庭认定办法); one who is not keeps it open."""
    alone = case_of(OLD, incomes=[INSURED], expenses=LARGE_OUTLAY, parameters=PARAMETERS)
    both = case_of(
        OLD,
        member("p2", "grandchild", "1985-01-01"),
        incomes=[INSURED, wage("2000", "p2")],
        expenses=LARGE_OUTLAY,
        parameters=PARAMETERS,
    )

    answer = assessed(alone)

    assert answer.rung(Category.TEKUN).outcome == "meets"
    refused = answer.rung(Category.RIGID_EXPENDITURE)
    assert (refused.outcome, refused.reasons[-1].text) == (
        "fails",
        "全家都符合特困，不按刚性支出办。",
    )
    assert rung(both, Category.TEKUN).outcome == "meets"
    assert rung(both, Category.RIGID_EXPENDITURE).outcome == "meets"


def test_while_tekun_of_all_is_open_rigid_outlay_is_too():
    silent = case_of(
        OLD, incomes=[INSURED], expenses=LARGE_OUTLAY, parameters=PARAMETERS, obligors=None
    )

    answer = rung(silent, Category.RIGID_EXPENDITURE)

    assert (answer.outcome, answer.missing) == ("unknown", ("household.obligors",))
