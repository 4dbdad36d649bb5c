"""整组打印: the 组, the purpose, every household with its papers, and how much paper that is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.services.batches import PURPOSES, BatchPlan
from app.services.paper_packages import Purpose
from app.ui.printing.batch_table import HEADS, group_options, home_rows, ink_text, plan_text
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar, ProgressRow
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.places import SaveDialog
from app.ui.widgets.select import Select
from app.ui.widgets.table import Table
from app.ui.widgets.ticks import TickBox

_LEAST = 6.0
_LEAST_TIGHT = 2.8
"""Height kept for the list, in body sizes."""


class BatchView(PageFrame):
    """Says which 组, what for, and where to."""

    group_chosen = Signal(str)
    purpose_chosen = Signal(object)
    duplex_chosen = Signal(bool)
    print_requested = Signal(str)
    save_requested = Signal()
    placed = Signal(str)
    stop_requested = Signal()
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("整组打印", parent=parent)
        self.group = Select(name="哪个组")
        self.purpose = ChoiceRow([(one, one.label) for one in PURPOSES], name="做什么用")
        self.purpose.put(Purpose.VISITING)
        self.homes = Table(HEADS, name="每一户打哪些、缺什么，回车看这一户")
        self.amount = Text("", Role.STRONG, wrap=True)
        self.ink = Text("", Role.SMALL, Tone.WARN, wrap=True)
        self.kept = Text("", Role.SMALL, Tone.WARN, wrap=True)
        self.progress = ProgressRow()
        self.said = Bar()
        self.duplex = TickBox("双面")
        self.duplex.setAccessibleName("双面打印")
        self.printer = Select(name="打印机")
        self.no_printer = Chip("没有打印机", Tone.WARN, "printer")
        self.save = Button("存成 PDF", icon="file-export")
        self.print = Button(
            "打印", icon="printer", kind=Kind.PRIMARY, keys=("Ctrl+P", "Ctrl+Return")
        )
        self._getting = False
        self._lay_out()
        self._connect()
        self.show_printers(())
        self._allow(may=False)

    def show_groups(self, groups: Sequence[str]) -> None:
        """The 组 there are, and the whole village; the one chosen stays."""
        now = self.group.currentData()
        self.group.blockSignals(True)  # noqa: FBT003  # filling the list is no choosing
        self.group.clear()
        for value, label in group_options(groups):
            self.group.addItem(label, value)
        self.group.setCurrentIndex(max(self.group.findData(now), 0))
        self.group.blockSignals(False)  # noqa: FBT003

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers; none means a file only, and the main button says so."""
        self.printer.clear()
        self.printer.addItems(list(names))
        self.printer.setVisible(bool(names))
        self.no_printer.setVisible(not names)
        self.save.setVisible(bool(names))
        self.print.say(
            "打印" if names else "没有打印机：存成 PDF", brief="" if names else "存成 PDF"
        )
        self.print.show_icon("printer" if names else "file-export")

    def show_kept(self, warning: str) -> None:
        """That the machine keeps what is printed; nothing where it does not."""
        self.kept.setText(warning)
        self.kept.setVisible(bool(warning))

    def show_plan(self, plan: BatchPlan, *, duplex: bool) -> None:
        """Who gets what, and how much paper it takes."""
        self.homes.put(home_rows(plan.homes))
        self.homes.setVisible(bool(plan.homes))
        self.amount.setText(plan_text(plan, duplex=duplex))
        warning = ink_text(plan, duplex=duplex)
        self.ink.setText(warning)
        self.ink.setVisible(bool(warning))
        self._getting = bool(plan.getting)

    def show_no_plan(self, why: str) -> None:
        """Nothing has been counted."""
        self.homes.put(())
        self.homes.hide()
        self.amount.setText(why)
        self.ink.hide()
        self._getting = False

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF; the answer comes as `placed`."""
        dialog = SaveDialog(self, title="存成 PDF", name=name, kinds="PDF (*.pdf)")
        dialog.placed.connect(self.placed)
        dialog.open()

    def begin(self, text: str) -> None:
        """Something counted has begun."""
        self.problem.hide()
        self.said.hide()
        self.progress.begin(text)
        self._allow(may=False)

    def show_progress(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        self.progress.move_to(done, total, text)

    def end(self) -> None:
        """Take input again."""
        self.progress.finish()
        self._allow(may=self._getting)

    def say(self, text: str) -> None:
        """What was done."""
        self.said.say(text, tone=Tone.OK, icon="circle-check")

    def show_problem(self, problem: Problem) -> None:
        """On top of the page."""
        self.problem.show_problem(problem)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """The purposes whole before the list long; its heading can be guessed."""
        tight = low and narrow
        self.homes.fill(_LEAST_TIGHT if tight else _LEAST)
        self.homes.horizontalHeader().setVisible(not tight)
        self._place_group(tight=tight)

    def _place_group(self, *, tight: bool) -> None:
        """In place of the title where every line counts: the purposes have a line of their own."""
        has_keys = self.group.hasFocus()
        self.title.setVisible(not tight)  # the purposes and the list say it, too
        if tight:
            self.head.insertWidget(1, self.group)
        else:
            self._choices.insertWidget(0, self.group)
        self.group.show()
        if has_keys:
            self.group.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, *, may: bool) -> None:
        self.print.setEnabled(may)
        self.save.setEnabled(may)

    def _lay_out(self) -> None:
        self.head.addWidget(self.save)
        self.head.addWidget(self.print)
        named = {"group": self.group, "purpose": self.purpose, "printer": self.printer}
        for name, field in named.items():
            field.setObjectName(name)
        card = Card()
        self._choices = row()
        self._choices.addWidget(self.group)
        self._choices.addWidget(self.purpose, 1)
        card.body.addLayout(self._choices)
        card.body.addWidget(self.homes, 1)
        self.homes.fill(_LEAST)
        for part in (self.amount, self.ink, self.kept, self.progress, self.said):
            card.body.addWidget(part)
        self.said.hide()
        self.ink.hide()
        self.kept.hide()
        card.body.addStretch(0)
        foot = row()
        foot.addWidget(Text("打印机"))
        foot.addWidget(self.printer, 1)
        foot.addWidget(self.no_printer)
        foot.addWidget(self.duplex)
        card.body.addLayout(foot)
        self.body.addWidget(card, 1)

    def _connect(self) -> None:
        self.group.currentIndexChanged.connect(self._choose_group)
        self.purpose.chosen.connect(self.purpose_chosen)
        self.duplex.toggled.connect(self.duplex_chosen)
        self.homes.opened.connect(self.opened)
        self.progress.stop_requested.connect(self.stop_requested)
        self.save.clicked.connect(self.save_requested)
        self.print.clicked.connect(self._print)

    @Slot()
    def _choose_group(self) -> None:
        chosen = self.group.currentData()
        if isinstance(chosen, str):
            self.group_chosen.emit(chosen)

    @Slot()
    def _print(self) -> None:
        self.print_requested.emit(self.printer.currentText())
