"""入户调查: keeps every answer at once, records when two names stand there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from app.domain.ids import InvestigationId
from app.domain.problem import Problem
from app.ui.form_screen import FormScreen
from app.ui.investigation.desk import InvestigationDesk, InvestigationOpening
from app.ui.investigation.form import InvestigationForm
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner


class InvestigationScreen(FormScreen, Protocol):
    """What the page can show."""

    def put(self, form: InvestigationForm, opening: InvestigationOpening) -> None:
        """Fill every field."""
        ...

    def say(self, text: str) -> None:
        """What was done."""
        ...


class InvestigationPresenter:
    """Decides on the page."""

    def __init__(
        self,
        screen: InvestigationScreen,
        store: Runner,
        desk: InvestigationDesk,
        *,
        today: Callable[[], date],
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._today = today
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._form: InvestigationForm | None = None

    def open(self, subject: str | None) -> None:
        """For an application or a household; what was left unfinished comes back."""
        if subject is None and self._form is None:
            self._go("households", None)
        elif subject is not None:
            self._store.run(
                partial(self._desk.opening, subject),
                done=self._opened,
                failed=self._screen.show_problem,
            )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Nothing that is saved elsewhere changes this form."""
        del nouns

    def answer(self, field: str, value: object) -> None:
        """A field was committed: it is kept before the next key."""
        if self._form is None:
            return
        self._form = self._form.answered(field, value)
        self._store.run(
            partial(self._desk.drafts.keep, self._form.key, self._form.as_draft()),
            done=self._kept,
            failed=self._screen.show_problem,
        )

    def back(self) -> None:
        """To the application it is for, else to the household; what was filled in stays."""
        self._go_where_it_belongs(self._form)

    def finish(self) -> None:
        """Record it."""
        if self._form is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.record, self._form.request(self._today())),
            done=self._recorded,
            failed=self._failed,
        )

    def _opened(self, opening: InvestigationOpening) -> None:
        about = opening.application
        form = InvestigationForm(
            household=opening.household.id,
            application=None if about is None else about.id,
            investigated_on=self._today(),
        )
        self._form = form if opening.draft is None else form.with_draft(opening.draft)
        self._screen.put(self._form, opening)

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _recorded(self, _investigation: InvestigationId) -> None:
        form, self._form = self._form, None
        self._screen.unlock()
        self._mark_saved()
        self._screen.say("入户调查记好了，等着上传。")
        self._announce(frozenset({Noun.VISIT}))
        self._go_where_it_belongs(form)

    def _go_where_it_belongs(self, form: InvestigationForm | None) -> None:
        if form is not None and form.application is not None:
            self._go("applications", form.application)
        elif form is not None:
            self._go("household", form.household)

    def _failed(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
