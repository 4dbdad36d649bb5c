"""The relief page's words: the list of payments, what must follow, what may be paid. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.clock import china_date
from app.domain.ids import ReliefId
from app.domain.money import LARGEST_FEN, Money
from app.domain.relief_case import LATE_PAPERS
from app.rules.deadlines import NOT_GIVEN
from app.services.relief_asked import Allowance
from app.services.relief_debts import Debt
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

FOLLOW_UPS: Final = LATE_PAPERS
"""What a payment made first still owes (the papers of F17b)."""


def relief_rows(cases: Sequence[Relief], debts: Mapping[ReliefId, Sequence[Debt]]) -> list[Row]:
    """One row for each record, as given; the row's key is its id."""
    return [_row(case, debts.get(case.id, ())) for case in cases]


def due_text(due_on: date | None) -> str:
    """3月9日前, or that the county has given no term."""
    return NOT_GIVEN if due_on is None else f"{short_date(due_on)}前"


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
    left = f"额度还有 {plain_yuan(allowance.left)} 元"
    if allowance.most < allowance.left:
        left += f"（分在几张里，一笔最多 {plain_yuan(allowance.most)} 元）"
    if allowance.fund is not None:
        left += f"，备用金还有 {plain_yuan(allowance.fund)} 元"
    if allowance.cap is None:
        return f"{left}；可以写 500+300"
    return f"一次最多 {plain_yuan(allowance.cap)} 元，{left}；可以写 500+300"


def too_much(amount: Money, allowance: Allowance, *, from_budget: bool = False) -> str:
    """Why `amount` will be refused, or nothing; said while there is time to change it."""
    if allowance.cap is not None and amount > allowance.cap:
        return f"超过一次能给的 {plain_yuan(allowance.cap)} 元，要转乡镇办。"
    if allowance.most < amount <= allowance.left:
        return f"额度分在几张里，一笔最多 {plain_yuan(allowance.most)} 元，要先请县里合成一张。"
    if amount > allowance.left:
        return f"额度只剩 {plain_yuan(allowance.left)} 元，要先请县里追加。"
    if allowance.fund is not None and amount > allowance.fund and not from_budget:
        return f"备用金只剩 {plain_yuan(allowance.fund)} 元；可以改从临时救助资金里出。"
    return ""


def is_over_cap(amount: Money, allowance: Allowance) -> bool:
    """Whether only somebody above may grant `amount`."""
    return allowance.cap is not None and amount > allowance.cap


def plain_yuan(money: Money) -> str:
    """Grouped, without needless decimals."""
    return money.grouped().removesuffix(".00")


def sum_text(case: Relief) -> str:
    """How much, or that nobody has said yet."""
    return f"{plain_yuan(case.amount)} 元" if case.amount.fen else "还没定"


def debt_chip(case: Relief, debts: Sequence[Debt]) -> tuple[str, Tone]:
    """What a record still owes, the latest first, or how it stands."""
    late = next((debt for debt in debts if debt.overdue), None)
    if late is not None:
        return str(late), Tone.URGENT
    if debts:
        return str(debts[0]), Tone.WARN
    bad = {ReliefStatus.REVERSED, ReliefStatus.RECOVERING, ReliefStatus.DECLINED}
    return case.status.label, Tone.BAD if case.status in bad else Tone.OK


def _row(case: Relief, debts: Sequence[Debt]) -> Row:
    chip, tone = debt_chip(case, debts)
    what = case.event.label + (f"：{case.event_note}" if case.event_note else "")
    cells = (
        Cell(short_date(china_date(case.moment))),
        Cell(case.payee_name),
        Cell(what),
        Cell(sum_text(case), right=True),
        Cell(chip, tone=tone, chip=True),
    )
    return Row(case.id, cells)
