"""The ways about the means test page by keys: clauses, any order, what-if, what is open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.desk import begin_in
from app.services.policies import Policies
from app.ui.assessment.blocks import Step
from app.ui.widgets.buttons import Button
from tests.cases import practice
from tests.means_page import MeansPage
from tests.published import publish
from tests.screens import assert_chinese, assert_named, assert_unclipped, texts
from tests.work_pages import LI, Room

MOST_TABS = 60


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> MeansPage:
    return MeansPage(room, qtbot)


def on(page: MeansPage):
    """The line the keys are on."""
    return next(row for row in page.view.why.rows if row.hasFocus())


def tell_wage(page: MeansPage, month: str) -> MeansPage:
    """李建国 earns so much a month."""
    return page.to_income().type("1").type(month).press("Return")


def total_changes(room: Room) -> int:
    """How many rows were ever written over the one connection there is."""
    query = "SELECT total_changes()"
    return room.ask(lambda work: work.connection.exec_driver_sql(query).scalar())


def test_every_line_that_rests_on_a_clause_opens_it_by_keys_and_esc_stays_on_the_line(
    page: MeansPage,
):
    tell_wage(page, "2200").press("F1")
    said = []
    for row in page.view.why.rows:
        assert row.hasFocus()
        if row.line.bases:
            page.press("Return")
            assert row.is_open, row.line
            said.append(" ".join(texts(row.clauses)))
            page.press("Escape")
            assert not row.is_open
            assert row.hasFocus()
        page.press("Down")

    assert len(said) > 6
    assert all("核到什么程度" in text or "不是哪个文件的条文" in text for text in said)
    assert sum("什么时候用" in text for text in said) > 4
    assert_chinese(page.view)
    assert_named(page.view)


def test_after_the_questions_f1_leads_back_to_the_line_that_was_read_last(page: MeansPage):
    page.press("F1", "Down", "Down", "Return", "Escape")
    line = on(page)

    page.press("Escape", "F1")

    assert on(page) is line


def test_an_open_clause_says_the_number_of_its_paragraph_once(page: MeansPage):
    row = page.view.why.rows[0]
    before = row.detail.isVisible()

    page.press("F1", "Return")

    assert before
    assert not row.detail.isVisible()
    assert row.line.detail in " ".join(texts(row.clauses))
    page.press("Escape")
    assert row.detail.isVisible()


def test_what_is_missing_is_reached_and_answered_by_keys(page: MeansPage):
    page.press("F1")
    while on(page).line.ask != "household.assets":
        page.press("Down")

    page.press("Return")

    assert page.view.card.rows.block.key == "assets"
    assert page.field() == "deposit"


def test_the_steps_can_be_told_in_any_order(page: MeansPage):
    page.press("Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgDown").type("0").press("Return")
    there = page.view.card.rows.block.step
    page.press("Ctrl+PgUp", "Ctrl+PgUp", "Ctrl+PgUp").type("1")
    page.hands.click(page.view.steps.buttons[Step.OBLIGORS])
    page.room.settle()
    page.type("8")

    answers = page.draft()["answers"]
    assert there is Step.ASSETS
    assert answers["assets"]["deposit"] == "0.00"
    assert answers[f"people:{LI}-head"]["hukou"] == "local"
    assert answers["obligors:0"]["kind"] == "nothing"
    assert page.view.steps.buttons[Step.OBLIGORS].accessibleName() == "赡养人，问完了"
    assert page.view.steps.buttons[Step.ASSETS].accessibleName() == "财产"


def test_every_page_can_be_skipped_to_the_end_and_nothing_counts_as_told(page: MeansPage):
    while page.view.card.skip.isVisible():
        page.hands.click(page.view.card.skip)
        page.room.settle()

    assert page.view.card.rows.block.step is Step.CHECK
    assert "家里几口人、收入、大额支出、财产、赡养人没问完" in page.view.why.notes.text()
    assert "财产：还没问" in " ".join(texts(page.view.card.read_out))
    assert "初步看：还定不了" in page.why


def test_within_a_tenth_of_the_line_it_says_very_close(page: MeansPage):
    tell_wage(page, "1400")
    close = page.view.why.notes.text()
    page.view.card.rows.inputs["month"].setFocus()
    page.view.card.rows.inputs["month"].selectAll()
    page.type("500").press("Return")

    assert "离低保的线很接近，请核实收入依据。" in close
    assert "很接近" not in page.view.why.notes.text()


def test_trying_something_out_writes_not_one_row(page: MeansPage):
    tell_wage(page, "800")
    before = total_changes(page.room)

    page.press("F6").type("2").press("Ctrl+PgUp").type("2").press("Ctrl+PgDown", "F1", "Return")
    page.press("Escape", "Escape", "Ctrl+Return", "F8", "Ctrl+D", "Ctrl+P", "F6")

    assert total_changes(page.room) == before
    assert page.room.went == []


def test_f1_shows_both_answers_first_while_something_is_tried_out(page: MeansPage):
    page.view.resize(900, 480)
    tell_wage(page, "800").press("F6", "F1")

    panel = page.view.why
    top = panel.versus.mapTo(panel, panel.versus.rect().topLeft()).y()
    assert panel.versus.isVisible()
    assert 0 < top < panel.height() / 3


@pytest.mark.parametrize("key", ["F8", "Ctrl+D"])
def test_a_key_makes_the_application(page: MeansPage, key: str):
    page.press(key)

    filed = page.room.ask(lambda work: work.casework.applications_of(LI))
    kept = page.room.ask(lambda work: work.casework.assessments_of(LI))
    assert [one.assessment for one in filed] == [kept[0].id]
    assert filed[0].document_no in page.view.card.said.headline.text()


@pytest.mark.parametrize("key", ["F3", "Ctrl+H"])
def test_a_key_leads_to_the_earlier_tests(page: MeansPage, key: str):
    page.press("Ctrl+Return")
    page.open(LI)

    page.press(key)

    assert page.room.went == [("past", LI)]


def test_another_answer_takes_back_what_was_said_of_the_last_ones(page: MeansPage):
    page.press("Ctrl+Return")
    told = page.view.card.said.isVisible()

    page.view.card.rows.inputs["hukou"].setFocus()
    page.type("2")

    assert told
    assert not page.view.card.said.isVisible()


def test_tab_reaches_every_button_there_is(page: MeansPage):
    page.press("F8")
    wanted = {
        button
        for button in page.view.findChildren(Button)
        if button.isVisible() and button.isEnabled()
    }
    reached = set()
    for _ in range(MOST_TABS):
        page.press("Tab")
        reached.add(QApplication.focusWidget())

    assert {button.accessibleName() for button in wanted - reached} == set()


def test_a_county_pack_that_has_ended_is_told_above_the_talk(room: Room, qtbot: QtBot):
    files = [(name, _ended(data)) for name, data in practice().files]
    begin = begin_in(room.vault, room.clock)
    pack = Policies().parse(files)
    room.do(lambda: publish(SimpleNamespace(clock=room.clock, begin=begin), pack))

    page = MeansPage(room, qtbot)

    assert page.view.notice.isVisible()
    assert "只用到2026年3月1日，已经过期" in page.view.notice.headline.text()


def _ended(data: bytes) -> bytes:
    """The file of a pack that was good until yesterday."""
    text = data.decode()
    if "valid_from" not in text.split("[[", 1)[0]:
        return data
    head, rest = text.split("valid_from", 1)
    line, rest = rest.split("\n", 1)
    return f"{head}valid_from{line}\nvalid_to = 2026-03-01\n{rest}".encode()


def test_once_kept_the_page_counts_one_more_test_to_look_back_at(page: MeansPage):
    before = page.view.why.past.isVisible()
    page.room.changes.saved.connect(page.screen.presenter.refresh)

    page.press("Ctrl+Return")

    assert not before
    assert page.view.why.past.accessibleName() == "历次测算（1）"


def test_what_was_taken_as_usual_of_a_child_elsewhere_can_be_told(page: MeansPage):
    page.hands.click(page.view.steps.buttons[Step.OBLIGORS])
    page.room.settle()
    page.type("1")  # a son: the old woman may be 特困 only where he cannot support her

    shown = {one.key for one in page.view.card.rows.block.fields if one.shown}

    assert {"disabled", "receives", "over_limits"} <= shown
    assert page.field() == "birth"
    assert_chinese(page.view)
    assert_named(page.view)
    assert_unclipped(page.view)
