"""The facts page on a real vault: what is missing is filled in by keys and stands in the record."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.people import Living
from app.ui.facts.desk import FactsDesk
from app.ui.facts.screen import build_facts_screen
from tests.hands import Hands
from tests.work_pages import LI, Room


class Page:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        desk = FactsDesk(
            room.desk.households, room.desk.corrections, room.desk.duplicates, room.desk.drafts
        )
        self.screen = build_facts_screen(desk, room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen, LI)
        self.hands = Hands(self.screen.view)

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> Page:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def household(self):
        return self.room.ask(lambda work: work.households.get(LI))


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Page:
    return Page(room, qtbot)


def test_the_telephone_is_the_first_thing_that_can_be_typed(page: Page):
    page.press(*"13800004410", "Ctrl+Return")

    assert page.household().phone == "13800004410"
    assert page.view.said.headline.text() == "改好了。"
    assert page.room.saved == 2  # the draft, and the correction


def test_nothing_answered_changes_nothing(page: Page):
    before = page.household()

    page.press("Ctrl+Return")

    assert page.household() == before
    assert page.view.said.headline.text() == "没有要改的。"


def test_one_of_the_people_is_chosen_by_a_digit(page: Page):
    page.view.whose.setFocus()
    page.press("3", "Return", "Return", "Return", "Return", *"13900001122", "Return", "Return", "2")
    page.press("Ctrl+Return")

    son = page.household().members[1]
    assert (son.person.phone, son.living) == ("13900001122", Living.AWAY_FOR_WORK)


def test_an_id_number_is_never_filled_in_on_the_screen_and_stays(page: Page):
    before = page.household().members[0].person.id_number
    page.view.whose.setFocus()
    page.press("2")

    shown = page.view.form.fields["id_number"].text()
    page.press("Ctrl+Return")

    assert shown == ""
    assert page.household().members[0].person.id_number == before


def test_a_wrong_number_is_refused_in_words(page: Page):
    page.view.whose.setFocus()
    page.press("2", *"45990119580309002X", "Ctrl+Return")

    assert page.view.form.fields["id_number"].property("state") == "bad"
    assert page.household().members[0].person.id_number != "45990119580309002X"


def test_where_somebody_works_and_their_certificate_are_typed_once(page: Page):
    page.view.whose.setFocus()
    page.press("2")
    page.view.form.fields["employer"].setFocus()
    page.hands.compose("青石坳茶厂")
    page.press("Return", *"45990119580309004262", "Return", "Return", *"2019", "Ctrl+Return")

    person = page.household().members[0].person
    assert (person.employer, person.resident_since) == ("青石坳茶厂", 2019)
    assert person.disability_no == "45990119580309004262"

    page.view.whose.setFocus()
    page.press("2")
    assert page.view.form.fields["disability_no"].text() == ""
    page.press("Ctrl+Return")
    assert page.household().members[0].person.disability_no == "45990119580309004262"
