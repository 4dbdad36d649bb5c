"""渐退: what is still paid after a household has worked its way above the line, and until when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.rules.grace_schedule import grace_months
from app.rules.values import GraceStep, Rounding
from tests.cases import HEAD, assessed, case_of, income, layered, member, value_toml, wage

TIANJIN = {
    "dibao_standard_month": "1000.00",
    "grace_schedule": [{"months": 3, "percent": 100}, {"months": 3, "percent": 50}],
}
MANGSHI = layered(
    value_toml("grace_schedule", "county_must_supply = true")
    + value_toml("grace_months_least", 'value = 6\nunit = "月"')
    + value_toml("grace_months_most", 'value = 12\nunit = "月"')
)
UP = Rounding("up", 100, "household_total")
FIRST = date(2026, 4, 1)
GRANT = {"member": "p1", "kind": "dibao", "amount": "235.00", "per": "month"}
WORKER = HEAD | {"receives": ["dibao"], "self_declared_on": "2026-02-01"}


def graced(*members, incomes=(), parameters=TIANJIN, pack=None, **parts):
    people = members or (WORKER,)
    known = [wage("1200"), GRANT, *incomes]
    case = case_of(*people, incomes=known, parameters=parameters, **parts)
    return assessed(case, pack).grace


def test_tianjin_pays_three_months_in_full_and_three_by_half_and_then_ends():
    """Acceptance test 2; half of 235 is 117.50, which the pack rounds up to the yuan."""
    grace = graced()

    assert grace is not None
    assert [(f"{row.month:%Y-%m}", row.percent, str(row.amount)) for row in grace.months] == [
        ("2026-04", 100, "235.00"),
        ("2026-05", 100, "235.00"),
        ("2026-06", 100, "235.00"),
        ("2026-07", 50, "118.00"),
        ("2026-08", 50, "118.00"),
        ("2026-09", 50, "118.00"),
    ]
    assert (grace.exits_on, grace.check.outcome) == (date(2026, 10, 1), "meets")
    assert grace.total == Money.yuan(1059)
    assert grace.text.startswith("因为就业收入高了，渐退：从2026年4月起发 3 个月")
    assert grace.text.endswith("2026年10月1日起退出低保。")


@pytest.mark.parametrize(("wage_month", "is_above"), [("1000", False), ("1000.01", True)])
def test_grace_is_for_who_is_above_the_standard_and_not_at_it(wage_month, is_above):
    """人均收入超过最低生活保障标准后 (S4:L38; S1:L17 超过)."""
    case = case_of(WORKER, incomes=[wage(wage_month), GRANT], parameters=TIANJIN)

    assert (assessed(case).grace is not None) is is_above


def test_while_exits_are_suspended_nobody_leaves():
    grace = graced(parameters=TIANJIN | {"exit_suspended": True})

    assert grace is not None
    assert (grace.suspended, grace.exits_on) == (True, None)
    assert len(grace.months) == 6
    assert "暂停退出" in grace.text


def test_whether_exits_are_suspended_may_be_the_countys_to_say():
    pack = layered(value_toml("exit_suspended", "county_must_supply = true"))

    grace = graced(pack=pack)

    assert grace is not None
    assert (grace.suspended, grace.exits_on) == (False, None)
    assert grace.check.missing == ("exit_suspended",)


def test_mangshi_gives_a_span_and_the_county_says_how_much():
    grace = graced(parameters={"dibao_standard_month": "1000.00"}, pack=MANGSHI)

    assert grace is not None
    assert (grace.months, grace.exits_on, grace.total) == ((), None, None)
    assert grace.exits_between == (date(2026, 10, 1), date(2027, 4, 1))
    assert "6 到 12 个月" in grace.text
    assert grace.check.missing == ("grace_schedule",)


def test_a_span_has_no_end_while_exits_are_suspended():
    parameters = {"dibao_standard_month": "1000.00", "exit_suspended": True}

    grace = graced(parameters=parameters, pack=MANGSHI)

    assert grace is not None
    assert (grace.exits_between, grace.suspended) == (None, True)


@pytest.mark.parametrize(
    "span",
    [
        'value = 6\nunit = "月"',
        'county_must_supply = true\nunit = "月"',
    ],
)
def test_without_both_ends_of_the_span_the_county_says_everything(span):
    pack = layered(
        value_toml("grace_schedule", "county_must_supply = true")
        + value_toml("grace_months_least", span)
    )

    grace = graced(parameters={"dibao_standard_month": "1000.00"}, pack=pack)

    assert grace is not None
    assert grace.exits_between is None
    assert "由县里定" in grace.text


def test_the_household_must_have_told_of_the_work_itself():
    grace = graced(HEAD | {"receives": ["dibao"]})

    assert grace is not None
    assert (grace.check.outcome, grace.check.missing) == (
        "unknown",
        ("household.members[0].self_declared_on",),
    )


def test_where_the_pack_asks_for_work_only_nothing_has_to_be_declared():
    grace = graced(
        HEAD | {"receives": ["dibao"]}, parameters=TIANJIN | {"grace_condition": "employment"}
    )

    assert grace is not None
    assert grace.check.outcome == "meets"


def test_the_condition_may_be_the_countys_to_say():
    grace = graced(pack=layered(value_toml("grace_condition", "county_must_supply = true")))

    assert grace is not None
    assert grace.check.missing == ("grace_condition",)


def test_a_former_grant_nobody_wrote_down_leaves_the_amounts_open():
    case = case_of(WORKER, incomes=[wage("1200")], parameters=TIANJIN)

    grace = assessed(case).grace

    assert grace is not None
    assert [row.amount for row in grace.months] == [None] * 6
    assert (grace.total, grace.check.missing) == (None, ("household.incomes",))


def test_a_grant_not_told_by_the_month_is_not_guessed():
    yearly = GRANT | {"per": "year"}
    case = case_of(WORKER, incomes=[wage("1200"), yearly], parameters=TIANJIN)

    grace = assessed(case).grace

    assert grace is not None
    assert grace.total is None


def test_without_a_rounding_a_share_stays_open_and_the_whole_grant_does_not():
    pack = layered(value_toml("amount_rounding", "county_must_supply = true"))

    grace = graced(pack=pack)

    assert grace is not None
    assert [str(row.amount) for row in grace.months[:3]] == ["235.00"] * 3
    assert grace.months[3].amount is None
    assert grace.check.missing == ("amount_rounding",)


@pytest.mark.parametrize(
    ("facts", "incomes"),
    [
        ({"receives": []}, [wage("1200")]),
        ({}, [wage("900")]),
        ({}, [income("rent", "1200")]),
        ({}, [wage("100"), income("rent", "1200")]),
    ],
)
def test_nobody_else_is_in_grace(facts, incomes):
    """Not on 低保, still below the line, or above it for another reason than work."""
    case = case_of(WORKER | facts, incomes=incomes, parameters=TIANJIN)

    assert assessed(case).grace is None


def test_whether_they_are_on_dibao_is_asked_where_nobody_did():
    """And not where one of them is known to be paid, nor below the line."""
    silent = WORKER | {"receives": None}
    case = case_of(silent, member("p2", "spouse"), incomes=[wage("2400")], parameters=TIANJIN)

    answer = assessed(case)

    assert answer.grace is not None
    assert answer.grace.check.outcome == "unknown"
    assert "household.members[0].receives" in answer.missing
    assert "household.members[1].receives" not in answer.missing
    assert "还没问现在是不是在领低保" in answer.grace.check.reasons[0].text
    assert graced(silent, incomes=[GRANT]).check.outcome == "meets"
    below = case_of(silent, incomes=[wage("900")], parameters=TIANJIN)
    assert assessed(below).grace is None


def test_what_may_still_come_off_the_income_keeps_it_open():
    """500 of basic pension: with it 1300, without it 800 and still on 低保."""
    case = case_of(
        WORKER,
        incomes=[wage("800"), income("resident_pension_basic", "500"), GRANT],
        parameters=TIANJIN,
    )

    grace = assessed(case).grace

    assert grace is not None
    assert (grace.check.outcome, grace.check.missing) == (
        "unknown",
        ("basic_pension_excluded_until",),
    )


def test_while_nobody_asked_about_income_nothing_is_said():
    assert assessed(case_of(WORKER, incomes=None, parameters=TIANJIN)).grace is None


def test_without_a_standard_there_is_nothing_to_be_above():
    assert graced(parameters={}) is None


def test_a_business_is_work_too():
    case = case_of(WORKER, incomes=[income("business", "1200"), GRANT], parameters=TIANJIN)

    assert assessed(case).grace is not None


def test_what_working_costs_goes_with_the_work():
    """Without the wage the deduction has no wage to come off: rent alone is above the line."""
    parameters = TIANJIN | {"job_cost_first_employment": {"value": {"amount": 600, "months": 12}}}
    worker = WORKER | {"first_job": True, "first_employed_on": "2026-01-01"}
    case = case_of(worker, incomes=[wage("900"), income("rent", "1000")], parameters=parameters)

    assert assessed(case).grace is None


def test_a_grant_paid_to_the_household_makes_all_of_them_recipients():
    pack = layered(
        value_toml("amount_rounding", 'value = { mode = "up", step = "1.00", on = "per_person" }')
    )
    shared = GRANT | {"member": None}
    told = HEAD | {"self_declared_on": "2026-02-01"}
    case = case_of(told, member("p2", "spouse"), incomes=[wage("2400"), shared], parameters=TIANJIN)

    grace = assessed(case, pack).grace

    assert grace is not None
    assert str(grace.months[3].amount) == "118.00"


def test_an_empty_schedule_ends_at_once():
    grace = graced(parameters=TIANJIN | {"grace_schedule": []})

    assert grace is not None
    assert (grace.months, grace.total, grace.exits_on) == ((), None, date(2026, 4, 1))
    assert "没有渐退期" in grace.text


def test_the_answer_writes_it_whole():
    case = case_of(WORKER, incomes=[wage("1200"), GRANT], parameters=TIANJIN)

    told = assessed(case).to_json()["grace"]

    assert told["months"][3] == {"month": "2026-07", "percent": 50, "amount": "118.00"}
    assert (told["outcome"], told["total"], told["exits_on"]) == ("meets", "1059.00", "2026-10-01")
    assert (told["exits_between"], told["suspended"], told["missing"]) == (None, False, [])
    assert told["basis"]


def test_the_answer_writes_what_is_open():
    case = case_of(HEAD | {"receives": ["dibao"]}, incomes=[wage("1200")])

    span = assessed(case, MANGSHI).to_json()["grace"]
    unpaid = assessed(case).to_json()["grace"]

    assert span["exits_between"] == ["2026-10-01", "2027-04-01"]
    assert span["total"] is None
    assert span["reasons"][0]["text"]
    assert unpaid["months"][0]["amount"] is None


def test_nobody_in_grace_is_written_as_null():
    assert assessed(case_of(incomes=[wage("500")])).to_json()["grace"] is None


steps = st.lists(
    st.builds(GraceStep, st.integers(1, 12), st.integers(0, 100)), min_size=1, max_size=4
)
grants = st.integers(0, 5_000_00).map(Money)


@given(grants, steps, st.sampled_from(["up", "down", "half_up"]), st.sampled_from([1, 10, 100]))
def test_no_money_is_made_or_lost_but_by_the_one_rounding(grant, schedule, mode, step):
    rounding = Rounding(mode, step, "household_total")

    rows = grace_months(grant, tuple(schedule), FIRST, rounding)

    assert len(rows) == sum(one.months for one in schedule)
    for row in rows:
        assert row.amount is not None
        difference = row.amount.fen * 100 - grant.fen * row.percent
        assert abs(difference) < step * 100
        assert difference >= 0 or mode != "up"
        assert difference <= 0 or mode != "down"
        assert row.percent != 100 or row.amount == grant


@given(st.integers(0, 50_000).map(Money.yuan), steps)
def test_where_no_rounding_is_needed_the_sum_is_exact(grant, schedule):
    rows = grace_months(grant, tuple(schedule), FIRST, Rounding("up", 1, "household_total"))

    paid = sum(row.amount.fen for row in rows if row.amount is not None)
    assert paid * 100 == sum(grant.fen * one.percent * one.months for one in schedule)


@given(steps, st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_months_follow_one_another_without_a_gap(schedule, day):
    rows = grace_months(None, tuple(schedule), day, UP)

    counted = [row.month.year * 12 + row.month.month for row in rows]
    assert counted == list(range(counted[0], counted[0] + len(rows)))
    assert all(row.month.day == 1 for row in rows)


def test_what_grace_waits_for_is_asked_with_the_rest():
    answer = assessed(case_of(HEAD | {"receives": ["dibao"]}, incomes=[GRANT, wage("1235")]))

    assert "household.members[0].self_declared_on" in answer.missing
    assert "household.members[0].self_declared_on" not in [
        name for rung in answer.rungs for name in rung.missing
    ]


def test_while_somebody_was_not_asked_it_may_not_be_work_that_lifts_them():
    case = case_of(WORKER, incomes=[GRANT, wage("1235")], incomes_unasked=[None])

    grace = assessed(case).grace

    assert grace is not None
    assert "household.incomes" in grace.check.missing
    assert grace.check.outcome == "unknown"
