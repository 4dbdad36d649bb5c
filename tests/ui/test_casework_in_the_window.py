"""Long ways of casework by keys in the whole window at its smallest: a death with an application,
relief that becomes 低保, relief that follows on, relief that has to be got back."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.casework import ApplicationStatus, Relief, ReliefStatus
from app.domain.money import Money
from app.domain.relief_words import Afterwards, CheckResult
from app.domain.today import WorkKind
from app.services.applications import FileApplication
from app.ui.relief_case.deeds import DeedKind
from tests.hands import Hands
from tests.whole_window import CRAMPED, WholeWindow, beyond_the_window, scrolling_sideways
from tests.work_pages import LI, ZHAO, Room

_STEPS = 60
"""More than any page has places for the keys."""


class Coordinator:
    """The window in front, and two hands. `look` also leaves a picture where one is asked for."""

    def __init__(self, window: WholeWindow) -> None:
        self.window = window
        self.room = window.room
        self.hands = Hands(window.window)

    @property
    def view(self):
        return self.window.day.halves(self.window.day.current).view

    def press(self, *chords: str) -> Coordinator:
        for chord in chords:
            self.hands.press(chord)
            self.window.settle()
        return self

    def compose(self, text: str) -> Coordinator:
        self.hands.compose(text)
        self.window.settle()
        return self

    def walk(self, there: Callable[[], QWidget]) -> Coordinator:
        """Tab until the keys are there."""
        for _ in range(_STEPS):
            focus = QApplication.focusWidget()
            if focus is there() or (focus is not None and there().isAncestorOf(focus)):
                return self
            self.press("Tab")
        raise AssertionError(f"the keys do not come to {there().accessibleName()}")

    def deed(self, deed: DeedKind) -> Coordinator:
        """The button of a deed on the page of one 先行救助."""
        view = self.view
        return self.walk(
            lambda: next(one for one in view.buttons if one.text() == deed.label)
        ).press("Space")

    def look(self, name: str) -> Coordinator:
        """Nothing is cut and nothing lies beside the window."""
        if folder := os.environ.get("GRABS"):
            self.window.window.grab().save(f"{folder}/{name}.png")
        assert [*scrolling_sideways(self.window), *beyond_the_window(self.window)] == []
        return self

    def relief(self) -> list[Relief]:
        return self.room.ask(lambda work: work.casework.relief_of(ZHAO))

    def kinds(self) -> dict[WorkKind, str]:
        items = self.room.do(self.room.desk.worklist.today).items
        return {one.kind: one.action for one in items if one.household in {LI, ZHAO}}


@pytest.fixture
def her(room: Room, qtbot: QtBot) -> Coordinator:
    window = WholeWindow(room, qtbot)
    window.day.go("today")
    window.show(CRAMPED)
    qtbot.waitUntil(window.window.isActiveWindow)
    return Coordinator(window)


@pytest.fixture
def paid(her: Coordinator) -> Coordinator:
    """800 yuan given to 赵大山, and its page in front."""
    her.press("Ctrl+E", *"zds", "Return", "1", *"800", "Return", "1", "Ctrl+Return")
    her.window.go("relief_case", her.relief()[0].id)
    return her


def test_a_death_is_read_before_it_is_written_and_ends_the_application_in_the_list(her):
    filed = her.room.do(
        lambda: her.room.desk.applications.file(FileApplication(household=LI, assessment=None))
    )
    her.press("Ctrl+F", *"lgf", "Return", "Insert", "4", "1", "Return", "2")
    will = her.view.form.will.text()
    her.look("death-1")
    before = her.room.do(lambda: her.room.desk.applications.get(filed.id)).status

    her.press("Ctrl+Return").look("death-2")

    after = her.room.do(lambda: her.room.desk.applications.get(filed.id)).status
    assert (filed.document_no in will, before) == (True, ApplicationStatus.DRAFT)
    assert after is ApplicationStatus.CLOSED_BY_DEATH
    assert filed.document_no in her.view.closed.text()
    assert WorkKind.SUBMISSION not in her.kinds()


def test_relief_that_is_to_become_dibao_is_in_the_list_until_somebody_applies(paid):
    paid.deed(DeedKind.MAKE_UP).press("2", "3", "4", "5")
    paid.walk(lambda: paid.view.fields.afterwards)
    paid.press(str(list(Afterwards).index(Afterwards.TO_DIBAO) + 1)).look("to-dibao-1")
    paid.press("Ctrl+Return").look("to-dibao-2")
    asked = paid.kinds().get(WorkKind.RELIEF_TO_DIBAO)
    paid.press("Ctrl+1").look("to-dibao-3")

    paid.room.do(
        lambda: paid.room.desk.applications.file(FileApplication(household=ZHAO, assessment=None))
    )

    assert asked == "测算，提申请"
    assert WorkKind.RELIEF_TO_DIBAO not in paid.kinds()


def test_relief_that_follows_on_shows_its_chain_and_leads_back(paid):
    first = paid.relief()[0]
    paid.room.clock.advance(days=1)
    paid.deed(DeedKind.FOLLOW).look("follow-1")
    said = paid.view.card.follows.text()
    paid.press(*"300", "Return", "1").walk(lambda: paid.view.others.approver)
    paid.compose("黄镇长").press("Return", "1", "Ctrl+Return").look("follow-2")
    second = next(one for one in paid.relief() if one.id != first.id)
    paid.window.go("relief_case", second.id)
    paid.look("follow-3")

    rows = paid.view.chain.rows.rowCount()
    paid.walk(lambda: paid.view.chain).press("Home", "Return").look("follow-4")

    assert "跟进救助" in said
    assert (second.parent, rows) == (first.id, 2)
    assert "800 元" in paid.view.title.text()
    assert paid.window.day.place().subject == first.id


def test_papers_that_do_not_hold_are_got_back_until_nothing_is_owed(paid):
    paid.deed(DeedKind.MAKE_UP).walk(lambda: paid.view.fields.text).compose("邻居说没有起火")
    paid.walk(lambda: paid.view.fields.result)
    paid.press(str(list(CheckResult).index(CheckResult.RECOVER) + 1)).look("recover-1")
    paid.press("Ctrl+Return").look("recover-2")
    owed = paid.kinds().get(WorkKind.RECOVERY)
    paid.deed(DeedKind.RECOVER).press(*"300", "Return", "Ctrl+Return").look("recover-3")
    part = paid.relief()[0].status
    paid.deed(DeedKind.RECOVER).press(*"500", "Return", "Ctrl+Return").look("recover-4")

    known = paid.relief()[0].id
    case = paid.room.do(lambda: paid.room.desk.relief.case(known))
    assert [one.text() for one in paid.view.buttons] == []
    assert paid.view.nothing.isVisible()
    assert (owed, part) == ("把钱收回来", ReliefStatus.RECOVERING)
    assert (case.relief.status, case.recovered) == (ReliefStatus.RECOVERED, Money.yuan(800))
    assert WorkKind.RECOVERY not in paid.kinds()
