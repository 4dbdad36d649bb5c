"""Whether anybody can be met at the door of a household."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from app.domain.people import Living
from app.models.base import table_of
from app.models.people import HouseholdMemberRow

_MEMBER = table_of(HouseholdMemberRow)


def somebody_home(household_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Not everybody of the household lives in an institution; true where nobody is known."""
    members = (
        select(_MEMBER.c.id)
        .where(_MEMBER.c.household_id == household_id, ~_MEMBER.c.is_removed)
        .correlate_except(_MEMBER)
    )
    at_home = members.where(_MEMBER.c.living.is_distinct_from(Living.INSTITUTION.value))
    return or_(at_home.exists(), ~members.exists())
