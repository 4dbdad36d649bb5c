"""What a page is stacked of: a title, tables that may break between rows, lines of text.

A block set for a width is a pile of strips; `app.documents.paper` deals the strips out to pages and
has those drawn that came to stand together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final, NamedTuple, Protocol

from app.documents.cells import CENTRE, FLOOR, LEFT, PAD, RIGHT, SEAL, SIZE, Cell, Row
from app.documents.fonts import Style
from app.documents.ink import FRAME, MM, Ink
from app.documents.typeset import LEADING, WRITING, Part, Setting, Words, fit, flow

TITLE_SIZE: Final = 22.0
"""小标宋二号; a long title shrinks to 小二 and below."""
TITLE_FLOOR: Final = 12.0
CROWDED_TITLE: Final = 15.0
"""小三."""
GAP: Final = 4 * MM
"""Between what stands left and what stands right under a title."""
SIDE: Final = 8 * MM
"""The width of a block's name written down its left side."""
SIDE_FLOOR: Final = 5.0
TALLEST: Final = 120 * MM
"""A row taller than this is broken, so that every strip fits a page."""


class Laid(NamedTuple):
    """A block set for a width: the heights of its strips, and how to draw a run of them.

    The first `heads` strips are repeated on every page the block reaches. `draw(ink, x, top,
    strips, goes_on)` draws them and then `strips`; `goes_on` when it began on an earlier page.
    `begins_page`: nothing stands above it on its page. `clings`: it never begins a page alone, but
    takes the last strip of what stands above it along. `breaks`: even when it is short. `together`:
    never broken while a page can hold it. `leads`: it never ends a page, but goes along with what
    follows it.
    """

    heights: tuple[float, ...]
    draw: Callable[[Ink, float, float, range, bool], None]
    heads: int = 0
    begins_page: bool = False
    clings: bool = False
    breaks: bool = False
    together: bool = False
    leads: bool = False


