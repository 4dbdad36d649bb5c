"""What the county said of a household's benefit, and what was before: so that it can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was said before stands in the records only and is not undone."""
    op.create_table(
        "benefit_word",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("household_id", sa.String(80), nullable=False),
        sa.Column("said_at", sa.String(24), nullable=False),
        sa.Column("said_by", sa.String(80), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.String(24), nullable=True),
        sa.Column("undone_by", sa.String(80), nullable=True),
        sa.Column("undone_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_word")),
    )
    op.create_index(op.f("ix_benefit_word_household_id"), "benefit_word", ["household_id"])
