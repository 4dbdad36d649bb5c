"""The print centre: the papers of a household, the page as it will be, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.services.paper_offers import PaperOffer
from app.services.paper_packages import Purpose
from app.ui.printing.offers import OfferList
from app.ui.printing.preview import Preview, PreviewedPage
from app.ui.printing.table import COPIES, beside_text, usual_copies
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import row
from app.ui.widgets.picker import Find, HouseholdPicker
from app.ui.widgets.places import SaveDialog
from app.ui.widgets.select import Select
from app.ui.widgets.ticks import TickBox

PURPOSES: Final = tuple((one, one.label) for one in Purpose if one is not Purpose.BLANK)
"""Those a digit names; blank forms are among the papers of a visit."""

_WIDE: Final = 9
"""Share of the title line a name takes there; the rest keeps it from the buttons."""


class PrintView(PreviewedPage):
    """Says what was ticked, looked at and asked for."""

    picked = Signal(object)
    ticked = Signal(str)
    looked_at = Signal(str)
    purpose_chosen = Signal(object)
    copies_chosen = Signal(object)
    duplex_chosen = Signal(bool)
    draft_chosen = Signal(bool)
    turned = Signal(int)
    print_requested = Signal(str)
    save_requested = Signal()
    placed = Signal(str)
    batch_requested = Signal()
    calibrate_requested = Signal()
    check_requested = Signal()

    def __init__(self, *, find: Find, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("打印", parent=parent)
        self.household = HouseholdPicker(find=find, runner=runner, name="给谁打")
        self.purpose = ChoiceRow(PURPOSES, name="做什么用")
        self.offers = OfferList()
        self.beside = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.copies = ChoiceRow(COPIES, name="每样最多几份")
        self.duplex = TickBox("双面")
        self.duplex.setAccessibleName("双面打印")
        self.draft = TickBox("草稿")
        self.draft.setAccessibleName("先打草稿，不编号")
        self.printer = Select(name="打印机")
        self.calibrate = Button("校准", kind=Kind.LINK)
        self.no_printer = Chip("没有打印机", Tone.WARN, "printer")
        self.amount = Text("", Role.STRONG, wrap=True)
        self.warning = Text("", Role.SMALL, Tone.WARN, wrap=True)
        self.hint = Text(
            "打出来就是预览的样子，没有“预览”两个字。盖章处不印章，手印处不印字。",
            Role.SMALL,
            Tone.SOFT,
            wrap=True,
        )
        self.kept = Text("", Role.SMALL, Tone.WARN, wrap=True)
        self._low = False
        self._has_ticked = True  # before somebody was found: then it is said what is lacking
        self._is_printing = False
        self.preview = Preview()
        self.said = Bar()
        self.check = Button("核对一张纸", icon="search", keys=("Ctrl+K",), brief="核对")
        self.batch = Button("整组打印", icon="users", keys=("Ctrl+G",), brief="整组")
        self.save = Button("存成 PDF", icon="file-export", brief="存")
        self.print = Button(
            "打印", icon="printer", kind=Kind.PRIMARY, keys=("Ctrl+P", "Ctrl+Return")
        )
        self.card = FormCard()
        self._lay_out()
        self._connect()
        self.show_printers(())

    def show_household(self, line: HouseholdLine) -> None:
        """For whom."""
        self.household.put_household(line)
        self.household.selectAll()
        self.said.hide()
        self.problem.hide()

    def ready_to_find(self) -> None:
        """Letters typed now look for somebody else."""
        self.household.selectAll()

    def show_offers(
        self, purpose: Purpose, offers: Sequence[PaperOffer], beside: Sequence[str]
    ) -> None:
        """The forms of a purpose with what is missing for each, and what is handed in beside."""
        self.purpose.put(purpose)
        self.offers.put(offers)
        self.offers.follow(self.purpose, self.copies)
        self.beside.setText(beside_text(beside))
        self.beside.setVisible(bool(beside))
        self.copies.put(usual_copies(offers))

    def show_ticked(self, ticked: frozenset[str], current: str) -> None:
        """Which ones are to be printed."""
        del current
        self.offers.show_ticked(ticked)
        self._has_ticked = bool(ticked)
        self._allow()

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers; none means files only, and the main button says so."""
        self.printer.clear()
        self.printer.addItems(list(names))
        self.printer.setVisible(bool(names))
        self.no_printer.setVisible(not names)
        self.calibrate.setVisible(bool(names))
        self.save.setVisible(bool(names))
        self.print.say(
            "打印" if names else "没有打印机：存成 PDF", brief="" if names else "存成 PDF"
        )
        self.print.show_icon("printer" if names else "file-export")

    def show_kept(self, warning: str) -> None:
        """That the machine keeps what is printed, and what to do; nothing where it does not."""
        self.kept.setText(warning)
        self._show_last_lines()

    def show_amount(self, text: str, warning: str) -> None:
        """How much paper it will take; what will have to be written by hand."""
        self.amount.setText(text)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF; the answer comes as `placed`."""
        dialog = SaveDialog(self, title="存成 PDF", name=name, kinds="PDF (*.pdf)")
        dialog.placed.connect(self.placed)
        dialog.open()

    def say(self, text: str) -> None:
        """What was done."""
        self.said.say(text, tone=Tone.OK, icon="circle-check")

    def lock(self) -> None:
        """Print nothing else while printing."""
        self._is_printing = True
        self._allow()

    def unlock(self) -> None:
        """Take input again."""
        self._is_printing = False
        self._allow()

    def show_problem(self, problem: Problem) -> None:
        """On top of the page."""
        self.problem.show_problem(problem)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """The list of papers before the picture of one."""
        self._low = low
        self._show_last_lines()
        first = low or narrow
        self._both.setStretch(0, 3 if first else 2)
        self._both.setStretch(1, 2 if first else 3)
        self._place_household(tight=low and narrow)

    def _place_household(self, *, tight: bool) -> None:
        """Beside the title where every line counts: papers shall be seen below the purposes."""
        has_keys = self.household.hasFocus()
        self.title.setVisible(not tight)  # the navigation says it, too
        if tight:
            self.head.insertWidget(1, self.household, _WIDE)
        else:
            self.card.body.insertWidget(0, self.household)
        self.household.show()
        if has_keys:
            self.household.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_last_lines(self) -> None:
        """A warning takes the place of the hint, and stays in a low window."""
        kept = bool(self.kept.text())
        self.kept.setVisible(kept)
        self.hint.setVisible(not kept and not self._low)

    def _allow(self) -> None:
        may = self._has_ticked and not self._is_printing
        self.print.setEnabled(may)
        self.save.setEnabled(may)

    def _lay_out(self) -> None:
        self.head.addWidget(self.check)
        self.head.addWidget(self.batch)
        self.head.addWidget(self.save)
        self.head.addWidget(self.print)
        named = {"household": self.household, "purpose": self.purpose, "copies": self.copies}
        for name, field in named.items():
            field.setObjectName(name)
        self.printer.setObjectName("printer")
        self.card.body.insertWidget(0, self.household)
        self.card.form.addWidget(self.purpose)
        self.card.form.addWidget(self.offers)
        self.card.form.addWidget(self.beside)
        self.card.form.addStretch(1)
        last = self.card.body
        for part in (self.warning, self.said):
            last.insertWidget(last.count() - 1, part)
        self.said.hide()
        self.warning.hide()
        self.card.foot.addWidget(Text("每样"))
        self.card.foot.addWidget(self.copies, 2)
        self.card.foot.addWidget(Text("份"))
        self.card.foot.addWidget(self.amount, 1)
        line = row()
        line.addWidget(Text("打印机"))
        line.addWidget(self.printer, 1)
        line.addWidget(self.calibrate)
        line.addWidget(self.no_printer)
        line.addWidget(self.duplex)
        line.addWidget(self.draft)
        last.addLayout(line)
        last.addWidget(self.kept)
        last.addWidget(self.hint)
        self.kept.hide()
        self._both = row(gap=0.8)
        self._both.addWidget(self.card, 2)
        self._both.addWidget(self.preview, 3)
        self.body.addLayout(self._both, 1)

    def _connect(self) -> None:
        self.household.picked.connect(self.picked)
        self.household.failed.connect(self.show_problem)
        self.offers.ticked.connect(self.ticked)
        self.offers.looked_at.connect(self.looked_at)
        self.purpose.chosen.connect(self.purpose_chosen)
        self.copies.chosen.connect(self.copies_chosen)
        self.duplex.toggled.connect(self.duplex_chosen)
        self.draft.toggled.connect(self.draft_chosen)
        self.preview.turned.connect(self.turned)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self.save_requested)
        self.check.clicked.connect(self.check_requested)
        self.batch.clicked.connect(self.batch_requested)
        self.calibrate.clicked.connect(self.calibrate_requested)

    @Slot()
    def _print(self) -> None:
        self.print_requested.emit(self.printer.currentText())
