"""Which records of 先行救助 are about the same payee, picked from the roster or typed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from app.domain.family import FamilyDeed
from app.domain.ids import HouseholdId
from app.domain.relief_payee import ReliefPayee
from app.models.base import table_of
from app.models.casework import EmergencyReliefRow
from app.models.people import FamilyEventRow, HouseholdRow

_RELIEF = table_of(EmergencyReliefRow)
_HOUSEHOLD = table_of(HouseholdRow)
_EVENT = table_of(FamilyEventRow)


def whose_are(payee: ReliefPayee, *, of_the_house: bool) -> ColumnElement[bool] | None:
    """Which records are about the same payee; None where nobody can tell.

    A record that names nobody of the roster is about whom its name says, in the same household or
    in none.
    """
    same: list[ColumnElement[bool]] = []
    if of_the_house and payee.household is not None:
        same.append(_RELIEF.c.household_id == payee.household)
        same.append(_of_a_house_before(payee.household))
        if payee.house_names:
            same.append(_typed(payee.house_names, None))
        # a person takes what was given along into another household: 并户, 分户, a marriage
        if payee.person is not None:
            same.append(_RELIEF.c.payee_person_id == payee.person)
        if payee.id_number is not None:
            same.append(_RELIEF.c.payee_id_number == payee.id_number)
        return or_(*same)
    if payee.person is not None:
        same.append(_RELIEF.c.payee_person_id == payee.person)
    if payee.id_number is not None:
        same.append(_RELIEF.c.payee_id_number == payee.id_number)
    if payee.name and not payee.is_unknown:
        typed = _typed((payee.name,), payee.household)
        if payee.id_number is not None:
            number = _RELIEF.c.payee_id_number
            typed &= or_(number.is_(None), number == payee.id_number)
        same.append(typed)
    return or_(*same) if same else None


def _of_a_house_before(household: HouseholdId) -> ColumnElement[bool]:
    """What a household was given that went on in this one: all of it where its people moved in
    (并户), what was known before they parted where this one was split from it (分户)."""
    joined = select(_HOUSEHOLD.c.id).where(_HOUSEHOLD.c.successor_id == household)
    parted = exists().where(
        _EVENT.c.kind == FamilyDeed.SPLIT,
        _EVENT.c.household_id == _RELIEF.c.household_id,
        _EVENT.c.other_household_id == household,
        _EVENT.c.recorded_at > _RELIEF.c.found_at,
    )
    return or_(_RELIEF.c.household_id.in_(joined), parted)


def _typed(names: tuple[str, ...], household: HouseholdId | None) -> ColumnElement[bool]:
    """Records whose payee was only written down by name."""
    plain = func.replace(func.replace(_RELIEF.c.payee_name, " ", ""), "\u3000", "")
    here = _RELIEF.c.household_id
    where = or_(here.is_(None), here == household)
    return and_(_RELIEF.c.payee_person_id.is_(None), plain.in_(names), where)
