"""What a household is paid in a month: the share of its 渐退 while one runs, else what it was
granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.grace_states import GraceStatus
from app.domain.workdays import month_start

if TYPE_CHECKING:
    from app.domain.households import Household
    from app.domain.money import Money
    from app.domain.standing import GracePeriod
    from app.store.unit_of_work import UnitOfWork

_PAYS: Final = frozenset({GraceStatus.APPROVED, GraceStatus.RUNNING, GraceStatus.ENDED})


@dataclass(frozen=True, slots=True)
class PaidNow:
    """The sum of one month, and the last day of the 渐退 it is a share of. `amount` is None where
    nothing is paid, or nobody knows yet how much."""

    amount: Money | None
    grace_until: date | None = None


NOTHING: Final = PaidNow(None)


def paid_in(work: UnitOfWork, household: Household, month: date) -> PaidNow:
    """What is paid in the month of `month`. Before the first month of a 渐退 it is what was
    granted, after its last nothing."""
    graces = (one for one in work.standing.graces_of(household.id) if one.status in _PAYS)
    grace: GracePeriod | None = next(graces, None)
    first = month_start(month)
    if grace is None or not grace.shares or first < grace.shares[0].month:
        return PaidNow(household.benefit_month)
    amount = next((share.amount for share in grace.shares if share.month == first), None)
    return PaidNow(amount, grace.ends_on)
