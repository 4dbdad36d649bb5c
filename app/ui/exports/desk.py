"""What the export page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.masking import Mask, mask_number
from app.services.drafts import Drafts
from app.services.exports import ExportReport, Exports
from app.services.households import Households
from app.services.visits import Visits
from app.ui.exports.form import Days, Recipient
from app.ui.widgets.entry import short_date

REMEMBERED: Final = "remembered:export"
"""Kept beside the drafts because it is this laptop's alone: recipient → mask."""
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
    """How many lines there will be, and the first few."""

    count: int
    households: int
    rows: tuple[SampleRow, ...]


@dataclass(frozen=True, slots=True)
class ExportDesk:
    """Jobs of the export page. Call from the store thread only."""

    exports: Exports
    visits: Visits
    households: Households
    drafts: Drafts

    def masks(self) -> dict[Recipient, Mask]:
        """How much each recipient got last time."""
        kept = self.drafts.get(REMEMBERED) or {}
        return {Recipient(who): Mask(mask) for who, mask in kept.items()}

    def sample(self, days: Days, mask: Mask) -> Sample:
        """The first lines as they will look."""
        visits = self.visits.between(days.first, days.last)
        rows = []
        for visit in visits[:_SHOWN]:
            household = self.households.get(visit.household)
            head = household.head_member
            rows.append(
                SampleRow(
                    name="" if head is None else head.person.name,
                    number="" if head is None else mask_number(head.person.id_number, mask),
                    place=household.place,
                    day=short_date(visit.visited_on),
                    met=visit.met.label,
                )
            )
        return Sample(len(visits), len({visit.household for visit in visits}), tuple(rows))

    def export(
        self, days: Days, mask: Mask, path: Path, reason: str, recipient: Recipient
    ) -> ExportReport:
        """Write the file, log it, and remember the mask. Raises Refused, Unavailable."""
        report = self.exports.visits(days.first, days.last, mask, path, reason=reason or None)
        kept = {who.value: m.value for who, m in self.masks().items()}
        self.drafts.keep(REMEMBERED, kept | {recipient.value: mask.value})
        return report
