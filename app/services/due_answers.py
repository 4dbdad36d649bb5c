"""Applications the county has answered: what came back, and whom to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import ApplicationStatus, WorkKind
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.queries.worklist import Answered
    from app.store.unit_of_work import UnitOfWork

DECIDED_SHOWN: Final = timedelta(days=14)
"""How long the list says that the county has decided."""


def answers_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each application of a household that the county returned or decided.

    Of a refusal the household is told by its own clock (app.services.due_procedure).
    """
    for answered in work.worklist.answered(subject):
        if answered.status is not ApplicationStatus.REFUSED:
            yield _row(answered)


def _row(answered: Answered) -> DueItem:
    household = HouseholdId(answered.place.household or "")
    returned = answered.status is ApplicationStatus.RETURNED
    decided_on = answered.decided_on
    return DueItem(
        kind=WorkKind.RETURNED if returned else WorkKind.DECIDED,
        entity_id=answered.application_id,
        household=household,
        who=answered.place.name,
        place=answered.place.place,
        appears_on=ALWAYS if decided_on is None else decided_on,
        due_on=None,
        due_at=None,
        why=answered.note or answered.status.label,
        rule="县里的决定",
        page="applications" if returned else "household",
        action="照县里说的改好再报" if returned else "告诉这户",
        target=answered.application_id if returned else household,
        until=None if returned or decided_on is None else decided_on + DECIDED_SHOWN,
    )
