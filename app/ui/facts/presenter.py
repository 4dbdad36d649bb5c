"""Putting facts of a household right: whose, what stands there, what it should say. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.domain.procedure import ReturnComment
from app.ui.applications.asking import after, kept, read
from app.ui.applications.places import read_place
from app.ui.facts.asking import (
    HOUSEHOLD,
    FactQuestions,
    correction_of,
    questions,
    typed_of,
    whose,
)
from app.ui.facts.comments import commented
from app.ui.facts.desk import FactsDesk
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner


class FactsScreen(Protocol):
    """What the page can show."""

    def show_home(self, name: str, options: Sequence[tuple[object, str]], chosen: object) -> None:
        """Whose facts there are to choose from."""
        ...

    def ask(self, asked: FactQuestions, values: dict[str, Any]) -> None:
        """What stands there, to be put right."""
        ...

    def go_to(self, key: str) -> None:
        """To one field."""
        ...

    def offer_application(self, *, offered: bool) -> None:
        """The way back to the application the county returned."""
        ...

    def go_back_next(self) -> None:
        """What the county wanted is mended: Enter leads back to the application."""
        ...

    def offer_back(self) -> None:
        """What was typed last time stands in the form; it can be thrown away."""
        ...

    def show_alike(self, alike: Sequence[str]) -> None:
        """Who looks the same elsewhere."""
        ...

    def say(self, headline: str) -> None:
        """What was done."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why not, at its field where it has one."""
        ...


class FactsPresenter:
    """Decides on the facts page."""

    def __init__(
        self,
        screen: FactsScreen,
        store: Runner,
        desk: FactsDesk,
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
        self._id: HouseholdId | None = None
        self._home: Household | None = None
        self._asked: FactQuestions | None = None
        self._chosen: object = HOUSEHOLD
        self._values: dict[str, Any] = {}
        self._answered: dict[str, Any] = {}
        self._comments: tuple[ReturnComment, ...] = ()
        self._wanted = ""

    def open(self, subject: str | None) -> None:
        """The facts of household `subject`; without one, what is being filled in stays.

        A comment of the county names its place as `target_of` writes it: the form comes up there.
        """
        if subject is None:
            return
        household, person, self._wanted = read_place(subject)
        self._id = HouseholdId(household)
        self._chosen = person or HOUSEHOLD
        self._store.run(
            partial(self._look_up, self._id), done=self._opened, failed=self._screen.show_problem
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """A form at hand is not taken away by somebody else's news."""
        del nouns

    def choose(self, chosen: object) -> None:
        """Whose facts."""
        if self._home is None or chosen is None:
            return
        self._chosen = chosen
        self._ask(self._home)

    def answer(self, key: str, value: object) -> None:
        """A field was committed."""
        self._values[key] = self._answered[key] = value
        self._keep(key)
        if self._home is not None and self._asked is not None:
            self._store.run(
                partial(self._desk.alike, typed_of(self._home, self._asked, self._values)),
                done=self._screen.show_alike,
                failed=self._screen.show_problem,
            )

    def confirm(self) -> None:
        """Put it right."""
        if self._home is None or self._asked is None:
            return
        self._store.run(
            partial(
                self._desk.correct,
                correction_of(self._home, self._asked, self._values),
                self._draft_key,
            ),
            done=self._done,
            failed=self._screen.show_problem,
        )

    def throw_away(self) -> None:
        """What was typed is not wanted: what stands there comes back."""
        if self._asked is not None:
            self._store.run(
                partial(self._desk.drop, self._draft_key),
                done=self._thrown_away,
                failed=self._screen.show_problem,
            )

    def leave(self) -> None:
        """To the household."""
        self._go("household", self._id)

    def to_application(self) -> None:
        """Back to the application the county returned."""
        self._go("applications", self._id)

    def _look_up(self, household: HouseholdId) -> tuple[Household, tuple[ReturnComment, ...]]:
        """On the store thread."""
        return self._desk.see(household), self._desk.comments(household)

    def _opened(self, found: tuple[Household, tuple[ReturnComment, ...]]) -> None:
        home, self._comments = found
        self._screen.offer_application(offered=bool(self._comments))
        self._show(home)
        if self._wanted:
            self._screen.go_to(self._wanted)
            self._wanted = ""

    def _show(self, home: Household) -> None:
        self._home = home
        head = home.head_member
        name = "" if head is None else head.person.name
        self._screen.show_home(name, whose(home), self._chosen)
        self._ask(home)

    def _ask(self, home: Household) -> None:
        self._asked = commented(questions(home, self._chosen), home, self._comments)
        if self._asked is not None:
            self._values, self._answered = self._asked.start, {}
            self._screen.ask(self._asked, self._values)
            self._store.run(
                partial(self._desk.draft, self._draft_key),
                done=partial(self._restored, self._asked),
                failed=self._screen.show_problem,
            )

    @property
    def _draft_key(self) -> str:
        """Ends in the household, so that it goes when the household is handed over."""
        person = None if self._asked is None else self._asked.person
        return f"facts:{person or HOUSEHOLD}:{self._id}"

    def _restored(self, asked: FactQuestions, stored: Mapping[str, Any] | None) -> None:
        """What was typed last time stands on top of what is on record now."""
        if asked is not self._asked or stored is None or self._answered:
            return
        self._answered = read(asked.fields, stored.get("values"))
        self._values = asked.start | self._answered
        self._screen.ask(asked, self._values)
        self._screen.go_to(self._wanted or after(asked.fields, str(stored.get("at", ""))))
        self._screen.offer_back()

    def _keep(self, at: str) -> None:
        """Only what was answered: what stood there may be put right by somebody else meanwhile."""
        if self._asked is not None:
            self._store.run(
                partial(
                    self._desk.keep, self._draft_key, {"values": kept(self._answered), "at": at}
                ),
                done=self._kept,
                failed=self._screen.show_problem,
            )

    def _kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _thrown_away(self, _nothing: None) -> None:
        if self._home is not None:
            self._show(self._home)

    def _done(self, done: tuple[Household, int]) -> None:
        home, changed = done
        self._mark_saved()
        self._show(home)
        self._screen.say("改好了。" if changed else "没有要改的。")
        if changed and self._comments:
            self._screen.go_back_next()
        if changed:
            self._announce(frozenset({Noun.HOUSEHOLD}))
