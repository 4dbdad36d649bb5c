"""The money and things of a case file: incomes, expenses, assets."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from app.domain.households import AssetKind, ExpenseKind, IncomeKind, Per
from app.rules import strict
from app.rules.facts import Asset, Expense, Income
from app.rules.strict import Record, join, known_keys, needed, optional, refuse

_INCOME: Final = frozenset(
    {"member", "kind", "amount", "per", "months", "months_in", "received_on"}
)
_EXPENSE: Final = frozenset({"member", "kind", "amount", "per"})
_ASSET: Final = frozenset({"kind", "amount", "count"})
_MONTHS: Final = 12
_WINDOWS: Final = frozenset(str(months) for months in range(1, _MONTHS + 1))

_income_kind = strict.as_word(IncomeKind)
_expense_kind = strict.as_word(ExpenseKind)
_asset_kind = strict.as_word(AssetKind)
_per = strict.as_word(Per)


def income_of(record: Record, path: str) -> Income:
    """One income.

    `months` (1–12, default 12) counts the months in the pack's window, `months_in` those in each
    window by its length ({"6": 3, "12": 9}); one of the two, and for monthly amounts only.
    `received_on` is for single sums.
    """
    known_keys(record, path, _INCOME)
    per = needed(record, "per", path, _per)
    months = _months(record["months"], join(path, "months")) if "months" in record else _MONTHS
    months_in = optional(record, "months_in", path, _months_in) or ()
    received_on = optional(record, "received_on", path, strict.as_day)
    if per is not Per.MONTH and (months != _MONTHS or months_in):
        refuse(join(path, "months_in" if months_in else "months"), "只有按月的钱才填几个月。")
    if months_in and "months" in record:
        refuse(join(path, "months"), "已经写了每段时间里几个月（months_in），这里就不用再填。")
    if per is not Per.ONCE and received_on is not None:
        refuse(join(path, "received_on"), "只有一次性的钱才填哪天收到的。")
    return Income(
        per=per,
        months=months_in[-1][1] if months_in else months,
        months_in=months_in,
        received_on=received_on,
        **strict.told(record, path, _SOURCE, _NEEDED),
    )


def _months(value: object, path: str) -> int:
    return strict.as_count(value, path, least=1, most=_MONTHS)


def _months_in(value: object, path: str) -> tuple[tuple[int, int], ...]:
    """Months earned in, by the window, the shortest first; the windows must go together."""
    record = strict.as_record(value, path)
    known_keys(record, path, _WINDOWS)
    told = sorted(
        (int(window), strict.as_count(months, join(path, window), least=0, most=int(window)))
        for window, months in record.items()
    )
    if not told:
        refuse(path, "至少要写一段时间里有几个月。")
    for (short, few), (long, many) in pairwise(told):
        if not few <= many <= few + long - short:
            refuse(join(path, str(long)), f"和 {short} 个月里的 {few} 个月对不上。", code="C-06")
    return tuple(told)


def expense_of(record: Record, path: str) -> Expense:
    """One rigid outlay, the part the household pays itself."""
    known_keys(record, path, _EXPENSE)
    return Expense(**strict.told(record, path, _OUTLAY, _NEEDED))


def asset_of(record: Record, path: str) -> Asset:
    """One asset; money has an amount, things have a count, either may be unknown."""
    known_keys(record, path, _ASSET)
    return Asset(**strict.told(record, path, _OWNED, _KIND))


def _pieces(value: object, path: str) -> int:
    return strict.as_count(value, path, least=0, most=1000)


_SOURCE: Final[strict.Facts] = (
    ("member", strict.as_name),
    ("kind", _income_kind),
    ("amount", strict.as_money),
)
_OUTLAY: Final[strict.Facts] = (
    ("member", strict.as_name),
    ("kind", _expense_kind),
    ("amount", strict.as_money),
    ("per", _per),
)
_OWNED: Final[strict.Facts] = (
    ("kind", _asset_kind),
    ("amount", strict.as_money),
    ("count", _pieces),
)
_KIND: Final = frozenset({"kind"})
_NEEDED: Final = frozenset({"kind", "amount", "per"})
