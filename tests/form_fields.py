"""What a form asks and what it was given: every label with whether anything stands behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from app.documents.blocks import Beside, Block, Grid, Prose, Sealed, Title
from app.documents.cells import Cell, Row
from app.documents.fonts import Style
from app.documents.typeset import Blank, Part, Tick, Words
from app.domain.money import Money
from app.domain.words import Word
from tests.records import AT, NUMBER, ON

_SPACE = re.compile(r"[\s　：:]+")
_NAMED = re.compile(r"([^，。；、（）\s　]+)[：:　 ]*$")
Asked = tuple[str, bool]
"""What is asked, and whether it is answered."""


def fields_of(blocks: tuple[Block, ...]) -> Iterator[Asked]:
    """Every field of a form laid out as `blocks`."""
    for block in blocks:
        match block:
            case Grid():
                yield from _of_grid(block)
            case Beside():
                yield from fields_of((*block.left, *block.right))
            case Prose() | Sealed():
                yield from _of_parts(block.parts)
            case Title():
                yield from _of_parts((*block.left, *block.right))


def _of_grid(grid: Grid) -> Iterator[Asked]:
    side = f"{grid.side}·" if grid.side else ""
    for row in grid.rows:
        for asked, told in _of_row(row):
            yield side + asked, told
    if grid.heads:
        yield from ((side + asked, told) for asked, told in _of_columns(grid))


def _of_row(row: Row) -> Iterator[Asked]:
    """A label asks for what stands up to the next one."""
    name, told, cells = "", False, 0
    for cell in row.cells:
        if cell.is_label:
            if name and cells:
                yield name, told
            name, told, cells = _said(cell.parts), False, 0
        elif not (cell.free or cell.signers):
            lines = list(_of_parts(cell.parts, name))
            yield from lines
            told, cells = told or _answered(cell), cells + (not lines)
    if name and cells:
        yield name, told


def _of_columns(grid: Grid) -> Iterator[Asked]:
    """What the columns of a table ask; one whose cells are the form's own words asks nothing."""
    heads = grid.heads[-1].cells
    names: Counter[str] = Counter()
    for at, head in enumerate(heads):
        cells = [row.cells[at] for row in grid.rows if len(row.cells) == len(heads)]
        name = _said(head.parts)
        names[name] += 1
        if cells and not all(cell.is_label for cell in cells):
            again = f"（{names[name]}）" if names[name] > 1 else ""
            yield name + again, any(map(_answered, cells))


def _of_parts(parts: tuple[Part, ...], name: str = "") -> Iterator[Asked]:
    """Blanks by the words before them, or by the label of their cell."""
    before = ""
    for part in parts:
        if isinstance(part, Words):
            before = part.text
        elif isinstance(part, Tick):
            before = part.label
        else:
            found = _NAMED.search(before)
            yield _plain(found[1] if found else name), False


def _answered(cell: Cell) -> bool:
    return any(
        part.on if isinstance(part, Tick) else part.style is Style.KAI and bool(part.text)
        for part in cell.parts
        if not isinstance(part, Blank)
    )


def _said(parts: tuple[Part, ...]) -> str:
    return _plain("".join(part.text for part in parts if isinstance(part, Words)))


def _plain(text: str) -> str:
    return _SPACE.sub("", text)


def left_to_hand(module: Any, *contents: Any) -> tuple[set[str], set[str]]:
    """What a form is given by the record, and what it never is, whatever the record holds."""
    given: set[str] = set()
    for content in contents:
        given |= {name for name, told in _asked(module, content) if told}
    full = [dict(_asked(module, filled(content))) for content in contents]
    given |= {name for one in full for name, told in one.items() if told}
    return given, {name for one in full for name in one if name not in given}


def _asked(module: Any, content: Any) -> list[Asked]:
    return list(fields_of(module.paper(content, NUMBER).blocks))


def filled(content: Any) -> Any:
    """The content with a value wherever there was none: what the form can be given at all."""
    return _given(type(content), content)


def emptied(content: Any, named: frozenset[str] = frozenset()) -> Any:
    """The content with nothing in it that need not be there; fields in `named` stay."""
    hints = get_type_hints(type(content))
    kept = {one.name for one in fields(content) if one.name in named or not one.init}
    left = {
        one.name: _without(hints[one.name], getattr(content, one.name), named)
        for one in fields(content)
        if one.name not in kept
    }
    return replace(content, **left)


def _without(kind: Any, value: Any, named: frozenset[str]) -> Any:
    if is_dataclass(value) and type(value).__module__.startswith("app.documents"):
        return emptied(value, named)
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return tuple(_without(type(one), one, named) for one in value)
    if NoneType in get_args(kind):
        return None
    empty: dict[Any, Any] = {str: "", tuple[str, ...]: (), dict[str, str]: {}}
    return empty.get(kind, value)


def blank_in(module: Any, content: Any) -> set[str]:
    """What is asked on a form and stands empty, though the record could say it."""
    told: Counter[str] = Counter()
    for name, is_told in _asked(module, content):
        told[name] += is_told
    could = {name for name, is_told in _asked(module, filled(content)) if is_told}
    return {name for name, times in told.items() if not times} & could


def _given(kind: Any, value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        given = {
            one.name: _given(hints[one.name], getattr(value, one.name))
            for one in fields(value)
            if one.init
        }
        return replace(value, **given)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return value
    if isinstance(value, tuple) and value:
        of = get_args(kind)[0] if get_args(kind) else Any
        return tuple(_given(of, one) for one in value)
    return _sample(kind) if value in (None, "", (), False, frozenset()) else value


def _sample(kind: Any) -> Any:
    """Some value of a type; None for one there is no sample of."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return _sample(next(one for one in args if one is not NoneType))
    if origin is tuple:
        return (_sample(args[0]),) if args[-1] is Ellipsis else tuple(map(_sample, args))
    if origin is Annotated:
        return _sample(args[0])
    if isinstance(kind, type) and issubclass(kind, Word):
        return next(iter(kind))
    if is_dataclass(kind) and isinstance(kind, type) and kind not in _SAMPLES:
        hints = get_type_hints(kind)
        return kind(**{one.name: _sample(hints[one.name]) for one in fields(kind) if one.init})
    return _SAMPLES.get(kind)


_SAMPLES: dict[Any, Any] = {
    str: "已填",
    int: 2,
    float: 0.5,
    bool: True,
    date: ON,
    datetime: AT,
    Money: Money(123_45),
}
