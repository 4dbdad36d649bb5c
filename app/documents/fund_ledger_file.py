"""The reserve fund's ledger as .xlsx: sums as numbers of yuan, everything else as text."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Final

from app.documents.fund_ledger import HEADS, MONEY, WIDTHS, FundLedger, texts_of_line
from app.domain.clock import CHINA
from app.domain.money import Money

_FEN: Final = 100


def to_xlsx(ledger: FundLedger, made_at: datetime) -> bytes:
    """A workbook of one sheet, made in memory. `made_at` (aware) is what its properties say.

    A sum is written as a number of yuan: up to ten million million yuan it keeps every fen.
    """
    # Imported with the first export: it costs 90 ms.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # no stubs

    out = BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    title = f"备用金领用台账 {ledger.month}"
    workbook.set_properties({"title": title, "created": made_at.astimezone(CHINA)})
    head = workbook.add_format({"bold": True, "border": 1, "align": "center"})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    text.set_quote_prefix()
    money = workbook.add_format({"num_format": "#,##0.00", "valign": "top", "border": 1})
    sheet = workbook.add_worksheet("备用金")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 0)
    sheet.write_string(0, 0, f"{title}　{ledger.unit}　月初结余 {ledger.opening.grouped()} 元")
    for number, name in enumerate(HEADS):
        sheet.set_column(number, number, WIDTHS[number] * 0.75)
        sheet.write_string(1, number, name, head)
    for at, line in enumerate(ledger.lines, start=2):
        sums = {"拨入": line.came, "支出": line.went, "结余": line.balance}
        for number, (name, said) in enumerate(zip(HEADS, texts_of_line(line), strict=True)):
            amount = sums.get(name)
            if name in MONEY and amount is not None:
                sheet.write_number(at, number, _yuan(amount), money)
            else:
                sheet.write_string(at, number, said, text)
    foot = len(ledger.lines) + 2
    sheet.write_string(foot, 0, "合计", head)
    for number, amount in ((3, ledger.came), (4, ledger.went), (5, ledger.closing)):
        sheet.write_number(foot, number, _yuan(amount), money)
    workbook.close()
    return out.getvalue()


def _yuan(money: Money) -> float:
    """Yuan as the number a sheet holds."""
    return money.fen / _FEN
