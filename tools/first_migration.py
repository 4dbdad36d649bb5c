"""Write 0001's SQL from the models. Only until the first release; after that 0001 is frozen.

Run from the repository: `python tools/first_migration.py`.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.sql.ddl import ExecutableDDLElement

from app.models.registry import METADATA

INDEX = ("CREATE INDEX", "CREATE UNIQUE INDEX")
TARGET = Path(__file__).parents[1] / "app/store/migrations/versions/0001_first.sql"


def statements() -> list[str]:
    """Every statement `create_all` would send: tables in order, each with its indexes by name."""
    said: list[str] = []

    def note(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        text = str(statement.compile(dialect=engine.dialect))
        said.append("\n".join(line.rstrip() for line in text.strip().splitlines() if line.strip()))

    engine = create_mock_engine("sqlite://", note)
    METADATA.create_all(engine, checkfirst=False)
    # a table holds its indexes in a set, which has another order in every run
    runs = groupby(said, key=lambda statement: statement.startswith(INDEX))
    return [one for is_index, run in runs for one in (sorted(run) if is_index else run)]


if __name__ == "__main__":
    TARGET.write_text("\n\n".join(statements()).replace("\t", "  ") + "\n", encoding="utf-8")
