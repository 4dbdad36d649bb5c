"""Which font prints which character.

Every style has a chain: its daily subset, its whole file, then the fonts of rare characters. A
character is printed by the first that has it. One that none has is never dropped: it prints as an
empty box to write in by hand, and `missing` names it before anything is printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from struct import error as cut_short
from typing import Final

from app.documents.own_face import OwnFace
from app.documents.truetype import FontFile
from app.domain.problem import Unavailable

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "fonts"

_RARE: Final = ("HanaMinA", "HanaMinB")
_LAST: Final = (*_RARE, "LXGWWenKai-Regular")
"""So that every style has what 楷体 has, which `missing` asks: a county's own heads come in too."""


class Style(Enum):
    """What a piece of text is, and with it the fonts it is set in, in order."""

    SONG = ("daily/NotoSerifSC-Regular", "NotoSerifSC-Regular", *_LAST)
    """Printed words of a form."""
    TITLE = ("daily/NotoSerifSC-Bold", "NotoSerifSC-Bold", "NotoSerifSC-Regular", *_LAST)
    """小标宋 of a form's name."""
    HEI = ("daily/NotoSansSC-Regular", "NotoSansSC-Regular", "NotoSerifSC-Regular", *_LAST)
    """Heads of columns and blocks."""
    KAI = ("daily/LXGWWenKai-Regular", "LXGWWenKai-Regular", "NotoSerifSC-Regular", *_RARE)
    """What was filled in."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character: where it comes from, its width in thousandths of an em, its text."""

    font: str
    number: int
    advance: float
    text: str


_FACE: Final[ContextVar[OwnFace | None]] = ContextVar("own face", default=None)
"""The machine's own 仿宋 that the printed words of the paper being drawn are set in."""

MISSING_ADVANCE: Final = 1000
"""A writing box is one em wide, as a Chinese character is."""

_SELECTOR: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors: they choose a shape of the character before them."""
_NOTHING_BEFORE: Final = re.compile("(^|\n)[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_BREAKS: Final = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_SPACES: Final = {"\t": " ", "\u00a0": " "}


@contextmanager
def printed_in(face: OwnFace | None) -> Iterator[None]:
    """Within the block, on this thread, the words of a form are set in `face` where it has them."""
    token = _FACE.set(face)
    try:
        yield
    finally:
        _FACE.reset(token)


def face_now() -> str:
    """Which face the words of a form are set in just now; "" for the program's own. What is kept of
    a setting is kept by it."""
    face = _FACE.get()
    return "" if face is None else face.reference


def require_fonts() -> None:
    """Ask before a long job that prints at its end. Raises Unavailable P-10."""
    for style in Style:
        _require(style)


def printable(text: str) -> str:
    """`text` as it can stand on paper: every kind of line break is one, tabs are spaces.

    Control and direction characters vanish, because they have no shape and some of them reorder
    what is read; variation selectors stay with their character, and go where they have none.
    """
    if not text.isprintable():
        joined = text.replace("\r\n", "\n").translate(_BREAKS)
        text = "".join(
            _SPACES.get(character, character)
            for character in joined
            if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf"}
        )
    return _NOTHING_BEFORE.sub(r"\1", text) if _SELECTOR.search(text) else text


def glyphs_of(style: Style, text: str) -> list[Glyph | None]:
    """One entry per printed character of one line; None for a character no font has."""
    table = _table(style, _FACE.get() if style is Style.SONG else None)
    return [table[cluster] for cluster in (clusters(text) if _SELECTOR.search(text) else text)]


def width_of(style: Style, text: str) -> float:
    """The width of one line in thousandths of an em."""
    return sum(
        MISSING_ADVANCE if glyph is None else glyph.advance for glyph in glyphs_of(style, text)
    )


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that would print as an empty box, each once, in order.

    Raises Unavailable when the fonts are not set up.
    """
    found = (
        cluster
        for cluster in clusters(printable(text).replace("\n", ""))
        if _table(Style.KAI, None)[cluster] is None
    )
    return tuple(dict.fromkeys(found))


def clusters(text: str) -> Iterator[str]:
    """The characters of `text`, each with the variation selectors that follow it."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _SELECTOR.match(text[index]):
            yield text[start:index]
            start = index


def opened(font: str) -> FontFile | None:
    """The file of a glyph's font: one of ours, or the face of the paper being drawn."""
    face = _FACE.get()
    if face is not None and font == _called(face):
        return face.file
    return font_file(font)


def _called(face: OwnFace) -> str:
    """How its glyphs name it: by its bytes too, for two can have one name."""
    return f"own/{face.sha256}/{face.name}"


@cache
def font_file(name: str) -> FontFile | None:
    """The font file of that name, opened once; None for an optional one that was left out.

    Raises Unavailable P-10 for a damaged one: what the next font prints instead looks otherwise,
    and a paper that was printed before would be called false.
    """
    path = FOLDER / f"{name}.ttf"
    try:
        return FontFile(path) if path.is_file() else None
    except (OSError, ValueError, LookupError, cut_short) as error:
        raise _no_fonts("打印用的字体文件坏了。") from error


class _Table(dict[str, Glyph | None]):
    """What is known about the characters of one style; looks further when it is not."""

    def __init__(self, style: Style, face: OwnFace | None) -> None:
        super().__init__()
        self._style = style
        self._face = face

    def __missing__(self, cluster: str) -> Glyph | None:
        files = [(name, file) for name in self._style.value if (file := font_file(name))]
        if self._face is not None:
            files.insert(0, (_called(self._face), self._face.file))
        glyph = self[cluster] = _search(files, cluster)
        return glyph


@cache
def _table(style: Style, face: OwnFace | None) -> _Table:
    """The table of `style`. Raises Unavailable P-10 when none of its fonts is there."""
    _require(style)
    return _Table(style, face)


def _require(style: Style) -> None:
    if not any(map(font_file, style.value)):
        raise _no_fonts("打印用的字体不在这台电脑上。")


def _no_fonts(what: str) -> Unavailable:
    return Unavailable(what, do="请重新运行一次安装，再打印。", code="P-10")


def _search(files: list[tuple[str, FontFile]], cluster: str) -> Glyph | None:
    """Ask the chain: first for the exact variant, then for the plain character."""
    code, selectors = ord(cluster[0]), [ord(selector) for selector in cluster[1:]]
    if _is_private(code):
        return None
    for name, file in files:
        number = file.variants.get((code, selectors[0])) if selectors else None
        if number:
            return Glyph(name, number, file.advance(number), cluster)
    for name, file in files:
        number = file.glyphs.get(code)
        if number:
            return Glyph(name, number, file.advance(number), cluster)
    return None


def _is_private(code: int) -> bool:
    """Whether the code point means nothing by itself: private use, or half of a pair."""
    return unicodedata.category(chr(code)) in {"Co", "Cs"}
