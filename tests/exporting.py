"""A village with something in every book, and one way to order a book of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl

from app.documents.visit_log import LogOptions
from app.domain.caring import WatchCause
from app.domain.casework import Health, Need
from app.domain.exporting import ExportBook, Recipient
from app.domain.money import Money
from app.domain.people import IdKind
from app.services.export_books import ExportOrder
from app.services.fund import ReserveFunds
from app.services.watchlist import NewWatch, Watchlist
from app.store import journal
from tests.casework import TODAY, payment, visit
from tests.storefile import household_of

NUMBER = "459901195803090027"

BOARD = LogOptions.for_board()

NUMBERED_NOTE = f"身份证 {NUMBER}，女儿电话 19900006621"


def village_of(work: SimpleNamespace) -> SimpleNamespace:
    """A grown-up, a minor who heads a household, their visits, a fund and a watch list."""
    grown = household_of("覃兰英", id_number=NUMBER, birth=date(1958, 3, 9))
    minor = household_of(
        "李小雨", id_number=None, id_kind=IdKind.HUKOU_BOOK, birth=date(2012, 5, 1), door="13号"
    )
    work.households.add_all([grown, minor])
    for home in (grown, minor):
        work.visits.record(
            visit(home, health=Health.ILL, need=Need.MEDICAL, note="乙肝，常年吃药 19900006621")
        )
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(1000), TODAY)
    work.relief.pay(payment(grown))
    watchlist = Watchlist(work.begin, work.clock)
    watchlist.notice(
        NewWatch(
            household=grown.id,
            cause=WatchCause.AT_RISK_MARGINAL,
            note="欠账看病",
            noticed_on=TODAY,
        )
    )
    return work


def order(path: Path, book: ExportBook = ExportBook.VISITS, **changes: Any) -> ExportOrder:
    """March for the township, masked as usual, until `changes` say otherwise."""
    usual = ExportOrder(
        book=book,
        first=date(2026, 3, 1),
        last=date(2026, 3, 31),
        recipient=Recipient.TOWNSHIP,
        options=LogOptions(),
        path=path,
        reason="月底报镇民政办",
    )
    return replace(usual, **changes)


def cells(data: bytes) -> list[list[object]]:
    """The rows of a workbook that nothing locks."""
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def last_deed(work: SimpleNamespace) -> tuple[str, dict[str, object]]:
    """The newest operation in clear: its kind and what it set."""
    with work.begin() as unit:
        operation = list(journal.read_operations(unit.connection))[-1]
        patch = unit.patch_of(operation) or {}
    return operation.kind, {name: new for name, (_old, new) in patch.items()}
