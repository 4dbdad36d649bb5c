"""Sets words into a given width: breaks lines, or shrinks to a floor and then breaks.

Where a line may break is for `app.documents.word_breaks` to say. A number — an amount with its ¥, a
day with its year — stays whole: where a line is too narrow for it, what stands with it is set
smaller. Any other word stays whole unless it is wider than the whole line. Words in the middle of a
cell that take a few lines are dealt out evenly over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from math import floor as round_down
from typing import Final

from app.documents.fonts import Style, face_now, printable, width_of
from app.documents.ink import ASCENT, MM, Ink
from app.documents.word_breaks import CLOSING, characters_of, is_number, smaller_words, words_of

LEADING: Final = 1.3
"""Line height in em."""

WRITING: Final = 9 * MM
"""The height of a line somebody writes on (ux §3: at least 9 mm)."""

_STEP: Final = 0.5
_KNOWN: Final = 2048
"""Cells of forms that are kept as they were set: all thirty forms have fewer."""
_TICK_ADVANCE: Final = 1000
_TICK_AFTER: Final = 550
"""A tick box takes an em; after its words comes this gap, in thousandths of an em."""

_SMALL: Final = 8.5
_LONG: Final = 12_000
"""Words of so many thousandths of an em that stand on one line smaller than so many points are set
on two, where they stand larger so."""
_EVENLY: Final = 3
"""Lines over which words are dealt out evenly; more are running text."""
_CLOSE: Final = 1.0
"""Points to which the width of even lines is found."""
NUMBER_FLOOR: Final = 5.5
"""Points below which a number is broken rather than set smaller: nobody could read it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text in one style; a line break in it is kept."""

    text: str
    style: Style = Style.SONG


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick box and its label."""

    label: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on, `width` millimetres long."""

    width: float


Part = Words | Tick | Blank


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never broken: a word, a tick box with its label, a line to write on.

    Its width is `em` thousandths of the size plus `fixed` points.
    """

    part: Part
    em: float = 0
    fixed: float = 0


@dataclass(frozen=True)
class Setting:
    """Lines of pieces at one size in points."""

    size: float
    lines: tuple[tuple[Piece, ...], ...]
    is_of_form: bool = False
    """Whether these are a form's own words, set once for all papers."""

    @cached_property
    def height(self) -> float:
        """How tall the lines are together, in points."""
        return sum(self.line_heights)

    @cached_property
    def width(self) -> float:
        """How wide the widest line is, in points."""
        return max(wide for wide, _runs in self._runs)

    @cached_property
    def line_heights(self) -> tuple[float, ...]:
        """How tall each line is; one that somebody writes on is never less than `WRITING`."""
        usual = self.size * LEADING
        return tuple(
            [max(usual, WRITING) if _is_written_on(line) else usual for line in self.lines]
        )

    def part(self, lines: range) -> Setting:
        """Only these lines."""
        return Setting(self.size, self.lines[lines.start : lines.stop])

    def draw(self, ink: Ink, x: float, top: float, width: float, align: float) -> None:
        """Draw the lines into `width` from (x, top) down; `align` 0 is left, ½ centre, 1 right."""
        if not self.is_of_form:
            self._draw_lines(ink, x, top, width, align)
        elif not ink.repeat(self, x, top, width, align):
            with ink.keeping(self, x, top, width, align):
                self._draw_lines(ink, x, top, width, align)

    def _draw_lines(self, ink: Ink, x: float, top: float, width: float, align: float) -> None:
        below = self.size * ((LEADING - 1) / 2 + 1 - ASCENT)
        for (wide, runs), height in zip(self._runs, self.line_heights, strict=True):
            top += height
            pen = x + (width - wide) * align
            for start, part in runs:
                self._draw(ink, pen + start, top - below, part)

    @cached_property
    def _runs(self) -> tuple[tuple[float, tuple[tuple[float, Part], ...]], ...]:
        """Of each line its width, and what is drawn of it as one: where it begins, and the part."""
        return tuple(
            (_width(line, self.size), tuple(_runs_of(line, self.size))) for line in self.lines
        )

    def _draw(self, ink: Ink, x: float, baseline: float, part: Part) -> None:
        """Draw words of one style, or one tick box, or one line to write on."""
        match part:
            case Words("", _):
                pass
            case Words(text, style):
                ink.show(x, baseline, style, self.size, text)
            case Tick(label, on):
                ink.tick_box(x, baseline, self.size, on=on)
                label_x = x + _TICK_ADVANCE * self.size / 1000
                ink.show(label_x, baseline, Style.SONG, self.size, label)
            case Blank(width):
                ink.rule(x, baseline + 2, x + width * MM, baseline + 2)


