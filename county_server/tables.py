"""The county's tables. Storage only; instants are UTC text, so that both databases sort alike."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "%(constraint_name)s",
    }
)
ID: Final = String(80)
HEX: Final = String(64)
"""A SHA-256."""
AT: Final = String(24)
"""An instant as text."""

village = Table(
    "village",
    METADATA,
    Column("code", String(12), primary_key=True),
    Column("name", Text, nullable=False),
)

officer = Table(
    "officer",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", AT, nullable=False),
)

device = Table(
    "device",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("device_no", String(4), nullable=False, unique=True),
    Column("officer_id", ID, ForeignKey("officer.id"), nullable=False),
    Column("sign_public", LargeBinary, nullable=False),
    Column("seal_public", LargeBinary, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("cert_sha256", HEX, nullable=False),
    Column("not_after", String(10), nullable=False),
    Column("enrolled_at", AT, nullable=False),
    Column("state", String(12), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_batch", HEX, nullable=False),
    Column("head_n", BigInteger, nullable=False),
    Column("head", HEX, nullable=False),
    Column("receipt_n", BigInteger, nullable=False),
    Column("last_receipt", HEX, nullable=False),
    Column("last_seen_at", AT),
    Column("last_cursor", JSON, nullable=False),
)

assignment = Table(
    "assignment",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("village_code", String(12), ForeignKey("village.code"), primary_key=True),
    Column("since", AT, nullable=False),
    Column("ended_at", AT),
)

invitation = Table(
    "invitation",
    METADATA,
    Column("code_sha256", HEX, primary_key=True),
    Column("officer_id", ID, ForeignKey("officer.id"), nullable=False),
    Column("villages", JSON, nullable=False),
    Column("quota_fen", BigInteger, nullable=False),
    Column("expires_at", AT, nullable=False),
    Column("request_sha256", HEX),
    Column("device_id", ID),
    Column("answer", LargeBinary),
    Column("ticket", LargeBinary),
)

batch = Table(
    "batch",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("sha256", HEX, nullable=False),
    Column("first_op", BigInteger, nullable=False),
    Column("last_op", BigInteger, nullable=False),
    Column("head", HEX, nullable=False),
    Column("received_at", AT, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
)

operation = Table(
    "operation",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("op_id", ID, nullable=False),
    Column("entity", ID, nullable=False),
    Column("entity_id", ID, nullable=False, index=True),
    Column("subject", ID, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("hash", HEX, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("verdict", JSON, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
    UniqueConstraint("device_id", "op_id", name="uq_operation_op_id"),
    Index(
        "ix_operation_waiting",
        "device_id",
        postgresql_where=text("is_waiting"),
        sqlite_where=text("is_waiting"),
    ),
    postgresql_partition_by="HASH (device_id)",
)
"""`is_waiting`: a new record that was returned and not yet carried along by a later operation.
On PostgreSQL in parts by device (`county_server.partitions`)."""

subject_key = Table(
    "subject_key",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("subject", ID, primary_key=True),
    Column("key", LargeBinary, nullable=False),
)

document = Table(
    "document",
    METADATA,
    Column("entity", ID, primary_key=True),
    Column("entity_id", ID, primary_key=True),
    Column("subject", ID, nullable=False, index=True),
    Column("village_code", String(12), index=True),
    Column("version", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("marks", JSON, nullable=False),
)
"""`marks`: field → [version at its last change, who, when], or as `county_server.ledger.Mark`."""

feed_scope = Table(
    "feed_scope",
    METADATA,
    Column("scope", ID, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

feed_mark = Table(
    "feed_mark",
    METADATA,
    Column("scope", ID, ForeignKey("feed_scope.scope"), primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("mark", String(16), nullable=False),
)
"""What each transaction that wrote into a scope is known by, under its last position: drawn by lot,
so that a county put back from a backup never gives the same mark to other news."""

feed = Table(
    "feed",
    METADATA,
    Column("scope", ID, ForeignKey("feed_scope.scope"), nullable=False),
    Column("entity", ID, nullable=False),
    Column("entity_id", ID, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("subject", ID, nullable=False),
    Column("known_to", ID),
    Column("body", JSON),
    PrimaryKeyConstraint("entity_id", "entity", "scope", name="pk_feed"),
    UniqueConstraint("scope", "position", name="uq_feed_position"),
    postgresql_partition_by="RANGE (scope)",
)
"""The key begins with the id: what is said of a record is asked for in every scope.
On PostgreSQL in parts by township (`county_server.partitions`)."""

quota = Table(
    "quota",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("device_id", ID, ForeignKey("device.id"), nullable=False, index=True),
    Column("amount_fen", BigInteger, nullable=False),
    Column("spent_fen", BigInteger, nullable=False),
    Column("not_after", String(10), nullable=False),
    Column("issued_at", AT, nullable=False),
)

payment = Table(
    "payment",
    METADATA,
    Column("payment_id", ID, primary_key=True),
    Column("relief_id", ID, nullable=False, index=True),
    Column("device_id", ID, ForeignKey("device.id"), nullable=False),
    Column("op_id", ID, nullable=False),
    Column("quota_id", ID, ForeignKey("quota.id"), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("reverses_id", ID, index=True),
    Column("case_id", ID, index=True),
    Column("paid_at", AT, nullable=False),
)
"""`case_id`: the relief a part belongs to, whose sum its parts may not pass; None for a whole."""

fund_entry = Table(
    "fund_entry",
    METADATA,
    Column("entry_id", ID, primary_key=True),
    Column("fund_id", ID, nullable=False, index=True),
    Column("device_id", ID, ForeignKey("device.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("delta_fen", BigInteger, nullable=False),
    Column("month", String(7), nullable=False),
    Column("payment_id", ID, ForeignKey("payment.payment_id"), unique=True),
    Column("relief_id", ID, index=True),
)
"""The lines of every device's reserve fund; `delta_fen` is below nothing for money that went."""

