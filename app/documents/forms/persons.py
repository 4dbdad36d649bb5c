"""People as forms write them: relations, peoples, certificates, and who may sign for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from app.documents import values
from app.domain.households import Household
from app.domain.ids import ObligorId
from app.domain.people import Member, Obligor, Person, PersonStatus, Relation, Sex
from app.domain.problem import Refused
from app.rules.facts import Facts

ADULT: Final = 18
"""Years from which a person signs for themselves (民法典 第十七条)."""

_RELATIONS: Final = {
    Relation.CHILD: {Sex.MALE: "儿子", Sex.FEMALE: "女儿"},
    Relation.CHILD_IN_LAW: {Sex.MALE: "女婿", Sex.FEMALE: "儿媳"},
    Relation.PARENT: {Sex.MALE: "父亲", Sex.FEMALE: "母亲"},
}
"""What relations are called on paper once the sex is known."""
_KIN: Final = {
    "son": "儿子",
    "daughter": "女儿",
    "father": "父亲",
    "mother": "母亲",
    "spouse": "配偶",
    "grandchild": "孙辈",
    "other": "其他",
}
"""Obligors as the interview codes them."""


def applicant_of(household: Household, applicant: str) -> Member:
    """The member who applies. Raises Refused A-42 once that one has left."""
    found = next((m for m in household.members if m.person.id == applicant), None)
    if found is None:
        raise Refused("申请人不在这一户了。", do="请先换一个申请人，或者撤回。", code="A-42")
    return found


def applicant_first(household: Household, applicant: Member) -> list[Member]:
    """Every member, the applicant before the others."""
    return sorted(household.members, key=lambda member: member.id != applicant.id)


def relation(member: Member, applicant: Member) -> str:
    """Relation to the applicant; the household knows relations to its head."""
    if member.id == applicant.id:
        return "本人"
    if applicant.relation is not Relation.HEAD:
        return ""
    by_sex = _RELATIONS.get(member.relation, {})
    return by_sex.get(member.person.sex, member.relation.label)


def relation_to_head(member: Member) -> str:
    """What a member is to the head of the household: 户主, 儿子, 儿媳 …"""
    by_sex = _RELATIONS.get(member.relation, {})
    return by_sex.get(member.person.sex, member.relation.label)


def sex(person: Person) -> str:
    """男 or 女; empty when not known."""
    return person.sex.label if person.sex is not Sex.UNKNOWN else ""


def ethnicity(person: Person) -> str:
    """With its 族; empty when not known."""
    people = person.ethnicity or ""
    return people if not people or people.endswith("族") else f"{people}族"


def marriage(person: Person) -> str:
    """未婚, 已婚, 丧偶, 离婚; empty when nobody asked."""
    return person.marriage.label if person.marriage else ""


def education(person: Person) -> str:
    """The highest school finished; empty when nobody asked."""
    return person.education.label if person.education else ""


def resided(person: Person) -> str:
    """Since which year they live here, as long as that is known: 2019年起."""
    return f"{person.resident_since}年起" if person.resident_since else ""


def disability(person: Person) -> str:
    """Kind and level of the certificate; 无 only where somebody asked and there is none."""
    if person.disability_kind is None:
        return "无" if person.disabled is False else ""
    return f"{person.disability_kind.label}{level(person.disability_level)}"


def health(person: Person) -> str:
    """Certificate and serious illness; "" where nobody asked, 健康 where both are denied."""
    known = (disability(person) if person.disability_kind is not None else "", illness(person))
    said = "，".join(word for word in known if word)
    denied = person.disabled is False and person.serious_illness is False
    return said or ("健康" if denied else "")


def illness(person: Person) -> str:
    """重病 with its name, as far as somebody told; "" otherwise."""
    if not person.serious_illness:
        return ""
    return f"重病（{person.illness}）" if person.illness else "重病"


def level(number: int | None) -> str:
    """二级; empty when not known."""
    return f"{'〇一二三四'[number]}级" if number else ""


def signs(member: Member, on: date) -> bool:
    """Whether a member signs for themselves; without a birth date the paper asks them to."""
    age = values.age(member.person.birth, on)
    grown = age is None or age >= ADULT
    return grown and member.person.status is not PersonStatus.NO_CIVIL_CAPACITY


def obligors(household: Household, facts: Facts | None) -> tuple[Obligor, ...] | None:
    """Those the means test was told of, by the names on record; without a test, those on record.

    None when nobody asked; empty when somebody did and there is nobody.
    """
    told = facts.household.obligors if facts else None
    if told is None:
        return tuple(map(_by_kin, household.obligors)) or None
    names = {str(one.id): one.name for one in household.obligors}
    return tuple(
        Obligor(
            id=ObligorId(one.id),
            household=household.id,
            name=names.get(one.id, ""),
            relation=kin(one.relation),
            birth=one.birth,
            monthly_income=one.monthly_income,
            maintenance_month=one.maintenance_month,
            status=one.status,
        )
        for one in told
    )


def _by_kin(obligor: Obligor) -> Obligor:
    return replace(obligor, relation=kin(obligor.relation))


def kin(relation: str) -> str:
    """What somebody outside is called: 儿子; words of a roster stay as they are."""
    return _KIN.get(relation, relation)


def counted(members: Iterable[Member], ids: frozenset[str]) -> list[Member]:
    """Those a means test counted; everybody while there is none. The dead sign nothing."""
    return [
        member
        for member in members
        if (not ids or member.person.id in ids) and member.person.status is not PersonStatus.DEAD
    ]
