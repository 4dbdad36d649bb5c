"""The reserve fund (备用金): a ledger in whole fen whose balance is always the sum of its entries.

A fund is the purse of one device, and only that device writes into it: what it may still spend is
then known without asking anybody. A closed month takes no more entries; what was wrong in it is put
right in an open month by an entry that names the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.casework import ReliefStatus
from app.domain.ids import DeviceId, ReliefId
from app.domain.money import Money
from app.domain.relief_words import EntryKind

_FIRST: Final = frozenset({EntryKind.IN, EntryKind.ADJUST_UP})
MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class FundEntry:
    """One line of the ledger. `happened_on` is the real day, `booked_on` the one in the books."""

    id: str
    fund: str
    kind: EntryKind
    amount: Money
    booked_on: date
    happened_on: date
    summary: str
    voucher_no: str
    reason: str
    relief: ReliefId | None
    payment_id: str | None
    names: str | None
    """The entry it puts right."""
    handler: str
    recorded_at: datetime
    struck: str = ""
    """Why it was struck after the county returned it; it counts nothing then."""

    @property
    def delta(self) -> Money:
        """What it does to the balance."""
        return Money(0) if self.struck else self.amount * self.kind.sign


@dataclass(frozen=True, slots=True, kw_only=True)
class FundMonth:
    """A month that was closed, with the balance it ended on."""

    fund: str
    month: str
    balance: Money
    entries: int
    closed_at: datetime
    closed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLine:
    """An entry as it stands in the ledger (F18): with the balance after it and whom it helped."""

    entry: FundEntry
    balance: Money
    who: str = ""
    id_tail: str = ""
    cause: str = ""
    approver: str = ""
    status: ReliefStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPage:
    """A month of a fund, as a paper is about it."""

    month: str
    household: None = None

    @property
    def id(self) -> str:
        """What a print record names: the month."""
        return self.month


def fund_of(device: DeviceId | str) -> str:
    """The id of a device's purse."""
    return f"fund-{device}"


def month_of(day: date) -> str:
    """The month of a day: "2026-03"."""
    return f"{day.year:04d}-{day.month:02d}"


def month_id(fund: str, month: str) -> str:
    """The id of a closed month of a fund: a month is closed once."""
    return f"{fund}-{month}"


def balance_of(entries: Iterable[FundEntry]) -> Money:
    """The sum of all entries."""
    return sum((entry.delta for entry in entries), Money(0))


def in_order(entries: Iterable[FundEntry]) -> list[FundEntry]:
    """As they stand in the books: by day, within a day what was put in first, then as made."""
    return sorted(entries, key=lambda one: (one.booked_on, one.kind not in _FIRST, one.id))


def running(entries: Iterable[FundEntry]) -> list[tuple[FundEntry, Money]]:
    """Every entry in order with the balance after it."""
    balance, found = Money(0), []
    for entry in in_order(entries):
        balance += entry.delta
        found.append((entry, balance))
    return found


def lowest_from(entries: Iterable[FundEntry], day: date) -> Money:
    """The lowest the balance is at the end of `day` or after any later entry."""
    before, lowest = Money(0), None
    for entry, balance in running(entries):
        if entry.booked_on <= day:
            before = balance
        else:
            lowest = balance if lowest is None else min(lowest, balance)
    return before if lowest is None else min(before, lowest)
