"""What the reserve fund's page asks of the service, each in one job for the store thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.money import Money
from app.domain.problem import Refused
from app.services.fund import FundState, ReserveFunds
from app.ui.fund.deeds import Direction, FundDeed, FundForm


@dataclass(frozen=True, slots=True)
class FundDesk:
    """Jobs of the page. Call from the store thread only."""

    fund: ReserveFunds

    def see(self) -> FundState:
        """The ledger and the balance."""
        return self.fund.state()

    def do(self, deed: FundDeed, form: FundForm, names: str | None) -> FundState:
        """Do it; `names` is the entry it puts right. Raises Refused when it cannot be done so."""
        if deed is FundDeed.PUT_IN:
            self.fund.put_in(
                form.amount or Money(0), form.on or self._today(), form.summary, form.voucher
            )
        elif deed is FundDeed.ADJUST:
            self._adjust(form, names)
        elif deed is FundDeed.WARN:
            self.fund.warn_below(form.amount or Money(0))
        else:
            self.fund.close_month(self.see().open_months[0])
        return self.see()

    def export(self, month: str, path: Path) -> Path:
        """Write a month as .xlsx. Raises Refused; Unavailable."""
        self.fund.export(month, path)
        return path

    def _adjust(self, form: FundForm, names: str | None) -> None:
        if form.way is None:
            raise Refused("还没选是加还是减。", do="请按数字选一个。", code="M-54", field="way")
        amount = form.amount or Money(0)
        delta = amount if form.way is Direction.UP else -amount
        self.fund.adjust(delta, form.reason, names)

    def _today(self) -> date:
        return self.fund.clock.today()
