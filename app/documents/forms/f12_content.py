"""The facts of F12 (domain.md §3.11, §2.6): who was looked at, and what they can do themselves.

Out of a stored means test: the acts as they were seen then, the level as it was answered then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer
from app.domain.casework import AssessmentRecord
from app.domain.households import Household
from app.domain.people import Member, SelfCare
from app.domain.problem import Refused
from app.rules.care import CareLevel

ACTS: Final = {
    SelfCare.EAT: "自主吃饭",
    SelfCare.DRESS: "自主穿衣",
    SelfCare.BED: "自主上下床",
    SelfCare.TOILET: "自主如厕",
    SelfCare.WALK: "室内自主行走",
    SelfCare.BATH: "自主洗澡",
}
"""特困人员认定办法 names them so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class F12Person:
    """One page. An act None was not looked at; `failed` and `level` are None until settled."""

    name: str
    sex: str
    age: int | None
    id_number: str | None
    disability: str
    address: str
    phone: str | None
    acts: tuple[bool | None, ...]
    """In the order of `ACTS`."""
    failed: int | None
    level: CareLevel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class F12Content:
    """What the form says: a page for each person."""

    unit: str
    assessed_on: date
    people: tuple[F12Person, ...]


def content_of(assessment: AssessmentRecord, household: Household, *, unit: str) -> F12Content:
    """The form's content. Raises Refused when the test is about nobody's care here."""
    answer = StoredAnswer(assessment)
    members: dict[str, Member] = {member.person.id: member for member in household.members}
    people = tuple(
        _person(answer, members[who], household) for who in answer.looked_after if who in members
    )
    if not people:
        raise Refused("这次测算里没有要评估自理能力的人。", do="请先测算特困这一档。", code="P-21")
    return F12Content(unit=unit, assessed_on=assessment.on, people=people)


def _person(answer: StoredAnswer, member: Member, household: Household) -> F12Person:
    person = member.person
    seen = answer.acts(person.id)
    acts = tuple(seen.get(act) for act in ACTS)
    return F12Person(
        name=person.name,
        sex=persons.sex(person),
        age=values.age(person.birth, answer.record.on),
        id_number=person.id_number,
        disability=persons.disability(person),
        address=household.whole_address,
        phone=person.phone or household.phone,
        acts=acts,
        failed=None if None in acts else acts.count(False),
        level=answer.care_levels.get(person.id),
    )
