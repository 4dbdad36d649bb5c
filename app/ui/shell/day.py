"""The working window after unlocking: navigation, one page at a time, the strip at the foot.

Pages are built when they are first opened and kept with their presenters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from app.domain.clock import Clock
from app.ui.changes import Changes
from app.ui.nouns import Noun
from app.ui.runner import Runner
from app.ui.shell import keys
from app.ui.shell.errands import Errands
from app.ui.shell.finder import Finder
from app.ui.shell.idle import IdleWatch
from app.ui.shell.nav import FOOT, Nav, Who
from app.ui.shell.nobody_yet import ROSTER_PAGE, NobodyYet
from app.ui.shell.page import Bench, Page, PageScreen
from app.ui.shell.place import Place
from app.ui.shell.status import Status, StatusBar
from app.ui.theme.look import look
from app.ui.widgets.inputs import LineEdit, TextEdit
from app.ui.widgets.layout import Scroll
from app.ui.widgets.picker import Find

NARROW_BELOW = 78
"""Window width, in body sizes, below which the navigation shrinks to icon and two characters."""
HOUSEHOLD_PAGE = "household"


class Day(QWidget):
    """`lock_requested(Place)`: by hand or because nobody is there; `stepped(int)`: type size."""

    lock_requested = Signal(object)
    stepped = Signal(int)

    def __init__(
        self,
        *,
        who: Who,
        clock: Clock,
        store: Runner,
        work: Runner,
        find: Find,
        idle: IdleWatch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._who = who
        self._clock = clock
        self._idle = idle
        idle.setParent(self)
        idle.expired.connect(self.lock)
        self.changes = Changes(self)
        self.changes.saved.connect(self._refresh)
        self._errands = Errands()
        self._errands.page_wanted.connect(self.go)
        self._errands.saved.connect(self.mark_saved)
        self.bench = Bench(
            store, work, clock, self.changes, self._errands.go, self._errands.mark_saved
        )
        self._pages: dict[str, Page] = {}
        self._screens: dict[str, PageScreen] = {}
        self._scrolls: dict[str, Scroll] = {}
        self._now = ""
        self._subject: str | None = None
        self._is_empty = False
        self._nav: Nav | None = None
        self._keys: keys.WindowKeys | None = None
        self.stack = QStackedWidget()
        self.status = StatusBar(lock_minutes=idle.minutes)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(self.stack, 1, 1)
        self._grid.addWidget(self.status, 2, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(1, 1)
        self.finder = Finder(find, store, self)
        self.finder.found.connect(self._open_household)

    @cached_property
    def beginning(self) -> NobodyYet:
        """Above the page, while no household is here."""
        bar = NobodyYet(self)  # without a parent it would show as a window and take the keys
        bar.roster_wanted.connect(self._take_roster)
        self._grid.addWidget(bar, 0, 1)
        return bar

    @property
    def nav(self) -> Nav:
        """The navigation, once the pages are known."""
        assert self._nav is not None, "put_pages comes first"  # noqa: S101  # narrows the type
        return self._nav

    def put_pages(self, pages: Sequence[Page]) -> None:
        """Say which pages there are. Called once, before the first `go`."""
        self._pages = {page.key: page for page in pages}
        self._nav = Nav(self._who, pages, self)
        self._nav.chosen.connect(self._go_chosen)
        self._nav.lock_requested.connect(self.lock)
        self._grid.addWidget(self._nav, 0, 0, 3, 1)
        numbered = [page.key for page in pages if not page.under and page.key not in FOOT]
        self._keys = keys.WindowKeys(self, numbered)
        self._keys.page_wanted.connect(self._go_chosen)
        self._keys.asked.connect(self._answer_key)
        self._fit()

    @Slot(str, object)
    def go(self, key: str, subject: str | None = None) -> None:
        """Bring a page to the front. Raises KeyError for a page nobody registered."""
        page = self._pages[key]
        screen = self._built(page)
        self._commit_field()
        self._now, self._subject = key, subject
        self.stack.setCurrentWidget(self._scrolls[key])
        self.nav.mark(page.under or key)
        self._show_beginning()
        if self._keys is not None:
            self._keys.leave_to_page(page.claims)
        if screen.first is not None:
            screen.first.setFocus(Qt.FocusReason.OtherFocusReason)
        screen.presenter.open(subject)

    def halves(self, key: str) -> PageScreen:
        """A page's two halves, built if need be."""
        return self._built(self._pages[key])

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of every page there is, in the order of the navigation."""
        return tuple(self._pages)

    @property
    def current(self) -> str:
        """The key of the page in front."""
        return self._now

    @Slot()
    def mark_saved(self) -> None:
        """Show that something was stored just now."""
        self.status.mark_saved(self._clock.now())

    def show_status(self, status: Status) -> None:
        """Show network and waiting count; and where to begin while nobody is here."""
        self.status.put(status)
        self._is_empty = status.is_empty
        self._show_beginning()

    def set_lock_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes from now on."""
        self._idle.minutes = minutes
        self.status.set_lock_minutes(minutes)

    def place(self) -> Place:
        """Where the person is, down to the cursor."""
        field = QApplication.focusWidget()
        if field is None or not self.isAncestorOf(field):
            return Place(self._now, self._subject)
        cursor = 0
        if isinstance(field, QLineEdit):
            cursor = field.cursorPosition()
        elif isinstance(field, QPlainTextEdit):
            cursor = field.textCursor().position()
        return Place(self._now, self._subject, field.objectName(), cursor)

    def return_to(self, place: Place) -> None:
        """Be where the person was before the lock; a page that is gone means the first one."""
        key = place.page if place.page in self._pages else next(iter(self._pages))
        self.go(key, place.subject)
        view = self._screens[key].view
        field = view.findChild(QWidget, place.field) if place.field else None
        if field is None:
            return
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, QLineEdit):
            field.setCursorPosition(place.cursor)
        elif isinstance(field, QPlainTextEdit):
            cursor = field.textCursor()
            cursor.setPosition(min(place.cursor, len(field.toPlainText())))
            field.setTextCursor(cursor)

    @Slot()
    def lock(self) -> None:
        """Commit the field at hand and ask for the lock."""
        self._commit_field()
        self.lock_requested.emit(self.place())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The navigation follows the width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """The idle watch begins when there is a native window to watch."""
        super().showEvent(event)
        self._idle.watch(self.window())
        # Keys that an input method swallows reach no window; the moving text cursor tells of them.
        QApplication.inputMethod().cursorRectangleChanged.connect(
            self._idle.touch, Qt.ConnectionType.UniqueConnection
        )
        self._fit()

    def _fit(self) -> None:
        if self._nav is not None:
            self._nav.set_narrow(narrow=self.width() < NARROW_BELOW * look().scale.base)

    def _show_beginning(self) -> None:
        """Not on the page it leads to."""
        if self._is_empty or "beginning" in self.__dict__:
            self.beginning.setVisible(self._is_empty and self._now != ROSTER_PAGE)

    def _built(self, page: Page) -> PageScreen:
        if page.key not in self._screens:
            screen = page.build()
            _name_fields(screen.view)
            self._screens[page.key] = screen
            self._scrolls[page.key] = Scroll(screen.view)
            self.stack.addWidget(self._scrolls[page.key])
        return self._screens[page.key]

    def _commit_field(self) -> None:
        """Whatever is being typed counts as typed before the page goes away."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit | TextEdit) and self.isAncestorOf(field):
            field.commit()

    @Slot()
    def _take_roster(self) -> None:
        self.go(ROSTER_PAGE)

    @Slot(str)
    def _go_chosen(self, key: str) -> None:
        self.go(key)

    @Slot(str)
    def _open_household(self, household: str) -> None:
        self.go(HOUSEHOLD_PAGE, household)

    @Slot(str)
    def _answer_key(self, key: str) -> None:
        match key:
            case keys.FIND:
                self._find()
            case keys.LOCK:
                self.lock()
            case keys.SAVED:
                self._commit_field()
                self.status.answer_saved()
            case keys.LARGER:
                self.stepped.emit(1)
            case keys.SMALLER:
                self.stepped.emit(-1)

    def _find(self) -> None:
        search = self._screens[self._now].search if self._now in self._screens else None
        if search is not None and search.isVisible():
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.finder.ask()

    @Slot(object)
    def _refresh(self, nouns: frozenset[Noun]) -> None:
        if self._now in self._screens:
            self._screens[self._now].presenter.refresh(nouns)


def _name_fields(view: QWidget) -> None:
    """Give every nameless field a name by its order, so that it is found again after a restart."""
    for at, field in enumerate(view.findChildren(QWidget)):
        if field.focusPolicy() != Qt.FocusPolicy.NoFocus and not field.objectName():
            field.setObjectName(f"field-{at}")
