"""How often a household is seen, and by which road: from the last contacts to a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.casework import Channel, Met, channel_of
from app.rules.terms import terms_of
from app.rules.values import Period
from app.rules.visit_rhythm import (
    Contacts,
    Rhythm,
    block_start,
    latest_again,
    next_block,
    next_visit,
    sweep_due,
    visit_terms,
)
from tests.cases import layered, region, value_toml

ON = date(2026, 3, 2)
MONTHLY = Rhythm(Period(1, "month"), "每月一次")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
PERIODS = st.sampled_from(
    [Period(1, "week"), Period(2, "week"), Period(1, "month"), Period(3, "month"),
     Period(6, "month"), Period(12, "month")]
)  # fmt: skip


def pack_with(name, body):
    return layered(value_toml(name, body))


def of(region_id):
    found = visit_terms(terms_of(region(region_id), ON))
    assert found is not None
    return found


def test_the_shipped_pack_asks_monthly_and_weekly_for_high_risk_and_home_each_quarter():
    terms = of("national")

    assert (terms.everybody.period, terms.high_risk.period) == (
        Period(1, "month"),
        Period(1, "week"),
    )
    assert terms.home is not None
    assert terms.home.period == Period(3, "month")
    assert Channel.PHONE in terms.channels
    assert Channel.REMOTE not in terms.channels


def test_dahua_asks_to_go_there_every_month_and_a_call_does_not_count():
    terms = of("dahua")
    called = Contacts(allowed_on=None, home_on=None)

    found = next_visit(called, terms.everybody, terms)

    assert terms.channels == {Channel.HOME}
    assert (found.appears_on, found.at_home) == (None, True)
    assert "二(三)3" in terms.everybody.rule


@pytest.mark.parametrize(
    ("allowed", "home", "appears", "due", "at_home"),
    [
        # seen at home in February: the month asks first
        (date(2026, 2, 10), date(2026, 2, 10), date(2026, 3, 1), date(2026, 3, 31), False),
        # called in March, last seen in November: the quarter is over, only going there will do
        (date(2026, 3, 2), date(2025, 11, 3), date(2026, 3, 1), date(2026, 3, 31), True),
        # called in February, last seen in December: both end on 31 March, going there does both
        (date(2026, 2, 2), date(2025, 12, 3), date(2026, 3, 1), date(2026, 3, 31), True),
        # never seen at all
        (None, None, None, None, True),
        # seen in January, called in February: this month a call would do
        (date(2026, 2, 2), date(2026, 1, 5), date(2026, 3, 1), date(2026, 3, 31), False),
        # called, but never seen
        (date(2026, 3, 2), None, None, date(2026, 4, 30), True),
    ],
)
def test_the_sooner_of_the_two_duties_is_asked(allowed, home, appears, due, at_home):
    terms = of("national")

    found = next_visit(Contacts(allowed, home), terms.everybody, terms)

    assert (found.appears_on, found.due_on, found.at_home) == (appears, due, at_home)


def test_who_is_called_every_week_is_still_seen_in_the_quarter():
    terms = of("national")
    called = Contacts(allowed_on=date(2026, 3, 3), home_on=date(2025, 11, 3))

    found = next_visit(called, terms.high_risk, terms)

    # going there is asked for in the quarter's last month, and the next week ends before it
    assert (found.appears_on, found.due_on) == (date(2026, 3, 1), date(2026, 3, 15))
    assert found.at_home


def test_where_going_there_is_asked_every_week_it_is_asked_from_monday():
    pack = pack_with("home_visit_period", 'value = "weekly"')
    terms = visit_terms(terms_of(pack, ON))
    assert terms is not None

    found = next_visit(Contacts(date(2026, 3, 3), date(2026, 3, 3)), terms.everybody, terms)

    assert (found.appears_on, found.due_on) == (date(2026, 3, 9), date(2026, 3, 15))


def test_without_a_duty_to_go_there_only_the_rhythm_asks():
    pack = pack_with("visit_period_by_tier", 'value = { low_income = "quarterly" }')
    terms = visit_terms(terms_of(pack, ON))
    assert terms is not None
    silent = type(terms)(
        terms.everybody, terms.high_risk, terms.channels, terms.channels_rule, None, None
    )

    found = next_visit(Contacts(date(2026, 2, 1), None), silent.everybody, silent)

    assert (found.appears_on, found.due_on) == (date(2026, 4, 1), date(2026, 6, 30))
    assert silent.high_risk.period == silent.everybody.period


@pytest.mark.parametrize(
    ("since", "allowed", "due"),
    [
        (date(2026, 3, 2), None, date(2026, 4, 30)),  # April is the first whole month
        (date(2026, 4, 1), None, date(2026, 4, 30)),
        (date(2026, 3, 31), None, date(2026, 4, 30)),
        (date(2026, 3, 2), date(2026, 7, 3), date(2026, 6, 30)),  # called, but the quarter is over
    ],
)
def test_who_was_never_seen_is_late_after_the_first_whole_block_on_the_list(since, allowed, due):
    terms = of("national")

    found = next_visit(Contacts(allowed, None, since), terms.everybody, terms)

    assert (found.appears_on, found.due_on, found.at_home) == (None, due, True)


def test_a_call_in_dahua_puts_off_nothing():
    terms = of("dahua")

    found = next_visit(Contacts(None, None, date(2026, 3, 2)), terms.everybody, terms)

    assert (found.appears_on, found.due_on) == (None, date(2026, 4, 30))


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2026, 3, 2), date(2026, 12, 31)),
        (date(2026, 12, 29), date(2027, 1, 5)),  # a week is always left
    ],
)
def test_who_was_never_swept_is_late_after_the_year_it_came_on_the_list(since, due):
    found = sweep_due(None, Rhythm(Period(12, "month"), "每年一次"), since)

    assert (found.appears_on, found.due_on) == (None, due)


@given(day=DAYS, period=PERIODS)
def test_blocks_meet_without_a_gap(day, period):
    start, after = block_start(day, period), next_block(day, period)

    assert start <= day < after
    assert block_start(after, period) == after
    assert block_start(after - timedelta(days=1), period) == start


@pytest.mark.parametrize(
    ("day", "period", "start", "after"),
    [
        (date(2026, 3, 2), Period(1, "week"), date(2026, 3, 2), date(2026, 3, 9)),
        (date(2026, 3, 31), Period(1, "month"), date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), Period(3, "month"), date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 6, 30), Period(6, "month"), date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 6, 30), Period(12, "month"), date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_blocks_are_those_of_the_calendar(day, period, start, after):
    assert (block_start(day, period), next_block(day, period)) == (start, after)


def test_who_was_swept_last_year_is_asked_for_in_autumn():
    yearly = Rhythm(Period(12, "month"), "每年一次")

    found = sweep_due(date(2025, 5, 4), yearly)

    assert (found.appears_on, found.due_on) == (date(2026, 9, 1), date(2026, 12, 31))


def test_who_was_never_seen_is_swept_at_once():
    assert sweep_due(None, MONTHLY).appears_on is None


def test_a_sweep_each_month_is_asked_for_in_that_month():
    found = sweep_due(date(2026, 2, 3), MONTHLY)

    assert (found.appears_on, found.due_on) == (date(2026, 3, 1), date(2026, 3, 31))


def test_the_sweep_is_the_packs_to_ask():
    assert of("dahua").sweep is not None
    asked = visit_terms(terms_of(pack_with("full_sweep_per_year", 'value = 2\nunit = "次"'), ON))
    none = visit_terms(terms_of(pack_with("full_sweep_per_year", 'value = 0\nunit = "次"'), ON))
    assert asked is not None
    assert asked.sweep is not None
    assert asked.sweep.period == Period(6, "month")
    assert none is not None
    assert none.sweep is None


def test_while_the_county_has_not_said_how_often_nothing_is_asked():
    pack = pack_with("visit_period_by_tier", "county_must_supply = true")

    assert visit_terms(terms_of(pack, ON)) is None


def test_what_the_county_has_not_said_of_roads_leaves_all_of_them():
    pack = pack_with("visit_channels_allowed", "county_must_supply = true")

    terms = visit_terms(terms_of(pack, ON))

    assert terms is not None
    assert terms.channels == frozenset(Channel)


def test_who_was_met_was_met_at_home_unless_it_was_a_call():
    assert [channel_of(met) for met in Met] == [
        Channel.HOME,
        Channel.HOME,
        Channel.HOME,
        Channel.PHONE,
    ]


# putting off a visit that found nobody


@pytest.mark.parametrize(
    ("due_on", "on", "latest"),
    [
        (date(2026, 3, 31), date(2026, 3, 2), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31), date(2026, 4, 7)),
        (date(2026, 2, 28), date(2026, 3, 2), date(2026, 3, 31)),
        (None, date(2026, 3, 2), date(2026, 3, 31)),
        (None, date(2026, 3, 30), date(2026, 4, 6)),
    ],
)
def test_a_visit_is_put_off_to_the_day_it_is_asked_for_at_most_and_a_week_is_left(
    due_on, on, latest
):
    assert latest_again(due_on, MONTHLY, on) == latest


@pytest.mark.parametrize(
    ("allowed", "home", "is_first"),
    [
        (None, None, True),
        (date(2026, 3, 3), None, True),
        (None, date(2026, 3, 3), True),
        (date(2026, 3, 3), date(2026, 3, 3), False),
    ],
)
def test_a_household_is_new_until_it_was_seen_by_both_roads(allowed, home, is_first):
    assert Contacts(allowed, home).is_first is is_first


@pytest.mark.parametrize(
    ("seen", "since", "appears", "due"),
    [
        (date(2025, 6, 2), date(2026, 3, 2), date(2025, 7, 1), date(2026, 4, 30)),
        (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 30)),
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 30)),
        (date(2026, 5, 9), date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 30)),
        (date(2025, 6, 2), None, date(2025, 7, 1), date(2025, 7, 31)),
    ],
)
def test_nobody_is_late_before_the_first_whole_block_since_the_duty_began(
    seen, since, appears, due
):
    terms = of("dahua")
    contacts = Contacts(allowed_on=seen, home_on=seen, since=since)

    found = next_visit(contacts, MONTHLY, terms)

    assert (found.appears_on, found.due_on) == (appears, due)


def test_a_sweep_is_not_over_before_the_household_came_on_the_list():
    twice = Rhythm(Period(6, "month"), "每年两次")

    late = sweep_due(date(2025, 2, 1), twice, date(2026, 3, 2))
    known = sweep_due(date(2025, 2, 1), twice)

    assert (late.due_on, known.due_on) == (date(2026, 6, 30), date(2025, 12, 31))
