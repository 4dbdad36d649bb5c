"""Bringing the county's database to this program's schema, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from app.domain.problem import Refused
from county_server.database import Database

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x5841_4C49
"""PostgreSQL advisory lock: two servers that start together migrate once."""


def upgrade(database: Database) -> None:
    """Apply what is missing. Raises Refused K-08 for a database newer than this program."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        _refuse_newer(connection, config)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_newer(connection: Connection, config: Config) -> None:
    """Raises Refused K-08 when the database knows a revision this program does not."""
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise Refused("县平台的数据库比这个程序新。", do="请先升级程序。", code="K-08")
