"""A payment two laptops told of: the officer says what became of the money, and both learn it.

The county counts the first and holds nothing of the second (`county_server.money`). Whoever asked
both sides says one of three things: the money was given once, so the second record is none; it was
given twice, so the second is a payment of its own that is got back (追回, domain §2.8); or the
first was taken back since, so the second stands. What was written is not changed: the second record
comes into the books as its laptop wrote it, with the officer's word as its next step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, select, update

from app.domain.casework import ReliefStatus
from app.domain.ids import new_id
from app.domain.problem import Refused
from app.domain.relief_states import RELIEF, ReliefEvent
from app.domain.words import Word
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.authority import Returned
from county_server.clock import Time
from county_server.database import Database
from county_server.judgement import open_patch
from county_server.ledger import Document, Ledger
from county_server.money import Books
from county_server.purse import ENTRY, Purse
from county_server.quotas import COUNTY_HAND
from county_server.registry import author_of, find_device, note
from county_server.relief import RECORD
from county_server.tables import conflict, document, operation, payment, subject_key

_STEP: Final = "relief_step"
_PAYMENT: Final = "payment_id"
_SECOND: Final = b"sa/payment-second/v1\0"
_NOTHING_PAID: Final = {"payment_id": None, "quota_id": None, "paid_at": None}


class Outcome(Word):
    """What became of the money of the second record."""

    ONCE = "once", "只给了一次，这一笔是重复登记"
    TWICE = "twice", "给了两次，这一笔要追回"
    STANDS = "stands", "前一笔已经冲正，这一笔算数"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """The officer's word about the record `relief_id`, the one that came second."""

    relief_id: str
    outcome: Outcome
    by: str
    paper_no: str
    why: str


@dataclass(frozen=True, slots=True)
class Settling:
    """Enters the word and sends it down."""

    database: Database
    clock: Time

    def settle(self, request: Settle) -> str:
        """Enter it; return the id of the record.

        Raises Refused K-90 for a record about which nothing is to be settled, K-91 for a word that
        is not whole, K-92 for one that does not fit the books, M-24 where the record's state does
        not allow it.
        """
        if not all(map(str.strip, (request.by, request.paper_no, request.why))):
            raise Refused(
                "核定重复的一笔，要写谁定的、文书几号、怎么核对的。",
                do="请加上 --by、--paper 和 --why。",
                code="K-91",
            )
        with self.database.write() as connection:
            ledger = Ledger(connection, self.clock.now())
            found = _open_conflict(connection, request.relief_id)
            if found is None:
                record = self._told_apart(ledger, request)
            else:
                record = self._told_twice(ledger, request, found)
            ledger.flush()
            note(connection, self.clock, COUNTY_HAND, "settle", record.entity_id)
        return record.entity_id

    def _told_apart(self, ledger: Ledger, request: Settle) -> Document:
        """Two payments for one cause that the county counts both: the second is got back."""
        if request.outcome is not Outcome.TWICE:
            raise Refused(
                "这一笔县里已经算数，没有等着核定的重复。",
                do="给了两次的，请用“要追回”；登记错的，请村里冲正。",
                code="K-90",
            )
        scope = _village_of(ledger.connection, RECORD, request.relief_id)
        ledger.lock([scope or COUNTY_SCOPE])
        record = ledger.get(RECORD, request.relief_id)
        if record is None or record.body.get(_PAYMENT) is None:
            raise _nothing_to_settle()
        self._say(ledger, record, request, ReliefEvent.REJECT)
        return record

    def _told_twice(self, ledger: Ledger, request: Settle, found: RowMapping) -> Document:
        """The second record of one payment comes into the books, as the officer says."""
        connection, device_id = ledger.connection, str(found["device_id"])
        find_device(connection, device_id, lock=True)
        said = _said(connection, device_id, RECORD, request.relief_id)
        subject, fields = said
        home = author_of(connection, device_id).home
        village = _village_of(connection, "household", subject) or home
        ledger.lock([village or COUNTY_SCOPE])
        before = str(fields[_PAYMENT])
        if request.outcome is Outcome.ONCE:
            fields |= _NOTHING_PAID
        else:
            fields[_PAYMENT] = second_identity(before, request.relief_id)
        record = Document(RECORD, request.relief_id, subject, village, 0, {}, {})
        record.amend(fields, device_id, ledger.at)
        try:
            if request.outcome is not Outcome.ONCE:
                self._pay(ledger, record, request, before, device_id)
                self._book(ledger, device_id, before, str(fields[_PAYMENT]))
        except Returned as returned:
            raise Refused(
                f"这一笔进不了县里的账：{returned.reason}",
                do="请先核对这台电脑的额度和备用金。",
                code="K-92",
            ) from returned
        self._say(ledger, record, request, _EVENTS[request.outcome])
        connection.execute(
            update(conflict)
            .where(conflict.c.op_id == found["op_id"], conflict.c.field == found["field"])
            .values(resolved_at=ledger.at)
        )
        _taken(connection, device_id, RECORD, request.relief_id)
        return record

    def _pay(
        self, ledger: Ledger, record: Document, request: Settle, before: str, device_id: str
    ) -> None:
        """The payment under a number of its own. Raises Returned, Refused K-92."""
        connection = ledger.connection
        first = connection.execute(
            select(payment.c.relief_id).where(payment.c.payment_id == before)
        ).scalar_one()
        undone = select(payment.c.payment_id).where(payment.c.reverses_id == first)
        is_undone = connection.execute(undone).first() is not None
        if is_undone != (request.outcome is Outcome.STANDS):
            raise Refused(
                "前一笔已经冲正了，只有这一笔。"
                if is_undone
                else "前一笔还没有冲正，两笔不能都算数。",
                do="请改核定为“算数”。" if is_undone else "请先让记前一笔的电脑冲正并同步。",
                code="K-92",
            )
        op_id = f"settled:{record.entity_id}"
        Books(connection, device_id).pay(op_id, record.entity_id, record.body)

    def _book(self, ledger: Ledger, device_id: str, before: str, number: str) -> None:
        """The line of the fund that was returned with the payment. Raises Returned."""
        connection = ledger.connection
        for entry_id in _waiting(connection, device_id, ENTRY):
            subject, fields = _said(connection, device_id, ENTRY, entry_id)
            if fields.get(_PAYMENT) != before or fields.get("struck_reason"):
                continue
            fields[_PAYMENT] = number
            purse = Purse(connection, device_id)
            purse.enter(ENTRY, entry_id, fields, date.fromisoformat(str(fields["booked_on"])))
            home = author_of(connection, device_id).home
            line = Document(ENTRY, entry_id, subject, home, 0, {}, {})
            line.amend(fields, device_id, ledger.at)
            ledger.put(line)
            _taken(connection, device_id, ENTRY, entry_id)

    def _say(
        self, ledger: Ledger, record: Document, request: Settle, event: ReliefEvent | None
    ) -> None:
        """The officer's word as the next step of the record. Raises Refused M-24."""
        before = ReliefStatus(str(record.body["status"]))
        after = before if event is None else RELIEF.after(before, event)
        why, paper = request.why.strip(), request.paper_no.strip()
        words = f"县里核定：{request.outcome.label}。{why}（{paper}）"
        fields: dict[str, Any] = {"status": after.value}
        if request.outcome is Outcome.ONCE:
            fields["reversal_reason"] = words
        record.amend(fields, COUNTY_HAND, ledger.at)
        ledger.put(record)
        step = Document(_STEP, new_id(ledger.now), record.subject, record.village, 0, {}, {})
        said = {
            "relief_id": record.entity_id,
            "seq": _steps(ledger.connection, record.entity_id) + 1,
            "event": None if event is None else event.value,
            "status": after.value,
            "happened_at": ledger.at,
            "who": request.by.strip(),
            "note": words,
            "amount_fen": None,
            "recorded_at": ledger.at,
        }
        step.amend(said, COUNTY_HAND, ledger.at)
        ledger.put(step)


