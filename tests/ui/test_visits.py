"""The visit page on a real vault, by keys; and its form as a value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Health, Housing, Met, Need, Supplies
from app.domain.problem import Refused, Unavailable
from app.domain.today import WorkKind
from app.services.visits import RecordVisit
from app.ui.shell.page import PageScreen
from app.ui.visits.form import VisitForm, draft_key, next_field
from app.ui.visits.screen import build_visit_screen
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import WU, ZHAO, Room

TODAY = date(2026, 3, 2)


class VisitPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.qtbot = qtbot
        self.screen = self.build()
        self.hands = Hands(self.screen.view)

    def build(self, subject: str | None = None) -> PageScreen:
        desk = self.room.desk
        screen = build_visit_screen(
            desk.households, desk.visits, desk.visit_files, desk.drafts, self.room.bench
        )
        self.qtbot.addWidget(screen.view)
        self.room.show(screen, subject)
        return screen

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> VisitPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> VisitPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def find(self, initials: str) -> VisitPage:
        return self.type(initials).press("Return")

    def visits(self, household=WU):
        return self.room.ask(lambda work: work.casework.visits_of(household))

    def draft(self, household=WU):
        return self.room.do(lambda: self.room.desk.drafts.get(draft_key(household)))

    def reopened(self, subject: str | None = None) -> PageScreen:
        """A fresh page, as after a restart."""
        self.view.hide()
        self.screen = self.build(subject)
        self.hands = Hands(self.view)
        return self.screen


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> VisitPage:
    return VisitPage(room, qtbot)


def test_what_was_answered_is_in_the_database(page: VisitPage):
    page.find("wxl").type("132213").hands.compose("腿好些了")
    page.press("Ctrl+Return")

    visit = page.visits()[0]
    assert (visit.met, visit.health, visit.supplies) == (Met.SELF, Health.ILL, Supplies.TIGHT)
    assert (visit.housing, visit.need) == (Housing.HAZARD, Need.MEDICAL)
    assert (visit.visited_on, visit.note) == (TODAY, "腿好些了")
    assert page.draft() is None


def test_a_saved_visit_is_said_and_the_cursor_waits_for_the_next_household(page: VisitPage):
    page.find("wxl").type("1").press("Ctrl+Return")

    assert "吴秀兰" in page.view.said.headline.text()
    assert page.view.household.hasFocus()
    assert page.view.household.text() == ""
    assert page.view.choices["met"].value() is None


def unfinished(page):
    """What today's list says of visits that were made and not recorded."""
    rows = page.room.do(page.room.desk.worklist.today).items
    return [row for row in rows if row.kind is WorkKind.UNFINISHED_VISIT]


def test_a_visit_left_half_told_stands_on_todays_list_until_it_is_kept_or_thrown_away(page):
    page.find("wxl")
    assert unfinished(page) == []  # nobody was met yet

    page.type("1")

    (row,) = unfinished(page)
    assert (row.page, row.target, row.who) == ("visits", WU, "吴秀兰")
    assert "还没记完" in row.why
    page.press("Ctrl+Return")
    assert unfinished(page) == []


def test_what_to_know_before_knocking_stands_beside_the_form(page: VisitPage):
    page.find("wxl")

    words = " ".join(texts(page.view.side))
    assert "狗要拴" in words
    assert "138\N{NO-BREAK SPACE}0000\N{NO-BREAK SPACE}5512" in words
    assert "上次 1月20日：腿疼，等合作医疗报销" in words
    assert [chip for chip in ("低保", "独居") if chip not in words] == []


def test_nobody_at_home_folds_the_rest_away_and_goes_to_the_note(page: VisitPage):
    page.find("wxl").type("3")

    assert [name for name in ("health", "need") if page.view.choices[name].isVisible()] == []
    assert page.view.note.hasFocus()
    assert page.press("Ctrl+Return").visits()[0].met is Met.NOBODY


def test_answers_given_before_nobody_was_home_are_not_saved(page: VisitPage):
    page.find("wxl").type("13")
    page.view.choices["met"].setFocus()
    page.type("3").press("Ctrl+Return")

    assert page.visits()[0].health is None


@pytest.mark.parametrize(
    ("digits", "offered"),
    [("13", True), ("113", True), ("1113", True), ("111112", True), ("111111", False)],
)
def test_ill_short_dangerous_or_in_need_offers_relief_in_place(
    page: VisitPage, digits: str, offered: bool
):
    page.find("wxl").type(digits)

    assert page.view.offer.isVisible() is offered


