"""From a wish to paper: prepared on the store thread, drawn and sent on the work thread.

Each paper is recorded as soon as a printer has taken it; a file is recorded just before it gets its
name. What is only looked at takes no number. No Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain import documentno
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.printing import Paper, Prepared, Printing, Sketch, bundle, draw, laid_pdf
from app.ui.printing.outlet import Outlet
from app.ui.runner import Runner

Failed = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper somebody wants. `entity_id` None is the newest record of its kind."""

    form: str
    household: HouseholdId | None
    entity_id: str | None
    copies: int | None = None
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that was drawn and has not left yet."""

    prepared: Prepared
    paper: Paper

    @property
    def is_again(self) -> bool:
        """Whether this very paper has left before."""
        return self.prepared.stamp.reprint_no > 0


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper drawn to be looked at; it cannot leave."""

    sketch: Sketch
    paper: Paper


@dataclass(frozen=True, slots=True)
class Sent:
    """So many papers of a row have left; `problem` stopped the one after them, or its record."""

    count: int
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Press:
    """Makes papers for a presenter, one wish at a time."""

    printing: Printing
    store: Runner
    work: Runner
    outlet: Outlet

    def make(
        self, wanted: Sequence[Wanted], *, done: Callable[[tuple[Sheet, ...]], None], failed: Failed
    ) -> None:
        """Prepare and draw. Nothing is recorded yet."""
        self.store.run(
            partial(self._prepare, tuple(wanted)),
            done=partial(self._draw, done, failed),
            failed=failed,
        )

    def proof(
        self, wanted: Sequence[Wanted], *, done: Callable[[tuple[Proof, ...]], None], failed: Failed
    ) -> None:
        """Draw to be looked at: no number is taken."""
        self.store.run(
            partial(self._sketch, tuple(wanted)),
            done=partial(self._draw_proofs, done, failed),
            failed=failed,
        )

    def ask_printers(self, *, done: Callable[[Sequence[str]], None], failed: Failed) -> None:
        """Which printers there are."""
        self.work.run(self.outlet.printers, done=done, failed=failed)

    def ask_kept(
        self, printers: Sequence[str], *, done: Callable[[int | None], None], failed: Failed
    ) -> None:
        """How long the machine keeps what they print."""
        self.work.run(partial(self.outlet.kept, tuple(printers)), done=done, failed=failed)

    def print(
        self,
        sheets: Sequence[Sheet],
        printer: str,
        *,
        done: Callable[[], None],
        failed: Failed,
        gone: Callable[[Sheet], None] = lambda _sheet: None,
        duplex: bool = False,
    ) -> None:
        """Send to `printer` one after the other; each that `gone` hears of has left."""
        self.work.run(
            partial(self._send, tuple(sheets), printer, duplex=duplex),
            done=partial(_told_which, tuple(sheets), done, failed, gone),
            failed=failed,
        )

    def file(
        self,
        sheets: Sequence[Sheet],
        path: Path,
        *,
        done: Callable[[], None],
        failed: Failed,
        duplex: bool = False,
    ) -> None:
        """Write one PDF with all of them; it is there only when that is recorded."""
        self.work.run(
            partial(self._write, tuple(sheets), path, duplex=duplex),
            done=partial(_told, done),
            failed=failed,
        )

    def _prepare(self, wanted: tuple[Wanted, ...]) -> tuple[Prepared, ...]:
        return tuple(
            self.printing.prepare(
                each.form, each.household, each.entity_id, each.copies, draft=each.draft
            )
            for each in wanted
        )

    def _sketch(self, wanted: tuple[Wanted, ...]) -> tuple[Sketch, ...]:
        return tuple(
            self.printing.sketch(
                each.form, each.household, each.entity_id, each.copies, draft=each.draft
            )
            for each in wanted
        )

    def _draw_proofs(
        self,
        done: Callable[[tuple[Proof, ...]], None],
        failed: Failed,
        sketches: tuple[Sketch, ...],
    ) -> None:
        self.work.run(partial(_proofs, sketches), done=done, failed=failed)

    def _draw(
        self,
        done: Callable[[tuple[Sheet, ...]], None],
        failed: Failed,
        prepared: tuple[Prepared, ...],
    ) -> None:
        self.work.run(partial(_drawn, prepared), done=done, failed=failed)

    def _send(self, sheets: tuple[Sheet, ...], printer: str, *, duplex: bool) -> Sent:
        """How many have left, and what stopped the next one."""
        for count, sheet in enumerate(sheets):
            try:
                leaves = sheet.paper.leaves if duplex else None
                self.outlet.send(sheet.paper.pdf, printer, leaves=leaves)
            except Problem as problem:
                return Sent(count, _after(count, problem))
            try:
                self.store.call(partial(self.printing.record, sheet.prepared))
            except Problem as problem:
                return Sent(count + 1, _unrecorded(sheet, problem))
        return Sent(len(sheets), None)

    def _write(self, sheets: tuple[Sheet, ...], path: Path, *, duplex: bool) -> None:
        papers = [sheet.prepared for sheet in sheets]
        with laid_pdf(bundle(papers, duplex=duplex), path):
            self.store.call(partial(self.printing.record_all, papers))


def file_name(papers: Sequence[Paper]) -> str:
    """A name that says what and which number, if it has one yet, and nobody's name."""
    first = papers[0]
    title = first.title.replace("　", "").replace("/", " ")
    more = f"等{len(papers)}样" if len(papers) > 1 else ""
    number = f" {first.document_no}" if documentno.check(first.document_no) else ""
    return f"{title}{more}{number}.pdf"


def _drawn(prepared: tuple[Prepared, ...]) -> tuple[Sheet, ...]:
    return tuple(Sheet(each, draw(each)) for each in prepared)


def _proofs(sketches: tuple[Sketch, ...]) -> tuple[Proof, ...]:
    return tuple(Proof(each, draw(each)) for each in sketches)


def _after(count: int, problem: Problem) -> Problem:
    """The same trouble, and that what came before it has left."""
    if count:
        problem.safe = f"前面 {count} 样已经打出来、记好了。"
    return problem


def _unrecorded(sheet: Sheet, problem: Problem) -> Problem:
    """The printer has it, the log has not."""
    title = sheet.paper.title.replace("　", "")
    problem.safe = f"“{title}”已经打出来了，只是没有记上。"
    return problem


def _told(done: Callable[[], None], _recorded: None) -> None:
    done()


def _told_which(
    sheets: tuple[Sheet, ...],
    done: Callable[[], None],
    failed: Failed,
    gone: Callable[[Sheet], None],
    sent: Sent,
) -> None:
    for sheet in sheets[: sent.count]:
        gone(sheet)
    if sent.problem is None:
        done()
    else:
        failed(sent.problem)
