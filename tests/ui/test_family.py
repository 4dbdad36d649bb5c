"""The family page on a real vault: what happened, what will change, taking it back. By keys."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import ApplicationStatus
from app.domain.people import Education, Marriage, PersonStatus, Relation, Sex
from app.services.applications import FileApplication
from app.ui.family.desk import FamilyDesk
from app.ui.family.screen import build_family_screen
from app.ui.household.desk import HouseholdDesk
from app.ui.household.screen import build_household_screen
from tests.hands import Hands
from tests.work_pages import LI, WU, ZHAO, Room


class Page:
    """A page in front, and two hands."""

    def __init__(self, room: Room, screen, subject: str, qtbot: QtBot) -> None:
        self.room = room
        self.screen = screen
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

    def compose(self, text: str) -> Page:
        self.hands.compose(text)
        self.room.settle()
        return self

    def household(self, household):
        return self.room.ask(lambda work: work.households.get(household))


def family_of(room: Room, household: str, qtbot: QtBot) -> Page:
    desk = FamilyDesk(
        room.desk.households, room.desk.families, room.desk.duplicates, room.desk.drafts
    )
    return Page(room, build_family_screen(desk, room.bench), household, qtbot)


def household_of(room: Room, household: str, qtbot: QtBot) -> Page:
    desk = HouseholdDesk(room.desk.households, room.desk.lacks, room.desk.changes)
    return Page(room, build_household_screen(desk, room.bench), household, qtbot)


@pytest.fixture
def li(room: Room, qtbot: QtBot) -> Page:
    return family_of(room, LI, qtbot)


def test_a_death_ends_an_application_and_says_which(li: Page):
    request = FileApplication(household=LI, assessment=None)
    number = li.room.do(lambda: li.room.desk.applications.file(request)).document_no

    li.press("4", "1", "Return", "2")
    told = li.view.form.will.text()
    li.press("Ctrl+Return")

    assert number in told
    assert "同时因去世终止" in told
    assert li.view.closed.isVisible()
    assert number in li.view.closed.text()
    (ended,) = li.room.ask(lambda work: work.casework.applications_of(LI))
    assert ended.status is ApplicationStatus.CLOSED_BY_DEATH


def test_a_death_is_recorded_by_keys_and_read_before_the_last_one(li: Page):
    li.press("4", "1", "Return", "2")
    told = li.view.form.will.text()

    li.press("Ctrl+Return")

    assert told.startswith("李桂芳记为2026年3月2日去世")
    assert "李建国当户主" in told
    found = li.household(LI)
    assert found.head_member.person.name == "李建国"
    assert [one.person.name for one in found.members] == ["李建国", "李小雨"]
    assert li.view.said.headline.text() == "记好了：有人去世。"


def test_who_comes_is_told_with_marriage_and_schooling_by_digits(li: Page):
    li.press("3").compose("陈小妹").press("Return", "Return", "2", "2")
    li.press("Return", "Return", "Return", "2", "8").compose("白石镇老街8号").press("Ctrl+Return")

    person = li.household(LI).members[-1].person
    assert (person.name, person.sex) == ("陈小妹", Sex.FEMALE)
    assert (person.marriage, person.education) == (Marriage.MARRIED, Education.PRIMARY)
    assert person.hukou_address == "白石镇老街8号"


def test_what_is_wanting_is_said_while_the_form_is_half_filled(li: Page):
    li.press("4")

    assert li.view.form.will.text().startswith("还差：")


def test_a_refusal_stands_at_its_field_and_nothing_is_written(li: Page):
    li.press("4", "1", "Ctrl+Return")

    assert len(li.household(LI).members) == 3
    assert li.view.form.fields["head"].hasFocus()


def test_the_newest_deed_is_taken_back_from_the_page(li: Page):
    before = li.household(LI)
    li.press("4", "3", "Ctrl+Return")
    for _ in range(20):
        if li.view.undo.hasFocus():
            break
        li.press("Tab")

    li.press("Space")

    assert li.household(LI) == before
    assert not li.view.undo.isVisible()


def test_a_split_is_made_by_digits(li: Page):
    li.press("8", "3", "4", "Return", "Return", "2", "Return")
    li.compose("8号").press("Ctrl+Return")

    (line,) = li.room.do(lambda: li.room.desk.households.find("李建国"))
    made = li.household(line.id)
    assert (made.split_from, made.door) == (LI, "8号")
    assert [one.relation for one in made.members] == [Relation.HEAD, Relation.OTHER]


def test_a_move_finds_the_other_household_as_everywhere(li: Page):
    li.press("6", "3", "Return")
    for key in "wxl":
        li.hands.press(key)
    li.room.settle()
    li.press("Return", "8", "Ctrl+Return")

    assert [one.person.name for one in li.household(WU).members] == ["吴秀兰", "李小雨"]


def test_somebody_who_looks_the_same_elsewhere_is_named_with_the_place(li: Page):
    zhao = li.household(ZHAO).members[1].person
    li.press("3").compose("陈阿秀").press("Return", *zhao.id_number, "Return")

    assert "三组12号的陈阿秀" in li.view.form.look_at.text()


def test_the_household_page_leads_to_the_family_with_one_key(room: Room, qtbot: QtBot):
    page = household_of(room, LI, qtbot)

    page.press("Insert")

    assert room.went == [("family", LI)]


def test_the_record_names_both_sides_and_who_changed_what(room: Room, li: Page, qtbot: QtBot):
    li.press("4", "1", "Return", "2", "Ctrl+Return")
    page = household_of(room, LI, qtbot)
    told = [[cell.text for cell in row.cells] for row in page.view.history.rows.rows()]

    page.screen.presenter.turn_over()
    room.settle()

    changed = [[cell.text for cell in row.cells][1:] for row in page.view.changes.rows.rows()]
    assert told[0][1:] == ["有人去世", "李桂芳去世"]
    assert ["王秀英", "户主", "李桂芳 → 李建国（有人去世）"] in changed
    assert ["王秀英", "李桂芳：特殊情况", "没填 → 已去世（有人去世）"] in changed
    assert page.view.changes.isVisible()
    assert not page.view.history.isVisible()


def test_a_household_nobody_belongs_to_says_so_and_only_prints(room: Room, qtbot: QtBot):
    family_of(room, WU, qtbot).press("4", "1", "Ctrl+Return")

    page = household_of(room, WU, qtbot)

    assert page.view.ended.isVisible()
    assert [button.isVisible() for button in page.view.verbs] == [False, False, True, False]
    assert page.household(WU).ended_on is not None


def test_the_dead_stay_on_record(room: Room, li: Page):
    who = li.household(LI).members[2].person.id
    li.press("4", "3", "Ctrl+Return")

    person = room.ask(lambda work: work.people.get(who))

    assert person.status is PersonStatus.DEAD
