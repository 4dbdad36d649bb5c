"""Forms handed out to be filled in by hand: whose they are stands on them and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.domain.ids import HouseholdId
from app.services.case_paper import CasePaper, Source
from app.services.procedure_papers import lived_in

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

VISIT: Final = "blank_visit"
"""What F15B is about: it names the visitor and who lives there."""
FORM: Final = "blank"
"""What the other blank forms are about."""


def _listed(_work: UnitOfWork, household: HouseholdId) -> Sequence[CasePaper]:
    return [_paper(household)]


def _paper(household: HouseholdId) -> CasePaper:
    return CasePaper(id=household, household=household, about=None)


def _find(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    household = HouseholdId(entity_id)
    return _paper(household) if work.households.has(household) else None


def _visit(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f15_blank

    identity = work.identity
    return f15_blank.content_of(
        lived_in(work, paper.household), unit=identity.village_name, visitor=identity.officer_name
    )


def _form(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import blank

    return blank.content_of(lived_in(work, paper.household), unit=work.identity.village_name)


SOURCES: Final = {
    VISIT: Source(_listed, _find, _visit),
    FORM: Source(_listed, _find, _form),
}