class Block(Protocol):
    """Something that stands on pages."""

    def lay(self, width: float) -> Laid:
        """Set the block for `width` points."""
        ...


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the form, and a line under it: what stands left and what stands right.

    A form that has a page for each person has a title for each of them, which begins that page.
    """

    text: str
    left: tuple[Part, ...] = ()
    right: tuple[Part, ...] = ()
    begins_page: bool = False
    crowded: bool = False
    """On a page that needs all its room: 小三, and both sides beside it."""

    def lay(self, width: float) -> Laid:
        """One strip."""
        if self.crowded:
            return self._crowded(width)
        line = 6.5 * MM if self.left or self.right else 0
        name = fit((Words(self.text, Style.TITLE),), width, 0, TITLE_SIZE, TITLE_FLOOR)
        right = fit(self.right, width / 2, 0, SIZE, FLOOR)
        left = fit(self.left, width - right.width - GAP, 0, SIZE, FLOOR)

        def draw(ink: Ink, x: float, top: float, _strips: range, _goes_on: bool) -> None:  # noqa: FBT001
            name.draw(ink, x, top + (12 * MM - name.height) / 2, width, CENTRE)
            left.draw(ink, x, top + 13 * MM, width, LEFT)
            right.draw(ink, x, top + 13 * MM, width, RIGHT)

        return Laid((13 * MM + line,), draw, begins_page=self.begins_page)

    def _crowded(self, width: float) -> Laid:
        """The name between its sides, on one line."""
        third, tall = width / 3, 8 * MM
        name = fit((Words(self.text, Style.TITLE),), third, 0, CROWDED_TITLE, TITLE_FLOOR)
        sides = [fit(parts, third, 0, SIZE, FLOOR) for parts in (self.left, self.right)]

        def draw(ink: Ink, x: float, top: float, _strips: range, _goes_on: bool) -> None:  # noqa: FBT001
            name.draw(ink, x + third, top + (tall - name.height) / 2, third, CENTRE)
            sides[0].draw(ink, x, top + tall - sides[0].height, third, LEFT)
            sides[1].draw(ink, x + 2 * third, top + tall - sides[1].height, third, RIGHT)

        return Laid((tall + MM,), draw, begins_page=self.begins_page)


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text across the page; breaks between lines."""

    parts: tuple[Part, ...]
    size: float = SIZE
    align: float = LEFT
    before: float = 0
    after: float = 2 * MM
    leads: bool = False
    clings: bool = False
    """As in `Laid`; for one line."""

    def lay(self, width: float) -> Laid:
        """One strip for each line."""
        setting = flow(self.parts, width, self.size)
        heights = list(setting.line_heights)
        heights[0] += self.before
        heights[-1] += self.after

        def draw(ink: Ink, x: float, top: float, strips: range, _goes_on: bool) -> None:  # noqa: FBT001
            before = self.before if strips.start == 0 else 0
            setting.part(strips).draw(ink, x, top + before, width, self.align)

        return Laid(tuple(heights), draw, leads=self.leads, clings=self.clings)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Who issues the paper and when, at the right under the place of the seal; outside any table.

    It never begins a page alone.
    """

    parts: tuple[Part, ...]
    size: float = SIZE

    def lay(self, width: float) -> Laid:
        """One strip."""
        setting = flow(self.parts, width, self.size)

        def draw(ink: Ink, x: float, top: float, _strips: range, _goes_on: bool) -> None:  # noqa: FBT001
            ink.keep_free(x + width - SEAL[0], top + PAD / 2, *SEAL)
            setting.draw(ink, x, top + PAD / 2 + SEAL[1], width, RIGHT)

        return Laid((PAD + SEAL[1] + setting.height,), draw, clings=True)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Columns share the width as their numbers say; `side` is written down the left.

    `heads` rows are repeated on every page the table reaches. `clings`, `breaks` and `together` as
    in `Laid`.
    """

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: tuple[Row, ...] = ()
    side: str = ""
    clings: bool = False
    breaks: bool = False
    together: bool = False

    def lay(self, width: float) -> Laid:
        """One strip for each row; a row taller than a page becomes several."""
        left = SIDE if self.side else 0
        scale = (width - left) / sum(self.columns)
        edges = tuple(accumulate((column * scale for column in self.columns), initial=left))
        rows = tuple(part for row in (*self.heads, *self.rows) for part in _split(_lay(row, edges)))

        def draw(ink: Ink, x: float, top: float, strips: range, goes_on: bool) -> None:  # noqa: FBT001
            y = top
            for number in (*range(len(self.heads)), *strips):
                rows[number].draw(ink, x, y)
                y += rows[number].height
            if self.side:
                _draw_side(ink, x, top, y - top, self.side + ("　续" if goes_on else ""))
            ink.box(x, top, width, y - top, FRAME)

        return Laid(
            tuple(row.height for row in rows),
            draw,
            len(self.heads),
            clings=self.clings,
            breaks=self.breaks,
            together=self.together,
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """Two piles of tables side by side, never broken: for pages that hold them."""

    left: tuple[Grid, ...]
    right: tuple[Grid, ...]

    def lay(self, width: float) -> Laid:
        """One strip, as tall as the taller pile."""
        half = width / 2
        piles = [[grid.lay(half) for grid in pile] for pile in (self.left, self.right)]
        tall = max(sum(sum(laid.heights) for laid in pile) for pile in piles)

        def draw(ink: Ink, x: float, top: float, _strips: range, _goes_on: bool) -> None:  # noqa: FBT001
            for number, pile in enumerate(piles):
                y = top
                for laid in pile:
                    strips = range(laid.heads, len(laid.heights))
                    laid.draw(ink, x + number * half, y, strips, False)  # noqa: FBT003
                    y += sum(laid.heights)
            ink.box(x, top, width, tall, FRAME)

        return Laid((tall,), draw)


class _LaidRow(NamedTuple):
    """Cells set between column edges."""

    cells: tuple[Cell, ...]
    settings: tuple[Setting, ...]
    edges: tuple[float, ...]
    height: float

    def draw(self, ink: Ink, x: float, y: float) -> None:
        """Draw the cells side by side."""
        for number, cell in enumerate(self.cells):
            start, end = self.edges[number : number + 2]
            cell.draw(ink, (x + start, y, end - start, self.height), self.settings[number])


def _lay(row: Row, edges: tuple[float, ...]) -> _LaidRow:
    """Set the cells of `row`. Raises ValueError when they do not span the columns exactly."""
    spanned, settings, column = [edges[0]], [], 0
    height = row.height
    for cell in row.cells:
        width = edges[column + cell.span] - edges[column]
        setting = cell.setting(width, row.height)
        height = max(height, cell.height(width, setting))
        column += cell.span
        spanned.append(edges[column])
        settings.append(setting)
    if column != len(edges) - 1:
        raise ValueError("the cells of a row must span the columns of its grid")
    return _LaidRow(row.cells, tuple(settings), tuple(spanned), height)


def _split(row: _LaidRow) -> Iterator[_LaidRow]:
    """`row`, or rows no taller than `TALLEST` that carry its lines one after another."""
    if row.height <= TALLEST:
        yield row
        return
    counts = [max(int((TALLEST - PAD) / (one.size * LEADING)), 1) for one in row.settings]
    longest = max(
        -(-len(one.lines) // count) for one, count in zip(row.settings, counts, strict=True)
    )
    for turn in range(longest):
        parts = tuple(
            one.part(range(turn * count, min((turn + 1) * count, len(one.lines))))
            for one, count in zip(row.settings, counts, strict=True)
        )
        yield _strip(row, parts, is_first=turn == 0, is_last=turn == longest - 1)


def _strip(row: _LaidRow, parts: tuple[Setting, ...], *, is_first: bool, is_last: bool) -> _LaidRow:
    """One of the rows a tall one becomes: a label stands in each of them, the place of a finger or
    a seal in the last."""
    widths = [end - start for start, end in pairwise(row.edges)]
    cells = row.cells if is_last else tuple(map(_without_place, row.cells))
    if not is_first:
        cells = tuple(_going_on(cell) if cell.is_label else cell for cell in cells)
        parts = tuple(
            cell.setting(width, WRITING) if cell.is_label else part
            for cell, width, part in zip(cells, widths, parts, strict=True)
        )
    tall = (
        cell.height(width, part) for cell, width, part in zip(cells, widths, parts, strict=True)
    )
    return row._replace(cells=cells, settings=parts, height=max(WRITING, *tall))


def _without_place(cell: Cell) -> Cell:
    return replace(cell, free=None, foot=(), signers=())


def _going_on(label: Cell) -> Cell:
    return replace(label, parts=(*label.parts, Words("\n（续）")))


def _draw_side(ink: Ink, x: float, top: float, height: float, text: str) -> None:
    """Write a block's name downwards, one character a line; nothing where it would not fit."""
    ink.cell(x, top, SIDE, height)
    setting = fit((Words("\n".join(text), Style.HEI),), SIDE, height - PAD, SIZE, SIDE_FLOOR)
    if setting.height <= height:
        setting.draw(ink, x, top + (height - setting.height) / 2, SIDE, CENTRE)
