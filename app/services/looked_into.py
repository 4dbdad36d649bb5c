"""The 入户调查 an application stands on: the newest one that may be of it (F04)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.casework import Application
from app.domain.problem import Refused
from app.domain.visiting import Investigation

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def investigation_of(work: UnitOfWork, application: Application) -> Investigation | None:
    """The newest since it was filed; one made for another application is none of this one."""
    return max(
        (
            one
            for one in work.visiting.investigations_of(application.household)
            if one.application in (None, application.id)
            and one.investigated_on >= application.filed_on
        ),
        key=lambda one: (one.investigated_on, one.recorded_at),
        default=None,
    )


def is_found_unfit(work: UnitOfWork, application: Application) -> bool:
    """Whether the two who went there say 不符合; nobody's word is not held against anybody."""
    found = investigation_of(work, application)
    return found is not None and not found.fits


def require_found_fit(work: UnitOfWork, application: Application) -> None:
    """The board says who is to be given something. Raises Refused A-50."""
    if is_found_unfit(work, application):
        raise Refused(
            "入户调查的结论是“不符合”，不能贴同意的公示。",
            do="请告诉镇里，等县里的不予确认；看得不对，就再去一次，另填一份入户调查表。",
            code="A-50",
        )
