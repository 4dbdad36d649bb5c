"""A sum or a day that cannot be read: it is said under it, and nothing is done with the one that
stood there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.application_events import ApplicationEvent as E
from app.ui.fund.view import FundView
from app.ui.relief_case import form as relief_form
from app.ui.standing import form as standing_form
from app.ui.theme.look import Look
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.inputs import LineEdit
from tests.application_page import Page
from tests.export_page import export_page
from tests.hands import Hands
from tests.means_page import MeansPage
from tests.screens import texts
from tests.visit_pages import OnPage, investigation_screen, visit_screen
from tests.work_pages import LI, WU, Room

WHY = "这个日期没看懂。"
RUBBISH = "31.2"


def test_under_a_day_nobody_can_read_it_is_said_until_it_can_be_read(look: Look, qtbot: QtBot):
    rows, day = FormRows(), DateEdit(today=lambda: date(2026, 3, 2))
    rows.add("哪一天", day)
    rows.add("说明", LineEdit())
    qtbot.addWidget(rows)
    rows.show()
    day.setFocus()
    qtbot.waitUntil(day.hasFocus)
    hands = Hands(rows)

    hands.type(RUBBISH).press("Return")
    said = " ".join(texts(rows))
    day.setFocus()
    hands.press("Ctrl+A").type("3.1").press("Return")

    assert WHY in said
    assert WHY not in " ".join(texts(rows))
    assert day.day() == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (standing_form.DeedFields, ("since", "happened_on")),
        (relief_form.DeedFields, ("on",)),
        (FundView, ("on",)),
    ],
    ids=["standing", "relief", "fund"],
)
def test_a_day_that_may_be_left_out_says_which_day_it_is_then(
    make: Callable[..., QWidget], names: tuple[str, ...], look: Look, qtbot: QtBot
):
    fields = make(today=lambda: date(2026, 3, 2))
    qtbot.addWidget(fields)

    assert {getattr(fields, name).placeholderText() for name in names} == {"不填就是今天"}


def test_a_note_of_the_page_itself_stays_when_a_day_is_typed(look: Look, qtbot: QtBot):
    rows, day = FormRows(), DateEdit(today=lambda: date(2026, 3, 2))
    rows.add("哪一天", day)
    qtbot.addWidget(rows)
    rows.show()
    day.setFocus()
    qtbot.waitUntil(day.hasFocus)
    rows.say(day, "县里说：这天不对")

    Hands(rows).type("3.1").press("Return")

    assert "县里说：这天不对" in " ".join(texts(rows))


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+PgDown", "Ctrl+PgUp", "F8", "Ctrl+P"])
def test_a_wage_nobody_can_read_leaves_the_page_where_it_is_and_keeps_no_test(
    key: str, room: Room, qtbot: QtBot
):
    page = MeansPage(room, qtbot)
    page.to_income().type("1").type("2200").press("Return")
    block = page.view.card.open_block
    page.view.card.rows.inputs["month"].setFocus()

    page.press("Ctrl+A").type("22x00").press(key)

    assert page.view.card.open_block == block
    assert page.field() == "month"
    assert "金额写法不对" in " ".join(texts(page.view.card))
    assert room.ask(lambda work: work.casework.assessments_of(LI)) == []
    assert room.went == []


def test_a_step_of_an_application_is_not_taken_on_a_day_nobody_can_read(room: Room, qtbot: QtBot):
    page = Page(room, qtbot).sign().open()
    page.event(E.SUBMIT)
    before = page.now.application.status
    page.field("happened_on").setFocus()

    page.press("Ctrl+A").type(RUBBISH).press("Ctrl+Return")

    assert page.now.application.status is before
    assert page.field("happened_on").hasFocus()
    assert WHY in page.words


def test_an_investigation_is_not_kept_on_a_day_nobody_can_read(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, investigation_screen(room), WU)
    for name in ("王秀英", "韦志强", "吴秀兰"):
        page.write(name).press("Return")
    page.view.fits.setFocus()
    page.type("1")
    page.view.day.setFocus()

    page.press("Ctrl+A").type(RUBBISH).press("Ctrl+Return")

    assert room.ask(lambda work: work.visiting.investigations_of(WU)) == []
    assert WHY in " ".join(texts(page.view))


def test_nothing_is_handed_out_from_a_day_nobody_can_read(room: Room, qtbot: QtBot, tmp_path: Path):
    page = export_page(room, qtbot, tmp_path)
    page.view.span.setFocus()
    page.type("4")
    page.view.first.setFocus()

    page.press("Ctrl+A").type(RUBBISH).press("Ctrl+Return")

    assert page.files() == []
    assert WHY in " ".join(texts(page.view))


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+P"])
def test_a_visit_is_not_kept_on_a_day_nobody_can_read(key: str, room: Room, qtbot: QtBot):
    def visits():
        return room.ask(lambda work: work.casework.visits_of(WU))

    before = visits()
    page = OnPage(room, qtbot, visit_screen(room), WU)
    page.type("1").press("F4")
    page.view.rows.day.setFocus()

    page.press("Ctrl+A").type(RUBBISH).press(key)
    kept = visits()
    words = " ".join(texts(page.view))
    page.view.rows.day.setFocus()
    page.press("Ctrl+A").type("3.1").press("Ctrl+Return")

    assert kept == before
    assert WHY in words
    (made,) = [one for one in visits() if one not in before]
    assert made.visited_on == date(2026, 3, 1)
