"""Texts that wrap, rows that flow, panels that make room, and what was saved."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.problem import Unavailable
from app.ui.theme.scale import TypeSize
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.feedback import ProblemBar, ProgressRow
from app.ui.widgets.form import FormRows
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Chip, Text
from app.ui.widgets.layout import Card, Flow, Section
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.tile import Tile
from tests.hands import Hands
from tests.screens import assert_unclipped, settle

LONG = "一个很长的句子，在窄窗口里要折成好几行，而且每一行都要看得见，一个字也不能少。"


@pytest.fixture
def shown(look, qtbot):
    """Shows a widget at a size."""
    kept: list[QWidget] = []

    def show(widget: QWidget, width: int, height: int) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        settle()
        return widget

    return show


@pytest.mark.parametrize("width", [160, 320, 900])
def test_a_wrapped_text_is_as_high_as_its_width_needs(width, shown):
    page = QWidget()
    box = QVBoxLayout(page)
    for _ in range(3):
        box.addWidget(Text(LONG, wrap=True))
    box.addStretch(1)

    shown(page, width, 700)

    assert_unclipped(page)
    labels = page.findChildren(Text)
    assert all(each.height() <= each.heightForWidth(each.width()) + 2 for each in labels)


@pytest.mark.parametrize("kind", [Card, Section])
def test_a_heading_gives_way_to_the_buttons_beside_it(kind, shown):
    part = kind("今天的活（按急缓排好，做完自动划掉）")
    part.wrap_heading()
    part.top.addWidget(Button("打印今日走访单"))

    shown(part, 330, 200)

    assert part.width() == 330
    assert part.heading.height() > 1.5 * part.heading.fontMetrics().height()
    assert_unclipped(part)


def test_a_heading_with_room_stays_on_its_line(shown):
    part = Section("今天的活（按急缓排好，做完自动划掉）")
    part.wrap_heading()
    part.top.addWidget(Button("打印今日走访单"))

    shown(part, 900, 200)

    assert part.heading.height() < 1.9 * part.heading.fontMetrics().height()


def test_tiles_of_a_row_are_of_one_height_when_one_has_more_to_say(shown):
    page = QWidget()
    line = QHBoxLayout(page)
    tiles = [Tile("等着上传", "cloud-upload", Tone.OFFLINE) for _ in range(2)]
    for tile, note in zip(tiles, ("都传完了", "离线保存，一条不丢，到镇上再传"), strict=True):
        tile.put(3, note)
        line.addWidget(tile, 1)

    shown(page, 320, 200)

    assert len({tile.height() for tile in tiles}) == 1
    assert_unclipped(page)


def test_what_does_not_fit_flows_to_the_next_row(shown):
    page = QWidget()
    flow = Flow(page, gap=0.5)
    buttons = [QPushButton(f"按钮{at}") for at in range(6)]
    for button in buttons:
        flow.addWidget(button)

    shown(page, 260, 300)

    assert len({button.y() for button in buttons}) > 1
    assert all(button.geometry().right() < 260 for button in buttons)
    assert flow.heightForWidth(260) > flow.heightForWidth(2000)
    assert flow.itemAt(99) is None


@pytest.mark.parametrize(("width", "seen"), [(1366, True), (1049, False)])
def test_the_side_panel_makes_room_in_a_narrow_window(width, seen, shown):
    side = QWidget()
    split = Split(QWidget(), side)

    shown(split, width, 500)

    assert side.isVisible() is seen


def test_the_side_panel_comes_back_with_the_room(shown, look):
    side = QWidget()
    split = shown(Split(QWidget(), side), 1200, 500)
    look.wear(size=TypeSize.EXTRA)
    settle()
    large = side.isVisible()
    look.wear(size=TypeSize.STANDARD)
    settle()

    assert (large, side.isVisible()) == (False, True)
    assert split.main.isVisible()


def test_a_problem_is_shown_in_all_its_parts(shown):
    bar = ProblemBar()
    page = QWidget()
    QVBoxLayout(page).addWidget(bar)
    shown(page, 700, 200)

    bar.show_problem(Unavailable("没传上去。", do="请再试一次。", code="S-03"))
    settle()

    assert bar.headline.text() == "没传上去。"
    assert bar.detail.text() == "已经存好的都在。请再试一次。（编号 S-03）"
    assert bar.isVisible()
    Hands(page).click(bar.close_button)
    assert not bar.isVisible()


def test_progress_counts_and_stopping_is_asked_once(shown):
    row = ProgressRow()
    page = QWidget()
    QVBoxLayout(page).addWidget(row)
    shown(page, 700, 200)
    asked: list[int] = []
    row.stop_requested.connect(lambda: asked.append(1))

    row.begin("正在上传…")
    uncounted = row.bar.maximum()
    row.move_to(9, 14, "正在上传第 9 条，共 14 条。")
    hands = Hands(page)
    hands.click(row.stop)
    hands.click(row.stop)

    assert uncounted == 0
    assert (row.bar.value(), row.bar.maximum()) == (9, 14)
    assert asked == [1]
    assert "停下" in row.words.text()
    row.finish()
    assert not row.isVisible()


def test_a_form_names_its_inputs_and_says_what_is_wrong_below_them(shown):
    rows = FormRows()
    field = LineEdit()
    rows.add("电话", field, hint="手机或座机")
    shown(rows, 500, 200)

    rows.show_problem(field, Unavailable("号码不对。", do="请改。", code="F-09"))
    marked = field.property("state")
    rows.clear(field)

    assert field.accessibleName() == "电话"
    assert marked == "bad"
    assert field.property("state") == ""


def test_a_row_of_a_form_folds_away_whole(shown):
    rows = FormRows()
    field = LineEdit()
    rows.add("电话", field, hint="手机或座机")
    shown(rows, 500, 200)

    rows.show_row(field, shown=False)

    assert [each for each in rows.findChildren(QWidget) if each.isVisible()] == []


@pytest.mark.parametrize("key", ["Return", "Space"])
def test_a_tile_opens_by_key_and_by_mouse(key, shown, qtbot):
    tile = shown(Tile("今天要走访", "walk", Tone.PRIMARY), 200, 120)
    opened: list[int] = []
    tile.opened.connect(lambda: opened.append(1))
    tile.setFocus()
    qtbot.waitUntil(tile.hasFocus)

    hands = Hands(tile).press(key)
    hands.click(tile)

    assert opened == [1, 1]


def test_a_count_of_zero_is_shown_calm(shown):
    tile = shown(Tile("先行救助", "urgent", Tone.BAD), 200, 120)

    tile.put(0, "没有欠手续")
    calm = tile.figure.property("tone")
    tile.put(2, "要补")

    assert (calm, tile.figure.property("tone")) == ("faint", "bad")
    assert tile.accessibleName() == "先行救助 2，要补"


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+Enter", "F9"])
def test_a_button_answers_its_keys_and_both_enters(key, shown, qtbot):
    page = QWidget()
    box = QVBoxLayout(page)
    field = LineEdit(name="甲")
    button = Button("完成", keys=("Ctrl+Return", "F9"))
    box.addWidget(field)
    box.addWidget(button)
    shown(page, 300, 200)
    clicked: list[int] = []
    button.clicked.connect(lambda: clicked.append(1))
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)

    Hands(page).press(key)

    assert clicked == [1]
    assert button.text().strip() == "完成  Ctrl+Enter"
    assert button.accessibleName() == "完成"


def test_a_chip_says_its_word_to_a_screen_reader(shown):
    chip = shown(Chip("还剩 2 天", Tone.WARN), 200, 40)

    chip.say("逾期", Tone.URGENT)

    assert chip.accessibleName() == "逾期"
    assert chip.sizeHint().width() > 0


def test_a_page_puts_its_chip_behind_the_title(shown):
    page = shown(PageFrame("记一次走访", hint="回车到下一格"), 700, 300)
    chip = Chip("自动保存中", Tone.OK)

    page.after_title(chip)
    settle()

    assert page.title.geometry().right() < chip.geometry().left() < page.hint.geometry().left()
