"""Books leaving the program: masked, typed as text, and written into the log of deeds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from app.crypto.workbook_lock import locked
from app.documents.fund_ledger_file import TAILLESS
from app.documents.own_face import OwnFaces
from app.documents.visit_log import LogOptions
from app.domain.clock import Clock
from app.domain.exporting import FEW, ExportBook, Recipient, usual_reason
from app.domain.ids import PrintId, new_id
from app.domain.masking import Mask
from app.domain.problem import Refused
from app.services.column_layouts import ColumnLayouts, FoundLayouts
from app.services.county_papers import CountyPapers
from app.services.export_books import USES, ExportOrder, Taken, taken, to_print
from app.services.ground_rules import GroundRules
from app.services.print_traces import note_print
from app.services.printing import Prepared, Printing, draw
from app.services.stamps import made_by_of
from app.services.work import Begin

KINDS: Final = (".xlsx", ".csv", ".pdf")
FOR_BOARD: Final = frozenset({ExportBook.VISITS, ExportBook.REPORT})
"""What may hang where everybody passes."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written, and where; `password` opens a file with whole numbers, "" for the others.

    The password is in no record: who asked for the file passes it on.
    """

    rows: int
    path: Path
    persons: int = 0
    password: str = field(default="", repr=False)
    unprintable: tuple[str, ...] = field(default=(), repr=False)
    """Characters a PDF shows as boxes to write in by hand: no font has them."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A file before it is laid down: what opens it, and which paper it is, if it is one."""

    data: bytes = field(repr=False)
    password: str = field(default="", repr=False)
    paper: Prepared | None = None


