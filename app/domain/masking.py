"""How much of an ID number an export shows: the six ways townships ask for (ux §4.3, Export)."""

from __future__ import annotations

import re
from typing import Final

from app.domain.words import Word


class Mask(Word):
    """One way to show or hide an ID number."""

    FULL = "full", "全号"
    MIDDLE_8 = "middle_8", "藏中间8位"
    MIDDLE_6 = "middle_6", "藏中间6位"
    LAST_8 = "last_8", "藏后8位"
    ONLY_LAST_4 = "only_last_4", "只留后4位"
    NONE = "none", "不要"


_HIDDEN: Final = {Mask.MIDDLE_8: 8, Mask.MIDDLE_6: 6, Mask.LAST_8: 8}
_TAIL: Final = {Mask.MIDDLE_8: 4, Mask.MIDDLE_6: 6, Mask.LAST_8: 0}
"""How many figures are hidden, and how many stay to the right of them."""
_LAST: Final = 4

_APART: Final = r"[^\w，,、。；;：:！!？?“”‘’\"'《》%％+＋=＝]|_"
_GAP: Final = rf"(?:(?:{_APART}){{0,4}}|(?<=\d{{4}})[,，、]\s?)"
"""What people put between the figures of a number they copy or hear read out: anything but letters
and what ends a phrase or adds up sums; a comma only behind four figures."""
_D: Final = r"[\dOoＯｏ]"
"""A figure, or the letter that is typed for nought."""
_MORE: Final = rf"(?:{_GAP}{_D})"
_LONG: Final = (
    rf"(?<!\d)(?:\d{_MORE}{{16}}{_GAP}(?:{_D}|[XxＸｘ×])|\d{_MORE}{{14}}"
    rf"|\d{_MORE}{{15,23}}|\d{{12,}})(?!\d)"
)
"""A resident number, an older one, a bank card's, or an account's, in whatever groups."""
_OTHER_CARD: Final = r"(?<![A-Za-z\d])[A-Za-zＡ-Ｚａ-ｚ]{1,2}\d{7,10}(?!\d)"
"""A passport's, a permit's of Hong Kong, Macao and Taiwan."""
_BIT: Final = rf"(?:(?:{_APART}){{0,2}}\d)"
_PHONE: Final = (
    rf"(?<!\d)(?:(?:\+?86(?:{_APART}){{0,2}})?[1１][3-9３-９]{_BIT}{{9}}"
    rf"|[0０]\d{{2,3}}(?:{_APART}){{0,2}}\d{{3,4}}(?:{_APART}){{0,2}}\d{{4}})(?!\d)"
    rf"(?!{_GAP}\d{{6}}[\dXxＸｘ](?!\d))"
)
"""Not what a resident's number begins with, of which seven figures are left."""
_DAY: Final = r"(?<!\d)(?:\d{4}(?P<mark>[-./])\d{1,2}(?P=mark)\d{1,2}|(?:19|20)\d{6})(?!\d)"
_PAPER: Final = r"\d{6}-\d{2,}-\d{4}-\d{6}-[0-9A-Z]"
"""The number a paper carries (`app.domain.documentno`)."""
_IN_TEXT: Final = re.compile(
    rf"(?P<other>{_DAY}|{_PAPER})|(?P<phone>{_PHONE})|(?P<long>{_LONG}|{_OTHER_CARD})"
)
_CARD: Final = frozenset({15, 18})
"""How long the numbers of resident cards are and were."""


def mask_number(number: str | None, mask: Mask) -> str:
    """`number` with stars where `mask` hides; "" for none, and for `Mask.NONE`.

    A number too short for its mask is hidden whole rather than shown by accident: other papers
    than resident cards have other lengths.
    """
    if not number or mask is Mask.NONE:
        return ""
    if mask is Mask.FULL:
        return number
    hidden, tail = _HIDDEN.get(mask, len(number) - _LAST), _TAIL.get(mask, _LAST)
    head = len(number) - hidden - tail
    if head < 0 or hidden <= 0:
        return "*" * len(number)
    return number[:head] + "*" * hidden + number[len(number) - tail :]


def in_the_open(mask: Mask) -> Mask:
    """`mask` for what has no password, where nobody sees a whole number."""
    return Mask.MIDDLE_8 if mask is Mask.FULL else mask


def mask_in_text(text: str, mask: Mask, *, phones: bool) -> str:
    """`text` with the numbers in it hidden as `mask` hides them in a column, telephone numbers
    whole with `phones`.

    Other long numbers (accounts) stay only where whole ID numbers do.
    """

    def hidden(found: re.Match[str]) -> str:
        if found["other"]:
            return found[0]
        said = "".join(filter(str.isalnum, found[0].replace("×", "X")))
        if found["phone"]:
            return "*" * len(said) if phones else found[0]
        if mask is Mask.FULL:
            return found[0]
        shown = mask_number(said, mask) if len(said) in _CARD else ""
        return shown or "*" * len(said)

    return _IN_TEXT.sub(hidden, text)


def has_long_number(text: str) -> bool:
    """Whether a number stands in `text` that is a card's or an account's."""
    return any(found["long"] for found in _IN_TEXT.finditer(text))


def has_mobile(text: str) -> bool:
    """Whether a mobile telephone's number stands in `text`; an office's with its area code is
    none."""
    told = (found["phone"] for found in _IN_TEXT.finditer(text) if found["phone"])
    figures = ("".join(filter(str.isdecimal, one)) for one in told)
    return any(one.removeprefix("86").startswith(("1", "１")) for one in figures)
