"""The means test page: leads the talk, keeps every answer, shows the working, files it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from app.domain.casework import Application
from app.domain.households import HouseholdLine
from app.domain.ids import AssessmentId, HouseholdId
from app.domain.problem import Problem
from app.rules import Assessment
from app.rules.facts import Facts
from app.ui.assessment.blocks import Block, Step, Value
from app.ui.assessment.desk import AssessmentDesk, Start
from app.ui.assessment.interview import Interview
from app.ui.assessment.table import Why, check_lines, why_of
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]


@dataclass(frozen=True, slots=True)
class Talk:
    """The page of the talk as it is to be drawn."""

    block: Block
    given: Mapping[str, Value]
    done: frozenset[Step]
    following: str
    """Whom or what the next page is about; "" on the last."""
    is_first: bool
    read_out: tuple[str, ...]


class AssessmentScreen(Protocol):
    """What the means test page can show."""

    def show_chooser(self, waiting: Sequence[HouseholdLine]) -> None:
        """Nobody is chosen yet: a search field, and the talks left unfinished."""
        ...

    def show_household(self, line: HouseholdLine) -> None:
        """Whose test it is."""
        ...

    def show_talk(self, talk: Talk, *, cursor: str | None) -> None:
        """The open page; `cursor` names the field to go to, "" the first open question, None
        leaves the cursor where it is."""
        ...

    def show_why(self, why: Why) -> None:
        """The working so far."""
        ...

    def show_no_why(self, problem: Problem) -> None:
        """Why there is no working."""
        ...

    def show_kept(self, *, kept: bool) -> None:
        """Whether the test as shown is in the record, or a draft."""
        ...

    def say(self, headline: str, detail: str = "", *, then_print: bool = False) -> None:
        """What was done."""
        ...

    def lock(self) -> None:
        """Take no input while saving."""
        ...

    def unlock(self) -> None:
        """Take input again."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


