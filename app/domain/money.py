"""Money: whole fen, never a float.

Amounts are read from text in yuan with at most two decimals, kept as an integer number of fen and
written back as text. Only a policy pack may round, and only in the one place it names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from app.domain.problem import Refused

_YUAN: Final = re.compile(r"(-?)(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?")
_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿", "兆")
_FULL_GROUP: Final = 1000
"""A group of four figures below this starts with a zero that is read."""
LARGEST_FEN: Final = 10**15 - 1
"""¥9,999,999,999,999.99: the largest sum the capital writing covers."""


@dataclass(frozen=True, slots=True, order=True, init=False)
class Money:
    """A sum in whole fen (0.01 yuan); may be negative."""

    fen: int

    def __init__(self, fen: int) -> None:
        # written out: a check after the generated one would double the cost of every amount
        if type(fen) is not int:
            raise TypeError(f"money is whole fen, got {type(fen).__name__}")
        object.__setattr__(self, "fen", fen)

    @classmethod
    def yuan(cls, yuan: int) -> Self:
        """`yuan` whole yuan."""
        return cls(yuan * 100)

    @classmethod
    def parse(cls, text: str, *, field: str | None = None) -> Self:
        """Read yuan such as "1045.00" or "800". Raises Refused for anything else."""
        match = _YUAN.fullmatch(text)
        if match is None:
            raise Refused(
                "金额写法不对，应是“800”或“800.50”这样的元数，最多两位小数。",
                do="请改好这个金额再试。",
                code="M-01",
                field=field,
            )
        sign, whole, cents = match.groups("")
        fen = int(whole + cents.ljust(2, "0"))
        return cls(-fen if sign else fen)

    def __str__(self) -> str:
        """Yuan with two decimals and no grouping: "-7200.00"."""
        sign = "-" if self.fen < 0 else ""
        digits = str(abs(self.fen)).zfill(3)
        return f"{sign}{digits[:-2]}.{digits[-2:]}"

    def grouped(self) -> str:
        """Yuan for reading: "1,234.50"."""
        sign = "-" if self.fen < 0 else ""
        whole, cents = divmod(abs(self.fen), 100)
        return f"{sign}{whole:,}.{cents:02d}"

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __mul__(self, times: int) -> Money:
        return Money(self.fen * times)

    def in_words(self) -> str:
        """The sum in capital figures for cheques and receipts: "人民币捌佰元整".

        整 follows 元 and 角, never 分; a gap between figures reads 零 once.
        Raises ValueError for a negative sum or one above `LARGEST_FEN`.
        """
        if not 0 <= self.fen <= LARGEST_FEN:
            raise ValueError("only sums from zero to LARGEST_FEN are written in capitals")
        yuan, cents = divmod(self.fen, 100)
        jiao, fen = divmod(cents, 10)
        words = _integer_in_words(yuan) + "元" if yuan else ""
        if not cents:
            return f"人民币{words or '零元'}整"
        if jiao:
            gap = "零" if yuan and yuan % 10 == 0 else ""
            words += f"{gap}{_DIGITS[jiao]}角"
        elif yuan:
            words += "零"
        words += f"{_DIGITS[fen]}分" if fen else "整"
        return f"人民币{words}"


def _integer_in_words(number: int) -> str:
    """Capital figures of a positive integer below 10**16, without the unit."""
    words = ""
    gap = False
    for index in reversed(range(len(_GROUPS))):
        group = number // 10 ** (4 * index) % 10_000
        if not group:
            gap = gap or bool(words)
            continue
        if words and (gap or group < _FULL_GROUP):
            words += "零"
        words += _group_in_words(group) + _GROUPS[index]
        gap = group % 10 == 0
    return words


def _group_in_words(group: int) -> str:
    """Capital figures of 1…9999; inner gaps read 零 once, outer ones not at all."""
    words = ""
    gap = False
    for index in reversed(range(4)):
        digit = group // 10**index % 10
        if not digit:
            gap = gap or bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[index]
        gap = False
    return words
