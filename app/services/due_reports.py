"""What the village reports upwards by a day of the pack (S0:L56, S4:L64), on today's list.

There is one row: the first quarter nobody has reported, from the one the program was taken into use
in. Where the pack gives no day there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.due import DueItem
from app.domain.reports import VILLAGE, Quarter
from app.domain.today import WorkKind
from app.rules import parameters
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_BEFORE: Final = timedelta(days=10)
"""A report shows up so long before its last day."""


def reports_due(work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]) -> Iterator[DueItem]:
    """The next report of the village."""
    if VILLAGE not in subjects:
        return
    found = rules.terms(work).find(parameters.QUARTERLY_REPORT_DAY)
    if found is None:
        return
    quarter = first_untold(work.reports.told(), work.begun_on, found.value)
    due_on = quarter.due_on(found.value)
    yield DueItem(
        kind=WorkKind.REPORT,
        entity_id=VILLAGE,
        household=None,
        who="全村",
        place="",
        appears_on=due_on - _BEFORE,
        due_on=due_on,
        due_at=None,
        why=f"{quarter.label}的情况要报上去",
        rule=str(found.ground),
        page="reports",
        action="核对数字，写几句，报了记下来",
        target=quarter.key,
    )


def first_untold(told: frozenset[Quarter], begun_on: date, day: int) -> Quarter:
    """The first quarter nobody has reported, of those whose day came after `begun_on`."""
    quarter = Quarter.of(begun_on)
    if quarter.due_on(day) < begun_on:
        quarter = quarter.next
    while quarter in told:
        quarter = quarter.next
    return quarter
