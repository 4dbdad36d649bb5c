"""By which road a visit was made: asked by a digit, said where it does not count, kept and told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Channel, Met
from app.domain.operations import instant_text
from app.domain.visit_states import PlanStatus
from app.rules.bundle import bundle_of
from app.services.policies import Policies
from app.services.visits import RecordVisit
from app.store import feed
from app.ui.visits.form import VisitForm, draft_key
from app.ui.visits.screen import build_visit_screen
from tests.fakes import NOON
from tests.hands import Hands
from tests.news import Entry
from tests.screens import texts
from tests.work_pages import WU, Room

CTRL_N = 2
"""Keys that open the page from anywhere."""


class RoadPage:
    """The visit page on 吴秀兰, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        desk = room.desk
        self.screen = build_visit_screen(
            desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench
        )
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.screen.view)
        self.type("wxl").press("Return")

    @property
    def road(self):
        return self.screen.view.choices["channel"]

    @property
    def said(self) -> str:
        """Everything that stands on the form."""
        return " ".join(texts(self.screen.view.rows))

    def type(self, letters: str) -> RoadPage:
        for letter in letters:
            self.press(letter)
        return self

    def press(self, *chords: str) -> RoadPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def newest(self):
        return self.room.ask(lambda work: work.casework.visits_of(WU))[0]


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> RoadPage:
    return RoadPage(room, qtbot)


@pytest.fixture
def dahua(room: Room, qtbot: QtBot) -> RoadPage:
    def send() -> None:
        with room.desk.visits.begin() as work:
            feed.apply_news(work.connection, [_dahua()], room.clock.now())
            work.commit()

    room.do(send)
    return RoadPage(room, qtbot)


def _dahua() -> Entry:
    pack = Policies().load("dahua")
    body = {
        "pack_id": pack.id,
        "pack_version": pack.version,
        "sha256": pack.sha256,
        "bundle": bundle_of(pack).decode(),
        "published_at": instant_text(NOON - timedelta(days=1)),
    }
    return Entry("upsert", "policy_pack", "p-dahua", "p-dahua", 1, body)


def test_at_home_stands_there_and_a_routine_visit_needs_no_key_for_it(page: RoadPage):
    assert page.road.value() is Channel.HOME
    assert page.screen.view.choices["met"].hasFocus()

    page.type("141111").press("Ctrl+Return")

    assert page.newest().channel is Channel.HOME
    assert page.hands.count + CTRL_N <= 16


def test_one_digit_says_another_road_and_the_cursor_goes_on(page: RoadPage):
    page.press("Shift+Tab", "3")

    assert page.screen.view.choices["met"].hasFocus()
    page.type("141111").press("Ctrl+Return")
    assert (page.newest().channel, page.newest().met) == (Channel.VIDEO, Met.SELF)
    assert page.road.value() is Channel.HOME


def test_a_call_is_a_call_however_it_is_said_and_may_be_taken_back(page: RoadPage):
    page.type("4")
    called = page.road.value()
    page.press("Shift+Tab", "1")

    assert (called, page.road.value()) == (Channel.PHONE, Channel.HOME)


def test_who_was_called_was_not_seen_by_another_road():
    called = VisitForm(household=WU, visited_on=None).answered("met", Met.PHONE)

    assert called.channel is Channel.PHONE
    assert called.answered("channel", Channel.WECHAT).met is None
    assert called.answered("channel", None).channel is Channel.HOME
    assert called.answered("channel", Channel.PHONE).met is Met.PHONE


def test_the_road_is_in_the_draft(page: RoadPage):
    page.press("Shift+Tab", "4")

    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    assert VisitForm.of_draft(draft).channel is Channel.WECHAT


def test_a_call_is_said_not_to_count_in_dahua_with_the_clause(dahua: RoadPage):
    at_home = dahua.said
    dahua.type("4")

    assert "不算" not in at_home
    assert "电话不算广西大化瑶族自治县的入户" in dahua.said
    assert "二(三)3" in dahua.said


def test_where_calls_count_going_there_is_still_said_to_be_due(page: RoadPage):
    page.press("Shift+Tab", "2")

    assert "上门的那一次还要去" in page.said


def test_a_call_keeps_no_monthly_duty_in_dahua(dahua: RoadPage):
    dahua.type("4").press("Ctrl+Return")
    progress = dahua.room.do(dahua.room.desk.visits.month_progress)
    month = dahua.room.do(lambda: dahua.room.desk.rounds.month(NOON.date().replace(day=1)))

    assert dahua.newest().channel is Channel.PHONE
    assert (progress.seen, month.seen) == (0, 0)
    assert dahua.screen.view.side.bar.value() == 0
    items = dahua.room.do(dahua.room.desk.worklist.today).items
    assert [item.household for item in items if "不算上门" in item.why] == [WU]


def test_a_call_that_counts_is_counted(page: RoadPage):
    page.type("4").press("Ctrl+Return")

    assert page.room.do(page.room.desk.visits.month_progress).seen == 1


@pytest.mark.parametrize(
    ("met", "road", "left"),
    [
        (Met.PHONE, None, PlanStatus.PLANNED),
        (Met.SELF, Channel.VIDEO, PlanStatus.PLANNED),
        (Met.SELF, None, None),
    ],
)
def test_a_day_to_go_again_is_not_kept_by_a_road_that_does_not_count(
    dahua: RoadPage, met: Met, road: Channel | None, left: PlanStatus | None
):
    today = dahua.room.clock.today()
    dahua.type("3").press("Ctrl+Return")
    again = RecordVisit(household=WU, visited_on=today, met=met, channel=road)

    dahua.room.do(lambda: dahua.room.desk.visits.record(again))

    plan = dahua.room.ask(lambda work: work.visiting.open_plans([WU])).get(WU)
    assert (None if plan is None else plan.status) is left
