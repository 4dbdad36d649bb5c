"""临时救助: the caps of one amount, and whether township or county decides."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.households import Area
from app.domain.money import Money
from app.rules.relief_route import CapKind, Decider, pay_first_cap, relief_route
from app.rules.terms import terms_of
from tests.cases import ON, layered, value_toml

TIMES = 'unit = "倍低保标准"'
RURAL = value_toml("dibao_standard", 'area = "rural"\nvalue = 7200\nunit = "元/年"')
BOTH = value_toml("dibao_standard", 'area = "urban"\nvalue = 1000\nunit = "元/月"') + RURAL
"""1000 a month in town, 600 in the country."""
GUANGZHOU = (
    BOTH
    + value_toml("relief_small_cap", f"value = 3\n{TIMES}")
    + value_toml("relief_pay_first_cap", f"value = 2\n{TIMES}")
    + value_toml("township_approval_cap", f"value = 2.5\n{TIMES}")
)
TIANJIN = (
    BOTH
    + value_toml("relief_small_cap", f"value = 3\n{TIMES}")
    + value_toml("relief_person_cap", f"value = 3\n{TIMES}")
    + value_toml("township_approval_cap", f"value = 6\n{TIMES}")
)


@cache
def terms(toml):
    return terms_of(layered(toml), ON)


def routed(toml, yuan, *, persons=1, area=Area.URBAN, pay_first=True):
    amount = Money.parse(yuan)
    return relief_route(terms(toml), amount, persons=persons, area=area, pay_first=pay_first)


@pytest.mark.parametrize(
    ("yuan", "allowed", "decider"),
    [
        ("2000.00", "meets", Decider.TOWNSHIP),
        ("2000.01", "fails", Decider.TOWNSHIP),
        ("2500.00", "fails", Decider.TOWNSHIP),
        ("2500.01", "fails", Decider.COUNTY),
    ],
)
def test_paid_first_the_lower_cap_binds_and_the_township_decides_up_to_its_own(
    yuan, allowed, decider
):
    route = routed(GUANGZHOU, yuan)

    assert (route.allowed.outcome, route.decider) == (allowed, decider)
    assert route.why.basis


def test_not_paid_first_the_small_cap_only_tells_which_procedure():
    route = routed(GUANGZHOU, "3000.01", pay_first=False)

    assert route.allowed.outcome == "meets"
    assert [cap.kind for cap in route.caps] == [CapKind.SMALL, CapKind.TOWNSHIP]
    small = route.cap(CapKind.SMALL)
    assert small is not None
    assert (small.check.outcome, small.limit) == ("fails", Money.yuan(3000))
    assert route.cap(CapKind.PAY_FIRST) is None


def test_without_a_cap_of_its_own_the_small_one_binds_what_is_paid_first():
    plain = BOTH + value_toml("relief_small_cap", f"value = 1\n{TIMES}")

    assert routed(plain, "1000.01").allowed.outcome == "fails"
    assert routed(plain, "1000.00").allowed.outcome == "meets"


def test_a_cap_a_head_binds_either_way():
    for pay_first in (True, False):
        route = routed(TIANJIN, "6000.01", persons=2, pay_first=pay_first)

        assert route.allowed.outcome == "fails"
        assert "每人限额" in route.allowed.reasons[-1].text
        assert route.decider is Decider.TOWNSHIP


def test_the_standard_is_that_of_the_area_and_a_yearly_one_is_brought_to_the_month():
    route = routed(GUANGZHOU, "3600.00", persons=3, area=Area.RURAL)

    paid_first = route.cap(CapKind.PAY_FIRST)
    assert paid_first is not None
    assert paid_first.limit == Money.yuan(3600)
    assert paid_first.rule == "每人 2 倍低保月标准 × 3 人，示例文件 一"


@pytest.mark.parametrize(
    ("yuan", "outcome", "missing"),
    [
        ("1200.00", "meets", ()),
        ("1200.01", "unknown", ("area",)),
        ("2000.00", "unknown", ("area",)),
        ("2000.01", "fails", ()),
    ],
)
def test_without_the_area_only_what_holds_in_both_is_said(yuan, outcome, missing):
    allowed = routed(GUANGZHOU, yuan, area=None).allowed

    assert (allowed.outcome, allowed.missing) == (outcome, missing)


@pytest.mark.parametrize(
    ("yuan", "outcome", "missing"),
    [("2000.00", "meets", ()), ("2000.01", "unknown", ("persons",))],
)
def test_without_the_number_of_persons_there_is_at_least_one(yuan, outcome, missing):
    allowed = routed(GUANGZHOU, yuan, persons=None).allowed

    assert (allowed.outcome, allowed.missing) == (outcome, missing)


def test_everything_that_is_not_known_is_asked_for():
    route = routed(GUANGZHOU, "900000", persons=None, area=None)

    assert route.allowed.missing == ("persons", "area")


def test_what_the_county_has_not_said_keeps_the_road_open():
    silent = BOTH + "".join(
        value_toml(name, f"county_must_supply = true\n{TIMES}")
        for name in ("relief_pay_first_cap", "relief_person_cap", "township_approval_cap")
    )

    route = routed(silent, "1.00")

    assert (route.allowed.outcome, route.decider) == ("unknown", None)
    assert route.allowed.missing == ("relief_pay_first_cap", "relief_person_cap")
    assert "乡镇审批" in route.why.text
    assert route.caps[-1].limit is None


def test_without_a_standard_no_cap_can_be_worked_out():
    route = routed("", "1.00")

    assert (route.allowed.outcome, route.allowed.missing) == ("unknown", ("dibao_standard",))
    assert "低保标准" in route.caps[0].rule


def test_the_cap_of_a_payment_made_first_is_the_lowest_known_one():
    lower = TIANJIN.replace("value = 3", "value = 4", 1)

    assert pay_first_cap(terms(lower), persons=2, area=Area.URBAN).limit == Money.yuan(6000)
    assert pay_first_cap(terms(GUANGZHOU), persons=2, area=Area.URBAN).limit == Money.yuan(4000)


def test_nobody_known_is_one_person_under_the_lower_standard_and_the_rule_says_so():
    cap = pay_first_cap(terms(GUANGZHOU), persons=None, area=None)

    assert cap.limit == Money.yuan(1200)
    assert "先按农村" in cap.rule
    assert "先按一人" in cap.rule


def test_a_county_with_one_standard_uses_it_where_the_area_is_not_known():
    urban = GUANGZHOU.replace(RURAL, "")

    assert pay_first_cap(terms(urban), persons=1, area=None).limit == Money.yuan(2000)


def test_a_cap_no_one_knows_is_none():
    assert pay_first_cap(terms(""), persons=1, area=None).limit is None


def test_a_limit_is_rounded_down_to_the_fen():
    odd = BOTH.replace("7200", "1000") + value_toml("relief_small_cap", f"value = 1\n{TIMES}")

    assert pay_first_cap(terms(odd), persons=1, area=Area.RURAL).limit == Money.parse("83.33")


@given(
    st.integers(1, 2_000_000),
    st.integers(1, 1_000_000),
    st.none() | st.integers(1, 9),
    st.none() | st.sampled_from(Area),
    st.booleans(),
)
def test_a_smaller_amount_never_has_a_longer_road(fen, less, persons, area, pay_first):
    known = terms(GUANGZHOU)

    more, fewer = (
        relief_route(known, Money(sum_), persons=persons, area=area, pay_first=pay_first)
        for sum_ in (fen, max(fen - less, 0))
    )

    rank = {"meets": 0, "unknown": 1, "fails": 2}
    assert rank[fewer.allowed.outcome] <= rank[more.allowed.outcome]
    for one, other in zip(fewer.caps, more.caps, strict=True):
        assert rank[one.check.outcome] <= rank[other.check.outcome]


@given(st.integers(1, 2_000_000), st.integers(1, 9), st.sampled_from(Area))
def test_what_is_decided_with_a_fact_unknown_is_so_whatever_it_is(fen, persons, area):
    known = relief_route(terms(GUANGZHOU), Money(fen), persons=persons, area=area, pay_first=True)

    for vague in ({"persons": None, "area": area}, {"persons": persons, "area": None}):
        open_route = relief_route(terms(GUANGZHOU), Money(fen), pay_first=True, **vague)

        assert open_route.allowed.outcome in {"unknown", known.allowed.outcome}
