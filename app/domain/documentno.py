"""Document numbers: issued without a network, final at once, never the same twice.

County · device · year · serial · check character, as 459901-07-2026-000123-K. The county gives
each device its number, the device counts its own serials within a year, so two laptops can never
print one number. The check character is ISO 7064 MOD 37,36: it catches every single mistyped
character and nearly every exchange of two neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain.problem import Refused

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS: Final = len(_ALPHABET)
_SHAPE: Final = re.compile(r"([0-9]{6})-([0-9]{2,4})-([0-9]{4})-([0-9]{6})-([0-9A-Z])")
_LARGEST_DEVICE: Final = 9999
_LARGEST_SERIAL: Final = 999_999
_YEARS: Final = range(1000, 10_000)


@dataclass(frozen=True, slots=True, order=True)
class DocumentNo:
    """One document number: six figures of the county, then the device, the year and the serial."""

    county: str
    device: int
    year: int
    serial: int

    def __str__(self) -> str:
        """The number as it is printed, check character last."""
        body = f"{self.county}-{self.device:02d}-{self.year}-{self.serial:06d}"
        return f"{body}-{check_character(body)}"


def make(county: str, device: int, year: int, serial: int) -> str:
    """The printed number. Raises ValueError for a part outside its range."""
    if re.fullmatch(r"[0-9]{6}", county) is None:
        raise ValueError("a county code has six figures")
    if not 1 <= device <= _LARGEST_DEVICE or not 1 <= serial <= _LARGEST_SERIAL:
        raise ValueError("device and serial count from 1 to 9999 and 999999")
    if year not in _YEARS:
        raise ValueError("a year has four figures")
    return str(DocumentNo(county, device, year, serial))


def parse(text: str) -> DocumentNo:
    """Read a number as somebody typed it. Raises Refused when it cannot be one of ours."""
    match = _SHAPE.fullmatch(re.sub(r"\s", "", text).upper())
    if match is None:
        raise Refused(
            "这不像一个单据编号，应是“459901-07-2026-000123-K”这样的五段。",
            do="请照纸上的编号再输一遍。",
            code="P-01",
        )
    county, device, year, serial, _ = match.groups()
    number = DocumentNo(county, int(device), int(year), int(serial))
    if str(number) != match.group():
        raise Refused(
            "单据编号的最后一位对不上，有一位输错了。",
            do="请照纸上的编号再输一遍。",
            code="P-02",
        )
    return number


def check(text: str) -> bool:
    """Whether `text` is a whole and correct document number."""
    try:
        parse(text)
    except Refused:
        return False
    return True


def check_character(body: str) -> str:
    """ISO 7064 MOD 37,36 over the letters and figures of `body`; hyphens do not count."""
    remainder = _MODULUS
    for character in body.replace("-", ""):
        remainder = (remainder + _ALPHABET.index(character)) % _MODULUS or _MODULUS
        remainder = remainder * 2 % (_MODULUS + 1)
    return _ALPHABET[(_MODULUS + 1 - remainder) % _MODULUS]
