"""Which tier of visits a household was in from which day, as this laptop knew it.

Noted in the transaction that changes the household, whoever changed it. The county's word on a
household replaces what stood before; without this nobody could say later what was asked for then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import Connection, bindparam, delete, or_, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.households import Category, MonitoringTag
from app.models.base import table_of
from app.models.local import HouseholdTierRow
from app.models.people import HouseholdRow
from app.store.among import among
from app.store.prepared import Prepared
from app.store.touched import EVERYTHING, Touched

_TIER: Final = table_of(HouseholdTierRow)
_HOUSEHOLD: Final = table_of(HouseholdRow)
_ENTITY: Final = "household"
_NEWEST: Final = (
    select(_TIER.c.from_on)
    .where(_TIER.c.household_id == _HOUSEHOLD.c.id)
    .order_by(_TIER.c.from_on.desc())
    .limit(1)
    .correlate(_HOUSEHOLD)
    .scalar_subquery()
)
_CHANGED: Final = Prepared(
    select(_HOUSEHOLD.c.id, _HOUSEHOLD.c.category, _HOUSEHOLD.c.monitoring_tag)
    .outerjoin(
        _TIER, (_TIER.c.household_id == _HOUSEHOLD.c.id) & (_TIER.c.from_on == _NEWEST)
    )
    .where(_HOUSEHOLD.c.id.in_(among("subjects")))
    .where(
        or_(
            _TIER.c.household_id.is_(None),
            _TIER.c.category != _HOUSEHOLD.c.category,
            _TIER.c.monitoring_tag.is_distinct_from(_HOUSEHOLD.c.monitoring_tag),
        )
    )
)  # fmt: skip
_KNOWN: Final = Prepared(
    select(_TIER)
    .where(_TIER.c.household_id.in_(among("households")))
    .order_by(_TIER.c.household_id, _TIER.c.from_on)
)


@dataclass(frozen=True, slots=True)
class Tier:
    """What decided from `from_on` on how often a household is to be seen."""

    household: str
    from_on: date
    category: Category
    tag: MonitoringTag | None


def note_tiers(connection: Connection, touched: Touched, on: date) -> None:
    """Note whichever household of a transaction stands in another tier now; the last of a day is
    the one of that day."""
    subjects = [
        subject
        for subject, entities in touched.items()
        if _ENTITY in entities or EVERYTHING in entities
    ]
    if not subjects:
        return
    rows = [
        {
            "household_id": row["id"],
            "from_on": on,
            "category": row["category"],
            "monitoring_tag": row["monitoring_tag"],
        }
        for row in _CHANGED.rows(connection, {"subjects": json.dumps(subjects)})
    ]
    if rows:
        put = insert(_TIER)
        new = {name: put.excluded[name] for name in ("category", "monitoring_tag")}
        keys = ["household_id", "from_on"]
        connection.execute(put.on_conflict_do_update(index_elements=keys, set_=new), rows)


def tiers_of(connection: Connection, households: Sequence[str]) -> Mapping[str, tuple[Tier, ...]]:
    """Household → its tiers, the oldest first; nothing is known of the days before the first."""
    rows = _KNOWN.rows(connection, {"households": json.dumps(list(households))})
    return {
        household: tuple(those)
        for household, those in groupby(map(_tier, rows), attrgetter("household"))
    }


def once_in(connection: Connection, categories: Sequence[Category]) -> set[str]:
    """Households that ever stood in one of `categories`, or were watched."""
    query = select(_TIER.c.household_id).where(
        or_(_TIER.c.category.in_(categories), _TIER.c.monitoring_tag.is_not(None))
    )
    return set(connection.execute(query.distinct()).scalars())


def forget_tiers(connection: Connection, household: str) -> None:
    """Nothing of a household that was erased stays."""
    connection.execute(
        delete(_TIER).where(_TIER.c.household_id == bindparam("of")), {"of": household}
    )


def _tier(row: Mapping[str, object]) -> Tier:
    tag, from_on = row["monitoring_tag"], row["from_on"]
    if not isinstance(from_on, date):
        raise TypeError("a tier has the day it began")
    return Tier(
        str(row["household_id"]),
        from_on,
        Category(str(row["category"])),
        None if tag is None else MonitoringTag(str(tag)),
    )
