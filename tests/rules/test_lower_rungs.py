"""刚性支出 and 备案 on hundreds of households: outlay, order and the unknown."""

from __future__ import annotations

import copy
from functools import cache
from random import Random

import pytest

from app.domain.households import Category
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.pack import parse_pack
from tests.cases import CITED, ON, data_of, practice, value_toml
from tests.random_cases import random_cases

COUNT = 120
RANK = {"fails": 0, "unknown": 1, "meets": 2}
TESTS = {
    "ratio": "",
    "tianjin": value_toml("rigid_test", 'value = "outlay_over_income"')
    + value_toml("rigid_requires", 'value = "marginal"')
    + value_toml("rigid_basic_living", "value = true"),
    "guangxi": value_toml("rigid_test", 'value = "outlay_or_remainder"')
    + value_toml("rigid_remainder_multiple", 'value = 2\nunit = "倍低保标准"')
    + value_toml("income_window_months", 'value = 6\nunit = "月"'),
}


@cache
def pack(name):
    """The practice county with one of the three tests, and with 备案 up to 1500 a month."""
    head = (
        '[layer]\nid = "lower"\nover = "practice"\ntitle = "试"\nversion = "1"\n'
        "valid_from = 2021-07-01\n"
    )
    watch = f'[[rung]]\nrung = "watchlist"\n{CITED}' + value_toml(
        "watchlist_line", 'value = 1500\nunit = "元/月"'
    )
    text = head + TESTS[name] + watch
    return parse_pack((*practice().files, ("lower/1.toml", text.encode())))


def answer_to(case, name):
    return assess(parse_case(data_of(case)), pack(name), ON)


@pytest.mark.parametrize("name", TESTS)
def test_more_outlay_never_loses_the_rung_of_rigid_outlay(name):
    met = 0
    for case in random_cases(COUNT):
        case["parameters"] = {}
        more = copy.deepcopy(case)
        more["household"].setdefault("expenses", []).append(
            {"member": None, "kind": "medical", "amount": "25000", "per": "year"}
        )
        if "expenses" not in case["household"]:
            case["household"]["expenses"] = []

        before, after = (
            answer_to(one, name).rung(Category.RIGID_EXPENDITURE) for one in (case, more)
        )

        assert RANK[before.outcome] <= RANK[after.outcome], case
        met += after.outcome == "meets"
    assert met


@pytest.mark.parametrize("name", TESTS)
def test_a_fact_left_out_never_decides_a_rung(name):
    pairs = zip(random_cases(COUNT, unknowns=False), random_cases(COUNT), strict=True)
    watched = 0
    for whole, vague in pairs:
        known, unknown = answer_to(whole, name), answer_to(vague, name)

        for one, other in zip(known.rungs, unknown.rungs, strict=True):
            assert other.outcome in {"unknown", one.outcome}, (one.rung, whole["id"])
        watched += known.suggested is Category.WATCHLIST
    assert watched


def test_the_order_of_things_never_matters_to_what_is_pointed_out():
    chance = Random(459901)  # noqa: S311  # not a secret
    for case in random_cases(COUNT):
        shuffled = copy.deepcopy(case)
        for key in ("members", "incomes", "expenses", "assets"):
            chance.shuffle(shuffled["household"].get(key) or [])

        one, other = answer_to(case, "ratio"), answer_to(shuffled, "ratio")

        assert set(one.hints) == set(other.hints)
        assert one.watch_reasons == other.watch_reasons
        assert one.grace is None or one.grace.months == other.grace.months
        assert sorted(map(str, one.working.outlay)) == sorted(map(str, other.working.outlay))


def test_every_hint_and_grace_is_in_words_with_a_basis():
    seen = set()
    for case in random_cases(COUNT):
        answer = answer_to(case, "ratio")

        for hint in answer.hints:
            assert hint.text.endswith("。")
            assert hint.basis
            seen.add(hint.code.value)
        if answer.grace is not None:
            assert answer.grace.text.endswith("。")
            seen.add("grace")
    assert {"grace", "leak", "disability_care", "monitoring_tag"} <= seen
