"""A batch on its way to paper: planned, filed or printed on the work thread, counted. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.batches import Batches, BatchHome, BatchPaper, BatchPlan, Watch
from app.services.paper_packages import Purpose
from app.services.printing import Prepared, draw
from app.ui.printing.outlet import Outlet
from app.ui.runner import Runner, Steps, Stop

Moved = Callable[[int, int, str], None]
Failed = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Gone:
    """What is on paper, `again` of them not for the first time, and recorded but for what `problem`
    says; `problem` is what stopped the rest, None where nobody or a person did."""

    papers: frozenset[tuple[HouseholdId, str]]
    again: int = 0
    problem: Problem | None = None

    def with_one(self, household: HouseholdId, prepared: Prepared) -> Gone:
        """One more has left."""
        return replace(
            self,
            papers=self.papers | {(household, prepared.kind.form.code)},
            again=self.again + (prepared.stamp.reprint_no > 0),
        )

    def stopped(self, problem: Problem, *, noted: bool = True) -> Gone:
        """Nothing more leaves; the last may have left and not be `noted`."""
        if self.papers:
            last = "" if noted else "，最后一样没有记上"
            before = f"前面 {len(self.papers)} 样已经打出来了{last}。"
            problem.safe = f"{before}再打一次只打剩下的。"
        return replace(self, problem=problem)


@dataclass(frozen=True, slots=True)
class BatchPress:
    """Makes batches for a presenter, one wish at a time."""

    batches: Batches
    store: Runner
    work: Runner
    outlet: Outlet

    def plan(
        self,
        group: str,
        purpose: Purpose,
        *,
        moved: Moved,
        done: Callable[[BatchPlan | None], None],
        failed: Failed,
    ) -> Stop:
        """Who gets what, and how much paper it is; None when stopped."""
        return self.work.run_counted(
            partial(self._plan, group, purpose), moved=moved, done=done, failed=failed
        )

    def file(
        self,
        plan: BatchPlan,
        path: Path,
        *,
        duplex: bool,
        moved: Moved,
        done: Callable[[bool], None],
        failed: Failed,
    ) -> Stop:
        """One PDF of the whole batch; False when stopped, then there is none."""
        return self.work.run_counted(
            partial(self._file, plan, path, duplex), moved=moved, done=done, failed=failed
        )

    def print(
        self,
        plan: BatchPlan,
        printer: str,
        *,
        duplex: bool,
        moved: Moved,
        done: Callable[[Gone], None],
        failed: Failed,
    ) -> Stop:
        """One job a paper, each recorded as soon as the printer has it."""
        return self.work.run_counted(
            partial(self._print, plan, printer, duplex), moved=moved, done=done, failed=failed
        )

    def _plan(self, group: str, purpose: Purpose, steps: Steps) -> BatchPlan | None:
        return self.batches.plan(group, purpose, in_store=self.store.call, watch=_watching(steps))

    def _file(self, plan: BatchPlan, path: Path, duplex: bool, steps: Steps) -> bool:  # noqa: FBT001
        return self.batches.file(
            plan, path, in_store=self.store.call, watch=_watching(steps), duplex=duplex
        )

    def _print(self, plan: BatchPlan, printer: str, duplex: bool, steps: Steps) -> Gone:  # noqa: FBT001
        watch = _watching(steps)
        gone = Gone(frozenset())
        for number, home in enumerate(plan.getting):
            if not watch(number, len(plan.getting), home.line.place):
                break
            for paper in home.papers:
                try:
                    prepared = self._sent(home, paper, printer, duplex=duplex)
                except Problem as problem:
                    return gone.stopped(problem)
                gone = gone.with_one(home.line.id, prepared)
                try:
                    self.store.call(partial(self.batches.printing.record, prepared))
                except Problem as problem:
                    return gone.stopped(problem, noted=False)
        return gone

    def _sent(self, home: BatchHome, paper: BatchPaper, printer: str, *, duplex: bool) -> Prepared:
        """One paper the printer has taken."""
        prepared = self.store.call(partial(self.batches.prepare, home, paper))
        drawn = draw(prepared)
        self.outlet.send(drawn.pdf, printer, leaves=drawn.leaves if duplex else None)
        return prepared


def _watching(steps: Steps) -> Watch:
    def watch(done: int, total: int, who: str) -> bool:
        steps.at(done, total, f"第 {done + 1} 户，共 {total} 户　{who}")
        return not steps.stopped

    return watch
