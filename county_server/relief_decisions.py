"""The word from above about one 先行救助: agreed to or not. The village pays; nothing is paid here.

What the village recorded as told by telephone and what is said here are the same columns, so that
whoever comes second is told that it has been decided (`county_server.relief`). What is said here
stands in the county's record under two names: it counts as written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.domain.casework import ReliefStatus
from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_states import RELIEF, ReliefEvent
from app.domain.relief_words import ApprovalWay
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.clock import Time
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.registry import note
from county_server.relief import RECORD
from county_server.tables import document

_STEP: Final = "relief_step"
GIVEN_FIRST: Final = frozenset({ReliefStatus.PAPERWORK_PENDING, ReliefStatus.SUPPLEMENTED})
"""The money is out; somebody above still says yes or no to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRelief:
    """What was said about one 先行救助, and by whom, as the village will read it.

    `amount` is what was agreed to; None leaves what was asked for.
    """

    relief_id: str
    agrees: bool
    by: str
    amount: Money | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReliefDecisions:
    """Enters the answer and sends it down."""

    clock: Time

    def enter(self, connection: Connection, request: AnswerRelief, who: str) -> str:
        """Enter it within the caller's transaction; return the id. `who` stands in the audit.

        Raises Refused K-74 for an unknown one, M-24 where it does not follow from the state.
        """
        village = _village_of(connection, request.relief_id)
        ledger = Ledger(connection, self.clock.now())
        ledger.lock([village or COUNTY_SCOPE])
        relief = ledger.get(RECORD, request.relief_id)
        if relief is None:
            raise unknown_relief()
        before = ReliefStatus(str(relief.body["status"]))
        event = relief_event(before, agrees=request.agrees)
        after = RELIEF.after(before, event)
        relief.amend({"status": after.value, **_fields(request, ledger.at)}, COUNTY_HAND, ledger.at)
        ledger.put(relief)
        ledger.put(self._step(ledger, relief, request, (event, after)))
        ledger.flush()
        note(connection, self.clock, who, "relief", relief.entity_id)
        return relief.entity_id

    def _step(
        self,
        ledger: Ledger,
        relief: Document,
        request: AnswerRelief,
        moved: tuple[ReliefEvent, ReliefStatus],
    ) -> Document:
        """The answer as one more step in the record."""
        event, after = moved
        made = Document(_STEP, new_id(ledger.now), relief.subject, relief.village, 0, {}, {})
        fields = {
            "relief_id": relief.entity_id,
            "seq": _steps(ledger.connection, relief) + 1,
            "event": event.value,
            "status": after.value,
            "happened_at": ledger.at,
            "who": request.by,
            "note": request.note,
            "amount_fen": None if request.amount is None else request.amount.fen,
            "recorded_at": ledger.at,
        }
        made.amend(fields, COUNTY_HAND, ledger.at)
        return made


def relief_event(before: ReliefStatus, *, agrees: bool) -> ReliefEvent:
    """What an answer says: of money that was given first it is agreed to afterwards, or to be got
    back."""
    if before in GIVEN_FIRST:
        return ReliefEvent.NOTE_APPROVAL if agrees else ReliefEvent.REJECT
    return ReliefEvent.APPROVE if agrees else ReliefEvent.DECLINE


def _fields(request: AnswerRelief, at: str) -> dict[str, Any]:
    """What an agreement sets; a refusal sets nothing but the state."""
    if not request.agrees:
        return {}
    amount = {} if request.amount is None else {"amount_fen": request.amount.fen}
    way = ApprovalWay.WRITTEN.value
    return {"decided_at": at, "decided_by": request.by, "decided_how": way, **amount}


def _steps(connection: Connection, relief: Document) -> int:
    """How many steps it has."""
    query = select(func.count()).where(
        document.c.entity == _STEP,
        document.c.subject == relief.subject,
        document.c.body["relief_id"].as_string() == relief.entity_id,
    )
    number: int = connection.execute(query).scalar_one()
    return number


def _village_of(connection: Connection, relief_id: str) -> str | None:
    """Its village. Raises Refused K-74."""
    row = connection.execute(
        select(document.c.village_code).where(
            document.c.entity == RECORD, document.c.entity_id == relief_id
        )
    ).first()
    if row is None:
        raise unknown_relief()
    village: str | None = row.village_code
    return village


def unknown_relief() -> Refused:
    """K-74."""
    return Refused("县里没有这笔先行救助。", do="请回到列表；村里可能还没有上传。", code="K-74")
