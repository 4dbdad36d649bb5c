"""What the console keeps: who works here, their sessions, wrong tries, and the opinions.

The tables stand in the county's one metadata, so that one migration makes them all.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from county_server.tables import AT, HEX, ID, METADATA

staff = Table(
    "console_staff",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("login", String(32), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(24), nullable=False),
    Column("township", String(9), nullable=False),
    Column("password", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("cost", JSON, nullable=False),
    Column("totp", LargeBinary, nullable=False),
    Column("last_code", BigInteger, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("created_at", AT, nullable=False),
)
"""`township`: nine figures, "" for the county. `totp` is sealed. `last_code` is the step of the
newest one-time code that opened a door: none up to it opens another."""

attempt = Table(
    "console_attempt",
    METADATA,
    Column("login_sha256", HEX, primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("wait_until", AT, nullable=False),
)
"""Wrong tries by what was typed as the name, so that a name nobody has waits just as long."""

session = Table(
    "console_session",
    METADATA,
    Column("token_sha256", HEX, primary_key=True),
    Column("staff_id", ID, ForeignKey("console_staff.id"), nullable=False, index=True),
    Column("began_at", AT, nullable=False),
    Column("seen_at", AT, nullable=False),
)

opinion = Table(
    "console_opinion",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("entity", ID, nullable=False),
    Column("entity_id", ID, nullable=False, index=True),
    Column("village_code", String(12), nullable=False),
    Column("level", String(12), nullable=False),
    Column("answer", String(12), nullable=False),
    Column("category", String(24)),
    Column("amount_fen", BigInteger),
    Column("note", Text, nullable=False),
    Column("basis", HEX, nullable=False),
    Column("state", String(12), nullable=False),
    Column("maker_id", ID, ForeignKey("console_staff.id"), nullable=False),
    Column("made_at", AT, nullable=False),
    Column("endorser_id", ID, ForeignKey("console_staff.id")),
    Column("endorsed_at", AT),
    Column("endorse_note", Text),
    Column("checker_id", ID, ForeignKey("console_staff.id")),
    Column("checked_at", AT),
    Column("check_note", Text),
    Column("terms", JSON),
)
"""What one officer proposes and another answers. `basis`: the hash of what the maker looked at.
`terms`: the paper's number and the months of a 渐退."""
