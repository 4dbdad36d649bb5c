"""Relation to the head as GB/T 4761-2008 codes it, in one digit or two."""

from __future__ import annotations

import re
from typing import Final

from app.domain.people import Relation

_TWO_DIGITS: Final = re.compile(r"[0-9]{2}")
_WORDS: Final = {relation.value: relation for relation in Relation}

_ONE_DIGIT: Final = {
    "0": Relation.HEAD,
    "1": Relation.SPOUSE,
    "2": Relation.CHILD,
    "3": Relation.CHILD,
    "4": Relation.GRANDCHILD,
    "5": Relation.PARENT,
    "6": Relation.GRANDPARENT,
    "7": Relation.SIBLING,
    "8": Relation.OTHER,
}

_TENS: Final = {
    "1": Relation.SPOUSE,
    "2": Relation.CHILD,
    "3": Relation.CHILD,
    "4": Relation.GRANDCHILD,
    "5": Relation.PARENT,
    "6": Relation.GRANDPARENT,
    "7": Relation.SIBLING,
    "8": Relation.OTHER,
    "9": Relation.OTHER,
}

_BY_MARRIAGE: Final = {
    "28": Relation.CHILD_IN_LAW,
    "38": Relation.CHILD_IN_LAW,
    "53": Relation.OTHER,
    "54": Relation.OTHER,
    "55": Relation.OTHER,
    "56": Relation.OTHER,
    "72": Relation.OTHER,
    "74": Relation.OTHER,
    "76": Relation.OTHER,
    "78": Relation.OTHER,
}
"""Within a decade of blood relations, those who married in owe no support by law."""


def relation_of(code: str) -> Relation | None:
    """The relation for one of our words or a GB/T 4761 code; None for neither."""
    if code in _WORDS:
        return _WORDS[code]
    if len(code) == 1:
        return _ONE_DIGIT.get(code)
    if code in {"01", "02"}:
        return Relation.HEAD
    if _TWO_DIGITS.fullmatch(code):
        return _BY_MARRIAGE.get(code) or _TENS.get(code[0])
    return None
