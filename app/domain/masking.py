"""How much of an ID number an export shows: the six ways townships ask for (ux §4.3, Export)."""

from __future__ import annotations

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
