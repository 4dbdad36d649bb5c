"""The unlock page: one field, one button, and the road for a forgotten passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Icon, IconText, Role, Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.secret import SecretEdit
from app.ui.widgets.sheets import Sheets

if TYPE_CHECKING:
    from app.ui.doors import Asked, Made, Remedy
    from app.ui.resident import Resident
    from app.ui.unlock.asking import AskingPresenter
    from app.ui.unlock.county import CountyForm
    from app.ui.unlock.recover import RecoverForm
    from app.ui.unlock.remedies import Remedies
    from app.ui.widgets.feedback import ProblemBar
    from app.ui.widgets.recovery import RecoverySheet


class UnlockView(QWidget):
    """`unlock_requested(str)`, `remedy_chosen(Remedy)`, `remedy_dropped`,
    `recover_requested(code, new, again)`, `print_requested`, `recovery_confirmed`,
    `county_wanted` (the sheet is lost too)."""

    unlock_requested = Signal(str)
    remedy_chosen = Signal(object)
    remedy_dropped = Signal()
    recover_requested = Signal(str, str, str)
    print_requested = Signal()
    recovery_confirmed = Signal()
    county_wanted = Signal()

    def __init__(
        self, resident: Resident, *, locked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._left = 0
        self._caps = False
        self.countdown = QTimer(self)
        self.countdown.setInterval(1000)
        self.countdown.timeout.connect(self._count_down)
        self.title = Text("已锁屏" if locked else "打开协理", Role.TITLE)
        self.who = Text(f"{resident.officer} · {resident.village}", tone=Tone.SOFT)
        self.passphrase = SecretEdit(name="口令")
        self.open_button = Button("打开", icon="lock", kind=Kind.PRIMARY, hint="Enter")
        self.forgotten = Button("忘了口令，用恢复纸", icon="key", kind=Kind.LINK)
        self.help = Text(self._help(resident), Role.SMALL, Tone.SOFT, wrap=True)
        self.unlock_step = self._unlock_step()
        self.steps = Sheets()
        self.card = Card()
        self._connect()
        self._lay_out()

    @cached_property
    def notice(self) -> IconText:
        """Below the field, once there is something to notice."""
        notice = IconText("alert-triangle", "", Tone.WARN, icon_tone=Tone.WARN)
        self.step_box.insertWidget(self.step_box.indexOf(self.passphrase) + 1, notice)
        return notice

    @cached_property
    def problem(self) -> ProblemBar:
        """Above the field, once something went wrong."""
        from app.ui.widgets.feedback import ProblemBar  # not in the first picture

        bar = ProblemBar()
        self.card.body.insertWidget(self.card.body.indexOf(self.steps), bar)
        return bar

    @cached_property
    def remedies(self) -> Remedies:
        """Under the problem, once there is something to do about it."""
        from app.ui.unlock.remedies import Remedies  # not in the first picture

        made = Remedies()
        made.chosen.connect(self.remedy_chosen)
        made.dropped.connect(self._drop_remedy)
        self.card.body.insertWidget(self.card.body.indexOf(self.steps), made)
        return made

    @cached_property
    def recover(self) -> RecoverForm:
        """The form of the forgotten passphrase, made when somebody asks for it."""
        from app.ui.unlock.recover import RecoverForm  # seldom needed, never in the first picture

        form = RecoverForm()
        form.back.clicked.connect(self._show_unlock)
        form.lost.clicked.connect(self.county_wanted)
        form.entered.connect(self.recover_requested)
        self.steps.add(form)
        return form

    @cached_property
    def county(self) -> CountyForm:
        """The form for asking the county, made when the sheet is lost too."""
        from app.ui.unlock.county import CountyForm  # as above

        form = CountyForm()
        form.back.clicked.connect(self._show_unlock)
        self.steps.add(form)
        return form

    @cached_property
    def sheet(self) -> RecoverySheet:
        """The new recovery sheet, made when there is one."""
        from app.ui.widgets.recovery import RecoverySheet  # as above

        sheet = RecoverySheet()
        sheet.print_requested.connect(self.print_requested)
        sheet.confirmed.connect(self.recovery_confirmed)
        self.steps.add(sheet)
        return sheet

    def busy(self) -> None:
        """A try is under way."""
        self.problem.hide()
        self.offer(())
        self.open_button.say("正在打开…")
        self.steps.setEnabled(False)

    def ready(self) -> None:
        """The next try may be made."""
        self.steps.setEnabled(True)
        self.open_button.say("打开")
        self.passphrase.put("")
        self.passphrase.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """Why it did not open."""
        self.problem.show_problem(problem)

    def offer(self, remedies: Sequence[Remedy]) -> None:
        """What can be done about it."""
        if remedies or "remedies" in self.__dict__:
            self.remedies.put(remedies)

    def ask_for(self, remedy: Remedy, what: str) -> None:
        """The next passphrase starts it."""
        self.problem.say(what, "再输一次口令就开始。", tone=Tone.WARN, icon="info-circle")
        self.remedies.put_way_back()
        self.open_button.say(remedy.label)
        self.passphrase.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def wait(self, seconds: int) -> None:
        """Count down; the field comes back by itself."""
        self._left = seconds
        self.passphrase.setEnabled(False)
        self.open_button.setEnabled(False)
        self._say_notice()
        self.countdown.start()

    def join_county(self, road: AskingPresenter) -> None:
        """What the form asks for goes down `road`."""
        form = self.county
        form.begun.connect(road.begin)
        form.asked.connect(road.ask)
        form.written_again.connect(road.write_again)
        form.answered.connect(road.take)

    def show_county(self, asked: Asked | None) -> None:
        """The request that waits for the county, or the way to make one."""
        self.problem.hide()
        self.offer(())
        self.steps.bring(self.county)
        self.county.put(asked)

    def resume_county(self) -> None:
        """What was typed stays, to be mended."""
        self.county.resume()

    def ask_where(self) -> None:
        """On which stick the request goes."""
        self.problem.hide()
        self.county.ask_where()

    def show_recovery_code(self, made: Made) -> None:
        """The new sheet, before going on."""
        self.title.setText("新的恢复纸")
        self.sheet.put(made.recovery_code)
        self.steps.bring(self.sheet)

    def _help(self, resident: Resident) -> str:
        kept = "你刚才填到一半的东西都在，打开接着填。" if resident.interrupted else ""
        return f"{kept}忘了口令：拿“恢复纸”（8 组数字），或请县里的人来。"

    def _connect(self) -> None:
        self.passphrase.returnPressed.connect(self._ask)
        self.passphrase.caps_seen.connect(self._show_caps)
        self.open_button.clicked.connect(self._ask)
        self.forgotten.clicked.connect(self._show_recover)

    def _lay_out(self) -> None:
        scale = look().scale
        card = self.card
        card.setFixedWidth(scale.px(31))
        card.body.setContentsMargins(scale.px(1.9), scale.px(1.9), scale.px(1.9), scale.px(1.7))
        head = row(gap=0.7)
        head.addWidget(Icon("shield-lock", Tone.PRIMARY, ratio=2))
        head.addWidget(self.title)
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(self.who)
        card.body.addSpacing(scale.px(0.4))
        self.steps.add(self.unlock_step)
        card.body.addWidget(self.steps)
        outer = QVBoxLayout(self)
        # Not an alignment flag: with one, the wrapped lines are measured at the window's width.
        middle = row()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _unlock_step(self) -> QWidget:
        step = QWidget()
        self.step_box = box = QVBoxLayout(step)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look().scale.px(0.6))
        label = Text("口令")
        label.setBuddy(self.passphrase)
        box.addWidget(label)
        box.addWidget(self.passphrase)
        box.addWidget(self.open_button)
        box.addWidget(self.help)
        line = row()
        line.addWidget(self.forgotten)
        line.addStretch(1)
        box.addLayout(line)
        box.addStretch(1)
        return step

    @Slot()
    def _ask(self) -> None:
        if self.open_button.isEnabled():
            self.unlock_requested.emit(self.passphrase.text())

    @Slot()
    def _drop_remedy(self) -> None:
        self.problem.hide()
        self.remedy_dropped.emit()

    @Slot()
    def _show_recover(self) -> None:
        self.problem.hide()
        self.offer(())
        self.steps.bring(self.recover)
        self.recover.begin()

    @Slot()
    def _show_unlock(self) -> None:
        self.problem.hide()
        self.steps.bring(self.unlock_step)
        self.passphrase.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _show_caps(self, on: bool) -> None:  # noqa: FBT001  # Qt's signal
        self._caps = on
        self._say_notice()

    @Slot()
    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.countdown.stop()
            self.passphrase.setEnabled(True)
            self.open_button.setEnabled(True)
            self.passphrase.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        self._say_notice()

    def _say_notice(self) -> None:
        words = "大写锁定键开着。" if self._caps else ""
        if self._left > 0:
            words += f"请等 {self._left} 秒再试。不会把你锁在外面。"
        self.notice.say(words, Tone.WARN)
        self.notice.setVisible(bool(words))
