"""The relief page's words: the list of payments, what must follow, what may be paid. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.clock import china_date
from app.domain.money import LARGEST_FEN, Money
from app.services.relief import Allowance
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import short_date

COLUMNS: Final = (
    Column("哪天"),
    Column("给谁"),
    Column("什么事", stretch=True),
    Column("给了多少"),
    Column("手续"),
)

FOLLOW_UPS: Final = (
    "申请书（本人按手印）",
    "入户调查表（两人签字）",
    "票据、照片、证明",
    "乡镇补审意见",
)
"""What a payment made first still owes (the papers of F17b)."""


def relief_rows(cases: Sequence[Relief], today: date) -> list[Row]:
    """One row for each payment, as given; the row's key is its id."""
    return [_row(case, today) for case in cases]


def due_text(due_on: date) -> str:
    """3月9日前."""
    return f"{short_date(due_on)}前"


def number_text(case: Relief | None) -> str:
    """The number on the papers of the payment that is chosen: too long for a column."""
    return "" if case is None else f"编号 {case.document_no}"


def capitals(money: Money | None) -> str:
    """The sum in capital figures, as it will stand on the receipt."""
    if money is None or not 0 <= money.fen <= LARGEST_FEN:
        return "填了金额，大写写在这里"
    return money.in_words()


def amount_hint(allowance: Allowance) -> str:
    """What may be paid, as the field's placeholder."""
    left = plain_yuan(allowance.left)
    if allowance.cap is None:
        return f"额度还有 {left} 元；可以写 500+300"
    return f"一次最多 {plain_yuan(allowance.cap)} 元，额度还有 {left} 元；可以写 500+300"


def too_much(amount: Money, allowance: Allowance) -> str:
    """Why `amount` will be refused, or nothing; said while there is time to change it."""
    if allowance.cap is not None and amount > allowance.cap:
        return f"超过一次能给的 {plain_yuan(allowance.cap)} 元，要转乡镇办。"
    if amount > allowance.left:
        return f"额度只剩 {plain_yuan(allowance.left)} 元，要先请县里追加。"
    return ""


def plain_yuan(money: Money) -> str:
    """Grouped, without needless decimals."""
    return money.grouped().removesuffix(".00")


def _row(case: Relief, today: date) -> Row:
    chip, tone = _paperwork(case, today)
    what = case.event.label + (f"：{case.event_note}" if case.event_note else "")
    cells = (
        Cell(short_date(china_date(case.paid_at))),
        Cell(case.payee_name),
        Cell(what),
        Cell(f"{plain_yuan(case.amount)} 元", right=True),
        Cell(chip, tone=tone, chip=True),
    )
    return Row(case.id, cells)


def _paperwork(case: Relief, today: date) -> tuple[str, Tone]:
    """The chip: how the paperwork stands."""
    if case.status is not ReliefStatus.PAPERWORK_PENDING:
        tone = Tone.BAD if case.status is ReliefStatus.REVERSED else Tone.OK
        return case.status.label, tone
    days = (case.paperwork_due_on - today).days
    if days < 0:
        return f"待补手续，已过 {-days} 天", Tone.URGENT
    return f"待补手续，{due_text(case.paperwork_due_on)}", Tone.WARN
