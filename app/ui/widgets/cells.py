"""What a table shows, as values: a `table.py` makes these, the table widget draws them. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: words, and perhaps an icon before them or a chip instead of plain words."""

    text: str
    icon: str = ""
    tone: Tone = Tone.TEXT
    chip: bool = False
    right: bool = False
    """Figures stand on the right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `key` is what `opened` and `current` give back; `spoken` is read aloud."""

    key: object
    cells: tuple[Cell, ...]
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading. The one that stretches takes the room left over; where that is too little, those
    to `spare` go one after the other, from the left."""

    heading: str
    stretch: bool = False
    spare: bool = False
