"""Inputs under Chinese hands: composing, folding, committing, moving on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.casework import Health
from app.domain.identity import parse_id_number
from app.domain.money import Money
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.figures import DateEdit, IdNumberEdit, MoneyEdit
from app.ui.widgets.inputs import LineEdit, PlainEntry, TextEdit
from app.ui.widgets.secret import CodeEdit, SecretEdit
from tests.hands import Hands

TODAY = date(2026, 3, 2)


@pytest.fixture
def form(look, qtbot):
    """Puts fields into a shown window, the first one focused."""

    shown: list[QWidget] = []

    def show(*fields: QWidget) -> Hands:
        window = QWidget()
        box = QVBoxLayout(window)
        for field in fields:
            box.addWidget(field)
        qtbot.addWidget(window)
        window.show()
        fields[0].setFocus()
        window.activateWindow()
        qtbot.waitUntil(fields[0].hasFocus)
        shown.append(window)
        return Hands(window)

    return show


def heard(signal) -> list:
    """Collects what a signal says."""
    said: list = []
    signal.connect(said.append)
    return said


@pytest.mark.parametrize("make", [LineEdit, TextEdit])
def test_enter_while_composing_stays_in_the_field(make, form):
    field, after = make(name="甲"), LineEdit(name="乙")
    hands = form(field, after)

    hands.preedit("nv er").press("Return")

    assert field.hasFocus()
    assert field.is_composing


@pytest.mark.parametrize("make", [LineEdit, TextEdit])
def test_enter_after_the_word_is_chosen_moves_on(make, form):
    field, after = make(name="甲"), LineEdit(name="乙")
    hands = form(field, after)

    hands.compose("女儿回来了").press("Return")

    assert field.text() == "女儿回来了"
    assert after.hasFocus()


@pytest.mark.parametrize("make", [LineEdit, TextEdit])
def test_a_field_commits_once_when_it_is_left(make, form):
    field, after = make(name="甲"), LineEdit(name="乙")
    hands = form(field, after)
    said = heard(field.committed)

    hands.type("abc").press("Tab")
    field.setFocus()
    hands.press("Return")

    assert said == ["abc"]


@pytest.mark.parametrize("make", [LineEdit, TextEdit])
def test_filling_from_stored_data_is_no_commit(make, form):
    field, after = make(name="甲"), LineEdit(name="乙")
    hands = form(field, after)
    said = heard(field.committed)

    field.put("存着的")
    hands.press("Return")

    assert said == []


@pytest.mark.parametrize("make", [LineEdit, TextEdit])
def test_escape_discards_nothing(make, form):
    field = make(name="甲")
    hands = form(field)

    hands.type("abc").press("Esc")

    assert field.text() == "abc"


def test_shift_enter_breaks_the_line_and_enter_moves_on(form):
    field, after = TextEdit(name="情况"), LineEdit(name="乙")
    hands = form(field, after)

    hands.type("a").press("Shift+Return").type("b").press("Return")

    assert field.text() == "a\nb"
    assert after.hasFocus()


def test_alt_and_a_digit_inserts_a_phrase(form):
    field = TextEdit(name="情况")
    hands = form(field)
    field.offer_phrases(("家里都好。", "腿疼。"))

    hands.press("Alt+2").press("Alt+3")

    assert field.text() == "腿疼。"


def test_two_dots_repeat_the_last_text(form):
    field, after = TextEdit(name="情况"), LineEdit(name="乙")
    hands = form(field, after)
    field.remember_last("上次说腿疼。")
    said = heard(field.committed)

    hands.type("..").press("Return")

    assert said == ["上次说腿疼。"]


@pytest.mark.parametrize("key", ["Ctrl+E", "Ctrl+U", "Ctrl+Return"])
def test_the_windows_keys_are_left_to_the_window(key, form):
    field = LineEdit(name="甲")
    hands = form(field)
    hands.type("abc")
    field.setCursorPosition(1)

    hands.press(key)

    assert field.text() == "abc"
    assert field.cursorPosition() == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: PlainEntry(name="电话"),
        lambda: MoneyEdit(name="金额"),
        lambda: DateEdit(name="日期", today=lambda: TODAY),
        lambda: IdNumberEdit(name="证号", check=lambda text: None),
        lambda: SecretEdit(name="口令"),
        lambda: CodeEdit(name="组", digits=5),
    ],
)
def test_figures_switch_the_input_method_off(make, form):
    field = make()
    form(field)

    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(field, asked)
    assert not asked.value(Qt.InputMethodQuery.ImEnabled)


@pytest.mark.parametrize("make", [LineEdit, TextEdit])
@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_U, Qt.Key.Key_Return])
def test_a_field_does_not_claim_the_windows_keys_before_the_window_sees_them(make, key, form):
    """On X11 a line edit would take Ctrl+E and Ctrl+U for moving and deleting."""
    field = make(name="甲")
    form(field)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
    event.accept()

    field.event(event)

    assert not event.isAccepted()


def test_full_width_figures_are_folded_where_the_cursor_is(form):
    field = PlainEntry(name="电话")
    form(field)
    field.setText("138")
    field.setCursorPosition(1)

    field.insert("３。")
    field.textEdited.emit(field.text())

    assert field.text() == "13.38"
    assert field.cursorPosition() == 3


def test_money_is_added_up_when_the_field_is_left(form):
    field, after = MoneyEdit(name="金额"), LineEdit(name="乙")
    hands = form(field, after)
    said = heard(field.changed)

    hands.type("1500+700").press("Return")

    assert said == [Money.yuan(2200)]
    assert field.text() == "2200"
    assert field.money() == Money.yuan(2200)


def test_money_shows_its_sum_while_it_is_typed(form):
    field = MoneyEdit(name="金额")
    hands = form(field)

    hands.type("1500+")
    unfinished = field.typed_money()
    hands.type("700")

    assert unfinished is None
    assert field.typed_money() == Money.yuan(2200)


def test_what_is_no_money_is_refused_and_stays_to_be_mended(form):
    field, after = MoneyEdit(name="金额"), LineEdit(name="乙")
    hands = form(field, after)
    field.set_money(Money.yuan(800))
    said = heard(field.refused)

    field.selectAll()
    hands.type("8x").press("Return")

    assert [problem.code for problem in said] == ["F-51"] or said[0].code == "M-01"
    assert field.text() == "8x"
    assert field.property("state") == "bad"
    assert field.money() == Money.yuan(800)


def test_plus_and_minus_step_the_day(form):
    field = DateEdit(name="日期", today=lambda: TODAY)
    hands = form(field)
    field.set_day(TODAY)
    said = heard(field.changed)

    hands.press("-").press("-").press("+")

    assert said == [date(2026, 3, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert field.text() == "2026年3月1日 星期日"


def test_a_typed_day_is_written_out(form):
    field, after = DateEdit(name="日期", today=lambda: TODAY), LineEdit(name="乙")
    hands = form(field, after)

    hands.type("2026-2-15").press("Return")

    assert field.day() == date(2026, 2, 15)
    assert field.text() == "2026年2月15日 星期日"


def test_an_id_number_is_grouped_while_it_is_typed_and_kept_compact(form):
    field, after = IdNumberEdit(name="证号", check=lambda text: None), LineEdit(name="乙")
    hands = form(field, after)
    said = heard(field.changed)

    hands.type("45990119580309002x").press("Return")

    assert field.text() == "459901 19580309 002X"
    assert said == ["45990119580309002X"]


def test_an_id_number_that_cannot_be_one_is_kept_with_a_warning(form):
    field = IdNumberEdit(name="证号", check=lambda text: parse_id_number(text, on=TODAY))
    after = LineEdit(name="乙")
    hands = form(field, after)
    said = heard(field.refused)

    hands.type("459901195803090021").press("Return")

    assert field.number() == "459901195803090021"
    assert field.property("state") == "warn"
    assert len(said) == 1


def test_a_capital_without_shift_tells_of_caps_lock(form):
    field = SecretEdit(name="口令")
    form(field)
    said = heard(field.caps_seen)

    from PySide6.QtTest import QTest

    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QTest.keyEvent(QTest.KeyAction.Click, field, "A")

    assert said[0] is False
    assert said[-1] is True


def test_a_full_group_of_digits_goes_on_by_itself(form):
    first, second = CodeEdit(digits=5, name="一"), CodeEdit(digits=5, name="二")
    hands = form(first, second)

    hands.type("12345").type("67")

    assert first.text() == "12345"
    assert second.text() == "67"


def test_a_digit_chooses_and_goes_on(form):
    row, after = ChoiceRow.of_words(Health, name="身体"), LineEdit(name="乙")
    hands = form(row, after)
    said = heard(row.chosen)

    hands.press("4")

    assert said == [Health.IMPAIRED]
    assert row.value() is Health.IMPAIRED
    assert after.hasFocus()
    assert hands.keys == 1


def test_a_digit_without_an_option_chooses_nothing(form):
    row, after = ChoiceRow.of_words(Health, name="身体"), LineEdit(name="乙")
    hands = form(row, after)

    hands.press("9")

    assert row.value() is None
    assert row.hasFocus()


def test_the_tenth_option_is_chosen_by_0(form):
    ten = [(number, f"第{number}样") for number in range(1, 11)]
    row, after = ChoiceRow(ten, name="哪一样"), LineEdit(name="乙")
    hands = form(row, after)

    hands.press("0")

    assert row.value() == ten[9][0]
    assert row.buttons[9].text().startswith("0 ")
    assert after.hasFocus()


def test_0_chooses_nothing_where_there_is_no_tenth(form):
    row, after = ChoiceRow.of_words(Health, name="身体"), LineEdit(name="乙")
    hands = form(row, after)

    hands.press("0")

    assert row.value() is None
    assert row.hasFocus()


def test_arrows_choose_without_leaving_and_do_not_go_round(form):
    row, after = ChoiceRow.of_words(Health, name="身体"), LineEdit(name="乙")
    hands = form(row, after)

    hands.press("Right", "Right", "Left", "Left", "Left")

    assert row.value() is Health.GOOD
    assert row.hasFocus()


def test_backspace_takes_a_choice_back(form):
    row, after = ChoiceRow.of_words(Health, name="身体"), LineEdit(name="乙")
    hands = form(row, after)
    row.put(Health.FAIR)
    said = heard(row.chosen)

    hands.press("Backspace")

    assert said == [None]
    assert row.value() is None


def test_a_click_chooses_and_goes_on(form):
    row, after = ChoiceRow.of_words(Health, name="身体"), LineEdit(name="乙")
    hands = form(row, after)

    hands.click(row.buttons[2])

    assert row.value() is Health.ILL
    assert after.hasFocus()


def test_a_row_of_choices_tells_its_answer_to_a_screen_reader(form):
    row = ChoiceRow.of_words(Health, name="身体")
    form(row)

    before = row.accessibleName()
    row.put(Health.FAIR)

    assert (before, row.accessibleName()) == ("身体：还没选", "身体：一般")


def test_the_focus_of_a_choice_row_takes_no_text(form):
    row = ChoiceRow.of_words(Health, name="身体")
    form(row)

    assert not row.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_an_option_called_otherwise_here_says_so_and_still_means_the_same(form):
    row, after = ChoiceRow.of_words(Health, name="身体"), LineEdit(name="乙")
    hands = form(row, after)

    row.rename({Health.FAIR: "一般般"})
    hands.press("2")

    assert (row.buttons[1].text(), row.buttons[1].accessibleName()) == ("2 一般般", "一般般")
    assert (row.value(), row.accessibleName()) == (Health.FAIR, "身体：一般般")
    assert row.buttons[0].accessibleName() == Health.GOOD.label


def test_more_options_than_digits_are_a_bug(look):
    with pytest.raises(ValueError, match="at most 10"):
        ChoiceRow([(at, str(at)) for at in range(11)])
