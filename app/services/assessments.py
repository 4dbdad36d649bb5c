"""Means tests: the facts as recorded, the answer while they are typed, and the test as it was.

The interview edits one `Facts` value. Saving it writes the facts into the household's record, where
they were typed once and for all, and keeps the test whole (facts, pack by hash, answer), so that it
recomputes the same later.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.casework import AssessmentRecord
from app.domain.clock import Clock
from app.domain.ids import AssessmentId, HouseholdId, new_id
from app.domain.problem import Refused
from app.rules import Assessment, assess
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of
from app.rules.facts import Facts
from app.services.case_facts import facts_of
from app.services.case_records import write_facts
from app.services.ground_rules import GroundRules
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Assessments:
    """Use cases for means tests. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def start(self, household_id: HouseholdId) -> Facts:
        """The household's facts as recorded, to go on from. Raises Refused for none such."""
        with self.begin() as work:
            household = work.households.get(household_id)
            tests = work.casework.assessments_of(household_id)
        if household is None:
            raise Refused("找不到这一户。", do="请先建立户档案。", code="F-01")
        before = parse_case(tests[0].facts.encode()) if tests else None
        return facts_of(household, before=before)

    def preview(self, facts: Facts) -> Assessment:
        """The answer for `facts` under the pack in force, without saving anything."""
        with self.begin() as work:
            return self._assess(work, facts)

    def save(
        self, household_id: HouseholdId, facts: Facts, *, draft_key: str | None = None
    ) -> AssessmentId:
        """Write the facts into the record and keep the test. One transaction."""
        now = self.clock.now()
        assessment_id = AssessmentId(new_id(now))
        with self.begin() as work:
            household = work.households.get(household_id)
            if household is None:
                raise Refused("找不到这一户。", do="请先建立户档案。", code="F-01")
            write_facts(work, household, facts, at=now)
            answer = self._assess(work, facts)
            work.change(
                kind="assessment.made",
                entity="assessment",
                entity_id=assessment_id,
                subject=household_id,
                new=True,
                fields=_fields(household_id, facts, answer)
                | {
                    "assessed_on": self.clock.today(),
                    "made_at": now,
                },
            )
            if draft_key is not None:
                work.local.drop_draft(draft_key)
            work.commit()
        return assessment_id

    def get(self, assessment_id: AssessmentId) -> AssessmentRecord:
        """One stored test. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.casework.assessment(assessment_id)
        if found is None:
            raise Refused("找不到这次测算。", do="请回到测算列表。", code="F-20")
        return found

    def of(self, household_id: HouseholdId) -> list[AssessmentRecord]:
        """A household's tests, the newest first."""
        with self.begin() as work:
            return work.casework.assessments_of(household_id)

    def _assess(self, work: UnitOfWork, facts: Facts) -> Assessment:
        """The answer of today under the pack in force."""
        return assess(facts, self.rules.pack(work), self.clock.today())


def _fields(household_id: HouseholdId, facts: Facts, answer: Assessment) -> dict[str, object]:
    """The columns of a kept test."""
    return {
        "household_id": household_id,
        "pack_id": answer.pack_id,
        "pack_version": answer.pack_version,
        "pack_sha256": answer.pack_sha256,
        "facts": case_of(facts),
        "answer": answer.to_json(),
        "suggested": answer.suggested,
        "benefit_month_fen": answer.benefit_month,
    }


def stored_answer(record: AssessmentRecord) -> dict[str, object]:
    """The answer of a kept test, as it was given."""
    answer: dict[str, object] = json.loads(record.answer)
    return answer
