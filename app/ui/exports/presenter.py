"""The export page: who gets it decides how much they see, and everything that leaves is logged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from app.domain.column_layout import ColumnLayout
from app.domain.exporting import ExportBook, Recipient, usual_reason
from app.domain.masking import Mask
from app.domain.problem import Problem
from app.services.export_books import USES
from app.services.exports import ExportReport
from app.ui.exports.desk import ExportDesk, Known, Sample
from app.ui.exports.form import (
    USUAL,
    Days,
    ExportForm,
    FileKind,
    More,
    Seen,
    Span,
    days_of,
)
from app.ui.exports.table import done_texts
from app.ui.form_screen import FormScreen
from app.ui.nouns import Noun
from app.ui.runner import Runner


class ExportScreen(FormScreen, Protocol):
    """What the export page can show."""

    def put(self, form: ExportForm, layouts: Sequence[ColumnLayout]) -> None:
        """Fill every field; `layouts` are those the book may take."""
        ...

    def show_sample(self, sample: Sample, mask: Mask) -> None:
        """The first lines as they will look."""
        ...

    def say(self, headline: str, detail: str) -> None:
        """What was done."""
        ...

    def forget_passphrase(self) -> None:
        """It was tried."""
        ...


class ExportPresenter:
    """Decides on the export page."""

    def __init__(
        self,
        screen: ExportScreen,
        store: Runner,
        desk: ExportDesk,
        *,
        today: Callable[[], date],
        folder: str,
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._today = today
        self._known = Known()
        self._asked = 0
        recipient = Recipient.TOWNSHIP
        self._form = ExportForm(
            recipient=recipient,
            span=Span.THIS_MONTH,
            days=days_of(Span.THIS_MONTH, today()),
            seen=USUAL[recipient],
            kind=FileKind.XLSX,
            reason=usual_reason(recipient),
            folder=folder,
        )
        screen.put(self._form, ())

    def open(self, subject: str | None) -> None:
        """Look up what each recipient got last time, and show the first lines; a `subject` is the
        book that was asked for."""
        if subject is not None:
            self._form = replace(self._form, book=ExportBook(subject))
        self._store.run(self._desk.known, done=self._remembered, failed=self._screen.show_problem)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """A visit more is a line more."""
        if nouns & {Noun.VISIT, Noun.HOUSEHOLD, Noun.RELIEF, Noun.SYNC}:
            self._look()

    def choose_book(self, book: object) -> None:
        """Which book."""
        if isinstance(book, ExportBook):
            self._change(replace(self._form, book=book, own_path=None))

    def choose_recipient(self, recipient: object) -> None:
        """Who gets it: what they got last time is proposed."""
        if isinstance(recipient, Recipient):
            seen = self._seen(recipient)
            form = replace(
                self._form, recipient=recipient, seen=seen, reason=usual_reason(recipient)
            )
            self._change(_guarded(form))

    def choose_span(self, span: object) -> None:
        """Which days."""
        if isinstance(span, Span):
            self._change(replace(self._form, span=span, days=days_of(span, self._today())))

    def choose_first(self, day: object) -> None:
        """The first day, chosen by hand."""
        if isinstance(day, date):
            last = max(day, self._form.days.last)
            self._change(replace(self._form, days=Days(day, last)))

    def choose_last(self, day: object) -> None:
        """The last day, chosen by hand."""
        if isinstance(day, date):
            first = min(day, self._form.days.first)
            self._change(replace(self._form, days=Days(first, day)))

    def choose_mask(self, mask: object) -> None:
        """How much of an ID number is shown; whole ones go only where a password is."""
        if isinstance(mask, Mask):
            form = self._seeing(replace(self._form.seen, mask=mask))
            if not form.reason:
                form = replace(form, reason=usual_reason(form.recipient))
            self._change(_guarded(form))

    def choose_more(self, more: object) -> None:
        """What the log says besides."""
        chosen = more if isinstance(more, tuple) else ()
        self._change(
            self._seeing(replace(self._form.seen, more=tuple(one for one in More if one in chosen)))
        )

    def choose_layout(self, layout: str) -> None:
        """In which columns."""
        layouts = {**self._form.seen.layouts, self._form.book.value: layout}
        self._change(self._seeing(replace(self._form.seen, layouts=layouts)))

    def choose_kind(self, kind: object) -> None:
        """What kind of file."""
        if isinstance(kind, FileKind):
            self._change(self._form.as_kind(kind))

    def say_reason(self, reason: str) -> None:
        """What it is for."""
        self._form = replace(self._form, reason=reason.strip())

    def say_passphrase(self, passphrase: str) -> None:
        """Who sits there is who opened the program."""
        self._form = replace(self._form, passphrase=passphrase)

    def choose_place(self, path: str) -> None:
        """Where it goes, chosen by hand."""
        place = Path(path)
        kinds = {kind.value: kind for kind in FileKind}
        kind = kinds.get(place.suffix.lower(), self._form.kind)
        if place.suffix.lower() not in kinds:
            place = place.with_name(f"{place.name}{kind.value}")
        self._change(replace(self._form, kind=kind, own_path=place))

    def export(self) -> None:
        """Write the file."""
        self._screen.lock()
        self._store.run(
            partial(self._desk.export, self._form),
            done=self._exported,
            failed=self._not_exported,
        )
        self._form = replace(self._form, passphrase="")
        self._screen.forget_passphrase()

    def _seeing(self, seen: Seen) -> ExportForm:
        return replace(self._form, seen=seen)

    def _seen(self, recipient: Recipient) -> Seen:
        """What they got last time."""
        return self._known.seen.get(recipient, USUAL[recipient])

    def _change(self, form: ExportForm) -> None:
        """Show it, with its first lines; a layout that is gone is not asked for any more."""
        use = USES.get(form.book)
        layouts = () if use is None else self._known.layouts.of(use)
        chosen = form.seen.layouts.get(form.book.value)
        if chosen and chosen not in {one.id for one in layouts}:
            kept = {**form.seen.layouts, form.book.value: ""}
            form = replace(form, seen=replace(form.seen, layouts=kept))
        self._form = form
        self._screen.put(form, layouts)
        self._look()

    def _remembered(self, known: Known) -> None:
        self._known = known
        self._change(replace(self._form, seen=self._seen(self._form.recipient)))
        if known.layouts.problems:
            self._screen.show_problem(known.layouts.problems[0])

    def _look(self) -> None:
        self._asked += 1
        self._store.run(
            partial(self._desk.sample, self._form),
            done=partial(self._looked, self._asked),
            failed=self._screen.show_problem,
        )

    def _looked(self, asked: int, sample: Sample) -> None:
        if asked == self._asked:
            self._screen.show_sample(sample, self._form.mask)

    def _exported(self, report: ExportReport) -> None:
        self._known.seen[self._form.recipient] = self._form.seen
        self._screen.unlock()
        self._screen.say(*done_texts(report))

    def _not_exported(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)


def _guarded(form: ExportForm) -> ExportForm:
    """Whole numbers go only into a file with a password, for a reason said in so many words; so
    does what is kept for oneself, for the usual one."""
    if form.recipient is Recipient.OWN_COPY:
        form = form.as_kind(FileKind.XLSX)
    if form.mask is not Mask.FULL:
        return form
    said = "" if form.reason == usual_reason(form.recipient) else form.reason
    return replace(form.as_kind(FileKind.XLSX), reason=said)
