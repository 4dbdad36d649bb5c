"""The facts of F12 (domain.md §3.11, §2.6): who was looked at, and what they can do themselves.

Out of an assessment, with who made it; or, where there is none yet, out of a stored means test:
the acts as they were seen then, the level as it was answered then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.documents import values
from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer
from app.domain.caring import AbilityKind, SelfCareAssessment
from app.domain.casework import AssessmentRecord
from app.domain.households import Household
from app.domain.people import Member, SelfCare
from app.domain.problem import Refused
from app.rules.care import CareLevel, care_level

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
    kind: AbilityKind | None = None
    """Open for the assessors to tick where nobody assessed yet."""
    note: str = ""
    assessors: tuple[str, ...] = ()
    """As the assessment names them; they sign beside it."""


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


def content_of_record(found: SelfCareAssessment, household: Household, *, unit: str) -> F12Content:
    """The form's content of one assessment. Raises Refused for a person who is not here."""
    member = next((one for one in household.members if one.person.id == found.person), None)
    if member is None:
        raise Refused("评估的人已经不在这一户。", do="请到他现在的那一户看。", code="P-21")
    acts = tuple(found.acts.get(act) for act in ACTS)
    person = _about(member, household, found.assessed_on, acts, care_level(found.acts))
    assessed = replace(person, kind=found.kind, note=found.note, assessors=found.assessors)
    return F12Content(unit=unit, assessed_on=found.assessed_on, people=(assessed,))


def _person(answer: StoredAnswer, member: Member, household: Household) -> F12Person:
    seen, level = answer.acts(member.person.id), answer.care_levels.get(member.person.id)
    acts = tuple(seen.get(act) for act in ACTS)
    return _about(member, household, answer.record.on, acts, level)


def _about(
    member: Member,
    household: Household,
    on: date,
    acts: tuple[bool | None, ...],
    level: CareLevel | None,
) -> F12Person:
    person = member.person
    return F12Person(
        name=person.name,
        sex=persons.sex(person),
        age=values.age(person.birth, on),
        id_number=person.id_number,
        disability=persons.disability(person),
        address=household.whole_address,
        phone=person.phone or household.phone,
        acts=acts,
        failed=None if None in acts else acts.count(False),
        level=level,
    )