def test_relief_is_one_press_away_and_the_visit_waits_as_a_draft(page: VisitPage):
    page.find("wxl").type("113")

    page.hands.click(page.view.offer.action)
    page.room.settle()

    assert page.room.went == [("relief", WU)]
    assert page.draft()["supplies"] == "short"


@pytest.mark.parametrize("key", ["F4", "Ctrl+R"])
def test_same_as_last_time_fills_the_digits_and_leaves_the_note(page: VisitPage, key: str):
    page.find("wxl").press(key)

    assert page.view.choices["health"].value() is Health.IMPAIRED
    assert page.view.note.hasFocus()
    assert page.press("Ctrl+Return").visits()[0].note == ""


def test_same_as_last_time_is_when_somebody_was_met(page: VisitPage):
    page.find("wxl").type("3").press("Ctrl+Return")
    page.find("wxl")
    said = " ".join(texts(page.view.side))
    page.press("F4")

    assert page.visits()[0].met is Met.NOBODY
    assert page.view.choices["health"].value() is Health.IMPAIRED
    assert page.view.choices["met"].value() is not Met.NOBODY
    assert "腿疼，等合作医疗报销" in said


def test_a_call_at_which_nothing_was_asked_is_not_filled_in_again(room: Room, qtbot: QtBot):
    call = RecordVisit(household=WU, visited_on=room.clock.today(), met=Met.PHONE)
    room.do(lambda: room.desk.visits.record(call))
    page = VisitPage(room, qtbot)

    page.find("wxl").press("F4")

    assert page.view.choices["health"].value() is Health.IMPAIRED
    assert page.view.choices["met"].value() is not Met.PHONE


def test_two_dots_repeat_what_was_noted_last_time(page: VisitPage):
    page.find("wxl").press("F4").type("..").press("Ctrl+Return")

    assert page.visits()[0].note == "腿疼，等合作医疗报销"


def test_every_answer_is_kept_before_the_next_key(page: VisitPage):
    page.find("wxl")
    kept = [page.type(digit).draft() for digit in "14"]

    assert [draft["at"] for draft in kept] == ["met", "health"]
    assert page.room.saved >= 3


def test_a_half_filled_form_comes_back_with_the_cursor_in_the_next_field(page: VisitPage):
    page.find("wxl").type("14")

    page.reopened()

    assert page.view.household.household().id == WU
    assert page.view.choices["health"].value() is Health.IMPAIRED
    assert page.view.choices["supplies"].hasFocus()
    assert "接着上次" in page.view.said.headline.text()


def test_a_draft_of_this_household_is_found_when_it_is_picked(page: VisitPage):
    page.find("wxl").type("14")
    page.press("Ctrl+Return").visits()
    page.room.do(
        lambda: page.room.desk.drafts.keep(
            draft_key(WU),
            VisitForm(household=WU, visited_on=TODAY, met=Met.FAMILY, note="上次写了一半").as_draft(
                "met"
            ),
        )
    )

    page.find("wxl")

    assert page.view.choices["met"].value() is Met.FAMILY
    assert page.view.note.text() == "上次写了一半"


def test_a_page_opened_about_a_household_starts_at_the_first_question(page: VisitPage):
    page.reopened(ZHAO)

    assert page.view.household.household().id == ZHAO
    assert page.view.choices["met"].hasFocus()


def test_a_form_that_is_thrown_away_can_be_taken_back(page: VisitPage):
    page.find("wxl").type("14")

    page.hands.click(page.view.throw)
    page.room.settle()
    gone = page.draft()
    page.hands.click(page.view.said.action)
    page.room.settle()

    assert gone is None
    assert page.draft()["health"] == "impaired"
    assert page.view.choices["health"].value() is Health.IMPAIRED


def test_a_visit_without_a_household_is_refused_at_its_field(page: VisitPage):
    page.view.choices["met"].setFocus()
    page.type("1").press("Ctrl+Return")

    assert "F-40" in page.view.problem.detail.text()
    assert page.view.household.hasFocus()
    assert page.view.rows.isEnabled()


def test_an_empty_form_that_lay_open_over_midnight_begins_with_the_new_day(page: VisitPage):
    page.room.clock.advance(days=1)
    page.find("wxl").type("141111").press("Ctrl+Return")
    page.room.clock.advance(days=1)
    page.find("zds").type("1").press("Ctrl+Return")

    assert page.visits()[0].visited_on == TODAY + timedelta(days=1)
    assert page.visits(ZHAO)[0].visited_on == TODAY + timedelta(days=2)


