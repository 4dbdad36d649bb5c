"""A batch comes in: checked in the order of security §4.6, then entered in one transaction.

Nothing is written before the signature is known to be right. What arrives twice is answered with
the receipt of the first time; what contradicts an earlier arrival is set aside, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.crypto.envelope import (
    SUITE,
    Container,
    Kind,
    open_container,
    parse_container,
    seal_body_again,
    seal_container,
    verify_container,
)
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.sync.protocol.batch import (
    NO_BATCH,
    BatchHeader,
    Payload,
    decode_payload,
)
from app.sync.protocol.coding import PROTOCOL_VERSION, convert, encode_line, not_in_form, to_object
from app.sync.protocol.refusal import FORK
from app.sync.protocol.refusal import QUARANTINED as SET_ASIDE
from app.sync.protocol.refusal import REVOKED as WITHDRAWN
from app.sync.protocol.verdict import Receipt, ReceiptHeader, Verdict
from county_server import declined
from county_server.archive import (
    already_judged,
    close_carried,
    close_conflicts,
    keep_batch,
    keep_conflicts,
    keep_keys,
    keep_operations,
)
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database
from county_server.judgement import Judgement
from county_server.ledger import Ledger
from county_server.registry import (
    ACTIVE,
    QUARANTINED,
    REVOKED,
    author_of,
    check_certificate,
    find_device,
    note,
    set_state,
)
from county_server.tables import batch, operation, quarantine

_JUDGED_AT_ONCE = 250
"""The database takes these in while the next are judged."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Receives batches, by whatever road they came."""

    county: County
    database: Database
    clock: Time

    def receive(self, data: bytes) -> bytes:
        """The receipt, durable before it is returned.

        Raises Refused or Declined (see `county_server.declined` for the codes); then nothing
        changed but the quarantine.
        """
        container, header = self._read(data)
        try:
            with self.database.write() as connection:
                self._authenticate(connection, container, header)
                row = find_device(connection, header.device, lock=True)
                known = self._known(connection, header, container.sha256)
                if known is not None:
                    return known
                payload = self._checked(connection, row, container, header)
                return self._enter(connection, row, container, header, payload)
        except declined.Declined as refusal:
            if refusal.code in {FORK, SET_ASIDE, WITHDRAWN}:
                self._set_aside(header.device, container.sha256, data, refusal.code)
            raise

    def objection(self, data: bytes) -> Refused | None:
        """Why these bytes are not taken, or None where they were or would be. Nothing changes."""
        try:
            container, header = self._read(data)
            with self.database.read() as connection:
                self._authenticate(connection, container, header)
                if self._known(connection, header, container.sha256) is None:
                    row = find_device(connection, header.device)
                    self._checked(connection, row, container, header)
        except Refused as refusal:
            return refusal
        return None

    def _read(self, data: bytes) -> tuple[Container, BatchHeader]:
        """What anybody can read. Raises Refused B-01…B-04."""
        container = parse_container(Kind.BATCH, data)
        header = convert(container.header, BatchHeader)
        if header.county != self.county.id or header.to != self.county.kid:
            raise not_in_form()
        return container, header

    def _checked(
        self, connection: Connection, row: RowMapping, container: Container, header: BatchHeader
    ) -> Payload:
        """What the batch says, where it may be entered. Raises as `receive` does."""
        self._check_state(row)
        self._check_place(connection, row, header)
        plaintext = open_container(container, self.county.seal.private)
        return decode_payload(plaintext, header, seal_body_again)

    def _authenticate(
        self, connection: Connection, container: Container, header: BatchHeader
    ) -> None:
        """Before anything is locked. Raises Declined B-24 or Refused B-05."""
        row = find_device(connection, header.device)
        check_certificate(connection, row, header.cert, self.clock)
        verify_container(container, row["sign_public"])

    def _known(self, connection: Connection, header: BatchHeader, sha256: str) -> bytes | None:
        """The receipt of the first time. Raises Declined B-21 when other bytes took this place."""
        before = connection.execute(
            select(batch.c.sha256, batch.c.receipt).where(
                batch.c.device_id == header.device,
                batch.c.epoch == header.epoch,
                batch.c.seq == header.seq,
            )
        ).first()
        if before is None:
            return None
        if before.sha256 != sha256:
            raise declined.fork()
        receipt: bytes = before.receipt
        return receipt

    def _check_state(self, row: RowMapping) -> None:
        """Raises Declined B-22 or B-23."""
        if row["state"] == QUARANTINED:
            raise declined.quarantined()
        if row["state"] == REVOKED:
            raise declined.revoked()

    def _check_place(self, connection: Connection, row: RowMapping, header: BatchHeader) -> None:
        """Raises Declined B-20 when a batch is missing before this one, B-21 for a split chain.

        A higher epoch is a vault restored from a backup: it counts its batches anew and joins the
        chain at an operation the county already has.
        """
        if header.epoch < row["epoch"]:
            if self._has_operation(connection, header.device, header.last_op, header.head):
                raise declined.need(row["epoch"], row["last_seq"] + 1)  # said in an epoch since
            raise declined.fork()
        if header.epoch > row["epoch"]:
            if header.first_op > self._last_operation(connection, header.device) + 1:
                # it lacks what it once acknowledged: this county was put back from a backup
                raise declined.need(row["epoch"], row["last_seq"] + 1)
            if header.seq != 1 or header.prev_batch != NO_BATCH:
                raise declined.need(header.epoch, 1)
            if header.first_op == 1 and header.prev_head == NO_BATCH:
                return
            before = header.first_op - 1
            if not self._has_operation(connection, header.device, before, header.prev_head):
                raise declined.fork()
            return
        if header.seq != row["last_seq"] + 1:
            raise declined.need(row["epoch"], row["last_seq"] + 1)
        place = (header.prev_batch, header.first_op, header.prev_head)
        if place != (row["last_batch"], row["head_n"] + 1, row["head"]):
            raise declined.fork()

    def _last_operation(self, connection: Connection, device_id: str) -> int:
        """The highest number an operation of the device came with, in any epoch."""
        query = select(func.coalesce(func.max(operation.c.n), 0)).where(
            operation.c.device_id == device_id
        )
        last: int = connection.execute(query).scalar_one()
        return last

    def _has_operation(self, connection: Connection, device_id: str, n: int, digest: str) -> bool:
        """Whether the county holds operation `n` of the device with this hash."""
        query = select(operation.c.n).where(
            operation.c.device_id == device_id, operation.c.n == n, operation.c.hash == digest
        )
        return connection.execute(query).first() is not None

    def _enter(
        self,
        connection: Connection,
        row: RowMapping,
        container: Container,
        header: BatchHeader,
        payload: Payload,
    ) -> bytes:
        """Judge and store everything, and make the receipt, inside the open transaction."""
        ledger = Ledger(connection, self.clock.now())
        author = author_of(connection, header.device)
        ledger.lock(author.villages | author.former | {author.home})
        subjects = sorted({one.subject for one in payload.operations})
        keys = keep_keys(connection, header.device, payload.keys, subjects)
        judgement = Judgement(connection, ledger, author, keys, payload.patches)
        judgement.prepare(payload.operations)
        repeated = already_judged(connection, header.device, payload.operations)
        verdicts: list[Verdict] = []
        for start in range(0, len(payload.operations), _JUDGED_AT_ONCE):
            part = payload.operations[start : start + _JUDGED_AT_ONCE]
            judged = [repeated.get(one.op_id) or judgement.judge(one) for one in part]
            verdicts += judged
            fresh = [at for at, one in enumerate(part) if one.op_id not in repeated]
            keep_operations(
                connection, header, [part[at] for at in fresh], payload.spelled,
                [judged[at] for at in fresh],
            )  # fmt: skip
        ledger.flush()
        receipt = self._receipt(row, container, header, verdicts)
        close_carried(connection, header.device, verdicts)
        keep_conflicts(connection, header.device, payload.operations, verdicts, ledger.at)
        close_conflicts(connection, judgement.resolved, ledger.at)
        keep_batch(connection, container, header, receipt, ledger.at)
        return receipt

    def _receipt(
        self,
        row: RowMapping,
        container: Container,
        header: BatchHeader,
        verdicts: Sequence[Verdict],
    ) -> bytes:
        """The county's word, sealed to the device and signed."""
        content = Receipt(
            device=header.device,
            epoch=header.epoch,
            seq=header.seq,
            batch=container.sha256,
            head=header.head,
            last_op=header.last_op,
            server_time=instant_text(self.clock.now()),
            receipt_n=row["receipt_n"] + 1,
            prev_receipt=row["last_receipt"],
            verdicts=list(verdicts),
        )
        carried = ReceiptHeader(
            v=PROTOCOL_VERSION,
            suite=SUITE,
            county=self.county.id,
            device=header.device,
            epoch=header.epoch,
            seq=header.seq,
        )
        return seal_container(
            Kind.RECEIPT,
            to_object(carried),
            encode_line(content),
            recipient=row["seal_public"],
            signer=self.county.root.private,
        )

    def _set_aside(self, device_id: str, sha256: str, data: bytes, code: str) -> None:
        """Keep what was not accepted, as evidence; a fork also stops the device."""
        at = instant_text(self.clock.now())
        try:
            with self.database.write() as connection:
                is_active = find_device(connection, device_id)["state"] == ACTIVE
                if code == FORK and is_active:
                    set_state(connection, device_id, QUARANTINED)
                connection.execute(
                    insert(quarantine),
                    {
                        "device_id": device_id,
                        "sha256": sha256,
                        "reason": code,
                        "received_at": at,
                        "data": data,
                    },
                )
                if code == FORK:
                    note(connection, self.clock, device_id, "fork", sha256)
        except IntegrityError:
            # the same bytes lie there already; the device was stopped when they first came
            return