def fit(
    parts: Sequence[Part],
    width: float,
    height: float,
    size: float,
    floor: float,
    *,
    evenly: bool = False,
) -> Setting:
    """Set short text: on one line if it can be, at `size` or as little below as needed.

    What is too long for one line even at `floor`, or stands larger on several, takes the largest
    size at which its lines fit `height`; with `evenly`, and where it could be one line, each as
    long as the others. What does not fit even so is set at `floor` and is taller than `height`.
    """
    own = tuple(parts)
    if _is_of_form(own):
        return _fit_known(face_now(), own, width, height, size, floor, evenly)
    return fit_anew(own, width, height, size, floor, evenly=evenly)


def fit_anew(
    parts: tuple[Part, ...],
    width: float,
    height: float,
    size: float,
    floor: float,
    *,
    evenly: bool = False,
) -> Setting:
    """`fit` of words that are on one paper only, such as its footer: nothing is kept of them."""
    whole = tuple(_whole(part) for part in parts)
    one_line = _on_one_line(whole, width, size, floor)
    if one_line and not (one_line.size < min(size, _SMALL) and _is_long(whole)):
        return one_line
    pieces = tuple(_pieces(whole))
    tried = size = _with_whole_numbers(pieces, size, width)
    while tried > (one_line.size if one_line else floor):
        setting = _set(pieces, tried, width, evenly=evenly or one_line is not None)
        if setting.height <= height:
            return setting
        tried -= _STEP
    return one_line or _set(pieces, min(floor, size), width, evenly=evenly)


def _on_one_line(
    whole: tuple[Piece, ...], width: float, size: float, floor: float
) -> Setting | None:
    """The largest setting on one line; None where there is none, or a break was typed."""
    if any(_is_break(piece) for piece in whole):
        return None
    em, fixed = sum(piece.em for piece in whole), sum(piece.fixed for piece in whole)
    if em * size / 1000 + fixed <= width:
        return Setting(size, (whole,))
    largest = round_down((width - fixed) * 1000 / em / _STEP) * _STEP if em else 0
    return Setting(largest, (whole,)) if largest >= floor else None


def flow(parts: Sequence[Part], width: float, size: float, *, evenly: bool = False) -> Setting:
    """Set running text at `size`, as many lines as it takes; smaller only for a number's sake. A
    few lines with `evenly` each as long as the others."""
    own = tuple(parts)
    if _is_of_form(own):
        return _flow_known(face_now(), own, width, size, evenly)
    return _flow(own, width, size, evenly=evenly)


def _flow(parts: tuple[Part, ...], width: float, size: float, *, evenly: bool) -> Setting:
    """`flow`, done anew."""
    pieces = tuple(_pieces(tuple(_whole(part) for part in parts)))
    size = _with_whole_numbers(pieces, size, width)
    return _set(pieces, size, width, evenly=evenly)


def _set(pieces: tuple[Piece, ...], size: float, width: float, *, evenly: bool) -> Setting:
    """The lines at one size; a few with `evenly` in the least width that takes no more of them."""
    lines = tuple(_lines(pieces, size, width))
    if not evenly or not 1 < len(lines) <= _EVENLY or not _may_be_dealt_out(pieces):
        return Setting(size, lines)
    widths = [_width((piece,), size) for piece in pieces]
    least, enough = max(*widths, sum(widths) / len(lines)), width
    while enough - least > _CLOSE:
        middle = (least + enough) / 2
        dealt = tuple(_lines(pieces, size, middle))
        if len(dealt) > len(lines):
            least = middle
        else:
            lines, enough = dealt, middle
    return Setting(size, lines)


def _is_long(whole: Sequence[Piece]) -> bool:
    """Whether these are words, and many."""
    return sum(piece.em for piece in whole) >= _LONG and _may_be_dealt_out(whole)


def _may_be_dealt_out(pieces: Sequence[Piece]) -> bool:
    """Whether these are words without a break somebody typed."""
    return all(isinstance(piece.part, Words) and not _is_break(piece) for piece in pieces)


def _with_whole_numbers(pieces: Sequence[Piece], size: float, width: float) -> float:
    """The largest size up to `size` at which no number is wider than a line; `size` for none."""
    words = ((piece.part, piece.em) for piece in pieces)
    numbers = (em for part, em in words if isinstance(part, Words) and is_number(part.text))
    widest = max(numbers, default=0)
    if widest * size / 1000 <= width:
        return size
    largest = round_down(width * 1000 / widest / _STEP) * _STEP
    return largest if largest >= NUMBER_FLOOR else size


