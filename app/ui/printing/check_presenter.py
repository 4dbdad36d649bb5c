"""核对一张纸: a code or a file comes in, whether paper and record agree comes out. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from app.documents.counting import pages_of
from app.documents.pdfium import Picture
from app.documents.reading import LARGEST, Stopped
from app.domain.problem import Problem, Refused, Unavailable
from app.domain.verification import normal_code
from app.services.paper_checks import PaperAnswer
from app.services.paper_findings import PaperFindings, PaperFound
from app.ui.form_screen import FormScreen
from app.ui.nouns import Noun
from app.ui.printing.check_table import Verdict, verdict_of_code, verdict_of_file
from app.ui.printing.raster import picture
from app.ui.runner import Runner, Steps, Stop

_SAME: Final = frozenset({PaperAnswer.AGREES, PaperAnswer.DIFFERS})
"""Answers after which the record's own paper can be shown."""


Judge = Callable[[Sequence[PaperFound]], Verdict]


class CheckScreen(FormScreen, Protocol):
    """What the page can show."""

    def show_found(self, verdict: Verdict, found: Sequence[PaperFound]) -> None:
        """What came out, and every paper it is about."""
        ...

    def show_page(self, page: Picture, number: int, of: int) -> None:
        """The record's own paper, to lay beside."""
        ...

    def show_no_page(self, why: str) -> None:
        """Why there is none."""
        ...

    def preview_width(self) -> int:
        """How many pixels wide the picture should be."""
        ...

    def show_progress(self, done: int, total: int, text: str) -> None:
        """How far a file is read; it can be stopped."""
        ...

    def show_stopped(self) -> None:
        """Nothing came out because somebody said so."""
        ...


class Beside(NamedTuple):
    """The record's own paper and how many pages it has."""

    pdf: bytes
    pages: int


class CheckPresenter:
    """Decides on the page.

    A file is read, drawn and compared on the work thread, for that takes its time; the store thread
    is asked for what the records say, paper by paper.
    """

    def __init__(
        self, screen: CheckScreen, store: Runner, work: Runner, findings: PaperFindings
    ) -> None:
        self._screen = screen
        self._store = store
        self._work = work
        self._findings = findings
        self._found: tuple[PaperFound, ...] = ()
        self._beside: Beside | None = None
        self._at = 0
        self._page = 0
        self._asked = 0
        self._running: Stop | None = None

    def open(self, _subject: str | None) -> None:
        """What was checked last is still to be read."""

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """What was saved elsewhere makes the last answer old; a paper is checked again by hand."""

    def check_code(self, code: str) -> None:
        """The code was typed."""
        if normal_code(code.strip()):
            self._screen.lock()
            self._work.run(
                partial(self._of_code, code.strip()),
                done=partial(self._checked, verdict_of_one),
                failed=self._failed,
            )
        else:
            self._screen.show_problem(_no_code())

    def check_file(self, path: str) -> None:
        """A PDF was chosen."""
        self._screen.lock()
        self._running = self._work.run_counted(
            partial(self._of_file, Path(path)),
            moved=self._screen.show_progress,
            done=partial(self._checked, verdict_of_file),
            failed=self._failed,
        )

    def stop(self) -> None:
        """Enough of this file."""
        if self._running is not None:
            self._running.stop()

    def look_at(self, number: object) -> None:
        """One paper of several; the record's own is shown beside it."""
        if isinstance(number, int) and number < len(self._found) and number != self._at:
            self._at = number
            self._show_beside(self._found[number])

    def turn(self, by: int) -> None:
        """To another page of it."""
        beside, page = self._beside, self._page + by
        if beside is not None and 0 <= page < beside.pages:
            self._page = page
            self._draw(beside)

    def _of_code(self, code: str) -> list[PaperFound]:
        return self._store.call(partial(self._findings.of_code, code))

    def _of_file(self, path: Path, steps: Steps) -> list[PaperFound] | None:
        def step(done: int, total: int) -> None:
            if steps.stopped:
                raise Stopped
            steps.at(done, total)

        return self._findings.of_file(_read(path), self._store.call, step)

    def _checked(self, verdict: Judge, found: list[PaperFound] | None) -> None:
        self._running = None
        self._screen.unlock()
        if found is None:
            self._found, self._beside = (), None
            self._screen.show_stopped()
            return
        self._found, self._at = tuple(found), 0
        self._screen.show_found(verdict(found), found)
        if found:
            self._show_beside(found[0])
        else:
            self._show_nothing("")

    def _failed(self, problem: Problem) -> None:
        self._running = None
        self._screen.unlock()
        self._found, self._beside = (), None
        self._screen.show_problem(problem)

    def _show_beside(self, found: PaperFound) -> None:
        printed = found.check.printed
        self._asked += 1
        if printed is None or found.check.answer not in _SAME:
            self._show_nothing("记录里没有能对着看的这一张。")
            return
        self._work.run(
            partial(self._make, printed.code),
            done=partial(self._made, self._asked),
            failed=self._not_made,
        )

    def _make(self, code: str) -> Beside:
        pdf = self._findings.again(code, self._store.call)
        return Beside(pdf, pages_of(pdf))

    def _made(self, asked: int, beside: Beside) -> None:
        if asked == self._asked:
            self._beside, self._page = beside, 0
            self._draw(beside)

    def _not_made(self, problem: Problem) -> None:
        self._show_nothing(problem.what)

    def _show_nothing(self, why: str) -> None:
        self._beside = None
        self._screen.show_no_page(why)

    def _draw(self, beside: Beside) -> None:
        self._work.run(
            partial(picture, beside.pdf, self._page, width=self._screen.preview_width()),
            done=partial(self._drawn, beside, self._page),
            failed=self._screen.show_problem,
        )

    def _drawn(self, beside: Beside, number: int, page: Picture) -> None:
        if beside is self._beside and number == self._page:
            self._screen.show_page(page, number + 1, beside.pages)


def verdict_of_one(found: Sequence[PaperFound]) -> Verdict:
    """A code finds exactly one."""
    return verdict_of_code(found[0])


def _read(path: Path) -> bytes:
    """The file, and of one far too large no more than it takes to say so. Raises Unavailable
    P-61."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Unavailable(
            "这个文件读不出来。",
            safe="这台电脑里的记录都在，没有改动。",
            do="请看看 U 盘插好了没有，再选一次；或者输入纸上的校验码。",
            code="P-61",
        ) from error


def _no_code() -> Refused:
    return Refused(
        "还没有输入校验码。",
        do="校验码印在每页最下面，十二个字母和数字；也可以选一个 PDF 文件。",
        code="P-62",
    )
