"""The reserve fund (备用金) as the coordinator keeps it: put in, put right, close a month, look.

What goes out to people is written by 先行救助 itself (`app.services.relief`); here is the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock, day_words
from app.domain.exporting import FEW
from app.domain.fund import MONTH, FundLine, FundMonth, balance_of, month_id, month_of
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import EntryKind
from app.domain.workdays import month_start
from app.services.fund_books import FundBooks, Movement
from app.services.stamps import made_by_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

FUND: Final = "reserve_fund"
CLOSED: Final = "reserve_month"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundState:
    """The fund as its page shows it: the ledger with running balances, and the closed months.

    `open_months`: months that are over and can be closed, the oldest first. Without `opened_on`
    there is no fund yet, without `low` nobody has said below what it is time to ask for more.
    """

    opened_on: date | None
    balance: Money
    low: Money | None
    lines: tuple[FundLine, ...]
    months: tuple[FundMonth, ...]
    open_months: tuple[str, ...]
    returned: Mapping[str, str] = field(default_factory=dict)
    """Entries the county returned → why."""
    sent_back: Mapping[str, str] = field(default_factory=dict)
    """Months whose closing the county returned, open again → why."""

    @property
    def is_low(self) -> bool:
        """Whether it is time to ask for more."""
        return self.low is not None and self.balance < self.low


@dataclass(frozen=True, slots=True)
class ReserveFunds:
    """Use cases for the reserve fund. Call from the store thread only."""

    begin: Begin
    clock: Clock

    @property
    def books(self) -> FundBooks:
        """What writes."""
        return FundBooks(self.clock)

    def state(self) -> FundState:
        """Everything the page shows."""
        with self.begin() as work:
            fund_id = self.books.fund_id(work)
            fund = work.fund.fund(fund_id)
            lines = tuple(work.fund.lines(fund_id))
            months = tuple(work.fund.months(fund_id))
            returned = work.fund.returned(fund_id)
            sent_back = work.fund.sent_back(fund_id)
        return FundState(
            opened_on=None if fund is None else fund.opened_on,
            balance=lines[-1].balance if lines else Money(0),
            low=None if fund is None else fund.low,
            lines=lines,
            months=months,
            open_months=self._open_months(lines, months),
            returned=returned,
            sent_back=sent_back,
        )

    def put_in(
        self,
        amount: Money,
        on: date,
        summary: str = "乡镇拨入",
        voucher_no: str = "",
        draft_key: str | None = None,
    ) -> None:
        """Money that came in; the first opens the fund. The form it was typed in goes with it.

        Raises Refused M-40 without a sum, M-41 in a closed month, M-42 in the future, M-79 for
        what was told in the same words before.
        """
        with self.begin() as work:
            if work.fund.fund(self.books.fund_id(work)) is None:
                self._open(work, on)
            came_in = Movement(
                kind=EntryKind.IN,
                amount=amount,
                booked_on=on,
                summary=summary.strip() or "乡镇拨入",
                voucher_no=voucher_no.strip(),
            )
            self.books.require_new(work, came_in)
            self.books.book(work, came_in)
            self._drop(work, draft_key)
            work.commit(money=True)

    def adjust(
        self,
        delta: Money,
        reason: str,
        names: str | None = None,
        on: date | None = None,
        draft_key: str | None = None,
    ) -> None:
        """Put the books right by `delta` (up or down), naming the entry that was wrong. The form it
        was typed in goes with it.

        Raises Refused M-39 before there is a fund, M-40 for nothing, M-44 without a reason, M-48
        for an entry that is not there, M-80 for one that was taken back, M-22 where the fund does
        not hold as much, M-41, M-42.
        """
        if not reason.strip():
            raise Refused("还没写为什么调。", do="请写一句原因。", code="M-44", field="reason")
        with self.begin() as work:
            self._opened(work)
            named = None if names is None else work.fund.entry(names)
            if names is not None and named is None:
                raise Refused("找不到要更正的那一笔。", do="请从台账里选那一笔。", code="M-48")
            if named is not None:
                self.books.require_standing(work, named)
            kind = EntryKind.ADJUST_UP if delta.fen > 0 else EntryKind.ADJUST_DOWN
            of = "" if named is None else f"（更正{day_words(named.booked_on)}的{named.summary}）"
            self.books.book(
                work,
                Movement(
                    kind=kind,
                    amount=Money(abs(delta.fen)),
                    booked_on=on or self.clock.today(),
                    happened_on=None if named is None else named.happened_on,
                    summary=f"{kind.label}{of}",
                    reason=reason.strip(),
                    names=names,
                ),
            )
            self._drop(work, draft_key)
            work.commit(money=True)

    def redate(self, entry: str, on: date) -> None:
        """Book what the county returned on another day and send it again.

        Raises Refused M-59, M-60, M-41, M-42, M-22.
        """
        with self.begin() as work:
            self.books.redate(work, entry, on)
            work.commit(money=True)

    def strike(self, entry: str, reason: str) -> None:
        """冲正 what the county returned. Raises Refused M-44 without a reason, M-59, M-58, M-22."""
        if not reason.strip():
            raise Refused("还没写为什么冲正。", do="请写一句原因。", code="M-44", field="reason")
        with self.begin() as work:
            self.books.strike(work, entry, reason.strip())
            work.commit(money=True)

    def warn_below(self, low: Money) -> None:
        """From which balance on it is time to ask for more. Raises Refused M-39, M-40."""
        if low.fen < 0:
            raise Refused("不能小于零。", do="请填一个数。", code="M-40", field="low")
        with self.begin() as work:
            fund = self._opened(work)
            work.change(
                kind="fund.low",
                entity=FUND,
                entity_id=fund,
                subject=fund,
                fields={"low_fen": low},
            )
            work.commit()

    def close_month(self, month: str) -> FundMonth:
        """月结: freeze a month that is over, and with it every one before; one whose closing the
        county returned is closed anew.

        Raises Refused M-39 before there is a fund, M-45 while the month is not over, M-46 when it
        is closed already, M-47 for one before the fund, M-66 while the county has an entry of it
        open: the month would be frozen with a balance the county does not have.
        """
        with self.begin() as work:
            fund = self._opened(work)
            if not MONTH.fullmatch(month) or month >= month_of(self.clock.today()):
                raise Refused("这个月还没过完。", do="过完这个月再月结。", code="M-45")
            first = min((month_of(one.booked_on) for one in work.fund.entries(fund)), default=month)
            if month < first:
                raise Refused("这个月还没有备用金。", do="请看别的月份。", code="M-47")
            if month <= work.fund.closed_through(fund):
                raise Refused("这个月已经月结过了。", do="请看别的月份。", code="M-46")
            within = [one for one in work.fund.entries(fund) if month_of(one.booked_on) <= month]
            returned = work.fund.returned(fund)
            if any(one.id in returned for one in within):
                raise Refused(
                    "这个月以前有县里退回的一笔，还没弄清。",
                    do="请先改好退回的那一笔，或者打电话请县里核定，再月结。",
                    code="M-66",
                )
            closed = FundMonth(
                fund=fund,
                month=month,
                balance=balance_of(within),
                entries=sum(month_of(one.booked_on) == month for one in within),
                closed_at=self.clock.now(),
                closed_by=work.identity.officer_name,
            )
            work.change(
                kind="fund.month_closed",
                entity=CLOSED,
                entity_id=month_id(fund, month),
                subject=fund,
                new=month not in work.fund.sent_back(fund),
                fields={
                    "fund_id": fund,
                    "month": month,
                    "balance_fen": closed.balance,
                    "entries": closed.entries,
                    "closed_at": closed.closed_at,
                    "closed_by": closed.closed_by,
                },
            )
            work.commit(money=True)
        return closed

    def export(self, month: str, path: Path) -> None:
        """Write a month of the ledger as .xlsx.

        Raises Refused M-47 for a month without a ledger, M-51 for another kind of file, E-03 for
        one that names more people than may leave without a reason; Unavailable when the place
        cannot be written.
        """
        if path.suffix.lower() != ".xlsx":
            raise Refused("台账只能存成 .xlsx。", do="请改一下文件名的后缀。", code="M-51")
        from app.documents.fund_ledger_file import to_xlsx
        from app.services.relief_papers import fund_ledger, fund_page
        from app.store.atomic import laid_down

        with self.begin() as work:
            page = fund_page(work, month)
            if page is None:
                raise Refused("这个月没有备用金台账。", do="请换一个月份。", code="M-47")
            ledger = fund_ledger(work, page)
            made_by = made_by_of(work.identity, self.clock.now())
        named = {(line.who, line.id_tail) for line in ledger.lines if line.who}
        if len(named) > FEW:
            raise Refused(
                f"这个月的台账上超过 {FEW} 人，导出要写明用途，再输一次口令。",
                do="请到“台账统计”里导出备用金台账。",
                code="E-03",
            )
        with laid_down(path, to_xlsx(ledger, made_by, self.clock.now())), self.begin() as work:
            work.note(
                kind="fund.exported",
                subject=self.books.fund_id(work),
                facts={"month": month, "rows": len(ledger.lines), "persons": len(named)},
            )
            work.commit()

    def _open(self, work: UnitOfWork, on: date) -> None:
        fund = self.books.fund_id(work)
        work.change(
            kind="fund.opened",
            entity=FUND,
            entity_id=fund,
            subject=fund,
            new=True,
            fields={"device_id": work.identity.device_id, "low_fen": None, "opened_on": on},
        )

    def _drop(self, work: UnitOfWork, draft_key: str | None) -> None:
        """In the same breath: killed in between, the program must not ask for the sum again."""
        if draft_key is not None:
            work.local.drop_draft(draft_key)

    def _opened(self, work: UnitOfWork) -> str:
        """The fund's id. Raises Refused M-39 before money has been put in."""
        fund = self.books.fund_id(work)
        if work.fund.fund(fund) is None:
            raise Refused("还没有备用金。", do="请先记上拨来的钱。", code="M-39")
        return fund

    def _open_months(
        self, lines: tuple[FundLine, ...], months: tuple[FundMonth, ...]
    ) -> tuple[str, ...]:
        """Months from the first entry to the last one over that are not closed."""
        if not lines:
            return ()
        done = months[-1].month if months else ""
        day, this = month_start(lines[0].entry.booked_on), month_of(self.clock.today())
        found = []
        while month_of(day) < this:
            if month_of(day) > done:
                found.append(month_of(day))
            day = month_start(day, 1)
        return tuple(found)
