"""The month of visits and the year's sweep, read from the visits themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.casework import Channel, Met, Supplies
from app.domain.households import Category
from app.domain.month_round import RoundState
from app.domain.people import Living
from app.domain.today import WorkKind
from app.services.month_rounds import MonthRounds
from app.services.sweeps import Sweeps
from app.services.visits import RecordVisit
from tests.storefile import household_of

MARCH = date(2026, 3, 1)


@pytest.fixture
def homes(work):
    made = [household_of("覃兰英", id_number=None, door=f"{number}号") for number in range(1, 9)]
    work.households.add_all(made)
    return made


@pytest.fixture
def rounds(work):
    return MonthRounds(work.begin, work.clock, work.rules)


@pytest.fixture
def sweeps(work):
    return Sweeps(work.begin, work.clock, work.rules)


def visit(work, home, on=None, met=Met.SELF, note=""):
    on = on or work.clock.today()
    work.visits.record(RecordVisit(household=home.id, visited_on=on, met=met, note=note))


def call(work, home, on=None):
    on = on or work.clock.today()
    work.visits.record(
        RecordVisit(household=home.id, visited_on=on, met=Met.PHONE, channel=Channel.PHONE)
    )


def states(day):
    return {state: day.count(state) for state in RoundState if day.count(state)}


def test_what_is_left_is_spread_over_the_working_days_left(work, homes, rounds):
    work.clock.advance(days=24)  # Thursday 26 March: two days, and the 30th and 31st

    month = rounds.month(MARCH)

    planned = {day.on.day: day.count(RoundState.PLANNED) for day in month.days}
    assert {day: count for day, count in planned.items() if count} == {26: 2, 27: 2, 30: 2, 31: 2}
    assert (month.planned, month.plan) == (8, "照剩下的工作日匀开，一天 2 户")


def test_more_than_a_day_holds_is_called_so(work, homes, rounds):
    work.clock.advance(days=29)  # Tuesday 31 March: one day is left for eight households

    assert rounds.month(MARCH).plan == (
        "照剩下的工作日匀开，一天 8 户；一天一般走 6 户，走不完的照今日工作里的先后走"
    )


def test_today_and_the_month_say_the_same_of_what_is_left(work, homes, rounds):
    """Also who comes into the list only later in the month."""
    later = RecordVisit(
        household=homes[0].id,
        visited_on=work.clock.today(),
        met=Met.NOBODY,
        again_on=date(2026, 3, 20),
    )
    work.visits.record(later)

    left = work.worklist.today().visits_left_this_month

    assert left == rounds.month(MARCH).planned == 8


def test_a_visit_stands_on_its_day_and_is_planned_no_more(work, homes, rounds):
    visit(work, homes[0], note="都好")
    visit(work, homes[1], met=Met.NOBODY)

    month = rounds.month(MARCH)

    today = month.days[1]
    assert states(today)[RoundState.SEEN] == 1
    assert states(today)[RoundState.TRIED] == 1
    assert (month.seen, month.planned) == (1, 7)
    assert "都好" in {line.detail for line in today.lines}


def test_a_month_that_is_over_says_who_was_missed_and_plans_nothing(work, homes, rounds):
    visit(work, homes[0], on=date(2026, 2, 10))
    work.clock.advance(days=40)  # 11 April
    for home in homes[1:]:
        visit(work, home, on=date(2026, 4, 1))
    work.clock.advance(days=25)

    month = rounds.month(date(2026, 4, 1))

    assert (month.missed, month.planned) == (1, 0)
    assert states(month.days[29]) == {RoundState.MISSED: 1}


def test_next_month_plans_those_who_come_due_then(work, homes, rounds):
    visit(work, homes[0])

    assert rounds.month(date(2026, 4, 1)).planned == 1


def test_days_off_are_told_from_those_that_are_worked(work, homes, rounds):
    february = rounds.month(date(2026, 2, 1))

    assert not february.days[15].is_open  # the 16th, before the Spring Festival
    assert february.days[27].is_open  # Saturday the 28th makes up for it


def test_a_sweep_counts_who_was_met_at_home_this_year_group_by_group(work, homes, sweeps):
    other = household_of("韦大年", id_number=None, group="五组", door="1号")
    work.households.add_all([replace(other, category=Category.NONE)])
    visit(work, homes[0])
    visit(work, homes[1], met=Met.PHONE)
    visit(work, homes[2], met=Met.NOBODY)
    visit(work, homes[3], on=date(2025, 12, 31))

    sweep = sweeps.coverage()

    assert sweep is not None
    assert (sweep.first, sweep.last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert {group.name: (group.seen, len(group.missing)) for group in sweep.groups} == {
        "三组": (1, 7),
        "五组": (0, 1),
    }
    assert (sweep.seen, sweep.households) == (1, 9)


def test_what_is_added_to_a_call_is_no_visit_at_the_door(work, homes, sweeps):
    called = work.visits.record(
        RecordVisit(
            household=homes[0].id, visited_on=work.clock.today(), met=Met.SELF,
            channel=Channel.REMOTE,
        )
    )  # fmt: skip
    work.visits.add(called, "补一句")

    assert sweeps.coverage().seen == 0


def in_an_institution(home):
    members = tuple(replace(one, living=Living.INSTITUTION) for one in home.members)
    return replace(home, members=members)


@pytest.mark.parametrize("category", [Category.TEKUN, Category.DIBAO, Category.NONE])
def test_where_everybody_lives_in_an_institution_nobody_is_visited_nor_swept(
    work, rounds, sweeps, category
):
    away = in_an_institution(household_of("韦大年", "韦小年", id_number=None, group="五组"))
    work.households.add_all([replace(away, category=category)])

    assert [one.kind for one in work.worklist.everything()] == []
    assert rounds.month(MARCH).planned == 0
    assert sweeps.coverage().households == 0
    assert work.visits.month_progress().assisted == 0


def test_where_one_is_at_home_somebody_goes_there(work, sweeps):
    home = in_an_institution(household_of("韦大年", "韦小年", id_number=None))
    stays = replace(home.members[1], living=None)
    home = replace(home, members=(home.members[0], stays), category=Category.TEKUN)
    work.households.add_all([home])

    assert WorkKind.CARE_CHECK in {one.kind for one in work.worklist.everything()}
    assert sweeps.coverage().households == 1


def test_households_nobody_calls_on_otherwise_are_swept_in_autumn(work):
    home = replace(household_of("韦大年", id_number=None), category=Category.NONE)
    work.households.add_all([home])
    never = work.worklist.today().items
    visit(work, home)
    now = work.worklist.today().items
    work.clock.advance(days=(date(2027, 9, 1) - work.clock.today()).days)

    (later,) = (one for one in work.worklist.today().items if one.kind is not WorkKind.REPORT)

    assert [item.kind for item in never] == [WorkKind.SWEEP]
    assert now == ()
    assert (later.kind, later.due_on) == (WorkKind.SWEEP, date(2027, 12, 31))


def test_six_visits_are_a_days_work_and_the_rest_is_offered(work, homes):
    before = work.worklist.today()
    for home in homes[:6]:
        visit(work, home)

    after = work.worklist.today()
    work.clock.advance(days=1)

    assert (before.visits_due, len(before.items)) == (6, 6)
    assert (after.items, after.visits_left_this_month) == ((), 2)
    assert work.worklist.today().visits_due == 2


def test_a_day_that_was_agreed_comes_before_late_visits_and_beyond_the_six(work, homes):
    agreed = work.clock.today() + timedelta(days=2)
    for home in homes:
        visit(work, home, on=date(2026, 1, 20))
    work.visits.record(
        RecordVisit(
            household=homes[7].id, visited_on=work.clock.today(), met=Met.NOBODY, again_on=agreed
        )
    )
    before = {item.household for item in work.worklist.today().items}
    work.clock.advance(days=2)
    first = work.worklist.today().items[0].household
    for home in homes[:6]:
        visit(work, home)

    assert homes[7].id not in before
    assert first == homes[7].id
    assert [item.household for item in work.worklist.today().items] == [homes[7].id]


def test_the_first_rows_of_the_day_are_the_agreed_one_then_danger_then_the_late(work, homes):
    for home in homes[:7]:
        visit(work, home, on=date(2026, 1, 20))
    short = {"met": Met.SELF, "supplies": Supplies.SHORT}
    work.visits.record(RecordVisit(household=homes[6].id, visited_on=date(2026, 2, 20), **short))
    again = work.clock.today() + timedelta(days=1)
    work.visits.record(
        RecordVisit(
            household=homes[7].id, visited_on=work.clock.today(), met=Met.NOBODY, again_on=again
        )
    )
    with work.begin() as unit:
        rows = unit.due.first(again, (WorkKind.VISIT,), 3)
        before = unit.due.first(work.clock.today(), (WorkKind.VISIT,), 3)

    assert [row.household for row in rows[:2]] == [homes[7].id, homes[6].id]
    assert homes[7].id not in {row.household for row in before}


def test_a_day_agreed_before_a_birthday_leaves_one_row(work):
    home = household_of("韦大年", "韦小年", id_number=None)
    away, elder = home.members
    elder = replace(elder, person=replace(elder.person, birth=date(1966, 3, 20)))
    members = (replace(away, living=Living.AWAY_FOR_WORK), elder)
    work.households.add_all([replace(home, members=members)])
    again = work.clock.today() + timedelta(days=2)
    work.visits.record(
        RecordVisit(
            household=home.id, visited_on=work.clock.today(), met=Met.NOBODY, again_on=again
        )
    )
    work.clock.advance(days=2)

    assert [(item.kind, item.due_text) for item in work.worklist.everything()] == [
        (WorkKind.VISIT, "约好今天")
    ]


def test_who_is_in_danger_comes_before_those_who_are_merely_late(work, homes):
    for home in homes[:7]:
        visit(work, home, on=date(2026, 1, 20))
    work.visits.record(
        RecordVisit(
            household=homes[7].id,
            visited_on=work.clock.today(),
            met=Met.SELF,
            supplies=Supplies.SHORT,
        )
    )
    work.clock.advance(days=7)

    assert work.worklist.today().items[0].household == homes[7].id


def test_nobody_at_home_is_no_visit_of_the_day(work, homes):
    for home in homes[:6]:
        visit(work, home, met=Met.NOBODY)

    assert work.worklist.today().visits_due == 6


def test_calls_to_six_others_leave_the_days_round_as_it_is(work, homes):
    others = [household_of("韦大年", id_number=None, door=f"{n}号") for n in range(20, 26)]
    work.households.add_all([replace(other, category=Category.NONE) for other in others])
    before = work.worklist.today()
    for other in others:
        call(work, other)

    after = work.worklist.today()

    assert after.visits_due == before.visits_due == 6
    assert [item.household for item in after.items if item.kind is WorkKind.VISIT] == [
        item.household for item in before.items if item.kind is WorkKind.VISIT
    ]


def test_a_call_takes_a_household_out_of_the_round_only_where_it_settles_the_visit(work, homes):
    visit(work, homes[0], on=date(2026, 1, 20))  # seen at home in this quarter, homes[1] never
    for home in homes[:2]:
        call(work, home)

    due = {item.household for item in work.worklist.everything()}

    assert homes[0].id not in due
    assert homes[1].id in due


def test_a_month_is_as_long_as_it_is(work, rounds):
    month = rounds.month(date(2026, 2, 1))

    assert [day.on for day in month.days] == [
        date(2026, 2, 1) + timedelta(days=n) for n in range(28)
    ]
