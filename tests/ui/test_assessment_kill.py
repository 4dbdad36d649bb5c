"""Kill −9 after an answer of the means test: it is there, and the cursor in the next question."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.ui.assessment.screen import build_assessment_screen
from tests.hands import Hands
from tests.killed import until_saved
from tests.work_pages import LI, Room


def talk(room: Room):
    desk = room.desk
    return build_assessment_screen(
        desk.assessments, desk.applications, desk.households, desk.drafts, room.bench
    )


def answer_three_questions(room: Room):
    screen = talk(room)
    room.show(screen, LI)
    hands = Hands(screen.view)
    for digits in ("1", "13"):  # where she lives is on record: saying it again saves nothing
        until_saved(room, lambda digits=digits: hands.type(digits))
    return screen


def test_a_killed_talk_goes_on_behind_its_last_answer(killed: Callable[..., Room], qtbot: QtBot):
    room = killed(answer_three_questions)
    screen = talk(room)
    qtbot.addWidget(screen.view)

    room.show(screen, LI)

    answered = screen.view.card.rows.inputs
    assert [answered[key].value() for key in ("hukou", "living", "labour")] == [
        "local",
        "together",
        "none",
    ]
    assert answered["illness"].hasFocus()
