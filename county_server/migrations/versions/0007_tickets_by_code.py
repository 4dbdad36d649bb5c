"""The ticket of an invitation, under a key made of its code: for who was told the code only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One more column of an invitation."""
    op.add_column("invitation", sa.Column("ticket", sa.LargeBinary(), nullable=True))
