"""Child of bench_start: opens a window, prints the monotonic instant its first paint ended, quits.

`bare` is a QMainWindow with one label; `app` is the program on its unlock page, wired as always.
"""

from __future__ import annotations

import gc
import sys
import time

gc.disable()  # as app/__main__.py does first of all


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
    from PySide6.QtCore import QEvent, QObject, QTimer

    from app.bootstrap import window
    from app.ui.application import Application
    from app.ui.widgets.secret import SecretEdit

    class Watch(QObject):
        """Sees the first paint of the unlock page's field, the last thing to be drawn."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, painted)
                watched.removeEventFilter(self)
            return False

    watch = Watch()
    show = Application.show

    def show_and_watch(self: Application) -> None:
        show(self)
        self.window.findChild(SecretEdit).installEventFilter(watch)

    def painted() -> None:
        from PySide6.QtWidgets import QApplication

        print(time.monotonic(), flush=True)
        if heavy := {"sqlalchemy", "reportlab", "httpx", "pypinyin", "alembic"} & set(sys.modules):
            print("imported before the first paint:", *heavy, file=sys.stderr)
        QApplication.quit()

    Application.show = show_and_watch
    window.run_window()


if __name__ == "__main__":
    {"bare": bare, "app": program}[sys.argv.pop(1)]()
