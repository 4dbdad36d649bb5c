"""Running the migrations on a file nobody uses: one transaction, keys off, checked before commit.

Alembic costs half a second to import, so nothing imports this module on a normal start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config

from app.store.engine import open_engine
from app.store.revisions import HEAD

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def migrate_file(path: Path, key: bytes, *, to: str = HEAD) -> None:
    """Bring the database file at `path` to revision `to`, or leave it exactly as it was.

    Never call it on the live file but when that is new and empty. Raises RuntimeError when the
    result does not pass its checks, Unavailable for disk and damage.
    """
    engine = open_engine(path, key)
    try:
        with engine.connect() as connection:
            # inside a transaction this pragma does nothing, and rebuilding a parent table with
            # keys on would run every ON DELETE of its children
            raw = connection.connection.cursor()
            raw.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                config = Config()
                config.set_main_option("script_location", str(MIGRATIONS))
                config.attributes["connection"] = connection
                command.upgrade(config, to)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("the migration left a row pointing nowhere")
                if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                    raise RuntimeError("the migration left a damaged file")
    finally:
        engine.dispose()
