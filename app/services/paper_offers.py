"""What papers a household can have now, for which purposes, and what is missing for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.households import Household
from app.domain.ids import ApplicationId, AssessmentId, HouseholdId
from app.domain.problem import Refused
from app.rules.standing import decision_remedy_of, remedy_of
from app.services.missing import no_household
from app.services.paper_lacks import lacking
from app.services.papers import (
    KINDS,
    PaperKind,
    PaperNeed,
    Subject,
    content_of,
    papers_about,
    papers_along,
    papers_needed,
    papers_of_test,
    records_of,
)
from app.services.procedure_papers import require_lived_in
from app.services.village_papers import offered_now

if TYPE_CHECKING:
    from app.services.ground_rules import GroundRules
    from app.services.paper_packs import Record
    from app.store.unit_of_work import UnitOfWork


_REMEDY: Final = "救济途径（县里还没给）"


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """One paper a household can have: `entity_id` is what it would be about, the newest first."""

    form: str
    title: str
    ready: bool
    missing: tuple[str, ...]
    """Why it cannot be made; of a ready one, what it leaves to be written by hand."""
    copies: int
    entity_id: str | None
    usual: bool = True
    """Whether it is ticked from the start."""
    holders: tuple[str, ...] = ()
    """Who keeps each copy."""
    spare: tuple[str, ...] = ()
    """Who may have one besides."""
    of_household: bool = True
    """Whether it is one household's; the village's own papers can be had from any list."""
    is_blank: bool = False
    """Whether it is filled in by hand: a file keeps papers, no empty ones."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the print centre was opened about: a household, or only the papers of one thing of it.

    `papers` None means whatever the household can have.
    """

    household: HouseholdId
    papers: tuple[PaperNeed, ...] | None
    others: tuple[PaperNeed, ...] = ()
    """What came out along the same application: not ticked, but about it and no other."""


def offers_of(work: UnitOfWork, household_id: HouseholdId, rules: GroundRules) -> list[PaperOffer]:
    """Every form, those that can be made first, the village's own after the household's."""
    records = records_of(work, household_id)
    household = work.households.get(household_id)
    offers = []
    for kind in KINDS.values():
        if not kind.is_of_household:
            continue
        record = kind.newest(records)
        if record is None or household is None:
            offers.append(_offer(kind, None, (kind.missing,), ready=False))
            continue
        try:
            blanks, ready = _blanks(work, rules, kind, record, household), True
        except Refused as refused:
            blanks, ready = (refused.what.rstrip("。"),), False
        offers.append(_offer(kind, record.id, blanks, ready=ready))
    offers += [_of_village(form, one) for form, one in offered_now(work, rules).items()]
    return sorted(offers, key=lambda one: not one.ready)


def _blanks(
    work: UnitOfWork, rules: GroundRules, kind: PaperKind, record: Record, household: Household
) -> tuple[str, ...]:
    """What a paper leaves to be written by hand. Raises Refused where it cannot be made."""
    if kind.is_blank:
        require_lived_in(household)
        return ()
    content = content_of(work, rules, kind, Subject(record.id, household, record, None))
    said = lacking(kind.form.code, content, (one.person for one in household.members))
    return said + _unworded(work, rules, kind.form.code, record.id)


def choice_of(work: UnitOfWork, subject: str) -> Choice:
    """What `subject` asks for. Raises Refused F-01 when its household is not here."""
    application = work.casework.application(ApplicationId(subject))
    about = None if application is None else application.assessment
    tested = work.casework.assessment(about or AssessmentId(subject))
    record = application or tested
    if record is None:
        found = papers_about(work, subject)
        return Choice(*found) if found else Choice(HouseholdId(subject), None)
    household = work.households.get(record.household)
    if household is None:
        raise no_household()
    if application is None:
        return Choice(household.id, papers_of_test(tested, household) if tested else ())
    others = papers_along(work, application)
    if all(one.person.id != application.applicant for one in household.members):
        # what whoever left would sign cannot be made, what was answered them still can
        return Choice(household.id, papers_of_test(tested, household) if tested else (), others)
    return Choice(household.id, papers_needed(application, household, tested), others)


def _unworded(work: UnitOfWork, rules: GroundRules, form: str, entity_id: str) -> tuple[str, ...]:
    """The remedy of a decision against somebody, where the county has not worded it."""
    terms = rules.terms(work)
    if form == "F09":
        step = work.procedure.step(entity_id)
        asks = step is not None and step.event is ApplicationEvent.NOT_ACCEPT
        said = decision_remedy_of(terms)
    else:
        asks = form in {"F10", "F20"}
        said = remedy_of(terms) if form == "F20" else decision_remedy_of(terms)
    return (_REMEDY,) if asks and not said else ()


def _offer(
    kind: PaperKind, entity_id: str | None, missing: tuple[str, ...], *, ready: bool
) -> PaperOffer:
    return PaperOffer(
        form=kind.form.code,
        title=kind.form.title,
        ready=ready,
        missing=missing,
        copies=len(kind.form.holders),
        entity_id=entity_id,
        usual=kind.usual,
        holders=kind.form.holders,
        spare=kind.form.spare,
        is_blank=kind.is_blank,
    )


def _of_village(form: str, entity_id: str | None) -> PaperOffer:
    """A paper of the whole village, had from any household's list."""
    kind = KINDS[form]
    return PaperOffer(
        form=form,
        title=f"{kind.form.title}（全村）",
        ready=entity_id is not None,
        missing=() if entity_id else (kind.missing,),
        copies=len(kind.form.holders),
        entity_id=entity_id,
        usual=False,
        holders=kind.form.holders,
        of_household=False,
    )
