"""Reads a year's working days (the State Council's notice) from TOML, strictly.

A calendar is believed only when its days add up: make-up days are weekends, and the weekdays off
less the make-up days are as many as the law's own holidays. Raises Refused (C-01 … C-04, C-10).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from app.domain.workdays import CalendarYear
from app.rules import kinds, strict
from app.rules.strict import Record, join, known_keys, refuse, required

LARGEST: Final = 64 << 10
"""Bytes of one year's file."""
_YEAR: Final = frozenset(
    {"year", "document", "statutory_days", "confidence", "holidays", "make_up_workdays"}
)
_HOLIDAY: Final = frozenset({"name", "from", "to"})
_SATURDAY: Final = 5
_DECEMBER: Final = 12
_LONGEST_HOLIDAY: Final = 20


def parse_calendar_year(file: str, data: bytes) -> CalendarYear:
    """The year in `data`; `file` is the name its refusals show."""
    record = _toml(file, data)
    at = f"{file}:"
    known_keys(record, at, _YEAR)
    strict.as_text(required(record, "confidence", at), join(at, "confidence"))
    year = strict.as_count(required(record, "year", at), join(at, "year"), least=2000, most=2200)
    off = frozenset(
        day
        for days in strict.rows(
            required(record, "holidays", at), join(at, "holidays"), _holiday, longest=60
        )
        for day in days
    )
    on = _days(record, at)
    _check_year(file, year, off | on)
    _check_sum(record, at, off, on)
    return CalendarYear(
        year=year,
        document=strict.as_text(required(record, "document", at), join(at, "document")),
        off=off,
        on=on,
    )


def parse_calendars(files: Iterable[tuple[str, bytes]]) -> dict[int, CalendarYear]:
    """Several years by their number. Raises Refused as for one, and C-10 for a year twice."""
    years: dict[int, CalendarYear] = {}
    for file, data in files:
        year = parse_calendar_year(file, data)
        if year.year in years:
            refuse(f"{file}: year", "这一年的日历给了两份。", code="C-10")
        years[year.year] = year
    return years


def _toml(file: str, data: bytes) -> Record:
    if len(data) > LARGEST:
        refuse(file, f"文件太大，最多 {LARGEST // 1024} KB。", code="C-01")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        refuse(file, "文件不是完整的 TOML。", code="C-01")


def _holiday(record: Record, path: str) -> list[date]:
    """Every day of one holiday."""
    known_keys(record, path, _HOLIDAY)
    strict.as_text(required(record, "name", path), join(path, "name"))
    first = _day(required(record, "from", path), join(path, "from"))
    last = _day(required(record, "to", path), join(path, "to"))
    length = (last - first).days + 1
    if not 1 <= length <= _LONGEST_HOLIDAY:
        refuse(join(path, "to"), "放假的截止日不对。", code="C-10")
    return [first + timedelta(days=n) for n in range(length)]


def _days(record: Record, at: str) -> frozenset[date]:
    path = join(at, "make_up_workdays")
    days = strict.as_list(required(record, "make_up_workdays", at), path, longest=60)
    return frozenset(_day(day, f"{path}[{n}]") for n, day in enumerate(days))


def _day(value: object, path: str) -> date:
    try:
        return kinds.day(value, "")
    except ValueError as error:
        refuse(path, str(error))


def _check_year(file: str, year: int, days: Iterable[date]) -> None:
    """Its own days, and those of the December before: New Year's day may borrow from them."""
    if any(day.year != year and (day.year, day.month) != (year - 1, _DECEMBER) for day in days):
        refuse(f"{file}: year", "里面有别的年份的日子。", code="C-10")


def _check_sum(record: Record, at: str, off: frozenset[date], on: frozenset[date]) -> None:
    """Make-up days are weekends and pay back exactly what was borrowed."""
    path = join(at, "make_up_workdays")
    if any(day.weekday() < _SATURDAY for day in on) or off & on:
        refuse(path, "调休上班的日子应当是不放假的周六、周日。", code="C-10")
    statutory = strict.as_count(
        required(record, "statutory_days", at), join(at, "statutory_days"), least=1, most=30
    )
    if sum(day.weekday() < _SATURDAY for day in off) - len(on) != statutory:
        refuse(path, "放假和调休的天数对不上。", code="C-10")
