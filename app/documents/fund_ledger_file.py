"""The reserve fund's ledger as .xlsx: sums as numbers of yuan, everything else as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.documents import sheet_files
from app.documents.columns import Column, sheet_of
from app.documents.fund_ledger import HEADS, WIDTHS, FundLedger, texts_of_line
from app.documents.sheet_files import Sheet, SheetCell
from app.domain.masking import Mask, in_the_open, mask_in_text

NAME: Final = "备用金"
FIELDS: Final = (
    "day", "voucher", "summary", "came", "went", "balance", "who", "number_tail", "cause",
    "signature", "handler", "approver", "papers",
)  # fmt: skip
"""What a column layout calls the columns of F18, in their order."""
TAILLESS: Final = frozenset({Mask.NONE, Mask.LAST_8})
"""Who chose one of these gets no last figures of a number either."""
_WRITTEN: Final = frozenset({"summary", "cause", "papers"})
_TAIL: Final = FIELDS.index("number_tail")
_FACTOR: Final = 0.75
"""Characters of a sheet for a millimetre of paper."""


def columns_of(ledger: FundLedger, mask: Mask) -> list[Column]:
    """The columns of the month; without the last figures where `mask` hides them, and no whole
    number in what somebody wrote."""
    hiding = in_the_open(mask)
    texts = list(zip(*map(texts_of_line, ledger.lines), strict=True)) or [()] * len(HEADS)
    sums = {
        "came": tuple(line.came for line in ledger.lines),
        "went": tuple(line.went for line in ledger.lines),
        "balance": tuple(line.balance for line in ledger.lines),
    }
    columns = [
        Column(field, head, width * _FACTOR, _hidden(field, said, hiding), sums.get(field, ()))
        for field, head, width, said in zip(FIELDS, HEADS, WIDTHS, texts, strict=True)
    ]
    return [one for n, one in enumerate(columns) if n != _TAIL or mask not in TAILLESS]


def _hidden(field: str, said: Sequence[str], mask: Mask) -> tuple[str, ...]:
    if field not in _WRITTEN:
        return tuple(said)
    return tuple(mask_in_text(one, mask, phones=True) for one in said)


def foot_of(ledger: FundLedger) -> dict[str, SheetCell]:
    """The sums of the month, by column."""
    return {
        "day": "合计",
        "came": ledger.came,
        "went": ledger.went,
        "balance": ledger.closing,
    }


def sheet(ledger: FundLedger, mask: Mask = Mask.MIDDLE_8, *, made_by: str = "") -> Sheet:
    """The month as a table: what it began with above, its sums below."""
    title = f"备用金领用台账 {ledger.month}"
    return sheet_of(
        NAME,
        columns_of(ledger, mask),
        above=f"{title}　{ledger.unit}　月初结余 {ledger.opening.grouped()} 元",
        foot=foot_of(ledger),
        made_by=made_by,
    )


def to_xlsx(ledger: FundLedger, made_by: str, made_at: datetime) -> bytes:
    """A workbook of one sheet, made in memory. `made_at` (aware) is what its properties say.

    A sum is written as a number of yuan: up to ten million million yuan it keeps every fen.
    """
    return sheet_files.to_xlsx(sheet(ledger, made_by=made_by), made_at)
