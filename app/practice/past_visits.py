"""Visits already made in the practice village, so that some households have waited long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from app.domain.casework import Health, Housing, IncomeChange, Met, Need, Supplies
from app.domain.households import Category, Household
from app.domain.ids import HouseholdId
from app.domain.people import Living

_LISTED: Final = frozenset({Category.DIBAO, Category.TEKUN, Category.SINGLE_PERSON})
_MOST: Final = 3
_ALONE: Final = 1
_NOTES: Final[dict[str, dict[str, Any]]] = {
    "家里收拾得干净，粮够吃": {"supplies": Supplies.ENOUGH},
    "外面的亲戚打来电话，都好": {},
    "屋顶有一处漏，已报村委": {"housing": Housing.HAZARD},
    "说想养两头猪": {},
    "电表坏了，已告诉电工": {},
    "刚从镇上赶集回来，身体好": {"health": Health.GOOD},
    "药快吃完了，下月要去复查": {"health": Health.ILL, "need": Need.MEDICAL},
    "": {},
}
"""What was written down, and the answers that go with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """One visit of the past, `days_before` the day the village is looked at."""

    household: HouseholdId
    head_id_number: str | None
    days_before: int
    met: Met
    health: Health | None
    supplies: Supplies | None
    housing: Housing | None
    income_change: IncomeChange | None
    need: Need | None
    note: str

    def on(self, day: date) -> date:
        """The date of the visit, seen from `day`."""
        return day - timedelta(days=self.days_before)


def past_visits_of(household: Household, chance: Random) -> tuple[PastVisit, ...]:
    """None, or up to three visits, the latest first. Listed households are seen more often."""
    if household.category in _LISTED:
        latest, every = chance.randint(3, 80), chance.randint(25, 45)
        times = chance.randint(1, _MOST)
    else:
        latest, every = chance.randint(20, 380), 90
        times = chance.randint(0, 2)
    return tuple(_visit(household, latest + every * time, chance) for time in range(times))


def _visit(household: Household, days_before: int, chance: Random) -> PastVisit:
    head = household.head_member
    met = _met(household, chance)
    was_seen = met is not Met.NOBODY
    visit = PastVisit(
        household=household.id,
        head_id_number=head.person.id_number if head else None,
        days_before=days_before,
        met=met,
        health=_health(household, chance) if was_seen else None,
        supplies=chance.choices(tuple(Supplies), (80, 15, 5))[0] if was_seen else None,
        housing=chance.choices(tuple(Housing), (88, 10, 2))[0],
        income_change=chance.choices(tuple(IncomeChange), (80, 8, 12))[0] if was_seen else None,
        need=chance.choices(tuple(Need), (78, 8, 8, 4, 2))[0] if was_seen else None,
        note=chance.choice(tuple(_NOTES)) if was_seen else "敲门没人应，邻居说下地去了",
    )
    return replace(visit, **_NOTES.get(visit.note, {}))


def _met(household: Household, chance: Random) -> Met:
    """A household of one is met in person or not at all; a migrant is on the telephone."""
    if len(household.members) == _ALONE:
        return chance.choices((Met.SELF, Met.NOBODY), (88, 12))[0]
    if all(member.living is Living.AWAY_FOR_WORK for member in household.members[:1]):
        return Met.PHONE
    return chance.choices((Met.SELF, Met.FAMILY, Met.NOBODY, Met.PHONE), (60, 25, 8, 7))[0]


def _health(household: Household, chance: Random) -> Health:
    if any(member.person.serious_illness for member in household.members):
        return chance.choice((Health.ILL, Health.HOSPITAL))
    if any(member.person.disability_level for member in household.members):
        return chance.choice((Health.IMPAIRED, Health.FAIR))
    return chance.choices((Health.GOOD, Health.FAIR, Health.ILL), (60, 32, 8))[0]
