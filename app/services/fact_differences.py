"""The facts of two tests side by side: what somebody told differently, person by person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from app.rules.facts import Asset, Expense, Facts, HouseholdFacts, Income, Member, Obligor
from app.services.fact_words import FIELDS, NOTHING, UNASKED, line_word, relative, told, who_is

EVERYBODY: Final = "全家"
_ROLES: Final = {"members": "家里人", "obligors": "外面赡养的人"}
_OPEN: Final = "没问完"
_ASKED: Final = "问完了"
_CERTIFICATE: Final = "disability"
_NOT_TOLD: Final = frozenset({"id", "disabled"})
"""The name of a row, and what the certificate says already."""

Item = Income | Expense | Asset
Key = tuple[str | None, str]
"""(whose, of what kind)"""


@dataclass(frozen=True, slots=True, repr=False)
class FactChange:
    """One fact told differently. `path` names the place in the case file, people by their ids."""

    path: str
    who: str
    what: str
    before: str
    after: str


def fact_changes(before: Facts, after: Facts) -> Iterable[FactChange]:
    """Everything told differently, in the order of the case file."""
    old, new = before.household, after.household
    names = {member.id: who_is(member) for member in (*old.members, *new.members)}
    if old.area is not new.area:
        yield _of_all("area", told(old.area), told(new.area))
    yield from _people("members", old.members, new.members)
    yield from _items("incomes", old.incomes, new.incomes, names)
    yield from _asked_since("incomes", old.incomes_unasked, new.incomes_unasked, names)
    yield from _items("expenses", old.expenses, new.expenses, names)
    yield from _asked_since("expenses", old.expenses_unasked, new.expenses_unasked, names)
    yield from _items("assets", old.assets, new.assets, names)
    if old.obligors or new.obligors:
        yield from _people("obligors", *(_naming(one, names) for one in (old, new)))
    elif old.obligors != new.obligors:
        yield _of_all("obligors", _asked(old.obligors), _asked(new.obligors))


def _naming(household: HouseholdFacts, names: dict[str, str]) -> Sequence[Obligor]:
    """Those outside, with the people they are bound to by name."""
    return [
        one
        if one.supports is None
        else replace(one, supports=tuple(names.get(who, who) for who in one.supports))
        for one in household.obligors or ()
    ]


def _people(
    name: str, before: Sequence[Member | Obligor], after: Sequence[Member | Obligor]
) -> Iterable[FactChange]:
    """People by id: who came, who went, what is told differently of the others."""
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    for person_id in dict.fromkeys([*old, *new]):
        path = f"household.{name}.{person_id}"
        if person_id not in new:
            yield FactChange(path, _called(old[person_id]), _ROLES[name], "有", NOTHING)
        elif person_id not in old:
            yield FactChange(path, _called(new[person_id]), _ROLES[name], NOTHING, "有")
        else:
            yield from _person(path, old[person_id], new[person_id])


def _person(path: str, before: Member | Obligor, after: Member | Obligor) -> Iterable[FactChange]:
    """What is told differently of one person."""
    for name in (each.name for each in fields(after) if each.name not in _NOT_TOLD):
        one, other = _told_of(before, name), _told_of(after, name)
        if one != other:
            what = FIELDS.get(name, name)
            yield FactChange(f"{path}.{name}", _called(after), what, one, other)


def _told_of(person: Member | Obligor, name: str) -> str:
    """A fact about a person; of a certificate also that there is none."""
    value = getattr(person, name)
    if name == _CERTIFICATE and value is None:
        return {False: NOTHING, True: "有证", None: UNASKED}[person.disabled]
    return told(value)


def _called(person: Member | Obligor) -> str:
    return who_is(person) if isinstance(person, Member) else relative(person)


def _items(
    name: str,
    before: tuple[Item, ...] | None,
    after: tuple[Item, ...] | None,
    names: dict[str, str],
) -> Iterable[FactChange]:
    """Sums and things by whose they are and of what kind; their order says nothing."""
    old, new = _by_key(before), _by_key(after)
    if not old and not new and before != after:
        yield _of_all(name, _asked(before), _asked(after))
    for member, kind in dict.fromkeys([*old, *new]):
        one, other = old.get((member, kind)), new.get((member, kind))
        if one != other:
            yield FactChange(
                f"household.{name}.{member or 'household'}.{kind}",
                EVERYBODY if member is None else names[member],
                line_word(kind),
                "、".join(one) if one else _asked(before),
                "、".join(other) if other else _asked(after),
            )


def _asked_since(
    name: str,
    before: Sequence[str | None],
    after: Sequence[str | None],
    names: dict[str, str],
) -> Iterable[FactChange]:
    """Who was asked for everything in one of the two only."""
    for who in dict.fromkeys([*before, *after]):
        if (who in before) != (who in after):
            yield FactChange(
                f"household.{name}_unasked.{who or 'household'}",
                EVERYBODY if who is None else names[who],
                FIELDS[name],
                *(_OPEN if who in unasked else _ASKED for unasked in (before, after)),
            )


def _by_key(items: tuple[Item, ...] | None) -> dict[Key, list[str]]:
    """What was told of each source, sum by sum."""
    found: dict[Key, list[str]] = {}
    for item in items or ():
        whose = None if isinstance(item, Asset) else item.member
        found.setdefault((whose, item.kind.value), []).append(told(item))
    return {key: sorted(sums) for key, sums in found.items()}


def _of_all(name: str, before: str, after: str) -> FactChange:
    return FactChange(f"household.{name}", EVERYBODY, FIELDS[name], before, after)


def _asked(items: object) -> str:
    return UNASKED if items is None else NOTHING
