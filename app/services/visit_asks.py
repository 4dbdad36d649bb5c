"""Which questions the pack in force adds to every visit: policies explained, satisfaction.

芒市 has its policies explained (S1:L30); Guangdong has helpers explain them and ask for 满意度
(S2:L23). Where no document wants it, the form does not ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rules import parameters
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def asks_of(work: UnitOfWork, rules: GroundRules) -> frozenset[str]:
    """The fields of a visit the pack of today asks for, by name: `explained`, `satisfaction`."""
    found = rules.terms(work).find(parameters.VISIT_ASKS)
    return frozenset() if found is None else frozenset(found.value)
