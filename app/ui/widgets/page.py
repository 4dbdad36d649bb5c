"""The frame of a page: title line, problem bar, body; a panel that hides when it is narrow."""

from __future__ import annotations

import weakref
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.feedback import ProblemBar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, column, row

LOW_BELOW: Final = 36
"""Height of a page, in body sizes, below which it spares what can be spared."""
NARROW_BELOW: Final = 50
"""Width of a page, in body sizes, below which buttons say their brief words."""
SIDE_NEEDS: Final = 70
"""Window width, in body sizes, below which a side panel hides unless its page says otherwise."""


class PageFrame(QWidget):
    """Title line (`head`), what went wrong (`problem`), and the page itself (`body`).

    In a low or narrow window it keeps to what is worked with; pages add to that in `fit`.
    """

    def __init__(self, title: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.title = Text(title, Role.TITLE)
        self.hint = Text(hint, Role.BODY, Tone.SOFT)
        self.problem = ProblemBar()
        self.head = row(gap=0.6)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.hint)
        self.body = column(gap=0.8)
        self._outer = column(gap=0.7)
        self._outer.addLayout(self.head)
        self._outer.addWidget(self.problem)
        self._outer.addLayout(self.body, 1)
        self.setLayout(self._outer)
        self._room = (False, False, look().scale.base)
        self._space(low=False)

    def event(self, event: QEvent) -> bool:
        """Follow what it is shown in once there is something."""
        if event.type() == QEvent.Type.Show:
            self._around.installEventFilter(self)
            self._fit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The room there is decides, not the room the page takes."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """What a page does besides in a low or a narrow window; asked when that or the type size
        changes."""

    @property
    def _around(self) -> QWidget:
        """What it is shown in; never kept, because that would be a circle."""
        return self.parentWidget() or self

    def _fit(self) -> None:
        around, base = self._around, look().scale.base
        low, narrow = around.height() < LOW_BELOW * base, around.width() < NARROW_BELOW * base
        if (low, narrow, base) == self._room:
            return
        self._room = (low, narrow, base)
        self._space(low=low)
        self.hint.setVisible(not low)
        for button in self.findChildren(Button):
            button.shorten(short=narrow)
        for card in self.findChildren(Card):
            card.squeeze(tight=low)
        for area in self.findChildren(InnerScroll):
            area.squeeze(tight=low)
        self.fit(low=low, narrow=narrow)

    def _space(self, *, low: bool) -> None:
        scale = look().scale
        top, bottom = (0.4, 0.4) if low else (0.9, 0.8)
        self._outer.setContentsMargins(
            scale.px(1.2), scale.px(top), scale.px(1.2), scale.px(bottom)
        )
        self._outer.setSpacing(scale.px(0.4 if low else 0.7))
        self.body.setSpacing(scale.px(0.4 if low else 0.8))

    def after_title(self, widget: QWidget) -> None:
        """Put a chip right behind the title."""
        stretch_at = next(
            at for at in range(self.head.count()) if self.head.itemAt(at).spacerItem() is not None
        )
        self.head.insertWidget(stretch_at, widget)


class Split(QWidget):
    """The work on the left, what helps on the right — when there is room for both; `instead` is
    seen when there is not."""

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        share: tuple[int, int] = (3, 1),
        needs: int = SIDE_NEEDS,
        instead: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.main = main
        self.side = side
        self._instead = instead
        self._needs = needs
        self._side_first = False
        line = row(gap=0.8)
        line.addWidget(main, share[0])
        line.addWidget(side, share[1])
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._watched: weakref.ref[QWidget] | None = None

    def bring_side(self) -> None:
        """Where there is no room for both, the side stands in for the work."""
        self._side_first = True
        self._fit()

    def bring_main(self) -> None:
        """The work again; the side beside it where there is room."""
        self._side_first = False
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Follow the window once there is one."""
        if event.type() == QEvent.Type.Show:
            self._watch(self.window())
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The window's width decides."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            self._fit()
        return super().eventFilter(watched, event)

    def _watch(self, window: QWidget) -> None:
        """Weakly: a page that holds its window is a circle, and neither would be freed at once."""
        if self._watched is None or self._watched() is not window:
            self._watched = weakref.ref(window)
            window.installEventFilter(self)
            self._fit()

    def _fit(self) -> None:
        roomy = self.window().width() >= self._needs * look().scale.base
        self.side.setVisible(roomy or self._side_first)
        self.main.setVisible(roomy or not self._side_first)
        if self._instead is not None:
            self._instead.setVisible(not roomy)
