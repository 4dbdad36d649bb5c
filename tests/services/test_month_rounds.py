"""The month page: agreed days, what was missed in months that are over, and guessed calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, insert, select

from app.domain.casework import ApplicationStatus, Channel, Health, Housing, Met, Supplies
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.households import Category, MonitoringTag
from app.domain.month_round import RoundState
from app.domain.people import Living
from app.models.base import table_of
from app.models.log import OperationRow, OperationStateRow
from app.services.month_rounds import MonthRounds
from app.services.visits import RecordVisit
from app.store import feed, projection
from app.store.local import forget_household
from app.ui.month.table import day_spoken, day_title, summary
from tests.filing import Filing
from tests.storefile import household_of

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
JANUARY = date(2027, 1, 1)


@pytest.fixture
def homes(work):
    made = [household_of("覃兰英", id_number=None, door=f"{number}号") for number in range(1, 9)]
    work.households.add_all(made)
    return made


@pytest.fixture
def rounds(work):
    return MonthRounds(work.begin, work.clock, work.rules)


def visit(work, home, on=None, met=Met.SELF, **said):
    on = on or work.clock.today()
    work.visits.record(RecordVisit(household=home.id, visited_on=on, met=met, **said))


def put_off(work, home, again_on):
    visit(work, home, met=Met.NOBODY, again_on=again_on)


def planned(month, home):
    """The days a household is planned for."""
    return [
        day.on
        for day in month.days
        for line in day.lines
        if line.state is RoundState.PLANNED and line.household == home.id
    ]


def missed(month, home=None):
    """Day and reason of what was missed."""
    return [
        (day.on, line.detail.partition("。")[0])
        for day in month.days
        for line in day.lines
        if line.state is RoundState.MISSED and (home is None or line.household == home.id)
    ]


@pytest.mark.parametrize("days", [2, 5, 12])  # a Wednesday, a Saturday, a Saturday
def test_a_day_agreed_with_the_household_is_the_day_it_is_planned_for(work, homes, rounds, days):
    agreed = work.clock.today() + timedelta(days=days)
    put_off(work, homes[7], agreed)

    month = rounds.month(MARCH)

    assert planned(month, homes[7]) == [agreed]
    assert month.planned == 8


def test_a_day_agreed_that_is_over_is_planned_for_the_next_working_day(work, homes, rounds):
    put_off(work, homes[7], work.clock.today() + timedelta(days=3))
    work.clock.advance(days=5)  # Saturday 7 March

    assert planned(rounds.month(MARCH), homes[7]) == [date(2026, 3, 9)]


def test_a_day_agreed_in_another_month_is_planned_there(work, homes, rounds):
    for home in homes:
        visit(work, home, on=date(2026, 3, 1))
    put_off(work, homes[7], date(2026, 4, 2))

    assert planned(rounds.month(MARCH), homes[7]) == []
    assert planned(rounds.month(APRIL), homes[7]) == [date(2026, 4, 2)]


def test_the_others_are_dealt_beside_the_agreed_days_so_that_no_day_has_more_than_it_must(
    work, homes, rounds
):
    work.clock.at = work.clock.at.replace(day=26)  # two days, and the 30th and 31st
    for home in homes[:2]:
        put_off(work, home, date(2026, 3, 30))

    month = rounds.month(MARCH)

    by_day = {day.on.day: day.count(RoundState.PLANNED) for day in month.days}
    assert {day: count for day, count in by_day.items() if count} == {26: 2, 27: 2, 30: 2, 31: 2}


def test_a_day_that_was_agreed_says_so_and_by_which_rule_at_the_latest(work, homes):
    put_off(work, homes[7], work.clock.today())

    (row,) = [one for one in work.worklist.everything() if one.household == homes[7].id]

    assert row.rule.startswith("自己约的日子；最晚照")


def test_a_planned_visit_says_its_rule(work, homes, rounds):
    month = rounds.month(MARCH)

    details = [line.detail for day in month.days for line in day.lines]
    assert len(details) == len(homes)
    assert all("依据：" in detail for detail in details)


# what was missed


def test_a_missed_month_stays_missed_after_somebody_went_there(work, homes, rounds):
    visit(work, homes[0])
    work.clock.at = work.clock.at.replace(month=5, day=20)
    before = missed(rounds.month(APRIL), homes[0])

    visit(work, homes[0])
    month = rounds.month(APRIL)

    assert before == missed(month, homes[0]) == [(date(2026, 4, 30), "4月没走访")]
    assert month.missed == len(homes)


def test_every_month_without_a_visit_was_missed_and_none_in_which_it_was_seen(work, homes, rounds):
    visit(work, homes[0])
    work.clock.at = work.clock.at.replace(month=7, day=2)
    visit(work, homes[0], on=date(2026, 5, 2))

    found = [missed(rounds.month(date(2026, month, 1)), homes[0]) for month in (3, 4, 5, 6)]

    assert [bool(one) for one in found] == [False, True, False, True]


def test_calls_alone_miss_the_quarter(work, homes, rounds):
    visit(work, homes[0], on=date(2026, 3, 1))
    work.clock.at = work.clock.at.replace(month=7, day=2)
    for month in (4, 5, 6):
        visit(work, homes[0], on=date(2026, month, 3), met=Met.PHONE, channel=Channel.PHONE)

    assert missed(rounds.month(date(2026, 5, 1)), homes[0]) == []
    assert missed(rounds.month(date(2026, 6, 1)), homes[0]) == [
        (date(2026, 6, 30), "4月1日到6月30日没上门")
    ]


def test_nobody_is_missed_before_it_came_on_the_list(work, homes, rounds):
    work.clock.at = work.clock.at.replace(month=5, day=2)

    assert missed(rounds.month(MARCH)) == []  # recorded on the second
    assert rounds.month(APRIL).missed == len(homes)


def test_a_household_that_ended_since_stays_missed_up_to_its_end(work, homes, rounds):
    gone = homes[0]
    visit(work, gone)
    work.clock.at = work.clock.at.replace(month=6, day=20)
    change = FamilyChange(
        household=gone.id,
        kind=FamilyDeed.DEATH,
        on=date(2026, 5, 31),
        people=(gone.members[0].person.id,),
    )

    work.families.do(change)

    april, may = (rounds.month(date(2026, month, 1)) for month in (4, 5))
    assert missed(april, gone) == [(date(2026, 4, 30), "4月没走访")]
    assert april.missed == len(homes)
    assert missed(may, gone) == []  # it was there for all but a day of May
    assert may.missed == len(homes) - 1


def test_a_household_whose_people_moved_into_another_stays_missed_up_to_its_end(
    work, homes, rounds
):
    gone, taking_in = homes[:2]
    work.clock.at = work.clock.at.replace(month=6, day=20)
    change = FamilyChange(
        household=gone.id, kind=FamilyDeed.MERGE, on=date(2026, 6, 1), other=taking_in.id
    )

    work.families.do(change)

    assert missed(rounds.month(date(2026, 5, 1)), gone) == [(date(2026, 5, 31), "5月没走访")]


def test_nobody_is_missed_before_something_was_granted(work, rounds):
    filing = Filing(work, category=Category.NONE)
    work.clock.at = work.clock.at.replace(month=6, day=20)
    filing.county_says(
        ApplicationStatus.CONFIRMED, decided_on=date(2026, 6, 20), decided_category="dibao"
    )
    county_says(work, filing.household, category="dibao")
    work.clock.at = work.clock.at.replace(month=8, day=3)

    assert missed(rounds.month(date(2026, 6, 1))) == []
    assert missed(rounds.month(date(2026, 7, 1))) == [(date(2026, 7, 31), "7月没走访")]


# the tier of that time


def county_says(work, home, **fields):
    """The county's newest word on a household arrives."""
    with work.begin() as unit:
        known = projection.current(unit.connection, "household", home.id)
        entry = SimpleNamespace(
            kind="upsert",
            entity="household",
            entity_id=home.id,
            subject=home.id,
            version=unit.head.n + 100 * work.clock.today().month,
            body=known | fields,
        )
        unit.connection.execute(delete(table_of(OperationStateRow)))
        answered = [
            {"n": n, "state": "received", "changed_at": work.clock.now()}
            for n in unit.connection.execute(select(table_of(OperationRow).c.n)).scalars()
        ]
        unit.connection.execute(insert(table_of(OperationStateRow)), answered)
        feed.apply_news(unit.connection, [entry], work.clock.now())
        unit.commit()


