"""第八条 on its lines: 60 and 70 full years, last year's disposable income a head to the fen."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import Json, case_of, income, member, rung

ELDER = member("p1", "head", "1945-01-01", labour="none")
SON: Json = {"id": "o1", "relation": "son", "status": "normal", "receives": []}
CEILING = {
    "dibao_standard_month": "1000.00",
    "rigid_income_ceiling": {"value": "24000", "unit": "元/年"},
}
"""2000 a month exactly."""
GRAVE: Json = {"disability": {"kind": "hearing", "level": 2}}


def answered(son: Json, *others: Json, **parts: object):
    case = case_of(ELDER, *others, obligors=[SON | son] if son else [], parameters=CEILING, **parts)
    return rung(case, Category.TEKUN)


@pytest.mark.parametrize(("birth", "outcome"), [("1966-03-02", "meets"), ("1966-03-03", "fails")])
def test_on_dibao_nobody_is_bound_from_the_day_of_being_sixty(birth: str, outcome: str):
    assert answered({"birth": birth, "receives": ["dibao"]}).outcome == outcome


@pytest.mark.parametrize(
    ("birth", "outcome", "missing"),
    [("1966-03-02", "unknown", ("household.obligors[0].receives",)), ("1966-03-03", "fails", ())],
)
def test_what_somebody_receives_is_asked_from_sixty(
    birth: str, outcome: str, missing: tuple[str, ...]
):
    answer = answered({"birth": birth, "receives": None, "monthly_income": "0"})

    assert (answer.outcome, answer.missing) == (outcome, missing)


@pytest.mark.parametrize(("birth", "outcome"), [("1956-03-02", "meets"), ("1956-03-03", "fails")])
def test_with_little_nobody_is_bound_from_the_day_of_being_seventy(birth: str, outcome: str):
    assert answered({"birth": birth, "monthly_income": "0"}).outcome == outcome


@pytest.mark.parametrize("of_whom", [{"birth": "1950-01-01"}, {"birth": "1990-01-01"} | GRAVE])
@pytest.mark.parametrize(("pay", "outcome"), [("1999.99", "meets"), ("2000.00", "fails")])
def test_little_is_below_the_ceiling_and_not_the_ceiling_itself(
    of_whom: Json, pay: str, outcome: str
):
    assert answered(of_whom | {"monthly_income": pay}).outcome == outcome


@pytest.mark.parametrize(("rent", "outcome"), [("1999.99", "meets"), ("2000.00", "fails")])
def test_nor_is_it_for_somebody_in_the_household(rent: str, outcome: str):
    child = member("p2", "child", "1985-01-01", **GRAVE)

    assert answered({}, child, incomes=[income("rent", rent, "p2")]).outcome == outcome


@pytest.mark.parametrize(("rent", "outcome"), [("1999.99", "unknown"), ("2000.00", "fails")])
def test_what_may_come_off_decides_only_below_the_ceiling(rent: str, outcome: str):
    """The basic pension may not count; without it the child is exactly on the ceiling, or below."""
    child = member("p2", "child", "1985-01-01", **GRAVE)
    incomes = [income("rent", rent, "p2"), income("resident_pension_basic", "300", "p2")]

    assert answered({}, child, incomes=incomes).outcome == outcome


def test_somebody_of_sixty_of_whom_a_subsidy_is_written_down_is_asked_for_the_rest():
    """Money among the incomes shows one benefit and says nothing of the others."""
    child = member("p2", "child", "1960-01-01", receives=None, **GRAVE)
    paid = income("disability_subsidy", "100", "p2")

    answer = answered({}, child, incomes=[paid, income("rent", "1900", "p2")])
    rich = answered({}, child, incomes=[paid, income("rent", "2000", "p2")])

    assert (answer.outcome, rich.outcome) == ("meets", "fails")
    light = child | {"disability": None}
    asked = answered({}, light, incomes=[paid, income("rent", "1500", "p2")])
    assert asked.missing == ("household.members[1].receives",)