def test_a_visit_begun_before_midnight_and_saved_after_it_keeps_its_day(page: VisitPage):
    page.room.clock.at = page.room.clock.at.replace(hour=15, minute=50)  # ten to twelve in China
    page.find("wxl").type("1")
    page.room.clock.advance(minutes=20)
    page.type("41111").press("Ctrl+Return")

    visit = page.visits()[0]
    assert visit.visited_on == TODAY
    assert visit.recorded_at == page.room.clock.now()


def test_a_draft_of_yesterday_keeps_its_day(page: VisitPage):
    page.find("wxl").type("1")
    page.room.clock.advance(days=1)
    page.reopened()
    page.press("Ctrl+Return")

    assert page.visits()[0].visited_on == TODAY


def test_a_future_day_is_refused_and_the_form_can_be_corrected(page: VisitPage):
    page.find("wxl").type("1")
    page.view.day.setFocus()
    page.type("+").press("Ctrl+Return")
    refused = page.view.problem.detail.text()
    page.view.day.setFocus()
    page.type("-").press("Ctrl+Return")

    assert "F-02" in refused
    assert page.visits()[0].visited_on == TODAY


def test_the_form_takes_input_again_when_the_disk_did_not_take_it(page: VisitPage):
    page.find("wxl").type("1")
    full = Unavailable("磁盘满了。", do="请腾出地方。", code="D-01")

    page.screen.presenter._not_recorded(full)

    assert page.view.save.isEnabled()
    assert page.view.rows.isEnabled()
    assert "D-01" in page.view.problem.detail.text()
    assert page.draft()["met"] == "self"


def test_saving_and_printing_goes_to_the_papers_of_this_household(page: VisitPage):
    page.find("wxl").type("1").press("Ctrl+P")

    assert len(page.visits()) == 2
    assert page.room.went == [("printing", WU)]


def test_looking_at_the_whole_number_is_written_into_the_log(page: VisitPage):
    page.find("wxl")

    page.view.side.number.revealed.emit()
    page.room.settle()

    kinds = page.room.ask(
        lambda work: [
            row[0] for row in work.connection.exec_driver_sql("SELECT kind FROM operation")
        ]
    )
    assert kinds[-1] == "person.number_shown"


def test_the_months_count_moves_with_a_visit(page: VisitPage):
    before = page.view.side.month.text()
    page.find("wxl").type("1").press("Ctrl+Return")

    assert (before, page.view.side.month.text()) == ("本月走访 0 / 2 户", "本月走访 1 / 2 户")


def test_a_draft_about_a_household_handed_over_does_not_come_back(page: VisitPage):
    gone = VisitForm(household="019c0000-0000-7000-8000-0000000000ff", visited_on=TODAY)
    page.room.do(lambda: page.room.desk.drafts.keep("visit:gone", gone.as_draft("household")))

    page.reopened()

    assert page.view.household.text() == ""
    assert not page.view.problem.isVisible()


def test_nobody_at_home_typed_in_late_is_gone_to_again_today_at_the_earliest():
    long_ago = VisitForm(household=WU, visited_on=TODAY - timedelta(days=9), met=Met.NOBODY)

    assert long_ago.goes_again_on(TODAY) == TODAY
    assert replace(long_ago, visited_on=TODAY).goes_again_on(TODAY) == TODAY + timedelta(days=3)


def test_a_form_without_household_day_or_met_says_which_field():
    blank = VisitForm(household=None, visited_on=None)
    forms = [blank, replace(blank, household=WU), replace(blank, household=WU, visited_on=TODAY)]

    fields = []
    for form in forms:
        with pytest.raises(Refused) as refused:
            form.request("visit:new", TODAY)
        fields.append(refused.value.field)

    assert fields == ["household", "visited_on", "met"]


def test_a_draft_is_the_form_again():
    form = VisitForm(
        household=WU,
        visited_on=TODAY - timedelta(days=1),
        met=Met.PHONE,
        health=Health.HOSPITAL,
        need=Need.CARE,
        note="住院了",
    )

    assert VisitForm.of_draft(form.as_draft("need")) == form


def test_the_next_field_skips_what_is_folded():
    form = VisitForm(household=WU, visited_on=TODAY, met=Met.NOBODY)

    assert next_field(form, "met") == "note"
    assert next_field(replace(form, met=Met.SELF), "met") == "health"
    assert next_field(form, "") == "household"
