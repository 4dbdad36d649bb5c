"""What the page of one completed visit asks of the services. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.casework import Visit
from app.domain.households import Household
from app.domain.ids import VisitId
from app.domain.visiting import Addendum, VisitFile
from app.services.households import Households
from app.services.visit_files import VisitFiles
from app.services.visits import Visits


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """A visit with whom it was made to, what was added later, and its pictures."""

    visit: Visit
    household: Household
    addenda: tuple[Addendum, ...]
    files: tuple[VisitFile, ...]


@dataclass(frozen=True, slots=True)
class RecordDesk:
    """Jobs of the page. Call from the store thread only."""

    visits: Visits
    files: VisitFiles
    households: Households

    def see(self, visit_id: VisitId) -> SeenVisit:
        """One visit. Raises Refused F-04, F-01."""
        visit = self.visits.get(visit_id)
        return SeenVisit(
            visit=visit,
            household=self.households.open(visit.household),
            addenda=tuple(self.visits.addenda(visit_id)),
            files=tuple(self.files.files(visit_id)),
        )

    def add(self, visit_id: VisitId, text: str) -> SeenVisit:
        """Add to it. Raises Refused F-04, F-64."""
        self.visits.add(visit_id, text)
        return self.see(visit_id)

    def hide(self, visit_id: VisitId, file_id: str) -> SeenVisit:
        """Take a picture away from it."""
        self.files.hide(file_id)
        return self.see(visit_id)

    def bring_back(self, visit_id: VisitId, file_id: str) -> SeenVisit:
        """Show a hidden picture again."""
        self.files.bring_back(file_id)
        return self.see(visit_id)
