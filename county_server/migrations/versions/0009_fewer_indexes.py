"""Two indexes fewer: a record's news are found by the feed's own key, which begins with its id."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Records are never asked for by their id alone."""
    op.drop_index("ix_document_entity_id", "document")
    op.drop_index("ix_feed_entity_id", "feed")
    with op.batch_alter_table("feed") as feed:
        feed.drop_constraint("pk_feed", type_="primary")
        feed.create_primary_key("pk_feed", ["entity_id", "entity", "scope"])
