"""What the newest test was told, wherever the record has said nothing else since.

A test writes its facts into the record, which has no room for all of them: no day of a single sum,
no certificate of an obligor, no "asked, and there is nothing". So each fact of the record is held
against what that test left there. Where the two agree nobody has touched it, and the fact is as it
was told; where they differ the record is newer and stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from app.domain.people import Labour
from app.rules import facts as case

T = TypeVar("T")
_YEAR: Final = 12
_WRITTEN: Final = (
    "hukou",
    "living",
    "status",
    "student",
    "labour",
    "first_employed_on",
    "self_declared_on",
    "serious_illness",
    "self_care",
    "receives",
    "monitored",
)
"""Facts of a member a test writes into the record; the certificate is one more, in two columns."""


def with_told(recorded: case.HouseholdFacts, told: case.HouseholdFacts) -> case.HouseholdFacts:
    """The household as recorded, with what the newest test was told and nobody changed since."""
    members = {one.id: one for one in told.members}
    return replace(
        recorded,
        members=tuple(
            _member(one, members[one.id]) if one.id in members else one for one in recorded.members
        ),
        incomes=_items(recorded.incomes, told.incomes, income_on_record),
        incomes_unasked=_unasked(recorded, told, "incomes"),
        expenses=_items(recorded.expenses, told.expenses, _same),
        expenses_unasked=tuple(filter(None, _unasked(recorded, told, "expenses"))),
        assets=_items(recorded.assets, told.assets, _same),
        obligors=_obligors(recorded.obligors, told.obligors),
    )


def nobody_asked(household: case.HouseholdFacts) -> case.HouseholdFacts:
    """The household as an interview begins with it that never had one: of whoever has no row on
    record it is not known whether there is nothing."""
    return replace(
        household,
        incomes_unasked=_without_rows(household, "incomes"),
        expenses_unasked=tuple(filter(None, _without_rows(household, "expenses"))),
    )


def income_on_record(told: case.Income) -> case.Income:
    """The income as its row says it: the months of a year, and no day."""
    months_in = ((_YEAR, told.months),) if told.months < _YEAR else ()
    return replace(told, months_in=months_in, received_on=None)


def _same(told: T) -> T:
    return told


def _member(recorded: case.Member, told: case.Member) -> case.Member:
    left = replace(told, receives=told.receives or None)
    kept: dict[str, object] = {
        name: getattr(told, name)
        for name in _WRITTEN
        if getattr(recorded, name) == getattr(left, name)
    }
    if _certificate(recorded) == _certificate(told):
        kept |= {"disabled": told.disabled, "disability": told.disability}
    # a day on record says that it was the first work, whatever was told before it
    is_same_job = recorded.first_employed_on == told.first_employed_on
    kept["first_job"] = told.first_job if is_same_job else None
    kept["excused_from_work"] = told.excused_from_work
    kept["back_at_work"] = told.back_at_work
    # whoever is able to work by now has not lost it
    kept["labour_loss"] = None if recorded.labour is Labour.ABLE else told.labour_loss
    return replace(recorded, **kept)  # type: ignore[arg-type]  # names and values of Member's own


def _certificate(member: case.Member) -> tuple[object, object, object]:
    """The columns a certificate is recorded in."""
    found = member.disability or case.Disability()
    return member.disabled, found.kind, found.level


def _items(
    recorded: tuple[T, ...] | None, told: tuple[T, ...] | None, on_record: Callable[[T], T]
) -> tuple[T, ...] | None:
    """Rows as they were told and in that order, then those that are new or different since.

    What is not on record any more is gone; told of once, a list that is empty was asked about.
    """
    if told is None:
        return recorded
    left, kept = list(recorded or ()), []
    for one in told:
        row = on_record(one)
        if row in left:
            left.remove(row)
            kept.append(one)
    return (*kept, *left)


def _unasked(
    recorded: case.HouseholdFacts, told: case.HouseholdFacts, name: str
) -> tuple[str | None, ...]:
    """Whom the test had not asked to the end, and who came into the family since without a row."""
    without = _without_rows(recorded, name)
    if getattr(told, name) is None:
        return without
    left, known = getattr(told, f"{name}_unasked"), {None, *(one.id for one in told.members)}
    return tuple(
        who
        for who in (*(one.id for one in recorded.members), None)
        if who in left or (who in without and who not in known)
    )


def _without_rows(household: case.HouseholdFacts, name: str) -> tuple[str | None, ...]:
    """Those of whom a list that is there says nothing."""
    rows = getattr(household, name)
    if rows is None:
        return ()
    whose = {row.member for row in rows}
    return tuple(who for who in (*(one.id for one in household.members), None) if who not in whose)


def _obligors(
    recorded: tuple[case.Obligor, ...] | None, told: tuple[case.Obligor, ...] | None
) -> tuple[case.Obligor, ...] | None:
    """Those on record by id, each with what the record has no room for, in the order told."""
    if told is None:
        return recorded
    rows = {one.id: one for one in recorded or ()}
    known = [_obligor(rows.pop(one.id), one) for one in told if one.id in rows]
    return (*known, *rows.values())


def _obligor(recorded: case.Obligor, told: case.Obligor) -> case.Obligor:
    return replace(
        recorded,
        disabled=told.disabled,
        disability=told.disability,
        receives=told.receives,
        within_property_limits=told.within_property_limits,
        supports=told.supports,
    )
