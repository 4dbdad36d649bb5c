"""Who relief is for, the same whether somebody was picked from the roster or typed.

A number says who it is; else a name does, where only one of the household, or of the village where
no household was said, is called so. Two of one name, or nobody: then it is the name alone.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.domain.ids import HouseholdId, PersonId
from app.domain.relief_payee import ReliefPayee, name_key
from app.services.relief_asked import PayRelief

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_Resident = tuple[PersonId, HouseholdId, str, str | None]


def payee_of(work: UnitOfWork, request: PayRelief) -> ReliefPayee:
    """The payee of a request, found in the roster where there is one such person."""
    found = None if request.is_unknown else _found(work, request)
    household = request.household or (None if found is None else found[1])
    number = request.payee_id_number or (None if found is None else found[3])
    return ReliefPayee(
        village=work.identity.village_code,
        household=household,
        person=request.payee or (None if found is None else found[0]),
        id_number=number,
        name=name_key(request.payee_name if found is None else found[2]),
        is_unknown=request.is_unknown,
        house_names=() if household is None else _house_names(work, household),
    )


def _found(work: UnitOfWork, request: PayRelief) -> _Resident | None:
    """The one resident the request means; None where that cannot be said."""
    if request.payee is not None:
        return _only(work.relief.residents(person=request.payee))
    if request.payee_id_number is not None:
        return _only(work.relief.residents(id_number=request.payee_id_number))
    named = work.relief.residents_named([name_key(request.payee_name)])
    if request.household is not None:
        named = [one for one in named if one[1] == request.household]
    return _only(named)


def _only(residents: list[_Resident]) -> _Resident | None:
    return residents[0] if len(residents) == 1 else None


def _house_names(work: UnitOfWork, household: HouseholdId) -> tuple[str, ...]:
    """Names of the household's people that nobody else of the village has."""
    home = work.households.get(household)
    if home is None:
        return ()
    names = [name_key(member.person.name) for member in home.members]
    named = work.relief.residents_named(names)
    often = Counter(name_key(name) for _person, _household, name, _number in named)
    return tuple(name for name in names if often[name] == 1)
