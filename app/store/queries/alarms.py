"""What of some households rings on a day: birthdays, first jobs, what the newest visit saw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from app.domain.application_states import OVER
from app.domain.casework import Channel, Housing, Met, channel_of
from app.domain.households import Category
from app.domain.ids import HouseholdId, PersonId
from app.domain.people import Living, PersonStatus, SelfCare
from app.domain.referral_states import LeadStatus
from app.domain.referral_words import ReferralNeed
from app.domain.visit_words import CarerDuty
from app.models.base import table_of
from app.models.casework import ApplicationRow, VisitRow
from app.models.people import HouseholdMemberRow, HouseholdRow, PersonRow
from app.models.standing import BenefitRow
from app.models.visiting import LeadRow, ReferralRow
from app.store.among import among

_HOUSEHOLD = table_of(HouseholdRow)
_MEMBER = table_of(HouseholdMemberRow)
_PERSON = table_of(PersonRow)
_VISIT = table_of(VisitRow)
_REFERRAL = table_of(ReferralRow)
_LEAD = table_of(LeadRow)
_APPLICATION = table_of(ApplicationRow)
_BENEFIT = table_of(BenefitRow)

_GRAVE: Final = 2
"""重残: 一级、二级."""

_MEMBERS: Final = (
    select(_HOUSEHOLD.c.id.label("household_id"), _PERSON)
    .join(_MEMBER, _MEMBER.c.household_id == _HOUSEHOLD.c.id)
    .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
    .where(
        _HOUSEHOLD.c.id.in_(among("subjects")),
        _HOUSEHOLD.c.is_removed.is_(False),
        _HOUSEHOLD.c.ended_on.is_(None),
        _MEMBER.c.is_removed.is_(False),
    )
    .order_by(_HOUSEHOLD.c.id, _MEMBER.c.position, _MEMBER.c.id)
)
_BORN: Final = _MEMBERS.where(
    _HOUSEHOLD.c.category == Category.TEKUN.value, _PERSON.c.birth_on.is_not(None)
)
_EMPLOYED: Final = _MEMBERS.where(_PERSON.c.first_employed_on.is_not(None))
_AT_HOME: Final = (
    select(_MEMBER.c.id)
    .where(
        _MEMBER.c.household_id == _HOUSEHOLD.c.id,
        _MEMBER.c.is_removed.is_(False),
        _MEMBER.c.living.is_(None) | (_MEMBER.c.living != Living.INSTITUTION.value),
    )
    .correlate(_HOUSEHOLD)
    .exists()
)
_CARE_SOUGHT: Final = (
    select(_REFERRAL.c.id)
    .where(
        _REFERRAL.c.household_id == _HOUSEHOLD.c.id,
        _REFERRAL.c.need == ReferralNeed.CARE.value,
    )
    .correlate(_HOUSEHOLD)
    .exists()
)
_LOOKED_AT: Final = _MEMBERS.where(
    _HOUSEHOLD.c.category == Category.TEKUN.value,
    _PERSON.c.self_care.is_not(None),
    _PERSON.c.status.is_(None) | (_PERSON.c.status != PersonStatus.DEAD.value),
    _MEMBER.c.living.is_(None) | (_MEMBER.c.living != Living.INSTITUTION.value),
    ~_CARE_SOUGHT,
)
_ALIVE: Final = _MEMBERS.where(
    _PERSON.c.status.is_(None) | (_PERSON.c.status != PersonStatus.DEAD.value)
)
_IN_HAND: Final = (
    select(_APPLICATION.c.id)
    .where(
        _APPLICATION.c.household_id == _HOUSEHOLD.c.id,
        _APPLICATION.c.status.not_in([one.value for one in OVER]),
    )
    .correlate(_HOUSEHOLD)
    .exists()
)
_NOTICED: Final = (
    select(_LEAD.c.id)
    .where(
        _LEAD.c.household_id == _HOUSEHOLD.c.id,
        _LEAD.c.status.in_([LeadStatus.OPEN.value, LeadStatus.VERIFIED.value]),
    )
    .correlate(_HOUSEHOLD)
    .exists()
)
_PAID: Final = (
    select(_BENEFIT.c.id)
    .where(_BENEFIT.c.household_id == _HOUSEHOLD.c.id, _BENEFIT.c.to_month.is_(None))
    .correlate(_HOUSEHOLD)
    .exists()
)
_LEFT_OUT: Final = _MEMBERS.where(
    _HOUSEHOLD.c.category == Category.NONE.value,
    _PERSON.c.status.is_(None) | (_PERSON.c.status != PersonStatus.DEAD.value),
    _PERSON.c.is_seriously_ill.is_(True)
    | (_PERSON.c.is_disabled.is_(True) & (_PERSON.c.disability_level <= _GRAVE)),
    ~_IN_HAND,
    ~_NOTICED,
    ~_PAID,
)
_REFERRED: Final = (
    select(_REFERRAL.c.id)
    .where(
        _REFERRAL.c.household_id == _HOUSEHOLD.c.id,
        _REFERRAL.c.need == ReferralNeed.CARE.value,
        _REFERRAL.c.made_on >= _VISIT.c.visited_on,
    )
    .correlate(_HOUSEHOLD, _VISIT)
    .exists()
)
_SEEN: Final = (
    select(_VISIT, _REFERRED.label("is_referred"))
    .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _VISIT.c.household_id)
    .where(
        _HOUSEHOLD.c.id.in_(among("subjects")),
        _HOUSEHOLD.c.category == Category.TEKUN.value,
        _HOUSEHOLD.c.is_removed.is_(False),
        _HOUSEHOLD.c.ended_on.is_(None),
        _VISIT.c.adds_to_id.is_(None),
        _VISIT.c.met != Met.NOBODY.value,
        _VISIT.c.housing.is_not(None) | _VISIT.c.carer.is_not(None),
        _AT_HOME,
    )
    .order_by(
        _HOUSEHOLD.c.id, _VISIT.c.visited_on.desc(), _VISIT.c.recorded_at.desc(),
        _VISIT.c.id.desc(),
    )
)  # fmt: skip


_LEFT: Final = (
    select(func.max(_MEMBER.c.until_on))
    .where(_MEMBER.c.household_id == _HOUSEHOLD.c.id)
    .correlate(_HOUSEHOLD)
    .scalar_subquery()
)
_SENT_ON: Final = (
    select(_REFERRAL.c.id)
    .where(_REFERRAL.c.household_id == _HOUSEHOLD.c.id, _REFERRAL.c.made_on >= _LEFT)
    .correlate(_HOUSEHOLD)
    .exists()
)
_YOUNG: Final = (
    select(
        _HOUSEHOLD.c.id.label("household_id"),
        func.min(_PERSON.c.birth_on).label("oldest"),
        _LEFT.label("left_on"),
    )
    .join(_MEMBER, _MEMBER.c.household_id == _HOUSEHOLD.c.id)
    .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
    .where(
        _HOUSEHOLD.c.id.in_(among("subjects")),
        _HOUSEHOLD.c.is_removed.is_(False),
        _HOUSEHOLD.c.ended_on.is_(None),
        _MEMBER.c.is_removed.is_(False),
        ~_SENT_ON,
    )
    .group_by(_HOUSEHOLD.c.id)
    .having(
        (func.count() == func.count(_PERSON.c.birth_on))
        & (func.min(_PERSON.c.birth_on) > bindparam("born_after"))
    )
)


@dataclass(frozen=True, slots=True, repr=False)
class Young:
    """A household of minors only: the birthday of the oldest, and when somebody left last."""

    household: HouseholdId
    oldest: date
    left_on: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Born:
    """Somebody of a 特困 household and the day of birth."""

    household: HouseholdId
    person: PersonId
    name: str
    on: date


@dataclass(frozen=True, slots=True, repr=False)
class Dependent:
    """Somebody of a 特困 household who lives at home, and which of the six acts they can do."""

    household: HouseholdId
    person: PersonId
    name: str
    acts: Mapping[SelfCare, bool]


@dataclass(frozen=True, slots=True, repr=False)
class Somebody:
    """A living member of a household."""

    household: HouseholdId
    person: PersonId
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Grave:
    """Somebody gravely disabled or ill who receives nothing."""

    household: HouseholdId
    name: str


@dataclass(frozen=True, slots=True, repr=False)
class Employed:
    """Somebody and the first day of the first job."""

    household: HouseholdId
    person: PersonId
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What one visit of a 特困 household answered that may speak for an institution."""

    household: HouseholdId
    visit: str
    on: date
    road: Channel
    housing: Housing | None
    carer: CarerDuty | None
    is_referred: bool
    """Whether a referral for care was made that day or later."""


