"""What stands on a form that is handed out to be filled in by hand: whose it is.

F15B, which has a content of its own, says a little more.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.households import Household


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankContent:
    """The household, and the village that hands it out."""

    unit: str
    head: str
    address: str
    phone: str | None


def content_of(household: Household, *, unit: str) -> BlankContent:
    """A blank form of one household."""
    head = household.head_member
    return BlankContent(
        unit=unit,
        head="" if head is None else head.person.name,
        address=household.whole_address,
        phone=household.phone,
    )
