"""Nothing new is begun about a household that has ended: one sentence, whatever it would be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.services.missing import no_household

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def require_people_left(
    work: UnitOfWork, household: HouseholdId, on: date, what: str, field: str
) -> None:
    """What was so while somebody still lived there may be typed in later.

    Raises Refused F-01 for no such household, F-89 for a day after it had ended.
    """
    home = work.households.get(household)
    if home is None:
        raise no_household()
    ended_on = home.ended_on
    if ended_on is not None and on > ended_on:
        raise Refused(
            f"这一户 {ended_on.month}月{ended_on.day}日起已经没有人了，不能再记{what}。",
            do="人搬去别的户了，请记在那一户；是那天以前的事，请改日期；记错了人走的，请在“家庭”里撤销。",
            code="F-89",
            field=field,
        )