fund_month = Table(
    "fund_month",
    METADATA,
    Column("fund_id", ID, primary_key=True),
    Column("month", String(7), primary_key=True),
)

conflict = Table(
    "conflict",
    METADATA,
    Column("op_id", ID, primary_key=True),
    Column("field", ID, primary_key=True),
    Column("device_id", ID, ForeignKey("device.id"), nullable=False),
    Column("entity", ID, nullable=False),
    Column("entity_id", ID, nullable=False, index=True),
    Column("sides", JSON, nullable=False),
    Column("raised_at", AT, nullable=False),
    Column("resolved_at", AT),
)

quarantine = Table(
    "quarantine",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("sha256", HEX, primary_key=True),
    Column("reason", String(8), nullable=False),
    Column("received_at", AT, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

nonce = Table(
    "nonce",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("nonce", String(32), primary_key=True),
    Column("told", AT),
)
"""`told`: the county's time its request names; a request without one is remembered for ever."""

audit = Table(
    "audit",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("at", AT, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("hash", HEX),
    Column("signature", LargeBinary),
)
"""`hash` leads on from the line before, `signature` is the county root's over it
(`county_server.chain`); both are empty in lines older than the chain."""

audit_head = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
    Column("hash", HEX, nullable=False),
)
"""One row, held by whoever adds a line: lines get their numbers in the order of their commits."""

trouble = Table(
    "trouble",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("code", String(8), nullable=False),
    Column("since", AT, nullable=False),
    Column("at", AT, nullable=False),
    Column("times", BigInteger, nullable=False),
)
"""What the county last refused a device, and since when nothing of it was accepted."""

issued_certificate = Table(
    "issued_certificate",
    METADATA,
    Column("sha256", HEX, primary_key=True),
    Column("device_id", ID, ForeignKey("device.id"), nullable=False, index=True),
    Column("not_after", String(10), nullable=False),
    Column("issued_at", AT, nullable=False),
)
"""Every certificate a device was ever given: a batch sealed under an earlier one stays as it is."""

recovery_officer = Table(
    "recovery_officer",
    METADATA,
    Column("name", String(80), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("cost", JSON, nullable=False),
)
"""Who may, with another, release a vault's key; the passphrase itself is nowhere."""

recovery_share = Table(
    "recovery_share",
    METADATA,
    Column("one", String(80), ForeignKey("recovery_officer.name"), primary_key=True),
    Column("other", String(80), ForeignKey("recovery_officer.name"), primary_key=True),
    Column("kid", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""The county's recovery key under the two passphrases of one pair of officers."""

recovery_release = Table(
    "recovery_release",
    METADATA,
    Column("request_sha256", HEX, primary_key=True),
    Column("vault_id", ID, nullable=False),
    Column("one", String(80), nullable=False),
    Column("other", String(80), nullable=False),
    Column("released_at", AT, nullable=False),
)
"""A request is answered once, and this says who answered it."""

blob = Table(
    "blob",
    METADATA,
    Column("sha256", HEX, primary_key=True),
    Column("device_id", ID, ForeignKey("device.id"), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received_at", AT, nullable=False),
)
"""An attachment that is whole; its parts lie under the device that brought the last of them."""

blob_part = Table(
    "blob_part",
    METADATA,
    Column("device_id", ID, ForeignKey("device.id"), primary_key=True),
    Column("sha256", HEX, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

pace = Table(
    "pace",
    METADATA,
    Column("name", HEX, primary_key=True),
    Column("free_at_ms", BigInteger, nullable=False, index=True),
)
"""When the bucket of a name would be full again, by the database's clock, in milliseconds: how
often one may ask, for every process of a county together (`county_server.limits`). Unlogged on
PostgreSQL: after a crash everybody has a full bucket. Not used on SQLite."""
