"""The console's tables: staff, sessions, wrong tries, opinions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The console's tables."""
    op.create_table(
        "console_attempt",
        sa.Column("login_sha256", sa.String(length=64), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("login_sha256", name=op.f("pk_console_attempt")),
    )
    op.create_table(
        "console_staff",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("login", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("password", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("totp", sa.LargeBinary(), nullable=False),
        sa.Column("last_code", sa.BigInteger(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_console_staff_login")),
    )
    op.create_table(
        "console_opinion",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("entity_id", sa.String(length=80), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=24), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("maker_id", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("endorser_id", sa.String(length=80), nullable=True),
        sa.Column("endorsed_at", sa.String(length=24), nullable=True),
        sa.Column("endorse_note", sa.Text(), nullable=True),
        sa.Column("checker_id", sa.String(length=80), nullable=True),
        sa.Column("checked_at", sa.String(length=24), nullable=True),
        sa.Column("check_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checker_id"],
            ["console_staff.id"],
            name=op.f("fk_console_opinion_checker_id_console_staff"),
        ),
        sa.ForeignKeyConstraint(
            ["endorser_id"],
            ["console_staff.id"],
            name=op.f("fk_console_opinion_endorser_id_console_staff"),
        ),
        sa.ForeignKeyConstraint(
            ["maker_id"],
            ["console_staff.id"],
            name=op.f("fk_console_opinion_maker_id_console_staff"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_opinion")),
    )
    op.create_index(
        op.f("ix_console_opinion_entity_id"), "console_opinion", ["entity_id"], unique=False
    )
    op.create_table(
        "console_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=80), nullable=False),
        sa.Column("began_at", sa.String(length=24), nullable=False),
        sa.Column("seen_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["console_staff.id"],
            name=op.f("fk_console_session_staff_id_console_staff"),
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_console_session")),
    )
    op.create_index(
        op.f("ix_console_session_staff_id"), "console_session", ["staff_id"], unique=False
    )
