"""Where to put a file, where to take one from: Qt's dialogs, opened and never waited for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


class SaveDialog(QFileDialog):
    """`placed(str)`: the path of a file to be written. Asks before it writes over another."""

    placed = Signal(str)

    def __init__(self, parent: QWidget, *, title: str, name: str, kinds: str) -> None:
        super().__init__(parent, title, documents_folder())
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilter(kinds)
        self.selectFile(name)
        self.fileSelected.connect(self.placed)
        self.finished.connect(self.deleteLater)


class FolderDialog(QFileDialog):
    """`placed(str)`: the path of an existing folder, such as a USB stick."""

    placed = Signal(str)

    def __init__(self, parent: QWidget, *, title: str) -> None:
        super().__init__(parent, title, documents_folder())
        self.setFileMode(QFileDialog.FileMode.Directory)
        self.setOption(QFileDialog.Option.ShowDirsOnly)
        self.fileSelected.connect(self._tell)
        self.finished.connect(self.deleteLater)

    @Slot(str)
    def _tell(self, path: str) -> None:
        self.placed.emit(QDir.toNativeSeparators(path))


class OpenDialog(QFileDialog):
    """`placed(str)`: the path of a file that is there."""

    placed = Signal(str)

    def __init__(self, parent: QWidget, *, title: str, kinds: str) -> None:
        super().__init__(parent, title, documents_folder())
        self.setNameFilter(kinds)
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.setLabelText(QFileDialog.DialogLabel.Accept, "就用它")
        self.setLabelText(QFileDialog.DialogLabel.Reject, "不选了")
        self.fileSelected.connect(self.placed)
        self.finished.connect(self.deleteLater)


def open_with_its_program(path: Path) -> bool:
    """Have the desktop open a file, as a double click would. False when nothing opens it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def documents_folder() -> str:
    """Where people look for their files."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
