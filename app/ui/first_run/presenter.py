"""The first run: from "type a word" to a vault with a roster, or straight to the practice one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from app.domain.problem import Problem, Refused
from app.domain.words import Word
from app.ui.doors import FirstRunDoors, Imported, Made, Ticket
from app.ui.runner import Runner, Steps
from app.ui.twice import require_same


class Step(Word):
    """The four pages; `SHEET` is the second half of the third."""

    TRY = "try", "打个字试试"
    WHO = "who", "你是谁"
    PASSPHRASE = "passphrase", "设口令"
    SHEET = "sheet", "恢复纸"
    ROSTER = "roster", "名册从哪来"


_BEFORE = {Step.WHO: Step.TRY, Step.PASSPHRASE: Step.WHO}
"""Where 上一步 leads; after the vault was made there is no way back, only on."""


class FirstRunScreen(Protocol):
    """What the first run can show."""

    def show_step(self, step: Step, *, practice: bool) -> None:
        """One of the pages; `practice`: on the way to the practice village."""
        ...

    def show_ticket(self, ticket: Ticket) -> None:
        """Whom the county's file names, with the fingerprint to compare."""
        ...

    def show_sheet(self, code: str) -> None:
        """The recovery code."""
        ...

    def busy(self, text: str) -> None:
        """Something takes a while; nothing can be typed."""
        ...

    def moved(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        ...

    def ready(self) -> None:
        """It is over, one way or the other."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it did not work."""
        ...


class FirstRunPresenter:
    """Knows which page comes next; `opened(session, page)` ends the first run."""

    def __init__(
        self,
        screen: FirstRunScreen,
        work: Runner,
        *,
        doors: FirstRunDoors,
        opened: Callable[[object, str], None],
    ) -> None:
        self._screen = screen
        self._work = work
        self._doors = doors
        self._opened = opened
        self._step = Step.TRY
        self._practice = False
        self._ticket: Ticket | None = None
        self._made: Made | None = None

    def begin(self) -> None:
        """Show the first page."""
        self._show(Step.TRY)

    def go_on(self) -> None:
        """下一步 of the first two pages."""
        if self._step is Step.TRY:
            self._show(Step.WHO)
        elif self._step is Step.WHO and self._ticket is not None:
            self._practice = False
            self._show(Step.PASSPHRASE)
        elif self._step is Step.WHO:
            self._screen.show_problem(
                Refused(
                    "还没选县里给的绑定文件。",
                    do="请点“选绑定文件”；手上还没有，可以先用练习村。",
                    code="V-32",
                )
            )

    def go_back(self) -> None:
        """上一步."""
        before = _BEFORE.get(self._step)
        if before is not None:
            self._show(before)

    def choose_practice(self) -> None:
        """The practice village; it needs a passphrase, too, so that the real one is no surprise."""
        self._practice = True
        self._show(Step.PASSPHRASE)

    def read_ticket(self, path: Path) -> None:
        """Read the county's file."""
        self._screen.busy("正在看绑定文件…")
        self._work.run(
            partial(self._doors.read_ticket, path), done=self._got_ticket, failed=self._failed
        )

    def fetch_ticket(self, url: str, code: str) -> None:
        """Fetch the county's file by the code that was told."""
        self._screen.busy("正在向县里取绑定资料…")
        self._work.run(
            partial(self._doors.fetch_ticket, url, code), done=self._got_ticket, failed=self._failed
        )

    def set_passphrase(self, passphrase: str, again: str) -> None:
        """Make the vault, or the practice village, with this passphrase."""
        try:
            require_same(passphrase, again)
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        making = "正在造练习村…" if self._practice else "正在造保险箱…"
        self._screen.busy(making)
        self._work.run_counted(
            partial(self._make, passphrase),
            moved=self._screen.moved,
            done=self._got_vault,
            failed=self._failed,
        )

    def print_sheet(self) -> None:
        """Print the recovery sheet."""
        if self._made is not None:
            self._work.run(
                partial(self._doors.print_recovery, self._made.recovery_code),
                done=_nothing,
                failed=self._screen.show_problem,
            )

    def confirm_sheet(self) -> None:
        """The sheet was checked."""
        self._show(Step.ROSTER)

    def start_with(self, page: str) -> None:
        """Leave the first run for `page`: the sync page for county or stick, else today's work."""
        if self._made is not None:
            self._opened(self._made.session, page)

    def stay_shut(self, problem: Problem) -> None:
        """The vault that was just made did not open."""
        self._failed(problem)

    def take_roster(self, path: Path, steps: Steps) -> Imported:
        """Take an Excel roster into the vault just made. Runs on the work thread."""
        if self._made is None:
            raise RuntimeError("the roster's page comes after the vault")
        return self._doors.import_roster(self._made.session, path, steps)

    def _make(self, passphrase: str, steps: Steps) -> Made:
        """On the work thread."""
        self._doors.check_passphrase(passphrase)
        if self._practice or self._ticket is None:
            return self._doors.practise(passphrase, steps)
        return self._doors.create(self._ticket, passphrase)

    def _got_ticket(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self._screen.ready()
        self._screen.show_ticket(ticket)

    def _got_vault(self, made: Made) -> None:
        self._made = made
        self._screen.ready()
        if made.recovery_code:
            self._screen.show_sheet(made.recovery_code)
            self._show(Step.SHEET)
        else:
            self._opened(made.session, "today")

    def _failed(self, problem: Problem) -> None:
        self._screen.ready()
        self._screen.show_problem(problem)

    def _show(self, step: Step) -> None:
        self._step = step
        self._screen.show_step(step, practice=self._practice)


def _nothing(_answer: None) -> None:
    """Printing needs no further answer here: the queue shows the rest."""
