"""The pages around a visit in front, and two hands."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from app.ui.investigation.screen import build_investigation_screen
from app.ui.referrals.screen import build_referral_screen
from app.ui.shell.page import PageScreen
from app.ui.visit_record.screen import build_record_screen
from app.ui.visits.screen import build_visit_screen
from tests.hands import Hands
from tests.work_pages import WU, Room

TODAY = date(2026, 3, 2)

SIGNED = (((100, 100), (400, 200)),)


class OnPage:
    """A page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, screen: PageScreen, subject: str | None) -> None:
        self.room, self.screen = room, screen
        qtbot.addWidget(screen.view)
        room.show(screen, subject)
        self.hands = Hands(screen.view)

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> OnPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> OnPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def write(self, words: str) -> OnPage:
        self.hands.compose(words)
        self.room.settle()
        return self

    def click(self, button) -> OnPage:
        self.hands.click(button)
        self.room.settle()
        return self


def visit_screen(room: Room) -> PageScreen:
    desk = room.desk
    return build_visit_screen(
        desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench
    )


def record_screen(room: Room) -> PageScreen:
    desk = room.desk
    return build_record_screen(desk.visits, desk.visit_files, desk.households, room.bench)


def referral_screen(room: Room) -> PageScreen:
    return build_referral_screen(room.desk.referrals, room.desk.households.find, room.bench)


def investigation_screen(room: Room) -> PageScreen:
    desk = room.desk
    return build_investigation_screen(desk.investigations, desk.households, desk.drafts, room.bench)


def newest(page: OnPage, household=WU):
    return page.room.ask(lambda work: work.casework.visits_of(household)[0])
