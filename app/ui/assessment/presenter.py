"""The means test page: leads the talk, keeps every answer, shows the working at once.

The pack in force is read when a talk begins. From then on an answer is worked out right here: a
household takes a fraction of a millisecond, the way to the store and back takes more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.rules import Assessment, assess
from app.rules.pack import Pack
from app.services.assessments import InForce
from app.services.clause_words import clause_cards
from app.ui.assessment.blocks import Step
from app.ui.assessment.desk import AssessmentDesk, Start
from app.ui.assessment.filing import Filing
from app.ui.assessment.interview import Interview
from app.ui.assessment.reading_out import check_lines
from app.ui.assessment.showing import AssessmentScreen, Talk
from app.ui.assessment.table import why_of
from app.ui.assessment.versus import versus_of
from app.ui.assessment.where import is_of_obligor
from app.ui.nouns import Noun
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]


class AssessmentPresenter:
    """Decides on the means test page.

    `_trial` is the copy answers go to while something is only tried out; it is never stored.
    """

    def __init__(
        self,
        screen: AssessmentScreen,
        store: Runner,
        desk: AssessmentDesk,
        filing: Filing,
        *,
        today: Callable[[], date],
        mark_saved: Callable[[], None],
        go: Go,
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._filing = filing
        self._today = today
        self._mark_saved = mark_saved
        self._go = go
        self._household: HouseholdId | None = None
        self._talk: Interview | None = None
        self._trial: Interview | None = None
        self._pack: Pack | None = None
        self._now: Assessment | None = None

    def open(self, subject: str | None) -> None:
        """The talk about `subject`; without one, whatever talk is open, or the choice of one."""
        self._end_trial()
        if subject is not None:
            self.start(HouseholdId(subject))
        elif self._talk is None:
            self._store.run(
                self._desk.waiting,
                done=self._screen.show_chooser,
                failed=self._screen.show_problem,
            )
        else:
            self._show(after="")

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """A new standard may have come by sync; there may be one more test to look back at."""
        if self._household is None:
            return
        failed = self._screen.show_problem
        if Noun.SYNC in nouns:
            self._store.run(self._desk.in_force, done=self._came_into_force, failed=failed)
        if Noun.ASSESSMENT in nouns:
            count = partial(self._desk.tests, self._household)
            self._store.run(count, done=self._screen.show_tests, failed=failed)

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

    def to_applications(self) -> None:
        """What became of the applications."""
        self._go("applications", None)

    def leave(self) -> None:
        """Another household; this talk stays as a draft."""
        self._end_trial()
        self._talk = None
        self._household = None
        self.open(None)

    def answer(self, block: str, field: str, value: object) -> None:
        """A field was committed."""
        talk = self._here
        if talk is None or talk.block.key != block:
            return  # the page was left meanwhile
        if not isinstance(value, str | int | None):
            raise TypeError("an answer is kept as JSON")
        talk.answer(field, value)
        if talk is self._talk:
            self._filing.begin()
            self._keep()
        self._reckon()
        self._show()

    def go_on(self) -> None:
        """To the next page."""
        if self._here is not None and self._here.go_on():
            self._turned()

    def go_back(self) -> None:
        """To the page before."""
        if self._here is not None and self._here.go_back():
            self._turned()

    def go_to(self, step: Step) -> None:
        """To a step."""
        if self._here is not None:
            self._here.go_to(step)
            self._turned()

    def go_to_next_step(self) -> None:
        """To the step after this one."""
        if self._here is not None:
            self._here.go_to_next_step()
            self._turned()

    def go_to_previous_step(self) -> None:
        """To the step before this one."""
        if self._here is not None:
            self._here.go_to_previous_step()
            self._turned()

    def go_to_open(self) -> None:
        """To the next question that was left open."""
        if self._here is not None and self._here.go_to_open():
            self._turned()

    def ask(self, path: str) -> None:
        """To the question that settles what an answer misses; the county's own are not asked."""
        field = None if self._here is None else self._here.go_to_fact(path)
        if field is not None:
            self._turned(field)

    def explain(self, bases: object) -> None:
        """The clauses behind a line."""
        if self._pack is not None and isinstance(bases, tuple):
            self._screen.show_clauses(clause_cards(self._pack, bases, self._today()))

    def turn_trial(self) -> None:
        """Try something out on a copy; or drop the copy."""
        if self._talk is None:
            return
        if self._trial is None:
            self._trial = self._talk.copy()
            self._screen.show_trial(on=True)
        else:
            self._end_trial()
        self._reckon()
        self._show(after="")

    def save(self) -> None:
        """Keep the test."""
        self._with_test(self._filing.save)

    def apply(self) -> None:
        """Make an application of it."""
        self._with_test(self._filing.apply)

    def print(self) -> None:
        """To the papers of this test."""
        self._with_test(self._filing.print)

    def look_back(self) -> None:
        """To the tests there were before."""
        self._go("past", self._household)

    @property
    def _here(self) -> Interview | None:
        """The talk that answers go to."""
        return self._trial or self._talk

    def _with_test(self, do: Callable[..., None]) -> None:
        """Something tried out is neither kept nor printed."""
        if self._talk is not None and self._household is not None and self._trial is None:
            do(self._household, self._talk.facts)

    def _end_trial(self) -> None:
        if self._trial is not None:
            self._trial = None
            self._screen.show_trial(on=False)
            self._screen.show_kept(kept=self._filing.is_kept)

    def _started(self, start: Start) -> None:
        self._end_trial()
        self._household, self._pack = start.line.id, start.ground.pack
        self._talk = Interview(
            start.facts,
            self._today(),
            start.draft,
            category=start.line.category,
            benefit=start.benefit,
        )
        self._filing.begin()
        self._screen.show_household(start.line, tests=start.tests)
        self._screen.show_notice(start.ground.notice)
        self._screen.show_kept(kept=False)
        self._reckon()
        self._show(after=self._talk.last_field)
        if start.draft is not None:
            self._screen.say("接着上次没问完的，答过的都在。")

    def _came_into_force(self, ground: InForce) -> None:
        self._pack = ground.pack
        self._screen.show_notice(ground.notice)
        self._reckon()

    def _turned(self, field: str = "") -> None:
        """Another page is open; a draft says where one was."""
        if field:
            self._show(at=field)
        else:
            self._show(after="")
        if self._trial is None:
            self._keep()

    def _show(self, *, after: str | None = None, at: str | None = None) -> None:
        talk = self._here
        if talk is None:
            return
        block, following = talk.block, talk.following
        read_out = tuple(check_lines(talk.facts)) if block.step is Step.CHECK else ()
        done = frozenset(step for step in Step if step is not Step.CHECK and talk.is_done(step))
        self._screen.show_talk(
            Talk(
                block=block,
                given=talk.given,
                done=done,
                following="" if following is None else following.who,
                is_first=talk.previous is None,
                has_open=talk.has_open_elsewhere,
                read_out=read_out,
            ),
            after=after,
            at=at,
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

    def _reckon(self) -> None:
        """Work the answers out and show how; a trial beside what stands."""
        talk, pack = self._here, self._pack
        if talk is None or pack is None:
            return
        facts = talk.facts
        try:
            answer = assess(facts, pack, self._today())
        except Refused as problem:
            self._screen.show_no_why(problem)
            return
        talk.ask_for((*answer.missing, *filter(is_of_obligor, answer.assumed)))
        if self._trial is None:
            self._now = answer
        versus = () if self._trial is None or self._now is None else versus_of(self._now, answer)
        self._screen.show_why(why_of(answer, facts, talk.unasked, pack, versus))
