"""Doors into a household's case from a visit and a referral, by keys: what was seen goes along."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Visit
from app.domain.referral_states import ReferralStatus
from app.domain.referral_words import ReferralNeed
from app.services.case_plans import NewCasePlan
from app.services.visit_following import NewReferral
from app.ui.caring.deeds import CaringForm, Start, name_of
from app.ui.caring.desk import household_key
from app.ui.drafting import kept
from app.ui.visits.form import draft_key
from tests.caring_pages import case_opened
from tests.screens import texts
from tests.visit_pages import TODAY, OnPage, referral_screen, visit_screen
from tests.work_pages import WU, Room


@pytest.fixture
def visit(room: Room, qtbot: QtBot) -> OnPage:
    on = OnPage(room, qtbot, visit_screen(room), None)
    return on.type("wxl").press("Return")


def referred(room: Room, content: str = "腿疼没人管") -> str:
    new = NewReferral(
        household=WU,
        need=ReferralNeed.MEDICAL,
        to_org="镇卫生院",
        content=content,
        made_on=TODAY,
    )
    return room.do(lambda: room.desk.referrals.refer(new))


def in_hand(room: Room) -> str:
    new = NewCasePlan(household=WU, need="孩子辍学", opened_on=TODAY)
    return room.do(lambda: room.desk.case_plans.open(new))


def visits_of(room: Room) -> list[Visit]:
    return room.ask(lambda work: work.casework.visits_of(WU))


def test_from_a_visit_the_note_is_the_first_line_and_the_visit_waits(
    visit: OnPage, room: Room, qtbot: QtBot
):
    before = visits_of(room)
    visit.type("132213").write("孩子不上学").press("Return")
    keys = visit.hands.count
    visit.type("6")

    assert visit.hands.count - keys == 1
    assert room.went == [("caring", WU)]
    draft = room.do(lambda: room.desk.drafts.get(draft_key(WU)))
    assert (draft["note"], draft["follow_up"]) == ("孩子不上学", "case_plan")
    assert visits_of(room) == before
    (case,) = case_opened(room, qtbot)
    assert case.need == "孩子不上学"


def test_a_visit_without_a_note_says_what_is_needed(visit: OnPage, room: Room, qtbot: QtBot):
    visit.type("132213").press("Return").type("6")

    (case,) = case_opened(room, qtbot)
    assert case.need == "需要看病"


def test_a_visit_without_a_household_asks_for_it(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, visit_screen(room), None)
    page.view.choices["follow_up"].setFocus()
    page.type("6")

    assert room.went == []
    assert "先选是哪一户" in "".join(texts(page.view))


@pytest.mark.parametrize(
    ("content", "need"), [("腿疼没人管", "腿疼没人管"), ("", "转给镇卫生院（看病）")]
)
def test_from_a_referral_by_one_key_which_stays_as_it_is(
    room: Room, qtbot: QtBot, content: str, need: str
):
    page = OnPage(room, qtbot, referral_screen(room), referred(room, content))
    page.press("F8")

    assert room.went == [("caring", WU)]
    (case,) = case_opened(room, qtbot)
    assert case.need == need
    (referral,) = room.ask(lambda work: work.visiting.referrals_of(WU))
    assert referral.status is ReferralStatus.DRAFT


def test_where_a_case_is_in_hand_it_becomes_a_note_of_it(room: Room, qtbot: QtBot):
    case = in_hand(room)
    OnPage(room, qtbot, referral_screen(room), referred(room)).press("F8")

    assert room.went == [("caring", case)]
    assert [one.id for one in case_opened(room, qtbot)] == [case]
    (step,) = room.ask(lambda work: work.caring.case_steps(case))
    assert step.note == "腿疼没人管"


def test_a_form_half_told_before_is_not_written_over(room: Room, qtbot: QtBot):
    answers = kept(CaringForm(need="老人没人陪"))
    told = {"deed": name_of(Start.OPEN_CASE), "at": None, "answers": answers}
    room.do(lambda: room.desk.drafts.keep(household_key(WU), told))
    OnPage(room, qtbot, referral_screen(room), referred(room)).press("F8")

    (case,) = case_opened(room, qtbot)
    assert case.need == "老人没人陪"


def test_words_of_several_lines_stand_in_one(room: Room, qtbot: QtBot):
    OnPage(room, qtbot, referral_screen(room), referred(room, "腿疼\n没人管")).press("F8")

    (case,) = case_opened(room, qtbot)
    assert case.need == "腿疼 没人管"