def test_who_came_on_the_list_since_was_not_missed_before(work, rounds):
    home = replace(household_of("韦大年", id_number=None), category=Category.NONE)
    work.households.add_all([home])
    work.clock.at = work.clock.at.replace(month=6, day=20)
    county_says(work, home, category="dibao")
    work.clock.at = work.clock.at.replace(month=8, day=3)

    found = [missed(rounds.month(date(2026, month, 1))) for month in (5, 6, 7)]

    assert found == [[], [], [(date(2026, 7, 31), "7月没走访")]]


def test_who_is_on_the_list_no_more_stays_missed_in_the_months_before(work, homes, rounds):
    visit(work, homes[0])
    work.clock.at = work.clock.at.replace(month=5, day=20)
    county_says(work, homes[0], category="none")
    work.clock.at = work.clock.at.replace(month=7, day=3)

    found = [missed(rounds.month(date(2026, month, 1)), homes[0]) for month in (4, 5, 6)]

    assert found == [[(date(2026, 4, 30), "4月没走访")], [], []]


def test_a_rung_granted_later_forgives_nothing_of_the_one_before(work, rounds):
    filing = Filing(work, category=Category.MARGINAL)
    visit(work, filing.household)
    work.clock.at = work.clock.at.replace(month=6, day=20)
    filing.county_says(
        ApplicationStatus.CONFIRMED, decided_on=date(2026, 6, 20), decided_category="dibao"
    )
    county_says(work, filing.household, category="dibao")
    work.clock.at = work.clock.at.replace(month=8, day=3)

    assert missed(rounds.month(APRIL)) == [(date(2026, 4, 30), "4月没走访")]
    assert missed(rounds.month(date(2026, 6, 1)))[0] == (date(2026, 6, 30), "4月1日到6月30日没上门")


