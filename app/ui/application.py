"""The window's life: door, day, lock. Built by `run_window`, which returns the exit status.

What the day needs is imported after the first paint, so that the door opens quickly.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app import __version__
from app.domain.problem import Problem
from app.ui.input_method import choose_input_method
from app.ui.preferences import Preferences
from app.ui.shell.first_picture import FirstPicture
from app.ui.shell.window import MainWindow
from app.ui.start import DayParts, Start
from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize

if TYPE_CHECKING:
    from app.ui.shell.checkup import Checkup
    from app.ui.shell.day import Day
    from app.ui.shell.idle import IdleWatch
    from app.ui.shell.page import Page
    from app.ui.shell.place import Place
    from app.ui.shell.status import Status

_DAMAGED: Final = "V-03"
_RESTORE: Final = "锁屏，用备份恢复"
_STILL_SECONDS: Final = 10
"""So long without a key, nobody notices a tenth of a second."""


class Application(QObject):
    """Owns the window, the two runners and whatever is on view. One per process.

    `left` when everything is stored and the window is closed: the event loop may end.
    """

    left = Signal()

    def __init__(self, start: Start, look: Look) -> None:
        super().__init__(look)
        self._start = start
        self._preferences = start.preferences
        self.look = look
        self.store = TaskRunner("store", self)
        self.work = TaskRunner("work", self)
        self.window = MainWindow()
        self.window.closing.connect(self._leave)
        self.window.action_asked.connect(self._lock_to_restore)
        self.day: Day | None = None
        self._parts: DayParts | None = None
        self._first_page = ""
        self._relock = False
        self._restore = False
        self._checkup: Checkup | None = None
        self._idle: IdleWatch | None = None
        self._going = False
        self._stays_shut: Callable[[Problem], None] = self.window.show_problem

    def show(self) -> None:
        """Show the door, and begin warming up once it is painted."""
        if self._start.resident is None:
            self._show_first_run()
        else:
            self._show_unlock()
        first = FirstPicture(self.window.door)
        first.drawn.connect(self._warm_up)
        self.window.show()

    def finish(self) -> None:
        """After the event loop: end the runners and, for a lock, replace the process."""
        self.work.close(wait=not self._relock)
        self.store.close()
        if self._relock:
            self._start.relock(self._restore)

    def prefer(self, preferences: Preferences) -> None:
        """Wear and keep other preferences."""
        self._preferences = preferences
        self.look.wear(size=preferences.size, dark=preferences.dark)
        if self.day is not None:
            self.day.set_lock_minutes(preferences.lock_minutes)
        self.work.run(
            partial(self._start.keep_preferences, preferences), done=_nothing, failed=_not_kept
        )

    def enter(self, session: object) -> None:
        """Go in by a session that needs no door: what pictures and journeys use."""
        self._opened(session)

    def leave(self) -> None:
        """Close up as the window's own cross would."""
        self._leave()

    def _show_unlock(self) -> None:
        from app.ui.unlock.screen import build_unlock_screen  # only one of the two doors is needed

        resident = self._start.resident
        assert resident is not None  # noqa: S101  # narrows the type; `show` asked
        halves = build_unlock_screen(
            resident,
            self._start.unlock_doors,
            self.work,
            locked=self._start.locked,
            opened=self._opened,
        )
        self._stays_shut = halves.presenter.stay_shut
        self.window.show_door(halves.view, halves)
        halves.view.passphrase.setFocus()
        if self._start.restore:
            halves.presenter.restore()

    def _show_first_run(self) -> None:
        from app.ui.first_run.screen import build_first_run_screen  # as above

        halves = build_first_run_screen(
            self._start.first_run_doors(), self.work, opened=self._opened_first
        )
        self._stays_shut = halves.presenter.stay_shut
        halves.view.trying.size_chosen.connect(self._choose_size)
        self.window.show_door(halves.view, halves)

    @Slot()
    def _warm_up(self) -> None:
        """What nobody sees on the first picture."""
        from app.ui.crash import CrashHook  # here, so that the first picture need not wait for it
        from app.ui.garbage import GarbageOnGuiThread
        from app.ui.theme.fonts import load_rare_fonts
        from app.ui.theme.translation import speak_chinese

        load_rare_fonts()
        speak_chinese(self.look.app)
        GarbageOnGuiThread(self, self._is_still)
        sys.excepthook = CrashHook(self._window, self.window.close)
        self.work.run(self._import_the_rest, done=_nothing, failed=_not_kept)

    def _is_still(self) -> bool:
        """Nobody has touched anything for a while, and nothing is under way."""
        quiet = self._idle is not None and self._idle.quiet_seconds >= _STILL_SECONDS
        return quiet and self.store.idle and self.work.idle

    def _import_the_rest(self) -> None:
        """On the work thread, while the passphrase is being typed."""
        import app.ui.home.remaking
        import app.ui.home.screen
        import app.ui.pages
        import app.ui.printing.press
        import app.ui.shell.day  # noqa: F401  # imported for later

        self._start.warm_up()

    @Slot(object)
    def _choose_size(self, size: TypeSize) -> None:
        self.prefer(self._preferences._replace(size=size))

    @Slot(int)
    def _step_size(self, by: int) -> None:
        self._choose_size(self._preferences.size.stepped(by))

    def _opened_first(self, session: object, page: str) -> None:
        self._first_page = page
        self._opened(session)

    def _opened(self, session: object) -> None:
        """A door gave a session: lay the day out on the store thread."""
        self.store.run(
            partial(self._load_day, session), done=self._show_day, failed=self._door_problem
        )

    def _load_day(self, session: object) -> tuple[DayParts, Place | None]:
        """On the store thread."""
        parts = self._start.open_day(session, self.work, self.store)
        try:
            return parts, parts.place()
        except BaseException:
            parts.before_leaving()  # closes the vault, or the next try would find it in use
            raise

    def _show_day(self, loaded: tuple[DayParts, Place | None]) -> None:
        from app.ui.shell.checkup import Checkup
        from app.ui.shell.day import Day  # not before the first paint
        from app.ui.shell.idle import IdleWatch
        from app.ui.shell.place import Place

        parts, place = loaded
        self._parts = parts
        self._stays_shut = self.window.show_problem  # lets the door's halves go
        idle = self._idle = IdleWatch(
            self._start.idle_seconds, minutes=self._preferences.lock_minutes
        )
        self.day = Day(
            who=parts.who,
            clock=parts.clock,
            store=self.store,
            work=self.work,
            find=parts.find,
            idle=idle,
        )
        self.day.lock_requested.connect(self._lock)
        self.day.stepped.connect(self._step_size)
        self.day.changes.saved.connect(self._ask_status)
        self.day.put_pages((*parts.pages(self.day.bench), self._options_page(parts)))
        self.window.show_day(self.day, practice=parts.who.practice)
        if place is not None and not self._first_page:
            self.day.return_to(place)
        else:
            self.day.return_to(Place(self._first_page or "today"))
        self._checkup = Checkup(parts.check, idle, store=self.store, work=self.work, parent=self)
        self._checkup.found.connect(self._show_trouble)
        self._ask_status()  # after the page has asked: a backup may be due first
        self._watch_machine(self.day)

    def _watch_machine(self, day: Day) -> None:
        """Lock when the session of the machine is locked, switched or put to sleep."""
        from app.ui.shell.away import watch_machine  # brings D-Bus; not before the first paint

        watch_machine(self.window, day).left.connect(day.lock)

    def _options_page(self, parts: DayParts) -> Page:
        from app.ui.options.screen import build_options_screen  # not before the first paint
        from app.ui.shell.page import Page

        build = partial(
            build_options_screen,
            __version__,
            self._in_force,
            self.prefer,
            parts.access,
            self.work,
            self.store,
            parts.hand,
        )
        return Page("settings", "设置", "设置", "settings", build)

    def _window(self) -> QWidget:
        return self.window

    def _in_force(self) -> Preferences:
        return self._preferences

    def _door_problem(self, problem: Problem) -> None:
        """The passphrase was right but the vault did not open: the door says so and goes on."""
        self._stays_shut(problem)

    @Slot()
    def _ask_status(self) -> None:
        if self._parts is not None and self.day is not None:
            self.store.run(
                self._parts.status, done=self._show_status, failed=self.window.show_problem
            )

    def _show_status(self, status: Status) -> None:
        if self.day is not None:
            self.day.show_status(status)
        if status.trouble is not None:
            self._show_trouble(status.trouble)

    @Slot(object)
    def _show_trouble(self, problem: Problem) -> None:
        """What its sentence tells her to do has a button where the window can do it."""
        action = _RESTORE if problem.code == _DAMAGED else ""
        self.window.show_problem(problem, action)

    @Slot()
    def _lock_to_restore(self) -> None:
        """A vault is put back while it is closed: at the door, which asks for the passphrase."""
        if self.day is not None:
            self._restore = True
            self.day.lock()

    @Slot(object)
    def _lock(self, place: Place) -> None:
        """Cover every name at once, store, close, and start anew without any secret in memory."""
        self._relock = not self._going
        self._go_away("正在锁屏…", place)

    @Slot()
    def _leave(self) -> None:
        place = None if self.day is None else self.day.place()
        self._go_away("正在收好…", place)

    def _go_away(self, words: str, place: Place | None) -> None:
        if self._going:
            return  # a second click on the cross must not cut the backup short
        self._going = True
        if self._checkup is not None:
            self._checkup.stop()
        parts, self._parts = self._parts, None
        if parts is None:
            self._quit(None)
            return
        self.window.cover(words)
        self.store.run(partial(_close_up, parts, place), done=self._quit, failed=self._quit)

    def _quit(self, _answer: object) -> None:
        """Everything that could be stored is; a backup that failed must not keep it unlocked."""
        self.window.let_go()
        self.left.emit()


def run_window(start: Start, arguments: list[str]) -> int:
    """Make the application, show the window, run until it closes; the process's exit status."""
    gc.disable()  # for the start; afterwards GarbageOnGuiThread decides when
    choose_input_method(os.environ)
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("协理")
    preferences = start.preferences
    application = Application(start, Look(app, size=preferences.size, dark=preferences.dark))
    application.left.connect(app.quit)
    application.show()
    status = app.exec()
    application.finish()
    return status


def _close_up(parts: DayParts, place: Place | None) -> None:
    """On the store thread: keep the place, then close the vault."""
    if place is not None:
        parts.keep_place(place)
    parts.before_leaving()


def _nothing(_answer: object) -> None:
    """No news is good news."""


def _not_kept(_problem: Problem) -> None:
    """Preferences that could not be kept are only worn until the program ends."""
