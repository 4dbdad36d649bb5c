"""Working days as plain values, so that today's list can count in them without reading a pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.domain.workdays import CalendarYear, WorkdayCalendar


def calendar_rows(calendar: WorkdayCalendar) -> tuple[dict[str, Any], ...]:
    """One JSON object for each year whose notice is loaded."""
    return tuple(
        {
            "year": year.year,
            "document": year.document,
            "off": sorted(day.isoformat() for day in year.off),
            "on": sorted(day.isoformat() for day in year.on),
        }
        for _, year in sorted(calendar.years.items())
    )


def calendar_of(rows: Iterable[Mapping[str, Any]]) -> WorkdayCalendar:
    """The calendar back from its rows."""
    return WorkdayCalendar(
        {
            int(row["year"]): CalendarYear(
                year=int(row["year"]),
                document=str(row["document"]),
                off=frozenset(map(date.fromisoformat, row["off"])),
                on=frozenset(map(date.fromisoformat, row["on"])),
            )
            for row in rows
        }
    )
