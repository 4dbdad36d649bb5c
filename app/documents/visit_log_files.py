"""The visit log as .xlsx and .csv, in its own columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from app.documents import sheet_files
from app.documents.columns import sheet_of
from app.documents.visit_log import LogOptions, VisitLogRow, columns_of

NAME: Final = "走访台账"


def to_xlsx(rows: Iterable[VisitLogRow], options: LogOptions, made_at: datetime) -> bytes:
    """A workbook of one sheet. `made_at` (aware) is what its properties say."""
    return sheet_files.to_xlsx(sheet_of(NAME, columns_of(rows, options)), made_at)


def to_csv(rows: Iterable[VisitLogRow], options: LogOptions) -> bytes:
    """The same table as text."""
    return sheet_files.to_csv(sheet_of(NAME, columns_of(rows, options)))
