"""Kill −9 while a deed of an application is told, and one whose applicant has left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.procedure import FiledBy
from app.services.applications import FileApplication
from app.ui.applications.keys import Start
from app.ui.applications.screen import build_applications_screen
from app.ui.applications.table import Part
from tests.application_page import Page, desk_of
from tests.hands import Hands
from tests.killed import until_saved
from tests.work_pages import LI, ZHAO, Room


def tell_who_files(room: Room, how: str):
    """Answer who files for her; with "finish" the deed is done as well."""
    request = FileApplication(household=ZHAO, assessment=None)
    room.do(lambda: room.desk.applications.file(request))
    screen = build_applications_screen(desk_of(room), room.bench)
    room.show(screen, ZHAO)
    screen.presenter.act(Start("proxy"))
    room.settle()
    hands = Hands(screen.view)
    hands.press("2")
    room.settle()
    hands.compose("李建国")
    until_saved(room, lambda: hands.press("Return"))
    if how == "finish":
        screen.presenter.finish()
        room.settle()
    return screen


@pytest.mark.parametrize(("how", "recorded"), [("half", ""), ("finish", "李建国")])
def test_a_killed_program_loses_neither_an_answer_nor_a_deed(
    how: str, recorded: str, killed: Callable[..., Room], qtbot: QtBot
):
    room = killed(tell_who_files, how)
    screen = build_applications_screen(desk_of(room), room.bench)
    qtbot.addWidget(screen.view)

    room.show(screen, ZHAO)
    screen.presenter.act(Start("proxy"))
    room.settle()

    stored = room.do(lambda: room.desk.application_files.newest_of(ZHAO)).proxy
    fields = screen.view.form.fields
    assert (stored.name, stored.filed_by is FiledBy.SELF) == (recorded, not recorded)
    assert fields["name"].text() == "李建国"
    assert fields["filed_by"].value() is list(FiledBy)[1]
    assert room.do(room.desk.drafts.keys) == ([] if recorded else [draft_of(room)])


def draft_of(room: Room) -> str:
    found = room.do(lambda: room.desk.application_files.newest_of(ZHAO))
    return f"application:{found.id}:proxy:{ZHAO}"


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Page:
    page = Page(room, qtbot)
    page.id = room.do(lambda: page.filed(LI))
    return page.open()


def leaves(page: Page) -> None:
    """Who applies moves out; the other one heads the household."""
    people = [one.person.id for one in page.now.household.members]
    change = FamilyChange(
        household=LI,
        kind=FamilyDeed.MOVE_OUT,
        on=page.room.clock.today(),
        people=(people[0],),
        head=people[1],
        to_place="省城",
    )
    page.room.do(lambda: page.room.desk.families.do(change))


def test_once_who_applied_has_left_another_one_is_the_first_thing_to_do(page: Page):
    leaves(page)
    page.open()
    first = page.view.table.rows.rows()[0]

    page.go_to(Start("applicant")).press("Return")
    page.press("1", "Ctrl+Return")

    assert first.key == Start("applicant")
    assert "申请人不在这户了" in first.cells[2].text
    assert page.now.who == page.now.household.members[0].person.name
    assert page.view.title.text() == f"{page.now.who}的申请"
    assert page.view.table.rows.rows()[0].key != Start("applicant")


def test_what_is_missing_leads_to_the_question_who_applies(page: Page):
    leaves(page)
    page.open()
    title = page.view.title.text()

    page.screen.presenter.choose_part(Part.LACKS)
    row = next(one for one in page.view.table.rows.rows() if "申请人" in one.cells[0].text)
    page.screen.presenter.act(row.key)
    page.room.settle()
    page.screen.presenter.finish()
    page.room.settle()

    assert title == "申请人不在这户了"
    assert row.key.what == "applicant"
    assert set(page.view.form.fields) == {"applicant"}
    assert "还没选换成谁申请" in page.words


def test_signing_again_what_holds_says_that_there_was_nothing(page: Page):
    page.sign()
    page.open()

    page.screen.presenter.act(Start("sign_all"))
    page.room.settle()
    page.press("Ctrl+Return")

    assert "都签过了" in page.view.said.headline.text()
