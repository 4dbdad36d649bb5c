"""Whom relief is for, as far as two records can be known to mean the same person."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import HouseholdId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefPayee:
    """Somebody of the roster, however it was said who; else a number, or a name alone.

    `house_names`: under which names somebody of the household may have been typed, where nobody
    else of the village is called so.
    """

    village: str
    household: HouseholdId | None
    person: PersonId | None
    id_number: str | None
    name: str
    is_unknown: bool = False
    house_names: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same for one person, whether picked from the roster or typed."""
        if self.person is not None:
            return self.person
        if self.id_number is not None:
            return self.id_number
        return "/".join((self.village, self.household or "", self.name))


def name_key(name: str) -> str:
    """A name without the spaces people put into it."""
    return "".join(name.split())
