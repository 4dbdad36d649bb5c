"""Which backups stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.store.thinning import superfluous
from tests.fakes import NOON

MOMENTS = st.lists(
    st.integers(-600 * 24, 200 * 24).map(lambda hours: NOON + timedelta(hours=hours)), max_size=60
)


def kept(stamps, now=NOON):
    return sorted(set(stamps) - superfluous(stamps, now))


def every(step, since):
    return [NOON - step * number for number in range(int(since / step) + 1)]


def test_a_day_keeps_its_half_hours():
    stamps = every(timedelta(minutes=10), timedelta(hours=23))

    assert len(kept(stamps)) == 47


def test_a_week_keeps_its_days_and_a_month_its_weeks_and_a_year_its_months():
    stamps = every(timedelta(hours=6), timedelta(days=800))
    left = kept(stamps)

    ages = [NOON - at for at in left]
    assert sum(timedelta(days=1) < age <= timedelta(days=7) for age in ages) in (6, 7)
    assert sum(timedelta(days=7) < age <= timedelta(weeks=4) for age in ages) in (3, 4)
    assert sum(timedelta(weeks=4) < age for age in ages) in (11, 12)
    assert max(ages) <= timedelta(days=366)


def test_the_newest_of_a_day_is_the_one_that_stays():
    morning = NOON - timedelta(days=3, hours=3)
    evening = NOON - timedelta(days=3) + timedelta(hours=6)

    assert kept([morning, evening, NOON]) == [evening, NOON]


def test_days_are_china_s():
    before_midnight = datetime(2026, 2, 27, 15, 50, tzinfo=UTC)
    after_midnight = datetime(2026, 2, 27, 16, 10, tzinfo=UTC)

    assert kept([before_midnight, after_midnight]) == [before_midnight, after_midnight]


def test_a_laptop_left_in_a_drawer_keeps_its_last_backup():
    old = NOON - timedelta(days=3000)

    assert kept([old - timedelta(days=1), old]) == [old]


def test_a_clock_set_back_costs_no_backup():
    future = [NOON + timedelta(days=day) for day in range(1, 40)]

    assert kept([*future, NOON]) == [NOON, *future]


@given(MOMENTS)
def test_the_newest_always_stays_and_thinning_twice_changes_nothing(stamps):
    left = kept(stamps)

    assert not stamps or max(stamps) in left
    assert kept(left) == left


@given(MOMENTS, st.integers(0, 400))
def test_nothing_thinned_away_would_have_been_kept_later(stamps, days):
    later = NOON + timedelta(days=days)

    assert len(kept(kept(stamps), later)) <= len(kept(stamps, later))
