"""Opening the vault: one try at a time, and how long to wait after wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from app.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from app.ui.doors import Asked, Made, Remedy, UnlockDoors
    from app.ui.runner import Runner
    from app.ui.unlock.asking import AskingPresenter


class UnlockScreen(Protocol):
    """What the unlock page can show."""

    def busy(self) -> None:
        """A try is under way; nothing can be typed."""
        ...

    def ready(self) -> None:
        """The next try may be made; the field is empty and has the focus."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it did not open."""
        ...

    def wait(self, seconds: int) -> None:
        """Count down before the next try."""
        ...

    def offer(self, remedies: Sequence[Remedy]) -> None:
        """Buttons for what can be done about it; none takes them away."""
        ...

    def ask_for(self, remedy: Remedy, what: str) -> None:
        """The next passphrase starts `remedy`; `what` says what will happen."""
        ...

    def show_recovery_code(self, made: Made) -> None:
        """The new recovery sheet, to be written down before going on."""
        ...

    def join_county(self, road: AskingPresenter) -> None:
        """What is asked of the county goes down `road`."""
        ...

    def show_county(self, asked: Asked | None) -> None:
        """The request that waits for the county, or the way to make one."""
        ...

    def resume_county(self) -> None:
        """What was typed for the county stays, to be mended."""
        ...

    def ask_where(self) -> None:
        """On which stick the request goes."""
        ...


class UnlockPresenter:
    """Unlocks on the work runner, because deriving the key takes a second by design."""

    def __init__(
        self,
        screen: UnlockScreen,
        work: Runner,
        *,
        doors: Callable[[], UnlockDoors],
        opened: Callable[[object], None],
    ) -> None:
        self._screen = screen
        self._work = work
        self._behind = doors
        self._opened = opened
        self._made: Made | None = None
        self._remedy: Remedy | None = None

    @cached_property
    def _doors(self) -> UnlockDoors:
        """What stands behind the page, made when it is asked the first time."""
        return self._behind()

    @cached_property
    def asking(self) -> AskingPresenter:
        """The road over the county."""
        from app.ui.unlock.asking import AskingPresenter  # not in the first picture

        road = AskingPresenter(self._screen, self._work, doors=self._doors, made=self.recovered)
        self._screen.join_county(road)
        return road

    def unlock(self, passphrase: str) -> None:
        """Try `passphrase`, or start with it the remedy that was chosen."""
        if not passphrase:
            return
        self._screen.busy()
        remedy, self._remedy = self._remedy, None
        if remedy is None:
            way = partial(self._doors.unlock, passphrase)
        else:
            way = partial(self._doors.mend, remedy, passphrase)
        self._work.run(way, done=self._opened, failed=self._failed)

    def choose(self, remedy: Remedy) -> None:
        """Say what `remedy` will do; it begins with the passphrase."""
        self._work.run(
            partial(self._doors.foresee, remedy),
            done=partial(self._foreseen, remedy),
            failed=self._failed,
        )

    def drop(self) -> None:
        """Rather not: the next passphrase opens as always."""
        self._remedy = None
        self._screen.ready()

    def restore(self) -> None:
        """Begin with putting the newest backup back: that is why the window was locked."""
        from app.ui.doors import Remedy  # not in the first picture

        self.choose(Remedy.RESTORE)

    def stay_shut(self, problem: Problem) -> None:
        """The passphrase was right, the vault did not open all the same."""
        self._failed(problem)

    def recover(self, code: str, passphrase: str, again: str) -> None:
        """Open with the recovery sheet; the new passphrase is typed twice."""
        from app.ui.twice import require_same  # not in the first picture

        try:
            require_same(passphrase, again)
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        self._screen.busy()
        self._work.run(
            partial(self._recover, code, passphrase), done=self.recovered, failed=self._failed
        )

    def want_county(self) -> None:
        """The sheet is lost too: on with the request that waits, or a new one."""
        self.asking.show()

    def recovered(self, made: Made) -> None:
        """It opened another way than by the passphrase: the new sheet comes first."""
        self._made = made
        self._screen.ready()
        self._screen.show_recovery_code(made)

    def print_recovery(self) -> None:
        """Print the new sheet."""
        if self._made is not None:
            self._work.run(
                partial(self._doors.print_recovery, self._made.recovery_code),
                done=_nothing,
                failed=self._screen.show_problem,
            )

    def confirm_recovery(self) -> None:
        """The sheet was written down and checked: go on."""
        if self._made is not None:
            self._opened(self._made.session)

    def _recover(self, code: str, passphrase: str) -> Made:
        """On the work thread."""
        self._doors.check_passphrase(passphrase)
        return self._doors.recover(code, passphrase)

    def _foreseen(self, remedy: Remedy, what: str) -> None:
        self._remedy = remedy
        self._screen.ask_for(remedy, what)

    def _failed(self, problem: Problem) -> None:
        self._screen.ready()
        self._screen.show_problem(problem)
        self._screen.offer(_remedies(problem.code))
        self._work.run(self._doors.wait_seconds, done=self._wait, failed=self._screen.show_problem)

    def _wait(self, seconds: int) -> None:
        if seconds > 0:
            self._screen.wait(seconds)


def _remedies(code: str) -> Sequence[Remedy]:
    """What the sentence of `code` tells the person to do can be done here."""
    from app.ui.doors import Remedy  # not in the first picture

    remedies = {
        "V-02": (Remedy.REPAIR, Remedy.RESTORE),
        "V-03": (Remedy.RESTORE,),
        "V-09": (Remedy.RESTORE, Remedy.ACCEPT),
        "V-10": (Remedy.RESTORE, Remedy.ACCEPT),
        "V-16": (Remedy.RESTORE,),  # the one before
    }
    return remedies.get(code, ())


def _nothing(_answer: None) -> None:
    """Printing needs no further answer here: the queue shows the rest."""
