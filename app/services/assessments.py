"""Means tests: the facts as recorded, the answer while they are typed, and the test as it was.

The interview edits one `Facts` value. Saving it writes the facts into the household's record, where
they were typed once and for all, and keeps the test whole (facts, pack by hash, answer), so that it
recomputes the same later.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.casework import AssessmentRecord
from app.domain.clock import Clock
from app.domain.ids import AssessmentId, HouseholdId, new_id
from app.domain.problem import Refused
from app.rules import Assessment, assess
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of
from app.rules.facts import Facts
from app.rules.pack import Pack
from app.services.assessment_differences import AssessmentDifferences, differences
from app.services.case_facts import facts_of
from app.services.case_records import write_facts
from app.services.case_told import nobody_asked
from app.services.ground_rules import GroundRules
from app.services.missing import no_assessment, no_household
from app.services.received_now import with_received
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A kept test done again with the facts, the pack and the day it had.

    `differing` names the parts of the answer that came out otherwise; none, and it is the same.
    What a later program says beyond the kept answer is no difference.
    """

    record: AssessmentRecord
    answer: Assessment
    differing: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether everything the kept answer says is said again."""
        return not self.differing


@dataclass(frozen=True, slots=True)
class InForce:
    """The pack to work with now, and what is wrong with it (None for nothing)."""

    pack: Pack
    notice: str | None


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
            raise no_household()
        if tests:
            return facts_of(household, before=parse_case(tests[0].facts.encode()))
        facts = facts_of(household)
        return replace(facts, household=nobody_asked(facts.household))

    def first_answers(self, household_id: HouseholdId) -> Facts:
        """What a talk begins with: the same, and what is on record as received is answered."""
        facts = self.start(household_id)
        with self.begin() as work:
            return with_received(work, household_id, facts, self.clock.today())

    def in_force(self) -> InForce:
        """The pack in force, for a talk that works its answers out by itself.

        Raises Refused (C-01 … C-08) for one that cannot be read.
        """
        with self.begin() as work:
            return InForce(self.rules.pack(work), self.rules.pack_notice(work))

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
                raise no_household()
            facts = write_facts(work, household, facts, at=now)
            pack = self.rules.pack(work)
            answer = assess(facts, pack, self.clock.today())
            self.rules.old_packs.keep(work, pack)
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
            raise no_assessment()
        return found

    def of(self, household_id: HouseholdId) -> list[AssessmentRecord]:
        """A household's tests, the newest first."""
        with self.begin() as work:
            return work.casework.assessments_of(household_id)

    def recompute(self, assessment_id: AssessmentId) -> Recomputed:
        """Do a kept test again as it was. Raises Refused F-20 for none such, C-22 without its pack
        and C-… when the pack or the facts cannot be read any more."""
        record = self.get(assessment_id)
        with self.begin() as work:
            pack = self._pack_of(work, record)
        answer = assess(parse_case(record.facts.encode()), pack, record.on)
        said = answer.to_json()
        kept = stored_answer(record)
        differing = tuple(key for key in kept if not _agrees(kept[key], said.get(key)))
        return Recomputed(record, answer, differing)

    def differences(self, older: AssessmentId, newer: AssessmentId) -> AssessmentDifferences:
        """What differs between two tests of a household. Raises Refused F-20 for none such.

        The packs' values are left out where a pack is not on this laptop.
        """
        one, other = self.get(older), self.get(newer)
        with self.begin() as work:
            old = self.rules.old_packs.find(work, one.pack_sha256)
            new = self.rules.old_packs.find(work, other.pack_sha256)
        return differences(one, other, None if old is None or new is None else (old, new))

    def _pack_of(self, work: UnitOfWork, record: AssessmentRecord) -> Pack:
        """The very pack a kept test used."""
        pack = self.rules.old_packs.find(work, record.pack_sha256)
        if pack is None:
            raise Refused(
                f"这次测算用的政策包（{record.pack_id} {record.pack_version}）不在这台电脑上。",
                do="请先同步；还没有就请县里重新发布这一版。",
                code="C-22",
            )
        return pack

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


def _agrees(kept: object, said: object) -> bool:
    """Whether everything `kept` says stands in `said` too; more may stand there."""
    if isinstance(kept, dict) and isinstance(said, dict):
        return all(key in said and _agrees(value, said[key]) for key, value in kept.items())
    if isinstance(kept, list) and isinstance(said, list):
        return len(kept) == len(said) and all(map(_agrees, kept, said))
    return kept == said
