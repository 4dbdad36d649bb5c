"""Something that is due: what it is, for whom, from when to when, why, and the one next action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.ids import HouseholdId
from app.domain.today import WorkKind

DAYS: Final = "{天数}"
"""Stands in `DueItem.why` for the days since `DueItem.since`; filled in when the list is read."""
AGREED: Final = -1
"""`standing` of a visit on a day that was agreed with the household: before all other visits."""
URGENT: Final = 0
"""`standing` of a visit that comes before ordinary late ones."""
ALWAYS: Final = date(2025, 1, 1)
"""`appears_on` of what was due before anybody used this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One row of today's list as it is kept.

    It says nothing that changes overnight: it stands in the list from `appears_on` (to `until`,
    where it goes by itself), and how late it is follows from `due_on` — the last day in China — or
    `due_at`, the instant of an hour clock. `in_workdays` says that its clock counts working days
    only, and so does what is left of it. `rule` is the rule with its clause. `page` and `target`
    are where `action` is done; without a target the page is opened with `entity_id`. Of rows
    equally urgent a lower `standing` comes first, then the one that has waited since longest.
    """

    kind: WorkKind
    entity_id: str
    household: HouseholdId | None
    who: str
    place: str
    appears_on: date
    due_on: date | None
    due_at: datetime | None
    why: str
    rule: str
    page: str
    action: str
    target: str = ""
    since: date | None = None
    until: date | None = None
    standing: int = 0
    in_workdays: bool = False

    @property
    def subject(self) -> str:
        """Whose it is: the household, or the record where there is no household."""
        return self.household or self.entity_id
