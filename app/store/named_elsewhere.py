"""A benefit and a relief stay in the household they were recorded in; whose they are may live, and
die, in another."""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import Connection, func, select

from app.models.base import table_of
from app.models.casework import EmergencyReliefRow
from app.models.people import HouseholdMemberRow
from app.models.standing import BenefitRow
from app.store.among import among
from app.store.prepared import Prepared
from app.store.touched import EVERYTHING, Touched

_BENEFIT = table_of(BenefitRow)
_RELIEF = table_of(EmergencyReliefRow)
_MEMBER = table_of(HouseholdMemberRow)
_NAMED = func.json_each(_BENEFIT.c.person_ids).table_valued("value", joins_implicitly=True)
_ELSEWHERE: Final = Prepared(
    select(_BENEFIT.c.household_id)
    .distinct()
    .where(
        _BENEFIT.c.to_month.is_(None),
        _BENEFIT.c.household_id.not_in(among("subjects")),
        _NAMED.c.value.in_(
            select(_MEMBER.c.person_id).where(_MEMBER.c.household_id.in_(among("subjects")))
        ),
    )
)
_PAID_ELSEWHERE: Final = Prepared(
    select(_RELIEF.c.household_id)
    .distinct()
    .where(
        _RELIEF.c.household_id.is_not(None),
        _RELIEF.c.household_id.not_in(among("subjects")),
        _RELIEF.c.payee_person_id.in_(
            select(_MEMBER.c.person_id).where(_MEMBER.c.household_id.in_(among("subjects")))
        ),
    )
)
_PERSON: Final = "person"
_HELD: Final = (("benefit", _ELSEWHERE), ("emergency_relief", _PAID_ELSEWHERE))


def spread(connection: Connection, touched: Touched) -> Touched:
    """`touched`, and the households that hold a running benefit of, or gave relief to, somebody
    whose record changed in another."""
    subjects = [
        subject for subject, kinds in touched.items() if _PERSON in kinds or EVERYTHING in kinds
    ]
    if not subjects:
        return touched
    more = dict(touched)
    for held, asked in _HELD:
        for (household,) in asked.raw(connection, {"subjects": json.dumps(subjects)}):
            more[household] = more.get(household, frozenset()) | {held}
    return more
