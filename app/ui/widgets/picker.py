"""Find a household by name part, pinyin initials, ID tail, phone or door: a field with its answers.

The search runs on the store runner with every key; only the newest answer is shown. What an input
method is still composing is searched too, so that "lgf" finds 李桂芳 before the word is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.ui.runner import Runner
from app.ui.widgets.answers import AnswersList
from app.ui.widgets.glass import GlassEdit
from app.ui.widgets.inputs import set_state
from app.ui.widgets.keys import is_plain_enter

Find = Callable[[str], Sequence[HouseholdLine]]


class HouseholdPicker(GlassEdit):
    """`picked(HouseholdLine)` on Enter or click. `named(str)` when `unknown_allowed` and Enter is
    pressed on a name nobody here has. `failed(Problem)` when the search could not run."""

    picked = Signal(object)
    named = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        *,
        find: Find,
        runner: Runner,
        name: str = "找人",
        hint: str = "姓名、拼音首字母、身份证后四位、电话、门牌",
        unknown_allowed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self._find = find
        self._runner = runner
        self._unknown_allowed = unknown_allowed
        self._answers: AnswersList | None = None
        self._asked = ""
        self._answered = ""
        self._pick_when_answered = False
        self._household: HouseholdLine | None = None
        self.textEdited.connect(self._search_typed)

    def household(self) -> HouseholdLine | None:
        """The household picked, if the text still says so."""
        return self._household

    def put_household(self, line: HouseholdLine | None) -> None:
        """Fill from stored data."""
        self._household = line
        self._asked = self._answered = ""
        self.put("" if line is None else _line_text(line))
        set_state(self, "")

    def typed_name(self) -> str:
        """What was typed, when it is nobody known."""
        return "" if self._household else self.text().strip()

    def clear_search(self) -> None:
        """Empty the field and fold the answers away."""
        self.put_household(None)
        self._fold_away()

    @property
    def answers(self) -> AnswersList | None:
        """The list, once something was found."""
        return self._answers

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802  # Qt's name
        """Search what is being composed, too."""
        super().inputMethodEvent(event)
        if event.preeditString() or event.commitString():
            self._search(self.text() + event.preeditString().replace("'", "").replace(" ", ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows move in the answers, Enter picks, Escape folds them away."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._answers is not None:
            self._answers.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and self._is_open():
            self._fold_away()
        elif is_plain_enter(event) and not self.is_composing:
            self._enter()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Fold the answers away; a name that is nobody's is marked unless it may be."""
        super().focusOutEvent(event)
        if self._answers is not None and not self._answers.underMouse():
            self._fold_away()
        if self.typed_name() and not self._unknown_allowed:
            set_state(self, "warn")

    @Slot(str)
    def _search_typed(self, text: str) -> None:
        self._search(text)

    def _search(self, text: str) -> None:
        self._household = None
        set_state(self, "")
        if text.strip() == self._asked:
            return
        self._pick_when_answered = False
        self._asked = text.strip()
        if not self._asked:
            self._fold_away()
            return
        self._runner.run(
            partial(self._find, self._asked),
            done=partial(self._show, self._asked),
            failed=self._search_failed,
        )

    def _show(self, asked: str, lines: Sequence[HouseholdLine]) -> None:
        """Show the answer if it is still the newest; pick at once if Enter was already pressed."""
        if asked != self._asked:
            return
        self._answered = asked
        enter_waits, self._pick_when_answered = self._pick_when_answered, False
        answers = self._ready_answers()
        answers.lines.put(lines)
        if (self.hasFocus() or enter_waits) and (lines or not self._unknown_allowed):
            answers.show_under(self)
        else:
            answers.hide()
        if enter_waits:
            self._enter()

    def _search_failed(self, problem: Problem) -> None:
        self._pick_when_answered = False
        self.failed.emit(problem)

    def _ready_answers(self) -> AnswersList:
        if self._answers is None:
            self._answers = AnswersList(self.window())
            self._answers.clicked.connect(self._pick_clicked)
        return self._answers

    def _enter(self) -> None:
        if self._household is not None or not self.text().strip():
            self.move_on()
        elif self._answered != self._asked:
            self._pick_when_answered = True
        elif self._answers is not None and self._answers.lines.rowCount():
            self._pick(self._answers.chosen())
        elif self._unknown_allowed:
            self.named.emit(self.text().strip())
            self.move_on()
        else:
            set_state(self, "warn")

    @Slot(QModelIndex)
    def _pick_clicked(self, _index: QModelIndex) -> None:
        if self._answers is not None:
            self._pick(self._answers.chosen())

    def _pick(self, line: HouseholdLine | None) -> None:
        if line is None:
            return
        self.put_household(line)
        self._fold_away()
        self.picked.emit(line)
        if self.hasFocus():
            self.move_on()

    def _is_open(self) -> bool:
        return self._answers is not None and self._answers.isVisible()

    def _fold_away(self) -> None:
        if self._answers is not None:
            self._answers.hide()


def _line_text(line: HouseholdLine) -> str:
    return f"{line.head_name}  {line.place}"
