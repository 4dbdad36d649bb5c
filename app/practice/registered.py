"""What a practice person's papers say besides: marriage, schooling, where they are registered.

All of it follows from who they are, by no chance of its own: the rest of the village stays as it
was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.domain.households import Household, IncomeKind
from app.domain.people import (
    DisabilityKind,
    Education,
    Hukou,
    Marriage,
    Member,
    Person,
    Relation,
    Student,
)
from app.practice.families import FamilyKind
from app.practice.registry import AGES_ON
from app.practice.standing import VILLAGE_NAME

_FROM: Final = "练习县白石镇老街8号"
"""Where those come from who are registered elsewhere."""
_CAME: Final = 2021
_WITH: Final = {Relation.HEAD: Relation.SPOUSE, Relation.CHILD: Relation.CHILD_IN_LAW}
_WIDOWED_FROM: Final = 60
_KINDS: Final = {kind: str(number) for number, kind in enumerate(DisabilityKind, start=1)}
"""The place of a 残疾人证's number that says the kind (GB/T 2261.3)."""
_FINISHED: Final = {
    Student.SECONDARY: Education.MIDDLE,
    Student.UNDERGRADUATE: Education.HIGH,
    Student.POSTGRADUATE: Education.UNDERGRADUATE,
}
"""What somebody still at school has finished."""
_BY_AGE: Final = ((75, Education.NONE), (58, Education.PRIMARY), (30, Education.MIDDLE))
_TWELVE: Final = 12


def registered(household: Household, kind: FamilyKind) -> Household:
    """The household with these facts of everybody."""
    told = tuple(
        replace(member, person=_told(household, member, kind)) for member in household.members
    )
    return replace(household, members=told)


def _told(household: Household, member: Member, kind: FamilyKind) -> Person:
    person = member.person
    comes = person.hukou in {Hukou.NONLOCAL, Hukou.RESIDENCE_PERMIT}
    here = household.address if person.hukou is Hukou.LOCAL else None
    return replace(
        person,
        marriage=_marriage(household, member, kind),
        education=_education(person),
        hukou_address=_FROM if comes else here,
        resident_since=_CAME if comes else None,
        permit_no=person.id_number if person.hukou is Hukou.RESIDENCE_PERMIT else None,
        employer=_employer(household, person),
        disability_no=_certificate(person),
    )


def _marriage(household: Household, member: Member, kind: FamilyKind) -> Marriage:
    relations = [one.relation for one in household.members]
    if member.relation in {Relation.CHILD_IN_LAW, Relation.SPOUSE}:
        return Marriage.MARRIED
    if _WITH.get(member.relation) in relations:
        return Marriage.MARRIED
    if member.relation is Relation.PARENT and relations.count(Relation.PARENT) > 1:
        return Marriage.MARRIED
    if kind is FamilyKind.TEKUN_ALONE:
        return Marriage.UNMARRIED
    if kind is FamilyKind.SINGLE:
        return Marriage.DIVORCED
    if _age(member.person) >= _WIDOWED_FROM or kind is FamilyKind.WIDOWED:
        grown = member.relation in {Relation.HEAD, Relation.PARENT, Relation.GRANDPARENT}
        return Marriage.WIDOWED if grown else Marriage.UNMARRIED
    return Marriage.UNMARRIED


def _education(person: Person) -> Education | None:
    """What was finished; None for a child who has finished no school yet."""
    age = _age(person)
    if person.student in _FINISHED:
        return _FINISHED[person.student]
    if person.student is Student.COMPULSORY:
        return Education.PRIMARY if age > _TWELVE else None
    if age <= _TWELVE:
        return None
    return next((school for least, school in _BY_AGE if age >= least), Education.HIGH)


def _employer(household: Household, person: Person) -> str | None:
    """Whose post it is: the village's own are the only ones here."""
    posts = [one for one in household.incomes if one.kind is IncomeKind.PUBLIC_POST_WAGE]
    return f"{VILLAGE_NAME}村民委员会" if person.id in {one.person for one in posts} else None


def _certificate(person: Person) -> str | None:
    if person.id_number is None or person.disability_kind is None:
        return None
    return f"{person.id_number}{_KINDS[person.disability_kind]}{person.disability_level}"


def _age(person: Person) -> int:
    if person.birth is None:
        return 0
    had = (AGES_ON.month, AGES_ON.day) >= (person.birth.month, person.birth.day)
    return AGES_ON.year - person.birth.year - (not had)
