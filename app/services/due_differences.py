"""Records on which the county and this laptop differ: somebody has to choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId, ReliefId
from app.domain.today import WorkKind
from app.services.ground_rules import GroundRules
from app.services.relief_debts import DOUBLE, DOUBLE_NEXT, DOUBLE_RULE

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def differences_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each record of a subject with an undecided difference."""
    for differing in work.worklist.differing_of(subject):
        home = differing.place.household
        double = work.relief.is_double(ReliefId(differing.entity_id))
        yield DueItem(
            kind=WorkKind.DIFFERS,
            entity_id=subject if home is None else differing.entity_id,
            household=None if home is None else HouseholdId(home),
            who=differing.place.name,
            place=differing.place.place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=DOUBLE if double else f"有 {differing.fields} 处你和县里填的不一样",
            rule=DOUBLE_RULE if double else "两边不一样的地方由你选一次，县里的先算数",
            page="relief_case" if double else "syncing",
            action=DOUBLE_NEXT if double else "选用哪边的",
            target=differing.entity_id,
        )
