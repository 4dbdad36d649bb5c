"""Parts on PostgreSQL, the audit chain, troubles, certificates, and the recovery key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from county_server.partitions import make_feed_rest, make_operation_parts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Parts on PostgreSQL, the audit chain, troubles, certificates, and the recovery key."""
    op.add_column("audit", sa.Column("hash", sa.String(length=64), nullable=True))
    op.add_column("audit", sa.Column("signature", sa.LargeBinary(), nullable=True))
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "trouble",
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_trouble_device_id_device"),
        sa.PrimaryKeyConstraint("device_id", name="pk_trouble"),
    )
    op.create_table(
        "issued_certificate",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("not_after", sa.String(length=10), nullable=False),
        sa.Column("issued_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name="fk_issued_certificate_device_id_device"
        ),
        sa.PrimaryKeyConstraint("sha256", name="pk_issued_certificate"),
    )
    op.create_index(
        "ix_issued_certificate_device_id", "issued_certificate", ["device_id"], unique=False
    )
    op.create_table(
        "recovery_officer",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_recovery_officer"),
    )
    op.create_table(
        "recovery_share",
        sa.Column("one", sa.String(length=80), nullable=False),
        sa.Column("other", sa.String(length=80), nullable=False),
        sa.Column("kid", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one"], ["recovery_officer.name"], name="fk_recovery_share_one_recovery_officer"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["recovery_officer.name"], name="fk_recovery_share_other_recovery_officer"
        ),
        sa.PrimaryKeyConstraint("one", "other", name="pk_recovery_share"),
    )
    op.create_table(
        "recovery_release",
        sa.Column("request_sha256", sa.String(length=64), nullable=False),
        sa.Column("vault_id", sa.String(length=80), nullable=False),
        sa.Column("one", sa.String(length=80), nullable=False),
        sa.Column("other", sa.String(length=80), nullable=False),
        sa.Column("released_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("request_sha256", name="pk_recovery_release"),
    )
    op.execute(
        "INSERT INTO issued_certificate (sha256, device_id, not_after, issued_at)"
        " SELECT cert_sha256, id, not_after, enrolled_at FROM device"
    )
    if op.get_bind().dialect.name == "postgresql":
        _divide("operation", "HASH (device_id)", _OPERATION)
        make_operation_parts(op.get_bind())
        _refill("operation")
        _divide("feed", "RANGE (scope)", _FEED)
        make_feed_rest(op.get_bind())
        _refill("feed")
    op.create_index(
        "ix_operation_waiting",
        "operation",
        ["device_id"],
        postgresql_where=sa.text("is_waiting"),
        sqlite_where=sa.text("is_waiting"),
    )


_OPERATION = (
    "ADD CONSTRAINT pk_operation PRIMARY KEY (device_id, epoch, n)",
    "ADD CONSTRAINT uq_operation_op_id UNIQUE (device_id, op_id)",
    "ADD CONSTRAINT fk_operation_device_id_device FOREIGN KEY (device_id) REFERENCES device (id)",
)
_FEED = (
    "ADD CONSTRAINT pk_feed PRIMARY KEY (scope, entity, entity_id)",
    "ADD CONSTRAINT uq_feed_position UNIQUE (scope, position)",
    "ADD CONSTRAINT fk_feed_scope_feed_scope FOREIGN KEY (scope) REFERENCES feed_scope (scope)",
)


def _divide(table: str, key: str, constraints: tuple[str, ...]) -> None:
    """An empty table in parts in the place of a plain one, which keeps its rows as `…_plain`."""
    op.execute(f"ALTER TABLE {table} RENAME TO {table}_plain")
    op.execute(f"CREATE TABLE {table} (LIKE {table}_plain) PARTITION BY {key}")
    for name in _names(table):
        op.execute(f"ALTER TABLE {table}_plain DROP CONSTRAINT {name}")
    op.execute(f"DROP INDEX ix_{table}_entity_id")
    for constraint in constraints:
        op.execute(f"ALTER TABLE {table} {constraint}")
    op.execute(f"CREATE INDEX ix_{table}_entity_id ON {table} (entity_id)")


def _names(table: str) -> tuple[str, ...]:
    """The constraints of 0001."""
    if table == "operation":
        return "fk_operation_device_id_device", "uq_operation_op_id", "pk_operation"
    return "fk_feed_scope_feed_scope", "uq_feed_position", "pk_feed"


def _refill(table: str) -> None:
    """The rows into their parts, and the plain table away."""
    op.execute(f"INSERT INTO {table} SELECT * FROM {table}_plain")  # noqa: S608  # two fixed names
    op.execute(f"DROP TABLE {table}_plain")
