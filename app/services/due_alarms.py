"""Days and answers that ring: a 特困 minor grows up, a first job's deduction ends, and what a
visit saw speaks for an institution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.casework import Housing
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.standing import EARLY
from app.domain.today import WorkKind
from app.domain.visit_words import CarerDuty
from app.domain.workdays import add_months
from app.rules import parameters
from app.rules.deadlines import day_words
from app.rules.job_costs import FIRST
from app.services.assessments import stored_answer
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.queries.alarms import Seen
    from app.store.unit_of_work import UnitOfWork

_YEAR: Final = 12
_PLACE: Final = "照料人不能尽责或居住有安全隐患的，要及时纳入机构集中供养（S4:L40）"
_UNSAFE: Final = frozenset({Housing.HAZARD, Housing.DANGEROUS})
_CARERS: Final = {
    CarerDuty.POOR: "照料人不尽责",
    CarerDuty.NOBODY: "没有照料人",
}


def growing_up(work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]) -> Iterator[DueItem]:
    """A row for each minor of a 特困 household, 30 days before the age of the pack, until the
    household is tested after that day (S1:L17)."""
    found = rules.terms(work).find(parameters.TEKUN_MINOR_AGE)
    if found is None:
        return
    for born in work.alarms.born(subjects):
        day = add_months(born.on, found.value * _YEAR)
        if day < ALWAYS or _tested(work, born.household, day):
            continue
        why = f"{born.name} {day_words(day)} 满 {found.value} 周岁"
        rule = f"特困未成年人到 {found.value} 周岁（{found.ground}）"
        kind = WorkKind.GROWN_UP
        yield _row(
            work, kind, born.household, born.person, day, (why, rule, "问以后靠什么，重新测算")
        )


def first_jobs_ending(
    work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each first job whose cost the newest test took off, 30 days before its months are
    over, until the household is tested after that day (S4:L38)."""
    found = rules.terms(work).find(parameters.JOB_COST_FIRST)
    if found is None or found.value is None or found.value.months is None:
        return
    months = found.value.months
    for employed in work.alarms.employed(subjects):
        day = add_months(employed.since, months)
        if day < ALWAYS or not _takes_off(work, employed.household):
            continue
        if _tested(work, employed.household, day):
            continue
        why = f"{employed.name}的首次就业扣减 {day_words(day)} 满 {months} 个月"
        rule = f"首次就业劳动成本扣 {months} 个月（{found.ground}）"
        kind = WorkKind.JOB_COST_ENDS
        told = (why, rule, "问清收入，重新测算")
        yield _row(work, kind, employed.household, employed.person, day, told)


def placing_due(
    work: UnitOfWork, _rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row where the newest visit of a 特困 household saw what speaks for an institution, until
    another sees otherwise or a referral for care is made."""
    for seen in work.alarms.seen(subjects):
        why = _signs(seen)
        if not why:
            continue
        who, place = work.visiting.place_of(seen.household)
        yield DueItem(
            kind=WorkKind.MUST_PLACE,
            entity_id=seen.visit,
            household=seen.household,
            who=who,
            place=place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=f"走访看到{why}",
            rule=_PLACE,
            page="referrals",
            action="商量集中供养，愿意就转介",
            since=seen.on,
        )


def _signs(seen: Seen) -> str:
    """What the visit saw, in words; empty for nothing."""
    house = "居住有安全隐患" if seen.housing in _UNSAFE else ""
    carer = _CARERS.get(seen.carer, "") if seen.carer is not None else ""
    return "，".join(filter(None, (carer, house)))


def _tested(work: UnitOfWork, household: HouseholdId, since: date) -> bool:
    """Whether the household was tested on that day or later."""
    newest = work.casework.newest_assessment(household)
    return newest is not None and newest.on >= since


def _takes_off(work: UnitOfWork, household: HouseholdId) -> bool:
    """Whether the newest test took the cost of a first job off."""
    newest = work.casework.newest_assessment(household)
    lines = None if newest is None else stored_answer(newest).get("lines")
    return isinstance(lines, list) and any(
        isinstance(line, dict) and line.get("item") == FIRST for line in lines
    )


def _row(
    work: UnitOfWork,
    kind: WorkKind,
    household: HouseholdId,
    record: str,
    day: date,
    told: tuple[str, str, str],
) -> DueItem:
    who, place = work.visiting.place_of(household)
    why, rule, action = told
    return DueItem(
        kind=kind,
        entity_id=record,
        household=household,
        who=who,
        place=place,
        appears_on=day - EARLY,
        due_on=day,
        due_at=None,
        why=why,
        rule=rule,
        page="assessment",
        action=action,
        target=household,
    )
