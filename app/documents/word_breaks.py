"""Where a line of Chinese may break: what of a text stays whole, from the longest to the shortest.

A line never begins with closing punctuation nor ends with an opening bracket. An amount keeps its ¥
and a day its year; a short remark in brackets stays whole while it has room.
"""

from __future__ import annotations

import re
from typing import Final

CLOSING: Final = "，。、；：！？）〕」』》”’】…％℃)·"
"""Marks that never begin a line, the dot of long names among them."""

_BELONGING: Final = (
    r"[\ufe00-\ufe0f\U000e0100-\U000e01ef\u0300-\u036f\u20d0-\u20f0\u302a-\u302f\u3099\u309a]*"
)
"""What is part of the character before it: variation selectors, accents and other marks on it."""
_DAY: Final = (
    r"\d{1,4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{1,2}时\d{2}分|　*年　+月　+日"
)
"""A day, a month of a year, a time of day, and a day to write by hand."""
_REMARK: Final = rf"[（〔(][^（）〔〕()\n]{{1,6}}[）〕)]{_BELONGING}"
"""A few words in brackets, such as （盖章）."""
_LEAST: Final = rf"(?:[!-'*-~]{_BELONGING})+|.{_BELONGING}"
_BEFORE: Final = rf"(?:[（〔「『《“‘【(¥￥]{_BELONGING})*"
_AFTER: Final = rf"(?:[{re.escape(CLOSING)}]{_BELONGING})* *"
_WORD: Final = re.compile(rf"\n|(?:{_REMARK}|{_BEFORE}(?:{_DAY}|{_LEAST})){_AFTER}")
_SMALLER: Final = re.compile(rf"{_BEFORE}(?:{_DAY}|{_LEAST}){_AFTER}")
_CHARACTER: Final = re.compile(f".{_BELONGING}")
_NUMBER: Final = re.compile(
    rf"[（(]?(?:-?[¥￥]?-?\d[\d,.]*(?:-[\d,.A-Z]+)*[X%]?|{_DAY})[，。、；：）)]* *"
)
"""Amounts, days, and what a paper or a voucher is called by: digits in groups, with hyphens."""


def words_of(text: str) -> list[str]:
    """What is not broken while a line has room for it; a line break is a word of its own."""
    return _WORD.findall(text)


def smaller_words(text: str) -> list[str]:
    """What a word wider than a line is broken into first."""
    return _SMALLER.findall(text)


def characters_of(text: str) -> list[str]:
    """The characters, each with the marks on it."""
    return _CHARACTER.findall(text)


def is_number(text: str) -> bool:
    """Whether a word is an amount, a number or a day: broken in two it would be read as two."""
    return _NUMBER.fullmatch(text) is not None
