"""Alembic's entry: runs inside a transaction that `app.store.migrating` has already begun.

There is no command line and no URL: the file is encrypted, so the connection is handed in.
"""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.schema import SchemaItem

from app.models.base import UtcDateTime
from app.models.registry import METADATA


def plain_types(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are on disk, so that old migrations need no models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.String(length=24)"
    return False


def keeps(_: SchemaItem, name: str | None, kind: str, *__: object) -> bool:
    """Compare everything but Alembic's own table."""
    return not (kind == "table" and name == "alembic_version")


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
    render_item=plain_types,
    include_object=keeps,
)
with context.begin_transaction():
    context.run_migrations()
