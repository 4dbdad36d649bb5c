"""How long the window stands still while a whole village is printed, and while a file is checked.

Bar: the thread that answers keys is never blocked > 50 ms. A timer of 5 ms runs on it; whatever is
above that between two of its turns is time in which no key could have been answered. The pages,
both runners and the encrypted file are the program's own; 3,000 households unless told otherwise.
The first line is the floor: the same window with nothing to do, beside whatever else this machine
is doing. “Own work” is the processor's time of that thread alone, whatever runs beside it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench_start import PASSPHRASE, furnish  # noqa: E402
from figures import p95  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from sqlalchemy import update  # noqa: E402

from app.bootstrap.machine import SystemClock  # noqa: E402
from app.models.base import table_of  # noqa: E402
from app.models.log import DeviceRow  # noqa: E402
from app.services.batches import WHOLE_VILLAGE, Batches  # noqa: E402
from app.services.desk import Desk, begin_in, open_desk  # noqa: E402
from app.services.paper_packages import Purpose  # noqa: E402
from app.services.policies import Policies  # noqa: E402
from app.store.entering import open_vault  # noqa: E402
from app.store.vault import OpenVault  # noqa: E402
from app.ui.changes import Changes  # noqa: E402
from app.ui.garbage import GarbageOnGuiThread  # noqa: E402
from app.ui.printing.batch_screen import build_batch_screen  # noqa: E402
from app.ui.printing.check_screen import build_check_screen  # noqa: E402
from app.ui.shell.page import Bench, PageScreen  # noqa: E402
from app.ui.tasks import TaskRunner  # noqa: E402
from app.ui.theme.look import Look  # noqa: E402
from app.ui.theme.scale import TypeSize  # noqa: E402

TURN_MS = 5
MOST_MS = 50.0


class NoPrinter:
    """A machine without one: everything goes into a file."""

    def printers(self) -> list[str]:
        return []

    def kept(self, _printers: object) -> int | None:
        return 0

    def send(self, _pdf: bytes, _printer: str, *, leaf: int | None = None) -> None:
        raise AssertionError(leaf)


class Watched:
    """The gaps between the turns of the thread that answers keys."""

    def __init__(self) -> None:
        self.held: list[bool] = []
        self._gaps: list[float] = []
        self._busy: list[float] = []
        self._last = self._worked = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._turn)
        self._timer.start(TURN_MS)

    @contextmanager
    def during(self, what: str, idle: Callable[[], bool], *, barred: bool = True) -> Iterator[None]:
        """Start something in the block; watch until both runners are idle again."""
        self._gaps, self._busy = [], []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        began = self._last
        yield
        while True:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if idle() and time.perf_counter() - began > TURN_MS / 1000:
                break
        held = max(self._gaps) <= MOST_MS
        self.held.append(held or not barred)
        verdict = f"  bar {MOST_MS:g}  {'ok' if held else 'MISSED'}" if barred else ""
        print(
            f"  {what:<38} longest {max(self._gaps):6.1f} ms  p95 {p95(self._gaps):5.1f} ms"
            f"  own work in one turn {max(self._busy):5.1f} ms"
            f"  of {len(self._gaps):,} turns in {time.perf_counter() - began:.1f} s"
            f"{verdict}"
        )

    def _turn(self) -> None:
        now = time.perf_counter()
        self._gaps.append(max((now - self._last) * 1000 - TURN_MS, 0.0))
        worked = time.thread_time()
        self._busy.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked


def opened(home: Path) -> tuple[OpenVault, Desk, str]:
    """The furnished vault, as of a laptop the county has given its number, and its first group."""
    clock = SystemClock()
    vault = open_vault(home / "vault", PASSPHRASE, clock=clock)
    with begin_in(vault, clock)() as work:
        given = {"device_no": "7", "county_id": "459901", "village_code": "459901103207"}
        work.connection.execute(update(table_of(DeviceRow)).values(given))
        work.commit()
    desk = open_desk(vault, clock, Policies())
    return vault, desk, Batches(desk.printing).groups()[0]


def measured(home: Path, watched: Watched) -> None:
    """The batch page and the page that checks a paper, with nothing behind them replaced."""
    store, work = TaskRunner("store"), TaskRunner("work")
    desk: list[object] = []
    store.run(partial(opened, home), done=desk.extend, failed=print)
    while not desk:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    vault, use, first = desk
    assert isinstance(vault, OpenVault)
    assert isinstance(use, Desk)
    assert isinstance(first, str)
    bench = Bench(store, work, SystemClock(), Changes(), lambda *_: None, lambda: None)

    def idle() -> bool:
        return store.idle and work.idle

    _view, batch = shown(build_batch_screen(use.printing, NoPrinter(), bench))
    until = time.perf_counter() + 2
    with watched.during("nothing at all", lambda: time.perf_counter() > until, barred=False):
        pass
    with watched.during("the page opens", idle, barred=False):
        batch.open(None)
    with watched.during("counting a whole village's papers", idle):
        batch.choose_purpose(Purpose.VISITING)
        batch.choose_group(WHOLE_VILLAGE)
    with watched.during("printing them into one PDF", idle):
        batch.put_into(str(home / "all.pdf"))
    with watched.during("counting one group's", idle):
        batch.choose_group(first)
    with watched.during("printing them into one PDF", idle):
        batch.put_into(str(home / "one.pdf"))
    view, check = shown(build_check_screen(use.paper_checks, bench))
    with watched.during("checking that PDF against the records", idle):
        check.check_file(str(home / "one.pdf"))
    print(f"  said: {view.verdict.headline.text()}")
    store.run(vault.close, done=print, failed=print)
    store.close()
    work.close()


def shown(screen: PageScreen) -> tuple[Any, Any]:
    """On view, as the window shows it: its view and what decides on it."""
    screen.view.resize(1200, 700)
    screen.view.show()
    return screen.view, screen.presenter


def main(households: int = 3000) -> int:
    """Measure everything; 1 when the bar is missed."""
    application = QApplication([])
    GarbageOnGuiThread(application, lambda: False)  # somebody is always at the keys
    look = Look(application, size=TypeSize.STANDARD, dark=False)
    with tempfile.TemporaryDirectory() as folder:
        print(f"the window, {furnish(Path(folder), households)}")
        watched = Watched()
        measured(Path(folder), watched)
    del look
    return 0 if all(watched.held) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
