"""How somebody else wants a table: their headings, their order, their words for ours.

The same layout reads their roster and writes their table, so that nothing is typed twice. Where a
layout comes from, and what it may say, is `app.services.column_layouts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Final

from app.domain.words import Word

RawRow = tuple[int, list[str]]
"""Row number as Excel shows it, and the text of its cells from column A on."""
_WITHIN: Final = 10
"""The headings stand among the first rows, below a title and perhaps a note."""
_ENOUGH: Final = 3


class LayoutUse(Word):
    """What a column layout is for."""

    ROSTER = "roster", "花名册"
    VISITS = "visits", "走访台账"
    FUND = "fund", "备用金台账"
    WATCHED = "watched", "备案管理台账"


@dataclass(frozen=True, slots=True)
class LaidColumn:
    """One of their columns: `heading` theirs, `field` ours, "" where nothing of ours goes there.

    `words`: theirs → ours. `fixed` stands in every row that would be empty.
    """

    heading: str
    field: str
    width: float = 12
    fixed: str = ""
    words: Mapping[str, str] = made_by(default_factory=dict)

    def theirs(self, text: str) -> str:
        """Our text in their word: the first that means it; itself where none does."""
        return next((theirs for theirs, ours in self.words.items() if ours == text), text)

    def ours(self, text: str) -> str:
        """Their text in our word."""
        return self.words.get(text, text) or self.fixed


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLayout:
    """A table as one office wants it. `source` says where that is written."""

    id: str
    title: str
    use: LayoutUse
    source: str
    columns: tuple[LaidColumn, ...]

    @property
    def headings(self) -> frozenset[str]:
        """Theirs."""
        return frozenset(column.heading for column in self.columns)


def in_our_words(
    rows: Sequence[RawRow], layouts: Sequence[ColumnLayout], our_headings: frozenset[str]
) -> list[RawRow]:
    """A roster's rows under our headings and in our words.

    They stay as they are unless one of `layouts` knows more of a row among the first than
    `our_headings` do. Columns it does not name keep their heading.
    """
    best: tuple[int, int, ColumnLayout] | None = None
    most = max((_known(cells, our_headings) for _, cells in rows[:_WITHIN]), default=0)
    for layout in layouts:
        for at, (_, cells) in enumerate(rows[:_WITHIN]):
            known = _known(cells, layout.headings)
            if known > most and known >= _ENOUGH:
                best, most = (at, known, layout), known
    if best is None:
        return list(rows)
    at, _count, layout = best
    return _translated(rows, at, layout)


def _known(cells: Sequence[str], headings: frozenset[str]) -> int:
    return len(headings.intersection(_squeezed(cell) for cell in cells))


def _squeezed(heading: str) -> str:
    return "".join(heading.split())


def _translated(rows: Sequence[RawRow], at: int, layout: ColumnLayout) -> list[RawRow]:
    """The rows with the headings in row `at` and everything under them in our words."""
    by_heading = {column.heading: column for column in layout.columns if column.field}
    number, heads = rows[at]
    wanted = [by_heading.get(_squeezed(head)) for head in heads]
    present = {column.field for column in wanted if column is not None}
    added = [one for one in by_heading.values() if one.fixed and one.field not in present]
    ours = [
        head if column is None else column.field for head, column in zip(heads, wanted, strict=True)
    ]
    found: list[RawRow] = [*rows[:at], (number, [*ours, *(one.field for one in added)])]
    for row, cells in rows[at + 1 :]:
        said = [
            cell if n >= len(wanted) or (column := wanted[n]) is None else column.ours(cell.strip())
            for n, cell in enumerate(cells)
        ]
        if added and any(cells):
            said += [""] * (len(heads) - len(said)) + [one.fixed for one in added]
        found.append((row, said))
    return found
