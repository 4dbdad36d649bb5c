"""What a family deed says to the office about those who receive: who joined them, who left.

A supported household whose people change hands in a 增减员 (民发〔2021〕57号: 家庭人口变化的，应当
重新核定). It is written with the deed, so that the next 复核 and the county see it; a deed that is
taken back takes its 增减员 back with it (`StandingQueries.changes_of` leaves it out).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.households import Category, Household
from app.domain.ids import HouseholdId, PersonId
from app.domain.standing import ChangeKind
from app.services.family_checks import Checked
from app.services.family_planning import Step, Steps

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_PLACE: Final = "household_member"
_CAME: Final = {
    FamilyDeed.BIRTH: "出生",
    FamilyDeed.MARRIAGE: "结婚进门",
    FamilyDeed.JOIN: "原来没有登记，补登",
}


@dataclass(frozen=True, slots=True)
class Composition:
    """One person who joins or leaves those one household receives for."""

    household: HouseholdId
    kind: ChangeKind
    person: PersonId
    name: str = field(repr=False)
    reason: str = field(repr=False)


def composition_of(
    work: UnitOfWork, change: FamilyChange, found: Checked, steps: Steps
) -> list[Composition]:
    """What the deed changes in the supported households, in the order of its steps."""
    homes = {one.id: one for one in (found.home, found.other) if one is not None}
    supported = {at for at, one in homes.items() if one.category is not Category.NONE}
    moved = [
        (step.subject, *who)
        for step in steps.all
        if step.entity == _PLACE and step.subject in supported
        for who in _who(step, homes[step.subject])
    ]
    names = work.families.names(person for _home, _kind, person in moved)
    if change.newcomer is not None:
        names = {person: change.newcomer.name for _home, _kind, person in moved} | names
    return [
        Composition(home, kind, person, names[person], _reason(kind, change, homes))
        for home, kind, person in moved
    ]


def _who(step: Step, home: Household) -> Iterator[tuple[ChangeKind, PersonId]]:
    """Who takes the place the step opens, or gives up the one it closes."""
    if step.new:
        yield ChangeKind.ADD, PersonId(str(step.fields["person_id"]))
    elif "until_on" in step.fields:
        person = next(one.person.id for one in home.members if one.id == step.entity_id)
        yield ChangeKind.REMOVE, person


def _reason(kind: ChangeKind, change: FamilyChange, homes: Mapping[HouseholdId, Household]) -> str:
    """Why, in the words of the form; what she noted herself goes along."""
    said = _came(change, homes) if kind is ChangeKind.ADD else _went(change, homes)
    note = change.note.strip()
    return f"{said}。{note}" if note else said


def _came(change: FamilyChange, homes: Mapping[HouseholdId, Household]) -> str:
    return _CAME.get(change.kind) or f"从{_called(homes, change.household)}过来"


def _went(change: FamilyChange, homes: Mapping[HouseholdId, Household]) -> str:
    match change.kind:
        case FamilyDeed.DEATH:
            return "去世"
        case FamilyDeed.MOVE_OUT:
            return f"迁出本村，迁到：{change.to_place.strip()}"
        case FamilyDeed.SPLIT:
            return "分户，另立一户"
        case _:
            return f"去了{_called(homes, change.other)}"


def _called(homes: Mapping[HouseholdId, Household], household: HouseholdId | None) -> str:
    """The household by its head."""
    home = None if household is None else homes.get(household)
    head = None if home is None else home.head_member
    return "村里另一户" if head is None else f"{head.person.name}户"