class AssessmentPresenter:
    """Decides on the means test page."""

    def __init__(
        self,
        screen: AssessmentScreen,
        store: Runner,
        desk: AssessmentDesk,
        *,
        today: Callable[[], date],
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Go,
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._today = today
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._household: HouseholdId | None = None
        self._talk: Interview | None = None
        self._kept: AssessmentId | None = None
        self._asked = 0

    def open(self, subject: str | None) -> None:
        """The talk about `subject`; without one, whatever talk is open, or the choice of one."""
        if subject is not None:
            self.start(HouseholdId(subject))
        elif self._talk is None:
            self._store.run(
                self._desk.waiting,
                done=self._screen.show_chooser,
                failed=self._screen.show_problem,
            )
        else:
            self._show(cursor="")

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """A new standard may have come by sync."""
        if nouns & {Noun.SYNC} and self._talk is not None:
            self._preview()

    def pick(self, line: HouseholdLine) -> None:
        """This household."""
        self.start(line.id)

    def choose(self, household: object) -> None:
        """One of the talks left unfinished."""
        self.start(HouseholdId(str(household)))

    def start(self, household: HouseholdId) -> None:
        """Begin the talk, or go on with it."""
        self._store.run(
            partial(self._desk.start, household),
            done=self._started,
            failed=self._screen.show_problem,
        )

    def leave(self) -> None:
        """Another household; this talk stays as a draft."""
        self._talk = None
        self._household = None
        self.open(None)

    def answer(self, block: str, field: str, value: object) -> None:
        """A field was committed."""
        talk = self._talk
        if talk is None or talk.block.key != block:
            return  # the page was left meanwhile
        if not isinstance(value, str | int | None):
            raise TypeError("an answer is kept as JSON")
        talk.answer(field, value)
        self._kept = None
        self._show(cursor=None)
        self._keep()
        self._preview()

    def go_on(self) -> None:
        """To the next page."""
        if self._talk is not None and self._talk.go_on():
            self._show(cursor="")
            self._keep()

    def go_back(self) -> None:
        """To the page before."""
        if self._talk is not None and self._talk.go_back():
            self._show(cursor="")
            self._keep()

    def go_to(self, step: Step) -> None:
        """To a step."""
        if self._talk is not None:
            self._talk.go_to(step)
            self._show(cursor="")
            self._keep()

    def go_to_next_step(self) -> None:
        """To the step after this one."""
        if self._talk is not None:
            self._talk.go_to_next_step()
            self._show(cursor="")

    def go_to_previous_step(self) -> None:
        """To the step before this one."""
        if self._talk is not None:
            self._talk.go_to_previous_step()
            self._show(cursor="")

    def save(self) -> None:
        """Keep the test."""
        if self._talk is None or self._household is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.save, self._household, self._talk.facts),
            done=self._saved,
            failed=self._not_saved,
        )

    def apply(self) -> None:
        """Make an application of it."""
        if self._talk is None or self._household is None:
            return
        self._screen.lock()
        self._store.run(
            partial(self._desk.apply, self._household, self._talk.facts, self._kept),
            done=self._filed,
            failed=self._not_saved,
        )

    def print(self) -> None:
        """To the papers of this household."""
        self._go("printing", self._household)

    def _started(self, start: Start) -> None:
        self._household = start.line.id
        self._talk = Interview(start.facts, self._today(), start.draft)
        self._kept = None
        self._screen.show_household(start.line)
        self._screen.show_kept(kept=False)
        self._show(cursor=self._talk.last_field)
        if start.draft is not None:
            self._screen.say("接着上次没问完的，答过的都在。")
        self._preview()

    def _show(self, *, cursor: str | None) -> None:
        talk = self._talk
        if talk is None:
            return
        following = talk.following
        self._screen.show_talk(
            Talk(
                block=talk.block,
                given=talk.given,
                done=frozenset(
                    step for step in Step if step is not Step.CHECK and talk.is_done(step)
                ),
                following="" if following is None else following.who,
                is_first=talk.previous is None,
                read_out=tuple(check_lines(talk.facts)) if talk.block.step is Step.CHECK else (),
            ),
            cursor=cursor,
        )

    def _keep(self) -> None:
        if self._talk is not None and self._household is not None:
            self._screen.show_kept(kept=False)
            self._store.run(
                partial(self._desk.keep, self._household, self._talk.as_draft()),
                done=self._was_kept,
                failed=self._screen.show_problem,
            )

    def _was_kept(self, _nothing: None) -> None:
        self._mark_saved()

    def _preview(self) -> None:
        if self._talk is None:
            return
        self._asked += 1
        facts = self._talk.facts
        self._store.run(
            partial(self._desk.preview, facts),
            done=partial(self._previewed, self._asked, facts),
            failed=self._screen.show_no_why,
        )

    def _previewed(self, asked: int, facts: Facts, answer: Assessment) -> None:
        if asked == self._asked and self._talk is not None:
            self._screen.show_why(why_of(answer, facts, self._talk.unasked))

    def _saved(self, assessment: AssessmentId) -> None:
        self._kept = assessment
        self._screen.unlock()
        self._screen.show_kept(kept=True)
        self._mark_saved()
        self._screen.say("测算存好了，说过的都记进了这户的档案。", "要申请就按“转成申请书”。")
        self._announce(frozenset({Noun.ASSESSMENT, Noun.HOUSEHOLD}))

    def _filed(self, answer: tuple[AssessmentId, Application]) -> None:
        self._kept, application = answer
        self._screen.unlock()
        self._screen.show_kept(kept=True)
        self._mark_saved()
        self._screen.say(
            f"申请书登记好了，编号 {application.document_no}",
            "打印出来念给本人听，签字按手印后报镇里。",
            then_print=True,
        )
        self._announce(frozenset({Noun.ASSESSMENT, Noun.HOUSEHOLD, Noun.APPLICATION}))

    def _not_saved(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
