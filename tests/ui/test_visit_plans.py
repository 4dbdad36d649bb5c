"""A day to go again is given up beside the form, with a reason that stays on record."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.problem import Refused
from app.domain.visit_states import PlanStatus
from app.services.timeline import timeline_of
from app.ui.visits.screen import build_visit_screen
from tests.hands import Hands
from tests.screens import assert_named
from tests.work_pages import WU, ZHAO, Room


class PlanPage:
    """The visit page on 吴秀兰, whom nobody found at home, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        desk = room.desk
        self.screen = build_visit_screen(
            desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench
        )
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.screen.view)
        self.find().press("3", "Ctrl+Return")

    @property
    def part(self):
        return self.screen.view.plan

    def find(self, initials: str = "wxl") -> PlanPage:
        for letter in initials:
            self.press(letter)
        return self.press("Return")

    def press(self, *chords: str) -> PlanPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def plans(self):
        return self.room.ask(lambda work: work.visiting.plans_of(WU))


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PlanPage:
    return PlanPage(room, qtbot)


def test_the_day_stands_beside_the_form_of_whom_it_is_about(page: PlanPage):
    page.find()
    shown = (page.part.isVisible(), page.part.day.text())
    page.press("Ctrl+Return")
    page.screen.presenter.open(ZHAO)
    page.room.settle()

    assert shown == (True, "约好 3月5日再去")
    assert not page.part.isVisible()


@pytest.mark.parametrize("key", ["F6", "Ctrl+G"])
def test_it_is_given_up_by_keys_with_a_reason(page: PlanPage, key: str):
    page.find().press(key)
    page.hands.compose("去女儿家过年了")
    page.press("Return", "Return")

    (plan,) = page.plans()
    assert (plan.status, plan.reason) == (PlanStatus.CANCELLED, "去女儿家过年了")
    assert not page.part.isVisible()
    assert "取消了" in page.screen.view.said.headline.text()


def test_the_record_of_the_household_tells_it_and_the_list_asks_by_its_rhythm(page: PlanPage):
    page.find().press("F6")
    page.hands.compose("去女儿家过年了")
    page.press("Return", "Return")

    lines = page.room.ask(lambda work: timeline_of(work, WU))
    items = page.room.do(page.room.desk.worklist.everything)
    assert [one.detail for one in lines if one.title == "约好的走访不去了"] == ["去女儿家过年了"]
    assert [one.why for one in items if one.household == WU and "约好" in one.why] == []


def test_without_a_reason_the_day_stands(page: PlanPage):
    page.find().press("F6", "Return", "Return")

    assert page.plans()[0].status is PlanStatus.PLANNED
    assert "不去了要写为什么" in page.part.wrong.text()
    assert page.part.reason.hasFocus()


def test_leaving_the_field_gives_nothing_up(page: PlanPage):
    page.find().press("F6")
    page.hands.compose("写了一半")
    page.press("Tab")

    assert page.plans()[0].status is PlanStatus.PLANNED


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_what_is_no_reason_is_refused(page: PlanPage, reason: str):
    with pytest.raises(Refused) as refused:
        page.room.do(lambda: page.room.desk.visits.cancel_plan(WU, reason))

    assert refused.value.code == "F-66"


def test_where_no_day_was_chosen_there_is_nothing_to_give_up(page: PlanPage):
    with pytest.raises(Refused) as refused:
        page.room.do(lambda: page.room.desk.visits.cancel_plan(ZHAO, "不去了"))

    assert refused.value.code == "F-70"


def test_everything_of_it_has_a_name(page: PlanPage):
    page.find().press("F6")

    assert_named(page.screen.view)


def test_it_is_given_up_on_the_smallest_window_too(page: PlanPage):
    page.find()
    page.screen.view.resize(1003, 483)
    page.room.settle()
    page.press("F6")

    assert page.part.reason.hasFocus()
