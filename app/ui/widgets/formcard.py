"""A card whose form may be longer than the window while its buttons always stay in sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.ui.theme.look import look
from app.ui.widgets.form import FormRows
from app.ui.widgets.layout import Card, Scroll, column, row

_LEAST: Final = 9.0
"""Height kept for what scrolls, in body sizes, before the page itself begins to scroll."""
_TIGHT: Final = 0.6
"""How much of that is kept in a low window."""
_MARGIN: Final = 0.4
"""Kept free above and below the field at hand, in body sizes."""


class InnerScroll(Scroll):
    """Part of a page that scrolls by itself. Asks for little and takes what there is.

    A scroll area wants up to 24 lines; inside a page that follows its width it would get them, and
    the buttons below would leave the window.
    """

    def __init__(
        self, content: QWidget, *, least: float = _LEAST, parent: QWidget | None = None
    ) -> None:
        super().__init__(content, parent)
        self._least = least
        self._share = 1.0
        self.setProperty("role", "inner")
        content.setAutoFillBackground(False)  # Qt switches it on; the card behind shall be seen
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def squeeze(self, *, tight: bool) -> None:
        """Ask for less still where there is little room: better this scrolls than the page."""
        self._share = _TIGHT if tight else 1.0
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A few lines."""
        return QSize(look().scale.px(_LEAST), look().scale.px(self._least * self._share))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """No more than it asks for: Qt would keep room for two arrows of a scroll bar."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), min(hint.height(), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Whatever took the room away, the field being filled in stays in sight."""
        super().resizeEvent(event)
        self._keep_in_sight()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Rows that unfold or fold away above do not push the field out of sight either."""
        handled = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() == QEvent.Type.Resize:
            self._keep_in_sight()
        return handled

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001  # Qt's name
        """Qt brings the cursor of a text into sight; here it is the whole field."""
        moved = super().focusNextPrevChild(forward)
        self._keep_in_sight()
        return moved

    def bring(self, field: QWidget) -> None:
        """Scroll until all of `field` and what is said under it is in sight, or its top where that
        is too tall."""
        content = self.widget()
        if not content.isAncestorOf(field):
            return
        top = field.mapTo(content, QPoint()).y()
        rows = field.parentWidget()
        deep = rows.depth_of(field) if isinstance(rows, FormRows) else field.height()
        self.ensureVisible(0, top + deep, 0, look().scale.px(_MARGIN))
        self.ensureVisible(0, top, 0, look().scale.px(_MARGIN))

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keys that come in from outside, too; never under a mouse that is being pressed."""
        if now is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.bring(now)

    def _keep_in_sight(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None:
            self.bring(focus)


class FormCard(Card):
    """`form` takes what may scroll, `foot` the buttons below it.

    `least` is the height kept for the form, in body sizes.
    """

    def __init__(
        self, heading: str = "", parent: QWidget | None = None, *, least: float = _LEAST
    ) -> None:
        super().__init__(heading, parent)
        self.form = column(gap=0.6)
        content = QWidget()
        content.setLayout(self.form)
        self.area = InnerScroll(content, least=least)
        self.foot = row()
        self.body.addWidget(self.area, 1)
        self.body.addLayout(self.foot)

    def show_field(self, field: QWidget) -> None:
        """Scroll until `field` is in sight."""
        self.area.bring(field)
