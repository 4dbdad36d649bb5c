"""Finding a household: newest answer wins, Enter may come before it."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.problem import Unavailable
from app.ui.tasks import TaskRunner
from app.ui.widgets.glass import GlassEdit
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.picker import HouseholdPicker
from tests import people
from tests.hands import Hands
from tests.screens import settle


class Asked:
    """A search that can be held up and remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.go = threading.Event()
        self.go.set()

    def find(self, text: str):
        self.go.wait(5)
        self.texts.append(text)
        return people.find(text)


class Form:
    """A picker, a field after it, hands, and what was said."""

    def __init__(self, qtbot: QtBot, store: TaskRunner, *, unknown_allowed: bool = False) -> None:
        self.asked = Asked()
        self.window = QWidget()
        self.window.resize(700, 500)
        self.picker = HouseholdPicker(
            find=self.asked.find, runner=store, unknown_allowed=unknown_allowed
        )
        self.after = LineEdit(name="乙")
        box = QVBoxLayout(self.window)
        box.addWidget(self.picker)
        box.addWidget(self.after)
        self.picked: list = []
        self.named: list[str] = []
        self.picker.picked.connect(self.picked.append)
        self.picker.named.connect(self.named.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.picker.setFocus()
        qtbot.waitUntil(self.picker.hasFocus)
        self.hands = Hands(self.window)
        self.wait = lambda: (qtbot.waitUntil(lambda: store.idle), settle())


@pytest.fixture
def form(qtbot, store) -> Form:
    return Form(qtbot, store)


def test_initials_and_enter_find_and_go_on(form):
    form.hands.type("lgf")
    form.wait()
    form.hands.press("Return")

    assert [line.head_name for line in form.picked] == ["李桂芳"]
    assert form.picker.household() == form.picked[0]
    assert form.picker.text() == "李桂芳  一组3号"
    assert form.after.hasFocus()
    assert form.hands.keys == 4


def test_enter_pressed_before_the_answer_picks_when_it_comes(form):
    form.asked.go.clear()
    form.hands.type("lgf").press("Return")
    before = list(form.picked)

    form.asked.go.set()
    form.wait()

    assert before == []
    assert [line.head_name for line in form.picked] == ["李桂芳"]


def test_only_the_newest_answer_is_shown(form):
    form.asked.go.clear()
    form.hands.type("wxl").press("Backspace", "Backspace", "Backspace").type("lgf")

    form.asked.go.set()
    form.wait()

    assert form.picker.answers.lines.rowCount() == 1
    assert form.picker.answers.chosen().head_name == "李桂芳"


def test_an_answer_to_an_older_question_is_not_shown_at_all(look, qtbot):
    runner = Held()
    picker = HouseholdPicker(find=people.find, runner=runner)
    qtbot.addWidget(picker)
    picker.textEdited.emit("组")
    picker.textEdited.emit("lgf")

    runner.answer_next()
    early = picker.answers
    runner.answer_next()

    assert early is None
    assert picker.answers.lines.line(0).head_name == "李桂芳"


class Held:
    """A runner that answers one job at a time, when told."""

    def __init__(self) -> None:
        self.jobs: list = []

    def run(self, job, *, done, failed) -> None:
        self.jobs.append((job, done))

    def answer_next(self) -> None:
        job, done = self.jobs.pop(0)
        done(job())


def test_arrows_choose_among_the_answers(form):
    form.hands.compose("组")
    form.wait()

    form.hands.press("Down", "Down", "Up", "Return")

    assert [line.head_name for line in form.picked] == ["赵大山"]


def test_what_is_being_composed_is_searched_already(form):
    form.hands.preedit("l'g'f")
    form.wait()

    assert form.asked.texts == ["lgf"]
    assert form.picker.answers.isVisible()


def test_a_click_picks(form):
    form.hands.compose("组")
    form.wait()
    answers = form.picker.answers
    index = answers.lines.index(1)

    form.hands.click(answers.viewport(), answers.visualRect(index).center())

    assert [line.head_name for line in form.picked] == ["赵大山"]


def test_escape_folds_the_answers_away_and_keeps_the_text(form):
    form.hands.compose("组")
    form.wait()

    form.hands.press("Esc")

    assert not form.picker.answers.isVisible()
    assert form.picker.text() == "组"


def test_typing_again_lets_go_of_the_household(form):
    form.picker.put_household(people.lines()[0])

    form.picker.end(False)
    form.hands.press("Backspace")

    assert form.picker.household() is None


def test_somebody_unknown_is_marked_where_only_households_fit(form):
    form.hands.compose("王五")
    form.wait()
    form.hands.press("Return")

    assert form.picked == []
    assert form.picker.hasFocus()
    assert form.picker.property("state") == "warn"


def test_the_answers_under_a_short_field_at_the_edge_stay_inside_the_window(qtbot, store, look):
    window = QWidget()
    window.resize(600, 500)
    picker = HouseholdPicker(find=people.find, runner=store, parent=window)
    picker.setGeometry(450, 20, 140, 40)
    qtbot.addWidget(window)
    window.show()
    picker.setFocus()
    qtbot.waitUntil(picker.hasFocus)

    Hands(window).type("lgf")
    qtbot.waitUntil(lambda: picker.answers is not None and picker.answers.lines.rowCount() > 0)

    assert window.rect().contains(picker.answers.geometry())


def test_that_nobody_was_found_is_said_in_words_and_not_by_a_colour_alone(form, look):
    form.hands.type("zzz")
    form.wait()
    words = form.picker.answers

    assert words.isVisible()
    assert words.accessibleDescription() == "没有找到。少写几个字，或者换首字母、门牌再找。"
    assert words.width() >= words.fontMetrics().horizontalAdvance(words.accessibleDescription())
    assert look.palette.soft.lower() in inks(words)

    form.hands.press("Ctrl+A").type("lgf")
    form.wait()
    assert words.accessibleDescription() == ""


def inks(widget: QWidget) -> set[str]:
    """The colours it is painted in."""
    image = widget.grab().toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in places}


def test_somebody_unknown_may_be_named_where_that_is_allowed(qtbot, store):
    form = Form(qtbot, store, unknown_allowed=True)

    form.hands.compose("王五").press("Return")
    form.wait()

    assert form.named == ["王五"]
    assert form.picker.typed_name() == "王五"
    assert form.after.hasFocus()


def test_a_search_that_cannot_run_says_so(qtbot, store):
    problem = Unavailable("读不出来。", do="请再试。", code="D-09")

    def fail(_text: str):
        raise problem

    picker = HouseholdPicker(find=fail, runner=store)
    qtbot.addWidget(picker)
    said: list = []
    picker.failed.connect(said.append)

    picker.textEdited.emit("x")
    qtbot.waitUntil(lambda: bool(said))

    assert said == [problem]


def a_picker(store):
    return HouseholdPicker(find=lambda _text: [], runner=store)


def a_line(_store):
    return GlassEdit(name="找人", hint="姓名")


@pytest.mark.parametrize("build", [a_picker, a_line])
def test_the_glass_changes_its_colour_with_the_look(build, look, qtbot, store):
    look.wear(dark=False)
    line = build(store)
    qtbot.addWidget(line)
    (glass,) = line.actions()
    before = glass.icon().cacheKey()

    look.wear(dark=True)
    settle()

    assert glass.icon().cacheKey() != before
