"""Kill −9 after a field commit: the value is there, and the cursor in the next field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.casework import Health
from app.ui.visits.screen import build_visit_screen
from tests.hands import Hands
from tests.killed import until_saved
from tests.work_pages import WU, Room

_ANSWERS = ("1", "141")


def visit(room: Room):
    desk = room.desk
    return build_visit_screen(
        desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench
    )


def find_the_household(room: Room):
    screen = visit(room)
    room.show(screen)
    hands = Hands(screen.view)
    for letter in "wxl":
        hands.type(letter)
        room.settle()
    hands.press("Return")
    room.settle()
    return screen


def answer(room: Room, digits: str):
    screen = find_the_household(room)
    hands = Hands(screen.view)
    for digit in digits:
        until_saved(room, lambda digit=digit: hands.type(digit))
    return screen


def photograph_and_sign(room: Room, picture: str):
    screen = find_the_household(room)
    QImage(32, 24, QImage.Format.Format_RGB888).save(picture)
    screen.view.rows.photos.path.put(picture)
    until_saved(room, screen.view.rows.photos.add.click)
    screen.view.rows.signature.open.click()
    until_saved(room, lambda: draw(screen.view.rows.signature.pad))
    return screen


def draw(pad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(60, 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))


def test_a_killed_program_loses_neither_photo_nor_signature(
    killed: Callable[..., Room], tmp_path: Path, qtbot: QtBot
):
    room = killed(photograph_and_sign, str(tmp_path / "photo.jpg"))
    screen = visit(room)
    qtbot.addWidget(screen.view)
    room.show(screen)
    kept = screen.presenter._form.files

    assert len(screen.view.rows.signature.pad.strokes()) == 1
    assert [len(kept), room.do(lambda: room.desk.visit_files.read(kept[0]))[:2]] == [
        1,
        b"\xff\xd8",
    ]


@pytest.mark.parametrize("digits", _ANSWERS)
def test_a_killed_program_loses_no_committed_field(
    digits: str, killed: Callable[..., Room], qtbot: QtBot
):
    room = killed(answer, digits)
    screen = visit(room)
    qtbot.addWidget(screen.view)

    room.show(screen)

    fields = ("met", "health", "supplies", "housing")
    assert screen.view.household.household().id == WU
    answered = [name for name in fields if screen.view.choices[name].value() is not None]
    assert answered == list(fields[: len(digits)])
    assert screen.view.choices[fields[len(digits)]].hasFocus()
    if len(digits) > 1:
        assert screen.view.choices["health"].value() is Health.IMPAIRED
