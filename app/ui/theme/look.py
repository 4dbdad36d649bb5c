"""How the program looks now: colours and sizes, kept where Qt keeps its style: on the application.

Widgets ask `look()` when they draw and redraw on `StyleChange`, which Qt sends to every widget when
the sheet changes. Nobody else holds a copy.
"""

from __future__ import annotations

import weakref
from typing import ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.ui.theme.fonts import font_of, load_fonts
from app.ui.theme.scale import Scale, TypeSize
from app.ui.theme.sheet import style_sheet
from app.ui.theme.tokens import DARK, LIGHT, Palette, Tone

_STYLE = "fusion"


class Look(QObject):
    """Colours and sizes in force. `changed` follows a switch the person made."""

    changed = Signal()
    worn: ClassVar[weakref.ref[Look] | None] = None
    """The one in force; asked for in every paint event, where a search would cost more."""

    def __init__(self, app: QApplication, *, size: TypeSize, dark: bool) -> None:
        super().__init__(app)
        self.app = app
        self._families = load_fonts()
        self.size = size
        self.palette: Palette = DARK if dark else LIGHT
        if app.style().name() != _STYLE:
            app.setStyle(QStyleFactory.create(_STYLE))
        Look.worn = weakref.ref(self)
        self._apply()

    @property
    def scale(self) -> Scale:
        """Lengths at the size in force."""
        return Scale(self.size.base)

    def ink(self, tone: Tone) -> str:
        """The colour of `tone` as #RRGGBB."""
        return self.palette.tone(tone)

    def wear(self, *, size: TypeSize | None = None, dark: bool | None = None) -> None:
        """Change size or colours for the whole program, at once. What is worn already stays on:
        every widget takes the sheet anew, which with all pages built takes two seconds."""
        before = (self.size, self.palette)
        self.size = self.size if size is None else size
        if dark is not None:
            self.palette = DARK if dark else LIGHT
        if (self.size, self.palette) == before:
            return
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        self.app.setFont(font_of(self._families, self.size.base))
        self.app.setPalette(qt_palette(self.palette))
        self.app.setStyleSheet(style_sheet(self.palette, self.scale))


def look() -> Look:
    """The look of the running application. Raises RuntimeError before `Look` was made."""
    found = None if Look.worn is None else Look.worn()
    if found is None:
        raise RuntimeError("make a Look for the application first")
    return found


def qt_palette(palette: Palette) -> QPalette:
    """The same colours for the parts Fusion draws without the sheet."""
    roles = {
        QPalette.ColorRole.Window: palette.bg,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.sunken,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.faint,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.Highlight: palette.primary,
        QPalette.ColorRole.HighlightedText: palette.on_primary,
        QPalette.ColorRole.Link: palette.primary,
        QPalette.ColorRole.ToolTipBase: palette.surface,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Mid: palette.border,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    return made
