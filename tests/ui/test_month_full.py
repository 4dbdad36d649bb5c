"""A month that is full: every day with all its counts, six weeks, and all that is said above it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.ids import HouseholdId
from app.domain.month_round import MonthRound, RoundDay, RoundLine, RoundState
from app.rules.deadlines import ESTIMATED
from app.ui.month.table import STATE
from app.ui.month.view import MonthView
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.widgets.layout import Scroll
from tests.screens import settle
from tests.ui.test_small_screens import EDGE, SMALL

FIRST = date(2026, 8, 1)
"""A Saturday: the month lies in six weeks."""
COUNTS = {RoundState.SEEN: 12, RoundState.TRIED: 3, RoundState.PLANNED: 25, RoundState.MISSED: 14}


def full_month() -> MonthRound:
    lines = tuple(
        RoundLine(
            state=state,
            household=HouseholdId(f"{state}{number}"),
            who="买买提·吐尔逊",
            place="第十二村民小组105号",
            detail="低保户，上次是电话，不算上门，上次米面不够要勤看。依据：练习县走访办法第十二条",
        )
        for state, count in COUNTS.items()
        for number in range(count)
    )
    days = tuple(
        RoundDay(FIRST + timedelta(days=at), lines, at % 7 > 1, at % 2 == 0) for at in range(31)
    )
    return MonthRound(
        first=FIRST,
        today=FIRST + timedelta(days=13),
        days=days,
        seen=212,
        planned=187,
        missed=114,
        unknown=36,
        plan=f"照剩下的工作日匀开，一天 25 户，{ESTIMATED}",
    )


def test_larger_letters_while_the_month_is_in_front_are_as_if_it_came_in_them(
    look: Look, qtbot: QtBot
):
    look.wear(size=TypeSize.STANDARD)
    view = MonthView()
    window = Scroll(view)
    qtbot.addWidget(window)
    window.resize(*SMALL[TypeSize.LARGE])
    window.show()
    view.show_month(full_month())
    settle()
    assert view.day.heading.text().startswith("2026年8月14日 星期五　54 户")

    look.wear(size=TypeSize.LARGE)
    window.resize(*SMALL[TypeSize.LARGE])
    settle()

    assert view.day.heading.text().startswith("8月14日　54 户")
    assert view.lines.isColumnHidden(STATE)


@pytest.mark.parametrize("size", SMALL)
def test_a_full_month_is_in_sight_as_a_whole(size: TypeSize, look: Look, qtbot: QtBot):
    look.wear(size=size)
    view = MonthView()
    window = Scroll(view)
    qtbot.addWidget(window)
    window.resize(*SMALL[size])
    window.show()
    view.show_month(full_month())
    settle()

    assert view.whole.isVisible()
    assert full_month().days[13].lines[0].detail in view.whole.text()
    for area in (window, view.lines):
        assert area.horizontalScrollBar().maximum() == 0
    assert window.verticalScrollBar().maximum() <= EDGE
    for cell in view.grid.cells:
        if cell.isVisible():
            assert cell.visibleRegion().boundingRect() == cell.rect()
            words = cell.fontMetrics().size(0, cell.text())
            assert words.width() <= cell.width()
            assert words.height() <= cell.height()
            assert "漏14" in cell.text()  # what presses most is the last to be left out
