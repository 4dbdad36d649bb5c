"""备案: for those on no other rung with difficulties, or with income between the lines."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from app.rules.watchlist import WatchReason
from tests.cases import CITED, HEAD, assessed, case_of, income, layered, member, rung, wage

PACK = layered(f'[[rung]]\nrung = "watchlist"\n{CITED}')
PARAMETERS = {
    "dibao_standard_month": "1000.00",
    "marginal_multiple": "1.5",
    "rigid_income_ceiling": {"value": "36000", "unit": "元/年"},
}
LINE = PARAMETERS | {"watchlist_line": {"value": "2000", "unit": "元/月"}}


def answered(*members, pay="1800", parameters=PARAMETERS, pack=PACK, **parts):
    case = case_of(*members, incomes=[wage(pay)], parameters=parameters, **parts)
    return rung(case, Category.WATCHLIST, pack)


def test_nationally_there_is_no_such_rule_and_the_rung_says_so_without_latin():
    answer = rung(case_of(parameters=PARAMETERS), Category.WATCHLIST)

    assert (answer.outcome, answer.missing) == ("unknown", ("rung.watchlist",))
    assert "没有带“备案”" in answer.reasons[0].text
    assert "national" not in answer.reasons[0].basis


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, "fails"),
        ({"serious_illness": True}, "meets"),
        ({"disability": {"kind": "physical", "level": 4}}, "meets"),
        ({"monitored": True}, "meets"),
        ({"monitored": None}, "unknown"),
        ({"monitored": None, "serious_illness": True}, "meets"),
    ],
)
def test_difficulties_are_what_the_case_file_shows(facts, outcome):
    """1800 is over the marginal line, so that 单人保 has no family to stand on."""
    assert answered(HEAD | facts).outcome == outcome


def test_outlay_is_a_difficulty_of_its_own():
    spent = [{"member": "p1", "kind": "medical", "amount": "1", "per": "year"}]

    assert answered(expenses=spent).outcome == "meets"
    assert answered(expenses=[spent[0] | {"amount": "0"}]).outcome == "fails"


def test_what_nobody_asked_about_is_asked_for():
    answer = answered(HEAD | {"monitored": None})

    assert (answer.outcome, answer.missing) == ("unknown", ("household.members[0].monitored",))


@pytest.mark.parametrize(
    ("pay", "outcome"),
    [("1500", "meets"), ("1999.99", "meets"), ("2000", "fails"), ("2500", "fails")],
)
def test_income_between_the_lines_is_registered(pay, outcome):
    assert answered(pay=pay, parameters=LINE).outcome == outcome


@pytest.mark.parametrize("pay", ["500", "1200"])
def test_whoever_is_on_another_rung_is_not_registered(pay):
    answer = answered(HEAD | {"monitored": True}, pay=pay, parameters=LINE)

    assert answer.outcome == "fails"
    assert "不用备案" in answer.reasons[0].text


def test_property_over_the_limit_below_the_standard_is_a_difficulty_and_not_between_the_lines():
    rich = {"assets": [{"kind": "deposit", "amount": "90000"}]}

    poor = answered(pay="500", parameters=LINE, **rich)
    ill = answered(HEAD | {"monitored": True}, pay="500", parameters=LINE, **rich)

    assert poor.outcome == "fails"
    assert ill.outcome == "meets"


def test_while_another_rung_is_open_so_is_this_one():
    spent = [{"member": "p1", "kind": "medical", "amount": "20000", "per": "year"}]
    answer = answered(expenses=spent, parameters={"dibao_standard_month": "1000.00"})

    assert (answer.outcome, answer.missing) == ("unknown", ("rigid_income_ceiling",))


def test_a_line_left_to_the_county_is_asked_for_where_nothing_else_decides():
    pack = layered(
        f'[[rung]]\nrung = "watchlist"\n{CITED}'
        f'[[value]]\nname = "watchlist_line"\ncounty_must_supply = true\nunit = "元/月"\n{CITED}'
    )

    quiet = answered(pack=pack)
    ill = answered(HEAD | {"monitored": True}, pack=pack)

    assert (quiet.outcome, quiet.missing) == ("unknown", ("watchlist_line",))
    assert ill.outcome == "meets"


def test_the_register_gets_its_reasons_as_codes():
    case = case_of(HEAD | {"monitored": True}, incomes=[wage("1800")], parameters=LINE)

    answer = assessed(case, PACK)

    assert answer.suggested is Category.WATCHLIST
    assert answer.watch_reasons == (WatchReason.BETWEEN_LINES, WatchReason.DIFFICULTIES)
    assert answer.to_json()["watch_reasons"] == ["between_lines", "difficulties"]
    assert len(answer.rung(Category.WATCHLIST).reasons) == 2


def test_one_reason_alone_is_told_alone():
    monitored = case_of(HEAD | {"monitored": True}, incomes=[wage("2500")], parameters=LINE)

    assert assessed(monitored, PACK).watch_reasons == (WatchReason.DIFFICULTIES,)


def test_nobody_on_a_rung_has_reasons_for_the_register():
    case = case_of(HEAD | {"monitored": True}, incomes=[wage("500")], parameters=LINE)

    assert assessed(case, PACK).watch_reasons == ()


def test_it_is_suggested_after_everything_else():
    carer = member("p2", "spouse", serious_illness=True)
    case = case_of(HEAD, carer, incomes=[wage("2400")], parameters=LINE)

    assert assessed(case, PACK).suggested is not Category.WATCHLIST


def test_outlay_nobody_asked_about_is_asked_for():
    answer = answered(expenses=None)

    assert answer.outcome == "unknown"
    assert "household.expenses" in answer.missing


def test_a_doubt_about_income_keeps_the_line_open():
    case = case_of(incomes=[wage("1800"), income("resident_pension_basic", "500")], parameters=LINE)

    answer = rung(case, Category.WATCHLIST, PACK)

    assert answer.outcome == "unknown"
    assert "basic_pension_excluded_until" in answer.missing
