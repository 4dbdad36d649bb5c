"""Buttons that show their icon and their key, and answer to both Enter keys."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.words import Word
from app.ui.theme.icons import icon as make_icon
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.keys import is_enter


class Kind(Word):
    """How a button looks, by what it does."""

    PLAIN = "plain", "普通"
    PRIMARY = "primary", "主要"
    URGENT = "urgent", "急"
    LINK = "link", "链接"
    NAV = "nav", "导航"


_TONES = {
    Kind.PLAIN: Tone.SOFT,
    Kind.PRIMARY: Tone.ON_PRIMARY,
    Kind.URGENT: Tone.BAD,
    Kind.LINK: Tone.PRIMARY,
    Kind.NAV: Tone.NAV,
}


class Button(QPushButton):
    """A push button: word, icon, and the key that does the same.

    `keys` are Qt key texts; the first is shown. "Ctrl+Return" answers both Enter keys, and a key
    works while the button is visible and enabled. `hint` shows a key somebody else answers. `brief`
    is what it says, without the key, where there is little room; the rest is told on hovering.
    """

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        kind: Kind = Kind.PLAIN,
        keys: tuple[str, ...] = (),
        hint: str = "",
        brief: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._kind = kind
        self._hint = key_text(keys[0]) if keys else hint
        self._brief = brief
        self._is_short = False
        self.setProperty("kind", kind.value)
        self.setAutoDefault(False)
        self.say(text)
        if keys:
            self._shortcut = QShortcut(self)
            self._shortcut.setKeys([QKeySequence(key) for key in _both_enters(keys)])
            self._shortcut.activated.connect(self.click)
        self._draw()

    def say(self, text: str, *, brief: str | None = None) -> None:
        """Change the word, and the brief one where it is given."""
        self._word = text
        self._brief = self._brief if brief is None else brief
        self._spell()
        self.setAccessibleName(text)

    def shorten(self, *, short: bool) -> None:
        """Say the brief word only, where there is one."""
        if short is not self._is_short:
            self._is_short = short
            self._spell()

    def _spell(self) -> None:
        gap = " " if self._icon else ""  # Fusion sets icon and word too close
        is_brief = self._is_short and bool(self._brief)
        self.setToolTip(f"{self._word} {self._hint}".strip() if is_brief else "")
        text = self._brief if is_brief else self._word
        hint = "" if is_brief else self._hint
        self.setText(f"{gap}{text}  {hint}" if hint else f"{gap}{text}")

    def show_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter presses, as Space does."""
        control = QtCore.Qt.KeyboardModifier.ControlModifier
        if is_enter(event) and not event.modifiers() & control:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Redraw the icon in the new colours, or greyed."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange):
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        if not self._icon:
            return
        now = look()
        tone = _TONES[self._kind] if self.isEnabled() else Tone.FAINT
        side = now.scale.icon
        self.setIcon(make_icon(self._icon, now.ink(tone), side))
        self.setIconSize(QSize(side, side))


def key_text(key: str) -> str:
    """A key as people read it on the cap: "Ctrl+Enter"."""
    return key.replace("Return", "Enter").replace("PgDown", "PgDn")


def _both_enters(keys: tuple[str, ...]) -> tuple[str, ...]:
    """`keys`, and for each Return the Enter of the number pad."""
    twins = tuple(key.replace("Return", "Enter") for key in keys if "Return" in key)
    return keys + twins
