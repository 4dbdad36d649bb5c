"""Property: money against months of the urban standard, things by the pack's rules."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, case_of, layered, member, rung, value_toml


def outcome(assets, pack=None, **parts):
    answer = rung(case_of(assets=assets, **parts), Category.DIBAO, pack)
    return answer.outcome, answer.missing


@pytest.mark.parametrize(("amount", "ended"), [("24000.00", "meets"), ("24000.01", "fails")])
def test_money_may_reach_twenty_four_months_of_the_urban_standard_a_head(amount, ended):
    assert outcome([{"kind": "deposit", "amount": amount}])[0] == ended


@pytest.mark.parametrize("kind", ["cash", "deposit", "security", "fund", "insurance"])
def test_every_kind_of_money_is_added_up(kind):
    assets = [{"kind": "cash", "amount": "20000"}, {"kind": kind, "amount": "5000"}]

    assert outcome(assets)[0] == "fails"


def test_the_limit_grows_with_those_who_count():
    case = case_of(HEAD, member("p2", "spouse"), assets=[{"kind": "cash", "amount": "48000"}])

    assert rung(case, Category.DIBAO).outcome == "meets"


def test_a_rural_household_is_held_to_the_urban_standard():
    parameters = {
        "dibao_standard": {"value": "500", "unit": "元/月", "area": "rural"},
    }
    urban = layered(value_toml("dibao_standard", 'area = "urban"\nvalue = 1000\nunit = "元/月"'))
    assets = [{"kind": "deposit", "amount": "24000"}]

    assert outcome(assets, urban, area="rural", parameters=parameters)[0] == "meets"


def test_without_an_urban_standard_only_what_keeps_within_the_rural_one_is_sure():
    little = [{"kind": "deposit", "amount": "24000"}]
    more = [{"kind": "deposit", "amount": "24001"}]

    assert outcome(little, area="rural")[0] == "meets"
    assert outcome(more, area="rural") == ("unknown", ("dibao_standard",))


def test_money_nobody_counted_is_asked_for():
    assert outcome([{"kind": "insurance"}]) == ("unknown", ("household.assets",))


def test_money_over_the_limit_decides_though_some_is_not_counted():
    assert outcome([{"kind": "insurance"}, {"kind": "cash", "amount": "90000"}])[0] == "fails"


def test_assets_nobody_asked_about_are_asked_for():
    assert outcome(None) == ("unknown", ("household.assets",))


@pytest.mark.parametrize(
    ("parameter", "kind"),
    [
        ("vehicle_rule", "vehicle"),
        ("nonresidential_rule", "nonresidential"),
        ("business_registration_rule", "business"),
    ],
)
@pytest.mark.parametrize(
    ("rule", "ended"), [("review", "unknown"), ("refuse", "fails"), ("ignore", "meets")]
)
def test_things_are_put_before_a_person_refused_or_ignored(parameter, kind, rule, ended):
    pack = layered(value_toml(parameter, f'value = "{rule}"'))

    assert outcome([{"kind": kind, "count": 1}], pack)[0] == ended
    assert outcome([{"kind": kind, "amount": "1"}], pack)[0] == ended
    assert outcome([{"kind": kind, "count": 0}], pack)[0] == "meets"


@pytest.mark.parametrize(
    ("parameter", "kind"),
    [
        ("vehicle_rule", "vehicle"),
        ("nonresidential_rule", "nonresidential"),
        ("business_registration_rule", "business"),
    ],
)
@pytest.mark.parametrize(
    ("rule", "ended"),
    [
        ("review", ("unknown", ("household.assets",))),
        ("refuse", ("unknown", ("household.assets",))),
        ("ignore", ("meets", ())),
    ],
)
def test_a_thing_listed_without_a_number_may_be_there_or_not(parameter, kind, rule, ended):
    """A page half filled in says nothing for or against the family."""
    pack = layered(value_toml(parameter, f'value = "{rule}"'))

    assert outcome([{"kind": kind}], pack) == ended
    assert outcome([{"kind": kind, "count": 0}, {"kind": kind}], pack) == ended


@pytest.mark.parametrize("there", [{"count": 1}, {"amount": "9"}])
@pytest.mark.parametrize("turned_round", [False, True])
def test_one_that_is_there_says_more_than_one_nobody_was_asked_about(there, turned_round):
    assets = [{"kind": "vehicle"}, {"kind": "vehicle"} | there]
    pack = layered(value_toml("vehicle_rule", 'value = "refuse"'))

    assert outcome(assets[::-1] if turned_round else assets, pack)[0] == "fails"


@pytest.mark.parametrize(
    ("parameter", "unit", "kind"),
    [
        ("vehicle_rule", "", "vehicle"),
        ("house_max", "套", "house"),
        ("house_over_rule", "", "house"),
        ("monetary_asset_cap", "个月城镇低保标准/人", "cash"),
    ],
)
def test_a_limit_left_to_the_county_is_asked_for(parameter, unit, kind):
    stated = f'unit = "{unit}"' if unit else ""
    pack = layered(value_toml(parameter, f"county_must_supply = true\n{stated}"))

    assert outcome([{"kind": kind, "count": 1, "amount": "1"}], pack) == ("unknown", (parameter,))


@pytest.mark.parametrize(
    ("count", "rule", "ended"),
    [
        (1, "refuse", "meets"),
        (2, "refuse", "fails"),
        (1, "review", "meets"),
        (2, "review", "unknown"),
        (None, "refuse", "unknown"),
    ],
)
def test_houses_beyond_one_are_refused_or_looked_at(count, rule, ended):
    pack = layered(value_toml("house_over_rule", f'value = "{rule}"'))

    assert outcome([{"kind": "house", "count": count}], pack)[0] == ended


@pytest.mark.parametrize("kind", ["farm_machine", "other"])
def test_other_things_decide_nothing(kind):
    assert outcome([{"kind": kind, "count": 3}])[0] == "meets"


def test_without_any_standard_money_cannot_be_judged():
    answer = rung(case_of(parameters={}, assets=[{"kind": "cash", "amount": "1"}]), Category.DIBAO)

    assert answer.outcome == "unknown"
    assert answer.missing == ("dibao_standard",)


CAPITAL = layered(value_toml("business_registration_rule", 'value = "capital"'))


@pytest.mark.parametrize(
    ("business", "ended"),
    [
        ({"amount": "4000"}, "meets"),
        ({"amount": "4000.01"}, "fails"),
        ({"count": 1}, "unknown"),
        ({}, "unknown"),
        ({"count": 0}, "meets"),
    ],
)
def test_where_the_pack_says_so_a_businesss_capital_is_money(business, ended):
    """天津: 注册资金计入货币财产."""
    assets = [{"kind": "cash", "amount": "20000"}, {"kind": "business"} | business]

    assert outcome(assets, CAPITAL)[0] == ended
