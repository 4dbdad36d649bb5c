"""A list others were asked for says nothing of whoever was not: the answer stays open."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from app.domain.problem import Refused
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of as written
from app.services.fact_words import to_ask
from tests.cases import (
    HEAD,
    assessed,
    case_of,
    data_of,
    income,
    layered,
    member,
    rung,
    value_toml,
    wage,
)

WIFE = member("p2", "spouse")
P2 = "household.members[1].{}"
RATIO = layered(
    value_toml("rigid_ratio_min", 'value = 0.5\nunit = "占收入的比例"')
    + value_toml("rigid_income_ceiling", 'value = 60000\nunit = "元/年"')
)
ILL = {"member": "p1", "kind": "medical", "per": "year"}


def couple(**parts):
    return case_of(HEAD, WIFE, **parts)


@pytest.mark.parametrize(
    ("unasked", "outcome", "missing"),
    [
        ([], "meets", ()),
        (["p2"], "unknown", (P2.format("incomes"),)),
        ([None], "unknown", ("household.incomes",)),
        (["p2", None], "unknown", (P2.format("incomes"), "household.incomes")),
    ],
)
def test_whoever_was_not_asked_for_income_keeps_dibao_open(unasked, outcome, missing):
    answer = assessed(couple(incomes=[wage("500")], incomes_unasked=unasked))
    dibao = answer.rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == (outcome, missing)
    assert (dibao.benefit_month is None) == bool(unasked)


def test_what_others_earn_may_decide_all_the_same():
    answer = rung(couple(incomes=[wage("2000")], incomes_unasked=["p2"]), Category.DIBAO)

    assert (answer.outcome, answer.missing) == ("fails", ())


def test_what_somebody_who_does_not_count_earns_is_not_asked_for():
    soldier = member("p2", "spouse", status="serving_sentence")
    case = case_of(HEAD, soldier, incomes=[wage("500")], incomes_unasked=["p2"])

    assert rung(case, Category.DIBAO).outcome == "meets"


def test_the_answer_says_who_is_to_be_asked():
    case = couple(incomes=[wage("500")], incomes_unasked=["p2", None], expenses_unasked=["p1"])
    answer = assessed(case, RATIO)

    asks = to_ask(parse_case(data_of(case)), answer.missing)
    assert {"配偶：有哪些收入", "家里有哪些收入", "户主：看病、上学花了多少"} <= {*asks}
    assert "household.members[1].incomes：还没问完这个人有哪些收入，先按已经说了的算。" in (
        answer.warnings
    )


def test_no_wage_is_laid_to_the_charge_of_whoever_was_not_asked():
    """广东 counts a wage for the idle; whether somebody is idle his own income says."""
    pack = layered(
        value_toml("imputed_wage_rule", 'value = "minimum_wage"')
        + value_toml("minimum_wage", 'value = 3000\nunit = "元/月"')
    )
    idle = member("p2", "spouse", excused_from_work=False)

    def ended(**parts):
        return rung(case_of(HEAD, idle, incomes=[wage("900")], **parts), Category.DIBAO, pack)

    assert ended().outcome == "fails"
    assert ended(incomes_unasked=["p2"]).outcome == "unknown"
    assert ended(incomes_unasked=[None]).outcome == "unknown"
    assert ended(incomes_unasked=["p1"]).outcome == "fails"


@pytest.mark.parametrize(
    ("amount", "unasked", "outcome", "missing"),
    [
        ("30000", [], "meets", ()),
        ("30000", ["p2"], "meets", ()),
        ("100", [], "fails", ()),
        ("100", ["p2"], "unknown", (P2.format("expenses"),)),
        (None, ["p2"], "unknown", (P2.format("expenses"),)),
    ],
)
def test_outlay_nobody_asked_about_may_only_help(amount, unasked, outcome, missing):
    expenses = [] if amount is None else [ILL | {"amount": amount}]
    case = couple(incomes=[income("rent", "4000")], expenses=expenses, expenses_unasked=unasked)

    answer = rung(case, Category.RIGID_EXPENDITURE, RATIO)

    assert (answer.outcome, answer.missing) == (outcome, missing)


def test_a_share_of_outlay_is_shown_only_when_everybody_was_asked():
    def held(**parts):
        case = couple(incomes=[income("rent", "4000")], expenses=[ILL | {"amount": "100"}], **parts)
        (line,) = [one for one in assessed(case, RATIO).limits if "刚性支出占" in one.text]
        return line.held

    assert held() is not None
    assert held(expenses_unasked=["p2"]) is None


def test_the_outlay_of_somebody_who_does_not_count_is_not_asked_for():
    away = member("p2", "spouse", status="serving_sentence")
    case = case_of(HEAD, away, incomes=[income("rent", "4000")], expenses_unasked=["p2"])

    assert rung(case, Category.RIGID_EXPENDITURE, RATIO).outcome == "fails"


@pytest.mark.parametrize(("unasked", "outcome"), [([], "fails"), (["p2"], "unknown")])
def test_a_register_waits_for_outlay_nobody_asked_about(unasked, outcome):
    """广东 备案: difficulties, as far as the case file can show them."""
    pack = layered(
        '[[rung]]\nrung = "watchlist"\ndocument = "d"\nclause = "1"\nsource = "s"\n'
        'evidence = "sample"\n' + value_toml("watchlist_line", 'value = 1000\nunit = "元/月"')
    )
    rich = couple(incomes=[income("rent", "9000")], expenses_unasked=unasked)

    assert rung(rich, Category.WATCHLIST, pack).outcome == outcome


@pytest.mark.parametrize(("unasked", "outcome"), [([], "meets"), (["p1"], "unknown")])
def test_a_minor_lives_on_own_work_or_was_not_asked(unasked, outcome):
    """芒市 to eighteen; 民法典 第十八条."""
    pack = layered(value_toml("tekun_minor_age", 'value = 18\nunit = "周岁"'))
    case = case_of(member("p1", "head", "2009-01-01"), incomes_unasked=unasked)

    answer = rung(case, Category.TEKUN, pack)

    assert answer.outcome == outcome
    assert not unasked or "household.members[0].incomes" in answer.missing


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"incomes_unasked": ["p9"]}, "household.incomes_unasked[0]"),
        ({"expenses_unasked": ["p1", "p9"]}, "household.expenses_unasked[1]"),
        ({"incomes": None, "incomes_unasked": ["p1"]}, "household.incomes_unasked"),
        ({"incomes_unasked": [3]}, "household.incomes_unasked[0]"),
        ({"incomes_unasked": "p1"}, "household.incomes_unasked"),
    ],
)
def test_who_is_said_not_to_be_asked_has_to_be_there(asked, path):
    with pytest.raises(Refused) as refused:
        parse_case(data_of(couple(**asked)))

    assert refused.value.what.startswith(f"{path}：")


def test_the_case_file_keeps_who_was_not_asked():
    facts = parse_case(data_of(couple(incomes_unasked=["p2", None], expenses_unasked=[None])))

    assert parse_case(data_of(written(facts))) == facts
