"""The table: a proper model, rows chosen and opened by keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.home.table import COLUMNS as WORK_COLUMNS
from app.ui.home.table import work_rows
from app.ui.household.table import (
    HISTORY_COLUMNS,
    MEMBER_COLUMNS,
    age_of,
    history_rows,
    member_rows,
)
from app.ui.households.table import COLUMNS as HOUSEHOLD_COLUMNS
from app.ui.households.table import household_rows, last_seen
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.theme.tokens import Tone
from app.ui.widgets.answers import AnswersModel
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.table import RowsModel, Table
from tests import people
from tests.hands import Hands

TABLES = [
    (WORK_COLUMNS, lambda: work_rows(people.today().items)),
    (HOUSEHOLD_COLUMNS, lambda: household_rows(people.lines(), people.TODAY)),
    (
        MEMBER_COLUMNS,
        lambda: member_rows(people.household().members, people.TODAY, whole=False),
    ),
    (HISTORY_COLUMNS, lambda: history_rows(people.history())),
]


@pytest.mark.parametrize(("columns", "rows"), TABLES)
def test_the_model_keeps_qts_rules(columns, rows, qtmodeltester):
    model = RowsModel(columns)
    model.put(rows())

    qtmodeltester.check(model)


def test_the_list_of_answers_keeps_qts_rules(qtmodeltester):
    model = AnswersModel()
    model.put(people.lines())

    qtmodeltester.check(model)


@pytest.mark.parametrize(("columns", "rows"), TABLES)
def test_every_row_has_a_cell_for_every_column(columns, rows):
    assert {len(row.cells) for row in rows()} == {len(columns)}


@pytest.fixture
def table(look, qtbot: QtBot) -> Table:
    made = Table([Column("甲"), Column("乙", stretch=True)], name="表")
    made.put([Row(key, (Cell(key), Cell("…"))) for key in "abc"])
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def places(look: Look, qtbot: QtBot, width: int) -> Table:
    """People, where they live and what they want, in a list so wide."""
    columns = [Column("谁"), Column("住址", spare=True), Column("为什么", stretch=True)]
    made = Table(columns, name="表")
    qtbot.addWidget(made)
    made.resize(look.scale.px(width), 300)
    made.show()
    made.put([Row("a", (Cell("买买提·吐尔逊"), Cell("第十二村民小组"), Cell("低保到期了")))])
    return made


@pytest.mark.parametrize("size", list(TypeSize))
def test_where_the_words_have_no_room_the_place_gives_them_its_own(size, look: Look, qtbot: QtBot):
    look.wear(size=size)
    made = places(look, qtbot, 21)
    assert made.isColumnHidden(1)
    assert made.horizontalScrollBar().maximum() == 0

    made.resize(look.scale.px(40), 300)
    qtbot.waitUntil(lambda: not made.isColumnHidden(1))

    assert made.columnWidth(2) > look.scale.px(7)


def test_in_larger_letters_the_place_goes_at_once(look: Look, qtbot: QtBot):
    made = places(look, qtbot, 26)
    assert not made.isColumnHidden(1)

    look.wear(size=TypeSize.EXTRA)

    qtbot.waitUntil(lambda: made.isColumnHidden(1))


def test_a_heading_without_room_ends_in_dots(table):
    assert table.horizontalHeader().textElideMode() == Qt.TextElideMode.ElideRight


def test_arrows_choose_and_enter_opens(table):
    opened: list[object] = []
    table.opened.connect(opened.append)

    Hands(table).press("Down", "Return")

    assert opened == ["b"]


def test_the_chosen_row_survives_a_new_filling(table):
    Hands(table).press("Down", "Down")

    table.put([Row(key, (Cell(key), Cell("…"))) for key in "zcb"])

    assert table.current_key() == "c"


def test_a_chosen_row_that_went_gives_way_to_the_first(table):
    Hands(table).press("Down")

    table.put([Row(key, (Cell(key), Cell("…"))) for key in "xyz"])

    assert table.current_key() == "x"


def test_tab_leaves_the_table(table):
    assert not table.tabKeyNavigation()


def test_a_row_is_read_aloud_whole(table):
    table.put(work_rows(people.today().items[:1]))

    said = table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said.startswith(
        "补先行救助手续，赵大山，三组12号，还剩 2 个工作日，3月1日火灾先给了 800 元，下一步：去办"
    )
    assert said.endswith("依据：示例")


def test_numbers_are_masked_unless_asked_whole():
    masked = member_rows(people.household().members, people.TODAY, whole=False)
    whole = member_rows(people.household().members, people.TODAY, whole=True)

    assert [row.cells[4].text for row in masked] == [
        "459901********0020",
        "459901********0035",
        "没登记",
    ]
    assert whole[0].cells[4].text == "459901 19580309 0020"


def test_age_turns_on_the_birthday():
    head = people.household().members[0].person

    assert age_of(head, people.TODAY.replace(day=8)) == 67
    assert age_of(head, people.TODAY.replace(day=9)) == 68


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (None, "还没走访过", Tone.WARN),
        ((2026, 3, 1), "3月1日（本月）", Tone.OK),
        ((2026, 2, 10), "2月10日（20 天前）", Tone.SOFT),
        ((2025, 12, 1), "12月1日（91 天前）", Tone.WARN),
    ],
)
def test_the_last_visit_is_said_in_words(day, words, tone):
    on = None if day is None else people.TODAY.replace(*day)

    assert last_seen(on, people.TODAY) == (words, tone)


def test_solid_red_is_for_what_presses_and_nothing_else():
    items = people.today().items
    calm = [replace(item, pressing=False) for item in items]

    tones = [row.cells[3].tone for row in work_rows([*items, *calm])]

    assert [tone is Tone.URGENT for tone in tones] == [
        *(item.pressing for item in items),
        *(False for _ in calm),
    ]
