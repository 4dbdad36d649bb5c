"""Leads, referrals and 入户调查 on their pages, by keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.referral_states import LeadStatus, ReferralStatus
from app.domain.referral_words import LeadSource, ReferralNeed
from app.services.visit_following import NewLead, NewReferral
from tests.visit_pages import TODAY, OnPage, investigation_screen, referral_screen, visit_screen
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


# leads and referrals


def test_a_referral_is_moved_by_keys(room: Room, qtbot: QtBot, referral: str):
    page = OnPage(room, qtbot, referral_screen(room), referral)
    page.press("Return").write("托王医生带去").press("Tab", "Tab", "Return")

    found = room.ask(lambda work: work.visiting.referrals_of(WU)[0])
    steps = room.ask(lambda work: work.visiting.referral_steps(found.id))
    assert found.status is ReferralStatus.SENT
    assert steps[-1].note == "托王医生带去"


def test_the_list_and_the_one_at_hand_do_not_chase_each_other(
    room: Room, qtbot: QtBot, referral: str
):
    new = NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=ZHAO)
    lead = room.do(lambda: room.desk.referrals.note_lead(new))
    page = OnPage(room, qtbot, referral_screen(room), referral)
    shown_first = page.view.cases.current_key()

    page.press("Up")

    assert shown_first == referral
    assert page.view.cases.current_key() == lead
    assert "断药" in page.view.what.text()


def test_a_step_without_its_reason_is_refused_at_the_note(room: Room, qtbot: QtBot, referral: str):
    page = OnPage(room, qtbot, referral_screen(room), referral)
    page.view.moved.emit("withdraw", "")
    room.settle()

    assert "F-66" in page.view.problem.detail.text()
    assert page.view.note.hasFocus()


def test_the_day_of_the_answer_is_kept(room: Room, qtbot: QtBot, referral: str):
    page = OnPage(room, qtbot, referral_screen(room), referral)
    page.view.asked_until.emit(TODAY + timedelta(days=7))
    room.settle()

    found = room.ask(lambda work: work.visiting.referrals_of(WU)[0])
    assert found.due_on == TODAY + timedelta(days=7)


def test_a_lead_about_a_stranger_is_noted_by_keys(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, referral_screen(room), None)
    page.press("Insert").write("桥洞下的人").press("Tab").type("3").write("病着，没人管")
    page.press("Ctrl+Return")

    (lead,) = room.ask(lambda work: work.visiting.leads())
    assert (lead.who, lead.content) == ("桥洞下的人", "病着，没人管")
    assert (lead.source, lead.status) == (LeadSource.HOTLINE, LeadStatus.OPEN)


def test_a_lead_without_words_is_refused(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, referral_screen(room), None)
    page.press("Insert", "Ctrl+Return")

    assert "F-77" in page.view.problem.detail.text()
    assert room.ask(lambda work: work.visiting.leads()) == []


# 入户调查


def test_an_investigation_is_filled_in_by_keys(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, investigation_screen(room), WU)
    for name in ("王秀英", "韦志强", "吴秀兰"):
        page.write(name).press("Return")
    page.view.fits.setFocus()
    page.type("1").press("Ctrl+Return")

    (found,) = room.ask(lambda work: work.visiting.investigations_of(WU))
    assert (found.investigators, found.respondent) == (("王秀英", "韦志强"), "吴秀兰")
    assert room.went == [("household", WU)]


def test_one_name_twice_is_refused_and_what_was_typed_comes_back(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, investigation_screen(room), WU)
    for name in ("王秀英", "王秀英"):
        page.write(name).press("Return")
    page.press("Ctrl+Return")
    said = page.view.problem.detail.text()
    page.view.hide()

    again = OnPage(room, qtbot, investigation_screen(room), WU)

    assert "F-73" in said
    assert (again.view.first.text(), again.view.second.text()) == ("王秀英", "王秀英")
