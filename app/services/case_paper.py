"""A paper about something of a case that has no paper alone: a step, a meeting, a card.

Each room says in a `Source` which of its things a household's papers can be about, how one is found
again by the id a print record keeps, and what the form says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.casework import Application, AssessmentRecord
from app.domain.ids import ApplicationId, HouseholdId

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePaper:
    """What one paper is about. `number` None: the paper takes a number of its own."""

    id: str
    household: HouseholdId | None
    about: Any
    """The record behind it, of the kind its source knows."""
    number: str | None = None
    leans_on: Application | AssessmentRecord | None = None
    """Whose policy pack the footer names; None for the one in force."""
    along: frozenset[ApplicationId] = frozenset()
    """Applications it came out along, beside the one it leans on."""

    def is_along(self, application: Application) -> bool:
        """Whether it belongs to this application."""
        leans = isinstance(self.leans_on, Application) and self.leans_on.id == application.id
        return leans or application.id in self.along


@dataclass(frozen=True, slots=True)
class Source:
    """Where the papers of one sort come from. Call from the store thread only."""

    listed: Callable[[UnitOfWork, HouseholdId], Sequence[CasePaper]]
    """What a household has, the newest first."""
    find: Callable[[UnitOfWork, str], CasePaper | None]
    content: Callable[[UnitOfWork, GroundRules, CasePaper], FormContent]
