"""Who has to sign for an application: every grown person it counts, and for 特困 the obligors.

The same people have a page of F02 each (app.documents.forms.f02_content); here they are matched
with what they have signed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer
from app.domain.application_events import ApplicationEvent
from app.domain.application_states import GRANTED
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.ids import PersonId
from app.domain.people import PersonStatus
from app.domain.procedure import Authorization, SignedKind
from app.services.stepping import newest_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.store.unit_of_work import UnitOfWork

_DAY: Final = timedelta(days=1)


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


def signed_for(
    work: UnitOfWork, application: Application, household: Household
) -> Sequence[Authorization]:
    """The household's papers that can hold for this application, the newest first.

    What was signed for an earlier one ends where that came to nothing, or what it brought is over:
    an authorisation is for 申请期及享受期间 (民发〔2021〕57号, F02). A declaration says what the
    family had then, and goes along only where nothing is declared anew (经同意转申请, S2:L9).
    """
    earlier = [
        one for one in work.casework.applications_of(household.id) if one.id != application.id
    ]
    first = _first_day(application, [_came_to_nothing(work, one, household) for one in earlier])
    declared = _first_day(
        application,
        [one.ended_on or one.decided_on for one in earlier if one.id != application.converted_from],
    )
    return [
        one
        for one in work.procedure.signed(household.id)
        if one.signed_on >= (max(first, declared) if one.kind is SignedKind.DECLARATION else first)
    ]


def _first_day(application: Application, ended: Sequence[date | None]) -> date:
    """The first day on which something signed can be for this application, not for one that ended
    before it; begun again on the very day, what was signed that day was signed for this."""
    over = max((on for on in ended if on is not None and on <= application.filed_on), default=None)
    if over is None:
        return date.min
    return over if application.filed_on == over else over + _DAY


def _came_to_nothing(
    work: UnitOfWork, application: Application, household: Household
) -> date | None:
    """The day after which nothing signed for it holds; None while it, or what it gave, goes on."""
    if application.status is ApplicationStatus.NOT_ACCEPTED:
        told = newest_step(work.procedure.steps(application.id), ApplicationEvent.NOT_ACCEPT)
        return None if told is None else told.happened_on
    if application.status in GRANTED and household.category is not Category.NONE:
        return None
    if application.converted_from is not None and household.category is not Category.NONE:
        return None  # what it went over from goes on
    return application.ended_on or application.decided_on


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