@lru_cache(maxsize=_KNOWN)
def _fit_known(
    _face: str,
    parts: tuple[Part, ...],
    width: float,
    height: float,
    size: float,
    floor: float,
    evenly: bool,  # noqa: FBT001  # of a cached call
) -> Setting:
    """`fit` of a form's own words in one face, once however many of it are printed."""
    return replace(fit_anew(parts, width, height, size, floor, evenly=evenly), is_of_form=True)


@lru_cache(maxsize=_KNOWN)
def _flow_known(
    _face: str,
    parts: tuple[Part, ...],
    width: float,
    size: float,
    evenly: bool,  # noqa: FBT001  # of a cached call
) -> Setting:
    """`flow` of a form's own words in one face."""
    return replace(_flow(parts, width, size, evenly=evenly), is_of_form=True)


def _is_of_form(parts: tuple[Part, ...]) -> bool:
    """Whether nothing was filled in: what was is somebody's, and is not kept."""
    for part in parts:  # asked of every cell: a loop takes a third of what `any` does
        if isinstance(part, Words) and part.style is Style.KAI and part.text:
            return False
    return True


def _runs_of(line: tuple[Piece, ...], size: float) -> Iterator[tuple[float, Part]]:
    """Neighbouring words of one style as one, every other part by itself; where each begins."""
    start = 0.0
    for _, run in groupby(line, key=_style_or_self):
        pieces = tuple(run)
        part = pieces[0].part
        if isinstance(part, Words) and len(pieces) > 1:
            texts = (piece.part.text for piece in pieces if isinstance(piece.part, Words))
            part = Words("".join(texts), part.style)
        yield start, part
        start += _width(pieces, size)


def _whole(part: Part) -> Piece:
    """`part` as one piece, cleaned of what has no shape on paper."""
    match part:
        case Words(text, style):
            clean = printable(text)
            return Piece(Words(clean, style), width_of(style, clean.replace("\n", "")))
        case Tick(label, on):
            clean = printable(label).replace("\n", " ")
            em = _TICK_ADVANCE + width_of(Style.SONG, clean) + _TICK_AFTER
            return Piece(Tick(clean, on), em)
        case Blank(width):
            return Piece(part, fixed=width * MM)


def _pieces(whole: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces that are never broken, in order."""
    for piece in whole:
        if not isinstance(piece.part, Words):
            yield piece
            continue
        style = piece.part.style
        for word in words_of(piece.part.text):
            yield Piece(Words(word, style), 0 if word == "\n" else width_of(style, word))


def _lines(pieces: Sequence[Piece], size: float, width: float) -> Iterator[tuple[Piece, ...]]:
    """Break greedily; at least one line."""
    line: list[Piece] = []
    used = 0.0
    for piece in pieces:
        if _is_break(piece):
            yield tuple(line)
            line, used = [], 0.0
            continue
        for part in _narrow(piece, size, width):
            taken = _width((part,), size)
            if line and used + taken > width + 0.01:
                carried = [line.pop()] if len(line) > 1 and _never_begins(part) else []
                yield tuple(line)
                line, used = carried, _width(carried, size)
            line.append(part)
            used += taken
    yield tuple(line)


def _never_begins(piece: Piece) -> bool:
    """Whether a line may not begin with `piece`: closing marks go with what they close."""
    return isinstance(piece.part, Words) and piece.part.text.startswith(tuple(CLOSING))


def _narrow(piece: Piece, size: float, width: float) -> Iterator[Piece]:
    """`piece`, or what it is made of when it is wider than a whole line: words, and characters of
    those that are wider still; a line to write on becomes as short as the room is."""
    if isinstance(piece.part, Blank) and piece.fixed > width:
        yield Piece(Blank(width / MM), fixed=width)
        return
    if not isinstance(piece.part, Words) or _width((piece,), size) <= width:
        yield piece
        return
    style = piece.part.style
    for word in smaller_words(piece.part.text):
        em = width_of(style, word)
        if em * size / 1000 <= width:
            yield Piece(Words(word, style), em)
            continue
        for character in characters_of(word):
            yield Piece(Words(character, style), width_of(style, character))


def _style_or_self(piece: Piece) -> object:
    """What neighbours share to be drawn as one: the style of words; nothing for the others."""
    return piece.part.style if isinstance(piece.part, Words) else id(piece)


def _width(line: Sequence[Piece], size: float) -> float:
    width = 0.0
    for piece in line:
        width += piece.em * size / 1000 + piece.fixed
    return width


def _is_written_on(line: Sequence[Piece]) -> bool:
    return any(isinstance(piece.part, Blank) for piece in line)


def _is_break(piece: Piece) -> bool:
    return isinstance(piece.part, Words) and "\n" in piece.part.text
