"""The page of applications in front, and two hands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from app.domain.application_events import ApplicationEvent as E
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.services.application_signatures import Sign
from app.services.application_steps import TakeStep
from app.services.applications import FileApplication
from app.ui.applications.desk import ApplicationDesk
from app.ui.applications.keys import Start
from app.ui.applications.screen import build_applications_screen
from tests.hands import Hands
from tests.screens import (
    texts,
)
from tests.work_pages import ZHAO, Room


class Page:
    """The page in front with one draft, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.id = room.do(lambda: self.filed(ZHAO))
        self.screen = build_applications_screen(desk_of(room), room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.view)

    def filed(self, household):
        return self.room.desk.applications.file(
            FileApplication(household=household, assessment=None)
        ).id

    @property
    def view(self):
        return self.screen.view

    @property
    def now(self):
        return self.room.do(lambda: self.room.desk.application_files.get(self.id))

    def press(self, *chords: str) -> Page:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> Page:
        self.hands.type(letters)
        self.room.settle()
        return self

    def compose(self, words: str) -> Page:
        self.hands.compose(words)
        self.room.settle()
        return self

    def take(self, event: E, **said) -> Page:
        step = TakeStep(
            application=self.id, event=event, happened_on=self.room.clock.today(), **said
        )
        self.room.do(lambda: self.room.desk.application_steps.take(step))
        return self

    def sign(self) -> Page:
        request = Sign(application=self.id, signed_on=self.room.clock.today())
        self.room.do(lambda: self.room.desk.application_signatures.sign(request))
        return self

    def open(self) -> Page:
        self.screen.presenter.open(self.id)
        self.room.settle()
        return self

    def go_to(self, wanted: object) -> Page:
        """The row whose key is `wanted`, chosen; Enter is left to the test."""
        rows = self.view.table.rows.rows()
        self.view.table.selectRow([row.key for row in rows].index(wanted))
        self.view.table.setFocus()
        return self

    def event(self, event: E) -> Page:
        at = [one.event for one in self.now.actions].index(event)
        return self.go_to(Start("event", at)).press("Return")

    def field(self, key: str) -> QWidget:
        return self.view.form.fields[key]

    def county_says(self, **fields) -> None:
        table = table_of(ApplicationRow)

        def write(work):
            work.connection.execute(update(table).where(table.c.id == self.id).values(**fields))
            work.commit()

        self.room.ask(write)

    @property
    def words(self) -> str:
        return "\n".join(texts(self.view))


def desk_of(room: Room) -> ApplicationDesk:
    return ApplicationDesk.of(room.desk)
