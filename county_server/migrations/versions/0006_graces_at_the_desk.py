"""What an opinion on a 渐退 says besides: the paper's number, and what each month pays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One more column of an opinion."""
    op.add_column("console_opinion", sa.Column("terms", sa.JSON(), nullable=True))
