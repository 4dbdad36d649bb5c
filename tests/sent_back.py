"""What the county returns, without a county: the last word about a record, sent back."""

from __future__ import annotations

from types import SimpleNamespace

from sqlalchemy import select

from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.log import OperationRow
from app.store.outbox import put_states
from app.store.touched import CONFLICT, touch

_OPERATION = table_of(OperationRow)


def send_back(
    work: SimpleNamespace, entity: str, entity_id: str, reason: str = "金额不对。"
) -> None:
    """The county returns what was last said of a record."""
    work.clock.advance(minutes=1)
    with work.begin() as unit:
        query = select(_OPERATION.c.n, _OPERATION.c.subject).where(
            _OPERATION.c.entity == entity, _OPERATION.c.entity_id == entity_id
        )
        operation = unit.connection.execute(query).all()[-1]
        row = {
            "n": operation.n,
            "state": OperationState.RETURNED,
            "verdict": {"reason": reason, "field": None, "version": 0},
            "receipt_sha256": None,
            "changed_at": work.clock.now(),
        }
        put_states(unit.connection, [row])
        touch(unit.connection, entity, operation.subject)
        touch(unit.connection, CONFLICT, operation.subject)
        unit.commit()
    work.clock.advance(minutes=1)
