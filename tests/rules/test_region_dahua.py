"""Dahua: the pilot of 2024 (S3); its standard and classes are the county's to give."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.domain.households import Area, Category
from app.domain.problem import Refused
from app.rules import Assessment
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from app.rules.values import Period
from tests.cases import HEAD, ON, Json, assessed, case_of, income, member, region, wage

S3 = "大化瑶族自治县《衔接并轨试点工作实施方案》（2024年）"
STANDARD = {"dibao_standard_month": "500.00"}


def answer(case: Json, on: date = ON) -> Assessment:
    return assessed(case, region("dahua"), on)


def household(*members: Json, **parts: object) -> Json:
    return case_of(*members, **({"area": "rural", "parameters": STANDARD} | parts))


def found(name: str, on: date = ON) -> object:
    said = terms_of(region("dahua"), on).find(CATALOGUE[name], Area.RURAL)
    return None if said is None else said.value


@pytest.mark.parametrize("area", ["urban", "rural"])
def test_no_source_gives_the_standard(area):
    dibao = answer(household(area=area, parameters={})).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == ("unknown", ("dibao_standard",))


def test_the_pilot_begins_on_28_june_2024():
    assert answer(household(), date(2024, 6, 28)).rung(Category.DIBAO).outcome == "meets"
    with pytest.raises(Refused):
        answer(household(), date(2024, 6, 27))


@pytest.mark.parametrize(
    ("person", "counts", "ask"),
    [
        (member("p2", "child", student="postgraduate"), True, "没有收入来源"),
        (member("p2", "child", student="undergraduate", birth="2005-01-01"), True, ""),
        (member("p2", "parent", birth="1950-01-01"), True, ""),
        (member("p2", "child", living="away_for_work"), True, "没有分家"),
        (member("p2", "sibling", living="shares_budget"), True, ""),
        (member("p2", "child", living="separate"), False, ""),
        (member("p2", "child", living="separate", monitored=True), True, ""),
        (member("p2", "child", living="away_for_work", status="serving_sentence"), False, ""),
        (member("p2", "parent", status="dead"), False, ""),
    ],
)
def test_the_family_is_who_lives_together_or_shares_a_purse(person, counts, ask):
    whole = answer(household(HEAD, person))

    assert ("p2" in whole.counted_members) is counts
    asked = [text for text in whole.warnings if "请核对" in text]
    assert [ask in text for text in asked] == ([True] if ask else [])


@pytest.mark.parametrize(
    ("incomes", "counts"),
    [
        ([], True),
        ([income("wage", "1200", "p1")], True),
        ([income("wage", "0", "p2")], True),
        ([income("temporary_relief", "1200", "p2")], True),
        ([income("wage", "0.01", "p2")], False),
    ],
)
def test_a_graduate_student_with_income_of_his_own_does_not_count(incomes, counts):
    """靠家庭供养且无收入来源 (S3:L12); where nobody told of any, somebody is to look."""
    whole = answer(household(HEAD, member("p2", "child", student="postgraduate"), incomes=incomes))

    assert ("p2" in whole.counted_members) is counts
    assert any("没有收入来源" in text for text in whole.warnings) is counts


def test_the_graduate_student_is_left_out_elsewhere():
    case = household(HEAD, member("p2", "child", student="postgraduate"))

    assert assessed(case).counted_members == ("p1",)


def test_whether_somebody_apart_is_monitored_keeps_the_answer_open():
    apart = {key: value for key, value in member("p2", "child", living="separate").items()
             if key != "monitored"}  # fmt: skip

    dibao = answer(household(HEAD, apart)).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == ("unknown", ("household.members[1].monitored",))


@pytest.mark.parametrize(
    ("rent", "medical", "outcome"),
    [
        # 1000 a month: 12000 a year; twice the standard a year is 12000
        ("1000", "0.01", "meets"),
        ("1600", "7199.99", "fails"),
        ("1600", "7200.00", "fails"),
        ("1600", "7200.01", "meets"),
        ("1600", "19200.01", "meets"),
    ],
)
def test_outlay_over_income_or_less_than_two_standards_left(rent, medical, outcome):
    case = household(
        parameters=STANDARD | {"rigid_income_ceiling": {"value": "30000", "unit": "元/年"}},
        incomes=[income("rent", rent)],
        expenses=[{"member": "p1", "kind": "medical", "amount": medical, "per": "year"}],
    )

    assert answer(case).rung(Category.RIGID_EXPENDITURE).outcome == outcome


def test_a_fen_too_much_is_said_to_the_fen():
    case = household(
        parameters=STANDARD | {"rigid_income_ceiling": {"value": "30000", "unit": "元/年"}},
        incomes=[income("rent", "1600")],
        expenses=[{"member": "p1", "kind": "medical", "amount": "7199.99", "per": "year"}],
    )

    reasons = answer(case).rung(Category.RIGID_EXPENDITURE).reasons

    assert reasons[-1].text == (
        "收入 19200.00 元扣掉刚性支出 7199.99 元，一年还剩 12000.01 元，"
        "不低于全家 1 人 2 倍低保标准 12000.00 元。"
    )


@pytest.mark.parametrize(
    ("incomes", "level", "outcome"),
    [
        ([], 2, "meets"),
        ([], 3, "fails"),
        ([wage("1", "p2")], 2, "fails"),
        ([income("rent", "499.99", "p2")], 2, "meets"),
        ([income("rent", "500", "p2")], 2, "fails"),
    ],
)
def test_a_jobless_gravely_disabled_adult_is_looked_at_alone(incomes, level, outcome):
    """柳江 (GX-LJ): own income and property only; Dahua's own rule was not found."""
    adult = member("p2", "child", labour="none", disability={"kind": "physical", "level": level})
    case = household(HEAD, adult, incomes=[income("rent", "9000"), *incomes])

    whole = answer(case)

    assert whole.rung(Category.SINGLE_PERSON).outcome == outcome
    asked = [text for text in whole.warnings if "柳江" in text]
    assert asked == (["household.members[1]：" + asked[0].partition("：")[2]] if asked else [])
    assert bool(asked) is (outcome == "meets")


