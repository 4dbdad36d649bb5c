"""Where, when and for how many: taken for granted within sixteen keys, said where it differs."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.clock import CHINA
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_area import EventArea
from app.ui.relief.form import Payee, ReliefForm
from app.ui.relief.screen import build_relief_screen
from app.ui.widgets.moment import moment_text, read_moment
from tests.fakes import NOON
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import ZHAO, PaperPrinters, Room

FULL = ReliefForm(
    payee=Payee(name="赵大山"), event=EventKind.FIRE, amount=Money.yuan(5), way=ReliefWay.CASH
)


class FormPage:
    """The relief page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        desk = room.desk
        self.room = room
        self.screen = build_relief_screen(
            desk.relief, desk.households, desk.drafts, desk.printing, PaperPrinters(), room.bench
        )
        self.view = self.screen.view
        qtbot.addWidget(self.view)
        room.show(self.screen)
        self.hands = Hands(self.view)

    def press(self, *chords: str) -> FormPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def write(self, field: str, text: str) -> FormPage:
        """Into one of the fields that were folded away."""
        self.view._fields[field].setFocus()
        for letter in text:
            if letter.isascii():
                self.press("Space" if letter == " " else letter)
            else:
                self.hands.compose(letter)
        return self.press("Return")

    def four(self, amount: str = "800") -> FormPage:
        return self.press("z", "d", "s", "Return", "1", *amount, "Return", "1")

    def paid(self):
        found = self.room.do(self.room.desk.relief.all)
        return found[0] if found else None


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> FormPage:
    return FormPage(room, qtbot)


def village(page: FormPage) -> str:
    return page.room.ask(lambda work: work.identity.village_code)


def test_four_answers_say_where_when_and_for_how_many_within_sixteen_keys(page: FormPage):
    told = page.press("z", "d", "s", "Return").view.more.accessibleName()
    page.press("1", *"800", "Return", "1", "Ctrl+Return")

    paid = page.paid()
    assert page.hands.count <= 16
    assert "全家 2 人，现在发现，在本村" in told
    assert (paid.household, paid.persons) == (ZHAO, 2)
    assert (paid.found_at, paid.event_area_code) == (page.room.clock.now(), village(page))


def test_another_place_an_earlier_hour_and_one_person_are_said_and_kept(page: FormPage):
    page.four("300").press("F8").write("place", "省道岔路口")
    page.write("area", "3").write("found", "9:30").write("persons", "1").press("Ctrl+Return")

    paid = page.paid()
    assert (paid.event_place, paid.persons) == ("省道岔路口", 1)
    assert paid.event_area_code == village(page)[:6]
    assert moment_text(paid.found_at).endswith("9:30")


def test_the_village_is_named_where_it_is_asked_for(page: FormPage):
    page.press("F8")

    assert page.view.others.area.buttons[0].text() == "1 本村（青石村）"


def test_the_cap_is_that_of_as_many_as_are_helped(page: FormPage):
    page.four("300").press("F8")
    both = page.view.amount.placeholderText()
    page.write("persons", "1")

    assert page.view.amount.placeholderText() != both


def test_a_problem_in_what_is_folded_away_unfolds_it(page: FormPage):
    page.four("300").press("F8").write("persons", "3")
    page.screen.view.show_more(shown=False)
    page.press("Ctrl+Return")

    assert page.paid() is None
    assert page.view.others.persons.isVisible()
    assert "F-18" in page.view.problem.detail.text()


def test_what_was_said_comes_back_with_the_draft(page: FormPage):
    page.four("300").press("F8").write("place", "岔路口").write("area", "4").write("found", "9:30")
    page.view.hide()
    page.screen.view.put(ReliefForm(), None)
    page.room.show(page.screen, ZHAO)

    others = page.view.others
    assert others.place.text() == "岔路口"
    assert others.area.value() is EventArea.BEYOND
    assert others.found.text().endswith("9:30")


def test_seventeen_nines_are_too_much_and_not_the_sum_before_them(page: FormPage):
    page.four("800")
    page.view.amount.setFocus()
    page.press("Ctrl+A", *"9" * 17, "Ctrl+Return")

    assert page.paid() is None
    assert "金额太大了" in " ".join(texts(page.view.rows))
    assert page.view.amount.hasFocus()


def test_the_same_cause_goes_up_with_a_word_more(page: FormPage):
    page.four("300").press("Ctrl+Return").four("200").press("Ctrl+Return")
    cause = page.view.problem.detail.text()
    page.press("F9")
    told, at = page.view.problem.detail.text(), page.view.note.hasFocus()
    page.hands.compose("又起火了")
    page.press("Return", "F9")

    assert ("M-21" in cause, "F-19" in told, at) == (True, True, True)
    assert page.paid().status is ReliefStatus.REFERRED_UP
    assert page.paid().event_note == "又起火了"


def test_elsewhere_wants_a_name():
    with pytest.raises(Refused) as refused:
        FULL.answered("area", EventArea.COUNTY).request("relief:new")

    assert (refused.value.code, refused.value.field) == ("F-50", "place")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9:30", (3, 2, 9, 30)),
        ("９：３０", (3, 2, 9, 30)),
        ("昨天 14:05", (3, 1, 14, 5)),
        ("2.28 8点", (2, 28, 8, 0)),
        ("zt", (3, 1, 0, 0)),
        ("2026年3月1日 07:08", (3, 1, 7, 8)),
    ],
)
def test_a_moment_is_read_as_it_is_said(text: str, told: tuple[int, int, int, int]):
    moment = read_moment(text, NOON)

    assert moment == datetime(2026, *told, tzinfo=CHINA)
    assert read_moment(moment_text(moment), NOON) == moment


@pytest.mark.parametrize(("text", "code"), [("25:00", "F-55"), ("早上", "F-53")])
def test_what_is_no_moment_is_refused(text: str, code: str):
    with pytest.raises(Refused) as refused:
        read_moment(text, NOON)

    assert refused.value.code == code
