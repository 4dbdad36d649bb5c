"""Marks beside the feed, by which a laptop sees that the county was put back from a backup."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One more table; what was written before it has no marks and is not compared."""
    op.create_table(
        "feed_mark",
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["scope"], ["feed_scope.scope"], name="fk_feed_mark_scope_feed_scope"
        ),
        sa.PrimaryKeyConstraint("scope", "position", name="pk_feed_mark"),
    )
