"""The export form as a value: which book, for whom, which days, how much, into what file. No Qt."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Self

from app.documents.visit_log import LogOptions
from app.domain.exporting import ExportBook, Recipient
from app.domain.masking import Mask
from app.domain.words import Word
from app.services.export_books import NUMBERED, ExportOrder


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


class More(Word):
    """What a visit log may say besides."""

    PHONE = "phone", "电话"
    PLACE = "place", "住址（到组）"
    HEALTH = "health", "身体"
    NOTE = "note", "走访情况"


@dataclass(frozen=True, slots=True)
class Seen:
    """How much a recipient gets to see, and in which columns: what is remembered of each."""

    mask: Mask
    more: tuple[More, ...] = (More.PLACE, More.NOTE)
    layouts: Mapping[str, str] = field(default_factory=dict)
    """Book → column layout."""

    @classmethod
    def of_kept(cls, kept: Any) -> Self:  # noqa: ANN401  # an older program kept the mask alone
        """As it was remembered."""
        if isinstance(kept, str):
            return cls(Mask(kept))
        more = tuple(More(one) for one in kept["more"])
        return cls(Mask(kept["mask"]), more, dict(kept["layouts"]))

    def as_kept(self) -> dict[str, Any]:
        """As it is remembered."""
        more = [one.value for one in self.more]
        return {"mask": self.mask.value, "more": more, "layouts": dict(self.layouts)}


USUAL: Final = {
    Recipient.TOWNSHIP: Seen(Mask.MIDDLE_8),
    Recipient.COUNTY: Seen(Mask.MIDDLE_8),
    Recipient.NOTICE_BOARD: Seen(Mask.NONE, (More.PLACE,)),
    Recipient.DISABLED_FEDERATION: Seen(Mask.MIDDLE_8, (More.PLACE,)),
    Recipient.OTHER: Seen(Mask.ONLY_LAST_4, (More.PLACE,)),
    Recipient.OWN_COPY: Seen(Mask.MIDDLE_8),
}
"""How much each sees until somebody chose otherwise; a notice board never shows numbers, and only
who works on the case reads what was written at a visit: it may tell of an illness."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportForm:
    """Everything the page asks."""

    book: ExportBook = ExportBook.VISITS
    recipient: Recipient
    span: Span
    days: Days
    seen: Seen
    kind: FileKind
    reason: str
    folder: str
    own_path: Path | None = None
    passphrase: str = field(default="", repr=False)
    """Typed again for whole numbers; forgotten as soon as it was tried."""

    @property
    def mask(self) -> Mask:
        """How much of an ID number is shown."""
        return self.seen.mask

    @property
    def layout(self) -> str:
        """The column layout; a PDF has only its own form."""
        return "" if self.kind is FileKind.PDF else self.seen.layouts.get(self.book.value, "")

    @property
    def may_tell_illness(self) -> bool:
        """Whether somebody's own words go along to somebody else who is not told of health: what
        was written at a visit, or what is the matter with a household kept in view."""
        shown, own = self.options, self.recipient is Recipient.OWN_COPY
        told = self.book is ExportBook.VISITS and not shown.health
        return shown.note and not own and (told or self.book is ExportBook.WATCHED)

    @property
    def path(self) -> Path:
        """Where it goes: the place chosen by hand, or the usual folder and name."""
        name = file_name(self.days, self.recipient, self.kind, self.book)
        return self.own_path or target_of(self.folder, name)

    @property
    def options(self) -> LogOptions:
        """What the recipient gets to see; less for the board, unless more was asked for there."""
        more = self.seen.more
        board = self.recipient is Recipient.NOTICE_BOARD
        if board and self.mask is Mask.NONE and not {*more} - {More.PLACE}:
            return replace(LogOptions.for_board(), place=More.PLACE in more)
        return LogOptions(
            mask=self.mask,
            phone=More.PHONE in more,
            place=More.PLACE in more,
            health=More.HEALTH in more,
            note=More.NOTE in more or self.book not in NUMBERED,
        )

    def order(self) -> ExportOrder:
        """What is asked of the service."""
        return ExportOrder(
            book=self.book,
            first=self.days.first,
            last=self.days.last,
            recipient=self.recipient,
            options=self.options,
            path=self.path,
            reason=self.reason,
            layout=self.layout,
            passphrase=self.passphrase,
        )

    def as_kind(self, kind: FileKind) -> ExportForm:
        """Another kind of file; a place chosen by hand gets the new ending."""
        own = self.own_path
        moved = None if own is None else own.with_suffix(kind.value)
        return replace(self, kind=kind, own_path=moved)


def days_of(span: Span, today: date) -> Days:
    """The days a span means today; `OWN` starts as this month."""
    if span is Span.LAST_MONTH:
        end = today.replace(day=1) - timedelta(days=1)
        return Days(end.replace(day=1), end)
    if span is Span.THIS_YEAR:
        return Days(date(today.year, 1, 1), date(today.year, _DECEMBER, 31))
    last = monthrange(today.year, today.month)[1]
    return Days(today.replace(day=1), today.replace(day=last))


def file_name(
    days: Days, recipient: Recipient, kind: FileKind, book: ExportBook = ExportBook.VISITS
) -> str:
    """走访台账 2026年3月 镇民政办.xlsx: nobody's name."""
    return f"{book.label} {days.words} {recipient.label}{kind.value}"


def target_of(folder: str, name: str) -> Path:
    """Where the file goes."""
    return Path(folder) / name
