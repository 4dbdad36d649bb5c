"""A new lead is kept at every answer and comes up again until it is noted or thrown away."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.domain.referral_words import LeadSource
from app.services.visit_following import NewLead
from tests.screens import texts
from tests.visit_pages import OnPage, referral_screen
from tests.work_pages import WU, ZHAO, Room


def shown(room: Room, qtbot: QtBot, subject: str | None = None) -> OnPage:
    return OnPage(room, qtbot, referral_screen(room), subject)


def half_told(room: Room, qtbot: QtBot) -> OnPage:
    """Somebody under a bridge, from the hotline; the page is gone again."""
    page = shown(room, qtbot)
    page.press("Insert").write("桥洞下的人").press("Tab", "3").write("病着").press("Return")
    page.view.hide()
    return page


def leads(room: Room):
    return room.ask(lambda work: work.visiting.leads())


def test_what_was_half_told_comes_up_again_and_is_noted_once(room: Room, qtbot: QtBot):
    half_told(room, qtbot)

    again = shown(room, qtbot)
    assert "接着上次没记完的线索" in " ".join(texts(again.view))
    again.press("Ctrl+Return")

    (lead,) = leads(room)
    assert (lead.who, lead.source, lead.content) == ("桥洞下的人", LeadSource.HOTLINE, "病着")
    assert room.do(room.desk.drafts.keys) == []
    assert again.view.household.text() == "桥洞下的人"


def test_thrown_away_it_does_not_come_up_again(room: Room, qtbot: QtBot):
    half_told(room, qtbot)
    again = shown(room, qtbot)

    again.click(again.view.throw)

    assert room.do(room.desk.drafts.keys) == []
    assert not shown(room, qtbot).view.keep.isVisible()
    assert leads(room) == []


def test_the_draft_is_one_and_ends_in_its_household(room: Room, qtbot: QtBot):
    page = shown(room, qtbot)
    page.press("Insert").write("桥洞下的人").press("Tab")
    assert room.do(room.desk.drafts.keys) == ["lead:new"]

    page.view.household.setFocus()
    page.view.household.clear_search()
    for letter in "wxl":
        page.type(letter)
    page.press("Return")

    assert room.do(room.desk.drafts.keys) == [f"lead:{WU}"]
    again = shown(room, qtbot)
    assert again.view.household.household().id == WU


def test_a_lead_that_is_refused_stays_as_it_was_typed(room: Room, qtbot: QtBot):
    page = shown(room, qtbot)
    page.press("Insert").write("桥洞下的人").press("Tab", "3")

    page.press("Ctrl+Return")

    assert "F-77" in " ".join(texts(page.view.problem))
    assert room.do(room.desk.drafts.keys) == ["lead:new"]
    assert leads(room) == []


def test_a_case_at_hand_is_not_covered_by_a_draft(room: Room, qtbot: QtBot):
    half_told(room, qtbot)
    new = NewLead(
        content="断药了", found_on=room.clock.today(), source=LeadSource.SELF, household=ZHAO
    )
    lead = room.do(lambda: room.desk.referrals.note_lead(new))

    page = shown(room, qtbot, lead)

    assert page.view.note.isVisible()
    assert not page.view.keep.isVisible()
