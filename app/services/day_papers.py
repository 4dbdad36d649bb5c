"""今日走访单: whom today's list sends her to, and what to know before knocking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.day_round import DayRound
from app.domain.ids import HouseholdId
from app.domain.today import WorkKind
from app.services.application_next import AT_THE_DOOR
from app.services.due_reading import reading_of
from app.services.due_visits import VISITING
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.documents.forms.visit_sheet import Home, VisitSheetContent
    from app.domain.due import DueItem
    from app.store.unit_of_work import UnitOfWork

VISITS_A_DAY: Final = 6
"""A working day holds two to six visits (ux §1.2); more in one list would only discourage."""
_AT_THE_DOOR: Final = frozenset(
    {
        *VISITING,
        WorkKind.SWEEP,
        WorkKind.REVIEW,
        WorkKind.SIGNATURE,
        WorkKind.MATERIAL,
        WorkKind.DECIDED,
        WorkKind.REFUSAL_NOTICE,
        WorkKind.NOT_ACCEPTED,
        WorkKind.LEAD,
        WorkKind.RELIEF_TO_PAY,
        WorkKind.RELIEF_FOLLOW_UP,
        WorkKind.WATCH,
        WorkKind.PERIODIC_REVIEW,
        WorkKind.FAMILY_REVIEW,
        WorkKind.CHILDREN_ALONE,
        WorkKind.LEFT_OUT,
    }
)
"""What is done where the people live."""
REVIEWS_A_DAY: Final = 6
"""Of those a new standard concerns; the whole list is on its own page."""
SWEPT_A_DAY: Final = 3
"""Of those nobody calls on otherwise; the whole list is on the page of the sweep."""


def day_round(_work: UnitOfWork, day: str) -> DayRound:
    """The round of a day, written as ISO 8601."""
    return DayRound(date.fromisoformat(day))


def sheet_of(work: UnitOfWork, rules: GroundRules, record: DayRound) -> VisitSheetContent:
    """The sheet of the day, in the order of the list."""
    from app.documents.forms.visit_sheet import content_of

    reading = reading_of(work, rules)
    items = reading.items(_at_the_doors(work, record.on))
    households = {item.household for item in items if item.household is not None}
    identity = work.identity
    return content_of(
        record.on,
        items,
        {household: _home(work, household) for household in households},
        unit=identity.village_name,
        visitor=identity.officer_name,
    )


def _at_the_doors(work: UnitOfWork, on: date) -> list[DueItem]:
    """What is to be done where people live, with as many visits as a day holds.

    Of an application that is the next thing at the door, also while an office's day comes first.
    """
    rows = [
        *work.due.shown(on, without=(*VISITING, WorkKind.REVIEW, WorkKind.SWEEP)),
        *todays_round(work, on),
        *work.due.first(on, (WorkKind.REVIEW,), REVIEWS_A_DAY),
        *work.due.first(on, (WorkKind.SWEEP,), SWEPT_A_DAY),
    ]
    return [row for row in rows if row.kind in _AT_THE_DOOR or row.action in AT_THE_DOOR]


def todays_round(work: UnitOfWork, on: date) -> list[DueItem]:
    """As many visits as the day still holds: six made are a day's work, and the rest of the month
    is another day's; calls are not walked. Who was told to expect her is seen however many were."""
    left = VISITS_A_DAY - work.rounds.seen_on(on)
    return work.due.first(on, VISITING, max(left, work.due.agreed(on, VISITING)))


def _home(work: UnitOfWork, household_id: HouseholdId) -> Home:
    from app.documents.forms.visit_sheet import Home

    household = work.households.get(household_id)
    if household is None:
        return Home()
    head = household.head_member
    phone = household.phone or ("" if head is None else head.person.phone)
    last = work.casework.last_met(household_id)
    return Home(
        address=household.address,
        phone=phone or "",
        knock=household.knock_note or "",
        last="" if last is None else last.note,
    )
