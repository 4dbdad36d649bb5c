"""The reserve fund on today's list: what the county returned, a month to be closed, too little, or
nobody said what too little is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from app.domain.clock import month_words
from app.domain.due import ALWAYS, DueItem
from app.domain.fund import balance_of, month_of
from app.domain.today import WorkKind
from app.domain.workdays import month_start
from app.rules import parameters
from app.services.fund_books import FundBooks
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

READS: Final = ("reserve_fund", "reserve_entry", "reserve_month")
_RULE: Final = "这台电脑的备用金台账"


def fund_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """Rows of this laptop's fund; a month that is over asks to be closed, the newest for all
    before it."""
    if subject != FundBooks(rules.clock).fund_id(work):
        return
    fund = work.fund.fund(subject)
    if fund is None:
        return
    yield from _returned(work, subject)
    yield from _open_months(work, subject)
    if fund.low is None:
        row = _row(subject, "低于多少要请乡镇再拨，还没定", "问乡镇定多少，填上“低于多少提醒”")
        yield replace(row, rule=_norm(work, rules))
        return
    balance = balance_of(work.fund.entries(subject))
    if balance < fund.low:
        left = f"还有 {balance.grouped()} 元，低于 {fund.low.grouped()} 元了"
        yield _row(subject, left, "请乡镇再拨一些，到了记上")


def _norm(work: UnitOfWork, rules: GroundRules) -> str:
    """What the pack says of how big a fund is to be, for whoever has to ask for a figure."""
    found = rules.terms(work).find(parameters.RESERVE_NORM)
    if found is None or found.value != parameters.PER_HEAD:
        return _RULE
    return f"备用金每个户籍人口每年不少于 1 元，用了再补（{found.ground}）"


def _returned(work: UnitOfWork, fund: str) -> Iterator[DueItem]:
    """One row for what came back: the entries first, for no month is closed over them."""
    entries, months = work.fund.returned(fund), work.fund.sent_back(fund)
    if entries:
        why = f"县里退回了备用金的 {len(entries)} 笔：{next(iter(entries.values()))}"
        yield replace(_row(fund, why, "改好再报"), kind=WorkKind.RETURNED)
    elif months:
        first = min(months)
        why = f"{month_words(date.fromisoformat(f'{first}-01'))}的月结县里退回了：{months[first]}"
        yield replace(_row(fund, why, "对过账，再月结一次"), kind=WorkKind.RETURNED)


def _open_months(work: UnitOfWork, fund: str) -> Iterator[DueItem]:
    """A month with something in its books is closed once it is over; not while one of it came
    back, which has a row of its own."""
    if work.fund.returned(fund) or work.fund.sent_back(fund):
        return
    closed = work.fund.closed_through(fund)
    booked = {one.booked_on.replace(day=1) for one in work.fund.entries(fund)}
    months = sorted(month for month in booked if month_of(month) > closed)
    for month, later in zip_longest(months, months[1:]):
        why = f"{month.year}年{month.month}月过完了，还没月结"
        row = _row(fund, why, "对一遍账，按月结")
        until = None if later is None else month_start(later, 1) - timedelta(days=1)
        yield replace(row, appears_on=month_start(month, 1), until=until)


def _row(fund: str, why: str, action: str) -> DueItem:
    return DueItem(
        kind=WorkKind.RESERVE_FUND,
        entity_id=fund,
        household=None,
        who="备用金",
        place="",
        appears_on=ALWAYS,
        due_on=None,
        due_at=None,
        why=why,
        rule=_RULE,
        page="fund",
        action=action,
    )
