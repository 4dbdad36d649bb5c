"""The operation log and what is local to this laptop: keys, outbox, receipts, drafts, search."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

APPEND_ONLY = (
    "CREATE TRIGGER tr_operation_no_update BEFORE UPDATE ON operation "
    "BEGIN SELECT RAISE(ABORT, 'the operation log is append-only'); END",
    "CREATE TRIGGER tr_operation_no_delete BEFORE DELETE ON operation "
    "BEGIN SELECT RAISE(ABORT, 'the operation log is append-only'); END",
)
"""Nobody edits the audit trail; a correction is a further operation (security R53)."""


class OperationRow(Base):
    """One operation, exactly as hashed (`app.domain.operations`)."""

    __tablename__ = "operation"
    __table_args__ = (CheckConstraint("n > 0", name="ck_operation_n_from_one"),)

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    op_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    base_version: Mapped[int]
    actor: Mapped[str]
    business_date: Mapped[date]
    wall: Mapped[datetime]
    tz: Mapped[int]
    boot: Mapped[str]
    mono: Mapped[int]
    last_server_time: Mapped[datetime | None]
    app_version: Mapped[str]
    schema_version: Mapped[int]
    ciphertext: Mapped[bytes]
    hash: Mapped[bytes]


for _statement in APPEND_ONLY:
    _trigger = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(OperationRow.__table__, "after_create", _trigger)


class OperationStateRow(Base):
    """How far an operation has come; no row means it still waits."""

    __tablename__ = "operation_state"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[dict[str, Any] | None]
    receipt_sha256: Mapped[str | None]
    changed_at: Mapped[datetime]


class SubjectKeyRow(Base):
    """The key that seals the bodies of one subject. Destroyed to erase; the row stays."""

    __tablename__ = "subject_key"

    subject: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes | None]
    destroyed_at: Mapped[datetime | None]


class DeviceRow(Base):
    """This laptop: who it is, to which county it belongs, how far its chain has come. One row."""

    __tablename__ = "device"
    __table_args__ = (CheckConstraint("id = 1", name="ck_device_single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    vault_id: Mapped[str]
    device_id: Mapped[str]
    header_generation: Mapped[int]
    epoch: Mapped[int]
    is_practice: Mapped[bool]
    officer_id: Mapped[str]
    officer_name: Mapped[str]
    village_code: Mapped[str | None]
    village_name: Mapped[str]
    county_id: Mapped[str | None]
    county_root: Mapped[bytes | None]
    county_seal_key: Mapped[bytes | None]
    county_url: Mapped[str | None]
    county_ca_pem: Mapped[str | None]
    certificate: Mapped[str | None]
    sign_private: Mapped[bytes]
    sign_public: Mapped[bytes]
    seal_private: Mapped[bytes]
    seal_public: Mapped[bytes]
    device_no: Mapped[str | None]
    next_serial: Mapped[int]
    enrolled_at: Mapped[datetime | None]
    last_server_time: Mapped[datetime | None]
    clock_offset_ms: Mapped[int | None]
    created_at: Mapped[datetime]


class OutboxBatchRow(Base):
    """A sealed batch on its way; the bytes lie in `outbox/`, immutable until a receipt comes."""

    __tablename__ = "outbox_batch"
    __table_args__ = (
        UniqueConstraint("epoch", "first_n", name="uq_outbox_batch_range"),
        CheckConstraint("last_n >= first_n", name="ck_outbox_batch_range"),
    )

    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_n: Mapped[int]
    last_n: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str | None]
    prev_sha256: Mapped[str | None]
    created_at: Mapped[datetime]


class ReceiptRow(Base):
    """The county's signed word that a batch arrived, kept whole."""

    __tablename__ = "receipt"

    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_sha256: Mapped[str]
    server_time: Mapped[datetime]
    body: Mapped[bytes]
    received_at: Mapped[datetime]


class UploadRow(Base):
    """How far an attachment's bytes have come; no row means that nothing was said about them yet.

    Only a receipt of the county sets `arrived_at`. `unreadable_at`: the blob is gone or damaged.
    """

    __tablename__ = "upload"

    attachment_id: Mapped[str] = mapped_column(primary_key=True)
    held: Mapped[int]
    receipt: Mapped[bytes | None]
    arrived_at: Mapped[datetime | None]
    unreadable_at: Mapped[datetime | None]


class LinkNoteRow(Base):
    """What this laptop has to remember of its dealings with the county, one fact a row."""

    __tablename__ = "link_note"

    key: Mapped[str] = mapped_column(primary_key=True)
    facts: Mapped[dict[str, Any]]
    noted_at: Mapped[datetime]


class ServerDocumentRow(Base):
    """The county's newest word on one entity; working row = this + replay of pending operations."""

    __tablename__ = "server_document"

    entity: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(index=True)
    version: Mapped[int]
    body: Mapped[dict[str, Any]]


class FeedCursorRow(Base):
    """How far the county's feed has been applied, per scope."""

    __tablename__ = "feed_cursor"

    scope: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[str]
    mark: Mapped[str | None]
    """The county's mark of that position, by which it knows whether it still says the same."""
    applied_at: Mapped[datetime]


class ConflictRow(Base):
    """Two sides differ on a field: both are kept until the coordinator chooses (30 days more)."""

    __tablename__ = "conflict"

    id: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
    entity: Mapped[str]
    entity_id: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    field: Mapped[str]
    mine: Mapped[dict[str, Any]]
    theirs: Mapped[dict[str, Any]]
    base: Mapped[dict[str, Any]]
    theirs_by: Mapped[str]
    theirs_at: Mapped[datetime | None]
    raised_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str | None]


class DraftRow(Base):
    """A half-filled form. Not a fact yet, so not an operation; it survives anything."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class RecentRow(Base):
    """Households opened lately, for the home page."""

    __tablename__ = "recent"

    household_id: Mapped[str] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(index=True)


class SearchTokenRow(Base):
    """What a person can be found by: one row per prefix-searchable token."""

    __tablename__ = "search_token"
    __table_args__ = ({"sqlite_with_rowid": False},)

    token: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    household_id: Mapped[str] = mapped_column(primary_key=True)
