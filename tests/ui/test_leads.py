"""A lead on its page: until when it is looked into, and handing it on, by keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.case_plan_states import CaseStage
from app.domain.problem import Refused
from app.domain.referral_states import LeadEvent, LeadStatus, ReferralStatus
from app.domain.referral_words import HandOn, LeadSource
from app.domain.today import WorkKind
from app.services.visit_following import NewLead
from app.ui.referrals.screen import build_referral_screen
from app.ui.widgets.buttons import Button
from tests.caring_pages import case_opened
from tests.hands import Hands
from tests.screens import assert_inside, assert_named, texts
from tests.work_pages import WU, Room

TODAY = date(2026, 3, 2)


class LeadPage:
    """The page with one lead at hand, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, lead: str | None) -> None:
        self.room = room
        self.screen = build_referral_screen(
            room.desk.referrals, room.desk.households.find, room.bench
        )
        qtbot.addWidget(self.screen.view)
        room.show(self.screen, lead)
        self.hands = Hands(self.screen.view)

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> LeadPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def write(self, words: str) -> LeadPage:
        self.hands.compose(words)
        self.room.settle()
        return self

    def lead(self):
        return self.room.ask(lambda work: work.visiting.leads()[0])

    def steps(self):
        return self.room.ask(lambda work: work.visiting.lead_steps(self.lead_id()))

    def lead_id(self):
        return self.screen.presenter._file.line.case.id


def noted(room: Room, household=WU, *, verified: bool = True) -> str:
    new = NewLead(
        content="断药了", found_on=TODAY, source=LeadSource.NEIGHBOUR, household=household, who="谁"
    )
    lead = room.do(lambda: room.desk.referrals.note_lead(new))
    if verified:
        room.do(lambda: room.desk.referrals.move_lead(lead, LeadEvent.VERIFY))
    return lead


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> LeadPage:
    page = LeadPage(room, qtbot, noted(room))
    page.view.note.setFocus()
    return page


def test_a_new_lead_says_until_when_it_is_looked_into(room: Room, qtbot: QtBot):
    page = LeadPage(room, qtbot, None)
    page.press("Insert").write("桥洞下的人").press("Tab", "3").write("病着").press("Return")
    page.hands.type("0305")
    page.press("Ctrl+Return")

    assert page.lead().due_on == date(2026, 3, 5)
    assert "最晚 3月5日 核实" in page.view.what.text()


def test_a_new_lead_with_a_day_nobody_can_read_is_not_noted(room: Room, qtbot: QtBot):
    page = LeadPage(room, qtbot, None)
    page.press("Insert").write("桥洞下的人").press("Tab", "3").write("病着").press("Return")
    page.hands.type("0305x")
    page.press("Ctrl+Return")

    assert room.ask(lambda work: work.visiting.leads()) == []
    assert "日期" in " ".join(texts(page.view))

    page.press("Ctrl+A").hands.type("0305")
    page.press("Ctrl+Return")
    assert page.lead().due_on == date(2026, 3, 5)


def test_a_lead_goes_no_further_past_a_day_nobody_can_read(room: Room, qtbot: QtBot):
    page = LeadPage(room, qtbot, noted(room, verified=False))
    page.view.due.setFocus()
    page.hands.type("0304x")

    page.view.events.findChildren(Button)[0].click()
    room.settle()

    assert page.lead().status is LeadStatus.OPEN
    assert "日期" in " ".join(texts(page.view))


def test_the_day_can_be_said_later_and_stands_in_todays_list(room: Room, qtbot: QtBot):
    page = LeadPage(room, qtbot, noted(room, verified=False))
    page.view.due.setFocus()
    page.hands.type("0304")
    page.press("Return")

    items = room.do(room.desk.worklist.today).items
    assert page.lead().due_on == date(2026, 3, 4)
    assert [(one.due_on, one.action) for one in items if one.kind is WorkKind.LEAD] == [
        (date(2026, 3, 4), "去核实")
    ]


