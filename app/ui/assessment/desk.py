"""What the means test page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.households import HouseholdLine
from app.domain.ids import AssessmentId, HouseholdId
from app.domain.money import Money
from app.rules.facts import Facts
from app.services.applications import Applications, DraftApplication
from app.services.assessments import Assessments, InForce
from app.services.drafts import Drafts
from app.services.households import Households

DRAFT_PREFIX: Final = "assessment:"


@dataclass(frozen=True, slots=True)
class Start:
    """A talk about to begin, or to go on."""

    line: HouseholdLine
    facts: Facts
    draft: Mapping[str, Any] | None
    ground: InForce
    benefit: Money | None
    """What the household is paid a month."""
    tests: int
    """How many tests of it there are."""


@dataclass(frozen=True, slots=True)
class AssessmentDesk:
    """Jobs of the means test page. Call from the store thread only."""

    assessments: Assessments
    applications: Applications
    households: Households
    drafts: Drafts

    def waiting(self) -> list[HouseholdLine]:
        """Households whose talk is unfinished, the newest first."""
        lines = {line.id: line for line in self.households.lines()}
        keys = (key for key in self.drafts.keys() if key.startswith(DRAFT_PREFIX))  # noqa: SIM118  # a use case, not a dict
        ids = (HouseholdId(key.removeprefix(DRAFT_PREFIX)) for key in keys)
        return [lines[household] for household in ids if household in lines]

    def start(self, household: HouseholdId) -> Start:
        """The household's facts as recorded, and the talk so far. Raises Refused for none."""
        record = self.households.open(household)
        head = record.head_member
        line = HouseholdLine(
            id=record.id,
            head_name="" if head is None else head.person.name,
            place=record.place,
            category=record.category,
            members=len(record.members),
        )
        draft = self.drafts.get(draft_key(household))
        return Start(
            line=line,
            facts=self.assessments.first_answers(household),
            draft=draft,
            ground=self.in_force(),
            benefit=record.benefit_month,
            tests=self.tests(household),
        )

    def tests(self, household: HouseholdId) -> int:
        """How many tests of the household there are."""
        return len(self.assessments.of(household))

    def in_force(self) -> InForce:
        """The pack to work with. Raises Refused for one that cannot be read."""
        return self.assessments.in_force()

    def keep(self, household: HouseholdId, draft: Mapping[str, Any]) -> None:
        """Store the talk so far."""
        self.drafts.keep(draft_key(household), draft)

    def save(self, household: HouseholdId, facts: Facts) -> AssessmentId:
        """Keep the test and write its facts into the record. Raises Refused."""
        return self.assessments.save(household, facts, draft_key=draft_key(household))

    def apply(
        self, household: HouseholdId, facts: Facts, kept: AssessmentId | None
    ) -> tuple[AssessmentId, DraftApplication]:
        """Draft an application from the test, which is kept first if it is not. Raises Refused."""
        assessment = kept or self.save(household, facts)
        return assessment, self.applications.from_assessment(assessment)


def draft_key(household: HouseholdId) -> str:
    """Under which key the talk about a household is kept."""
    return f"{DRAFT_PREFIX}{household}"
