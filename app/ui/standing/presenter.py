"""复核渐退: the list of what runs and is due, and everything one household stands in. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Protocol

from app.domain.ids import BenefitId, HouseholdId
from app.domain.problem import Problem
from app.services.papers import CHANGES, GRACE
from app.services.standing_book import StandingFile, StandingList
from app.ui.drafting import kept, read
from app.ui.form_screen import FormScreen
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Wanted
from app.ui.relief.papers import PaperErrand, PaperScreen
from app.ui.runner import Runner
from app.ui.standing.deeds import READERS, DeedForm, DeedKind, asked_for, deeds_of
from app.ui.standing.desk import StandingDesk


class StandingScreen(PaperScreen, FormScreen, Protocol):
    """What the page can show."""

    def show_list(self, found: StandingList) -> None:
        """The list, instead of a household."""
        ...

    def show_file(self, file: StandingFile, deeds: Sequence[DeedKind]) -> None:
        """One household and what can be done about it."""
        ...

    def ask(self, deed: DeedKind, fields: Sequence[str], form: DeedForm) -> None:
        """The fields of one deed."""
        ...

    def show_record(self) -> None:
        """The household again, instead of a deed's fields."""
        ...

    def say(self, headline: str) -> None:
        """What was done."""
        ...


class StandingPresenter:
    """Decides on the page."""

    def __init__(
        self,
        screen: StandingScreen,
        store: Runner,
        desk: StandingDesk,
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
        self._file: StandingFile | None = None
        self._deed: DeedKind | None = None
        self._benefit: BenefitId | None = None
        self._form = DeedForm()
        self._is_fresh = False

    def open(self, subject: str | None) -> None:
        """One household, or the list."""
        self._deed, self._benefit, self._form = None, None, DeedForm()
        self._file = None
        self._is_fresh = True
        if subject is None:
            self._look_up_list()
        else:
            self._look_up(HouseholdId(subject))

    def refresh(self, _nouns: frozenset[Noun]) -> None:
        """Something was saved: a test, a county's word; not while she fills in a deed."""
        if self._deed is not None:
            return
        if self._file is None:
            self._look_up_list()
        else:
            self._look_up(self._file.household)

    def show_all(self) -> None:
        """The list."""
        self.open(None)

    def open_line(self, household: object) -> None:
        """A line of the list."""
        if isinstance(household, str):
            self.open(household)

    def choose(self, deed: object) -> None:
        """A deed was pressed: its fields, or the deed itself where it asks for nothing."""
        if self._file is None or not isinstance(deed, DeedKind):
            return
        fields = asked_for(self._file, deed)
        self._deed = deed
        if deed is DeedKind.REVIEW and self._file.review is not None:
            self._form = replace(self._form, case_class=self._file.review.case_class)
        if fields:
            self._screen.ask(deed, fields, self._form)
        else:
            self.confirm()

    def choose_benefit(self, benefit: object) -> None:
        """A benefit's line was opened: stop it, where it goes on."""
        if self._file is None:
            return
        found = next((one for one in self._file.benefits if one.id == benefit), None)
        if found is not None and found.to_month is None:
            self._benefit = found.id
            self.choose(DeedKind.STOP)

    def answer(self, field: str, value: object) -> None:
        """A field was committed; it is kept at once."""
        self._form = replace(self._form, **{field: value})  # type: ignore[arg-type]  # the view's
        if self._file is not None and self._deed is not None:
            told = {"deed": self._deed, "benefit": self._benefit, "answers": kept(self._form)}
            self._run_quietly(partial(self._desk.keep, self._file.household, told))

    def back(self) -> None:
        """Not this deed after all; what was typed stays for the next, as long as the page does."""
        self._deed = None
        self._screen.show_record()
        if self._file is not None:
            self._run_quietly(partial(self._desk.drop, self._file.household))

    def confirm(self) -> None:
        """Do it."""
        if self._file is None or self._deed is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.do, self._file.household, self._deed, self._form, self._benefit),
            done=partial(self._done, self._deed),
            failed=self._failed,
        )

    def print_grace(self) -> None:
        """F20."""
        if self._file is not None and self._file.grace is not None:
            self._papers.make(Wanted(GRACE, self._file.household, self._file.grace.id))

    def print_changes(self) -> None:
        """F21."""
        if self._file is not None and self._file.changes:
            self._papers.make(Wanted(CHANGES, self._file.household, self._file.changes[0].id))

    def save_paper(self) -> None:
        """The paper that could not be printed goes into a file: where?"""
        self._papers.save()

    def put_into(self, path: str) -> None:
        """The place was chosen."""
        self._papers.put_into(path)

    def _look_up_list(self) -> None:
        self._store.run(
            self._desk.lines, done=self._screen.show_list, failed=self._screen.show_problem
        )

    def _look_up(self, household: HouseholdId) -> None:
        self._store.run(
            partial(self._desk.see, household), done=self._show, failed=self._screen.show_problem
        )

    def _show(self, file: StandingFile) -> None:
        self._file = file
        self._screen.show_file(file, deeds_of(file, self._today()))
        if self._is_fresh:
            self._is_fresh = False
            self._store.run(
                partial(self._desk.draft, file.household),
                done=partial(self._go_on, file),
                failed=self._screen.show_problem,
            )

    def _go_on(self, file: StandingFile, draft: Mapping[str, Any] | None) -> None:
        """What was half told when the page was left comes up again, where it can still be done."""
        if draft is None or self._file is not file or self._deed is not None:
            return
        deed = DeedKind(draft["deed"])
        running = {one.id for one in file.benefits if one.to_month is None}
        if deed in deeds_of(file, self._today()) or (
            deed is DeedKind.STOP and draft["benefit"] in running
        ):
            self._deed, self._benefit = deed, draft["benefit"]
            self._form = DeedForm(**read(draft["answers"], READERS))
            self._screen.ask(deed, asked_for(file, deed), self._form)

    def _run_quietly(self, job: Callable[[], None]) -> None:
        self._store.run(job, done=self._kept, failed=self._screen.show_problem)

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _done(self, deed: DeedKind, file: StandingFile) -> None:
        self._deed, self._benefit, self._form = None, None, DeedForm()
        self._mark_saved()
        self._screen.unlock()
        self._screen.show_record()
        self._show(file)
        self._screen.say(f"记好了：{deed.label}。")
        self._announce(frozenset({Noun.HOUSEHOLD}))

    def _failed(self, problem: Problem) -> None:
        if self._file is None or self._deed is None or not asked_for(self._file, self._deed):
            self._deed = None
        self._screen.unlock()
        self._screen.show_problem(problem)
