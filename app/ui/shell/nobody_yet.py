"""What stands above every page while no household has come in: where to begin."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.theme.tokens import Tone
from app.ui.widgets.feedback import Bar

ROSTER_PAGE: Final = "roster"


class NobodyYet(Bar):
    """`roster_wanted`: the roster is to be taken in."""

    roster_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.close_button.hide()  # it goes when the first household has come
        self.offer("导入名册").clicked.connect(self._want)
        self.say(
            "这台电脑里还没有家庭。",
            "先导入县里发的名册，找人、走访、测算、打印就都有了。",
            tone=Tone.INFO,
            icon="users",
        )

    @Slot()
    def _want(self) -> None:
        self.roster_wanted.emit()
