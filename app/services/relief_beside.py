"""先行救助 given while an application of the household is under way: each names the other.

Nothing is kept of it: when the emergency was found, and from when to when the application ran, says
so, also of what was recorded before there was a page for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.domain.application_states import OVER
from app.domain.casework import Application, Relief, ReliefStatus
from app.domain.clock import china_date
from app.domain.procedure import ApplicationStep

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_NOT_GIVEN: Final = frozenset({ReliefStatus.DECLINED, ReliefStatus.REVERSED})


def application_beside(work: UnitOfWork, relief: Relief) -> Application | None:
    """The application that was under way when the emergency was found, the newest; None without."""
    if relief.household is None:
        return None
    found = work.casework.applications_of(relief.household)
    return next(
        (one for one in found if _is_within(relief, one, work.procedure.steps(one.id))), None
    )


def relief_beside(
    work: UnitOfWork, application: Application, steps: Sequence[ApplicationStep]
) -> tuple[Relief, ...]:
    """What the household was helped with first while it was under way, the oldest first."""
    found = work.relief.of_subject(application.household)
    return tuple(
        one for one in found if one.status not in _NOT_GIVEN and _is_within(one, application, steps)
    )


def _is_within(relief: Relief, application: Application, steps: Sequence[ApplicationStep]) -> bool:
    """Whether the emergency was found from the filing to the last step of what is over."""
    day = china_date(relief.found_at)
    over = application.status in OVER and bool(steps) and steps[-1].happened_on < day
    return application.filed_on <= day and not over
