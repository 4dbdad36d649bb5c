"""What the papers of somebody's care say: F12, F13 and F14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.documents.forms.stored_answer import StoredAnswer
from app.domain.caring import CareAgreement, SelfCareAssessment
from app.domain.casework import AssessmentRecord
from app.domain.ids import AssessmentId, HouseholdId
from app.rules.care import CareLevel, care_level
from app.services.case_paper import CasePaper, Source
from app.services.homes_then import home_on
from app.services.paper_packs import titled
from app.services.procedure_papers import home_of
from app.services.self_care import newest_of

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork


def _abilities(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    """Assessments, and tests that looked at somebody's care: what came last is the newest."""
    tests = work.casework.assessments_of(household)
    found = [
        *map(_of_record, work.caring.abilities_of(household)),
        *(_of_test(one) for one in tests if StoredAnswer(one).looked_after),
    ]
    return sorted(found, key=lambda one: one.id, reverse=True)


def _find_ability(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    found = work.caring.ability(entity_id)
    if found is not None:
        return _of_record(found)
    test = work.casework.assessment(AssessmentId(entity_id))
    return None if test is None else _of_test(test)


def _of_record(found: SelfCareAssessment) -> CasePaper:
    return CasePaper(id=found.id, household=found.household, about=found)


def _of_test(test: AssessmentRecord) -> CasePaper:
    return CasePaper(id=test.id, household=test.household, about=test, leans_on=test)


def _ability(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f12_content

    found: SelfCareAssessment | AssessmentRecord = paper.about
    home, unit = home_of(work, found.household), work.identity.village_name
    if isinstance(found, SelfCareAssessment):
        return f12_content.content_of_record(
            found, home_on(work, home, found.assessed_on), unit=unit
        )
    return f12_content.content_of(
        titled(work, rules, found), home_on(work, home, found.on), unit=unit
    )


def _agreements(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    return [*map(_paper, work.caring.agreements_of(household))]


def _find(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    found = work.caring.agreement(entity_id)
    return None if found is None else _paper(found)


def _paper(found: CareAgreement) -> CasePaper:
    return CasePaper(id=found.id, household=found.household, about=found)


def _agreement(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f13

    found: CareAgreement = paper.about
    return f13.content_of(
        found,
        home_of(work, found.household),
        village=work.identity.village_name,
        care=_level(work, found),
    )


def _card(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f14

    found: CareAgreement = paper.about
    return f14.content_of(
        found,
        home_of(work, found.household),
        unit=work.identity.village_name,
        on=rules.clock.today(),
        handler=work.identity.officer_name,
        care=_level(work, found),
    )


def _level(work: UnitOfWork, found: CareAgreement) -> CareLevel | None:
    """What care the newest assessment, or a newer test that looked, says; None where none did."""
    assessed = newest_of(work, found.household, found.person)
    for test in work.casework.assessments_of(found.household):
        if assessed is not None and assessed.assessed_on >= test.on:
            break
        if (level := StoredAnswer(test).care_levels.get(found.person)) is not None:
            return level
    return None if assessed is None else care_level(assessed.acts)


SOURCES: Final = {
    "ability": Source(_abilities, _find_ability, _ability),
    "care": Source(_agreements, _find, _agreement),
    "card": Source(_agreements, _find, _card),
}
