"""The books that can leave: what each holds for one export, as columns, and as its form.

F15 log, F18, F23 and F24; a masked number is masked before it is in any column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.documents.visit_log import LogOptions
from app.domain.column_layout import LayoutUse
from app.domain.exporting import FEW, ExportBook, Recipient
from app.domain.fund import month_of
from app.domain.masking import Mask
from app.domain.problem import Refused
from app.domain.reports import Quarter
from app.domain.workdays import month_start
from app.services.ground_rules import GroundRules
from app.services.log_papers import LogSpan, visit_rows
from app.services.printing import Prepared, Printing
from app.services.village_papers import WATCHED, content_of_village, watched_groups

if TYPE_CHECKING:
    from app.documents.columns import Column
    from app.documents.forms.f23 import F23Content
    from app.documents.forms.f24 import F24Content
    from app.documents.sheet_files import SheetCell
    from app.store.unit_of_work import UnitOfWork

USES: Final = {
    ExportBook.VISITS: LayoutUse.VISITS,
    ExportBook.FUND: LayoutUse.FUND,
    ExportBook.WATCHED: LayoutUse.WATCHED,
    ExportBook.ROSTER: LayoutUse.ROSTER,
}
"""Which column layouts a book may take; a report has only its own."""
NUMBERED: Final = frozenset({ExportBook.VISITS, ExportBook.ROSTER})
"""Books with ID numbers in them."""
_FORMS: Final = {
    ExportBook.VISITS: "F15L",
    ExportBook.FUND: "F18",
    ExportBook.WATCHED: "F23",
    ExportBook.REPORT: "F24",
}
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What was asked for: which book, of which days, for whom, how much of it, and where to.

    `layout` is the id of a column layout, "" for the program's own columns.
    """

    book: ExportBook
    first: date
    last: date
    recipient: Recipient
    options: LogOptions
    path: Path
    reason: str = ""
    layout: str = ""
    passphrase: str = field(default="", repr=False)
    """Typed again by whoever sits there, where `is_guarded`."""

    @property
    def is_unmasked(self) -> bool:
        """Whether whole ID numbers leave."""
        return self.book in NUMBERED and self.options.mask is Mask.FULL

    @property
    def is_locked(self) -> bool:
        """Whether only a password opens the file: whole numbers, and what is kept for oneself,
        which lies about longer than what was handed over."""
        return self.is_unmasked or self.recipient is Recipient.OWN_COPY

    def is_guarded(self, persons: int) -> bool:
        """Whether a reason and the passphrase are asked for before it leaves, naming so many."""
        return self.is_unmasked or persons > FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A book as it was read for one export; `persons` is how many people it names."""

    name: str
    columns: list[Column] = field(repr=False)
    rows: int
    persons: int
    above: str = field(default="", repr=False)
    foot: dict[str, SheetCell] = field(default_factory=dict, repr=False)


def taken(work: UnitOfWork, rules: GroundRules, order: ExportOrder) -> Taken:
    """What `order` asks for. Raises Refused E-02, E-05, E-06, M-47 where there is nothing."""
    if order.book is ExportBook.FUND:
        return _fund(work, order)
    if order.book is ExportBook.WATCHED:
        return _watched(work, rules, order)
    if order.book is ExportBook.REPORT:
        return _report(work, rules, order)
    if order.book is ExportBook.ROSTER:
        return _roster(work, order)
    return _visits(work, order)


def to_print(printing: Printing, order: ExportOrder) -> Prepared:
    """The book as its form, numbered and stamped like any paper; recorded once its file is laid
    down."""
    form = _FORMS[order.book]
    if order.book is ExportBook.VISITS:
        return printing.prepare(form, None, LogSpan(order.first, order.last, order.options).key)
    entity = WATCHED if order.book is ExportBook.WATCHED else span_of(order)
    return printing.prepare(form, None, entity)


def span_of(order: ExportOrder) -> str:
    """The month (2026-03) or, for a report, quarter (2026Q1) the days are. Raises Refused E-05."""
    first, last = order.first, order.last
    if first.day == 1 and last == month_start(first, 1) - _DAY:
        return month_of(first)
    quarter = Quarter.of(first)
    if order.book is ExportBook.REPORT and (first, last) == (quarter.first, quarter.last):
        return quarter.key
    which = "整月或整季" if order.book is ExportBook.REPORT else "整月"
    raise Refused(
        f"{order.book.label}要按{which}来。",
        do=f"请选本月、上个月，或者自己定一个{which}。",
        code="E-05",
        field="first",
    )


def _visits(work: UnitOfWork, order: ExportOrder) -> Taken:
    from app.documents.visit_log import columns_of
    from app.documents.visit_log_files import NAME

    rows, homes = visit_rows(work, order.first, order.last)
    if not rows:
        raise Refused("这段时间没有走访记录。", do="请换一段日期。", code="E-02", field="first")
    columns = columns_of(rows, order.options)
    return Taken(name=NAME, columns=columns, rows=len(rows), persons=len(homes))


def _fund(work: UnitOfWork, order: ExportOrder) -> Taken:
    from app.documents import fund_ledger_file
    from app.services.relief_papers import fund_ledger, fund_page

    page = fund_page(work, span_of(order))
    if page is None:
        raise Refused("这个月没有备用金台账。", do="请换一个月份。", code="M-47")
    ledger = fund_ledger(work, page)
    sheet = fund_ledger_file.sheet(ledger)
    return Taken(
        name=sheet.name,
        columns=fund_ledger_file.columns_of(ledger, order.options.mask),
        rows=len(ledger.lines),
        persons=len({(line.who, line.id_tail) for line in ledger.lines if line.who}),
        above=sheet.above,
        foot=fund_ledger_file.foot_of(ledger),
    )


def _watched(work: UnitOfWork, rules: GroundRules, order: ExportOrder) -> Taken:
    from app.documents import watch_ledger

    content: F23Content = content_of_village(work, rules, "watch_list", WATCHED)
    if not content.lines:
        raise Refused("现在没有备案监测的户。", do="这一本还不用导出。", code="E-06")
    options = order.options
    columns = watch_ledger.columns_of(
        content,
        watched_groups(work),
        note=options.note,
        place=options.place,
        mask=options.mask,
    )
    count = len(content.lines)
    return Taken(name=watch_ledger.NAME, columns=columns, rows=count, persons=count)


def _report(work: UnitOfWork, rules: GroundRules, order: ExportOrder) -> Taken:
    from app.documents import report_sheet

    content: F24Content = content_of_village(work, rules, "report", span_of(order))
    columns = report_sheet.columns_of(content)
    above = f"{content.unit}　{content.span}"
    rows = len(columns[0].texts)
    return Taken(name=report_sheet.NAME, columns=columns, rows=rows, persons=0, above=above)


def _roster(work: UnitOfWork, order: ExportOrder) -> Taken:
    """Everybody who belongs to a household now, group by group."""
    from app.documents import roster_table

    homes = [work.households.get(line.id) for line in work.households.lines()]
    kept = [home for home in homes if home is not None and home.members]
    if not kept:
        raise Refused("现在还没有一户。", do="请先导入名册或者记下一户。", code="E-08")
    columns = roster_table.columns_of(kept, order.options)
    people = sum(len(home.members) for home in kept)
    return Taken(name=roster_table.NAME, columns=columns, rows=people, persons=people)
