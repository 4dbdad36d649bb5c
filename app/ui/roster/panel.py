"""Choosing a roster, and what came of it: how many came in, or a sheet of what to mend."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.doors import Imported
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import IconText
from app.ui.widgets.layout import Flow, column
from app.ui.widgets.places import OpenDialog, SaveDialog

SHEET_NAME = "名册-哪里不对.xlsx"


class RosterPanel(QWidget):
    """`file_chosen(str)`; `sheet_placed(str)`: another place for the error sheet; `sheet_wanted`:
    open it."""

    file_chosen = Signal(str)
    sheet_placed = Signal(str)
    sheet_wanted = Signal()

    def __init__(
        self, choose: str, *, kind: Kind = Kind.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choose = Button(choose, icon="file-spreadsheet", kind=kind)
        self.result = IconText("info-circle", "")
        self.sheet = IconText("file-spreadsheet", "")
        self.open_sheet = Button("打开错误表", icon="table")
        self.save_sheet = Button("错误表另存到…", icon="folder")
        self.errors = QPlainTextEdit()
        self.errors.setReadOnly(True)
        self.errors.setAccessibleName("名册里要改的地方")
        self.errors.setMinimumHeight(look().scale.px(5))
        self.choose.clicked.connect(self._choose)
        self.open_sheet.clicked.connect(self.sheet_wanted)
        self.save_sheet.clicked.connect(self._place_sheet)
        self._lay_out()

    def put(self, imported: Imported) -> None:
        """How many came in, or what to mend, row by row."""
        refused = not imported.households
        if refused:
            self.result.say(
                f"名册里有 {len(imported.errors)} 处要改，所以一户都没有进来，"
                f"什么都没有改动。（编号 {imported.code}）",
                Tone.WARN,
                "alert-triangle",
            )
        else:
            self.result.say(
                f"名册进来了：{imported.households} 户，{imported.people} 人。{_look_at(imported)}",
                Tone.WARN if imported.doubles else Tone.OK,
                "alert-triangle" if imported.doubles else "circle-check",
            )
        self.sheet.say(_where(imported.sheet))
        self.errors.setPlainText("\n".join(imported.errors or imported.doubles))
        self.errors.setAccessibleName("名册里要改的地方" if refused else "可能重复的人")
        self.result.show()
        for widget in (self.sheet, self.buttons):
            widget.setVisible(refused)
        self.errors.setVisible(refused or bool(imported.doubles))
        self.open_sheet.setVisible(imported.sheet is not None)
        if refused:
            (self.open_sheet if imported.sheet is not None else self.save_sheet).setFocus()

    def clear(self) -> None:
        """What the last file brought is no longer true."""
        for widget in (self.result, self.sheet, self.buttons, self.errors):
            widget.hide()

    def _lay_out(self) -> None:
        self.buttons = QWidget()
        flow = Flow(self.buttons, gap=0.6)
        flow.addWidget(self.open_sheet)
        flow.addWidget(self.save_sheet)
        box = column(gap=0.6)
        box.addWidget(self.choose)
        box.addWidget(self.result)
        box.addWidget(self.sheet)
        box.addWidget(self.buttons)
        box.addWidget(self.errors, 1)
        self.setLayout(box)
        self.clear()

    @Slot()
    def _choose(self) -> None:
        dialog = OpenDialog(self, title="选名册", kinds="Excel 名册 (*.xlsx *.csv)")
        dialog.placed.connect(self.file_chosen)
        dialog.open()

    @Slot()
    def _place_sheet(self) -> None:
        dialog = SaveDialog(
            self, title="错误表存到哪里", name=SHEET_NAME, kinds="Excel 表格 (*.xlsx)"
        )
        dialog.placed.connect(self.sheet_placed)
        dialog.open()


def _look_at(imported: Imported) -> str:
    """That somebody may be there twice; the lines say who and what to do."""
    if not imported.doubles:
        return ""
    return f"有 {len(imported.doubles)} 处可能和别人重复，一行一行写在下面，请核对。"


def _where(sheet: Path | None) -> str:
    """Where the error sheet is and what to do with it."""
    if sheet is None:
        return "名册旁边写不进错误表，请另存一份；照它的“哪里不对”那一列改好，再选一次。"
    return (
        f"错误表“{sheet.name}”放在 {sheet.parent} 里：照“哪里不对”那一列改好、存盘，"
        "再选它就行。里面有名册全部内容，用完请删掉。"
    )
