"""Text nobody should have typed, put into every text of a paper; and what became of it.

Each text is put between two marks of its own, so that what a reader gets back can be told apart
from the form's own words.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from itertools import cycle, islice

from app.documents.fonts import missing, printable
from app.domain.masking import Mask, mask_in_text
from tests import papers, pdfs, records

PIECES = (
    "<b>", "</b>", "</para>", "<para>", "<br/>", "<!--", "-->", "<script>alert(1)</script>",
    "<a href='http://x.invalid/'>点</a>", '<a href="file:///etc/passwd">', "<u>", "<font size=99>",
    "<img src='file:///etc/passwd'/>", '<img src="/etc/hostname" width="9"/>', "<link href='x'>",
    "<onDraw name='x'/>", "<seq id='1'/>", "<super>", "&lt;", "&amp;", "&#0;", "&#x202e;", "]]>",
    "<![CDATA[", "<?xml version='1.0'?>", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>", "&x;",
    "(Tj) ET /JS (app.alert(1))", ") Tj /URI (http://x.invalid)", "<< /Launch >>", "<feff0041>",
    "endstream endobj", "%%EOF", "startxref", "\\", "\\051", "\\\n", "()", ")(", "((((", "))))",
    "=1+1", "@SUM(1)", "{{7*7}}", "${7*7}", "%s%n%d", "{0}", "%(x)s", "'; DROP TABLE x; --",
    "../../../../etc/passwd", "C:\\CON", "http://x.invalid/a?b=c#d", "file:///etc/passwd",
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[2J", "\x7f", "\x80", "\x9f", "\r\n",
    "\r", "\n", "\t", "\u2028", "\u2029", "\u00a0", "\u3000", "\u200b", "\u200d", "\ufeff",
    "\u202e", "\u202a", "\u2066", "\u2069", "\u061c", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631",
    "\ufffe", "\uffff", "\ufdd0", "\U0010ffff", "\ue000", "\uf8ff", "\U000f0000", "\ud800",
    "\udfff", "\ud83d", "e\u0301", "\u0301", "\u20e3", "z\u0351\u0352\u0353\u0354",
    "😀", "👨\u200d👩\u200d👧", "🇨🇳",
    "☑", "□", "■", "㐂䶮", "𬭼𠮷", "𪚥", "葛\U000e0100", "辻\ufe00", "\ufe0f", "\U000e0100",
    "阿·卜",
    "１２３", "ﬁ", "㎏", "①", "Ⅷ", "é", "ß", "ő", "W" * 90, "长" * 120, "9" * 70,
    "，" * 40, "（" * 30,
    "-" * 50, "." * 50, "_" * 50, " " * 30, "", "a b c", "第一行\n第二行", "¥9,999,999.99",
)  # fmt: skip
"""What hostile text is put together from."""

_MONTH = re.compile(r"\d{4}-\d{2}")
"""A month is made by the program and never typed."""
_CODES = {"field", "key"}
_LYING_OPEN = {"F18", "F23", "F24"}
_UNREADABLE = re.compile(
    "[\\s\u0000-\u001f\ufffe\uffff\u00ad\u200b-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""A selector that chooses the usual shape has no glyph of its own to be read off; those that choose
another are held in tests/documents/test_hostile_text.py."""


def strings(count: int, seed: int) -> Iterator[str]:
    """So many hostile texts: every piece by itself, then pieces and any characters at random."""
    chance = random.Random(seed)  # noqa: S311  # texts, not secrets
    for number in range(count):
        if number < len(PIECES):
            yield PIECES[number]
            continue
        picked = chance.choices(PIECES, k=chance.randint(1, 4))
        picked.append("".join(chr(_any_code(chance)) for _ in range(chance.randint(0, 6))))
        chance.shuffle(picked)
        yield "".join(picked)


def _any_code(chance: random.Random) -> int:
    """A code point: of the plane of Chinese names as often as of all the others."""
    return chance.choice((chance.randint(0x3400, 0x9FFF), chance.randint(0, 0x10FFFF)))