def test_what_a_family_owns_beyond_the_limits_is_put_before_a_person():
    adult = member("p2", "child", labour="none", disability={"kind": "physical", "level": 1})
    limits = STANDARD | {"nonresidential_rule": "refuse"}
    rich = household(
        HEAD, adult, incomes=[income("rent", "9000")], parameters=limits,
        assets=[{"kind": "nonresidential", "count": 1}],
    )  # fmt: skip

    single = answer(rich).rung(Category.SINGLE_PERSON)

    assert (single.outcome, single.missing) == ("unknown", ("household.assets",))
    assert "本人名下" in single.reasons[-1].text


def test_the_amount_waits_for_the_classes():
    whole = answer(household(incomes=[wage("100")]))

    dibao = whole.rung(Category.DIBAO)
    assert (dibao.outcome, dibao.benefit_month) == ("meets", None)
    assert "tier_amounts" in whole.missing


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accept_clock_workdays", 15),
        ("accept_clock_extended_workdays", None),
        ("acceptance_level", "village_by_delegation"),
        ("confirm_authority", None),
        ("check_before_acceptance", True),
        (
            "visit_period_by_tier",
            {"low_income": Period(1, "month"), "high_risk": Period(1, "week")},
        ),
        ("home_visit_period", "monthly"),
        ("full_sweep_per_year", 1),
        ("townships", 16),
        ("benefit_conflict_rule", "higher"),
        ("monitoring_tag_retained", True),
        ("rigid_test", "outlay_or_remainder"),
        ("rigid_remainder_multiple", Fraction(2)),
        ("paperwork_due_workdays", None),
        ("exit_suspended", False),
        ("tekun_minor_age", 16),
    ],
)
def test_what_the_pilot_sets_and_what_it_leaves_open(name, value):
    assert found(name) == value


def test_a_month_with_calls_only_is_a_month_without_a_visit():
    channels = found("visit_channels_allowed")

    assert channels == ("home",)
    assert not {"phone", "video", "wechat"} & set(channels)


def test_the_tag_of_a_monitored_household_stays_beside_its_category():
    whole = answer(household(HEAD | {"monitored": True}))

    assert whole.suggested is Category.DIBAO
    assert [hint.code.value for hint in whole.hints if hint.code.value == "monitoring_tag"]
