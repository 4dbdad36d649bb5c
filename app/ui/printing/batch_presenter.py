"""A whole 组 at once: who gets what, how much paper first, then a file or the printer. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from app.domain.problem import Problem
from app.services.batches import BatchPlan
from app.services.paper_packages import Purpose
from app.ui.nouns import Announce, Noun
from app.ui.printing.batch_press import BatchPress, Gone
from app.ui.printing.table import kept_text, sent_text
from app.ui.runner import Stop


class BatchScreen(Protocol):
    """What the page can show."""

    def show_groups(self, groups: Sequence[str]) -> None:
        """The 组 there are."""
        ...

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers; none means a file only."""
        ...

    def show_kept(self, warning: str) -> None:
        """That the machine keeps what is printed; nothing where it does not."""
        ...

    def show_plan(self, plan: BatchPlan, *, duplex: bool) -> None:
        """Who gets what, and how much paper it takes."""
        ...

    def show_no_plan(self, why: str) -> None:
        """Nothing has been counted."""
        ...

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF."""
        ...

    def begin(self, text: str) -> None:
        """Something counted has begun; only 停下 takes input."""
        ...

    def show_progress(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        ...

    def end(self) -> None:
        """It has ended; take input again."""
        ...

    def say(self, text: str) -> None:
        """What was done."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


class BatchPresenter:
    """Decides on the page."""

    def __init__(self, screen: BatchScreen, press: BatchPress, *, announce: Announce) -> None:
        self._screen = screen
        self._press = press
        self._announce = announce
        self._group: str | None = None
        self._purpose = Purpose.VISITING
        self._plan: BatchPlan | None = None
        self._duplex = False
        self._printers: tuple[str, ...] = ()
        self._running: Stop | None = None
        self._wish: Callable[[], None] | None = None
        self._is_counting = False

    def open(self, _subject: str | None) -> None:
        """The groups and the printers; what was chosen before is counted anew."""
        press = self._press
        press.work.run(
            press.outlet.printers, done=self._show_printers, failed=self._screen.show_problem
        )
        press.store.run(
            press.batches.groups, done=self._show_groups, failed=self._screen.show_problem
        )
        press.store.run(
            press.batches.printing.wrong_files,
            done=self._show_wrong,
            failed=self._screen.show_problem,
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """What was recorded elsewhere changes who gets what."""
        if nouns - {Noun.PRINT, Noun.DRAFT} and self._group is not None:
            self._count()

    def choose_group(self, group: str) -> None:
        """This 组, or the whole village."""
        if group != self._group:
            self._group = group
            self._count()

    def choose_purpose(self, purpose: object) -> None:
        """For this."""
        if isinstance(purpose, Purpose):
            self._purpose = purpose
            self._count()

    def choose_duplex(self, duplex: bool) -> None:  # noqa: FBT001  # a tick box says it
        """On both sides of the paper, or on one."""
        self._duplex = duplex
        if self._plan is not None:
            self._screen.show_plan(self._plan, duplex=duplex)

    def print(self, printer: str) -> None:
        """To the printer, or into a file where there is none."""
        if not self._printers:
            self.save()
        elif self._plan is not None and self._plan.getting:
            self._begin("正在打印", partial(self._send, self._plan, printer or self._printers[0]))

    def save(self) -> None:
        """Into one PDF."""
        if self._plan is not None and self._plan.getting:
            self._screen.ask_place(f"{self._plan.title}.pdf")

    def put_into(self, path: str) -> None:
        """The place was chosen."""
        plan, place = self._plan, Path(path)
        if plan is not None and plan.getting:
            pdf = place if place.suffix.lower() == ".pdf" else place.with_name(f"{place.name}.pdf")
            self._begin("正在写", partial(self._write, plan, pdf))

    def stop(self) -> None:
        """Enough."""
        if self._running is not None:
            self._running.stop()

    def _count(self) -> None:
        if self._group is not None:
            look = partial(self._look, self._group, self._purpose)
            self._begin("正在数要多少纸", look, counting=True)

    def _begin(self, text: str, start: Callable[[], Stop], *, counting: bool = False) -> None:
        """One counted job at a time; one wished for meanwhile follows it. Counting is stopped for
        that, what is on its way to paper only by a person."""
        if self._running is not None:
            self._wish = partial(self._begin, text, start, counting=counting)
            if self._is_counting:
                self._running.stop()
            return
        self._is_counting = counting
        self._screen.begin(text)
        self._running = start()

    def _ended(self) -> None:
        self._running = None
        self._screen.end()
        wish, self._wish = self._wish, None
        if wish is not None:
            wish()

    def _look(self, group: str, purpose: Purpose) -> Stop:
        return self._press.plan(
            group,
            purpose,
            moved=self._screen.show_progress,
            done=self._planned,
            failed=self._failed,
        )

    def _write(self, plan: BatchPlan, path: Path) -> Stop:
        return self._press.file(
            plan,
            path,
            duplex=self._duplex,
            moved=self._screen.show_progress,
            done=partial(self._filed, path),
            failed=self._failed,
        )

    def _send(self, plan: BatchPlan, printer: str) -> Stop:
        return self._press.print(
            plan,
            printer,
            duplex=self._duplex,
            moved=self._screen.show_progress,
            done=partial(self._sent, plan, printer),
            failed=self._failed,
        )

    def _planned(self, plan: BatchPlan | None) -> None:
        self._plan = plan
        if plan is None:
            self._screen.show_no_plan("停下了，没有数完。换一个组或者用途就重新数。")
        else:
            self._screen.show_plan(plan, duplex=self._duplex)
        self._ended()

    def _filed(self, path: Path, written: bool) -> None:  # noqa: FBT001  # the job's answer
        self._ended()
        if written:
            self._screen.say(f"已存成 {path.name}，放在 {path.parent}，打印记录记好了。")
            self._announce(frozenset({Noun.PRINT}))
        else:
            self._screen.say("停下了，没有存，也没有记。")

    def _sent(self, plan: BatchPlan, printer: str, gone: Gone) -> None:
        left = plan.without(gone.papers)
        if left.getting:
            self._plan = left
            self._screen.show_plan(left, duplex=self._duplex)
        self._ended()
        if gone.problem is not None:
            self._screen.show_problem(gone.problem)
        elif not gone.papers:
            self._screen.say("停下了，一样也没有打。")
        else:
            rest = "停下了，剩下的还在这里。" if left.getting else ""
            self._screen.say(f"{sent_text(len(gone.papers), gone.again, printer)}{rest}")
        if gone.papers:
            self._announce(frozenset({Noun.PRINT}))

    def _failed(self, problem: Problem) -> None:
        self._ended()
        self._screen.show_problem(problem)

    def _show_printers(self, names: Sequence[str]) -> None:
        self._printers = tuple(names)
        self._screen.show_printers(names)
        press = self._press
        if names:
            press.work.run(
                partial(press.outlet.kept, self._printers),
                done=self._show_kept,
                failed=self._screen.show_problem,
            )

    def _show_kept(self, seconds: int | None) -> None:
        self._screen.show_kept(kept_text(seconds))

    def _show_wrong(self, wrong: Sequence[Problem]) -> None:
        """The first of the county's own files for forms that cannot be used."""
        for problem in wrong[:1]:
            self._screen.show_problem(problem)

    def _show_groups(self, groups: Sequence[str]) -> None:
        self._screen.show_groups(groups)
        if self._group is None and groups:
            self._group = groups[0]
        if self._group is None:
            self._screen.show_no_plan("还没有家庭，导入名册以后再来整组打印。")
        self._count()
