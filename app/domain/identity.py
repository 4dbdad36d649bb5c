"""Resident identity numbers (GB 11643-1999): read strictly, refused in words that help.

Eighteen characters: six of area, eight of birth, three of sequence (odd for men), one check
character by MOD 11-2. The area is not looked up: counties are renamed and abolished, permits of
Hong Kong, Macao and Taiwan residents begin with 81–83, and a number outlives its county.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.people import Sex
from app.domain.problem import Refused

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_SHAPE: Final = re.compile(r"[0-9]{17}[0-9X]")
_OLD_SHAPE: Final = re.compile(r"[0-9]{15}")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}|[0-9]{16,18}\.0*")
_SEQUENCES: Final = range(1, 1000)
LONGEST_LIFE: Final = 130
"""Years. A birth further back than this is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that stands: compact and upper case, with what can be read off it.

    `area` is the six-digit code of the place of first registration, not of residence. Its repr
    shows nothing, because reprs reach logs.
    """

    text: str
    area: str
    birth: date
    sex: Sex

    def __repr__(self) -> str:
        return "IdNumber(…)"

    @property
    def is_doubtful(self) -> bool:
        """True when it stands yet ends as a spreadsheet would have left it (one in eleven)."""
        return self.text.endswith("000")

    def age_on(self, on: date) -> int:
        """Full years on the day `on`."""
        return age_on(self.birth, on)


def parse_id_number(text: str, *, on: date) -> IdNumber:
    """Read a resident identity number; `on` is the day births may not lie after.

    Lower-case x, full-width characters and spaces are accepted. Raises Refused: I-01 wrong shape,
    I-02 the old fifteen digits, I-03 ruined by a spreadsheet, I-04 impossible birth date,
    I-05 wrong check character.
    """
    compact = _compact(text)
    if _OLD_SHAPE.fullmatch(compact):
        raise _refused(
            "这是15位的老身份证号，现在都用18位的。",
            do="请照着现在的身份证，把18位号码填全。",
            code="I-02",
        )
    if _is_ruined(compact):
        raise _refused(
            "身份证号被 Excel 弄坏了，后面几位已经丢了，补不回来。",
            do="请对着身份证重新填，或者请县里把这一列设成“文本”再发一次。",
            code="I-03",
        )
    if not _SHAPE.fullmatch(compact):
        raise _refused(
            "身份证号应是18位：前17位是数字，最后一位是数字或 X。",
            do="请对着身份证再看一遍。",
            code="I-01",
        )
    birth = _birth(compact, on)
    if check_character(compact[:17]) != compact[17]:
        raise _refused(
            "身份证号有一位不对，最后一位和前面的数字对不上。",
            do="请对着身份证一位一位核对。",
            code="I-05",
        )
    return IdNumber(compact, compact[:6], birth, Sex.MALE if int(compact[16]) % 2 else Sex.FEMALE)


def make_id_number(area6: str, birth: date, serial: int) -> str:
    """The number a synthetic person would have; `serial` 1…999, odd for men.

    Areas of synthetic people begin with 459901: a valid province, a county nobody has.
    Raises ValueError for an area that is not six digits or a serial out of range.
    """
    if not re.fullmatch(r"[0-9]{6}", area6):
        raise ValueError("an area code is six digits")
    if serial not in _SEQUENCES:
        raise ValueError(f"a serial is 1…999, got {serial}")
    first17 = f"{area6}{birth:%Y%m%d}{serial:03d}"
    return first17 + check_character(first17)


def check_character(first17: str) -> str:
    """The eighteenth character for seventeen digits (GB 11643, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def age_on(birth: date, on: date) -> int:
    """Full years from `birth` to `on`; the birthday itself counts, 29 February becomes 1 March.

    Negative when `on` lies before `birth`.
    """
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _compact(text: str) -> str:
    """Half width, upper case, without spaces and without the marks copying leaves behind."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


def _is_ruined(compact: str) -> bool:
    """Whether a spreadsheet took it for a number: fifteen digits survive, the rest is noughts.

    A true number may end in 000; then its check character is right and its sequence is not 000.
    """
    if _SCIENTIFIC.fullmatch(compact):
        return True
    if not _SHAPE.fullmatch(compact) or not compact.endswith("000"):
        return False
    return compact[14:17] == "000" or check_character(compact[:17]) != "0"


def _birth(compact: str, on: date) -> date:
    """The birth date inside the number. Raises Refused (I-04) for one that cannot be."""
    try:
        birth = date(int(compact[6:10]), int(compact[10:12]), int(compact[12:14]))
    except ValueError:
        raise _refused(
            "身份证号里的出生日期不存在。", do="请对着身份证核对第7到14位。", code="I-04"
        ) from None
    if birth > on:
        raise _refused(
            "身份证号里的出生日期在今天之后。", do="请对着身份证核对第7到14位。", code="I-04"
        )
    if age_on(birth, on) > LONGEST_LIFE:
        raise _refused(
            "身份证号里的出生年份太早了。", do="请对着身份证核对第7到10位。", code="I-04"
        )
    return birth


def _refused(what: str, *, do: str, code: str) -> Refused:
    return Refused(what, do=do, code=code, field="id_number")
