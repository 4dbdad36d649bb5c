"""What holds for every household: sums, order, more income, and the unknown."""

from __future__ import annotations

import copy
import json
import random
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.households import Category, IncomeKind
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of as written
from tests.cases import ON, data_of, practice
from tests.random_cases import facts_told, without

RELATIONS = ("spouse", "child", "parent", "grandchild", "sibling", "other")
some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Enough to find a slip in seconds; a longer run is `--hypothesis-profile`'s to ask for."""

amounts = st.integers(0, 300_000).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")
disabilities = st.none() | st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["visual", "physical", "mental", "intellectual"]),
        "level": st.integers(1, 4),
    }
)


@st.composite
def people(draw, relation: str, who: str):
    """One member about whom everything is known."""
    return {
        "id": who,
        "relation": relation,
        "birth": draw(st.dates(ON.replace(year=1930), ON.replace(year=2024))).isoformat(),
        "hukou": draw(st.sampled_from(["local", "local", "local", "nonlocal"])),
        "living": draw(
            st.sampled_from(["together", "together", "separate", "away_for_work", "institution"])
        ),
        "status": draw(st.sampled_from(["normal", "normal", "normal", "serving_sentence"])),
        "student": draw(st.sampled_from(["none", "compulsory", "undergraduate", "postgraduate"])),
        "labour": draw(st.sampled_from(["able", "partial", "none"])),
        "excused_from_work": draw(st.booleans()),
        "first_job": False,
        "disability": draw(disabilities),
        "serious_illness": draw(st.booleans()),
        "receives": draw(st.sampled_from([[], [], [], ["tekun"]])),
        "self_care": dict.fromkeys(
            ("eat", "dress", "bed", "toilet", "walk", "bath"), draw(st.booleans())
        ),
    }


@st.composite
def cases(draw):
    """A household of one to five, with incomes, outlays and property; nothing unknown."""
    relations = ["head", *draw(st.lists(st.sampled_from(RELATIONS), max_size=4))]
    members = [draw(people(relation, f"p{n}")) for n, relation in enumerate(relations)]
    who = st.sampled_from([None, *(member["id"] for member in members)])
    incomes = st.fixed_dictionaries(
        {
            "member": who,
            "kind": st.sampled_from([kind.value for kind in IncomeKind]),
            "amount": amounts,
            "per": st.sampled_from(["month", "year", "once"]),
        }
    )
    expenses = st.fixed_dictionaries(
        {
            "member": who,
            "kind": st.sampled_from(["medical", "education", "care"]),
            "amount": amounts,
            "per": st.sampled_from(["month", "year", "once"]),
        }
    )
    obligors = st.fixed_dictionaries(
        {
            "id": st.just("son"),
            "relation": st.just("son"),
            "birth": st.dates(ON.replace(year=1945), ON.replace(year=2005)).map(str),
            "monthly_income": amounts,
            "maintenance_month": st.none() | amounts,
            "status": st.sampled_from(["normal", "normal", "serving_sentence", "dead"]),
            "disability": disabilities,
            "receives": st.sampled_from([[], [], ["dibao"]]),
            "within_property_limits": st.booleans(),
        }
    )
    assets = st.fixed_dictionaries(
        {"kind": st.sampled_from(["deposit", "cash", "insurance"]), "amount": amounts}
    ) | st.just({"kind": "house", "count": 1})
    return {
        "format": "xieli-case/1",
        "id": "case",
        "household": {
            "area": draw(st.sampled_from(["urban", "rural"])),
            "members": members,
            "incomes": draw(st.lists(incomes, max_size=5)),
            "expenses": draw(st.lists(expenses, max_size=3)),
            "assets": draw(st.lists(assets, max_size=3)),
            "obligors": draw(st.lists(obligors, max_size=1)),
        },
    }


def answer_to(case):
    return assess(parse_case(data_of(case)), practice(), ON)


@some
@given(cases())
def test_the_lines_sum_to_the_year_and_each_says_why(case):
    answer = answer_to(case).to_json()

    lines = answer["lines"]
    assert sum(Decimal(line["amount_year"]) for line in lines) == Decimal(answer["income_year"])
    assert all(line["basis"] and line["formula"] for line in lines)
    assert all(
        Decimal(line["amount_year"]) == 0 for line in lines if line["treatment"] == "disregarded"
    )


@some
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_items_never_matters(case, rng: random.Random):
    shuffled = copy.deepcopy(case)
    for key in ("incomes", "expenses", "assets"):
        rng.shuffle(shuffled["household"][key])

    one, other = answer_to(case), answer_to(shuffled)

    assert one.rungs == other.rungs
    assert one.income_year == other.income_year
    assert sorted(map(str, one.lines)) == sorted(map(str, other.lines))


