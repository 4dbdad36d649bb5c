"""Which comments of a returned application were mended: the field was changed since it went up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.domain.application_events import SENT
from app.domain.casework import Application
from app.domain.procedure import ApplicationStep
from app.services.stepping import newest_step

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_STEP: Final = "application_step"
_MOST: Final = 400
"""Operations looked back over; a household has a few between going up and coming back."""


def mended_of(
    work: UnitOfWork, application: Application, steps: Sequence[ApplicationStep]
) -> frozenset[str]:
    """The keys of the comments whose very field was changed on this laptop since it went up last.

    What is told in the talk or worked out (an income, a test) is never among them: there the
    county's sentence says more than one field.
    """
    sent = newest_step(steps, *SENT)
    if sent is None or not application.comments:
        return frozenset()
    named = {one.entity for one in application.comments}
    found = set()
    for operation, patch in work.operations_about(application.household, (*named, _STEP), _MOST):
        if operation.entity_id == sent.id:
            break
        found |= {f"{operation.entity}:{operation.entity_id}:{column}" for column in patch}
    return frozenset(one.key for one in application.comments if one.key in found)
