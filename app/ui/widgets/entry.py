"""Reading what fingers type: full-width digits, sums, short dates, spaced ID numbers. No Qt."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from app.domain.money import Money
from app.domain.problem import Refused
from app.ui.widgets.folding import fold

_TERM: Final = re.compile(r"([+-]?)([^+-]+)")
_THOUSANDS: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
"""A comma before three figures; before one or two it stands for the point, or for nothing."""
_WORDS: Final = {
    "今天": 0,
    "jt": 0,
    "昨天": -1,
    "zt": -1,
    "前天": -2,
    "qt": -2,
}
"""The initials stand beside the words because date fields keep the input method off."""
_WEEKDAYS: Final = "一二三四五六日"
_MOBILE: Final = re.compile(r"(1\d{2})(\d{4})(\d{4})")
_GAP: Final = "\N{NO-BREAK SPACE}"
_MOST_FIGURES: Final = 13
"""Whole yuan are written with no more figures; capital writing reaches as far."""
_MONTH_DAY = 4
_YEAR_MONTH_DAY = 8


def sum_of(text: str) -> Money:
    """Add up "1500+700" or "800-50.5" (yuan). Raises Refused when it is no sum or is below zero."""
    compact = _THOUSANDS.sub("", re.sub(r"[\s元¥]", "", fold(text).replace("，", ",")))
    terms = _TERM.findall(compact)
    if not terms or "".join(sign + figure for sign, figure in terms) != compact:
        raise Refused(
            "这里要填金额，比如 800、800.50 或 1500+700。",
            do="请只用数字和加号，单位是元。",
            code="F-51",
        )
    total = Money(0)
    for sign, figure in terms:
        if len(figure.split(".")[0].lstrip("0")) > _MOST_FIGURES:
            raise Refused(
                "金额太大了，是不是多按了几个数字？", do="请看一下再填，单位是元。", code="F-54"
            )
        term = Money.parse(figure)
        total = total - term if sign == "-" else total + term
    if total.fen < 0:
        raise Refused("金额不能是负数。", do="请核对加减的数。", code="F-52")
    return total


def money_text(money: Money) -> str:
    """Yuan as typed: no grouping, no needless ".00"."""
    text = str(money)
    return text.removesuffix(".00")


_LIFETIME: Final = 130
_AHEAD: Final = 60
"""So many years back or ahead a day may lie: the birth of the oldest, the end of a certificate."""


def read_date(text: str, today: date, *, past: bool) -> date:
    """A day from "3.2", "0302", "20260302", "2026-3-2", "2026年3月2日", "昨天" or "zt".

    Without a year it is the nearest such day not after `today` (`past`) or not before it.
    Raises Refused when it is no day, or one no paper of a village is about: 206 for 2026.
    """
    compact = re.sub(r"\s|星期.?|周.?", "", fold(text)).lower()
    if compact in _WORDS:
        return today + timedelta(days=_WORDS[compact])
    parts = [int(part) for part in re.findall(r"\d+", compact)]
    digits = compact if compact.isdecimal() else ""
    if len(digits) == _MONTH_DAY:
        parts = [int(digits[:2]), int(digits[2:])]
    elif len(digits) == _YEAR_MONTH_DAY:
        parts = [int(digits[:4]), int(digits[4:6]), int(digits[6:])]
    try:
        return _day_of(parts, today, past=past)
    except ValueError:
        raise Refused(
            "这个日期没看懂。",
            do="请写成 3.2、0302 或 2026-3-2 这样，昨天可以写 zt。",
            code="F-53",
        ) from None


def _day_of(parts: list[int], today: date, *, past: bool) -> date:
    """The day of [day], [month, day] or [year, month, day]. Raises ValueError otherwise."""
    match parts:
        case [year, month, day]:
            found = date(year + 2000 if year < 100 else year, month, day)  # noqa: PLR2004
            if not -_LIFETIME <= found.year - today.year <= _AHEAD:
                raise ValueError("not a day of anybody here")
            return found
        case [month, day]:
            return _nearest(month, day, today, past=past)
        case _:
            raise ValueError("not a date")


def _nearest(month: int, day: int, today: date, *, past: bool) -> date:
    """The nearest `month`-`day` on the wanted side of `today`: this year, else the one beside it.

    29 February of neither is a slip for the 28th: ValueError, as for any day that is none.
    """
    aside = -1 if past else 1
    for year in (today.year, today.year + aside):
        if month == 2 and day == 29 and not _is_leap(year):  # noqa: PLR2004
            continue
        found = date(year, month, day)
        if (found <= today) if past else (found >= today):
            return found
    raise ValueError("not a date")


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def date_text(day: date) -> str:
    """2026年3月2日 星期一."""
    return f"{plain_date(day)} 星期{_WEEKDAYS[day.weekday()]}"


def plain_date(day: date) -> str:
    """2026年3月2日, where nobody asks for the day of the week."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """3月2日, for lists where the year is plain."""
    return f"{day.month}月{day.day}日"


def grouped_phone(phone: str | None) -> str:
    """A mobile number as it is read aloud, 3-4-4; the gaps never break at the end of a line."""
    found = _MOBILE.fullmatch(phone or "")
    return _GAP.join(found.groups()) if found else phone or ""


def compact_id(text: str) -> str:
    """An ID number without its spaces, folded and in upper case."""
    return re.sub(r"\s", "", fold(text)).upper()


def grouped_id(compact: str) -> str:
    """6-8-4 as far as typed: "459901 19580309 001X"."""
    return " ".join(part for part in (compact[:6], compact[6:14], compact[14:]) if part)
