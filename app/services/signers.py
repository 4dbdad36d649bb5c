"""Who has to sign for an application: every grown person it counts, and for 特困 the obligors.

The same people have a page of F02 each (app.documents.forms.f02_content); here they are matched
with what they have signed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.ids import PersonId
from app.domain.people import PersonStatus
from app.domain.procedure import Authorization, SignedKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who has to sign. A guardian signs on the page of whom they stand for."""

    person: PersonId | None
    obligor: str | None
    name: str = field(repr=False)
    is_guarded: bool = False

    @property
    def key(self) -> str:
        """Tells signers apart."""
        return self.person or self.obligor or ""

    @property
    def kinds(self) -> tuple[SignedKind, ...]:
        """What they sign: an obligor only lets their means be checked."""
        if self.obligor is not None:
            return (SignedKind.AUTHORISATION,)
        return (SignedKind.AUTHORISATION, SignedKind.DECLARATION)


def signers_of(
    application: Application, household: Household, tested: AssessmentRecord | None
) -> tuple[Signer, ...]:
    """Everybody who signs, the applicant first; who died or left the household signs nothing."""
    return tuple(_signers(application, household, tested))


def _signers(
    application: Application, household: Household, tested: AssessmentRecord | None
) -> Iterator[Signer]:
    applicant = next((m for m in household.members if m.person.id == application.applicant), None)
    counted = frozenset(StoredAnswer(tested).counted) if tested else frozenset[str]()
    ordered = household.members
    if applicant is not None:
        ordered = tuple(persons.applicant_first(household, applicant))
    members = persons.counted(ordered, counted)
    grown = [one for one in members if persons.signs(one, application.filed_on)]
    if not grown and applicant is not None:
        living = applicant.person.status is not PersonStatus.DEAD
        yield Signer(applicant.person.id, None, applicant.person.name, is_guarded=living)
    for member in grown:
        yield Signer(member.person.id, None, member.person.name)
    if Category.TEKUN in application.requested:
        told = StoredAnswer(tested).facts if tested else None
        for one in persons.obligors(household, told) or ():
            yield Signer(None, one.id, one.name or one.relation)


def held_by(
    signer: Signer, kind: SignedKind, signed: Sequence[Authorization], on: date
) -> Authorization | None:
    """The paper of `signer` that holds on `on`; None when there is none (any more)."""
    return next(
        (one for one in signed if _is_of(one, signer) and one.kind is kind and one.holds(on)),
        None,
    )


def newest_of(
    signer: Signer, kind: SignedKind, signed: Sequence[Authorization]
) -> Authorization | None:
    """The newest paper of `signer`, also one that has ended."""
    return next((one for one in signed if _is_of(one, signer) and one.kind is kind), None)


def _is_of(paper: Authorization, signer: Signer) -> bool:
    if signer.person is not None:
        return paper.person == signer.person
    return paper.obligor is not None and paper.obligor == signer.obligor
