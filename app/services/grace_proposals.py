"""A 渐退 as it is proposed: copied out of the answer of a means test, once and for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from app.domain.casework import AssessmentRecord
from app.domain.clock import Clock
from app.domain.grace_states import GraceStatus
from app.domain.households import Household, IncomeKind, Per
from app.domain.ids import AssessmentId, GraceId, HouseholdId, new_id
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.standing import GraceShare
from app.domain.workdays import month_start
from app.rules.standing import shares_of
from app.rules.terms import Terms
from app.rules.values import GraceStep

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_MONTHS: Final = 12


def is_graced(test: AssessmentRecord | None) -> bool:
    """Whether the answer of a means test carries a 渐退."""
    return test is not None and json.loads(test.answer).get("grace") is not None


def write_proposal(
    work: UnitOfWork, terms: Terms, asked: tuple[Household, AssessmentRecord, str], clock: Clock
) -> GraceId:
    """Write the 渐退 of (household, its test, why) down; its id."""
    from app.store.queries.standing_rows import shares_json

    home, test, reason = asked
    now = clock.now()
    answer: Mapping[str, Any] = json.loads(test.answer)["grace"]
    former = _former(json.loads(test.facts), home)
    start = month_start(test.on, 1)
    heads = max(1, len(home.members))
    shares = _proposed(terms, answer, former, start, heads)
    between = answer["exits_between"]
    grace = new_id(now)
    work.change(
        kind="grace.proposed",
        entity="grace_period",
        entity_id=grace,
        subject=home.id,
        new=True,
        fields={
            "household_id": home.id,
            "assessment_id": test.id,
            "pack_sha256": test.pack_sha256,
            "rule": answer["text"],
            "basis": answer["basis"],
            "former_fen": None if former is None else former.fen,
            "start_month": start,
            "shares": shares_json(shares),
            "least_months": None if between is None else _months(start, between[0]),
            "most_months": None if between is None else _months(start, between[1]),
            "heads": heads,
            "reason": reason.strip(),
            "status": GraceStatus.PROPOSED,
            "proposed_on": clock.today(),
            "handler": work.identity.officer_name,
            "recorded_at": now,
        },
    )
    return GraceId(grace)


def test_of(
    work: UnitOfWork, household: HouseholdId, assessment: AssessmentId | None
) -> AssessmentRecord:
    """The test a 渐退 is proposed from, the newest where none is named. Raises Refused G-03."""
    tests = work.casework.assessments_of(household)
    found = next((one for one in tests if assessment in {None, one.id}), None)
    if found is None or not is_graced(found):
        raise Refused(
            "这次测算里没有渐退。",
            do="请先测算；在低保、因为干活收入超了标准的，才有渐退。",
            code="G-03",
        )
    return found


def _proposed(
    terms: Terms, answer: Mapping[str, Any], former: Money | None, start: date, heads: int
) -> tuple[GraceShare, ...]:
    """The months of the answer; a sum it left open is worked out where that is possible now."""
    steps = [
        GraceStep(len(list(rows)), percent)
        for percent, rows in groupby(answer["months"], key=lambda row: int(row["percent"]))
    ]
    worked = shares_of(terms, former, steps, start, heads=heads)
    return tuple(
        GraceShare(
            share.month,
            share.percent,
            share.amount if row["amount"] is None else Money.parse(row["amount"]),
        )
        for share, row in zip(worked, answer["months"], strict=True)
    )


def _former(facts: Mapping[str, Any], home: Household) -> Money | None:
    """What was paid a month: as the test was told, or else as the county's word stands."""
    told = [
        one
        for one in facts.get("household", {}).get("incomes") or ()
        if one["kind"] == IncomeKind.DIBAO and one["per"] == Per.MONTH
    ]
    if told:
        return sum((Money.parse(str(one["amount"])) for one in told), Money(0))
    return home.benefit_month


def _months(start: date, until: str) -> int:
    """Months from `start` to the first day after them."""
    end = date.fromisoformat(until)
    return (end.year - start.year) * _MONTHS + end.month - start.month