def put_into(content: object, texts: Callable[[int], str]) -> tuple[object, int]:
    """`content` with every text of it replaced by `texts(n)`, and how many there were.

    Codes (enum members) are no text: nobody types them.
    """
    count = 0

    def changed(value: object) -> object:
        nonlocal count
        if isinstance(value, Enum):
            return value
        if isinstance(value, str) and not _MONTH.fullmatch(value):
            count += 1
            return texts(count - 1)
        if isinstance(value, tuple) and hasattr(value, "_replace"):
            said = zip(value._fields, value, strict=True)  # a column's field is a code, no text
            return type(value)(*(one if name in _CODES else changed(one) for name, one in said))
        if isinstance(value, tuple | list):
            return type(value)(map(changed, value))
        if isinstance(value, dict):
            return {key: changed(one) for key, one in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value,
                **{each.name: changed(getattr(value, each.name)) for each in fields(value)},
            )
        return value

    made = changed(content)
    return made, count


def marked(number: int, text: str) -> str:
    """`text` between the marks of the text with that number."""
    return f"始{number}即{text}终"


@cache
def shown(code: str) -> tuple[frozenset[int], int]:
    """Which texts of a form stand on its paper as they were given, and how many it has.

    The others choose a box to tick or a sentence, or are cut or masked on purpose.
    """
    form, content = papers.USUAL[code]()
    plain, count = put_into(content, lambda number: marked(number, "文"))
    said = read(form.render(plain, records.stamp(holders=())))
    return frozenset(n for n in range(count) if marked(n, "文") in said), count


def read(pdf: bytes) -> str:
    """What a reader extracts, without the white space lines are broken at."""
    return plain(pdfs.text_of(pdf))


def plain(text: str) -> str:
    """`text` as readers agree on it: no white space, shapes of one character made equal."""
    return _UNREADABLE.sub("", unicodedata.normalize("NFKC", _UNREADABLE.sub("", text)))


def expected(text: str) -> str:
    """What of a typed text a reader must get back: all that has a shape in some font, and a □ for
    each character that has none."""
    cleaned = printable(text)
    for lost in sorted(missing(text), key=len, reverse=True):
        cleaned = cleaned.replace(lost, "□")
    return plain(cleaned)


@dataclass(frozen=True, slots=True)
class Trial:
    """One form with hostile text in every place that takes text."""

    code: str
    pdf: bytes = field(repr=False)
    texts: tuple[tuple[str, ...], ...] = field(repr=False)
    """What must be read on the paper: the texts it shows, between their marks, each in the ways in
    which it may stand there."""

    def lost(self) -> list[str]:
        """The texts a reader does not get back whole.

        A row taller than a page is dealt out line by line over several strips, and readers guess
        at marks of no width: such a form is read as it was drawn, character by character.
        """
        said = read(self.pdf)
        stand = [next((way for way in ways if way in said), None) for ways in self.texts]
        missed = [ways[0] for ways, way in zip(self.texts, stand, strict=True) if way is None]
        if missed:
            wanted = (way or ways[-1] for ways, way in zip(self.texts, stand, strict=True))
            if not Counter("".join(wanted)) - Counter(plain(pdfs.written(self.pdf))):
                return []
        return missed


def trials(count: int, seed: int) -> Iterator[Trial]:
    """Every form again and again, until `count` texts have been put into fields."""
    texts = strings(count, seed)
    for code in cycle(papers.USUAL):
        stand, size = shown(code)
        taken = list(islice(texts, size))
        if not taken:
            return
        taken += [""] * (size - len(taken))
        form, content = papers.USUAL[code]()
        full, _ = put_into(content, lambda number, said=taken: marked(number, said[number]))
        pdf = form.render(full, records.stamp(holders=()))
        yield Trial(code, pdf, tuple(ways_of(code, marked(n, taken[n])) for n in sorted(stand)))


def ways_of(code: str, text: str) -> tuple[str, ...]:
    """How a typed text may stand on a form: as it is, or with its numbers hidden where a paper lies
    open and what was typed is no name and no voucher."""
    if code not in _LYING_OPEN:
        return (expected(text),)
    return expected(text), expected(mask_in_text(text, Mask.MIDDLE_8, phones=True))


class Doors:
    """What the process opened while somebody watched. An audit hook cannot be taken off again, so
    there is one for all."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self._watching = False
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._watching and event in {"open", "socket.connect", "subprocess.Popen", "os.exec"}:
            self.opened.append(f"{event} {arguments[0]}")

    @contextmanager
    def watched(self) -> Iterator[list[str]]:
        """The files, connections and programs opened meanwhile."""
        self.opened.clear()
        self._watching = True
        try:
            yield self.opened
        finally:
            self._watching = False
