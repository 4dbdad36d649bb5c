"""The export form as a value: for whom, which days, how much of a number, into what file. No Qt."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from app.domain.masking import Mask
from app.domain.words import Word


class Recipient(Word):
    """Who gets the file."""

    TOWNSHIP = "township", "镇民政办"
    COUNTY = "county", "县民政局"
    NOTICE_BOARD = "notice_board", "村公示栏"
    DISABLED_FEDERATION = "disabled_federation", "残联"
    OTHER = "other", "别的"


class Span(Word):
    """Which days."""

    THIS_MONTH = "this_month", "本月"
    LAST_MONTH = "last_month", "上个月"
    THIS_YEAR = "this_year", "今年"
    OWN = "own", "自己定"


class FileKind(Word):
    """What kind of file; the code is its ending."""

    XLSX = ".xlsx", "Excel 表"
    CSV = ".csv", "文本表"
    PDF = ".pdf", "PDF"


USUAL: Final = {
    Recipient.TOWNSHIP: Mask.MIDDLE_8,
    Recipient.COUNTY: Mask.MIDDLE_8,
    Recipient.NOTICE_BOARD: Mask.NONE,
    Recipient.DISABLED_FEDERATION: Mask.MIDDLE_8,
    Recipient.OTHER: Mask.ONLY_LAST_4,
}
"""How much each sees until somebody chose otherwise; a notice board never shows numbers."""

_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """2026年3月, 2026年, or the two days."""
        first, last = self.first, self.last
        if first.day == 1 and (first.year, first.month) == (last.year, last.month):
            return f"{first.year}年{first.month}月"
        if (first.month, first.day) == (1, 1) and first.year == last.year:
            return f"{first.year}年"
        return f"{first:%Y%m%d}-{last:%Y%m%d}"


def days_of(span: Span, today: date) -> Days:
    """The days a span means today; `OWN` starts as this month."""
    if span is Span.LAST_MONTH:
        end = today.replace(day=1) - timedelta(days=1)
        return Days(end.replace(day=1), end)
    if span is Span.THIS_YEAR:
        return Days(date(today.year, 1, 1), date(today.year, _DECEMBER, 31))
    last = monthrange(today.year, today.month)[1]
    return Days(today.replace(day=1), today.replace(day=last))


def file_name(days: Days, recipient: Recipient, kind: FileKind) -> str:
    """走访台账 2026年3月 镇民政办.xlsx: nobody's name."""
    return f"走访台账 {days.words} {recipient.label}{kind.value}"


def usual_reason(recipient: Recipient) -> str:
    """What the export is for, as it goes into the log; "" where the person has to say it."""
    if recipient is Recipient.OTHER:
        return ""
    return "村公示栏公示" if recipient is Recipient.NOTICE_BOARD else f"报{recipient.label}"


def target_of(folder: str, name: str) -> Path:
    """Where the file goes."""
    return Path(folder) / name
