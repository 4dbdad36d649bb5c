"""What the page of applications asks of the services, one transaction round each. Store thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.casework import ApplicationStatus as Status
from app.domain.ids import ApplicationId, HouseholdId
from app.domain.problem import Refused
from app.services.application_file import ApplicationFile, ApplicationFiles, ListLine
from app.services.application_materials import ApplicationMaterials
from app.services.application_publicity import ApplicationPublicity
from app.services.application_signatures import ApplicationSignatures
from app.services.application_steps import ApplicationSteps
from app.services.applications import Applications
from app.services.drafts import Drafts
from app.services.work import finishing

if TYPE_CHECKING:
    from app.services.desk import Desk

NO_SUCH: Final = "F-31"


@dataclass(frozen=True, slots=True)
class ApplicationDesk:
    """The use cases around applications."""

    files: ApplicationFiles
    applications: Applications
    steps: ApplicationSteps
    materials: ApplicationMaterials
    signatures: ApplicationSignatures
    publicity: ApplicationPublicity
    drafts: Drafts

    @classmethod
    def of(cls, desk: Desk) -> ApplicationDesk:
        """Those of the open vault."""
        return cls(
            files=desk.application_files,
            applications=desk.applications,
            steps=desk.application_steps,
            materials=desk.application_materials,
            signatures=desk.application_signatures,
            publicity=desk.application_publicity,
            drafts=desk.drafts,
        )

    def lines(self, statuses: tuple[Status, ...]) -> list[ListLine]:
        """The list of those in these states."""
        return self.files.lines(statuses)

    def open(self, subject: str) -> ApplicationFile | None:
        """The application named, or the newest of the household named; None when it has none.

        Raises Refused F-01.
        """
        try:
            return self.files.get(ApplicationId(subject))
        except Refused as refusal:
            if refusal.code != NO_SUCH:
                raise
        newest = self.files.newest_of(HouseholdId(subject))
        return None if newest is None else self.files.get(newest.id)

    def draft(self, key: str) -> dict[str, Any] | None:
        """A form left half filled in."""
        return self.drafts.get(key)

    def keep(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep a form as it stands."""
        self.drafts.keep(key, dict(values))

    def finishing(self, key: str) -> ApplicationDesk:
        """This desk for one deed, which forgets the form `key` in its own transaction."""
        begin = finishing(self.drafts.begin, key)
        return replace(
            self,
            applications=replace(self.applications, begin=begin),
            steps=replace(self.steps, begin=begin),
            materials=replace(self.materials, begin=begin),
            signatures=replace(self.signatures, begin=begin),
            publicity=replace(self.publicity, begin=begin),
        )
