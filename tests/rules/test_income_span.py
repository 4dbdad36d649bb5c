"""What an income told over some months says about others: never more than was told."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.problem import Refused
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of as written
from app.rules.facts import Income
from app.rules.income_span import year_of
from tests.cases import ON, assessed, case_of, data_of, wage


def told(per: Per = Per.MONTH, **facts: object) -> Income:
    return Income(member=None, kind=IncomeKind.WAGE, amount=Money.yuan(100), per=per, **facts)


HALF_AND_YEAR = ((6, 3), (12, 8))


@pytest.mark.parametrize(
    ("facts", "window", "usual", "months", "more"),
    [
        ({}, 12, 12, 12, 0),
        ({"months": 3}, 12, 12, 3, 0),
        # all the year round: every window is full
        ({}, 6, 6, 6, 0),
        ({}, 12, 6, 12, 0),
        # of the usual six months: nobody told of the other six
        ({"months": 3}, 6, 6, 3, 0),
        ({"months": 3}, 12, 6, 3, None),
        ({"months": 6}, 12, 6, 6, None),
        # more than six can only be of the year: between two and six of them are the last ones
        ({"months": 8}, 12, 6, 8, 0),
        ({"months": 8}, 6, 6, 2, 4),
        # told for each window
        ({"months_in": HALF_AND_YEAR}, 6, 6, 3, 0),
        ({"months_in": HALF_AND_YEAR}, 12, 6, 8, 0),
        ({"months_in": HALF_AND_YEAR}, 4, 6, 1, 2),
        ({"months_in": ((12, 5),)}, 6, 6, 0, 5),
        ({"months_in": ((6, 3),)}, 12, 12, 3, None),
    ],
)
def test_months_count_in_the_window_they_were_told_of(facts, window, usual, months, more):
    year = year_of(told(**facts), window, usual, ON)

    scale = 12 // window
    assert year.fen == 10_000 * months * scale
    assert year.more == (None if more is None else 10_000 * more * scale)
    assert year.formula.endswith("（至少）") is (more != 0)
    assert year.months == months * scale


def test_of_nothing_nothing_is_open():
    nought = Income(
        member=None, kind=IncomeKind.WAGE, amount=Money(0), per=Per.MONTH, months_in=((6, 0),)
    )

    assert year_of(nought, 12, 12, ON).more == 0


@pytest.mark.parametrize(
    ("day", "window", "fen", "more"),
    [
        (None, 12, 10_000, 0),
        (None, 6, 0, 20_000),
        (date(2025, 9, 3), 6, 20_000, 0),
        (date(2025, 9, 2), 6, 0, 0),
        (date(2025, 9, 1), 6, 0, 0),
        (date(2025, 9, 1), 12, 10_000, 0),
        (date(2025, 3, 3), 12, 10_000, 0),
        (date(2025, 3, 2), 12, 0, 0),
    ],
)
def test_a_single_sum_lies_in_a_window_or_it_does_not(day, window, fen, more):
    year = year_of(told(Per.ONCE, received_on=day), window, window, ON)

    assert (year.fen, year.more) == (fen, more)


def test_a_sum_of_every_year_lies_in_a_year_once():
    days = (date(2025, ON.month, ON.day), ON)

    assert [year_of(told(Per.ONCE, received_on=day), 12, 12, ON).fen for day in days] == [0, 10_000]


def test_a_years_sum_is_a_years_sum_in_every_window():
    assert year_of(told(Per.YEAR), 6, 6, ON).fen == 10_000


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"months_in": {"6": 3}, "months": 3}, "months"),
        ({"months_in": {"6": 3}, "per": "year"}, "months_in"),
        ({"months_in": {}}, "months_in"),
        ({"months_in": {"13": 1}}, "months_in.13"),
        ({"months_in": {"6": 7}}, "months_in.6"),
        ({"months_in": {"6": 3, "12": 2}}, "months_in.12"),
        ({"months_in": {"6": 3, "12": 10}}, "months_in.12"),
        ({"received_on": "2026-01-01"}, "received_on"),
    ],
)
def test_counts_that_cannot_go_together_are_refused_by_name(parts, field):
    with pytest.raises(Refused) as caught:
        parse_case(data_of(case_of(incomes=[wage("100", **parts)])))

    assert caught.value.field == f"household.incomes[0].{field}"


def test_a_sum_received_after_the_day_of_the_case_is_refused():
    case = case_of(incomes=[wage("1", per="once", received_on="2026-03-03")])

    with pytest.raises(Refused) as caught:
        assessed(case)

    assert (caught.value.code, caught.value.field) == ("C-06", "household.incomes[0].received_on")


def test_what_was_told_is_written_back():
    case = case_of(
        incomes=[
            wage("100", months_in={"12": 8, "6": 3}),
            wage("50", per="once", received_on="2026-01-05"),
        ]
    )

    facts = parse_case(data_of(case))

    assert facts.household.incomes[0].months_in == HALF_AND_YEAR
    assert facts.household.incomes[0].months == 8
    assert parse_case(data_of(written(facts))) == facts


SIX = {"dibao_standard_month": "1000.00", "income_window_months": 6}


def test_a_single_sum_of_no_known_day_keeps_the_answer_open_where_it_would_decide():
    case = case_of(
        parameters=SIX, incomes=[wage("900"), wage("700", per="once"), wage("5", per="once")]
    )

    whole = assessed(case)

    dibao = whole.rung(Category.DIBAO)
    assert dibao.outcome == "unknown"
    assert dibao.missing == (
        "household.incomes[1].received_on", "household.incomes[2].received_on",
    )  # fmt: skip
    assert "哪天收到的没填" in whole.lines[1].formula
    assert any("哪天收到的" in text for text in whole.warnings)


def test_where_it_would_not_decide_the_answer_stands_and_the_amount_waits():
    case = case_of(parameters=SIX, incomes=[wage("100"), wage("60", per="once")])

    dibao = assessed(case).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.benefit_month) == ("meets", None)
    assert "household.incomes[1].received_on" in dibao.benefit_missing


def test_what_is_disregarded_is_not_asked_about():
    gift = {"member": "p1", "kind": "charity", "amount": "9000", "per": "once"}

    assert assessed(case_of(parameters=SIX, incomes=[gift])).warnings == ()


def test_no_month_of_the_half_year_and_some_of_the_year_may_be_told():
    case = data_of(case_of(incomes=[wage("100", months_in={"6": 0, "12": 3})]))

    (told_of,) = parse_case(case).household.incomes

    assert (told_of.months_in, told_of.months) == (((6, 0), (12, 3)), 3)
