"""Visits that were made and are not recorded yet: she went on with the need, and they wait.

A form half told is this laptop's own and no record: it is looked for when the list is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.today import WorkKind
from app.services.drafts import OF_A_VISIT

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def unfinished_visits(work: UnitOfWork) -> Iterator[DueItem]:
    """A row for each half-told visit that says already who was met."""
    for key in work.local.drafts():
        told = work.local.draft(key) if key.startswith(OF_A_VISIT) else None
        if not told or not told.get("met") or not told.get("household"):
            continue
        household = HouseholdId(str(told["household"]))
        who, place = work.visiting.place_of(household)
        on = _day(told.get("visited_on"))
        when = "" if on is None else f"{on.month}月{on.day}日"
        yield DueItem(
            kind=WorkKind.UNFINISHED_VISIT,
            entity_id=household,
            household=household,
            who=who,
            place=place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=f"{when}去过了，这次走访还没记完，没有保存成记录",
            rule="去了就要记，县里才看得到",
            page="visits",
            action="接着记完，保存",
            target=household,
            since=on,
        )


def _day(told: object) -> date | None:
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return None  # not told yet, or half a day
