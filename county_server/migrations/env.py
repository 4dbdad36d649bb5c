"""Alembic's entry: runs the county's migrations on the connection it is handed."""

from __future__ import annotations

from alembic import context

import county_server.benefit_book
import county_server.console.tables  # noqa: F401  # both join the metadata
from county_server.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
