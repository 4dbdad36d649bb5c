"""The practice village: some hundreds of households of people who do not exist.

Everything follows from the seed, so two machines make the same village. Identity numbers, codes
and telephones are of the kinds nobody has (see `app.practice.registry`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.practice.draft import Draft
from app.practice.families import RECIPES, FamilyKind, visit_the_clinic
from app.practice.names import NameGiver
from app.practice.past_visits import PastVisit, past_visits_of
from app.practice.registered import registered
from app.practice.registry import Registry
from app.practice.standing import (
    COUNTY_NAME,
    TOWNSHIP_NAME,
    VILLAGE_CODE,
    VILLAGE_NAME,
    settle,
    standing_of,
)

GROUPS: Final = ("一组", "二组", "三组", "四组", "五组", "六组", "七组", "八组")
_PEOPLES: Final = {
    "汉": 36,
    "壮": 18,
    "瑶": 10,
    "苗": 8,
    "侗": 6,
    "彝": 5,
    "傣": 4,
    "景颇": 3,
    "阿昌": 2,
    "德昂": 2,
    "维吾尔": 2,
    "藏": 2,
    "回": 2,
}
"""Households of each people among a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeHousehold:
    """One household with what it was made to show and what is not kept in the household itself.

    `number` is the county's number for it; `tier` the A/B/C of 低保 or None.
    """

    number: str
    kind: FamilyKind
    tier: str | None
    household: Household = field(repr=False)
    visits: tuple[PastVisit, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeVillage:
    """A whole village and the names of the places around it. `code` has twelve digits."""

    code: str
    name: str
    township: str
    county: str
    members: tuple[PracticeHousehold, ...] = field(repr=False)

    @property
    def households(self) -> tuple[Household, ...]:
        """The households alone, in the order of their doors."""
        return tuple(each.household for each in self.members)

    @property
    def people(self) -> int:
        """How many live here."""
        return sum(len(each.household.members) for each in self.members)


def practice_village(seed: int = 2026, households: int = 320) -> PracticeVillage:
    """The village of that seed and size. Twenty households show nearly every kind, 320 show all."""
    chance = Random(seed)  # noqa: S311  # the same seed must make the same village; no secret here
    registry = Registry(chance)
    names = NameGiver(chance)
    kinds = _kinds(households, chance)
    peoples = _peoples(households, chance)
    per_group = -(-households // len(GROUPS))
    made = []
    for place, (kind, people) in enumerate(zip(kinds, peoples, strict=True)):
        group, door = divmod(place, per_group)
        draft = Draft(
            registry=registry,
            names=names,
            chance=chance,
            ethnicity=people,
            surname=names.surname(people),
            id=HouseholdId(registry.new_id()),
        )
        RECIPES[kind][0](draft)
        visit_the_clinic(draft)
        standing = standing_of(draft)
        household = registered(
            settle(draft, standing, group=GROUPS[group], door=f"{door + 1}号"), kind
        )
        made.append(
            PracticeHousehold(
                number=f"{VILLAGE_CODE}{place + 1:05d}",
                kind=kind,
                tier=standing.tier,
                household=household,
                visits=past_visits_of(household, chance),
            )
        )
    return PracticeVillage(
        code=VILLAGE_CODE,
        name=VILLAGE_NAME,
        township=TOWNSHIP_NAME,
        county=COUNTY_NAME,
        members=tuple(made),
    )


def _kinds(count: int, chance: Random) -> list[FamilyKind]:
    """One of each kind, the rest by their shares, shuffled."""
    shares = [share for _, share in RECIPES.values()]
    rest = chance.choices(tuple(RECIPES), shares, k=max(0, count - len(RECIPES)))
    kinds = [*RECIPES, *rest][:count]
    chance.shuffle(kinds)
    return kinds


def _peoples(count: int, chance: Random) -> list[str]:
    """Peoples by their shares; in every hundred households each has its own."""
    found: list[str] = []
    while len(found) < count:
        hundred = [people for people, share in _PEOPLES.items() for _ in range(share)]
        chance.shuffle(hundred)
        found += hundred
    return found[:count]
