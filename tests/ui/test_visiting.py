"""What a visit brings about, on its page: in place, by keys; and the pages as a whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.domain.referral_states import ReferralStatus
from app.domain.referral_words import ReferralNeed
from app.domain.visit_words import FireSafety, FollowUp, VisitKind
from app.services.timeline_rooms import visits
from app.services.visit_following import Following, NewReferral
from app.services.visits import RecordVisit
from app.ui.visits.form import VisitForm, draft_key
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_inside,
    assert_masked,
    assert_named,
    assert_unclipped,
)
from tests.visit_pages import (
    SIGNED,
    TODAY,
    OnPage,
    investigation_screen,
    newest,
    record_screen,
    referral_screen,
    visit_screen,
)
from tests.work_pages import WU, ZHAO, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> OnPage:
    on = OnPage(room, qtbot, visit_screen(room), None)
    return on.type("wxl").press("Return")


@pytest.fixture
def referral(room: Room) -> str:
    new = NewReferral(
        household=WU,
        need=ReferralNeed.MEDICAL,
        to_org="镇卫生院",
        content="腿疼",
        made_on=TODAY,
        consented=True,
    )
    return room.do(lambda: room.desk.referrals.refer(new))


# needs that go on in place


def test_a_lead_is_noted_with_the_visit_without_leaving_the_form(page: OnPage):
    page.type("111111").write("隔壁老人断药").press("Return").type("2").press("Ctrl+Return")

    (lead,) = page.room.ask(lambda work: work.visiting.leads_of(WU))
    assert (lead.content, lead.visit) == ("隔壁老人断药", newest(page).id)
    assert page.room.went == []


def test_a_referral_is_made_with_the_visit_by_digits_and_a_place(page: OnPage):
    page.type("132213").press("Return").type("3").write("镇卫生院").press("Return")
    page.press("Return").type("1").press("Ctrl+Return")

    (found,) = page.room.ask(lambda work: work.visiting.referrals_of(WU))
    assert (found.to_org, found.need) == ("镇卫生院", ReferralNeed.MEDICAL)
    assert found.status is ReferralStatus.CONSENTED


def test_a_child_to_be_protected_is_reported_with_the_visit_and_nobody_is_asked(page: OnPage):
    page.type("132213").press("Return").type("7").write("镇派出所")
    rows = page.view.rows.by_name
    shown = {one for one in ("to_org", "ref_need", "consented") if rows[one].isVisible()}
    page.press("Ctrl+Return")

    (found,) = page.room.ask(lambda work: work.visiting.referrals_of(WU))

    assert shown == {"to_org"}
    assert (found.need, found.status) == (ReferralNeed.PROTECTION, ReferralStatus.DRAFT)
    assert found.to_org == "镇派出所"


def test_what_was_answered_of_a_referral_before_says_nothing_of_the_report():
    form = VisitForm(
        household=WU, visited_on=TODAY, note="挨打", to_org="镇派出所",
        follow_up=FollowUp.PROTECTION, ref_need=ReferralNeed.MEDICAL, consented=True,
    )  # fmt: skip

    assert form.following == Following(
        how=FollowUp.PROTECTION, content="挨打", to_org="镇派出所", need=ReferralNeed.PROTECTION
    )


def test_why_somebody_is_referred_is_never_asked_as_a_report(page: OnPage):
    needs = [one.text() for one in page.view.rows.choices["ref_need"].buttons]

    assert len(needs) == len(ReferralNeed) - 1
    assert not any(ReferralNeed.PROTECTION.label in one for one in needs)


def test_a_referral_without_a_place_says_so_at_its_field_and_saves_nothing(page: OnPage):
    before = len(page.room.ask(lambda work: work.casework.visits_of(WU)))

    page.type("132213").press("Return").type("3").press("Ctrl+Return")

    assert "F-65" in page.view.problem.detail.text()
    assert page.view.rows.to_org.hasFocus()
    assert len(page.room.ask(lambda work: work.casework.visits_of(WU))) == before


@pytest.mark.parametrize(("digit", "where"), [("4", "assessment"), ("5", "relief")])
def test_application_and_relief_are_gone_on_with_and_the_visit_waits(page, digit, where):
    page.type("132213").write("腿疼").press("Return").type(digit)

    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    assert page.room.went == [(where, WU)]
    assert (draft["need"], draft["note"]) == ("medical", "腿疼")


def test_nobody_at_home_asks_for_a_day_and_plans_it(page: OnPage):
    page.type("3").press("Return")
    asked = page.view.rows.again.day()
    page.press("+", "Return", "Ctrl+Return")

    (plan,) = page.room.ask(lambda work: work.visiting.plans_of(WU))
    assert asked == TODAY + timedelta(days=3)
    assert plan.planned_on == TODAY + timedelta(days=4)


def test_a_welfare_check_asks_what_f15_asks(page: OnPage):
    shown = page.view.choices["fire_safety"].isVisible()
    page.view.choices["kind"].setFocus()
    page.type("2")
    page.view.choices["fire_safety"].setFocus()
    page.type("2")
    page.view.choices["met"].setFocus()
    page.type("1").press("Ctrl+Return")

    visit = newest(page)
    assert not shown
    assert (visit.kind, visit.fire_safety) == (VisitKind.WELFARE, FireSafety.HAZARD)


@pytest.mark.parametrize(
    ("digit", "kind", "title"),
    [
        ("1", VisitKind.ROUTINE, "走访"),
        ("5", VisitKind.SERVICE, "上门服务"),
        ("6", VisitKind.RETURNED, "走失流浪回访"),
    ],
)
def test_a_service_and_a_return_are_called_so_among_what_happened(page: OnPage, digit, kind, title):
    page.view.choices["kind"].setFocus()
    page.type(digit)
    page.view.choices["met"].setFocus()
    page.type("1").press("Ctrl+Return")

    visit = newest(page)
    told = page.room.ask(lambda work: list(visits(work, WU)))
    assert visit.kind is kind
    assert [one.title for one in told if one.entity_id == visit.id] == [title]


def test_an_investigation_is_another_form(page: OnPage):
    page.view.choices["kind"].setFocus()
    page.type("4")

    assert page.room.went == [("investigation", WU)]
    assert page.view.choices["kind"].value() is VisitKind.ROUTINE


def test_own_phrases_come_back_in_the_field_they_were_written_in(
    room: Room, qtbot: QtBot, referral: str
):
    again = OnPage(room, qtbot, visit_screen(room), WU)

    again.type("132213").press("Alt+1").press("Return").type("3").press("Alt+1")

    assert again.view.note.text() == "腿疼，等合作医疗报销"
    assert again.view.rows.to_org.text() == "镇卫生院"


# a completed visit


@pytest.fixture
def seen(room: Room) -> str:
    """A visit with a signature and a photo."""
    files = room.desk.visit_files

    def make() -> str:
        image = files.keep_photo(b"\xff\xd8\xff\xe0 a picture \xff\xd9")
        kept = (image, files.keep_signature(SIGNED))
        return room.desk.visits.record(
            RecordVisit(household=ZHAO, visited_on=TODAY, met=Met.SELF, note="都好", files=kept)
        )

    return room.do(make)


@pytest.mark.parametrize("build", [record_screen, referral_screen, investigation_screen])
@pytest.mark.parametrize(("width", "height"), [(982, 511), (1198, 665)])
def test_the_pages_keep_what_every_screen_has_to(
    room: Room, qtbot: QtBot, seen: str, referral: str, build, width: int, height: int
):
    subject = {record_screen: seen, referral_screen: referral, investigation_screen: WU}[build]
    page = OnPage(room, qtbot, build(room), subject)
    page.view.resize(width, height)
    room.settle()

    assert_named(page.view)
    assert_chinese(page.view)
    assert_unclipped(page.view)
    assert_masked(page.view)
    assert_inside(page.view)
    assert_freed(lambda: build(room))


@pytest.mark.parametrize("digits", ["111111", "3", "132213"])
def test_the_visit_page_keeps_it_in_every_state_and_the_field_at_hand_in_sight(
    page: OnPage, digits: str
):
    page.view.resize(982, 511)
    page.room.settle()
    page.type(digits)
    if digits != "3":
        page.press("Return").type("3")
        page.click(page.view.rows.signature.open)
        page.view.rows.to_org.setFocus()
        page.press("Shift+Tab", "Tab")
    page.room.settle()

    field = page.view.note if digits == "3" else page.view.rows.to_org
    area = page.view.card.area
    top = field.mapTo(area.viewport(), QPoint()).y()
    assert field.hasFocus()
    assert 0 <= top <= area.viewport().height() - field.height()
    assert_named(page.view)
    assert_unclipped(page.view)
    assert_inside(page.view)
