"""The facts of F02 (domain.md §3.2): who authorises the check, and for whom besides themselves.

Every adult the means test counts signs a page of their own, because one of them may be away and
sign elsewhere; for 特困 so does every obligor. The young and those without capacity stand on the
applicant's page and are signed for by their guardian, whom the household's record does not name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.people import Member, Obligor


@dataclass(frozen=True, slots=True, kw_only=True)
class F02Person:
    """One person whose means may be checked. `relation` is to the applicant."""

    name: str
    relation: str
    id_kind: str
    id_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class F02Signer:
    """One page: who authorises, and whom a guardian authorises for on the same page."""

    person: F02Person
    phone: str | None
    address: str
    wards: tuple[F02Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class F02Content:
    """What the form says. `valid_from` is the day of the application, None on a blank form."""

    unit: str
    applicant: str
    requested: tuple[Category, ...]
    valid_from: date | None
    signers: tuple[F02Signer, ...]


def content_of(
    application: Application,
    household: Household,
    *,
    unit: str,
    assessment: AssessmentRecord | None = None,
) -> F02Content:
    """The form's content. Raises ValueError when the applicant is not of the household."""
    applicant = persons.applicant_of(household, application.applicant)
    return F02Content(
        unit=unit,
        applicant=applicant.person.name,
        requested=application.requested,
        valid_from=application.filed_on,
        signers=tuple(_signers(application, household, applicant, assessment)),
    )


def _signers(
    application: Application,
    household: Household,
    applicant: Member,
    assessment: AssessmentRecord | None,
) -> Iterator[F02Signer]:
    """A page each, the applicant's first; one without a name when all need a guardian."""
    counted = frozenset(StoredAnswer(assessment).counted) if assessment else frozenset[str]()
    members = persons.counted(persons.applicant_first(household, applicant), counted)
    grown = [one for one in members if persons.signs(one, application.filed_on)]
    wards = tuple(_person(one, applicant) for one in members if one not in grown)
    address = household.whole_address
    if not grown:
        nobody = F02Person(name="", relation="", id_kind="", id_number=None)
        yield F02Signer(person=nobody, phone=None, address="", wards=wards)
    for number, member in enumerate(grown):
        yield F02Signer(
            person=_person(member, applicant),
            phone=member.person.phone or (household.phone if member is applicant else None),
            address=address,
            wards=wards if number == 0 else (),
        )
    if Category.TEKUN in application.requested:
        told = StoredAnswer(assessment).facts if assessment else None
        yield from (_obligor(one) for one in persons.obligors(household, told) or ())


def _person(member: Member, applicant: Member) -> F02Person:
    person = member.person
    return F02Person(
        name=person.name,
        relation=persons.relation(member, applicant),
        id_kind=person.id_kind.label,
        id_number=person.id_number,
    )


def _obligor(obligor: Obligor) -> F02Signer:
    """The page of somebody bound to support; their papers are not on record."""
    person = F02Person(
        name=obligor.name, relation=f"{obligor.relation}（义务人）", id_kind="", id_number=None
    )
    return F02Signer(person=person, phone=None, address="", wards=())