@dataclass(frozen=True, slots=True)
class AlarmQueries:
    """Questions about days and answers that ring."""

    connection: Connection

    def young(self, subjects: Sequence[str], born_after: date) -> list[Young]:
        """Of `subjects`, those in which everybody was born after that day, and about which nobody
        was referred to anybody since the last left."""
        named = {"subjects": json.dumps(list(subjects)), "born_after": born_after}
        rows = self.connection.execute(_YOUNG, named)
        return [Young(HouseholdId(row.household_id), row.oldest, row.left_on) for row in rows]

    def born(self, subjects: Sequence[str]) -> list[Born]:
        """Members of 特困 households among `subjects` whose birthday is known."""
        rows = self.connection.execute(_BORN, {"subjects": json.dumps(list(subjects))})
        return [
            Born(HouseholdId(row.household_id), PersonId(row.id), row.name, row.birth_on)
            for row in rows
        ]

    def at_home(self, subjects: Sequence[str]) -> list[Dependent]:
        """Members of 特困 households among `subjects` whose self-care was looked at, who live at
        home, and for whose household no care was sought yet."""
        rows = self.connection.execute(_LOOKED_AT, {"subjects": json.dumps(list(subjects))})
        return [
            Dependent(
                HouseholdId(row.household_id),
                PersonId(row.id),
                row.name,
                {SelfCare(act): bool(can) for act, can in row.self_care.items()},
            )
            for row in rows
            if row.self_care
        ]

    def alive(self, subjects: Sequence[str]) -> list[Somebody]:
        """The living members of `subjects`, those of one household together."""
        rows = self.connection.execute(_ALIVE, {"subjects": json.dumps(list(subjects))})
        return [Somebody(HouseholdId(row.household_id), PersonId(row.id), row.name) for row in rows]

    def left_out(self, subjects: Sequence[str]) -> list[Grave]:
        """Those gravely disabled or ill in households among `subjects` that are on no list, receive
        nothing, and about which nothing is in hand; those of one household together."""
        rows = self.connection.execute(_LEFT_OUT, {"subjects": json.dumps(list(subjects))})
        return [Grave(HouseholdId(row.household_id), row.name) for row in rows if not row.receives]

    def employed(self, subjects: Sequence[str]) -> list[Employed]:
        """Members of `subjects` of whose first job the day is known."""
        rows = self.connection.execute(_EMPLOYED, {"subjects": json.dumps(list(subjects))})
        return [
            Employed(
                HouseholdId(row.household_id), PersonId(row.id), row.name, row.first_employed_on
            )
            for row in rows
        ]

    def seen(self, subjects: Sequence[str]) -> list[Seen]:
        """Visits that asked about the house or the carer, of each 特困 household among `subjects`
        that still has somebody at home; those of one household together, the newest first."""
        rows = self.connection.execute(_SEEN, {"subjects": json.dumps(list(subjects))})
        return [
            Seen(
                household=HouseholdId(row.household_id),
                visit=row.id,
                on=row.visited_on,
                road=Channel(row.channel or channel_of(Met(row.met))),
                housing=None if row.housing is None else Housing(row.housing),
                carer=None if row.carer is None else CarerDuty(row.carer),
                is_referred=bool(row.is_referred),
            )
            for row in rows
        ]
