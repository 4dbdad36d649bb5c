"""照料备案: the list of what is in hand, and the records of one household. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from app.domain.caring import CareAgreement, SelfCareAssessment
from app.domain.problem import Problem
from app.services.caring_book import CaringFile, CaringLine
from app.ui.caring.deeds import (
    READERS,
    CaringForm,
    Deed,
    asked_for,
    deed_named,
    deeds_of,
    name_of,
)
from app.ui.caring.desk import CaringDesk
from app.ui.drafting import kept, read
from app.ui.form_screen import FormScreen
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner


class CaringScreen(FormScreen, Protocol):
    """What the page can show."""

    def show_list(self, lines: Sequence[CaringLine], deeds: Sequence[Deed]) -> None:
        """The list, instead of a household."""
        ...

    def show_file(self, file: CaringFile, deeds: Sequence[Deed]) -> None:
        """One household and what can be done about it."""
        ...

    def ask(self, deed: Deed, fields: Sequence[str], form: CaringForm) -> None:
        """The fields of one deed."""
        ...

    def say(self, headline: str) -> None:
        """What was done."""
        ...


class CaringPresenter:
    """Decides on the page."""

    def __init__(
        self,
        screen: CaringScreen,
        store: Runner,
        desk: CaringDesk,
        *,
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._subject: str | None = None
        self._file: CaringFile | None = None
        self._deed: Deed | None = None
        self._form = CaringForm()
        self._is_fresh = False

    def open(self, subject: str | None) -> None:
        """A household, one of its records, or the list."""
        self._subject, self._file, self._deed = subject, None, None
        self._form = CaringForm()
        self._is_fresh = True
        self._look_up()

    def refresh(self, _nouns: frozenset[Noun]) -> None:
        """Something was saved; not while she fills in a deed."""
        if self._deed is None:
            self._look_up()

    def show_all(self) -> None:
        """The list."""
        self.open(None)

    def open_record(self, record: object) -> None:
        """A line of the list, or a record of the household."""
        if isinstance(record, str):
            self.open(record)

    def print_papers(self) -> None:
        """The papers of the agreement or assessment in front, or of the household."""
        file = self._file
        if file is not None and file.household is not None:
            alone = isinstance(file.at, CareAgreement | SelfCareAssessment)
            about = file.at.id if alone and file.at is not None else file.household
            self._go("printing", about)

    def choose(self, deed: Deed) -> None:
        """A deed was pressed: its fields."""
        self._deed = deed
        self._screen.ask(deed, asked_for(deed), self._form)

    def answer(self, field: str, value: object) -> None:
        """A field was committed; it is kept at once."""
        self._form = replace(self._form, **{field: value})  # type: ignore[arg-type]  # the view's
        if self._deed is not None:
            at = None if self._file is None or self._file.at is None else self._file.at.id
            told = {"deed": name_of(self._deed), "at": at, "answers": kept(self._form)}
            self._run_quietly(partial(self._desk.keep, self._file, told))

    def back(self) -> None:
        """Not this deed after all; what was typed stays for the next, as long as the page does."""
        self._deed = None
        self._run_quietly(partial(self._desk.drop, self._file))
        self._look_up()

    def confirm(self) -> None:
        """Do it."""
        if self._deed is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.do, self._file, self._deed, self._form),
            done=partial(self._done, self._deed),
            failed=self._failed,
        )

    def _look_up(self) -> None:
        if self._subject is None:
            self._store.run(self._desk.lines, done=self._list, failed=self._screen.show_problem)
        else:
            see = partial(self._desk.see, self._subject)
            self._store.run(see, done=self._show, failed=self._screen.show_problem)

    def _list(self, lines: Sequence[CaringLine]) -> None:
        if self._subject is None and self._deed is None:
            self._screen.show_list(lines, deeds_of(None))
            self._look_for_draft()

    def _show(self, file: CaringFile) -> None:
        if self._subject is not None and self._deed is None:
            self._file = file
            self._screen.show_file(file, deeds_of(file))
            self._look_for_draft()

    def _look_for_draft(self) -> None:
        """What was half told when the page was left comes up again, once."""
        if self._is_fresh:
            self._is_fresh = False
            self._store.run(
                partial(self._desk.draft, self._file),
                done=partial(self._go_on, self._subject),
                failed=self._screen.show_problem,
            )

    def _go_on(self, subject: str | None, draft: Mapping[str, Any] | None) -> None:
        if draft is None or subject != self._subject or self._deed is not None:
            return
        at = None if self._file is None or self._file.at is None else self._file.at.id
        if draft["at"] not in (None, at):
            self.open(draft["at"])
            return
        deed = deed_named(draft["deed"])
        if deed is not None and deed in deeds_of(self._file):
            self._form = CaringForm(**read(draft["answers"], READERS))
            self.choose(deed)

    def _run_quietly(self, job: Callable[[], None]) -> None:
        self._store.run(job, done=self._kept, failed=self._screen.show_problem)

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _done(self, deed: Deed, file: CaringFile) -> None:
        self._deed, self._form = None, CaringForm()
        if file.at is not None:
            self._subject = file.at.id
        self._mark_saved()
        self._screen.unlock()
        self._show(file)
        self._screen.say(f"记好了：{deed.label}。")
        self._announce(frozenset({Noun.HOUSEHOLD}))

    def _failed(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
