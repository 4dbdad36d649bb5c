"""Has the vault checked through once a day, while nobody is typing and no job is waiting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.problem import Problem

if TYPE_CHECKING:
    from app.services.selfcheck import Round
    from app.ui.shell.idle import IdleWatch
    from app.ui.tasks import TaskRunner

QUIET_SECONDS: Final = 20
LOOK_EVERY_MS: Final = 15_000


class Check(Protocol):
    """The vault's daily check; both calls run on the store runner."""

    def begin(self) -> Round | None:
        """A round when one is due."""
        ...

    def finish(self, done: Round) -> Problem | None:
        """What a person should know about it. Raises Problem."""
        ...


class Checkup(QObject):
    """`found(Problem)`. Piece by piece, so that whatever she asks for meanwhile comes first."""

    found = Signal(object)

    def __init__(
        self,
        check: Check,
        idle: IdleWatch,
        *,
        store: TaskRunner,
        work: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._idle = idle
        self._store = store
        self._work = work
        self._round: Round | None = None
        self._asking = False
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """The vault is about to be closed: ask nothing of it any more."""
        self._stopped = True
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Go on when she is quiet and the runners are free."""
        if self._stopped or self._asking or self._idle.quiet_seconds < QUIET_SECONDS:
            return
        if not (self._store.idle and self._work.idle):
            return
        self._asking = True
        if self._round is None:
            self._store.run(self._check.begin, done=self._begun, failed=self._failed)
        else:
            self._step(self._round)

    def _begun(self, begun: Round | None) -> None:
        self._round = begun
        if begun is None:
            self._asking = False
        else:
            self._step(begun)

    def _step(self, round_: Round) -> None:
        self._work.run(round_.step, done=self._stepped, failed=self._failed)

    def _stepped(self, more: bool) -> None:  # noqa: FBT001  # a job's answer
        self._asking = False
        if self._stopped or self._round is None:
            return
        if more:
            self.look()  # at once, or when she is quiet again
            return
        done, self._round = self._round, None
        self._asking = True
        self._store.run(partial(self._check.finish, done), done=self._finished, failed=self._failed)

    def _finished(self, trouble: Problem | None) -> None:
        self._asking = False
        if trouble is not None:
            self._failed(trouble)

    def _failed(self, problem: Problem) -> None:
        """Said once: until the window is opened again it is not looked for a second time."""
        self.stop()
        self.found.emit(problem)
