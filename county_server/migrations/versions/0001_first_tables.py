"""The county's first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The county's first tables."""
    op.create_table(
        "audit",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_audit"),
    )
    op.create_table(
        "document",
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("entity_id", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "entity_id", name="pk_document"),
    )
    op.create_index("ix_document_entity_id", "document", ["entity_id"], unique=False)
    op.create_index("ix_document_subject", "document", ["subject"], unique=False)
    op.create_index("ix_document_village_code", "document", ["village_code"], unique=False)
    op.create_table(
        "feed_scope",
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_feed_scope"),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_officer"),
    )
    op.create_table(
        "village",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_village"),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("device_no", sa.String(length=4), nullable=False),
        sa.Column("officer_id", sa.String(length=80), nullable=False),
        sa.Column("sign_public", sa.LargeBinary(), nullable=False),
        sa.Column("seal_public", sa.LargeBinary(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("cert_sha256", sa.String(length=64), nullable=False),
        sa.Column("not_after", sa.String(length=10), nullable=False),
        sa.Column("enrolled_at", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_batch", sa.String(length=64), nullable=False),
        sa.Column("head_n", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("receipt_n", sa.BigInteger(), nullable=False),
        sa.Column("last_receipt", sa.String(length=64), nullable=False),
        sa.Column("last_seen_at", sa.String(length=24), nullable=True),
        sa.Column("last_cursor", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name="fk_device_officer_id_officer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("device_no", name="uq_device_device_no"),
    )
    op.create_table(
        "feed",
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("entity_id", sa.String(length=80), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("known_to", sa.String(length=80), nullable=True),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["scope"], ["feed_scope.scope"], name="fk_feed_scope_feed_scope"),
        sa.PrimaryKeyConstraint("scope", "entity", "entity_id", name="pk_feed"),
        sa.UniqueConstraint("scope", "position", name="uq_feed_position"),
    )
    op.create_index("ix_feed_entity_id", "feed", ["entity_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.String(length=80), nullable=False),
        sa.Column("villages", sa.JSON(), nullable=False),
        sa.Column("quota_fen", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.String(length=24), nullable=False),
        sa.Column("request_sha256", sa.String(length=64), nullable=True),
        sa.Column("device_id", sa.String(length=80), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name="fk_invitation_officer_id_officer"
        ),
        sa.PrimaryKeyConstraint("code_sha256", name="pk_invitation"),
    )
    op.create_table(
        "assignment",
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.Column("ended_at", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name="fk_assignment_device_id_device"
        ),
        sa.ForeignKeyConstraint(
            ["village_code"], ["village.code"], name="fk_assignment_village_code_village"
        ),
        sa.PrimaryKeyConstraint("device_id", "village_code", name="pk_assignment"),
    )
    op.create_table(
        "batch",
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("first_op", sa.BigInteger(), nullable=False),
        sa.Column("last_op", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_batch_device_id_device"),
        sa.PrimaryKeyConstraint("device_id", "epoch", "seq", name="pk_batch"),
    )
    op.create_table(
        "conflict",
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("entity_id", sa.String(length=80), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.String(length=24), nullable=False),
        sa.Column("resolved_at", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_conflict_device_id_device"),
        sa.PrimaryKeyConstraint("op_id", "field", name="pk_conflict"),
    )
    op.create_index("ix_conflict_entity_id", "conflict", ["entity_id"], unique=False)
    op.create_table(
        "nonce",
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_nonce_device_id_device"),
        sa.PrimaryKeyConstraint("device_id", "nonce", name="pk_nonce"),
    )
    op.create_table(
        "operation",
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("entity_id", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_operation_device_id_device"),
        sa.PrimaryKeyConstraint("device_id", "epoch", "n", name="pk_operation"),
        sa.UniqueConstraint("device_id", "op_id", name="uq_operation_op_id"),
    )
    op.create_index("ix_operation_entity_id", "operation", ["entity_id"], unique=False)
    op.create_table(
        "quarantine",
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("received_at", sa.String(length=24), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name="fk_quarantine_device_id_device"
        ),
        sa.PrimaryKeyConstraint("device_id", "sha256", name="pk_quarantine"),
    )
    op.create_table(
        "quota",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("spent_fen", sa.BigInteger(), nullable=False),
        sa.Column("not_after", sa.String(length=10), nullable=False),
        sa.Column("issued_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_quota_device_id_device"),
        sa.PrimaryKeyConstraint("id", name="pk_quota"),
    )
    op.create_index("ix_quota_device_id", "quota", ["device_id"], unique=False)
    op.create_table(
        "subject_key",
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name="fk_subject_key_device_id_device"
        ),
        sa.PrimaryKeyConstraint("device_id", "subject", name="pk_subject_key"),
    )
    op.create_table(
        "payment",
        sa.Column("payment_id", sa.String(length=80), nullable=False),
        sa.Column("relief_id", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("op_id", sa.String(length=80), nullable=False),
        sa.Column("quota_id", sa.String(length=80), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reverses_id", sa.String(length=80), nullable=True),
        sa.Column("case_id", sa.String(length=80), nullable=True),
        sa.Column("paid_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_payment_device_id_device"),
        sa.ForeignKeyConstraint(["quota_id"], ["quota.id"], name="fk_payment_quota_id_quota"),
        sa.PrimaryKeyConstraint("payment_id", name="pk_payment"),
    )
    op.create_index("ix_payment_case_id", "payment", ["case_id"], unique=False)
    op.create_index("ix_payment_relief_id", "payment", ["relief_id"], unique=False)
    op.create_index("ix_payment_reverses_id", "payment", ["reverses_id"], unique=False)
    op.create_table(
        "fund_month",
        sa.Column("fund_id", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.PrimaryKeyConstraint("fund_id", "month", name="pk_fund_month"),
    )
    op.create_table(
        "fund_entry",
        sa.Column("entry_id", sa.String(length=80), nullable=False),
        sa.Column("fund_id", sa.String(length=80), nullable=False),
        sa.Column("device_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("delta_fen", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("payment_id", sa.String(length=80), nullable=True),
        sa.Column("relief_id", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name="fk_fund_entry_device_id_device"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.payment_id"], name="fk_fund_entry_payment_id_payment"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_fund_entry"),
        sa.UniqueConstraint("payment_id", name="uq_fund_entry_payment_id"),
    )
    op.create_index("ix_fund_entry_fund_id", "fund_entry", ["fund_id"], unique=False)
    op.create_index("ix_fund_entry_relief_id", "fund_entry", ["relief_id"], unique=False)
