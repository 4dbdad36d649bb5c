"""Tianjin: 津民发〔2020〕19号 (S4) and the standards around it, each number in an assessment."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Category
from app.domain.problem import Refused
from tests.cases import HEAD, ON, wage
from tests.tianjin import EPIDEMIC, S4, WORKER, answer, household


@pytest.mark.parametrize("area", ["urban", "rural"])
@pytest.mark.parametrize(
    ("on", "standard"),
    [
        (date(2018, 12, 31), "920.00"),
        (date(2019, 3, 31), "920.00"),
        (date(2019, 4, 1), "980.00"),
        (date(2020, 8, 31), "980.00"),
        (date(2020, 9, 1), "1010.00"),
        (date(2025, 8, 31), "1010.00"),
        (date(2025, 9, 1), "1045.00"),
        (ON, "1045.00"),
    ],
)
def test_a_day_has_the_standard_of_that_day_in_town_and_country(area, on, standard):
    case = household(HEAD | {"birth": "1970-01-01"}, area=area, incomes=[wage("100")])

    shown = answer(case, on).to_json()

    assert shown["standard_month"] == standard
    assert shown["benefit_month"] == f"{float(standard) - 100:.2f}"


def test_no_standard_is_known_before_the_first():
    with pytest.raises(Refused) as caught:
        answer(household(HEAD | {"birth": "1970-01-01"}), date(2018, 12, 30))

    assert (caught.value.code, caught.value.field) == ("C-09", "on")


@pytest.mark.parametrize(
    ("on", "paid"),
    [
        (date(2018, 12, 31), "276.00"),
        (date(2019, 4, 1), "294.00"),
        (date(2020, 9, 1), "303.00"),
        (ON, "314.00"),
    ],
)
def test_a_marginal_household_has_its_allowance_of_that_day(on, paid):
    case = household(HEAD | {"birth": "1970-01-01"}, incomes=[wage("1100")])

    marginal = answer(case, on).rung(Category.MARGINAL)

    assert (marginal.outcome, str(marginal.benefit_month)) == ("meets", paid)


@pytest.mark.parametrize(
    ("on", "deducted"),
    [
        (date(2025, 12, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_a_first_job_costs_600_a_month_for_one_year(on, deducted):
    worker = WORKER | {"self_declared_on": "2025-12-01"}
    lines = answer(household(worker, incomes=[wage("1600")]), on).lines

    taken = [line for line in lines if line.item == "first_employment_cost"]
    assert [(line.formula, str(line.amount_year), line.basis) for line in taken] == (
        [("600.00 × 12", "-7200.00", f"{S4} 二(二)")] if deducted else []
    )


def test_a_first_job_nobody_declared_keeps_the_answer_open():
    silent = WORKER | {"self_declared_on": None}

    dibao = answer(household(silent, incomes=[wage("1600")])).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == (
        "unknown", ("household.members[0].self_declared_on",)
    )  # fmt: skip


AWAY = HEAD | {"living": "away_for_work"}


@pytest.mark.parametrize("on", [date(2020, 5, 14), EPIDEMIC, date(2020, 12, 31)])
def test_working_away_cost_500_a_month_in_the_epidemic(on):
    (line,) = [
        line
        for line in answer(household(AWAY, incomes=[wage("1400")]), on).lines
        if line.item == "migrant_work_cost"
    ]

    assert (line.formula, str(line.amount_year), line.basis) == (
        "500.00 × 12", "-6000.00", f"{S4} 二(五)"
    )  # fmt: skip


@pytest.mark.parametrize("on", [date(2021, 1, 1), date(2023, 1, 7)])
def test_until_when_it_did_the_county_must_say(on):
    dibao = answer(household(AWAY, incomes=[wage("1400")]), on).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == ("unknown", ("job_cost_migrant",))


@pytest.mark.parametrize("on", [date(2020, 5, 13), date(2023, 1, 8), ON])
def test_before_the_document_and_after_the_epidemic_nothing_comes_off(on):
    whole = answer(household(AWAY, incomes=[wage("1700")]), on)

    assert [line.item for line in whole.lines] == ["wage"]
    assert whole.rung(Category.DIBAO).outcome == "fails"


def test_whether_600_and_500_come_off_together_the_document_does_not_say():
    begun = {"first_employed_on": "2020-05-20", "self_declared_on": "2020-05-20"}
    both = AWAY | {"first_job": True} | begun

    whole = answer(household(both, incomes=[wage("1700")]), EPIDEMIC)

    assert [line.item for line in whole.lines] == ["wage", "first_employment_cost"]
    assert whole.rung(Category.DIBAO).outcome == "unknown"
    assert "job_cost_stacking" in whole.missing


@pytest.mark.parametrize(
    ("told", "outcome", "missing"),
    [
        ({"back_at_work": True}, "meets", ()),
        ({"back_at_work": False}, "fails", ()),
        ({"back_at_work": None}, "unknown", ("household.members[0].back_at_work",)),
        ({"living": None, "back_at_work": None}, "unknown", (
            "household.members[0].living", "household.members[0].back_at_work",
        )),
        ({"living": None, "back_at_work": True}, "meets", ()),
        ({"living": None, "back_at_work": False}, "unknown", ("household.members[0].living",)),
    ],
)  # fmt: skip
def test_so_did_going_back_to_work_while_living_at_home(told, outcome, missing):
    """S4:L44: 对外出务工、返岗复工的低保对象; 1400 a month less 500 is below 980."""
    dibao = answer(household(HEAD | told, incomes=[wage("1400")]), EPIDEMIC).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == (outcome, missing)


@pytest.mark.parametrize(
    ("told", "outcome", "missing"),
    [
        ({"back_at_work": True}, "unknown", ("job_cost_migrant",)),
        ({"back_at_work": False}, "fails", ()),
        ({"back_at_work": None}, "unknown", ("household.members[0].back_at_work",)),
    ],
)
def test_after_the_plan_the_county_says_that_for_them_too(told, outcome, missing):
    case = household(HEAD | told, incomes=[wage("1400")])

    dibao = answer(case, date(2022, 5, 1)).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == (outcome, missing)


def test_once_the_epidemic_is_over_the_clause_that_says_so_is_named():
    case = household(HEAD | {"back_at_work": True}, incomes=[wage("500")])

    (hint,) = [one for one in answer(case).hints if one.code == "unchecked_source"]

    assert "2022年第7号" in hint.basis
