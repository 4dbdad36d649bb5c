"""What the reserve fund's page asks of the service, each in one job for the store thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.domain.money import Money
from app.domain.problem import Refused
from app.services.drafts import Drafts
from app.services.fund import FundState, ReserveFunds
from app.ui.fund.deeds import Direction, FundDeed, FundForm

DRAFT: Final = "fund:deed"


@dataclass(frozen=True, slots=True)
class FundDesk:
    """Jobs of the page. Call from the store thread only."""

    fund: ReserveFunds

    def see(self) -> FundState:
        """The ledger and the balance."""
        return self.fund.state()

    @property
    def drafts(self) -> Drafts:
        """Deeds half filled in."""
        return Drafts(self.fund.begin)

    def open(self) -> tuple[FundState, Mapping[str, Any] | None]:
        """The ledger, and the deed that was being filled in when the program ended."""
        return self.see(), self.drafts.get(DRAFT)

    def keep(self, fields: Mapping[str, Any]) -> None:
        """Keep what was answered so far."""
        self.drafts.keep(DRAFT, fields)

    def drop(self) -> None:
        """The deed is not done after all."""
        self.drafts.drop(DRAFT)

    def do(self, deed: FundDeed, form: FundForm, names: str | None) -> FundState:
        """Do it; `names` is the entry it puts right, or the month. Raises Refused when it cannot be
        done so.
        """
        if deed is FundDeed.PUT_IN:
            self.fund.put_in(
                form.amount or Money(0),
                form.on or self._today(),
                form.summary,
                form.voucher,
                draft_key=DRAFT,
            )
        elif deed is FundDeed.ADJUST:
            self._adjust(form, names)
        elif deed is FundDeed.REDATE:
            self.fund.redate(names or "", form.on or self._today())
        elif deed is FundDeed.STRIKE:
            self.fund.strike(names or "", form.reason)
        elif deed is FundDeed.WARN:
            self.fund.warn_below(form.amount or Money(0))
        else:
            self.fund.close_month(names or "")
        self.drop()
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
        self.fund.adjust(delta, form.reason, names, draft_key=DRAFT)

    def _today(self) -> date:
        return self.fund.clock.today()
