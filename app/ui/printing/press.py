"""From a wish to paper: prepared on the store thread, drawn and sent on the work thread, and only
what has left is recorded. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.printing import Paper, Prepared, Printing, draw, save_pdf
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


def file_name(sheets: Sequence[Sheet]) -> str:
    """A name that says what and which number, and nobody's name."""
    first = sheets[0].paper
    title = first.title.replace("　", "").replace("/", " ")
    more = f"等{len(sheets)}样" if len(sheets) > 1 else ""
    return f"{title}{more} {first.document_no}.pdf"


def _drawn(prepared: tuple[Prepared, ...]) -> tuple[Sheet, ...]:
    return tuple(Sheet(each, draw(each)) for each in prepared)


def _write(sheets: tuple[Sheet, ...], path: Path) -> None:
    save_pdf(joined([sheet.paper.pdf for sheet in sheets]), path)


def _told(done: Callable[[], None], _recorded: None) -> None:
    done()
