"""Columns of a table that leaves: what each is called, and its text in every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.documents.sheet_files import Sheet, SheetCell
from app.domain.column_layout import ColumnLayout
from app.domain.money import Money


class Column(NamedTuple):
    """`field` is what a column layout calls it, `width` is in characters.

    Where there are `sums`, a workbook holds them as numbers; elsewhere the texts stand.
    """

    field: str
    head: str
    width: float
    texts: tuple[str, ...]
    sums: tuple[Money | None, ...] = ()

    def cells(self) -> tuple[SheetCell, ...]:
        """What a file holds of it."""
        if not self.sums:
            return self.texts
        return tuple(s if s is not None else t for s, t in zip(self.sums, self.texts, strict=True))


def lines_of(columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """The table's rows as texts, without the heads."""
    return zip(*(column.texts for column in columns), strict=True)


def sheet_of(
    name: str,
    columns: Sequence[Column],
    *,
    above: str = "",
    foot: dict[str, SheetCell] | None = None,
    made_by: str = "",
) -> Sheet:
    """The columns as one table; `foot` is a last row, by field."""
    return Sheet(
        name=name,
        heads=tuple(column.head for column in columns),
        widths=tuple(column.width for column in columns),
        rows=zip(*(column.cells() for column in columns), strict=True),
        above=above,
        foot=tuple(foot.get(column.field) for column in columns) if foot else (),
        made_by=made_by,
    )


def laid_out(columns: Sequence[Column], layout: ColumnLayout, rows: int) -> list[Column]:
    """The columns as `layout` wants them: its heads, its order, its words.

    What may not be seen is not among `columns`; its column is there and stays empty.
    """
    known = {column.field: column for column in columns}
    found = []
    for wanted in layout.columns:
        own = known.get(wanted.field)
        if own is None:
            texts = (wanted.fixed,) * rows
            found.append(Column(wanted.field, wanted.heading, wanted.width, texts))
        else:
            texts = tuple(wanted.theirs(text) or wanted.fixed for text in own.texts)
            sums = () if wanted.words else own.sums
            found.append(Column(wanted.field, wanted.heading, wanted.width, texts, sums))
    return found
