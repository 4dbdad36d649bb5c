"""What 特困 pays: basic living by area and place, care by what a person can still do alone."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import assessed, case_of, layered, member, rung, value_toml

ACTS = ("eat", "dress", "bed", "toilet", "walk", "bath")
YUAN = 'unit = "元/月"'
ELDER = member("p1", "head", "1955-01-01", labour="none")
STANDARD = value_toml(
    "tekun_standard", f"value = {{ dispersed = 1530, concentrated = 1870 }}\n{YUAN}"
)
CARE = value_toml(
    "tekun_care_allowance",
    f"value = {{ full_self_care = 57, semi_care = 100, full_care = 171 }}\n{YUAN}",
)


def able_to(count):
    """Self-care of somebody who can do this many of the six acts."""
    return {act: n < count for n, act in enumerate(ACTS)}


def paid(*people, toml=STANDARD + CARE):
    return rung(case_of(*people), Category.TEKUN, layered(toml))


@pytest.mark.parametrize(
    ("can", "due"), [(6, "1587.00"), (5, "1630.00"), (3, "1630.00"), (2, "1701.00"), (0, "1701.00")]
)
def test_basic_living_and_care_go_together(can, due):
    """云南 2023 分散: 171/100/57; 天津农村分散 1530 (domain §2.6, §2.15)."""
    answer = paid(ELDER | {"self_care": able_to(can)})

    assert str(answer.benefit_month) == due
    assert [one.member for one in answer.benefit_lines] == ["p1", "p1"]
    assert sum(one.fen for one in answer.benefit_lines) == answer.benefit_month.fen


def test_who_lives_in_an_institution_gets_the_rate_of_those_there():
    at_home, there = (
        paid(ELDER | {"self_care": able_to(6), "living": living})
        for living in ("together", "institution")
    )

    assert "分散供养" in at_home.benefit_lines[0].text
    assert "集中供养" in there.benefit_lines[0].text
    assert str(there.benefit_month) == "1927.00"


def test_care_may_differ_by_where_somebody_lives():
    """云南 2023 集中: 950/475/285."""
    toml = STANDARD + value_toml(
        "tekun_care_allowance",
        f"value = {{ dispersed_full_care = 171, concentrated_full_care = 950 }}\n{YUAN}",
    )
    at_home, there = (
        paid(ELDER | {"self_care": able_to(0), "living": living}, toml=toml)
        for living in ("together", "institution")
    )

    assert (str(at_home.benefit_month), str(there.benefit_month)) == ("1701.00", "2820.00")


def test_each_of_several_is_paid():
    pair = [ELDER, member("p2", "sibling", "1956-01-01", labour="none")]

    answer = paid(*(one | {"self_care": able_to(6)} for one in pair))

    assert (answer.members, str(answer.benefit_month)) == (("p1", "p2"), "3174.00")


def test_a_yearly_rate_is_brought_to_the_month():
    """合肥瑶海 分散 8652 元/年."""
    toml = STANDARD + value_toml(
        "tekun_care_allowance", 'value = { full_care = 8652 }\nunit = "元/年"'
    )

    answer = paid(ELDER | {"self_care": able_to(0)}, toml=toml)

    assert answer.benefit_lines[1].formula == "8652.00 ÷ 12"
    assert str(answer.benefit_month) == "2251.00"


@pytest.mark.parametrize(
    ("toml", "care", "missing"),
    [
        ("", able_to(6), ("tekun_standard", "tekun_care_allowance")),
        (STANDARD, able_to(6), ("tekun_care_allowance",)),
        (CARE, able_to(6), ("tekun_standard",)),
        (STANDARD + CARE, None, ("household.members[0].self_care",)),
        (
            STANDARD + CARE,
            {"eat": True, "dress": True, "bed": True, "toilet": True},
            ("household.members[0].self_care.walk", "household.members[0].self_care.bath"),
        ),
        (
            STANDARD + value_toml("tekun_care_allowance", f"value = {{ full_care = 9 }}\n{YUAN}"),
            able_to(6),
            ("tekun_care_allowance",),
        ),
        (
            CARE + value_toml("tekun_standard", f"value = {{ concentrated = 9 }}\n{YUAN}"),
            able_to(6),
            ("tekun_standard",),
        ),
    ],
)
def test_what_keeps_the_amount_unknown_is_named(toml, care, missing):
    answer = paid(ELDER | {"self_care": care}, toml=toml)

    assert (answer.outcome, answer.benefit_month) == ("meets", None)
    assert answer.benefit_missing == missing


def test_four_acts_failed_are_enough_to_know_the_care():
    care = dict.fromkeys(("eat", "dress", "bed", "toilet"), False)

    assert str(paid(ELDER | {"self_care": care}).benefit_month) == "1701.00"


MULTIPLE = value_toml("tekun_basic_multiple", 'value = 1.6\nunit = "倍低保标准"')


def test_a_provinces_multiple_is_a_floor_that_is_said_and_not_paid():
    """广东: 不低于低保标准的 1.6 倍."""
    answer = assessed(case_of(ELDER | {"self_care": able_to(6)}), layered(MULTIPLE + CARE))

    assert answer.rung(Category.TEKUN).benefit_missing == ("tekun_standard",)
    [warning] = [text for text in answer.warnings if "至少是" in text]
    assert "1.60 倍" in warning
    assert "1600.00" in warning


@pytest.mark.parametrize(
    "toml",
    [
        CARE,
        STANDARD + MULTIPLE,
        value_toml("tekun_basic_multiple", 'county_must_supply = true\nunit = "倍低保标准"'),
    ],
)
def test_nothing_is_said_without_a_floor_or_with_a_standard(toml):
    answer = assessed(case_of(ELDER | {"self_care": able_to(6)}), layered(toml))

    assert not [text for text in answer.warnings if "不低于" in text]


def test_rounding_left_to_the_county_keeps_it_unknown():
    toml = STANDARD + CARE + value_toml("amount_rounding", "county_must_supply = true")

    assert paid(ELDER | {"self_care": able_to(6)}, toml=toml).benefit_missing == (
        "amount_rounding",
    )
