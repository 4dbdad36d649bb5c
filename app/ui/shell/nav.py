"""The navigation: who is here, eight pages, and at the foot settings and lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from app.ui.shell.page import Page
from app.ui.theme.look import look
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Role, Text

FOOT = ("settings",)
"""Pages whose button stands at the foot."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whose laptop this is; shown on top of the navigation. `practice`: the practice village."""

    village: str
    officer: str
    practice: bool = False


class Nav(QFrame):
    """`chosen(str)` with a page's key; `lock_requested` from the foot."""

    chosen = Signal(str)
    lock_requested = Signal()

    def __init__(self, who: Who, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "nav")
        self._pages = tuple(page for page in pages if not page.under)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._name = Text("协理", Role.HEADING)
        self._who = Text(f"{who.village} · {who.officer}", Role.SMALL)
        self.buttons = {page.key: self._button(at, page) for at, page in enumerate(self._pages)}
        self.lock = Button("锁屏", icon="lock", kind=Kind.NAV)
        self.lock.setToolTip("锁屏 Ctrl+L")
        self.lock.clicked.connect(self.lock_requested)
        self._group.idClicked.connect(self._choose)
        self._lay_out()
        self._narrow = False
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icon and two characters instead of the whole title; never the icon alone."""
        self._narrow = narrow
        scale = look().scale
        self.setFixedWidth(scale.px(7.4) if narrow else scale.px(11.2))
        self._who.setVisible(not narrow)
        for page in self._pages:
            self.buttons[page.key].say(page.short if narrow else page.title)
            self.buttons[page.key].setAccessibleName(page.title)

    def mark(self, key: str) -> None:
        """Show which page is in front."""
        button = self.buttons.get(key)
        if button is not None:
            button.setChecked(True)

    def _button(self, at: int, page: Page) -> Button:
        button = Button(page.title, icon=page.icon, kind=Kind.NAV)
        button.setCheckable(True)
        if page.key not in FOOT:
            button.setToolTip(f"{page.title} Ctrl+{at + 1}")
        self._group.addButton(button, at)
        return button

    def _lay_out(self) -> None:
        scale = look().scale
        box = QVBoxLayout(self)
        box.setContentsMargins(scale.px(0.55), scale.px(0.95), scale.px(0.55), scale.px(0.7))
        box.setSpacing(scale.px(0.15))
        for label in (self._name, self._who):
            label.setContentsMargins(scale.px(0.75), 0, 0, 0)
            box.addWidget(label)
        box.addSpacing(scale.px(0.7))
        for key, button in self.buttons.items():
            if key not in FOOT:
                box.addWidget(button)
        box.addStretch(1)
        for key in FOOT:
            if key in self.buttons:
                box.addWidget(self.buttons[key])
        box.addWidget(self.lock)

    @Slot(int)
    def _choose(self, at: int) -> None:
        self.chosen.emit(self._pages[at].key)
