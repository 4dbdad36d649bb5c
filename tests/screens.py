"""What every screen has to keep: freed at once, named, unclipped, in Chinese, numbers masked."""

from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEventLoop, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

_KNOWN = "PDF Excel WPS xlsx Wi Fi Ctrl Alt Enter Shift Insert Esc MB KB PgDn PgUp Delete Tab U X"
ALLOWED_LATIN = frozenset(re.findall(r"\w+", _KNOWN))
"""Latin words a clerk knows from the keyboard and from daily papers."""
BANNED = ("冲突", "队列", "推送", "异常", "数据库", "回滚", "令牌", "字段", "null", "None")
_KEYS = re.compile(
    r"\b(?:Ctrl|Alt|Shift)(?:\s*[+…]\s*\S+)?|\bF\d{1,2}[ab]?\b|第[A-Z]{1,2}列|\d{6}-[0-9A-Z]\b|\bA[34]\b"
)
"""Keys, forms, the columns of a sheet, the sizes of paper and the last figure of a document number
are letters."""
_LATIN = re.compile(r"[A-Za-z]{1,}")
_WHOLE_ID = re.compile(r"459901\s?\d{8}\s?\d{3}[0-9X]")


def settle(turns: int = 8) -> None:
    """Let layouts and queued answers come to rest."""
    for _ in range(turns):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def assert_freed(build: Callable[[], Any]) -> None:
    """`build()` gives a screen whose view dies with it, without the garbage collector."""
    screen = build()
    view = weakref.ref(screen.view)
    screen.view.show()
    settle()
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        del screen
        assert view() is None, "something keeps the dropped view alive"
    finally:
        if was_on:
            gc.enable()


def assert_named(view: QWidget) -> None:
    """Every control that takes the focus says its name to a screen reader."""
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in _controls(view)
        if not widget.accessibleName()
    ]
    assert nameless == []


def assert_unclipped(view: QWidget) -> None:
    """No visible button, input or line of text is smaller than it has to be."""
    assert clipped(view) == []


def clipped(view: QWidget) -> list[str]:
    """Visible buttons, inputs and lines of text that are smaller than they have to be."""
    found = []
    for widget in _visible(view):
        if isinstance(widget, QScrollBar | QAbstractItemView):
            continue
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox):
            needs = widget.minimumSizeHint()
            if isinstance(widget, QAbstractButton):
                needs = widget.sizeHint()
            small = widget.width() < needs.width() or widget.height() < needs.height()
            if small and not _is_eye(widget):
                found.append(_told(widget))
        elif isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                small = widget.height() < widget.heightForWidth(widget.width())
            else:
                small = widget.width() < widget.sizeHint().width()
            if small:
                found.append(_told(widget))
    return found


def assert_inside(page: QWidget) -> None:
    """Nothing lies outside its page: what is below or beside the window can be scrolled to."""
    outside = [
        _told(widget)
        for widget in _visible(page)
        if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit)
        and not _can_be_scrolled_to(page, widget)
        and not page.rect().adjusted(-2, -2, 2, 2).contains(_rect_in(page, widget))
    ]
    assert outside == []


def assert_chinese(view: QWidget) -> None:
    """No Latin word a clerk does not know, and none of the words of our trade."""
    assert [text for text in texts(view) if strange_words(text)] == []


def strange_words(text: str) -> set[str]:
    """The words of `text` that a clerk does not know."""
    latin = {word for word in _LATIN.findall(_KEYS.sub("", text)) if word not in ALLOWED_LATIN}
    return latin | {word for word in BANNED if word in text}


def assert_masked(view: QWidget) -> None:
    """No whole ID number in any text or table on view."""
    assert [text for text in texts(view) if _WHOLE_ID.search(text)] == []


def texts(view: QWidget) -> Iterator[str]:
    """Every text a person could read on `view`."""
    for widget in (view, *view.findChildren(QWidget)):
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.placeholderText()
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            yield from _cells(widget)
        yield widget.toolTip()
        yield widget.accessibleName()


def _cells(widget: QAbstractItemView) -> Iterator[str]:
    model = widget.model()
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            yield str(model.index(row, column).data() or "")


def _controls(view: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in (view, *view.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _inside_combo(widget)
    ]


def _inside_combo(widget: QWidget) -> bool:
    """The drop-down list is Qt's own; the box speaks for it."""
    above = widget.parentWidget()
    return above is not None and (isinstance(above, QComboBox) or _inside_combo(above))


def _visible(view: QWidget) -> list[QWidget]:
    return [widget for widget in view.findChildren(QWidget) if widget.isVisibleTo(view)]


def _can_be_scrolled_to(page: QWidget, widget: QWidget) -> bool:
    """Whether it lies in a part of the page that scrolls by itself."""
    above = widget.parentWidget()
    while above is not None and above is not page:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _is_eye(widget: QWidget) -> bool:
    """The little button inside a line edit is as large as Qt makes it."""
    return isinstance(widget.parentWidget(), QLineEdit)


def _rect_in(page: QWidget, widget: QWidget):
    rect = widget.rect()
    rect.moveTopLeft(widget.mapTo(page, rect.topLeft()))
    return rect


def _told(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    needs = widget.sizeHint()
    return (
        f"{type(widget).__name__} “{words or widget.accessibleName()}” is "
        f"{widget.width()}×{widget.height()}, needs {needs.width()}×{needs.height()}"
    )
