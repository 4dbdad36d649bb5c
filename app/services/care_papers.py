"""What the papers of a care agreement say: F13 and F14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.documents.forms.stored_answer import StoredAnswer
from app.domain.caring import CareAgreement
from app.domain.ids import HouseholdId
from app.rules.care import CareLevel
from app.services.case_paper import CasePaper, Source
from app.services.procedure_papers import home_of

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork


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
    """What care the newest test that looked says; None where none did."""
    tests = work.casework.assessments_of(found.household)
    levels = (StoredAnswer(one).care_levels.get(found.person) for one in tests)
    return next((one for one in levels if one is not None), None)


SOURCES: Final = {
    "care": Source(_agreements, _find, _agreement),
    "card": Source(_agreements, _find, _card),
}
