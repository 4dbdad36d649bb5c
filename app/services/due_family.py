"""Households on a benefit whose family has changed, until they are tested again.

How much is given follows from who lives there (民发〔2021〕57号: 家庭人口变化的，应当重新核定).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from app.domain.casework import ApplicationStatus
from app.domain.clock import china_date
from app.domain.due import DueItem
from app.domain.family import FamilyEvent
from app.domain.households import Category, Household
from app.domain.ids import HouseholdId
from app.domain.procedure import NoticeKind
from app.domain.today import WorkKind
from app.domain.workdays import add_months
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

READS: Final = ("family_event", "assessment", "print_record", "application", "public_notice")
TOLD_BY: Final = "F21"
_MONTHS: Final = 3
_ANEW: Final = "申请人去世的，这份申请终止；家里别的人符合条件可以另外申请"
_RULE: Final = "民发〔2021〕57号：家庭人口有变化，要重新核定"


def family_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """One row for the newest change nobody has tested the household after."""
    household = HouseholdId(subject)
    event = untested(work, household)
    if event is None:
        yield from _left_without_applicant(work, household)
        return
    home = work.households.get(household)
    if home is None or (home.ended_on is not None and _is_told(work, home, event)):
        return
    head = home.head_member
    name = "" if head is None else head.person.name
    on = event.happened_on
    yield DueItem(
        kind=WorkKind.FAMILY_REVIEW,
        entity_id=event.id,
        household=household,
        who=name or next(iter(work.families.names([home.head or ""]).values()), ""),
        place=home.place,
        appears_on=china_date(event.recorded_at),
        due_on=None,
        due_at=None,
        why=f"{on.month}月{on.day}日{event.kind.label}，待遇要不要变",
        rule=_RULE,
        page="standing" if home.ended_on is not None else "assessment",
        action="打增减员表，报给乡镇停发" if home.ended_on is not None else "去问清楚，重新测算",
        target=household,
        since=on,
    )


def _left_without_applicant(work: UnitOfWork, household: HouseholdId) -> Iterator[DueItem]:
    """A row where the application ended with who applied, and the others may still need it: until
    they are tested or apply anew, for three months."""
    filed = work.casework.applications_of(household)
    if not filed or work.households.is_over(household):
        return
    ended = filed[0]
    if ended.status is not ApplicationStatus.CLOSED_BY_DEATH or ended.ended_on is None:
        return
    tested = work.casework.newest_assessment(household)
    if tested is not None and tested.on >= ended.ended_on and tested.id != ended.assessment:
        return
    who, place = work.visiting.place_of(household)
    hung = any(one.kind is NoticeKind.F07 for one in work.procedure.notices(ended.id))
    yield DueItem(
        kind=WorkKind.FAMILY_REVIEW,
        entity_id=ended.id,
        household=household,
        who=who,
        place=place,
        appears_on=ended.ended_on,
        due_on=None,
        due_at=None,
        why=f"申请人去世，申请停了{'；贴着的公示要撕下来' if hung else ''}",
        rule=_ANEW,
        page="assessment",
        action="问家里还要不要申请，要就重新测算",
        target=household,
        since=ended.ended_on,
        until=add_months(ended.ended_on, _MONTHS),
    )


def _is_told(work: UnitOfWork, home: Household, event: FamilyEvent) -> bool:
    """Whether the office was told of a household nobody is left in, or knows already: it cannot be
    tested any more, so its 增减员表 (F21) is what settles it."""
    if home.category is Category.NONE:
        return True
    printed = work.casework.household_prints(home.id)
    return any(one.form == TOLD_BY and one.printed_at >= event.recorded_at for one in printed)


def untested(work: UnitOfWork, household: HouseholdId) -> FamilyEvent | None:
    """The newest change that still stands and nobody has tested the household after."""
    events = work.families.events_of(household)
    undone = {one.undoes for one in events}
    asking = [one for one in events if one.needs_review and one.deed not in undone]
    if not asking:
        return None
    tested = work.casework.newest_assessment(household)
    newest = asking[-1]
    return None if tested is not None and tested.made_at > newest.recorded_at else newest
