"""The county's time a request names, so that its nonce is not remembered for ever."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was asked before named no time and stays."""
    op.add_column("nonce", sa.Column("told", sa.String(24), nullable=True))
