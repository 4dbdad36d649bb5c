"""One 先行救助 from beginning to end: what it owes, what was done, what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from app.domain.ids import ReliefId
from app.domain.problem import Problem
from app.services.papers import LATE_PAPERS, RECEIPT, RELIEF
from app.services.relief_checks import SAME_NIGHT
from app.ui.drafting import kept, read
from app.ui.form_screen import FormScreen
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Wanted
from app.ui.relief.desk import FOLLOW, MAKE_UP
from app.ui.relief.papers import PaperErrand, PaperScreen
from app.ui.relief_case.deeds import (
    APART,
    READERS,
    DeedForm,
    DeedKind,
    asked_for,
    told_for,
)
from app.ui.relief_case.desk import CaseDesk, CaseView, Done
from app.ui.runner import Runner


class CaseScreen(PaperScreen, FormScreen, Protocol):
    """What the page can show."""

    def show_case(self, seen: CaseView, deeds: Sequence[DeedKind]) -> None:
        """The record and what can be done about it."""
        ...

    def ask(self, deed: DeedKind, fields: Sequence[str], form: DeedForm) -> None:
        """The fields of one deed."""
        ...

    def show_record(self) -> None:
        """The record again, instead of a deed's fields."""
        ...

    def say(self, headline: str) -> None:
        """What was done."""
        ...


class CasePresenter:
    """Decides on the page of one record."""

    def __init__(
        self,
        screen: CaseScreen,
        store: Runner,
        desk: CaseDesk,
        press: Press,
        *,
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._papers = PaperErrand(screen, press, announce=announce)
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._seen: CaseView | None = None
        self._deed: DeedKind | None = None
        self._form = DeedForm()

    def open(self, subject: str | None) -> None:
        """Show the record `subject`, or the one shown last."""
        wanted = DeedKind.MAKE_UP if subject and subject.startswith(MAKE_UP) else None
        relief = subject or (None if self._seen is None else self._seen.case.relief.id)
        if relief is None:
            self._go("relief", None)
            return
        self._deed, self._form = None, DeedForm()
        self._screen.show_record()
        self._store.run(
            partial(self._desk.see, ReliefId(relief.removeprefix(MAKE_UP))),
            done=partial(self._opened, wanted),
            failed=self._screen.show_problem,
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """The county may have said something about it."""
        if self._seen is not None and nouns & {Noun.RELIEF, Noun.SYNC}:
            self._look_up(self._seen.case.relief.id)

    def choose(self, deed: object) -> None:
        """A deed was pressed: its fields, or the deed itself where it asks for nothing."""
        if self._seen is None or not isinstance(deed, DeedKind):
            return
        relief = self._seen.case.relief
        if deed is DeedKind.PAY and not relief.amount.fen:
            self._go("relief", relief.id)  # how much is said on the form it was noted with
            return
        if deed is DeedKind.FOLLOW:
            self._go("relief", f"{FOLLOW}{relief.id}")
            return
        fields = told_for(self._seen.case, deed, self._form)
        self._deed = deed
        if fields:
            self._screen.ask(deed, fields, self._form)
        else:
            self.confirm()

    def answer(self, field: str, value: object) -> None:
        """A field was committed."""
        self._form = replace(self._form, **{field: value})  # type: ignore[arg-type]  # the view's
        if self._seen is not None and self._deed is not None:
            told = {"deed": self._deed, "answers": kept(self._form)}
            self._run_quietly(partial(self._desk.keep, self._seen.case.relief, told))

    def back(self) -> None:
        """Not this deed after all; what was typed stays for the next, as long as the page does."""
        self._deed = None
        self._screen.show_record()
        if self._seen is not None:
            self._run_quietly(partial(self._desk.drop, self._seen.case.relief))

    def confirm(self) -> None:
        """Do it."""
        if self._seen is None or self._deed is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.do, self._seen.case.relief.id, self._deed, self._form),
            done=partial(self._done, self._deed),
            failed=self._failed,
        )

    def open_other(self, relief: object) -> None:
        """Another record of the chain."""
        if isinstance(relief, str):
            self._go("relief_case", relief)

    def print_approval(self) -> None:
        """F17a."""
        self._print(RELIEF)

    def print_late_papers(self) -> None:
        """F17b, filled in as far as something was made up."""
        self._print(LATE_PAPERS)

    def print_receipt(self) -> None:
        """The receipt of the payment, or of the part given last."""
        if self._seen is None:
            return
        given = [part.id for part in self._seen.case.instalments if part.paid_at is not None]
        self._print(RECEIPT, given[-1] if given else None)

    def save_paper(self) -> None:
        """The paper that could not be printed goes into a file: where?"""
        self._papers.save()

    def put_into(self, path: str) -> None:
        """The place was chosen."""
        self._papers.put_into(path)

    def _look_up(self, relief: ReliefId) -> None:
        self._store.run(
            partial(self._desk.see, relief), done=self._show, failed=self._screen.show_problem
        )

    def _run_quietly(self, job: Callable[[], None]) -> None:
        self._store.run(job, done=self._kept, failed=self._screen.show_problem)

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _opened(self, wanted: DeedKind | None, seen: CaseView) -> None:
        """The record; the deed that was being filled in when the program ended comes up again, or
        the one that is wanted.
        """
        self._show(seen)
        deed = wanted if seen.draft is None else DeedKind(seen.draft["deed"])
        if deed is None or deed not in seen.deeds:
            return
        if seen.draft is None or wanted not in (None, deed):
            self.choose(wanted)
        else:
            self._form = DeedForm(**read(seen.draft["answers"], READERS))
            fields = told_for(seen.case, deed, self._form)
            if fields:
                self._deed = deed
                self._screen.ask(deed, fields, self._form)

    def _show(self, seen: CaseView) -> None:
        self._seen = seen
        self._screen.show_case(seen, seen.deeds)

    def _done(self, deed: DeedKind, done: Done) -> None:
        self._deed, self._form = None, DeedForm()
        self._mark_saved()
        self._screen.unlock()
        self._screen.show_record()
        self._show(done.seen)
        self._screen.say(f"记好了：{deed.label}。")
        self._announce(frozenset({Noun.RELIEF}))
        if done.receipt:
            self._print(RECEIPT, done.receipt)

    def _failed(self, problem: Problem) -> None:
        """A payment beside another of that night asks why it is another matter."""
        self._screen.unlock()
        if problem.code == SAME_NIGHT and self._seen is not None and self._deed is not None:
            fields = asked_for(self._seen.case, self._deed)
            self._screen.ask(self._deed, (*fields, APART), self._form)
        self._screen.show_problem(problem)

    def _print(self, form: str, subject: str | None = None) -> None:
        if self._seen is not None:
            relief = self._seen.case.relief
            self._papers.make(Wanted(form, relief.household, subject or relief.id))
