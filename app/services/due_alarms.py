"""Days and answers that ring: a 特困 minor grows up, a first job's deduction ends, and what a
visit saw speaks for an institution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.domain.casework import Channel, Housing
from app.domain.clock import day_words
from app.domain.due import ALWAYS, URGENT, DueItem
from app.domain.ids import HouseholdId
from app.domain.standing import EARLY
from app.domain.today import WorkKind
from app.domain.visit_words import CarerDuty
from app.domain.workdays import add_months
from app.rules import parameters
from app.rules.care import CareLevel, care_level
from app.rules.job_costs import FIRST
from app.services.assessments import stored_answer
from app.services.ground_rules import GroundRules
from app.services.visit_roads import roads_of
from app.services.written_rules import CARED_FOR_INSIDE, GUARDED

if TYPE_CHECKING:
    from app.store.queries.alarms import Seen
    from app.store.unit_of_work import UnitOfWork

_YEAR: Final = 12
_MINOR: Final = 18
_DAY: Final = timedelta(days=1)
_UNSAFE: Final = frozenset({Housing.HAZARD, Housing.DANGEROUS})
_HOUSE: Final = "居住有安全隐患"
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


def children_alone(
    work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each household in which only minors are left, until somebody grown up lives there,
    the oldest is, or a referral was made since (S2:L28 监护缺失儿童强制报告)."""
    day = rules.clock.today()
    for young in work.alarms.young(subjects, add_months(day, -_MINOR * _YEAR)):
        who, place = work.visiting.place_of(young.household)
        yield DueItem(
            kind=WorkKind.CHILDREN_ALONE,
            entity_id=young.household,
            household=young.household,
            who=who,
            place=place,
            appears_on=ALWAYS,
            due_on=young.left_on,
            due_at=None,
            why="家里只剩未成年人",
            rule=GUARDED,
            page="referrals",
            action="马上去看：现在谁带，报镇里定监护",
            target=young.household,
            since=young.left_on,
            until=add_months(young.oldest, _MINOR * _YEAR) - _DAY,
            standing=URGENT,
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


def placing_due(work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]) -> Iterator[DueItem]:
    """A row where a visit of a 特困 household saw what speaks for an institution, until another,
    by a road the pack accepts, sees otherwise or a referral for care is made."""
    accepted = roads_of(work, rules).accepted
    for household, visits in groupby(work.alarms.seen(subjects), key=lambda one: one.household):
        signs = _signs(list(visits), accepted)
        if not signs:
            continue
        newest = max(signs.values(), key=lambda one: (one.on, one.visit))
        who, place = work.visiting.place_of(household)
        yield DueItem(
            kind=WorkKind.MUST_PLACE,
            entity_id=newest.visit,
            household=household,
            who=who,
            place=place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=f"走访看到{'，'.join(signs)}",
            rule=CARED_FOR_INSIDE,
            page="referrals",
            action="商量集中供养，愿意就转介",
            since=newest.on,
        )


def dependent_due(
    work: UnitOfWork, _rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each 特困 person at home who cannot look after themselves, until care was sought
    (S4:L40: 高龄、重度残疾等生活不能自理的必须及时集中供养)."""
    for one in work.alarms.at_home(subjects):
        if care_level(one.acts) is not CareLevel.FULL_CARE:
            continue
        _who, place = work.visiting.place_of(one.household)
        yield DueItem(
            kind=WorkKind.MUST_PLACE,
            entity_id=one.person,
            household=one.household,
            who=one.name,
            place=place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=f"{one.name}生活不能自理，住在家里",
            rule=CARED_FOR_INSIDE,
            page="referrals",
            action="商量集中供养，愿意就转介",
            target=one.household,
        )


def _signs(visits: Sequence[Seen], accepted: frozenset[Channel]) -> dict[str, Seen]:
    """What was seen and still stands, in words, with the visit that saw it."""
    carers = _standing([one for one in visits if one.carer is not None], accepted)
    houses = _standing([one for one in visits if one.housing is not None], accepted)
    said = [(_CARERS[one.carer], one) for one in carers if one.carer in _CARERS]
    said += [(_HOUSE, one) for one in houses if one.housing in _UNSAFE]
    return {words: one for words, one in said if not one.is_referred}


def _standing(visits: Sequence[Seen], accepted: frozenset[Channel]) -> list[Seen]:
    """Of answers to one question, the newest first: the newest by each road, as far back as the
    first by one that counts. Any other road may warn and takes nothing back."""
    found: dict[Channel, Seen] = {}
    for one in visits:
        found.setdefault(one.road, one)
        if one.road in accepted:
            break
    return list(found.values())


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
