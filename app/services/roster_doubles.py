"""Who of a roster looks like somebody on record, or like somebody further up in the same roster.

A resident number is one person's alone: a household with a number on record already is left out,
the others go in. A household without any number is the one of its head's name behind the same
door. The same birthday under a name read alike, and the same telephone, are only told, row by row,
with what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.ids import PersonId
from app.domain.people import Member
from app.domain.roster import RosterHousehold, RosterWarning
from app.services.duplicates import sounds_alike

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_LEFT_OUT: Final = (
    "这一户没有进来。是同一户就不用管；换了户，到原来那户办“搬去村里另一户”；回来了，办“补登一个人”"
)
_SAME_HOME: Final = "这一户没有进来。真是另一户，请在花名册里填上证件号码或不同的门牌，再导入一次"
_SAME_PERSON: Final = (
    "已经进来了。是同一个人，到多出来的那户办“迁出本村”，写“重复登记”；不是就不用管"
)
_SAME_PHONE: Final = "已经进来了。合用电话就不用管；打错了，到那户“改资料”里改"


@dataclass(frozen=True, slots=True)
class Sifted:
    """The households that can go in, and what is to be looked at, row by row."""

    fresh: tuple[RosterHousehold, ...] = field(repr=False)
    warnings: tuple[RosterWarning, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class _Known:
    """Somebody a newcomer may be compared with; `home` tells households apart."""

    name: str
    home: str
    place: str


@dataclass(slots=True)
class _Index:
    """Everybody known so far, by birthday and by telephone."""

    born: dict[date, list[_Known]] = field(default_factory=dict, repr=False)
    phones: dict[str, list[_Known]] = field(default_factory=dict, repr=False)
    doors: set[tuple[str, str]] = field(default_factory=set, repr=False)
    """Where somebody lives, and who."""

    def add(self, one: _Known, birth: date | None, phones: Iterable[str | None]) -> None:
        """Remember somebody."""
        if birth is not None:
            self.born.setdefault(birth, []).append(one)
        for phone in {phone for phone in phones if phone}:
            self.phones.setdefault(phone, []).append(one)


def sift(work: UnitOfWork, found: Sequence[RosterHousehold]) -> Sifted:
    """Part the households whose numbers are new here from the others, and say who looks alike."""
    numbers = [
        one.person.id_number
        for each in found
        for one in each.household.members
        if one.person.id_number is not None
    ]
    held = work.people.holders_of(numbers)
    known, places = _on_record(work)
    fresh: list[RosterHousehold] = []
    warnings: list[RosterWarning] = []
    for each in found:
        taken = list(_taken(each, held, places)) or list(_at_home(each, known))
        warnings += taken
        if taken:
            continue
        fresh.append(each)
        warnings += _alike(each, known)
        _remember(each, known)
    return Sifted(tuple(fresh), tuple(sorted(warnings, key=lambda one: one.row)))


def _on_record(work: UnitOfWork) -> tuple[_Index, dict[PersonId, str]]:
    """Everybody who lives in a household here, and where."""
    index, places = _Index(), {}
    for one in work.families.residents():
        place = f"本机{one.place}的{one.name}"
        places[one.person] = place
        index.add(_Known(one.name, one.household, place), one.birth, one.phones)
        index.doors.add((one.place, one.name))
    return index, places


def _taken(
    each: RosterHousehold, held: Mapping[str, PersonId], places: Mapping[PersonId, str]
) -> Iterator[RosterWarning]:
    """A line for each number that belongs to somebody on record."""
    for member in each.household.members:
        holder = held.get(member.person.id_number or "")
        if holder is not None:
            whose = places.get(holder, "本机记着、现在不在村里一户的人")
            yield _warning(each, member, f"{whose}也是这个身份证号", _LEFT_OUT)


def _at_home(each: RosterHousehold, known: _Index) -> Iterator[RosterWarning]:
    """A line where nobody of a household has a number and its head is on record behind its door."""
    home = each.household
    head = home.head_member
    if head is None or not home.door or any(one.person.id_number for one in home.members):
        return
    if (f"{home.group_name}{home.door}", head.person.name) in known.doors:
        yield _warning(each, head, "本机同一个门牌已经有这个户主，又都没有证件号码", _SAME_HOME)


def _alike(each: RosterHousehold, known: _Index) -> Iterator[RosterWarning]:
    """A line for each member who may be somebody else's double, and one for each telephone."""
    asked: set[str] = set()
    for member in each.household.members:
        person = member.person
        for one in known.born.get(person.birth, ()) if person.birth else ():
            if sounds_alike(one.name, person.name):
                what = f"和{one.place}同一天生，名字一样读"
                yield _warning(each, member, what, _SAME_PERSON)
                break
        for phone in (person.phone, each.household.phone):
            if phone and phone not in asked and phone in known.phones:
                asked.add(phone)
                what = f"{known.phones[phone][0].place}家也是这个电话"
                yield _warning(each, member, what, _SAME_PHONE)


def _remember(each: RosterHousehold, known: _Index) -> None:
    """What comes further down the roster is compared with this household, too."""
    for member in each.household.members:
        person = member.person
        place = f"名册第 {each.row_of(person.id)} 行的{person.name}"
        one = _Known(person.name, each.household.id, place)
        known.add(one, person.birth, (person.phone, each.household.phone))


def _warning(each: RosterHousehold, member: Member, what: str, do: str) -> RosterWarning:
    person = member.person
    return RosterWarning(row=each.row_of(person.id), name=person.name, what=what, do=do)
