"""The home page reads the clock by itself: midnight and hour clocks, without taking anything."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind, ReliefWay
from app.domain.clock import CHINA
from app.domain.money import Money
from app.domain.today import WorkKind
from app.services.relief_asked import PayRelief
from app.ui.home.screen import build_home_screen
from tests.fakes import NOON, StoppedClock
from tests.presenting import quiet_search
from tests.work_pages import LI, ZHAO, Room

MIDNIGHT = datetime(2026, 3, 3, tzinfo=CHINA)


class HomePage:
    """The home page in front, with the machine's timer in hand."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.loads = 0
        search = quiet_search(room.bench.store)
        self.screen = build_home_screen(self._today, room.desk.households.find, search, room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)

    @property
    def view(self):
        return self.screen.view

    def tick(self, **parts: float) -> HomePage:
        """Time passes, and the timer looks at the clock."""
        self.room.clock.advance(**parts)
        self.view.turning.timer.timeout.emit()
        self.room.settle()
        return self

    def due(self, kind: WorkKind) -> list[str]:
        """What stands in the column of days, for the rows of a kind."""
        rows = self.view.table.rows.rows()
        return [row.key.due_text for row in rows if row.key.kind is kind]

    def _today(self):
        self.loads += 1
        return self.room.desk.worklist.today()


def told(room: Room, household) -> None:
    request = PayRelief(
        household=household,
        payee_name="某人",
        event=EventKind.FIRE,
        amount=Money(0),
        way=ReliefWay.CASH,
    )
    room.do(lambda: room.desk.relief.report(request))


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> HomePage:
    told(room, ZHAO)
    return HomePage(room, qtbot)


def test_at_midnight_it_is_the_next_day(room: Room, qtbot: QtBot):
    page = HomePage(room, qtbot)
    before = page.view.title.text()

    page.tick(hours=11, minutes=59)
    still = (page.view.title.text(), page.loads)
    page.tick(minutes=1)

    assert still == (before, 1)
    assert "3月3日" in page.view.title.text()
    assert page.loads == 2


def test_every_hour_of_a_clock_is_counted_down_until_it_is_late(page: HomePage):
    said = [
        page.tick(hours=hours, seconds=1).due(WorkKind.RELIEF_TO_PAY) for hours in (0, 1, 21, 2)
    ]

    assert said[:3] == [["还剩 24 小时"], ["还剩 23 小时"], ["还剩 2 小时"]]
    assert page.view.table.rows.rows()[0].key.overdue


def test_the_clock_is_not_asked_of_the_file_before(page: HomePage):
    page.tick(seconds=2)

    page.tick(minutes=5).tick(minutes=4)

    assert page.loads == 2


def test_nothing_is_taken_from_whoever_works_there(page: HomePage):
    told(page.room, LI)
    page.screen.presenter.open(None)
    page.room.settle()
    page.view.table.selectRow(1)
    chosen = page.view.table.current_key()
    page.view.search.setFocus()
    page.view.search.setText("w")

    page.tick(hours=5)

    now = page.view.table.current_key()
    assert (now.kind, now.entity_id) == (chosen.kind, chosen.entity_id)
    assert now.due_text != chosen.due_text
    assert QApplication.focusWidget() is page.view.search
    assert page.view.search.text() == "w"


def test_it_goes_on_watching_after_each_turn(page: HomePage):
    page.tick(hours=13).tick(hours=24).tick(hours=24)

    assert page.loads == 4
    assert "3月5日" in page.view.title.text()
    assert page.view.turning.timer.isActive()


@pytest.mark.parametrize(
    ("moved", "turns"),
    [
        (timedelta(0), NOON + timedelta(seconds=1)),
        (timedelta(minutes=25), NOON + timedelta(minutes=30, seconds=1)),
        (timedelta(hours=11, minutes=55), MIDNIGHT),
    ],
)
def test_the_next_turn_is_the_soonest(page: HomePage, moved: timedelta, turns: datetime):
    clock: StoppedClock = page.room.clock
    clock.advance(seconds=moved.total_seconds())

    found = page.room.do(page.room.desk.worklist.today).turns_at

    assert found == turns


def test_where_the_column_is_cut_short_the_line_of_a_row_begins_with_its_whole_reason(
    page: HomePage,
):
    item = page.view.table.current_key()
    assert item.why

    page.view.fit(low=True, narrow=True)
    narrow = page.view.rule.text()
    page.view.fit(low=False, narrow=False)

    assert narrow.startswith(f"{item.why}　下一步：")
    assert page.view.rule.text().startswith("下一步：")
    assert item.rule in narrow
