"""What the export page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.domain.exporting import ExportBook, Recipient
from app.domain.masking import in_the_open, mask_number
from app.domain.problem import Refused
from app.services.column_layouts import FoundLayouts
from app.services.drafts import Drafts
from app.services.exports import ExportReport, Exports
from app.services.households import Households
from app.services.visits import Visits
from app.ui.exports.form import ExportForm, Seen
from app.ui.widgets.entry import short_date

REMEMBERED: Final = "remembered:export"
"""Kept beside the drafts because it is this laptop's alone: recipient → what it gets to see."""
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One line as it will stand in the file."""

    name: str
    number: str
    place: str
    day: str
    met: str


@dataclass(frozen=True, slots=True)
class Sample:
    """How many lines there will be, of how many people, and the first few of a visit log.

    `why` says why there is nothing.
    """

    book: ExportBook
    count: int
    persons: int
    rows: tuple[SampleRow, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the page begins with: what each recipient got last time, and the column layouts."""

    seen: dict[Recipient, Seen] = field(default_factory=dict)
    layouts: FoundLayouts = field(default_factory=lambda: FoundLayouts(()))


@dataclass(frozen=True, slots=True)
class ExportDesk:
    """Jobs of the export page. Call from the store thread only."""

    exports: Exports
    visits: Visits
    households: Households
    drafts: Drafts

    def known(self) -> Known:
        """What each recipient got last time, and the layouts there are now."""
        return Known(self._seen(), self.exports.layouts())

    def sample(self, form: ExportForm) -> Sample:
        """How much it will be; the first lines of a visit log as they will look."""
        if form.book is not ExportBook.VISITS:
            return self._amount(form)
        options = form.options
        # looking is not written into the log of deeds, so it shows no whole number
        mask = in_the_open(options.mask)
        visits = self.visits.between(form.days.first, form.days.last)
        rows = []
        for visit in visits[:_SHOWN]:
            household = self.households.get(visit.household)
            head = household.head_member
            rows.append(
                SampleRow(
                    name="" if head is None else head.person.name,
                    number="" if head is None else mask_number(head.person.id_number, mask),
                    place=household.group_name if options.place else "",
                    day=short_date(visit.visited_on),
                    met=visit.met.label,
                )
            )
        households = {visit.household for visit in visits}
        why = "" if visits else "这段时间没有走访记录。"
        return Sample(form.book, len(visits), len(households), tuple(rows), why)

    def export(self, form: ExportForm) -> ExportReport:
        """Write the file, log it, and remember how much. Raises Refused, Unavailable."""
        report = self.exports.write(form.order())
        kept = {who.value: seen.as_kept() for who, seen in self._seen().items()}
        self.drafts.keep(REMEMBERED, kept | {form.recipient.value: form.seen.as_kept()})
        return report

    def _seen(self) -> dict[Recipient, Seen]:
        kept = self.drafts.get(REMEMBERED) or {}
        return {Recipient(who): Seen.of_kept(seen) for who, seen in kept.items()}

    def _amount(self, form: ExportForm) -> Sample:
        if form.book is ExportBook.ROSTER:
            people = sum(line.members for line in self.households.lines())
            return Sample(form.book, people, people, why="" if people else "现在还没有一户。")
        try:
            book = self.exports.look(form.order())
        except Refused as problem:
            return Sample(form.book, 0, 0, why=problem.what)
        return Sample(form.book, book.rows, book.persons)
