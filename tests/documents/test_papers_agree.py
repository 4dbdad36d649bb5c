"""F01, F03, F05 and F11 of one test say the same of what comes in and of who is bound to pay."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.forms import f01_sums, f03_content, f05_reading, f11_content
from app.documents.forms.heads import HEADS
from app.domain.households import Category, IncomeKind
from app.domain.money import Money
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.layers import Treatment
from tests import tested
from tests.cases import data_of, practice

YOURS = {kind: name for name, kinds in f03_content.INCOMES.items() for kind in kinds}
_yuan = st.integers(0, 3000).map(lambda yuan: f"{yuan}.00")
_incomes = st.fixed_dictionaries(
    {
        "member": st.sampled_from([None, "p1", "p2", "p3"]),
        "kind": st.sampled_from([kind.value for kind in IncomeKind]),
        "amount": _yuan,
        "per": st.sampled_from(["month", "year", "once"]),
    }
)
_obligors = st.fixed_dictionaries(
    {"relation": st.just("son"), "birth": st.just("1988-01-01")},
    optional={
        "maintenance_month": _yuan,
        "status": st.sampled_from(["normal", "dead", "serving_sentence"]),
    },
)


def record_of(**household):
    case = tested.FACTS | {"household": tested.FACTS["household"] | household}
    answer = assess(parse_case(data_of(case)), practice(), tested.ON).to_json()
    return tested.record(answer=answer, facts=case)


def declared(record):
    said = f03_content.content_of(tested.application(), tested.family(), unit="", assessment=record)
    return {one.name: one for one in (*said.incomes, said.land)}


def source_of(item):
    """The line of F03 an item of the test belongs to."""
    if item == IncomeKind.LAND_TRANSFER.value:
        return f03_content.LAND
    return YOURS.get(IncomeKind(item), f03_content.ELSE)


@settings(max_examples=60, deadline=None)
@given(
    incomes=st.lists(_incomes, max_size=4),
    obligors=st.lists(_obligors, max_size=3),
)
def test_the_papers_agree_on_every_head(incomes, obligors):
    bound = [one | {"id": f"o{n}"} for n, one in enumerate(obligors)]
    record = record_of(incomes=incomes, obligors=bound)

    on_f01, on_f03 = f01_sums.sums_of(record), declared(record)
    on_f05 = f05_reading.content_of(record, tested.family(), unit="").members[-1]
    heads = dict(zip(HEADS, on_f05.heads, strict=True))

    counted: dict[str, int] = {}
    for line in json.loads(record.answer)["lines"]:
        if line["treatment"] == Treatment.COUNTED.value and line["item"] in set(IncomeKind):
            fen = Money.parse(line["amount_year"]).fen
            counted[source_of(line["item"])] = counted.get(source_of(line["item"]), 0) + fen
    for name, one in on_f03.items():
        assert one.has is not False or not counted.get(name)
        assert one.has is True or not counted.get(name)
        assert not one.said or Money.parse(one.said.replace(",", "")).fen >= counted.get(name, 0)
    paid = on_f03[f03_content.PAID]
    assert heads["maintenance"] == on_f01.maintenance
    assert (paid.said or "0.00") == on_f01.maintenance.grouped()
    assert heads["wages"] == on_f01.wages
    assert heads["transfers"] == on_f01.transfers


def test_what_a_son_outside_pays_is_declared_and_never_ticked_none():
    son = {"id": "o1", "relation": "son", "birth": "1988-01-01", "maintenance_month": "200.00"}

    paid = declared(record_of(incomes=[], obligors=[son]))[f03_content.PAID]

    assert (paid.has, paid.said) == (True, "2,400.00")


@pytest.mark.parametrize(
    ("obligors", "has"),
    [
        ([], False),
        ([{"id": "o1", "relation": "son", "maintenance_month": "0.00"}], False),
        ([{"id": "o1", "relation": "son"}], None),
        ([{"id": "o1", "relation": "son", "maintenance_month": "9.00", "status": "dead"}], False),
    ],
)
def test_maintenance_is_none_only_where_everybody_living_was_asked(obligors, has):
    assert declared(record_of(incomes=[], obligors=obligors))[f03_content.PAID].has is has


def test_a_single_sum_of_the_year_before_is_not_of_this_year():
    old, new = ({"member": None, "kind": "charity", "amount": "900.00", "per": "once",
                 "received_on": day} for day in ("2025-03-02", "2025-03-03"))  # fmt: skip

    assert declared(record_of(incomes=[old, new]))[f03_content.ELSE].said == "900.00"


def of_eight(obligor, answer=None):
    """The reason F11 gives for one obligor, by the facts the test kept."""
    told = {"id": "o1", "relation": "daughter"} | obligor
    facts = {"household": tested.FACTS["household"] | {"obligors": [told]}}
    record = tested.record(answer=answer, facts=facts)
    content = f11_content.content_of(
        tested.application(Category.TEKUN), tested.family(), unit="", assessment=record
    )
    return content.obligors[0].reason


CEILING = {"limits": [{"text": "上年度当地人均可支配收入", "limit": "2500.00"}]}
GRAVE = {"birth": "1980-01-01", "disability": {"kind": "mental", "level": 3}}


@pytest.mark.parametrize(
    ("obligor", "answer", "reason"),
    [
        ({"receives": ["tekun"], "birth": "1956-01-01"}, None, "1"),
        ({"receives": ["dibao"], "birth": "1960-01-01"}, None, "2"),
        ({"receives": ["dibao"], "birth": "1980-01-01"}, None, ""),
        ({"receives": ["dibao"]}, None, ""),
        ({"birth": "1950-01-01", "monthly_income": "2499.99"}, CEILING, "3"),
        ({"birth": "1950-01-01", "monthly_income": "2500.00"}, CEILING, ""),
        ({"birth": "1950-01-01", "monthly_income": "300.00"}, None, ""),
        ({"birth": "1950-01-01", "monthly_income": "0.00"}, None, "3"),
        ({"birth": "1950-01-01"}, CEILING, ""),
        (
            {"birth": "1950-01-01", "monthly_income": "1.00", "within_property_limits": False},
            CEILING,
            "",
        ),
        (GRAVE | {"monthly_income": "0.00"}, None, "4"),
        (GRAVE | {"monthly_income": "900.00"}, None, ""),
        (GRAVE | {"monthly_income": "900.00"}, CEILING, "4"),
        (
            {"disability": {"kind": "hearing", "level": 2}, "monthly_income": "0.00"},
            None,
            "4",
        ),
        (
            {"disability": {"kind": "hearing", "level": 3}, "monthly_income": "0.00"},
            None,
            "",
        ),
        ({"status": "serving_sentence"}, None, "5"),
        ({"status": "serving_sentence", "within_property_limits": False}, None, ""),
    ],
)
def test_the_reason_an_obligor_is_unable_stands_where_the_facts_settle_it(obligor, answer, reason):
    assert of_eight(obligor, answer) == reason
