"""The reserve fund's page: what is in it, what moved it, and the month's ledger on paper. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from app.domain.fund import month_of
from app.domain.problem import Problem
from app.services.fund import FundState
from app.services.papers import FUND
from app.ui.drafting import kept, read
from app.ui.form_screen import FormScreen
from app.ui.fund.deeds import FIELDS, MENDS, READERS, FundDeed, FundForm, deeds_of
from app.ui.fund.desk import FundDesk
from app.ui.fund.table import closing_text, month_text
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Wanted
from app.ui.relief.papers import PaperErrand, PaperScreen
from app.ui.runner import Runner


class FundScreen(PaperScreen, FormScreen, Protocol):
    """What the page can show."""

    def choose_month(self, month: str) -> None:
        """Which month goes on paper."""
        ...

    def show_state(self, state: FundState, deeds: Sequence[FundDeed]) -> None:
        """The balance, the ledger and what can be done."""
        ...

    def ask(
        self, deed: FundDeed, fields: Sequence[str], form: FundForm, about: str | None = None
    ) -> None:
        """The fields of one deed; `about`: the entry it is done to, or what will happen."""
        ...

    def show_ledger(self) -> None:
        """The ledger again, instead of a deed's fields."""
        ...

    def say(self, headline: str, detail: str = "") -> None:
        """What was done."""
        ...

    def ask_sheet_place(self, name: str) -> None:
        """Ask where to put the .xlsx."""
        ...


class FundPresenter:
    """Decides on the reserve fund's page."""

    def __init__(
        self,
        screen: FundScreen,
        store: Runner,
        desk: FundDesk,
        press: Press,
        *,
        today: Callable[[], date],
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._papers = PaperErrand(screen, press, announce=announce)
        self._today = today
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._state: FundState | None = None
        self._deed: FundDeed | None = None
        self._form = FundForm()
        self._chosen: str | None = None
        self._month = month_of(today())

    def open(self, subject: str | None) -> None:
        """Look at the fund."""
        del subject
        self._deed = None
        self._screen.show_ledger()
        self._store.run(self._desk.open, done=self._opened, failed=self._screen.show_problem)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Relief was paid, or the county answered."""
        if nouns & {Noun.RELIEF, Noun.SYNC}:
            self._look_up()

    def choose(self, deed: object) -> None:
        """A deed was pressed."""
        if not isinstance(deed, FundDeed):
            return
        self._deed = deed
        self._form = FundForm(on=self._today())
        about = self._about(deed)
        if deed is FundDeed.CLOSE and self._state is not None:
            about = closing_text(self._state)
        self._screen.ask(deed, FIELDS[deed], self._form, about)

    def choose_entry(self, entry: object) -> None:
        """A line of the ledger was chosen: a correction names it."""
        self._chosen = entry if isinstance(entry, str) else None

    def choose_month(self, month: str) -> None:
        """The month that goes on paper."""
        self._month = month

    def open_relief(self, entry: object) -> None:
        """The relief a line is about."""
        lines = () if self._state is None else self._state.lines
        found = next((line.entry for line in lines if line.entry.id == entry), None)
        if found is not None and found.relief is not None:
            self._go("relief_case", found.relief)

    def answer(self, field: str, value: object) -> None:
        """A field was committed."""
        self._form = replace(self._form, **{field: value})  # type: ignore[arg-type]  # the view's
        if self._deed is not None:
            told = {"deed": self._deed, "about": self._about(self._deed)}
            self._run_quietly(partial(self._desk.keep, told | {"answers": kept(self._form)}))

    def back(self) -> None:
        """Not this deed after all."""
        self._deed = None
        self._screen.show_ledger()
        self._run_quietly(self._desk.drop)

    def confirm(self) -> None:
        """Do it."""
        if self._deed is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.do, self._deed, self._form, self._about(self._deed)),
            done=partial(self._done, self._deed),
            failed=self._failed,
        )

    def print_ledger(self) -> None:
        """F18 of the month."""
        self._papers.make(Wanted(FUND, None, self._month))

    def save_paper(self) -> None:
        """The paper that could not be printed goes into a file: where?"""
        self._papers.save()

    def put_into(self, path: str) -> None:
        """The place for the PDF was chosen."""
        self._papers.put_into(path)

    def save_sheet(self) -> None:
        """The month as .xlsx: where?"""
        self._screen.ask_sheet_place(f"备用金领用台账 {self._month}.xlsx")

    def put_sheet_into(self, path: str) -> None:
        """The place for the .xlsx was chosen."""
        place = Path(path)
        self._store.run(
            partial(self._desk.export, self._month, place.with_suffix(".xlsx")),
            done=self._exported,
            failed=self._screen.show_problem,
        )

    def _about(self, deed: FundDeed) -> str | None:
        """What a deed is done to: the entry chosen, or the first the county returned; the month
        that can be closed.
        """
        if deed is FundDeed.ADJUST:
            return self._chosen
        if deed is FundDeed.CLOSE and self._state is not None:
            return next(iter(self._state.open_months), None)
        if deed not in MENDS or self._state is None:
            return None
        returned = list(self._state.returned)
        return self._chosen if self._chosen in returned else next(iter(returned), None)

    def _look_up(self) -> None:
        self._store.run(self._desk.see, done=self._show, failed=self._screen.show_problem)

    def _run_quietly(self, job: Callable[[], None]) -> None:
        self._store.run(job, done=self._kept, failed=self._screen.show_problem)

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _opened(self, found: tuple[FundState, Mapping[str, Any] | None]) -> None:
        """The ledger; the deed that was being filled in when the program ended comes up again."""
        state, draft = found
        self._show(state)
        if draft is None or FundDeed(draft["deed"]) not in deeds_of(state):
            return
        self._deed = FundDeed(draft["deed"])
        self._chosen = draft.get("about")
        self._form = FundForm(**read(draft["answers"], READERS))
        self._screen.ask(self._deed, FIELDS[self._deed], self._form, self._about(self._deed))

    def _show(self, state: FundState) -> None:
        self._state = state
        self._screen.show_state(state, deeds_of(state))

    def _done(self, deed: FundDeed, state: FundState) -> None:
        closed = deed is FundDeed.CLOSE and bool(state.months)
        what = month_text(state.months[-1].month) + "月结了" if closed else deed.label
        self._deed = None
        self._mark_saved()
        self._screen.unlock()
        self._screen.show_ledger()
        self._show(state)
        if closed:
            self._screen.choose_month(state.months[-1].month)
        self._screen.say(f"记好了：{what}。")
        self._announce(frozenset({Noun.RELIEF}))

    def _failed(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)

    def _exported(self, path: Path) -> None:
        self._screen.say(f"存好了：{path.name}", f"放在 {path.parent}，已记入导出记录。")
