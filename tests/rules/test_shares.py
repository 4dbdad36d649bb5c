"""Rounded per person: what each is due to the fen, so that nothing whole is rounded on."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, case_of, layered, member, rung, value_toml, wage

PER_PERSON = value_toml(
    "amount_rounding", 'value = { mode = "up", step = "1.00", on = "per_person" }'
)
GAP = value_toml("single_person_amount_mode", 'value = "gap"')
SUPPLEMENT = value_toml("category_supplement", 'value = { minor = 50 }\nunit = "元/月"')


@pytest.mark.parametrize(("year", "due"), [("18000", "1500.00"), ("17999.88", "1503.00")])
def test_a_familys_share_that_is_whole_stays_whole(year, due):
    """3000 less 1500 for three is 500.00 each; a fen less of income a month, a yuan more each."""
    case = case_of(
        HEAD,
        member("p2", "spouse"),
        member("p3", "child", "2015-01-01"),
        incomes=[wage(year, per="year")],
    )

    assert str(rung(case, Category.DIBAO, layered(PER_PERSON)).benefit_month) == due


def test_what_comes_on_top_for_one_is_no_fen_for_the_others():
    """Three times 1000, and 50 for the child alone."""
    case = case_of(HEAD, member("p2", "spouse"), member("p3", "child", "2015-01-01"))

    answer = rung(case, Category.DIBAO, layered(PER_PERSON + SUPPLEMENT))

    assert str(answer.benefit_month) == "3050.00"


def test_ones_own_gap_that_is_whole_stays_whole():
    """1000 less 400 and 1000 less 700, and not a yuan more for either."""
    case = case_of(
        HEAD | {"serious_illness": True},
        member("p2", "spouse", serious_illness=True),
        incomes=[wage("400"), wage("1700", "p2")],
    )

    answer = rung(case, Category.SINGLE_PERSON, layered(PER_PERSON + GAP))

    assert str(answer.benefit_month) == "600.00"
