"""The whole window on a vault: every page as it is registered, at the sizes people have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.pages import pages_of
from app.ui.shell.day import Day
from app.ui.shell.idle import IdleWatch
from app.ui.shell.nav import Who
from app.ui.shell.page import PageScreen
from app.ui.shell.status import Status
from app.ui.shell.window import MainWindow
from app.ui.widgets.layout import Scroll
from tests.hands import Hands
from tests.screens import settle
from tests.work_pages import PaperPrinters, Room


class Screen(NamedTuple):
    """What a laptop of 1366 × 768 leaves at 125 % and at 100 %."""

    width: int
    height: int


CRAMPED = Screen(1093, 543)
ROOMY = Screen(1366, 697)
_HAIR = 2
"""Pixels a frame may take of what stands in it."""


class WholeWindow:
    """The day in its window, with the stripe of the practice village above."""

    def __init__(self, room: Room, qtbot: QtBot, *, practice: bool = True) -> None:
        self.room = room
        self.qtbot = qtbot
        self.day = Day(
            who=Who("示例县云岭镇青石村", "王秀英", practice=practice),
            clock=room.clock,
            store=room.store,
            work=room.work,
            find=room.desk.households.find,
            idle=IdleWatch(lambda: 0.0, minutes=5),
        )
        self.printers = PaperPrinters()
        self.day.put_pages(pages_of(room.desk, self.day.bench, self.printers))
        is_empty = not room.do(room.desk.households.count)
        self.day.show_status(Status(waiting=0, is_empty=is_empty))
        self.window = MainWindow()
        self.window.show_day(self.day, practice=practice)
        qtbot.addWidget(self.window)

    def show(self, screen: Screen) -> None:
        """At this size, in front."""
        self.window.resize(screen.width, screen.height)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def go(self, key: str, subject: str | None = None) -> PageScreen:
        """A page with its data."""
        self.day.go(key, subject)
        self.settle()
        return self.day.halves(key)

    def settle(self) -> None:
        """Nothing is waited for any more."""
        self.room.settle()
        settle()

    @property
    def area(self) -> Scroll:
        """What the page in front scrolls in."""
        area = self.day.stack.currentWidget()
        assert isinstance(area, Scroll)
        return area

    def every(self, about: Mapping[str, str]) -> Iterator[tuple[str, PageScreen]]:
        """Every page of the program, one after the other."""
        for key in self.day.keys:
            yield key, self.go(key, about.get(key))


def scrolling_sideways(window: WholeWindow) -> list[str]:
    """Parts of the page in front that cannot be seen without scrolling sideways."""
    view = window.area.widget()
    areas = [window.area, *view.findChildren(QAbstractScrollArea)]
    return [
        f"{type(one).__name__} {one.accessibleName()} by {one.horizontalScrollBar().maximum()}"
        for one in areas
        if one.isVisible() and one.horizontalScrollBar().maximum() > 0
    ]


def beyond_the_window(window: WholeWindow) -> list[str]:
    """What is worked with or read and lies left or right of the window, or is cut off by the part
    of the page it stands in."""
    view = window.area.widget()
    width = window.window.width()
    found = []
    for widget in view.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QPlainTextEdit):
            continue
        if not widget.isVisible():
            continue
        left = widget.mapTo(window.window, QPoint(0, 0)).x()
        if left < 0 or left + widget.width() > width or _is_cut(widget, view):
            found.append(f"{type(widget).__name__} “{_words(widget)}” {widget.size().toTuple()}")
    return found


def keys_of(shortcut: QShortcut) -> Iterator[str]:
    """The keys it answers to."""
    return map(QKeySequence.toString, shortcut.keys())


def doubled(window: WholeWindow) -> list[str]:
    """Keys that two things in sight answer to: Qt asks neither of them then."""
    view, found = window.area.widget(), Counter[str]()
    for shortcut in window.window.findChildren(QShortcut):
        at = shortcut.parent()
        elsewhere = window.day.stack.isAncestorOf(at) and not view.isAncestorOf(at)
        if at.isVisible() and shortcut.isEnabled() and not elsewhere:
            found.update({*keys_of(shortcut)})
    for action in window.window.findChildren(QAction):
        if action.isEnabled() and action.associatedObjects():
            found.update({key.toString() for key in action.shortcuts()})
    return [key for key, times in found.items() if times > 1]


def walked(window: WholeWindow) -> tuple[list[QWidget], list[str]]:
    """What Tab comes to on the page in front until it comes round; and what had the keys unseen."""
    hands, reached, unseen = Hands(window.window), [], []
    while (at := QApplication.focusWidget()) is not None and at not in reached:
        reached.append(at)
        if at.visibleRegion().isEmpty():
            unseen.append(f"unseen: {type(at).__name__} “{_words(at)}”")
        hands.press("Tab")
        settle()
    return reached, unseen


def out_of_reach(window: WholeWindow, reached: Sequence[QWidget]) -> list[str]:
    """What could take the keys on the page in front and does not get them from Tab."""
    return [
        f"out of reach: {type(one).__name__} “{_words(one)}”"
        for one in window.area.widget().findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and one.isEnabled()
        and one not in reached
    ]


def nothing_has_the_keys(window: WholeWindow) -> bool:
    """Whether nothing in the window has them."""
    focus = QApplication.focusWidget()
    return focus is None or not window.window.isAncestorOf(focus)


def _is_cut(widget: QWidget, view: QWidget) -> bool:
    """Whether a part around it is too small for it and does not scroll."""
    rect = widget.rect()
    inner, outer = widget, widget.parentWidget()
    while inner is not view and outer is not None:
        if isinstance(outer.parentWidget(), QAbstractScrollArea):
            return False
        rect.translate(inner.pos())
        if not outer.rect().adjusted(-_HAIR, -_HAIR, _HAIR, _HAIR).contains(rect):
            return True
        inner, outer = outer, outer.parentWidget()
    return False


def _words(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return (text() if callable(text) else "") or widget.accessibleName()
