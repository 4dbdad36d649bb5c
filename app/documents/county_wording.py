"""A form in a county's own words and margins: the same blocks, some printed words said otherwise.

Only what the form itself prints is said otherwise. What was filled in (楷体), what was decided and
what stands where somebody signs, presses a finger or puts a seal stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from app.documents.blocks import Beside, Block, Grid, Prose, Title
from app.documents.cells import Cell, Row
from app.documents.fonts import Style
from app.documents.typeset import Part, Tick, Words
from app.domain.county_paper import bare

Say = Callable[[str], str]
"""What is printed for one of the form's words."""


def saying(wording: Iterable[tuple[str, str]]) -> Say:
    """Says the new words of each pair for the old, and every other word as it is."""
    instead = {bare(old): new for old, new in wording}
    return lambda text: instead.get(bare(text), text)


def said(blocks: Iterable[Block], say: Say) -> tuple[Block, ...]:
    """`blocks` with every word that may be said otherwise as `say` says it."""
    return tuple(_block(block, say) for block in blocks)


def printed_words(blocks: Iterable[Block]) -> list[str]:
    """The words that can be said otherwise, without blanks, in the order they stand."""
    heard: dict[str, None] = {}

    def note(text: str) -> str:
        heard[bare(text)] = None
        return text

    said(blocks, note)
    heard.pop("", None)
    return list(heard)


def _block(block: Block, say: Say) -> Block:
    match block:
        case Title():
            return replace(
                block,
                text=say(block.text),
                left=_parts(block.left, say),
                right=_parts(block.right, say),
            )
        case Prose():
            return replace(block, parts=_parts(block.parts, say))
        case Grid():
            return _grid(block, say)
        case Beside():
            left, right = (
                tuple(_grid(one, say) for one in pile) for pile in (block.left, block.right)
            )
            return replace(block, left=left, right=right)
        case _:
            return block


def _grid(grid: Grid, say: Say) -> Grid:
    """The name down the left side stays: a longer one would find no room there."""
    heads, rows = (tuple(_row(row, say) for row in part) for part in (grid.heads, grid.rows))
    return replace(grid, heads=heads, rows=rows)


def _row(row: Row, say: Say) -> Row:
    return replace(row, cells=tuple(_cell(cell, say) for cell in row.cells))


def _cell(cell: Cell, say: Say) -> Cell:
    """A place for a name, a finger or a seal keeps its words: they say who answers for what."""
    if cell.free or cell.foot:
        return cell
    return replace(cell, parts=_parts(cell.parts, say))


def _parts(parts: tuple[Part, ...], say: Say) -> tuple[Part, ...]:
    return tuple(_parts_said(parts, say))


def _parts_said(parts: tuple[Part, ...], say: Say) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Tick):
            yield replace(part, label=say(part.label))
        elif isinstance(part, Words) and part.style is not Style.KAI:
            yield replace(part, text=say(part.text))
        else:
            yield part
