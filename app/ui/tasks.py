"""The two runners, and with them the only threads of the program (ADR 0002).

`store` is the only thread that touches the database handle; its jobs are short. `work` takes key
derivation, PDF making and the network, and holds no handle but a backup's, for the daily check:
when it needs the database it asks the store thread through `call`. Answers arrive on the GUI
thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property, partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6 import QtCore
from PySide6.QtCore import QObject, QThread, Signal, Slot

from app.domain.problem import Problem, Unavailable
from app.ui.runner import Steps

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")


class CountedSteps:
    """Handed to a counted job, and to the presenter who may stop it. Safe from both threads."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody asked the job to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    def at(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the job is. Cheap: may be called for every record."""
        self._tell(done, total, text)


class _Waiting(NamedTuple):
    """A job and whom to tell. Kept by the GUI thread until told, so that the last reference to a
    screen is never dropped on another thread (a widget must die where it lives)."""

    job: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Problem], None]


class TaskRunner(QObject):
    """Runs jobs one at a time on its own thread; answers on the GUI thread."""

    _answered = Signal(int, object)
    _stepped = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tickets = count()
        self._waiting: dict[int, _Waiting] = {}
        self._counted: list[CountedSteps] = []
        self._closed = False

    def run(
        self, job: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        """Queue `job`. After `close` nothing is run and nobody is called."""
        if self._closed:
            return
        ticket = next(self._tickets)
        self._waiting[ticket] = _Waiting(job, done, failed)
        self._pool.submit(self._work, ticket)

    def run_counted(
        self,
        job: Callable[[Steps], T],
        *,
        moved: Callable[[int, int, str], None],
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
    ) -> CountedSteps:
        """Queue a job that counts its steps; the answer can stop it."""
        steps = CountedSteps(partial(self._step, moved))
        self._counted.append(steps)
        self.run(partial(job, steps), done=done, failed=failed)
        return steps

    def call(self, job: Callable[[], T]) -> T:
        """Run `job` here and wait for it: the work thread's way to the database.

        Raises what `job` raises; RuntimeError on the GUI thread, which must never wait.
        """
        if QThread.currentThread() is self.thread():
            raise RuntimeError("the GUI thread never waits for a job")
        return self._pool.submit(job).result()

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """The one thread, made with the first job; its news is queued for the GUI thread."""
        from concurrent.futures import ThreadPoolExecutor  # not before the first picture

        queued = QtCore.Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._deliver, queued)
        self._stepped.connect(self._tell_step, queued)
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)

    @property
    def idle(self) -> bool:
        """Whether every job was answered."""
        return not self._waiting

    def close(self, *, wait: bool = True) -> None:
        """Drop the queued jobs, tell counted ones to stop, answer nobody any more.

        `wait` for the running job; without it the process is about to be replaced.
        """
        self._closed = True
        for steps in self._counted:
            steps.stop()
        if "_pool" in self.__dict__:
            self._pool.shutdown(wait=wait, cancel_futures=True)
        self._waiting.clear()

    def _work(self, ticket: int) -> None:
        """On the runner's thread: do the job and send the answer over."""
        job = self._waiting[ticket].job
        try:
            answer: object = job()
        except Exception as error:  # every failure belongs to the screen that asked, or the hook
            answer = _Failure(error)
        del job
        self._answered.emit(ticket, answer)

    def _step(self, moved: Callable[[int, int, str], None], *step: Any) -> None:  # noqa: ANN401  # passed on
        """On the runner's thread: send a step over."""
        self._stepped.emit(partial(moved, *step))

    @Slot(object)
    def _tell_step(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    @Slot(int, object)
    def _deliver(self, ticket: int, answer: object) -> None:
        """On the GUI thread. A closed runner stays silent: its screens may be gone."""
        waiting = self._waiting.pop(ticket, None)
        if waiting is None:
            return
        if not self._waiting:
            self._counted.clear()
        if isinstance(answer, _Failure):
            _fail(waiting.failed, answer.error)
        else:
            waiting.done(answer)


class _Failure(NamedTuple):
    """What a job raised."""

    error: Exception


def _fail(failed: Callable[[Problem], None], error: Exception) -> None:
    """Give an expected failure to the screen; give a bug to the screen *and* the excepthook."""
    if isinstance(error, Problem):
        failed(error)
        return
    try:
        failed(_own_fault())
    finally:
        raise error


def _own_fault() -> Unavailable:
    """What a form is told when the program, not the person, is wrong."""
    return Unavailable(
        "程序自己出了错，这一步没做成。",
        do="请再试一次；还不行，请记下编号告诉县里。",
        code="X-01",
    )