_EVENTS: Final[Mapping[Outcome, ReliefEvent | None]] = {
    Outcome.ONCE: ReliefEvent.REVERSE,
    Outcome.TWICE: ReliefEvent.REJECT,
    Outcome.STANDS: None,
}


def second_identity(payment_id: str, relief_id: str) -> str:
    """The number of a payment that was told of as the same as another, and was not: SHA-256."""
    return hashlib.sha256(_SECOND + f"{payment_id}\0{relief_id}".encode()).hexdigest()


def _open_conflict(connection: Connection, relief_id: str) -> RowMapping | None:
    """The difference about the payment of this record nobody has settled."""
    query = select(conflict).where(
        conflict.c.entity == RECORD,
        conflict.c.entity_id == relief_id,
        conflict.c.field == _PAYMENT,
        conflict.c.resolved_at.is_(None),
    )
    return connection.execute(query).mappings().first()


def _said(
    connection: Connection, device_id: str, entity: str, entity_id: str
) -> tuple[str, dict[str, Any]]:
    """Whose the record is, and everything a device said of it that the county did not take.

    Raises Refused K-90 where its words do not open.
    """
    query = (
        select(operation, subject_key.c.key)
        .join(
            subject_key,
            (subject_key.c.device_id == operation.c.device_id)
            & (subject_key.c.subject == operation.c.subject),
        )
        .where(
            operation.c.device_id == device_id,
            operation.c.entity == entity,
            operation.c.entity_id == entity_id,
        )
        .order_by(operation.c.epoch, operation.c.n)
    )
    subject = ""
    fields: dict[str, Any] = {}
    for row in connection.execute(query):
        try:
            patch = open_patch(row.op_id, row.subject, row.ciphertext, row.key)
        except Returned as returned:
            raise _nothing_to_settle() from returned
        subject = row.subject
        fields |= {name: pair[1] for name, pair in patch.items()}
    if not subject:
        raise _nothing_to_settle()
    return subject, fields


def _waiting(connection: Connection, device_id: str, entity: str) -> list[str]:
    """Records of a device that were returned and wait for their mending."""
    query = (
        select(operation.c.entity_id)
        .where(
            operation.c.device_id == device_id,
            operation.c.entity == entity,
            operation.c.is_waiting,
        )
        .distinct()
    )
    return sorted(connection.execute(query).scalars())


def _taken(connection: Connection, device_id: str, entity: str, entity_id: str) -> None:
    """What was returned of this record waits no longer."""
    connection.execute(
        update(operation)
        .where(
            operation.c.device_id == device_id,
            operation.c.entity == entity,
            operation.c.entity_id == entity_id,
        )
        .values(is_waiting=False)
    )


def _village_of(connection: Connection, entity: str, entity_id: str) -> str | None:
    query = select(document.c.village_code).where(
        document.c.entity == entity, document.c.entity_id == entity_id
    )
    return connection.execute(query).scalar_one_or_none()


def _steps(connection: Connection, relief_id: str) -> int:
    """How many steps the record has."""
    query = select(func.count()).where(
        document.c.entity == _STEP, document.c.body["relief_id"].as_string() == relief_id
    )
    return int(connection.execute(query).scalar_one())


def _nothing_to_settle() -> Refused:
    """K-90."""
    return Refused(
        "县里没有这样一笔等着核定的先行救助。",
        do="请用 conflicts 列出的编号；村里可能还没有上传。",
        code="K-90",
    )
