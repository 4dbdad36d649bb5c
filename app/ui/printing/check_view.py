"""核对一张纸: the code or a file, what came out, and the record's own paper to lay beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.problem import Problem
from app.services.paper_findings import PaperFound
from app.ui.printing.check_table import HEADS, Verdict, apart, rows_of, told
from app.ui.printing.preview import Preview, PreviewedPage
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar, ProgressRow
from app.ui.widgets.inputs import PlainEntry
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.places import OpenDialog
from app.ui.widgets.table import Table

_LEAST = 4.0
"""Height kept for the list of papers, in body sizes."""
_LINES = 4.0
"""Height kept for what differs."""
_NOTHING_YET = "核对以后，记录里的这张在这里，好对着看。"


class CodeEdit(PlainEntry):
    """The code of a paper; Enter is enough. Leaving it half typed asks for nothing."""

    entered = Signal()

    def move_on(self) -> None:
        """There is no next field."""
        self.entered.emit()


class CheckView(PreviewedPage):
    """Says which code was typed and which file was chosen."""

    code_typed = Signal(str)
    file_chosen = Signal(str)
    looked_at = Signal(object)
    turned = Signal(int)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("核对一张纸", parent=parent)
        self.code = CodeEdit(name="校验码", hint="纸最下面那十二个")
        self.code.setObjectName("code")
        self.check = Button(
            "核对", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",), brief="核对"
        )
        self.choose = Button("选一个 PDF 文件", icon="folder", keys=("Ctrl+O",), brief="选 PDF")
        self.lead = Text(
            "校验码印在每页最下面，十二个字母和数字，大小写、横线都不要紧。"
            "收到的是文件，就选那个文件，一字一字替你对。",
            Role.SMALL,
            Tone.SOFT,
            wrap=True,
        )
        self.verdict = Bar()
        self.progress = ProgressRow()
        self.papers = Table(HEADS, name="核对过的每一张")
        self.told = Text("", wrap=True)
        self.apart = QPlainTextEdit()
        self.preview = Preview()
        self._found: tuple[PaperFound, ...] = ()
        self._lay_out()
        self._connect()
        self._clear()

    def show_found(self, verdict: Verdict, found: Sequence[PaperFound]) -> None:
        """What came out, and every paper it is about."""
        self._clear()
        self._found = tuple(found)
        self.verdict.say(verdict.text, tone=verdict.tone, icon=verdict.icon)
        if len(found) > 1:
            self.papers.put(rows_of(found))
            self.papers.show()
        if found:
            self._tell(found[0])
        self.code.selectAll()  # the next one typed replaces it

    def lock(self) -> None:
        """Something is being checked."""
        self._clear()
        self.check.setEnabled(False)
        self.choose.setEnabled(False)
        self.verdict.say("正在核对…", icon="clock")

    def show_progress(self, done: int, total: int, text: str) -> None:
        """How far a file is read; it can be stopped."""
        if self.progress.isHidden():
            self.verdict.hide()
            self.progress.begin("正在一页一页核对…")
        self.progress.move_to(done, total, text)

    def show_stopped(self) -> None:
        """Nothing came out because somebody said so."""
        self.verdict.say("停下了，没有核对完。", tone=Tone.WARN, icon="alert-triangle")
        self.preview.say(_NOTHING_YET)

    def unlock(self) -> None:
        """Take the next one."""
        self.verdict.hide()
        self.progress.finish()
        self.check.setEnabled(True)
        self.choose.setEnabled(True)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page; the code is ready to be typed again."""
        self._clear()
        self.problem.show_problem(problem)
        self.code.setFocus()
        self.code.selectAll()

    def fit(self, *, low: bool, narrow: bool) -> None:
        """What came out before the picture."""
        del low
        self._both.setStretch(0, 3 if narrow else 1)
        self._both.setStretch(1, 2 if narrow else 1)

    def _tell(self, found: PaperFound) -> None:
        self.told.setText(told(found))
        self.told.show()
        self.apart.setPlainText(apart(found))
        self.apart.setVisible(bool(found.check.differing))

    def _clear(self) -> None:
        """What was found before is about another paper."""
        self._found = ()
        self.problem.hide()
        for part in (self.verdict, self.papers, self.told, self.apart):
            part.hide()
        self.preview.say(_NOTHING_YET)

    def _lay_out(self) -> None:
        card = Card()
        line = row()
        line.addWidget(Text("校验码"))
        line.addWidget(self.code, 1)
        line.addWidget(self.check)
        card.body.addLayout(line)
        card.body.addWidget(self.lead)
        card.body.addWidget(self.verdict)
        card.body.addWidget(self.progress)
        self.verdict.close_button.hide()
        self.papers.fill(_LEAST)
        card.body.addWidget(self.papers, 1)
        card.body.addWidget(self.told)
        self.apart.setReadOnly(True)
        self.apart.setTabChangesFocus(True)
        self.apart.setAccessibleName("纸上和记录里不一样的地方")
        self.apart.setMinimumHeight(look().scale.px(_LINES))
        card.body.addWidget(self.apart, 1)
        card.body.addStretch(0)
        self.head.addWidget(self.choose)
        self._both = row(gap=0.8)
        self._both.addWidget(card, 1)
        self._both.addWidget(self.preview, 1)
        self.body.addLayout(self._both, 1)

    def _connect(self) -> None:
        self.code.entered.connect(self._check)
        self.check.clicked.connect(self._check)
        self.choose.clicked.connect(self._choose)
        self.papers.current.connect(self._look_at)
        self.preview.turned.connect(self.turned)
        self.progress.stop_requested.connect(self.stop_requested)

    @Slot()
    def _check(self) -> None:
        self.code_typed.emit(self.code.text())

    @Slot()
    def _choose(self) -> None:
        dialog = OpenDialog(self, title="选要核对的文件", kinds="PDF (*.pdf)")
        dialog.placed.connect(self.file_chosen)
        dialog.open()

    @Slot(object)
    def _look_at(self, number: object) -> None:
        if isinstance(number, int) and number < len(self._found):
            self._tell(self._found[number])
            self.looked_at.emit(number)
