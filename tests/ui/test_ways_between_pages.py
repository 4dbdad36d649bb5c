"""Ways from page to page and back, by key: 复核渐退, and the 入户调查 of an application."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.domain.application_events import ApplicationEvent as E
from app.services.application_signatures import Sign
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from app.services.investigations import RecordInvestigation
from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.keys import Jump, Start
from app.ui.applications.screen import build_applications_screen
from app.ui.finding.search import Search
from app.ui.home.screen import build_home_screen
from app.ui.household.desk import HouseholdDesk
from app.ui.household.screen import build_household_screen
from app.ui.investigation.screen import build_investigation_screen
from app.ui.shell.page import PageScreen
from tests.filing import TOLD
from tests.hands import Hands
from tests.work_pages import LI, WU, ZHAO, Room

TODAY = date(2026, 3, 2)
TWO = ("王秀英", "韦志强")


class Page:
    """A page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, screen: PageScreen, subject: str | None) -> None:
        self.room, self.screen = room, screen
        qtbot.addWidget(screen.view)
        room.show(screen, subject)
        self.hands = Hands(screen.view)

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> Page:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def rows(self) -> list[object]:
        """What Enter on each row leads to."""
        return [row.key for row in self.view.table.rows.rows()]


@pytest.fixture
def filed(room: Room) -> str:
    """Zhao's application, waiting for somebody to go there."""
    desk = room.desk

    def job() -> str:
        made = desk.applications.file(FileApplication(household=ZHAO, assessment=None)).id
        desk.application_signatures.sign(Sign(application=made, signed_on=TODAY))
        for event, told in ((E.SUBMIT, {}), (E.ACCEPT, TOLD), (E.CHECK_REPORT, TOLD)):
            step = TakeStep(application=made, event=event, happened_on=TODAY, **told)
            desk.application_steps.take(step)
        return made

    return room.do(job)


def application(room: Room) -> PageScreen:
    return build_applications_screen(ApplicationDesk.of(room.desk), room.bench)


def investigation(room: Room) -> PageScreen:
    desk = room.desk
    return build_investigation_screen(desk.investigations, desk.households, desk.drafts, room.bench)


def test_one_key_leads_from_today_to_reviews_and_graces(room: Room, qtbot: QtBot):
    desk, bench = room.desk, room.bench
    search = Search(desk.reassessing, bench.store, bench.work, bench.changes.announce)
    screen = build_home_screen(desk.worklist.today, desk.households.find, search, bench)
    page = Page(room, qtbot, screen, None)

    page.press("Ctrl+G")

    assert room.went == [("standing", None)]


def test_one_key_leads_from_a_household_to_what_it_stands_in(room: Room, qtbot: QtBot):
    desk = HouseholdDesk(room.desk.households, room.desk.lacks, room.desk.changes)
    page = Page(room, qtbot, build_household_screen(desk, room.bench), LI)

    page.press("Ctrl+G")

    assert room.went == [("standing", LI)]


def test_the_form_of_the_investigation_is_the_first_thing_to_do(
    room: Room, qtbot: QtBot, filed: str
):
    page = Page(room, qtbot, application(room), filed)

    page.press("Return")

    assert page.rows()[0] == Jump("investigation", filed)
    assert room.went == [("investigation", filed)]


def test_once_filled_in_the_step_comes_first_and_knows_who_went(
    room: Room, qtbot: QtBot, filed: str
):
    seen = RecordInvestigation(
        household=ZHAO,
        application=filed,
        investigated_on=TODAY,
        investigators=TWO,
        respondent="赵大山",
        answers={},
        fits=True,
        conclusion="",
    )
    room.do(lambda: room.desk.investigations.record(seen))
    page = Page(room, qtbot, application(room), filed)
    rows = page.rows()

    page.press("Return")

    assert isinstance(rows[0], Start)
    assert Jump("investigation", filed) in rows
    assert page.view.form.fields["investigators"].text() == "、".join(TWO)


@pytest.mark.parametrize("key", ["Ctrl+B", "F3"])
def test_the_investigation_leads_back_to_its_application(
    room: Room, qtbot: QtBot, filed: str, key: str
):
    page = Page(room, qtbot, investigation(room), filed)

    page.press(key)

    assert "回到申请" in page.view.back.text()
    assert room.went == [("applications", filed)]


def test_an_investigation_for_nothing_leads_back_to_the_household(room: Room, qtbot: QtBot):
    page = Page(room, qtbot, investigation(room), WU)

    page.press("Ctrl+B")

    assert "这一户" in page.view.back.text()
    assert room.went == [("household", WU)]
