"""What happened to a family: choose it, answer, read what will change, record it. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol

from app.domain.family import FamilyDeed
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.family_changes import Undoable
from app.ui.applications.asking import after
from app.ui.family.asking import FamilyQuestions, change_of, kept_of, questions, values_of
from app.ui.family.desk import FamilyDesk, FamilySeen, Planned
from app.ui.form_screen import FormScreen
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner


class FamilyScreen(FormScreen, Protocol):
    """What the page can show."""

    def show_home(self, name: str, undoable: Undoable | None) -> None:
        """Whose family it is, and which deed can be taken back."""
        ...

    def choose_again(self) -> None:
        """The nine deeds to choose from."""
        ...

    def ask(self, asked: FamilyQuestions, values: dict[str, Any]) -> None:
        """The questions of one deed."""
        ...

    def go_on(self, key: str) -> None:
        """What was told last time stands in the form: to the field that comes next."""
        ...

    def show_plan(self, will: Sequence[str], look_at: Sequence[str], wanting: str) -> None:
        """What will change; what to look at; what is still wanting."""
        ...

    def say(self, headline: str) -> None:
        """What was done."""
        ...


class FamilyPresenter:
    """Decides on the family page."""

    def __init__(
        self,
        screen: FamilyScreen,
        store: Runner,
        desk: FamilyDesk,
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
        self._id: HouseholdId | None = None
        self._seen: FamilySeen | None = None
        self._asked: FamilyQuestions | None = None
        self._values: dict[str, Any] = {}
        self._turn = 0

    def open(self, subject: str | None) -> None:
        """The family of household `subject`; without one, the last again."""
        if subject is not None:
            self._id = HouseholdId(subject)
            self._asked = None
            self._screen.choose_again()
        if self._id is not None:
            self._store.run(
                partial(self._desk.see, self._id),
                done=self._opened,
                failed=self._screen.show_problem,
            )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Somebody else's word arrived."""
        if nouns & {Noun.HOUSEHOLD, Noun.SYNC} and self._asked is None:
            self.open(None)

    def choose(self, kind: object) -> None:
        """One of the deeds."""
        if self._seen is None or not isinstance(kind, FamilyDeed):
            return
        self._asked = questions(kind, self._seen.household, self._today())
        self._values = self._asked.start
        self._screen.ask(self._asked, self._values)
        self._plan()

    def answer(self, key: str, value: object) -> None:
        """A field was committed."""
        self._values[key] = value
        self._keep(key)
        self._plan()

    def back(self) -> None:
        """Not this one."""
        self._asked = None
        self._screen.choose_again()

    def throw_away(self) -> None:
        """What was told so far is not wanted."""
        if self._id is not None:
            self._asked = None
            self._screen.choose_again()
            self._store.run(
                partial(self._desk.drop, self._id),
                done=self._show,
                failed=self._screen.show_problem,
            )

    def leave(self) -> None:
        """To the household."""
        self._go("household", self._id)

    def confirm(self) -> None:
        """Do what was read."""
        if self._seen is None or self._asked is None:
            return
        change = change_of(self._asked.kind, self._seen.household, self._values)
        self._write(partial(self._desk.do, change))

    def undo(self) -> None:
        """Take the newest deed back."""
        if self._id is not None:
            self._write(partial(self._desk.undo, self._id))

    def _write(self, job: Callable[[], tuple[FamilySeen, FamilyDeed]]) -> None:
        self._screen.lock()
        self._store.run(job, done=self._done, failed=self._failed)

    def _plan(self) -> None:
        """Say what the answers so far would do; only the newest is shown."""
        if self._seen is None or self._asked is None:
            return
        self._turn += 1
        change = change_of(self._asked.kind, self._seen.household, self._values)
        self._store.run(
            partial(self._desk.plan, change),
            done=partial(self._planned, self._turn),
            failed=self._screen.show_problem,
        )

    def _planned(self, turn: int, planned: Planned) -> None:
        if turn != self._turn or self._asked is None:
            return
        plan = planned.plan
        will, look_at = ((), ()) if plan is None else (plan.will, plan.look_at)
        self._screen.show_plan(will, (*planned.alike, *look_at), planned.wanting)

    def _opened(self, seen: FamilySeen) -> None:
        """As it stands; a deed half told is gone on with."""
        self._show(seen)
        if seen.draft is None or self._asked is not None:
            return
        draft = seen.draft
        asked = questions(FamilyDeed(draft["kind"]), seen.household, self._today())
        self._asked, self._values = asked, values_of(asked, draft, seen.other)
        self._screen.ask(asked, self._values)
        self._screen.go_on(after(asked.fields, str(draft.get("at", ""))))
        self._plan()

    def _keep(self, at: str) -> None:
        if self._id is not None and self._asked is not None:
            fields = kept_of(self._asked.kind, self._values, at)
            self._store.run(
                partial(self._desk.keep, self._id, fields),
                done=self._kept,
                failed=self._screen.show_problem,
            )

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _show(self, seen: FamilySeen) -> None:
        self._seen = seen
        head = seen.household.head_member
        self._screen.show_home("" if head is None else head.person.name, seen.undoable)

    def _done(self, done: tuple[FamilySeen, FamilyDeed]) -> None:
        seen, kind = done
        self._asked = None
        self._mark_saved()
        self._screen.unlock()
        self._screen.choose_again()
        self._show(seen)
        self._screen.say(f"记好了：{kind.label}。")
        self._announce(frozenset({Noun.HOUSEHOLD}))

    def _failed(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
