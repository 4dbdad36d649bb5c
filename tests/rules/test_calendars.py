"""The State Council's calendars: the shipped ones add up, and a wrong one is refused."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.problem import Refused
from app.domain.workdays import CalendarYear, DueDate, WorkdayCalendar
from app.rules.calendars import LARGEST, parse_calendar_year
from app.rules.day_count import DayCount
from app.services.policies import Policies
from tests.cases import RESOURCES

YEAR = """
year = 2026
document = "示例"
statutory_days = 2
confidence = "示例"
holidays = [{ name = "元旦", from = 2026-01-01, to = 2026-01-04 }]
make_up_workdays = []
"""


def refusal(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_calendar_year("2026.toml", text.encode())
    return caught.value


def test_three_years_are_shipped_and_name_their_notices():
    calendar = Policies(RESOURCES).calendar()

    assert {year: one.document for year, one in calendar.years.items()} == {
        2024: "国办发明电〔2023〕7号",
        2025: "国办发明电〔2024〕12号",
        2026: "国办发明电〔2025〕7号",
    }


@pytest.mark.parametrize(
    ("year", "borrowed"),
    [
        (2024, ["0204", "0218", "0407", "0428", "0511", "0914", "0929", "1012"]),
        (2025, ["0126", "0208", "0427", "0928", "1011"]),
        (2026, ["0104", "0214", "0228", "0509", "0920", "1010"]),
    ],
)
def test_the_make_up_days_are_weekends(year, borrowed):
    on = Policies(RESOURCES).calendar().years[year].on

    assert sorted(f"{day:%m%d}" for day in on) == borrowed
    assert all(day.weekday() >= 5 for day in on)


@pytest.mark.parametrize(("year", "open_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_the_law_leaves(year, open_days):
    """Weekdays of the year less 11 (2024) or 13 statutory days."""
    calendar = Policies(RESOURCES).calendar()
    days = [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(),
                                               date(year + 1, 1, 1).toordinal())]  # fmt: skip

    assert sum(calendar.is_workday(day) for day in days) == open_days


def test_five_working_days_over_the_spring_festival_of_2026():
    calendar = Policies(RESOURCES).calendar()

    assert DayCount(date(2026, 2, 13), calendar).due(5) == DueDate(
        date(2026, 2, 27), estimated=False
    )


def test_a_year_that_adds_up_is_read():
    year = parse_calendar_year("2026.toml", YEAR.encode())

    assert (year.year, len(year.off), year.on) == (2026, 4, frozenset())


def test_new_years_day_may_borrow_from_the_december_before():
    """As 国办发明电〔2018〕15号 did: off from Sunday to Tuesday, and at work on the Saturday."""
    text = """
year = 2019
document = "示例"
statutory_days = 1
confidence = "示例"
holidays = [{ name = "元旦", from = 2018-12-30, to = 2019-01-01 }]
make_up_workdays = [2018-12-29]
"""
    year = parse_calendar_year("2019.toml", text.encode())
    before = CalendarYear(
        year=2018, document="", off=frozenset(), on=frozenset({date(2018, 12, 30)})
    )
    days = [date(2018, 12, 28), *sorted(year.on | year.off), date(2019, 1, 2)]

    open_days = [WorkdayCalendar({2018: before, 2019: year}).is_workday(day) for day in days]

    assert open_days == [True, True, False, False, False, True]
    assert not WorkdayCalendar({2018: before}).is_workday(date(2018, 12, 29))
    assert refusal(YEAR.replace("from = 2026-01-01", "from = 2025-11-30").replace(
        "to = 2026-01-04", "to = 2025-12-02")).code == "C-10"  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (("year = 2026", "year = "), "C-01", "2026.toml"),
        (("year = 2026", "year = " + "9" * 5000), "C-01", "2026.toml"),
        (("year = 2026", "years = 2026"), "C-02", "2026.toml: years"),
        (("year = 2026", ""), "C-03", "2026.toml: year"),
        (('confidence = "示例"', ""), "C-03", "2026.toml: confidence"),
        (("year = 2026", "year = 1999"), "C-04", "2026.toml: year"),
        (("from = 2026-01-01", "from = 1"), "C-04", "2026.toml: holidays[0].from"),
        (("to = 2026-01-04", "to = 2025-01-04"), "C-10", "2026.toml: holidays[0].to"),
        (("to = 2026-01-04", "to = 2026-02-04"), "C-10", "2026.toml: holidays[0].to"),
        (("year = 2026", "year = 2027"), "C-10", "2026.toml: year"),
        (("statutory_days = 2", "statutory_days = 3"), "C-10", "2026.toml: make_up_workdays"),
        (("[]", "[2026-01-05]"), "C-10", "2026.toml: make_up_workdays"),
        (("[]", "[2026-01-03]"), "C-10", "2026.toml: make_up_workdays"),
        (("[]", "[2026-01-10]"), "C-10", "2026.toml: make_up_workdays"),
        (("[]", '["x"]'), "C-04", "2026.toml: make_up_workdays[0]"),
    ],
)
def test_a_year_that_cannot_stand_is_refused(change, code, field):
    problem = refusal(YEAR.replace(*change))

    assert (problem.code, problem.field) == (code, field)


def test_a_calendar_too_large_is_refused():
    assert refusal("#" * (LARGEST + 1)).code == "C-01"
