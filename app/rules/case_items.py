"""The money and things of a case file: incomes, expenses, assets."""

from __future__ import annotations

from typing import Final

from app.domain.households import AssetKind, ExpenseKind, IncomeKind, Per
from app.rules import strict
from app.rules.facts import Asset, Expense, Income
from app.rules.strict import Record, join, known_keys, optional, refuse, required

_INCOME: Final = frozenset({"member", "kind", "amount", "per", "months"})
_EXPENSE: Final = frozenset({"member", "kind", "amount", "per"})
_ASSET: Final = frozenset({"kind", "amount", "count"})
_MONTHS: Final = 12

_income_kind = strict.as_word(IncomeKind)
_expense_kind = strict.as_word(ExpenseKind)
_asset_kind = strict.as_word(AssetKind)
_per = strict.as_word(Per)


def income_of(record: Record, path: str) -> Income:
    """One income; `months` (1–12, default 12) belongs to monthly amounts only."""
    known_keys(record, path, _INCOME)
    per = _per(required(record, "per", path), join(path, "per"))
    months = strict.as_count(
        record.get("months", _MONTHS), join(path, "months"), least=1, most=_MONTHS
    )
    if per is not Per.MONTH and months != _MONTHS:
        refuse(join(path, "months"), "只有按月的钱才填几个月。")
    return Income(
        member=optional(record, "member", path, strict.as_name),
        kind=_income_kind(required(record, "kind", path), join(path, "kind")),
        amount=strict.as_money(required(record, "amount", path), join(path, "amount")),
        per=per,
        months=months,
    )


def expense_of(record: Record, path: str) -> Expense:
    """One rigid outlay, the part the household pays itself."""
    known_keys(record, path, _EXPENSE)
    return Expense(
        member=optional(record, "member", path, strict.as_name),
        kind=_expense_kind(required(record, "kind", path), join(path, "kind")),
        amount=strict.as_money(required(record, "amount", path), join(path, "amount")),
        per=_per(required(record, "per", path), join(path, "per")),
    )


def asset_of(record: Record, path: str) -> Asset:
    """One asset; money has an amount, things have a count, either may be unknown."""
    known_keys(record, path, _ASSET)
    return Asset(
        kind=_asset_kind(required(record, "kind", path), join(path, "kind")),
        amount=optional(record, "amount", path, strict.as_money),
        count=optional(record, "count", path, _pieces),
    )


def _pieces(value: object, path: str) -> int:
    return strict.as_count(value, path, least=0, most=1000)
