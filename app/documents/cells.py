"""The cells forms are made of: labels, filled-in values, tick boxes, places to sign and to stamp.

A cell measures itself for a width and draws itself into a rectangle. What is filled in is set in
楷体 so that it stands apart from the form's own words; what is unknown stays empty, to be written
by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from app.documents.fonts import Style
from app.documents.ink import MM, Ink
from app.documents.typeset import WRITING, Part, Setting, Tick, Words, fit, flow
from app.documents.values import day
from app.domain.visiting import Strokes

LEFT: Final = 0.0
CENTRE: Final = 0.5
RIGHT: Final = 1.0

SIZE: Final = 10.5
"""五号, the size of a form's text."""
SMALL: Final = 9.0
"""小五, for crowded tables."""
FLOOR: Final = 7.0
"""Nothing is set smaller than this."""

PAD: Final = 1.5 * MM
FINGERPRINT: Final = (30 * MM, 20 * MM)
SEAL: Final = (42 * MM, 42 * MM)
"""What must stay free for a red fingerprint and for a common round seal (ux §3)."""
BESIDE: Final = 27 * MM
"""Words that have less room than this beside such a place stand above it."""

_SLACK: Final = 0.5
"""Points a caption has beside what its characters measure."""

_NO_FOOT: Final = Setting(0, ((),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Parts in a frame; perhaps a place kept free at the right, and a last line at the foot.

    `signers` sign just above the foot, each in a place kept free, and the opinion is written above
    them. `pad` is the room above and below together.
    """

    parts: tuple[Part, ...] = ()
    span: int = 1
    align: float = CENTRE
    size: float = SIZE
    running: bool = False
    top: bool = False
    free: tuple[float, float] | None = None
    foot: tuple[Part, ...] = ()
    signers: tuple[str, ...] = ()
    pad: float = PAD
    drawn: Strokes = ()
    """A signature given on a pad, drawn where one by hand would stand."""

    @property
    def is_label(self) -> bool:
        """Whether it says what a field is called, and nothing else."""
        printed = all(
            isinstance(part, Words) and part.style is not Style.KAI for part in self.parts
        )
        return bool(self.parts) and printed and not self.free and not self.foot

    def setting(self, width: float, height: float) -> Setting:
        """The parts set for a cell `width` wide whose row will be at least `height` tall."""
        room, evenly = self._room(width), self.align == CENTRE
        if self.running:
            return flow(self.parts, room, self.size, evenly=evenly)
        return fit(self.parts, room, height - self.pad, self.size, FLOOR, evenly=evenly)

    def height(self, width: float, setting: Setting) -> float:
        """How tall the cell must be."""
        if not (self.foot or self.free or self.signers):
            return setting.height + self.pad
        needed = setting.height + self._signing(width).height
        if self.free and self._is_beside(width):
            needed = max(needed, self.free[1])
        elif self.free:
            needed += self.free[1]
        return needed + self._foot(width).height + self.pad

    def draw(self, ink: Ink, box: tuple[float, float, float, float], setting: Setting) -> None:
        """Draw into `box`: x, top, width, height."""
        place = (*box, self.align, self.top, self.pad)
        if not setting.is_of_form or self.free or self.foot:
            self._draw(ink, box, setting)
        elif not ink.repeat(setting, *place):
            with ink.keeping(setting, *place):
                self._draw(ink, box, setting)

    def _draw(self, ink: Ink, box: tuple[float, float, float, float], setting: Setting) -> None:
        x, top, width, height = box
        ink.cell(x, top, width, height)
        foot = self._foot(width)
        body = height - foot.height
        if self.foot:
            foot.draw(ink, x + PAD, top + body - PAD / 2, width - 2 * PAD, RIGHT)
        if self.signers:
            signing = self._signing(width)
            signing.draw(ink, x + PAD, top + body - PAD / 2 - signing.height)
        if self.free:
            free_width, free_height = self.free
            left = x + width - free_width - PAD / 2
            free_top = top + self.pad / 2 + self._above(width, setting)
            ink.keep_free(left, free_top, free_width, free_height)
            ink.scrawl(left, free_top, free_width, self.drawn)
        gap = PAD / 2 if self.top or self.free or self.foot else (body - setting.height) / 2
        setting.draw(ink, x + PAD, top + gap, self._room(width), self.align)

    def _room(self, width: float) -> float:
        """The width left for the parts: beside the place kept free, or above it."""
        whole = width - 2 * PAD
        return whole - self.free[0] if self.free and self._is_beside(width) else whole

    def _is_beside(self, width: float) -> bool:
        """Whether the parts have room beside the place kept free."""
        return self.free is None or width - 2 * PAD - self.free[0] >= BESIDE

    def _above(self, width: float, setting: Setting) -> float:
        """How far down the place kept free begins: nothing where the parts stand beside it."""
        return 0 if self._is_beside(width) else setting.height

    def _signing(self, width: float) -> _Signing:
        """Who signs: beside the seal, or across the cell where there is no seal or no room."""
        return _Signing.of(self.signers, self._room(width), self.size)

    def _foot(self, width: float) -> Setting:
        """The last line, across the whole cell, or two; of no height when there is none."""
        if not self.foot:
            return _NO_FOOT
        return fit(self.foot, width - 2 * PAD, 0, self.size, FLOOR)


class _Signing(NamedTuple):
    """Places to sign in rows, each with its caption beside it, or above it where there is less
    room."""

    captions: tuple[Setting, ...]
    across: int
    column: float
    caption: float
    """How wide a caption beside its place is; 0 for one above."""

    @classmethod
    def of(cls, signers: tuple[str, ...], room: float, size: float) -> _Signing:
        """Places for `signers` in `room` points."""
        said = [f"{who}签字：" for who in signers]
        caption = max((len(text) for text in said), default=0) * size + _SLACK
        across = int(room // (caption + FINGERPRINT[0]))
        if across < min(len(said), room // FINGERPRINT[0]) or not across:
            across, caption = int(room // FINGERPRINT[0]), 0.0
        across = max(min(across, len(said)), 1)
        column = room / across
        captions = (flow((Words(text),), caption or column, size) for text in said)
        return cls(tuple(captions), across, column, caption)

    @property
    def row(self) -> float:
        """How tall one row is."""
        above = 0 if self.caption else max((one.height for one in self.captions), default=0)
        return above + FINGERPRINT[1]

    @property
    def height(self) -> float:
        """How tall all of them are."""
        return -(-len(self.captions) // self.across) * self.row

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Write the captions and keep the places free."""
        width, height = FINGERPRINT
        for number, caption in enumerate(self.captions):
            down, along = divmod(number, self.across)
            left, row_top = x + along * self.column, top + down * self.row
            if self.caption:
                middle = row_top + (height - caption.height) / 2
                caption.draw(ink, left, middle, self.caption, LEFT)
                ink.keep_free(left + self.caption, row_top, width, height)
            else:
                caption.draw(ink, left, row_top, self.column, LEFT)
                ink.keep_free(left, row_top + self.row - height, width, height)


def label(text: str, span: int = 1, size: float = SIZE) -> Cell:
    """What a field is called."""
    return Cell(parts=(Words(text),), span=span, size=size, running="\n" in text)


def head(text: str, span: int = 1, size: float = SIZE) -> Cell:
    """The head of a column or a block."""
    return Cell(parts=(Words(text, Style.HEI),), span=span, size=size)


def fill(text: str | None, span: int = 1, align: float = CENTRE, size: float = SIZE) -> Cell:
    """A filled-in value; empty for None."""
    return Cell(parts=(Words(text or "", Style.KAI),), span=span, align=align, size=size)


def mixed(*parts: Part, span: int = 1, align: float = LEFT, size: float = SIZE) -> Cell:
    """Printed words, filled-in words, ticks and blanks after one another."""
    return Cell(parts=parts, span=span, align=align, size=size)


def running(*parts: Part, span: int = 1, size: float = SIZE) -> Cell:
    """Printed and filled-in words that keep their size and run on over as many lines as needed."""
    return Cell(parts=parts, span=span, align=LEFT, size=size, running=True)


def story(text: str | None, span: int = 1, size: float = SIZE, *, top: bool = True) -> Cell:
    """Running filled-in text of any length; from the top, it leaves room to write on below."""
    parts = (Words(text or "", Style.KAI),)
    return Cell(parts=parts, span=span, align=LEFT, size=size, running=True, top=top)


def ticks(
    options: Iterable[str], chosen: Iterable[str] = (), span: int = 1, size: float = SIZE
) -> Cell:
    """One tick box for each of `options`, ticked where it is among `chosen`."""
    on = frozenset(chosen)
    parts = tuple(Tick(option, option in on) for option in options)
    return Cell(parts=parts, span=span, align=LEFT, size=size)


DATE_LINE: Final = (Words("　　　　年　　月　　日"),)
"""A date to write by hand."""


def day_or_line(value: date | None) -> tuple[Part, ...]:
    """A day as it was filled in, or a date to write by hand."""
    return (Words(day(value), Style.KAI),) if value else DATE_LINE


def sign(caption: str, span: int = 1, *, dated: bool = True, drawn: Strokes = ()) -> Cell:
    """A place to sign or to press a finger, kept free but for what was signed on a pad; dated."""
    return Cell(
        parts=(Words(caption),),
        span=span,
        align=LEFT,
        running=True,
        free=FINGERPRINT,
        foot=DATE_LINE if dated else (),
        drawn=drawn,
    )


def opinion(*parts: Part, signers: Iterable[str], seal: str = "（盖章）", span: int = 1) -> Cell:
    """An office's opinion: its words, the place of its seal, who signs, and the date."""
    return Cell(
        parts=parts,
        span=span,
        align=LEFT,
        running=True,
        free=SEAL if seal else None,
        foot=(Words(f"　{seal}"), *DATE_LINE),
        signers=tuple(signers),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, at least `height` points tall."""

    cells: tuple[Cell, ...]
    height: float = field(default=WRITING)


def row(*cells: Cell | str, height: float = WRITING) -> Row:
    """A row of cells, tall enough to write in by hand; a bare text is a label."""
    return Row(tuple(label(cell) if isinstance(cell, str) else cell for cell in cells), height)
