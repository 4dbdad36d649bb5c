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

_LONG: Final = r"(?<!\d)(?:\d{6}[ \-]?\d{8}[ \-]?\d{3}[\dXxＸｘ]|\d{15}|\d{12,})(?!\d)"
"""A resident number, also grouped as it stands on the card, an older one, or an account's."""
_PHONE: Final = (
    r"(?<!\d)(?:(?:\+?86[ \-]?)?[1１]\d{2}[ \-]?\d{4}[ \-]?\d{4}|[0０]\d{2,3}[ \-]?\d{7,8})(?!\d)"
)
_IN_TEXT: Final = re.compile(f"(?P<phone>{_PHONE})|(?P<long>{_LONG})")
_GAPS: Final = str.maketrans({" ": None, "-": None})
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
        said = found[0].translate(_GAPS)
        if found["phone"]:
            return "*" * len(said) if phones else found[0]
        if mask is Mask.FULL:
            return found[0]
        shown = mask_number(said, mask) if len(said) in _CARD else ""
        return shown or "*" * len(said)

    return _IN_TEXT.sub(hidden, text)