@some
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_members_never_matters(case, rng: random.Random):
    shuffled = copy.deepcopy(case)
    rng.shuffle(shuffled["household"]["members"])

    one, other = answer_to(case), answer_to(shuffled)

    assert {a.rung: (a.outcome, set(a.members), a.benefit_month) for a in one.rungs} == {
        a.rung: (a.outcome, set(a.members), a.benefit_month) for a in other.rungs
    }


@some
@given(cases(), amounts, st.sampled_from(["wage", "rent", "farming", "other_transfer"]))
def test_more_income_never_raises_the_dibao_benefit(case, more, kind):
    richer = copy.deepcopy(case)
    richer["household"]["incomes"].append(
        {"member": "p0", "kind": kind, "amount": more, "per": "month"}
    )

    before = answer_to(case).rung(Category.DIBAO)
    after = answer_to(richer).rung(Category.DIBAO)

    assert (after.benefit_month is None) or (
        before.benefit_month is not None and after.benefit_month <= before.benefit_month
    )


@some
@given(cases())
def test_the_benefit_fills_the_gap_and_not_a_yuan_more(case):
    answer = answer_to(case)
    paid = answer.rung(Category.DIBAO).benefit_month
    assume(paid is not None)

    heads = len(answer.counted_members)
    gap = answer.standard_month * heads - answer.per_capita_month * heads
    assert 0 <= paid.fen - gap < 100
    assert paid.fen % 100 == 0


@some
@given(cases(), st.data())
def test_a_fact_left_out_never_turns_into_another_answer(case, data):
    """What fails or is met with a fact unknown is so whatever the fact is: here, as it truly is.

    Any fact at all; one taken as usual (`app.rules.usual`) may turn it, and is then named.
    """
    path = data.draw(st.sampled_from(facts_told(case)))

    known, unknown = answer_to(case), answer_to(without(case, path))

    if path in unknown.assumed:
        assert any(hint.code == "usual" for hint in unknown.hints)
        return
    for one, other in zip(known.rungs, unknown.rungs, strict=True):
        assert other.outcome in {"unknown", one.outcome}, (one.rung, path)
        assert other.benefit_month in {None, one.benefit_month} or other.benefit_open, path


OLD_IN_A_HOME = {
    "format": "xieli-case/1", "id": "home",
    "household": {
        "area": "urban", "incomes": [], "expenses": [], "assets": [], "obligors": [],
        "members": [
            {"id": "p1", "relation": "head", "birth": "1950-01-01", "hukou": "nonlocal",
             "living": "institution", "status": "normal", "student": "none", "labour": "none",
             "excused_from_work": False, "first_job": False, "disability": None,
             "serious_illness": False, "receives": []},
        ],
    },
}  # fmt: skip
CHILD_OF_ONE_IN_CARE = copy.deepcopy(OLD_IN_A_HOME) | {"id": "care"}
CHILD_OF_ONE_IN_CARE["household"]["members"] = [
    OLD_IN_A_HOME["household"]["members"][0]
    | {"birth": "1995-05-03", "hukou": "local", "living": "together", "labour": "able",
       "receives": ["tekun"]},
    OLD_IN_A_HOME["household"]["members"][0]
    | {"id": "p2", "relation": "child", "birth": "2021-05-03", "hukou": "local",
       "living": "together"},
]  # fmt: skip


@pytest.mark.parametrize("case", [OLD_IN_A_HOME, CHILD_OF_ONE_IN_CARE])
def test_nor_does_any_fact_of_those_near_tekun(case):
    known = answer_to(case)

    for path in facts_told(case):
        unknown = answer_to(without(case, path))
        for one, other in zip(known.rungs, unknown.rungs, strict=True):
            is_named = path in unknown.assumed
            assert is_named or other.outcome in {"unknown", one.outcome}, (one.rung, path)


@some
@given(cases())
def test_an_unknown_outcome_says_what_is_missing_or_that_the_pack_has_no_rule(case):
    del case["household"]["assets"]
    del case["household"]["members"][0]["hukou"]

    for one in answer_to(case).rungs:
        if one.outcome == "unknown":
            assert one.missing or one.rung is Category.WATCHLIST
            assert one.reasons
        else:
            assert one.missing == ()


@some
@given(cases())
def test_a_case_written_back_gets_the_same_answer(case):
    facts = parse_case(data_of(case))
    again = parse_case(json.dumps(written(facts)).encode())

    assert assess(again, practice(), ON) == assess(facts, practice(), ON)


@some
@given(cases())
def test_only_what_is_met_is_suggested_and_paid(case):
    answer = answer_to(case)

    met = {one.rung for one in answer.rungs if one.outcome == "meets"}
    assert answer.suggested in met | {None}
    assert (answer.suggested is None) == (not met)
    assert all(one.benefit_month is None for one in answer.rungs if one.rung not in met)
