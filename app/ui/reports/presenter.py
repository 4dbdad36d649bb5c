"""报送: the quarters, one of them with its figures, and that it was reported; F24. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Protocol

from app.domain.fund import month_of
from app.domain.problem import Problem, Refused
from app.domain.reports import Quarter, ReportFigures
from app.domain.workdays import month_start
from app.services.papers import REPORT
from app.services.reports import ReportFile, ReportLine
from app.ui.form_screen import FormScreen
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Wanted
from app.ui.relief.papers import PaperErrand, PaperScreen
from app.ui.reports.desk import ReportDesk
from app.ui.reports.form import TIME, ReportForm
from app.ui.runner import Runner


class ReportScreen(PaperScreen, FormScreen, Protocol):
    """What the page can show."""

    def show_list(self, lines: Sequence[ReportLine]) -> None:
        """The quarters."""
        ...

    def show_file(self, file: ReportFile) -> None:
        """One quarter."""
        ...

    def ask(self, file: ReportFile, form: ReportForm) -> None:
        """The fields of a report."""
        ...

    def show_figures(self, figures: ReportFigures) -> None:
        """The figures of the days that were answered."""
        ...

    def say(self, headline: str) -> None:
        """What was done."""
        ...


class ReportPresenter:
    """Decides on the page."""

    def __init__(
        self,
        screen: ReportScreen,
        store: Runner,
        desk: ReportDesk,
        press: Press,
        *,
        today: Callable[[], date],
        announce: Announce,
        mark_saved: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._papers = PaperErrand(screen, press, announce=announce)
        self._today = today
        self._announce = announce
        self._mark_saved = mark_saved
        self._quarter: Quarter | None = None
        self._file: ReportFile | None = None
        self._form: ReportForm | None = None

    def open(self, subject: str | None) -> None:
        """One quarter by its key, or the list."""
        self._file = self._form = None
        try:
            self._quarter = None if subject is None else Quarter.parse(subject)
        except ValueError:
            self._quarter = None
        self._look_up()

    def refresh(self, _nouns: frozenset[Noun]) -> None:
        """Something was saved; not while she fills in a report."""
        if self._form is None:
            self._look_up()

    def show_all(self) -> None:
        """The list."""
        self.open(None)

    def open_quarter(self, key: object) -> None:
        """A line of the list."""
        self.open(str(key))

    def print(self, months_ago: object) -> None:
        """F24 of the month so many months ago; of the quarter that is open for None."""
        if isinstance(months_ago, int):
            about = month_of(month_start(self._today(), -months_ago))
        elif self._quarter is not None:
            about = self._quarter.key
        else:
            return
        self._papers.make(Wanted(REPORT, None, about))

    def save_paper(self) -> None:
        """The paper that could not be printed goes into a file: where?"""
        self._papers.save()

    def put_into(self, path: str) -> None:
        """The place for the PDF was chosen."""
        self._papers.put_into(path)

    def begin(self) -> None:
        """It was reported: what is asked of it."""
        if self._file is not None:
            self._ask(ReportForm.of(self._file, self._today()))

    def answer(self, field: str, value: object) -> None:
        """A field was committed; it is kept at once."""
        if self._form is None or self._quarter is None:
            return
        self._form = replace(self._form, **{field: value})  # type: ignore[arg-type]  # the view's
        self._store.run(
            partial(self._desk.keep, self._quarter, self._form),
            done=self._kept,
            failed=self._screen.show_problem,
        )
        if field in TIME:
            self._count(self._form)

    def back(self) -> None:
        """Not now after all."""
        self._form = None
        if self._quarter is not None:
            self._store.run(
                partial(self._desk.drop, self._quarter),
                done=self._kept,
                failed=self._screen.show_problem,
            )
        self._look_up()

    def confirm(self) -> None:
        """Record it."""
        if self._form is None or self._quarter is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.tell, self._quarter, self._form),
            done=self._told,
            failed=self._failed,
        )

    def _look_up(self) -> None:
        if self._quarter is None:
            self._store.run(self._desk.lines, done=self._list, failed=self._screen.show_problem)
        else:
            see = partial(self._desk.see, self._quarter)
            self._store.run(see, done=self._show, failed=self._screen.show_problem)

    def _list(self, lines: Sequence[ReportLine]) -> None:
        if self._quarter is None:
            self._screen.show_list(lines)

    def _show(self, seen: tuple[ReportFile, Mapping[str, Any] | None]) -> None:
        file, draft = seen
        if file.line.quarter != self._quarter or self._form is not None:
            return
        self._file = file
        self._screen.show_file(file)
        if draft is not None:
            self._ask(ReportForm.of_draft(draft))

    def _ask(self, form: ReportForm) -> None:
        if self._file is not None:
            self._form = form
            self._screen.ask(self._file, form)
            self._count(form)

    def _count(self, form: ReportForm) -> None:
        """The figures of the days answered, as soon as both are there."""
        if form.first is not None and form.last is not None:
            self._store.run(
                partial(self._desk.figures, form.first, form.last),
                done=self._screen.show_figures,
                failed=self._screen.show_problem,
            )

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _told(self, file: ReportFile) -> None:
        self._file, self._form = file, None
        self._mark_saved()
        self._screen.unlock()
        self._screen.show_file(file)
        self._screen.say(f"记好了：{file.line.quarter.label}已经报送。")
        self._announce(frozenset({Noun.VISIT}))

    def _failed(self, problem: Problem | Refused) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