def test_a_day_before_it_was_known_is_refused(room: Room):
    lead = noted(room)

    with pytest.raises(Refused) as refused:
        room.do(lambda: room.desk.referrals.look_by(lead, TODAY - timedelta(days=1)))

    assert refused.value.code == "F-79"


def test_only_what_was_looked_into_is_handed_on(room: Room, qtbot: QtBot):
    page = LeadPage(room, qtbot, noted(room, verified=False))

    assert not page.view.way.isVisible()
    with pytest.raises(Refused) as refused:
        room.do(lambda: room.desk.referrals.hand_on(page.lead_id(), HandOn.OTHERS, "镇上"))
    assert refused.value.code == "F-72"


def test_a_lead_becomes_a_referral_by_keys_and_both_know(page: LeadPage):
    page.press("Tab", "Tab", "1").write("镇卫生院").press("Return", "Return")

    (referral,) = page.room.ask(lambda work: work.visiting.referrals_of(WU))
    assert (referral.to_org, referral.content, referral.lead) == (
        "镇卫生院",
        "断药了",
        page.lead().id,
    )
    assert (referral.status, page.lead().status) == (ReferralStatus.DRAFT, LeadStatus.HANDED_ON)
    assert page.steps()[-1].note == "转介，镇卫生院"


@pytest.mark.parametrize(("digit", "where"), [("2", "assessment"), ("3", "relief")])
def test_it_goes_on_where_help_is_asked_or_given(page: LeadPage, digit: str, where: str):
    page.press("Tab", "Tab", digit, "Return", "Return")

    assert page.lead().status is LeadStatus.HANDED_ON
    assert page.room.went[-1] == (where, WU)
    assert page.room.ask(lambda work: work.visiting.referrals_of(WU)) == []


def test_it_becomes_the_first_line_of_a_case_by_one_key(page: LeadPage, qtbot: QtBot):
    """One digit for the way, two Enter to go: as the other doors; then the case is one key away."""
    page.press("Tab", "Tab")
    before = page.hands.count
    page.press("5", "Return", "Return")

    assert page.hands.count - before == 3
    assert page.lead().status is LeadStatus.HANDED_ON
    assert page.steps()[-1].note == "开个案"
    assert page.room.went[-1] == ("caring", WU)
    (case,) = case_opened(page.room, qtbot)
    assert (case.need, case.status) == ("断药了", CaseStage.IDENTIFY)


def test_it_is_noted_whose_it_is_now(page: LeadPage):
    page.press("Tab", "Tab", "4").write("镇上李主任").press("Return", "Return")

    assert (page.lead().status, page.steps()[-1].note) == (
        LeadStatus.HANDED_ON,
        "交给别人，镇上李主任",
    )


@pytest.mark.parametrize(
    ("way", "place", "code", "field"),
    [
        (None, "", "F-81", "way"),
        (HandOn.REFERRAL, " ", "F-65", "to_org"),
        (HandOn.OTHERS, "", "F-65", "to_org"),
    ],
)
def test_what_is_wanting_is_said_at_its_field(
    page: LeadPage, way: HandOn | None, place: str, code: str, field: str
):
    page.view.handed_on.emit(way, place, "")
    page.room.settle()

    assert code in page.view.problem.detail.text()
    assert page.view._fields[field].hasFocus()
    assert page.lead().status is LeadStatus.VERIFIED


@pytest.mark.parametrize("way", [HandOn.REFERRAL, HandOn.APPLICATION, HandOn.CASE_PLAN])
def test_a_stranger_is_not_referred_without_a_household(room: Room, way: HandOn):
    lead = noted(room, None)

    with pytest.raises(Refused) as refused:
        room.do(lambda: room.desk.referrals.hand_on(lead, way, "镇卫生院"))

    assert refused.value.code == "F-80"


def test_the_page_keeps_its_rules(page: LeadPage):
    assert_named(page.view)
    assert_inside(page.view)
