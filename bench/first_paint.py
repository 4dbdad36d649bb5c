"""Child of bench_start: opens a window, prints what it saw, and quits.

`bare` is a QMainWindow with one label, `app` the program on its unlock page, wired as always: both
print the monotonic instant their first picture was drawn. `home` goes on: the passphrase (on
standard input) is typed at once, and it prints the seconds from the derived key to today's work
painted, and the megabytes of memory then.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

gc.disable()  # as app/__main__.py does first of all

HEAVY = frozenset({"sqlalchemy", "reportlab", "httpcore", "pypinyin", "alembic", "cryptography"})


def bare() -> None:
    """The least anybody could do."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, painted)

    def painted() -> None:
        print(time.monotonic(), flush=True)
        app.quit()

    app = QApplication(sys.argv)
    window = Window()
    window.setCentralWidget(QLabel("协理"))
    window.show()
    app.exec()


def program() -> None:
    """The program as it starts."""
    from app.ui import application

    class Watched(application.FirstPicture):
        def __init__(self, widget: object) -> None:
            super().__init__(widget)
            self.drawn.connect(painted)  # before anything else hears of it

    def painted() -> None:
        print(time.monotonic(), flush=True)
        if early := HEAVY & set(sys.modules):
            print("imported before the first picture:", *early, file=sys.stderr)
        application.QApplication.quit()

    application.FirstPicture = Watched
    run_program()


def home(passphrase: str) -> None:
    """The program up to today's work."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from app.ui import application

    derived: list[float] = []

    class Typist(application.Application):
        """Types as soon as the door is drawn, and waits for today's work."""

        def _warm_up(self) -> None:
            super()._warm_up()
            time_the_key(derived)
            page = self.window.door
            page.passphrase.setText(passphrase)
            page.open_button.click()

        def _show_day(self, loaded: object) -> None:
            super()._show_day(loaded)
            self.today = self.day.halves("today").view
            self.today.table.viewport().installEventFilter(watch)

    class Watch(QObject):
        """Sees the first paint of the table that has rows."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched.parent().rows.rowCount():
                watched.removeEventFilter(self)
                QTimer.singleShot(0, painted)
            return False

    def painted() -> None:
        print(time.monotonic() - derived[0], resident_megabytes(), flush=True)
        application.QApplication.quit()

    watch = Watch()
    application.Application = Typist
    run_program()


def time_the_key(derived: list[float]) -> None:
    """Note the instant each key derivation ends."""
    from app.crypto import slots

    derive = slots.passphrase_key

    def timed(*given: object) -> bytes:
        key = derive(*given)
        derived.append(time.monotonic())
        return key

    slots.passphrase_key = timed


def resident_megabytes() -> float:
    """What this process holds in memory now."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    kibibytes = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return kibibytes * 1024 / 1_000_000


def run_program() -> None:
    """As `python -m app` does."""
    from app.__main__ import main

    main()


if __name__ == "__main__":
    which = sys.argv.pop(1)
    if which == "home":
        home(sys.stdin.read())
    else:
        {"bare": bare, "app": program}[which]()
