"""Values as papers write them: dates, sums, ages, yes and no (ux §3, Values)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from app.domain.clock import CHINA
from app.domain.money import Money
from app.domain.people import spaced_id_number

_CERTIFICATE: Final = re.compile(r"\d{17}[\dX]\d\d(?:B\d+)?", re.ASCII)
"""GB 11643's number, kind, level, and how often it was issued again."""
_ID: Final = 18
_MOBILE: Final = re.compile(r"(1\d{2})[ \xa0-]?(\d{4})[ \xa0-]?(\d{4})")
_AMOUNT: Final = re.compile(r"(?<![\d,.])\d{4,}\.\d\d(?![\d.]| ?版)")


def day(value: date | None) -> str:
    """2026年3月1日, without leading zeros; empty for None."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def month(value: date | None) -> str:
    """2026年3月; empty for None."""
    return f"{value.year}年{value.month}月" if value else ""


def minute(value: datetime | None) -> str:
    """2026年3月1日10时05分 in China, for an aware instant; empty for None."""
    if value is None:
        return ""
    local = value.astimezone(CHINA)
    return f"{day(local.date())}{local.hour}时{local.minute:02d}分"


def yuan(value: Money | None) -> str:
    """¥1,234.50; empty for None."""
    if value is None:
        return ""
    return f"-¥{(-value).grouped()}" if value.fen < 0 else f"¥{value.grouped()}"


def grouped_in(text: str) -> str:
    """A formula or a sentence with its amounts grouped: 2,600.00 × 12. A pack's 2026.12 版 is
    none."""
    return _AMOUNT.sub(lambda found: Money.parse(found[0]).grouped(), text)


def capitals(value: Money | None) -> str:
    """人民币捌佰元整; empty for None."""
    return value.in_words() if value is not None else ""


def age(birth: date | None, on: date) -> int | None:
    """Whole years of age on a day."""
    if birth is None:
        return None
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def certificate(number: str | None) -> str:
    """The number of a 残疾人证: the ID number in its groups, and what stands behind it."""
    said = number or ""
    return f"{spaced(said[:_ID])} {said[_ID:]}" if _CERTIFICATE.fullmatch(said) else said


def phone(number: str | None) -> str:
    """A mobile number 3-4-4 as it is read aloud, never broken; anything else as it is."""
    found = _MOBILE.fullmatch(number or "")
    return "\N{NO-BREAK SPACE}".join(found.groups()) if found else number or ""


def committee(unit: str) -> str:
    """Whose seal it is: a village's is that of its 村民委员会; another unit's is its own."""
    return f"{unit}民委员会" if unit.endswith("村") else unit


def spaced(id_number: str | None) -> str:
    """6-8-4 for a resident number; anything else as it is; empty for None."""
    if not id_number:
        return ""
    return spaced_id_number(id_number) if len(id_number) == 18 else id_number  # noqa: PLR2004


def yes_no(value: bool | None) -> str:  # noqa: FBT001  # a fact, not a switch
    """是 or 否; empty when not known."""
    return "" if value is None else "是" if value else "否"
