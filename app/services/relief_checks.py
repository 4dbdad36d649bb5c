"""What is looked at before money leaves: caps, the township's sum, the same cause, quota, fund.

Everything the checks need is read inside the caller's transaction, which is the one that pays: what
was enough when it was looked at is enough when it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.casework import Relief
from app.domain.clock import Clock, china_date
from app.domain.households import Area, Household
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import FundSource
from app.rules.relief_route import Decider
from app.services.fund_books import FundBooks, not_enough
from app.services.ground_rules import Cap, GroundRules
from app.services.relief_asked import PayRelief, payment_identity

if TYPE_CHECKING:
    from app.store.queries.casework import Quota
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Helped:
    """How many people relief is for and whose standard applies, as far as is known."""

    household: Household | None
    persons: int | None
    area: Area | None


@dataclass(frozen=True, slots=True)
class ReliefChecks:
    """Looks before it is paid. Every check raises Refused with its own code."""

    rules: GroundRules
    clock: Clock
    books: FundBooks

    def helped(self, work: UnitOfWork, request: PayRelief) -> Helped:
        """Whom it is for."""
        found = None if request.household is None else work.households.get(request.household)
        if found is None:
            return Helped(None, request.persons, None)
        return Helped(found, request.persons or max(len(found.members), 1), found.area)

    def cap(self, work: UnitOfWork, helped: Helped) -> Cap:
        """The most one payment made first may be."""
        return self.rules.relief_cap(work, persons=helped.persons, area=helped.area)

    def limits(self, work: UnitOfWork, request: PayRelief, helped: Helped) -> None:
        """Raises Refused (one of `REFERABLE`) for what only somebody above may grant."""
        cap = self.cap(work, helped)
        if cap.amount is not None and request.amount > cap.amount:
            raise Refused(
                f"超过了村里能先给的上限 {cap.amount.grouped()} 元（{cap.rule}）。",
                do="请少给一些，或者转乡镇办理。",
                code="F-14",
                field="amount",
            )
        route = self.rules.relief_route(
            work, request.amount, persons=helped.persons, area=helped.area
        )
        if route.decider is Decider.COUNTY:
            raise Refused(
                f"超过了乡镇自己能批的数，要报县里。{route.why.text}",
                do="请少给一些，或者转上级办理。",
                code="M-20",
                field="amount",
            )
        if request.parent is None:
            self._same_cause(work, request)

    def follow_on(self, request: PayRelief, parent: Relief | None) -> None:
        """Raises Refused when relief that follows on another may not be given as asked."""
        if request.parent is None:
            return
        if parent is None:
            raise Refused(
                "找不到要跟进的那笔先行救助。", do="请从那一笔里点“跟进救助”。", code="M-50"
            )
        if request.approval is None or not request.approval.by.strip():
            raise Refused(
                "跟进救助要先有人同意。",
                do="请写清谁同意的、怎么同意的。",
                code="M-23",
                field="approval",
            )

    def once(self, work: UnitOfWork, request: PayRelief, now: datetime) -> str:
        """The identity of the payment. Raises Refused F-13 when it has been made already."""
        payment_id = payment_identity(request, china_date(now))
        if work.casework.has_payment(payment_id):
            raise Refused(
                "今天已经给这个人登记过同样的一笔。",
                do="确实又给了一笔，请在事由里写清楚再登记。",
                code="F-13",
                field="amount",
            )
        return payment_id

    def quota(self, work: UnitOfWork, amount: Money) -> Quota:
        """The token a payment is made from. Raises Refused F-15 when none allows it."""
        for quota in self.valid(work.casework.quotas()):
            if quota.left >= amount:
                return quota
        raise Refused(
            "县里给本机的先行救助额度不够这一笔。",
            do="请少给一些，或者联系县里追加额度。",
            code="F-15",
            field="amount",
        )

    def valid(self, quotas: list[Quota]) -> list[Quota]:
        """Tokens still in force today."""
        return [quota for quota in quotas if quota.not_after >= self.clock.today()]

    def source(self, work: UnitOfWork, wanted: FundSource | None) -> FundSource:
        """Which money it is: the reserve fund where one is open, unless said otherwise."""
        if wanted is not None:
            return wanted
        opened = self.books.balance(work) is not None
        return FundSource.RESERVE if opened else FundSource.BUDGET

    def money(self, work: UnitOfWork, source: FundSource, amount: Money) -> None:
        """Raises Refused M-22 when the fund does not hold `amount`."""
        if source is FundSource.RESERVE:
            balance = self.books.balance(work) or Money(0)
            if amount > balance:
                raise not_enough(balance)

    def _same_cause(self, work: UnitOfWork, request: PayRelief) -> None:
        from app.store.queries.relief import Payee  # SQL: not before the first paint

        found = self.rules.same_cause(work)
        if found is None:
            return
        payee = Payee(
            request.household,
            request.payee,
            request.payee_id_number,
            request.payee_name.strip(),
            request.is_unknown,
        )
        year = china_date(request.found_at or self.clock.now()).year
        note = request.event_note.strip()
        before = work.relief.same_cause(payee, request.event, note, year)
        if len(before) >= found.value:
            last = china_date(before[-1].moment)
            raise Refused(
                f"今年因为{request.event.label}已经给过 {len(before)} 次"
                f"（{last.month}月{last.day}日），一年最多 {found.value} 次（{found.ground}）。",
                do="确有特殊困难，请转上级；是同一件事接着帮，请从那一笔里点“跟进救助”。",
                code="M-21",
                field="event",
            )
