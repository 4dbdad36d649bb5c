"""先行救助 at the county: a payment counts once, and only inside what its device may spend.

Security R48–R49. A token's sum covers payments less reversals; the county's books decide,
whatever a laptop restored from an old backup believes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.domain.clock import china_date
from app.domain.operations import instant_of
from app.sync.protocol.verdict import Difference
from county_server.authority import Returned
from county_server.tables import payment, quota


@dataclass(frozen=True, slots=True)
class Case:
    """Staged relief: what all its parts together may be, in fen."""

    relief_id: str
    amount_fen: int


@dataclass(slots=True)
class Books:
    """Payments and tokens of one device, within one transaction."""

    connection: Connection
    device_id: str

    def pay(
        self, op_id: str, relief_id: str, body: Mapping[str, Any], case: Case | None = None
    ) -> Difference | None:
        """Enter a new payment; the difference when this payment is entered already.

        `case` is what it is one part of. Raises Returned when it does not fit its token, or its
        case.
        """
        payment_id, amount = body.get("payment_id"), body.get("amount_fen")
        quota_id, paid_at = body.get("quota_id"), body.get("paid_at")
        if not isinstance(payment_id, str) or not isinstance(quota_id, str):
            raise Returned("这笔先行救助缺少付款编号或额度编号。", "quota_id")
        if type(amount) is not int or amount <= 0:
            raise Returned("先行救助的金额要大于零。", "amount_fen")
        if not isinstance(paid_at, str):
            raise Returned("先行救助缺少发放时间。", "paid_at")
        before = self.connection.execute(
            select(payment).where(payment.c.payment_id == payment_id)
        ).first()
        if before is not None:
            return Difference(
                field="payment_id",
                mine=payment_id,
                theirs=before.relief_id,
                base=None,
                theirs_by=before.device_id,
                theirs_at=before.paid_at,
            )
        reverses = body.get("reverses_id")
        if reverses is not None:
            self._check_reversal(str(reverses), amount)
        elif case is not None:
            self._check_parts(case, amount)
        self._spend(quota_id, amount, paid_at, is_reversal=reverses is not None)
        self.connection.execute(
            insert(payment),
            {
                "payment_id": payment_id,
                "relief_id": relief_id,
                "device_id": self.device_id,
                "op_id": op_id,
                "quota_id": quota_id,
                "amount_fen": amount,
                "reverses_id": reverses,
                "case_id": None if case is None else case.relief_id,
                "paid_at": paid_at,
            },
        )
        return None

    def _spend(self, quota_id: str, amount: int, paid_at: str, *, is_reversal: bool) -> None:
        """Count `amount` (fen) against the token. Raises Returned."""
        token = self.connection.execute(
            select(quota).where(quota.c.id == quota_id).with_for_update()
        ).first()
        if token is None or token.device_id != self.device_id:
            raise Returned("县里没有给这台电脑发过这个额度。", "quota_id")
        try:
            paid_on = china_date(instant_of(paid_at))
        except ValueError as error:
            raise Returned("发放时间写法不对。", "paid_at") from error
        if not is_reversal and paid_on.isoformat() > token.not_after:
            raise Returned("发放那天额度已经到期。", "quota_id")
        spent = token.spent_fen + (-amount if is_reversal else amount)
        if spent > token.amount_fen:
            raise Returned("这笔先行救助超出了县里给的额度。", "amount_fen")
        self.connection.execute(
            update(quota).where(quota.c.id == quota_id).values(spent_fen=max(spent, 0))
        )

    def _check_reversal(self, relief_id: str, amount: int) -> None:
        """Raises Returned unless a reversal names a payment of at least its sum, and only once."""
        original = self.connection.execute(
            select(payment).where(payment.c.relief_id == relief_id, payment.c.reverses_id.is_(None))
        ).first()
        if original is None or original.amount_fen < amount:
            raise Returned("冲正要指明原来那一笔，金额不能比它大。", "reverses_id")
        again = select(payment.c.payment_id).where(payment.c.reverses_id == relief_id)
        if self.connection.execute(again).first() is not None:
            raise Returned("那一笔已经冲正过了。", "reverses_id")

    def _check_parts(self, case: Case, amount: int) -> None:
        """Raises Returned when the parts of staged relief pass its sum."""
        query = select(payment.c.amount_fen, payment.c.reverses_id)
        paid = sum(
            -row.amount_fen if row.reverses_id is not None else row.amount_fen
            for row in self.connection.execute(query.where(payment.c.case_id == case.relief_id))
        )
        if paid + amount > case.amount_fen:
            raise Returned("几次加起来超过了这笔救助的总数。", "amount_fen")