@dataclass(frozen=True, slots=True)
class Exports:
    """Use cases for files that leave. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules
    column_layouts: ColumnLayouts = field(default_factory=ColumnLayouts)
    county_papers: CountyPapers = field(default_factory=CountyPapers)
    faces: OwnFaces = field(default_factory=OwnFaces)
    knows: Callable[[str], bool] | None = None
    """Whether that is the passphrase: asked again before whole numbers or many people leave
    (security R24). None where it was given a moment ago."""

    def visits(
        self,
        first: date,
        last: date,
        mask: Mask,
        path: Path,
        *,
        reason: str | None = None,
        recipient: Recipient = Recipient.OTHER,
        layout: str = "",
        passphrase: str = "",
    ) -> ExportReport:
        """Write the visits from `first` to `last` to `path` (.xlsx, .csv or .pdf); see `write`."""
        return self.write(
            ExportOrder(
                book=ExportBook.VISITS,
                first=first,
                last=last,
                recipient=recipient,
                options=LogOptions(mask=mask),
                path=path,
                reason=reason or "",
                layout=layout,
                passphrase=passphrase,
            )
        )

    def write(self, order: ExportOrder) -> ExportReport:
        """Write what was asked for; whole ID numbers, and what is kept for oneself, only into a
        workbook with a password.

        Raises Refused: E-01 for another kind of file; E-02, E-05, E-06, M-47 where there is
        nothing; E-03 without a reason; E-04 for what only a locked file may hold; E-07
        for last figures that a form prints; E-14 without the passphrase; E-09 for a
        roster as PDF; E-12, E-13 for a layout; E-20, E-21 for what no board
        may show. Unavailable when the place cannot be written, and then nothing is recorded: no
        file stands there that the log of deeds does not know.
        """
        from app.store.atomic import laid_down

        self._check(order)
        with self.begin() as work:
            book = taken(work, self.rules, order)
            made_by = made_by_of(work.identity, self.clock.now())
        _require_reason(order, book.persons)
        if order.is_guarded(book.persons) and not self._is_proven(order.passphrase):
            raise _not_proven()
        made = self._file(order, book, made_by)
        with laid_down(order.path, made.data), self.begin() as work:
            if made.paper is not None:
                note_print(work, made.paper.trace, PrintId(new_id(self.clock.now())))
            work.note(
                kind=f"{order.book.value}.exported",
                subject=work.identity.device_id,
                facts=_facts(order, book, made.data),
            )
            work.commit()
        odd = () if made.paper is None else made.paper.unprintable
        return ExportReport(book.rows, order.path, book.persons, made.password, odd)

    def _is_proven(self, passphrase: str) -> bool:
        """Whether who sits there is who opened the program."""
        return self.knows is None or self.knows(passphrase)

    def look(self, order: ExportOrder) -> Taken:
        """What would be written. Raises Refused where there is nothing."""
        with self.begin() as work:
            return taken(work, self.rules, order)

    def layouts(self) -> FoundLayouts:
        """The column layouts there are, and the files that are wrong."""
        return self.column_layouts.found()

    def _check(self, order: ExportOrder) -> None:
        kind = order.path.suffix.lower()
        if kind not in KINDS:
            raise Refused(
                "只能导出成 .xlsx、.csv 或 .pdf。",
                do="请改一下文件名的后缀。",
                code="E-01",
                field="path",
            )
        if order.layout and kind == ".pdf":
            raise Refused(
                "PDF 是固定的表，不能换列样。",
                do="请存成 Excel 表，或者用协理自己的列。",
                code="E-13",
                field="layout",
            )
        if order.is_locked and kind != ".xlsx":
            raise Refused(
                "不藏号码的、自己备份的文件要加口令，只能存成 Excel 表。",
                do="请选 Excel 表；不是自己备份的，也可以把号码藏起来。",
                code="E-04",
                field="path",
            )
        if order.book is ExportBook.ROSTER and kind == ".pdf":
            raise Refused(
                "花名册只能存成表格。",
                do="请选 Excel 表或者文本表。",
                code="E-09",
                field="path",
            )
        if order.recipient is Recipient.NOTICE_BOARD:
            _require_fit_for_board(order)
        if order.book is ExportBook.FUND and kind == ".pdf" and order.options.mask in TAILLESS:
            raise Refused(
                "备用金台账的 PDF 上印着证件尾号。",
                do="请存成 Excel 表，或者选别的藏法。",
                code="E-07",
                field="mask",
            )

    def _file(self, order: ExportOrder, book: Taken, made_by: str) -> _Made:
        """The file that was asked for."""
        from app.documents import columns, sheet_files

        if order.path.suffix.lower() == ".pdf":
            printing = Printing(
                self.begin,
                self.clock,
                self.rules,
                county_papers=self.county_papers,
                faces=self.faces,
            )
            paper = to_print(printing, order)
            return _Made(draw(paper).pdf, paper=paper)
        shown = book.columns
        foot, above = book.foot, book.above
        if order.layout:
            layout = self.column_layouts.get(order.layout, USES[order.book])
            shown = columns.laid_out(shown, layout, book.rows)
            foot, above = {}, ""  # a table that is read in again has only its rows
        is_csv = order.path.suffix.lower() == ".csv"
        is_read_in = bool(order.layout) or order.book is ExportBook.ROSTER
        said = "" if is_csv and is_read_in else made_by
        sheet = columns.sheet_of(book.name, shown, above=above, foot=foot, made_by=said)
        if is_csv:
            return _Made(sheet_files.to_csv(sheet))
        workbook = sheet_files.to_xlsx(sheet, self.clock.now())
        if not order.is_locked:
            return _Made(workbook)
        done = locked(workbook)
        return _Made(done.data, done.password)


def _require_fit_for_board(order: ExportOrder) -> None:
    """Raises Refused E-20, E-21."""
    if order.book not in FOR_BOARD:
        raise Refused(
            f"{order.book.label}不能贴在公示栏上，什么也没有导出。",
            do="公示请打印“公示”那几张表。",
            code="E-21",
            field="recipient",
        )
    if order.book is ExportBook.VISITS and not order.options.is_for_board:
        raise Refused(
            "公示栏上不能有身份证号、电话、病情和走访情况。",
            do="请重新选一下“村公示栏”，会自动去掉。",
            code="E-20",
            field="mask",
        )


def _not_proven() -> Refused:
    return Refused(
        "口令没输或者不对，什么也没有导出："
        f"不藏号码或超过 {FEW} 人的文件要再输一次打开程序的口令。",
        do="请输口令，再按一次导出。",
        code="E-14",
        field="passphrase",
    )


def _require_reason(order: ExportOrder, persons: int) -> None:
    """Raises Refused E-03."""
    if not order.reason.strip() and order.is_guarded(persons):
        raise Refused(
            f"不藏号码或超过 {FEW} 人的导出要写明用途。",
            do="请填上给谁、做什么用。",
            code="E-03",
            field="reason",
        )


def _facts(order: ExportOrder, book: Taken, data: bytes) -> dict[str, object]:
    """What the log of deeds keeps; who did it and when is every operation's."""
    shown = order.options
    return {
        "book": order.book,
        "recipient": order.recipient,
        "first": order.first,
        "last": order.last,
        "rows": book.rows,
        "persons": book.persons,
        "mask": shown.mask,
        "phone": shown.phone,
        "place": shown.place,
        "health": shown.health,
        "note": shown.note,
        "kind": order.path.suffix.lower(),
        "layout": order.layout,
        "reason": order.reason.strip(),
        "usual_reason": order.reason.strip() == usual_reason(order.recipient),
        "locked": order.is_locked,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
