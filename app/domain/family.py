"""What happens to a household as a family: who comes, who goes, who heads it, where it goes on.

Nothing is ever deleted by it: a place in a household is closed with a day and a reason, a household
that is empty or merged has ended, and each side of a move names the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from app.domain.households import Household
from app.domain.ids import HouseholdId, PersonId
from app.domain.people import Education, Marriage, Relation, Sex
from app.domain.words import Word


class FamilyDeed(Word):
    """What she can say happened, in the order of the page; the first nine are asked for."""

    BIRTH = "birth", "生了孩子"
    MARRIAGE = "marriage", "结婚进门"
    JOIN = "join", "补登一个人"
    DEATH = "death", "有人去世"
    HEAD = "head", "换户主"
    MOVE = "move", "搬去村里另一户"
    MOVE_OUT = "move_out", "迁出本村"
    SPLIT = "split", "分户"
    MERGE = "merge", "并到另一户"
    UNDO = "undo", "撤销家里变动"


COMING: Final = (FamilyDeed.BIRTH, FamilyDeed.MARRIAGE, FamilyDeed.JOIN)
"""Somebody comes who was not on record."""
LEAVING: Final = (FamilyDeed.DEATH, FamilyDeed.MOVE, FamilyDeed.MOVE_OUT, FamilyDeed.SPLIT)
"""Somebody leaves; where it is the head, another has to be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who comes into the household; `relation` is to its head."""

    name: str = field(default="", repr=False)
    id_number: str | None = field(default=None, repr=False)
    birth: date | None = None
    sex: Sex = Sex.UNKNOWN
    relation: Relation = Relation.OTHER
    phone: str | None = field(default=None, repr=False)
    marriage: Marriage | None = None
    education: Education | None = None
    hukou_address: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyChange:
    """One deed as it is asked for. `on` is the day it happened.

    `head` is who heads the household afterwards, where its head leaves or changes; `leads` who
    heads the one that splits off; `relation` what the mover (for a merger: this head) is to the
    head of the `other` household.
    """

    household: HouseholdId
    kind: FamilyDeed
    on: date
    people: tuple[PersonId, ...] = ()
    newcomer: Newcomer | None = None
    head: PersonId | None = None
    leads: PersonId | None = None
    other: HouseholdId | None = None
    relation: Relation = Relation.OTHER
    group_name: str = ""
    door: str = ""
    to_place: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyEvent:
    """One deed as it stands in the record of one household."""

    id: str
    household: HouseholdId
    deed: str
    kind: FamilyDeed
    happened_on: date
    other: HouseholdId | None
    people: tuple[PersonId, ...]
    to_place: str = field(repr=False)
    note: str = field(repr=False)
    handler: str
    needs_review: bool
    undoes: str | None
    changes: tuple[tuple[str, str, str, object, object], ...] = field(repr=False, hash=False)
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a household came to its end, and where its people went on."""

    on: date
    by: FamilyDeed
    successor: HouseholdId | None


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """What a deed would do: whole sentences, before anything is written."""

    will: tuple[str, ...]
    look_at: tuple[str, ...] = ()
    """What is not sure and should be looked at; nothing of it hinders."""


R = Relation
_BACK: Final[Mapping[Relation, Relation]] = {
    R.SPOUSE: R.SPOUSE,
    R.CHILD: R.PARENT,
    R.CHILD_IN_LAW: R.PARENT,
    R.PARENT: R.CHILD,
    R.GRANDCHILD: R.GRANDPARENT,
    R.GRANDPARENT: R.GRANDCHILD,
    R.SIBLING: R.SIBLING,
}
_THROUGH: Final[Mapping[tuple[Relation, Relation], Relation]] = {
    (R.SPOUSE, R.CHILD): R.CHILD,
    (R.SPOUSE, R.CHILD_IN_LAW): R.CHILD_IN_LAW,
    (R.SPOUSE, R.GRANDCHILD): R.GRANDCHILD,
    (R.SPOUSE, R.PARENT): R.PARENT,
    (R.SPOUSE, R.GRANDPARENT): R.GRANDPARENT,
    (R.CHILD, R.SPOUSE): R.CHILD_IN_LAW,
    (R.CHILD, R.CHILD): R.GRANDCHILD,
    (R.CHILD, R.SIBLING): R.CHILD,
    (R.CHILD, R.PARENT): R.SPOUSE,
    (R.PARENT, R.SPOUSE): R.PARENT,
    (R.PARENT, R.PARENT): R.GRANDPARENT,
    (R.PARENT, R.CHILD): R.SIBLING,
    (R.GRANDPARENT, R.SPOUSE): R.GRANDPARENT,
    (R.SIBLING, R.SIBLING): R.SIBLING,
    (R.SIBLING, R.PARENT): R.PARENT,
    (R.SIBLING, R.GRANDPARENT): R.GRANDPARENT,
}


def through(link: Relation, theirs: Relation) -> Relation:
    """What somebody is to a head of whom `link` is a relative, being `theirs` to that relative.

    Relations as GB/T 4761 groups them: parents-in-law are 父母. 其他 wherever it could be two.
    """
    return link if theirs is R.HEAD else _THROUGH.get((link, theirs), R.OTHER)


def seen_from(head: Relation, theirs: Relation) -> Relation:
    """What somebody is to a new head, both told as they stood to the head before."""
    if head is theirs is R.HEAD:
        return R.HEAD
    if head is R.HEAD:
        return theirs
    if head is R.CHILD_IN_LAW and theirs is R.CHILD:
        return R.OTHER  # the spouse, or a brother of the spouse
    return through(_BACK.get(head, R.OTHER), theirs)


def head_must_follow(home: Household, leaving: tuple[PersonId, ...]) -> bool:
    """Whether the head is among those who leave while others stay."""
    stay = [one for one in home.members if one.person.id not in leaving]
    return home.head in leaving and bool(stay)
