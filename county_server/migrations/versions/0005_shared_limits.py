"""How often one may ask, counted by all processes of a county together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of the shared buckets."""
    op.create_table(
        "pace",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("free_at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pace")),
        prefixes=[] if op.get_bind().dialect.name == "sqlite" else ["UNLOGGED"],
    )
    op.create_index(op.f("ix_pace_free_at_ms"), "pace", ["free_at_ms"])
