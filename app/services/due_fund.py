"""The reserve fund on today's list: what the county returned, low, or nobody said what low is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.due import ALWAYS, DueItem
from app.domain.fund import balance_of
from app.domain.today import WorkKind
from app.services.fund_books import FundBooks
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

READS: Final = ("reserve_fund", "reserve_entry", "reserve_month")
_RULE: Final = "这台电脑的备用金台账"


def fund_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row while this laptop's fund is below what she set, or nothing is set."""
    if subject != FundBooks(rules.clock).fund_id(work):
        return
    fund = work.fund.fund(subject)
    if fund is None:
        return
    yield from _returned(work, subject)
    if fund.low is None:
        yield _row(subject, "低于多少要请乡镇再拨，还没定", "问乡镇定多少，填上“低于多少提醒”")
        return
    balance = balance_of(work.fund.entries(subject))
    if balance < fund.low:
        left = f"还有 {balance.grouped()} 元，低于 {fund.low.grouped()} 元了"
        yield _row(subject, left, "请乡镇再拨一些，到了记上")


def _returned(work: UnitOfWork, fund: str) -> Iterator[DueItem]:
    """One row for what came back: the entries first, for no month is closed over them."""
    entries, months = work.fund.returned(fund), work.fund.sent_back(fund)
    if entries:
        why = f"县里退回了备用金的 {len(entries)} 笔：{next(iter(entries.values()))}"
        yield replace(_row(fund, why, "改好再报"), kind=WorkKind.RETURNED)
    elif months:
        why = f"{min(months)} 的月结县里退回了：{months[min(months)]}"
        yield replace(_row(fund, why, "对过账，再月结一次"), kind=WorkKind.RETURNED)


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
