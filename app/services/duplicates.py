"""Whether somebody is on record already: by number, by name (and birthday, where both
are known), by telephone. Only soft.

Two people may share a name, a birthday, a telephone; the page says where the other one lives and
she knows. Only a resident number is one person's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.ids import HouseholdId, PersonId
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.queries.families import Resident
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed of a person so far; `person` and `household` are not asked about."""

    name: str = field(default="", repr=False)
    id_number: str | None = field(default=None, repr=False)
    birth: date | None = None
    phone: str | None = field(default=None, repr=False)
    person: PersonId | None = None
    household: HouseholdId | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """One household in which somebody looks the same, and by what."""

    household: HouseholdId
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Use cases of the duplicate warning. Call from the store thread only."""

    begin: Begin

    def alike(self, typed: Typed) -> list[Alike]:
        """Who looks like the person typed, the surest first; each household once."""
        with self.begin() as work:
            found = list(_alike(work, typed))
        return list({one.household: one for one in reversed(found)}.values())[::-1]


def _alike(work: UnitOfWork, typed: Typed) -> Iterator[Alike]:
    if typed.id_number:
        for one in _others(work.families.by_number(typed.id_number), typed):
            yield Alike(one.household, f"{one.place}的{one.name}也是这个身份证号")
    if typed.birth is not None and typed.name.strip():
        for one in _others(work.families.born_on(typed.birth), typed):
            if sounds_alike(one.name, typed.name):
                yield Alike(one.household, f"{one.place}的{one.name}，同一天生，名字一样读")
    yield from _same_name(work, typed)
    if typed.phone:
        for one in _others(work.families.by_phone(typed.phone), typed):
            if one.household != typed.household:
                yield Alike(one.household, f"{one.place}{one.head}家也是这个电话")


def _same_name(work: UnitOfWork, typed: Typed) -> Iterator[Alike]:
    """Who is called the same where a birthday that would tell them apart is unknown."""
    if not typed.name.strip():
        return
    for one in _others(work.families.sounding(_spoken(typed.name)), typed):
        unknown = typed.birth is None or one.birth is None
        if unknown and sounds_alike(one.name, typed.name):
            text = f"{one.place}的{one.name}，名字一样读，生日没写，看看是不是同一个人"
            yield Alike(one.household, text)


def sounds_alike(one: str, other: str) -> bool:
    """Whether two names may be read the same, by any reading of any character."""
    from app.store.search import fold, readings  # pypinyin: only when a name is compared

    return bool(set(readings(fold(one))) & set(readings(fold(other))))


def _spoken(name: str) -> Iterator[str]:
    """A name in every way it may be read, as people are found by it."""
    from app.store.search import fold, readings  # pypinyin: only when a name is compared

    return ("".join(reading) for reading in readings(fold(name)))


def _others(found: Iterable[Resident], typed: Typed) -> Iterator[Resident]:
    return (one for one in found if one.person != typed.person)
