"""Which records of 先行救助 are about the same payee, picked from the roster or typed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_

from app.domain.ids import HouseholdId
from app.domain.relief_payee import ReliefPayee
from app.models.base import table_of
from app.models.casework import EmergencyReliefRow

_RELIEF = table_of(EmergencyReliefRow)


def whose_are(payee: ReliefPayee, *, of_the_house: bool) -> ColumnElement[bool] | None:
    """Which records are about the same payee; None where nobody can tell.

    A record that names nobody of the roster is about whom its name says, in the same household or
    in none.
    """
    same: list[ColumnElement[bool]] = []
    if of_the_house and payee.household is not None:
        same.append(_RELIEF.c.household_id == payee.household)
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


def _typed(names: tuple[str, ...], household: HouseholdId | None) -> ColumnElement[bool]:
    """Records whose payee was only written down by name."""
    plain = func.replace(func.replace(_RELIEF.c.payee_name, " ", ""), "\u3000", "")
    here = _RELIEF.c.household_id
    where = or_(here.is_(None), here == household)
    return and_(_RELIEF.c.payee_person_id.is_(None), plain.in_(names), where)