def test_a_sudden_difficulty_that_is_over_was_still_to_be_seen_each_week(work, rounds):
    home = household_of("韦大年", id_number=None)
    home = replace(home, category=Category.NONE, monitoring_tag=MonitoringTag.SUDDEN_DIFFICULTY)
    work.households.add_all([home])
    work.clock.at = work.clock.at.replace(day=17)
    county_says(work, home, monitoring_tag=None)
    work.clock.at = work.clock.at.replace(day=30)

    assert [on.day for on, _why in missed(rounds.month(MARCH))] == [8, 15]


def test_a_time_this_laptop_knows_no_tier_of_is_not_called_missed_and_said(work, homes, rounds):
    work.clock.at = work.clock.at.replace(month=5, day=20)
    for home in homes[:2]:
        visit(work, home, on=date(2026, 1, 10))  # seen before it was taken into the records here

    february, april = rounds.month(date(2026, 2, 1)), rounds.month(APRIL)

    assert (missed(february), february.missed, february.unknown) == ([], 0, 2)
    assert "另有 2 户那时属于哪一类，这台电脑里没有记录，没算漏走" in summary(february)
    assert (april.missed, april.unknown) == (len(homes), 0)
    assert "没有记录" not in summary(april)


def test_an_erased_household_leaves_no_tier(work, homes):
    with work.begin() as unit:
        assert set(unit.rounds.tiers([homes[0].id])) == {homes[0].id}
        forget_household(unit.connection, homes[0].id)
        assert unit.rounds.tiers([homes[0].id]) == {}


@pytest.mark.parametrize(
    ("danger", "over"),
    [
        ({"supplies": Supplies.SHORT}, {"supplies": Supplies.ENOUGH}),
        ({"housing": Housing.DANGEROUS}, {"housing": Housing.SAFE}),
        ({"health": Health.HOSPITAL}, {"health": Health.GOOD}),
    ],
)
def test_a_household_in_danger_was_missed_in_each_week_it_was_not_seen(
    work, homes, rounds, danger, over
):
    visit(work, homes[0], **danger)  # Monday 2 March
    work.clock.at = work.clock.at.replace(day=30)
    visit(work, homes[0], on=date(2026, 3, 17), **over)

    assert missed(rounds.month(MARCH), homes[0]) == [
        (date(2026, 3, 15), "3月9日到3月15日没走访，要勤看的")
    ]


