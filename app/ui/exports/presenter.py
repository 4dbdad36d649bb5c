"""The export page: who gets it decides how much they see, and everything that leaves is logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from app.domain.masking import Mask
from app.domain.problem import Problem, Refused
from app.services.exports import ExportReport
from app.ui.exports.desk import ExportDesk, Sample
from app.ui.exports.form import (
    USUAL,
    Days,
    FileKind,
    Recipient,
    Span,
    days_of,
    file_name,
    target_of,
    usual_reason,
)
from app.ui.nouns import Noun
from app.ui.runner import Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportForm:
    """Everything the page asks."""

    recipient: Recipient
    span: Span
    days: Days
    mask: Mask
    kind: FileKind
    reason: str
    folder: str
    own_path: Path | None = field(default=None)

    @property
    def path(self) -> Path:
        """Where it goes: the place chosen by hand, or the usual folder and name."""
        return self.own_path or target_of(
            self.folder, file_name(self.days, self.recipient, self.kind)
        )


class ExportScreen(Protocol):
    """What the export page can show."""

    def put(self, form: ExportForm) -> None:
        """Fill every field."""
        ...

    def show_sample(self, sample: Sample, mask: Mask) -> None:
        """The first lines as they will look."""
        ...

    def say(self, headline: str, detail: str) -> None:
        """What was done."""
        ...

    def lock(self) -> None:
        """Take no input while writing."""
        ...

    def unlock(self) -> None:
        """Take input again."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong, at its field where it has one."""
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
        self._masks: dict[Recipient, Mask] = {}
        self._asked = 0
        recipient = Recipient.TOWNSHIP
        self._form = ExportForm(
            recipient=recipient,
            span=Span.THIS_MONTH,
            days=days_of(Span.THIS_MONTH, today()),
            mask=USUAL[recipient],
            kind=FileKind.XLSX,
            reason=usual_reason(recipient),
            folder=folder,
        )
        screen.put(self._form)

    def open(self, subject: str | None) -> None:
        """Look up what each recipient got last time, and show the first lines."""
        del subject
        self._store.run(self._desk.masks, done=self._remembered, failed=self._screen.show_problem)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """A visit more is a line more."""
        if nouns & {Noun.VISIT, Noun.HOUSEHOLD, Noun.SYNC}:
            self._look()

    def choose_recipient(self, recipient: object) -> None:
        """Who gets it: what they got last time is proposed."""
        if isinstance(recipient, Recipient):
            mask = self._masks.get(recipient, USUAL[recipient])
            self._change(
                replace(self._form, recipient=recipient, mask=mask, reason=usual_reason(recipient))
            )

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
        """How much of an ID number is shown."""
        if isinstance(mask, Mask):
            self._change(replace(self._form, mask=mask))

    def choose_kind(self, kind: object) -> None:
        """What kind of file; a place chosen by hand gets the new ending."""
        if isinstance(kind, FileKind):
            own = self._form.own_path
            moved = None if own is None else own.with_suffix(kind.value)
            self._change(replace(self._form, kind=kind, own_path=moved))

    def say_reason(self, reason: str) -> None:
        """What it is for."""
        self._form = replace(self._form, reason=reason.strip())

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
        form = self._form
        if form.mask is Mask.FULL and form.recipient is Recipient.NOTICE_BOARD:
            self._screen.show_problem(
                Refused(
                    "公示栏上不能贴全号的身份证。", do="请选“不要”。", code="E-20", field="mask"
                )
            )
            return
        self._screen.lock()
        self._store.run(
            partial(
                self._desk.export, form.days, form.mask, form.path, form.reason, form.recipient
            ),
            done=self._exported,
            failed=self._not_exported,
        )

    def _change(self, form: ExportForm) -> None:
        """Show it, with its first lines."""
        self._form = form
        self._screen.put(form)
        self._look()

    def _remembered(self, masks: dict[Recipient, Mask]) -> None:
        self._masks = masks
        mask = masks.get(self._form.recipient, self._form.mask)
        self._change(replace(self._form, mask=mask))

    def _look(self) -> None:
        self._asked += 1
        self._store.run(
            partial(self._desk.sample, self._form.days, self._form.mask),
            done=partial(self._looked, self._asked),
            failed=self._screen.show_problem,
        )

    def _looked(self, asked: int, sample: Sample) -> None:
        if asked == self._asked:
            self._screen.show_sample(sample, self._form.mask)

    def _exported(self, report: ExportReport) -> None:
        self._masks[self._form.recipient] = self._form.mask
        self._screen.unlock()
        self._screen.say(
            f"导出好了：{report.rows} 条，{report.path.name}",
            f"放在 {report.path.parent}，已记入导出记录。",
        )

    def _not_exported(self, problem: Problem) -> None:
        self._screen.unlock()
        self._screen.show_problem(problem)
