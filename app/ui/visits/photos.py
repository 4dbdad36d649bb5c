"""The photo row of the visit form: where the file is, put it in, and what is in already."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.inputs import PlainEntry
from app.ui.widgets.layout import Flow, column, row
from app.ui.widgets.places import OpenDialog

_KINDS: Final = "照片 (*.jpg *.jpeg *.png)"


class PhotoRow(QWidget):
    """`wanted(str)`: put the picture at this path in. `dropped(int)`: take one out again."""

    wanted = Signal(str)
    dropped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = PlainEntry(name="照片在哪", hint="照片的位置，可不放")
        self.browse = Button("找照片", icon="folder")
        self.add = Button("放进来", icon="plus")
        self.kept = QWidget()
        self._flow = Flow(self.kept)
        line = row()
        line.addWidget(self.path, 1)
        line.addWidget(self.browse)
        line.addWidget(self.add)
        body = column(gap=0.3)
        body.addLayout(line)
        body.addWidget(self.kept)
        body.setContentsMargins(0, 0, 0, 0)
        self.setLayout(body)
        self.setFocusProxy(self.path)
        self.browse.clicked.connect(self._browse)
        self.add.clicked.connect(self._add)
        self.put(0)

    def put(self, count: int) -> None:
        """Show how many pictures are in, each with a way out."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at in range(count):
            button = Button(f"照片 {at + 1}，拿掉", icon="x", kind=Kind.LINK, parent=self.kept)
            button.clicked.connect(partial(self.dropped.emit, at))
            self._flow.addWidget(button)
            button.show()
        self.kept.setVisible(bool(count))

    def clear_path(self) -> None:
        """The picture is in; the next one."""
        self.path.put("")

    @Slot()
    def _add(self) -> None:
        if self.path.text().strip():
            self.wanted.emit(self.path.text())

    @Slot()
    def _browse(self) -> None:
        dialog = OpenDialog(self, title="找一张照片", kinds=_KINDS)
        dialog.placed.connect(self._found)
        dialog.open()

    @Slot(str)
    def _found(self, path: str) -> None:
        self.path.put(path)
        self.wanted.emit(path)