def test_a_call_that_asked_nothing_leaves_the_danger_of_the_past_standing(work, homes, rounds):
    visit(work, homes[0], supplies=Supplies.SHORT)
    visit(work, homes[0], on=date(2026, 3, 2), met=Met.PHONE, channel=Channel.PHONE)
    work.clock.at = work.clock.at.replace(day=30)

    ends = [on for on, _why in missed(rounds.month(MARCH), homes[0])]

    assert ends == [date(2026, 3, 15), date(2026, 3, 22), date(2026, 3, 29)]


def test_a_later_answer_by_another_road_that_counts_ends_the_danger(work, homes, rounds):
    visit(work, homes[0], supplies=Supplies.SHORT)
    work.clock.at = work.clock.at.replace(day=30)
    called = {"met": Met.PHONE, "channel": Channel.PHONE, "supplies": Supplies.ENOUGH}
    visit(work, homes[0], on=date(2026, 3, 4), **called)

    assert missed(rounds.month(MARCH), homes[0]) == []


def test_an_answer_on_the_first_day_of_a_week_is_not_yet_asked_about_in_it(work, homes, rounds):
    work.clock.at = work.clock.at.replace(day=30)
    visit(work, homes[0], on=date(2026, 3, 9), supplies=Supplies.SHORT)  # a Monday

    ends = [on for on, _why in missed(rounds.month(MARCH), homes[0])]

    assert ends == [date(2026, 3, 22), date(2026, 3, 29)]


def test_sudden_difficulty_is_looked_at_every_week(work, rounds):
    home = household_of("韦大年", id_number=None)
    home = replace(home, category=Category.NONE, monitoring_tag=MonitoringTag.SUDDEN_DIFFICULTY)
    work.households.add_all([home])
    work.clock.at = work.clock.at.replace(day=17)

    # the week from 2 March is the first whole one
    assert [on.day for on, _why in missed(rounds.month(MARCH))] == [8, 15]


def test_today_and_what_is_to_come_is_not_missed(work, homes, rounds):
    work.clock.at = work.clock.at.replace(month=4, day=30)

    month = rounds.month(APRIL)

    assert (month.missed, month.planned) == (0, len(homes))


# a year whose calendar has not come


def test_planned_days_of_a_year_without_a_notice_say_that_they_are_guessed(work, homes, rounds):
    work.clock.at = work.clock.at.replace(month=12, day=28)
    for home in homes:
        visit(work, home)

    month = rounds.month(JANUARY)

    said = "按周一至周五估算，等县里下发日历"
    busy = [day for day in month.days if day.count(RoundState.PLANNED)]
    idle = next(day for day in month.days if not day.lines)
    assert said in summary(month)
    assert busy
    assert all(said in day_title(day) and said in day_spoken(day) for day in busy)
    assert said not in day_title(idle)


def test_planned_days_of_a_year_with_its_notice_are_no_guess(homes, rounds):
    month = rounds.month(MARCH)

    assert homes
    assert "估算" not in summary(month)
    assert not any("估算" in day_title(day) for day in month.days)


def left_alone(child_born: date):
    """Somebody works elsewhere, a child stays; nothing was granted."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    away, child = made.members
    members = (
        replace(away, living=Living.AWAY_FOR_WORK),
        replace(child, living=Living.TOGETHER, person=replace(child.person, birth=child_born)),
    )
    return replace(made, category=Category.NONE, members=members)


@pytest.mark.parametrize(
    ("born", "months"),
    [
        (date(2010, 6, 15), [4, 5]),  # sixteen in the middle of June
        (date(2010, 7, 1), [4, 5, 6]),  # sixteen the day after June is over
        (date(2010, 6, 30), [4, 5]),  # sixteen on its last day
    ],
)
def test_a_month_in_which_the_duty_ended_was_not_missed(work, rounds, born, months):
    home = left_alone(born)
    work.households.add_all([home])
    work.clock.at = work.clock.at.replace(month=8, day=3)

    found = [month for month in range(3, 8) if missed(rounds.month(date(2026, month, 1)), home)]

    assert found == months
