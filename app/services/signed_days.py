"""On which days a paper may have been signed: not to come, and by somebody who was born by then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.domain.households import Household
from app.domain.identity import LONGEST_LIFE
from app.domain.ids import PersonId
from app.domain.problem import Refused
from app.domain.workdays import add_months

_YEAR: Final = 12


def require_signed_day(
    on: date, today: date, births: Iterable[date | None], *, field: str = "signed_on"
) -> None:
    """A day of a signature, of whoever was born on `births` (None where nobody knows it).

    Raises Refused A-30 for a day to come, A-44 for one before a birth or longer ago than a life.
    """
    if on > today:
        raise Refused("签字的日期晚于今天。", do="请填签字的那一天。", code="A-30", field=field)
    longest = add_months(today, -_YEAR * LONGEST_LIFE)
    if on < max([longest, *(born for born in births if born is not None)]):
        raise _too_early(field)


def require_after_signing(on: date, signed_on: date, *, field: str) -> None:
    """A paper is taken back after it was signed. Raises Refused A-44."""
    if on < signed_on:
        raise _too_early(field)


def births_of(household: Household | None, person: PersonId | None) -> list[date]:
    """When a member was born; nothing for nobody of the household, or where it is not known."""
    members = () if household is None else household.members
    return [
        one.person.birth
        for one in members
        if one.person.id == person and one.person.birth is not None
    ]


def _too_early(field: str) -> Refused:
    return Refused(
        "日期太早：那时候人还没有出生，或者纸还没有签。",
        do="请核对年份。",
        code="A-44",
        field=field,
    )
