"""The means test page on a real vault: the talk by keys, the live working, what is filed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.money import Money
from app.domain.people import Hukou
from app.ui.assessment.why import FLASH_MS
from tests.means_page import MeansPage
from tests.screens import texts
from tests.work_pages import LI, WU, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> MeansPage:
    return MeansPage(room, qtbot)


def test_the_working_is_there_from_the_start_and_says_it_is_a_first_impression(page: MeansPage):
    assert "李桂芳 居保基础养老金 130 元 × 12 个月" in page.why
    assert "初步看：还定不了" in page.why
    assert page.view.title.text() == "收入测算 — 李桂芳户"


def test_a_digit_answers_and_goes_to_the_next_question(page: MeansPage):
    first = page.field()
    page.type("1")

    assert (first, page.field()) == ("hukou", "living")
    assert page.draft()["answers"][f"people:{LI}-head"]["hukou"] == "local"


def test_every_committed_sum_changes_the_working(page: MeansPage):
    page.to_income().type("1").type("800").press("Return")

    assert "李建国 工资 800 元 × 12 个月" in page.why
    assert "一年合计 11,160 元 ÷ 12 个月 ÷ 3 人" in page.why


def test_a_changed_line_stands_out_for_a_second_and_calms_down(page: MeansPage, qtbot: QtBot):
    page.to_income().type("1").type("800").press("Return")

    lit = page.view.why._flashing
    assert "李建国 工资 800 元 × 12 个月" in [row.line.title for row in lit]
    assert "李桂芳 居保基础养老金 130 元 × 12 个月" not in [row.line.title for row in lit]
    assert lit[0].lit
    qtbot.waitUntil(lambda: page.view.why._flashing == [], timeout=FLASH_MS * 5)
    assert not lit[0].lit


def test_the_last_digit_of_a_page_leads_to_the_next_person(page: MeansPage):
    page.type("1131111")
    led = page.view.card.next.hasFocus()
    page.press("Return")

    assert led
    assert page.view.card.question.text().startswith("李建国（41 岁，子女）")
    assert page.field() == "hukou"


def test_skipping_is_always_allowed(page: MeansPage):
    page.hands.click(page.view.card.skip)
    page.room.settle()

    assert page.view.card.question.text().startswith("李建国")
    assert "家里几口人" in page.why


def test_a_talk_broken_off_goes_on_in_the_next_field(page: MeansPage):
    page.type("113")
    page.view.hide()

    page.open(LI)

    assert page.field() == "illness"
    assert "接着上次" in page.view.card.said.headline.text()


def test_an_unfinished_talk_is_offered_when_nobody_is_named(page: MeansPage):
    page.type("1")
    page.view.hide()
    page.open(None)

    page.view.chooser.table.setFocus()
    page.press("Return")

    assert page.view.title.text() == "收入测算 — 李桂芳户"


def test_saving_writes_the_facts_into_the_record_and_keeps_the_test(page: MeansPage):
    page.type("1").press("Ctrl+Return")

    household = page.room.ask(lambda work: work.households.get(LI))
    kept = page.room.ask(lambda work: work.casework.assessments_of(LI))
    assert household.members[0].person.hukou is Hukou.LOCAL
    assert len(kept) == 1
    assert page.draft() is None
    assert page.view.state.text == "已存进档案"


def test_an_answer_after_saving_makes_it_a_draft_again(page: MeansPage):
    page.press("Ctrl+Return")
    page.view.card.rows.inputs["hukou"].setFocus()
    page.type("2")

    assert page.view.state.text == "草稿，随时可停"


def test_it_becomes_an_application_from_the_same_test(page: MeansPage):
    page.press("Ctrl+Return")
    page.hands.click(page.view.apply)
    page.room.settle()

    filed = page.room.ask(lambda work: work.casework.applications_of(LI))
    kept = page.room.ask(lambda work: work.casework.assessments_of(LI))
    assert [one.assessment for one in filed] == [kept[0].id]
    assert filed[0].document_no in page.view.card.said.headline.text()
    page.hands.click(page.view.card.said.action)
    assert page.room.went == [("printing", filed[0].id)]


def test_what_is_said_twice_is_recorded_once(page: MeansPage):
    page.to_income().type("1").type("800").press("Return", "Return").type("11")
    page.press("Ctrl+Return")
    page.view.card.rows.inputs["month"].setFocus()
    page.view.card.rows.inputs["month"].selectAll()
    page.type("900").press("Return", "Ctrl+Return")

    incomes = page.room.ask(lambda work: work.households.get(LI)).incomes
    assert sorted(income.amount for income in incomes) == [Money.yuan(130), Money.yuan(900)]


def test_a_sum_that_is_none_is_refused_at_its_field_and_changes_nothing(page: MeansPage):
    page.to_income().type("1").type("8..0").press("Return")

    assert page.view.card.rows.inputs["month"].property("state") == "bad"
    assert "month" not in page.draft()["answers"][f"income:{LI}-child:0"]


def test_a_month_count_outside_the_year_is_refused(page: MeansPage):
    page.to_income().type("1").type("800").press("Return").type("13").press("Return")

    assert page.view.card.rows.inputs["months"].property("state") == "bad"
    assert "× 12 个月" in page.why


def test_another_household_can_be_chosen_and_the_talk_stays_a_draft(page: MeansPage):
    page.type("1")
    page.hands.click(page.view.other)
    page.room.settle()

    page.type("wxl").press("Return")

    assert page.view.title.text() == "收入测算 — 吴秀兰户"
    assert page.draft() is not None
    assert page.room.ask(lambda work: work.casework.assessments_of(WU)) == []


def test_the_verdict_stays_in_sight_when_the_lines_are_many(page: MeansPage):
    page.view.resize(1093, 511)
    page.room.settle()

    bottom = page.view.why.verdict.mapTo(page.view, page.view.why.verdict.rect().bottomLeft()).y()
    assert page.view.why.isVisible()
    assert not page.view.card.verdict.isVisible()
    assert bottom < 511


def test_where_the_working_has_no_room_its_verdict_stands_below_the_questions(page: MeansPage):
    page.view.resize(900, 480)
    page.room.settle()

    assert not page.view.why.isVisible()
    assert page.view.card.verdict.isVisible()
    assert page.view.card.verdict.text.startswith("初步看：")


def open_line(page: MeansPage):
    """The row whose clauses are on view."""
    return next(row for row in page.view.why.rows if row.is_open)


def test_f1_and_enter_open_the_clause_under_its_line(page: MeansPage):
    page.press("F1", "Return")

    row = open_line(page)
    said = " ".join(texts(row.clauses))
    assert row is page.view.why.rows[0]
    assert row.line.bases[0] in said
    assert "核到什么程度：" in said
    assert "在哪个政策包：全国通用" in said


def test_ctrl_g_does_what_f1_does(page: MeansPage):
    page.press("Ctrl+G", "Return")

    assert open_line(page) is page.view.why.rows[0]


def test_arrows_walk_the_lines_and_one_clause_is_open_at_a_time(page: MeansPage):
    page.press("F1", "Return", "Down", "Return")

    assert [row.is_open for row in page.view.why.rows[:2]] == [False, True]
    page.press("Up", "Up")
    assert page.view.why.rows[0].hasFocus()


def test_enter_again_folds_the_clause_away_and_esc_goes_back_to_the_questions(page: MeansPage):
    page.press("F1", "Return", "Return")
    folded = not page.view.why.rows[0].is_open
    page.press("Return", "Escape")
    still_there = page.view.why.rows[0].hasFocus()

    page.press("Escape")

    assert folded
    assert still_there
    assert page.field() == "hukou"


def test_a_click_opens_a_line_too(page: MeansPage):
    row = page.view.why.rows[0]

    page.hands.click(row)
    page.room.settle()

    assert row.is_open


def test_a_clause_stays_open_while_other_answers_are_given(page: MeansPage):
    page.press("F1", "Return", "Escape", "Escape")
    page.press("F1", "Return")
    page.view.card.take_keys()

    page.type("1")

    assert page.view.why.rows[0].is_open


def test_a_line_that_is_gone_takes_its_clause_with_it(page: MeansPage):
    row = page.view.why.rows[0]
    page.press("F1", "Return")
    page.to_income()
    page.hands.click(page.view.card.back)
    page.room.settle()

    page.view.card.rows.inputs["kind"].setFocus()
    page.type("9")  # nothing, after all

    assert not row.is_open


def test_what_is_missing_leads_to_its_question(page: MeansPage):
    asks = [row for row in page.view.why.rows if row.line.ask == "household.assets"]

    page.hands.click(asks[0])
    page.room.settle()

    assert page.view.card.rows.block.key == "assets"
    assert page.field() == "deposit"


def test_ctrl_j_goes_to_the_next_page_with_a_question_left_open(page: MeansPage):
    page.type("1131111").press("Ctrl+J")

    assert page.view.card.question.text().startswith("李建国")
    assert page.view.why.to_open.isVisible()


def test_something_tried_out_is_stored_nowhere(page: MeansPage):
    page.to_income()
    page.type("1").type("800").press("Return")
    draft = page.draft()
    saved = page.room.saved

    page.press("F6").type("3").press("Ctrl+PgDown")
    page.press("Ctrl+Return", "Ctrl+P")

    household = page.room.ask(lambda work: work.households.get(LI))
    assert page.draft() == draft
    assert page.room.saved == saved
    assert page.room.ask(lambda work: work.casework.assessments_of(LI)) == []
    assert len(household.incomes) == 1
    assert page.room.went == []


def test_both_answers_stand_side_by_side_and_nobody_can_take_one_for_the_other(page: MeansPage):
    page.to_income().type("1").type("800").press("Return")

    page.press("F6")
    page.view.card.rows.inputs["month"].setFocus()
    page.view.card.rows.inputs["month"].selectAll()
    page.type("9000").press("Return")

    said = " ".join(texts(page.view.why.versus))
    assert "11,160 元" in said
    assert "109,560 元" in said
    assert page.view.trial.isVisible()
    assert page.view.state.text == "假如，不会存"
    assert not any(b.isEnabled() for b in (page.view.apply, page.view.print, page.view.card.save))


def test_leaving_the_trial_brings_the_talk_back_as_it_was(page: MeansPage):
    page.to_income().type("1").type("800").press("Return")
    page.press("F6")
    page.view.card.rows.inputs["month"].setFocus()
    page.view.card.rows.inputs["month"].selectAll()
    page.type("9000").press("Return")

    page.press("F6")

    assert "一年合计 11,160 元" in page.why
    assert not page.view.trial.isVisible()
    assert not page.view.why.versus.isVisible()
    assert page.view.card.save.isEnabled()
    assert page.view.state.text == "草稿，随时可停"


def test_going_elsewhere_ends_the_trial(page: MeansPage):
    page.press("F6")

    page.screen.presenter.open(None)
    page.room.settle()

    assert not page.view.trial.isVisible()


def test_ctrl_p_keeps_the_test_and_leads_to_its_working_sheet(page: MeansPage):
    page.press("Ctrl+P")

    kept = page.room.ask(lambda work: work.casework.assessments_of(LI))
    assert page.room.went == [("printing", kept[0].id)]
    page.press("Ctrl+P")
    assert len(page.room.ask(lambda work: work.casework.assessments_of(LI))) == 1


def test_where_there_is_no_room_f1_brings_the_working_in_front(page: MeansPage):
    page.view.resize(900, 480)
    page.room.settle()

    page.press("F1")
    in_front = page.view.why.isVisible() and not page.view.card.isVisible()
    page.press("Escape")

    assert in_front
    assert page.view.card.isVisible()
    assert not page.view.why.isVisible()


def test_a_pack_that_has_ended_is_told_in_a_bar(page: MeansPage):
    page.view.show_notice("县里的政策包过期了。")
    told = page.view.notice.isVisible()
    page.view.show_notice(None)

    assert told
    assert not page.view.notice.isVisible()


def test_the_earlier_tests_are_one_click_away_once_there_are_any(page: MeansPage):
    assert not page.view.why.past.isVisible()
    page.press("Ctrl+Return")
    page.open(LI)

    page.hands.click(page.view.why.past)

    assert page.view.why.past.accessibleName() == "历次测算（1）"
    assert page.room.went == [("past", LI)]
