"""Kill −9 while a deed or a fact is told: every answer that was left is there again (ADR 0010)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.services.household_corrections import Correction
from app.ui.facts.desk import FactsDesk
from app.ui.facts.screen import build_facts_screen
from app.ui.family.desk import FamilyDesk
from app.ui.family.screen import build_family_screen
from tests.hands import Hands
from tests.killed import strike
from tests.work_pages import LI, Room


def screen_of(which: str, room: Room):
    desk = room.desk
    if which == "family":
        return build_family_screen(
            FamilyDesk(desk.households, desk.families, desk.duplicates, desk.drafts), room.bench
        )
    return build_facts_screen(
        FactsDesk(desk.households, desk.corrections, desk.duplicates, desk.drafts), room.bench
    )


def begin(room: Room, which: str, chords: str):
    screen = screen_of(which, room)
    room.show(screen, LI)
    return strike(room, screen, chords)


@pytest.mark.parametrize(
    ("which", "chords", "answers", "cursor"),
    [
        ("family", "4 2", {"people": "李建国"}, "on"),
        ("family", "7 2 Return Return 省城 Return", {"to_place": "省城"}, "head"),
        ("facts", "1 1 3 9 0 0 0 0 5 5 1 2 Return", {"phone": "1390000551"}, "bank_name"),
    ],
)
def test_a_killed_program_loses_no_answer(
    which: str,
    chords: str,
    answers: dict,
    cursor: str,
    killed: Callable[..., Room],
    qtbot: QtBot,
):
    room = killed(begin, which, chords)
    screen = screen_of(which, room)
    qtbot.addWidget(screen.view)

    room.show(screen, LI)

    fields = screen.view.form.fields
    told = " ".join(str(_answer(field)) for field in fields.values())
    assert all(answer in told for answer in answers.values())
    assert fields[cursor].hasFocus()
    assert "接着上次" in screen.view.said.headline.text()


def _answer(field) -> object:
    """What stands in a field, as it is read aloud."""
    return field.accessibleName() if hasattr(field, "value") else field.text()


@pytest.mark.parametrize(
    ("which", "chords", "key"),
    [
        ("family", ("4", "2", "Return"), f"family:{LI}"),
        ("facts", ("1", "1", "3", "Return"), f"facts:household:{LI}"),
    ],
)
def test_what_is_done_or_thrown_away_is_no_draft(
    room: Room, qtbot: QtBot, which: str, chords: tuple[str, ...], key: str
):
    def draft():
        return room.do(lambda: room.desk.drafts.get(key))

    screen = screen_of(which, room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    hands = Hands(screen.view)
    for chord in chords:
        hands.press(chord)
        room.settle()
    half = draft()

    screen.presenter.throw_away()
    room.settle()

    assert half is not None
    assert draft() is None


def test_finishing_a_deed_ends_its_draft_in_one_transaction(room: Room, qtbot: QtBot):
    screen = screen_of("family", room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    hands = Hands(screen.view)
    for chord in ("4", "2", "Return", "Ctrl+Return"):
        hands.press(chord)
        room.settle()

    assert room.do(room.desk.drafts.keys) == []
    assert [one.person.name for one in room.do(lambda: room.desk.households.get(LI)).members] == [
        "李桂芳",
        "李小雨",
    ]


def test_what_somebody_else_put_right_meanwhile_stands(room: Room, qtbot: QtBot):
    screen = screen_of("facts", room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    screen.view.answered.emit("bank_name", "农商行")
    room.settle()
    other = screen_of("facts", room)
    qtbot.addWidget(other.view)

    room.do(
        lambda: room.desk.corrections.correct(
            Correction(household=LI, fields={"knock_note": "狗要拴"})
        )
    )

    room.show(other, LI)
    other.presenter.confirm()
    room.settle()

    home = room.do(lambda: room.desk.households.get(LI))
    assert (home.bank_name, home.knock_note) == ("农商行", "狗要拴")
    assert room.do(room.desk.drafts.keys) == []


def test_the_other_household_of_a_move_is_found_again(room: Room, qtbot: QtBot):
    screen = screen_of("family", room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    hands = Hands(screen.view)
    for chord in ("6", "2", "Return", "z", "d", "s", "Return"):
        hands.press(chord)
        room.settle()

    again = screen_of("family", room)
    qtbot.addWidget(again.view)
    room.show(again, LI)

    assert again.view.form.fields["other"].household().head_name == "赵大山"
