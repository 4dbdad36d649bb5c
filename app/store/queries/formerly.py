"""What changed of households after a day, as far as this laptop wrote it down itself."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, exists, select

from app.domain.ids import HouseholdId
from app.domain.operations import Patch
from app.models.base import table_of
from app.models.log import OperationRow
from app.store.journal import operation_of, read_patch

_OPERATION = table_of(OperationRow)
_AFTER = _OPERATION.alias("after")
_EARLIER = _OPERATION.alias("earlier")
_CHANGED: Final = (
    select(_OPERATION)
    .where(
        _OPERATION.c.entity == "household",
        exists().where(
            _AFTER.c.entity_id == _OPERATION.c.entity_id,
            _AFTER.c.n <= _OPERATION.c.n,
            _AFTER.c.business_date > bindparam("first"),
        ),
        exists().where(
            _EARLIER.c.entity_id == _OPERATION.c.entity_id, _EARLIER.c.n < _OPERATION.c.n
        ),
    )
    .order_by(_OPERATION.c.n.desc())
)
"""From the first change after a day on, with what was written down later of an earlier day; with
what began a household there was nothing before."""
_CHANGED_OF: Final = _CHANGED.where(_OPERATION.c.entity_id == bindparam("household"))


def changed_after(
    connection: Connection, first: date, household: HouseholdId | None = None
) -> dict[HouseholdId, list[tuple[date, Patch]]]:
    """Household → its changes with the day of each, the last written down first; among them those
    of earlier days that were written down later."""
    found: dict[HouseholdId, list[tuple[date, Patch]]] = {}
    if household is None:
        rows = connection.execute(_CHANGED, {"first": first})
    else:
        rows = connection.execute(_CHANGED_OF, {"first": first, "household": household})
    for operation in [operation_of(row) for row in rows.mappings()]:
        patch = read_patch(connection, operation)
        if patch is not None:
            changes = found.setdefault(HouseholdId(operation.entity_id), [])
            changes.append((operation.business_date, patch))
    return found
