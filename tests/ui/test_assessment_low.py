"""The means test page where there is little room: 1093 × 543, with bars open, in larger type."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.assessment.blocks import Step
from app.ui.theme.look import Look, look
from app.ui.theme.scale import TypeSize
from app.ui.widgets.layout import Scroll
from tests.means_page import MeansPage
from tests.screens import assert_inside, assert_unclipped, texts
from tests.work_pages import Room

ENDED = "县里的“练习县（示例）”政策包只用到2026年3月1日，已经过期；先按全国的算，请同步领取新的。"


class SmallWindow(QWidget):
    """What stands around a page in the smallest window: navigation, practice stripe, status line.

    1366 × 768 at 125 % leaves 1093 × 543; larger type insists on a little more.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        scale = look().scale
        self.scroll = Scroll(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(scale.px(7.4), scale.px(2), 0, scale.px(2.1))
        box.addWidget(self.scroll)
        self.resize(max(1093, scale.px(60)), max(543, scale.px(32)))


@pytest.fixture
def page(room: Room, qtbot: QtBot, look: Look) -> MeansPage:
    return MeansPage(room, qtbot)


@pytest.fixture(params=[TypeSize.STANDARD, TypeSize.LARGE])
def small(request: pytest.FixtureRequest, page: MeansPage, look: Look, qtbot: QtBot):
    """The page in the smallest window."""
    look.wear(size=request.param, dark=False)
    window = SmallWindow(page.view)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    page.hands.window = window
    page.view.card.take_keys()
    page.room.settle()
    return window


def widen(page: MeansPage, width: int) -> None:
    """Twice: only a page that has seen its window is narrow lets go of what it hides there."""
    for _ in range(2):
        page.view.resize(width, 600)
        page.room.settle()
    assert page.view.width() == width


def fits(page: MeansPage, window: SmallWindow) -> bool:
    """Whether all of the page is in sight."""
    page.room.settle()
    return window.scroll.verticalScrollBar().maximum() == 0


def test_every_step_fits_and_nothing_is_cut(page: MeansPage, small: SmallWindow):
    for step in Step:
        page.hands.click(page.view.steps.buttons[step])
        page.room.settle()

        assert fits(page, small), step
        assert_unclipped(page.view)
        assert_inside(page.view)


def test_the_way_on_stays_in_sight_with_what_was_done_said(page: MeansPage, small: SmallWindow):
    page.hands.click(page.view.steps.buttons[Step.OBLIGORS])
    page.room.settle()
    page.press("F8")

    assert page.view.card.said.isVisible()
    assert fits(page, small)
    assert_unclipped(page.view)


def test_something_tried_out_is_marked_in_sight(page: MeansPage, small: SmallWindow):
    page.press("F6")

    assert page.view.trial.isVisible()
    assert fits(page, small)
    assert_unclipped(page.view)


def test_a_pack_that_has_ended_takes_no_button_out_of_sight(page: MeansPage, small: SmallWindow):
    page.view.show_notice(ENDED)

    assert fits(page, small)
    assert_unclipped(page.view)
    if look().size is TypeSize.STANDARD:  # larger type leaves room for one bar
        page.press("F8")
        assert fits(page, small)
        assert_unclipped(page.view)


def test_in_a_low_window_the_lines_get_the_room_of_the_sums(page: MeansPage):
    panel = page.view.why
    page.view.resize(1200, 900)
    page.room.settle()
    below = panel.result.mapTo(panel, panel.result.rect().topLeft()).y() > panel._scroll.y()
    fixed = not panel._scroll.isAncestorOf(panel.result)

    page.view.resize(1093, 482)
    page.room.settle()

    assert below
    assert fixed
    assert panel._scroll.isAncestorOf(panel.result)
    assert panel._scroll.height() > panel.height() / 2
    assert panel.sums.visibleRegion().boundingRect().height() == panel.sums.height()


def test_back_at_the_questions_the_sums_are_in_sight_again(page: MeansPage):
    page.view.resize(1093, 482)
    page.room.settle()
    page.press("F1", *["Down"] * 8)
    away = page.view.why.sums.visibleRegion().isEmpty()

    page.press("Escape")

    assert away
    assert not page.view.why.sums.visibleRegion().isEmpty()


def test_an_opened_clause_can_be_read_in_a_low_window(page: MeansPage):
    page.view.resize(1093, 482)
    page.room.settle()

    page.press("F1", "Return")

    seen = page.view.why.rows[0].clauses.visibleRegion().boundingRect().height()
    assert seen > page.view.why._scroll.height() / 2


def test_the_six_steps_stay_on_one_line_and_say_less_where_there_is_less_room(page: MeansPage):
    steps = page.view.steps
    widen(page, 1200)
    roomy = [button.text() for button in steps.buttons.values()]
    widen(page, 840)
    hint = steps.words.isVisible()
    widen(page, 740)
    narrow = [button.text() for button in steps.buttons.values()]

    assert roomy[0] == "1 家里几口人"
    assert narrow[0] == "1 家人"
    assert not hint
    assert steps.buttons[Step.PEOPLE].accessibleName() == "家里几口人"


def test_the_steps_never_break_into_two_lines(page: MeansPage):
    steps = page.view.steps
    for done in ((), tuple(Step)):
        steps.show_step(Step.PEOPLE, done)
        for width in range(740, 1220, 20):
            widen(page, width)

            assert len({button.y() for button in steps.buttons.values()}) == 1, (width, done)


def test_at_the_largest_letters_the_steps_stay_on_one_line_with_all_of_them_done(
    page: MeansPage, look: Look, qtbot: QtBot
):
    look.wear(size=TypeSize.EXTRA)
    window = SmallWindow(page.view)
    qtbot.addWidget(window)
    window.resize(1093, 543)
    window.show()
    page.hands.window = window
    steps = page.view.steps
    steps.show_step(Step.PEOPLE, tuple(Step))
    page.room.settle()

    assert len({button.y() for button in steps.buttons.values()}) == 1
    assert page.view.other.isVisible()


def test_a_step_done_has_its_tick_for_its_number(page: MeansPage):
    page.press("Ctrl+PgUp", *["Ctrl+PgDown"] * 4).type("8")

    button = page.view.steps.buttons[Step.OBLIGORS]
    assert button.text().strip() == "赡养人"
    assert not button.icon().isNull()


def test_what_was_just_done_stands_in_the_place_of_the_verdict(page: MeansPage):
    page.view.resize(900, 482)
    page.room.settle()
    before = page.view.card.verdict.isVisible()

    page.press("Ctrl+Return")
    while_said = page.view.card.verdict.isVisible()
    page.hands.click(page.view.card.said.close_button)
    page.room.settle()

    assert before
    assert not while_said
    assert page.view.card.verdict.isVisible()
    assert "初步看" in " ".join(texts(page.view.card))


def test_a_question_that_unfolds_comes_into_sight_whole(page: MeansPage, look: Look, qtbot: QtBot):
    look.wear(size=TypeSize.EXTRA, dark=False)
    window = SmallWindow(page.view)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    page.hands.window = window
    page.view.card.take_keys()
    page.to_income().type("1").type("2200").press("Return", "Return").type("2")

    field = page.view.card.rows.inputs["employed_on"]
    assert field.hasFocus()
    assert field.visibleRegion().boundingRect().height() == field.height()
