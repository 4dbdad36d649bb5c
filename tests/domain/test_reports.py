"""Quarters and their last day, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.reports import Quarter, ReportFigures


@pytest.mark.parametrize(
    ("day", "key", "first", "last"),
    [
        (date(2026, 1, 1), "2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), "2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), "2026Q2", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), "2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_one_quarter(day, key, first, last):
    quarter = Quarter.of(day)

    assert (quarter.key, quarter.first, quarter.last) == (key, first, last)
    assert Quarter.parse(key) == quarter


@pytest.mark.parametrize(
    ("key", "day", "due"),
    [
        ("2026Q1", 20, date(2026, 3, 20)),  # S0:L56: 每季度末月20日前
        ("2026Q2", 31, date(2026, 6, 30)),  # S4:L64: 6月底
        ("2026Q3", 31, date(2026, 9, 30)),
        ("2026Q4", 31, date(2026, 12, 31)),
    ],
)
def test_the_last_day_is_in_its_last_month(key, day, due):
    assert Quarter.parse(key).due_on(day) == due


def test_after_the_fourth_comes_the_first_of_the_next_year():
    assert Quarter(2026, 4).next == Quarter(2027, 1)


@pytest.mark.parametrize("key", ["", "2026", "2026Q5", "2026Q0", "x2026Q1"])
def test_what_names_no_quarter_is_refused(key):
    with pytest.raises(ValueError, match="quarter"):
        Quarter.parse(key)


def test_figures_come_back_as_they_were_kept():
    counted = dict.fromkeys(ReportFigures.__dataclass_fields__, 3)

    figures = ReportFigures(**counted)

    assert ReportFigures.of_fields(figures.as_fields()) == figures
    assert ReportFigures.of_fields({"visits": 2}).listed == 0
