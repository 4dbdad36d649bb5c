"""F05 on one page or two: tables side by side, every clause written out once, by its number.

Smaller than 小五 only where it must be, and never below 7.5 points (六号).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from app.documents.blocks import Beside, Block, Grid
from app.documents.cells import Row, row, story
from app.documents.forms import f05_tables as tables
from app.documents.forms.f05_content import F05Content, F05Line, F05Reason
from app.documents.ink import MM
from app.documents.paper import A4, MARGIN
from app.documents.typeset import LEADING, WRITING

SIZES: Final = (9.0, 8.5, 8.0, 7.5)
"""Points, the largest first."""
_PAD: Final = 0.4 * MM
_WIDTH: Final = A4[1] - 2 * MARGIN
_WORKING: Final = (9.6, 17, 29, 12.8, 30.5, 22, 9.6)
"""Millimetres of half a page beside its name, so that no head of two characters breaks."""
_WIDE: Final = (10, 40, 56, 18, 70, 30, 44)
"""The same across the whole page."""
_BENEFIT: Final = (9.6, 17, 39.3, 33, 22, 9.6)
_LIMITS: Final = (41, 37, 37, 15.5)
_RUNGS: Final = (26.5, 16, 17, 20.2, 50.8)


@dataclass
class _Notes:
    """The clauses in the order they are first named."""

    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, basis: str) -> str:
        """The number of a clause; "" for none."""
        return str(self.numbers.setdefault(basis, len(self.numbers) + 1)) if basis else ""

    def line(self, line: F05Line) -> F05Line:
        """A line with the number of its clause."""
        return replace(line, basis=self.of(line.basis))

    def reason(self, reason: F05Reason) -> F05Reason:
        """A reason with the number of its clause."""
        return replace(reason, basis=f"依据 {self.of(reason.basis)}" if reason.basis else "")

    def shortened(self, text: str) -> str:
        """A remark with the numbers of the clauses it repeats."""
        for basis in sorted(self.numbers, key=len, reverse=True):
            text = text.replace(basis, f"依据 {self.numbers[basis]}")
        return text


def one_page(c: F05Content, size: float) -> Iterator[Block]:
    """The whole form in type of `size` points at most; whether it fits is the caller's to see."""
    notes = _Notes()
    numbered = _numbered(_once(c), notes)
    yield _set(tables.household(c), size)
    yield _set(tables.summary(c), size)
    below = (
        tables.incomes(numbered, _WORKING),
        *tables.outlay(numbered, _WORKING),
        tables.sums_narrow(c),
        *tables.limits(numbered, _LIMITS),
        *tables.benefit(numbered, _BENEFIT),
        tables.rungs(numbered, _RUNGS),
        *tables.remarks(numbered),
        _clauses(notes),
    )
    yield _halved([*(_set(one, size) for one in below), tables.signatures(WRITING)])


def two_pages(c: F05Content, size: float) -> Iterator[Block]:
    """Income across the page, and what follows from it side by side below or on the next page."""
    notes = _Notes()
    numbered = _numbered(_once(c), notes)
    wide = (
        tables.household(c),
        tables.summary(c),
        tables.incomes(numbered, _WIDE),
        *tables.outlay(numbered, _WIDE),
        tables.sums(c),
    )
    yield from (_set(one, size) for one in wide)
    below = (
        *tables.limits(numbered, _LIMITS),
        *tables.benefit(numbered, _BENEFIT),
        tables.rungs(numbered, _RUNGS),
        *tables.remarks(numbered),
        _clauses(notes),
    )
    yield _halved([_set(one, size) for one in below])
    yield tables.signatures(WRITING)


def _halved(grids: Sequence[Grid]) -> Beside:
    """The tables in their order, some down the left half and the others down the right, as even as
    may be."""
    tall = [sum(grid.lay(_WIDTH / 2).heights) for grid in grids]
    every = range(len(grids))
    left = min(
        (frozenset(some) for count in every for some in combinations(every, count)),
        key=lambda some: max(
            sum(tall[at] for at in some), sum(tall[at] for at in every if at not in some)
        ),
    )
    if 0 not in left:
        left = frozenset(every) - left
    return Beside(
        tuple(grid for at, grid in enumerate(grids) if at in left),
        tuple(grid for at, grid in enumerate(grids) if at not in left),
    )


def _once(c: F05Content) -> F05Content:
    """The content with nothing said twice: the same reasons of two rungs, a reason as a remark."""
    first: dict[tuple[F05Reason, ...], str] = {}
    for one in c.rungs:
        first.setdefault(one.reasons, one.name)
    said = {reason.text for one in c.rungs for reason in one.reasons}
    return replace(
        c,
        rungs=tuple(
            one
            if len(one.reasons) <= 1 or first[one.reasons] == one.name
            else replace(one, reasons=(F05Reason(text=f"同{first[one.reasons]}。", basis=""),))
            for one in c.rungs
        ),
        remarks=tuple(text for text in c.remarks if text not in said),
    )


def _numbered(c: F05Content, notes: _Notes) -> F05Content:
    """The content with numbers in the place of clauses, in the order they are read."""
    told = replace(
        c,
        lines=tuple(map(notes.line, c.lines)),
        outlay=tuple(map(notes.line, c.outlay)),
        benefit=tuple(map(notes.line, c.benefit)),
        limits=tuple(replace(one, basis=notes.of(one.basis)) for one in c.limits),
        rungs=tuple(replace(one, reasons=tuple(map(notes.reason, one.reasons))) for one in c.rungs),
    )
    return replace(told, remarks=tuple(map(notes.shortened, c.remarks)))


def _clauses(notes: _Notes) -> Grid:
    """What the numbers stand for."""
    told = "；".join(f"{number} {basis}" for basis, number in notes.numbers.items())
    return Grid(columns=(1,), rows=(row(story(told, top=False)),), side="依据")


def _set(grid: Grid, size: float) -> Grid:
    """The table in smaller type and close rows; what is too long runs on and never shrinks."""

    def _close(one: Row) -> Row:
        cells = tuple(
            replace(cell, size=min(cell.size, size), pad=_PAD, running=True) for cell in one.cells
        )
        return Row(cells, size * LEADING + _PAD)

    return replace(grid, heads=tuple(map(_close, grid.heads)), rows=tuple(map(_close, grid.rows)))
