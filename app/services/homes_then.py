"""Households as they were on the day of a record: who headed them, where, on which rung.

A paper about a day says what was so on that day, whenever it is printed. What the county or a
neighbour changed is in no log here, so that such a change counts from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from app.domain.households import Category, Household
from app.domain.ids import HouseholdId, PersonId
from app.domain.operations import Patch, Value

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_HEAD: Final = "head_person_id"
_KEPT: Final = frozenset({_HEAD, "category", "phone", "group_name", "door", "address"})


@dataclass(frozen=True, slots=True)
class HomesThen:
    """Call from the store thread only."""

    work: UnitOfWork
    changes: Mapping[HouseholdId, Sequence[tuple[date, Patch]]]

    @classmethod
    def since(cls, work: UnitOfWork, first: date, household: HouseholdId | None = None) -> Self:
        """What is needed for days from `first` on; of all households, or of one."""
        return cls(work, work.households.changed_after(first, household))

    def on(self, home: Household, day: date) -> Household:
        """The household as it stood at the end of `day`, its people as they are now."""
        then = _before(self.changes.get(home.id, ()), day)
        if not then:
            return home
        head, last = home.head, home.last_head
        if _HEAD in then:
            told = then[_HEAD]
            head = PersonId(str(told)) if told else None
            last = None if head is None else self.work.people.get(head)
        phone = then.get("phone", home.phone)
        return replace(
            home,
            head=head,
            last_head=last,
            category=Category(str(then.get("category", home.category.value))),
            phone=None if phone is None else str(phone),
            group_name=str(then.get("group_name", home.group_name) or ""),
            door=str(then.get("door", home.door) or ""),
            address=str(then.get("address", home.address) or ""),
        )


def home_on(work: UnitOfWork, home: Household, day: date) -> Household:
    """One household as it stood at the end of `day`, with who belonged to it then."""
    then = HomesThen.since(work, day, home.id).on(home, day)
    return replace(then, members=work.people.members_on(home.id, day))


def _before(changes: Sequence[tuple[date, Patch]], day: date) -> dict[str, Value]:
    """Field → what it was, of those that changed after `day`."""
    then: dict[str, Value] = {}
    settled: set[str] = set()
    for on, patch in changes:
        for name in _KEPT.intersection(patch) - settled:
            if on > day:
                then[name] = patch[name][0]
            else:
                settled.add(name)
    return then
