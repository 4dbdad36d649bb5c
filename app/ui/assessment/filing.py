"""What becomes of a test: kept, made into a draft application, printed. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.casework import ApplicationStatus
from app.domain.ids import AssessmentId, HouseholdId
from app.domain.problem import Problem
from app.rules.facts import Facts
from app.services.applications import DraftApplication
from app.ui.assessment.desk import AssessmentDesk
from app.ui.assessment.showing import AssessmentScreen
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]


class Filing:
    """Keeps, files and prints the test of one household at a time."""

    def __init__(
        self,
        screen: AssessmentScreen,
        store: Runner,
        desk: AssessmentDesk,
        *,
        announce: Announce,
        mark_saved: Callable[[], None],
        go: Go,
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._announce = announce
        self._mark_saved = mark_saved
        self._go = go
        self._kept: AssessmentId | None = None
        self._filed: str | None = None

    def begin(self) -> None:
        """Another answer, or another household: nothing of it is kept yet."""
        self._kept = None
        self._filed = None

    @property
    def is_kept(self) -> bool:
        """Whether the test as shown is in the record."""
        return self._kept is not None

    def save(self, household: HouseholdId, facts: Facts) -> None:
        """Keep the test."""
        self._keep(household, facts, done=self._saved)

    def apply(self, household: HouseholdId, facts: Facts) -> None:
        """Make a draft application of it; a test not kept yet is kept first."""
        self._screen.lock()
        self._store.run(
            partial(self._desk.apply, household, facts, self._kept),
            done=self._applied,
            failed=self._failed,
        )

    def print(self, household: HouseholdId, facts: Facts) -> None:
        """To its papers: those of the application where there is one, else those of the test."""
        if self._filed is not None:
            self._go("printing", self._filed)
        elif self._kept is not None:
            self._go("printing", self._kept)
        else:
            self._keep(household, facts, done=self._saved_to_print)

    def _keep(
        self, household: HouseholdId, facts: Facts, *, done: Callable[[AssessmentId], None]
    ) -> None:
        self._screen.lock()
        self._store.run(partial(self._desk.save, household, facts), done=done, failed=self._failed)

    def _saved(self, assessment: AssessmentId) -> None:
        self._is_kept(assessment)
        self._screen.say("测算存好了，说过的都记进了这户的档案。", "要申请就按“转成申请书”。")
        self._announce(frozenset({Noun.ASSESSMENT, Noun.HOUSEHOLD}))

    def _saved_to_print(self, assessment: AssessmentId) -> None:
        self._saved(assessment)
        self._go("printing", assessment)

    def _applied(self, answer: tuple[AssessmentId, DraftApplication]) -> None:
        assessment, draft = answer
        self._is_kept(assessment)
        self._filed = draft.application.id
        made = draft.application
        if made.status is ApplicationStatus.DRAFT:
            done = f"申请书草稿做好了，编号 {made.document_no}"
            then = f"要打的有 {len(draft.papers)} 样。念给本人听，签字按手印后报镇里。"
        else:
            done = f"新的测算放进了在办的申请，编号 {made.document_no}"
            then = f"申请还是“{made.status.label}”，往下照新的测算办。跟着变了的表请重打。"
        self._screen.say(done, then, then_print=True)
        self._announce(frozenset({Noun.ASSESSMENT, Noun.HOUSEHOLD, Noun.APPLICATION}))

    def _is_kept(self, assessment: AssessmentId) -> None:
        self._kept = assessment
        self._screen.unlock()
        self._screen.show_kept(kept=True)
        self._mark_saved()

    def _failed(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
