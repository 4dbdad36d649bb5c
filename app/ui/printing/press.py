"""From a wish to paper: prepared on the store thread, drawn and sent on the work thread, and only
what has left is recorded. What is only looked at takes no number. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain import documentno
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.printing import Paper, Prepared, Printing, Sketch, draw, save_pdf
from app.ui.printing.outlet import Outlet
from app.ui.printing.raster import joined
from app.ui.runner import Runner

Failed = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper somebody wants. `entity_id` None is the newest record of its kind."""

    form: str
    household: HouseholdId | None
    entity_id: str | None
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that was drawn and has not left yet."""

    prepared: Prepared
    paper: Paper


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper drawn to be looked at; it cannot leave."""

    sketch: Sketch
    paper: Paper


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

    def print(
        self, sheets: Sequence[Sheet], printer: str, *, done: Callable[[], None], failed: Failed
    ) -> None:
        """Send to `printer`; record what has gone."""
        self.work.run(
            partial(self._send, tuple(sheets), printer),
            done=partial(self._record, tuple(sheets), done, failed),
            failed=failed,
        )

    def file(
        self, sheets: Sequence[Sheet], path: Path, *, done: Callable[[], None], failed: Failed
    ) -> None:
        """Write one PDF with all of them; record that it has gone."""
        self.work.run(
            partial(_write, tuple(sheets), path),
            done=partial(self._record, tuple(sheets), done, failed),
            failed=failed,
        )

    def _prepare(self, wanted: tuple[Wanted, ...]) -> tuple[Prepared, ...]:
        return tuple(
            self.printing.prepare(each.form, each.household, each.entity_id, each.copies)
            for each in wanted
        )

    def _sketch(self, wanted: tuple[Wanted, ...]) -> tuple[Sketch, ...]:
        return tuple(
            self.printing.sketch(each.form, each.household, each.entity_id, each.copies)
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

    def _send(self, sheets: tuple[Sheet, ...], printer: str) -> None:
        for sheet in sheets:
            self.outlet.send(sheet.paper.pdf, printer)

    def _record(
        self, sheets: tuple[Sheet, ...], done: Callable[[], None], failed: Failed, _sent: None
    ) -> None:
        self.store.run(partial(self._recorded, sheets), done=partial(_told, done), failed=failed)

    def _recorded(self, sheets: tuple[Sheet, ...]) -> None:
        for sheet in sheets:
            self.printing.record(sheet.prepared)


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


def _write(sheets: tuple[Sheet, ...], path: Path) -> None:
    save_pdf(joined([sheet.paper.pdf for sheet in sheets]), path)


def _told(done: Callable[[], None], _recorded: None) -> None:
    done()
