"""Cells that hold several things: incomes, outlays, belongings, obligors.

Entries stand between semicolons: `工资18000.00；种养3600.00`, `存款5000.00；住房1`,
`何有田（儿子，1988-01-01，月收入3000.00，月给200.00）`. Amounts of money are yuan a year
unless the entry says 月.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.households import AssetKind, ExpenseKind, IncomeKind
from app.domain.money import Money
from app.domain.people import PersonStatus
from app.domain.problem import Refused
from app.domain.roster_cells import read_amount, read_date, read_name, word_of

_BETWEEN: Final = re.compile(r"\s*[；;]\s*")
_ENTRY: Final = re.compile(r"([^\d\s：:]+)\s*[：:]?\s*([\d.]+)\s*(?:元|套|处|辆|台|个|份)?")
_OBLIGOR: Final = re.compile(r"([^（(]+)[（(]([^（()）]+)[）)]")
_COMMA: Final = re.compile(r"\s*[，,]\s*")
_LARGEST_COUNT: Final = 99
COUNTED: Final = frozenset(
    {
        *(AssetKind.VEHICLE, AssetKind.HOUSE, AssetKind.NONRESIDENTIAL),
        *(AssetKind.FARM_MACHINE, AssetKind.BUSINESS, AssetKind.OTHER),
    }
)
"""Belongings that are counted; the others are sums of money."""


@dataclass(frozen=True, slots=True)
class NamedObligor:
    """An obligor as the roster tells of one."""

    name: str
    relation: str
    birth: date | None = None
    monthly_income: Money | None = None
    maintenance_month: Money | None = None
    status: PersonStatus | None = None


def read_incomes(text: str) -> tuple[tuple[IncomeKind, Money], ...]:
    """Kinds of income with what each brings a year. Raises Refused (R-31, R-33, R-39, M-01)."""
    return tuple((_income(kind), read_amount(amount)) for kind, amount in _entries(text))


def read_expenses(text: str) -> tuple[tuple[ExpenseKind, Money], ...]:
    """Kinds of outlay with what each takes a year. Raises Refused (R-31, R-33, R-39, M-01)."""
    return tuple((_expense(kind), read_amount(amount)) for kind, amount in _entries(text))


def read_assets(text: str) -> tuple[tuple[AssetKind, Money | int], ...]:
    """Belongings: yuan for money, a number for things.

    Raises Refused (R-31, R-33, R-39, R-51, M-01).
    """
    return tuple(_read_asset(*entry) for entry in _entries(text))


def read_obligors(text: str) -> tuple[NamedObligor, ...]:
    """Obligors, each with the relation first in brackets. Raises Refused (R-31…R-39, M-01)."""
    return tuple(_read_obligor(entry) for entry in _BETWEEN.split(text) if entry)


def _entries(text: str) -> list[tuple[str, str]]:
    found = []
    for entry in _BETWEEN.split(text):
        if not entry:
            continue
        match = _ENTRY.fullmatch(entry)
        if match is None:
            raise _unreadable("名称后面跟数字，几项之间用分号，比如：工资18000.00；种养3600.00。")
        found.append((match[1], match[2]))
    return found


def _read_asset(kind_text: str, figure: str) -> tuple[AssetKind, Money | int]:
    kind = _asset(kind_text)
    if kind not in COUNTED:
        return kind, read_amount(figure)
    if not figure.isdecimal() or int(figure) > _LARGEST_COUNT:
        raise Refused("件数应是0到99的整数。", do="请核对这个数。", code="R-51")
    return kind, int(figure)


def _read_obligor(entry: str) -> NamedObligor:
    match = _OBLIGOR.fullmatch(entry)
    if match is None:
        raise _unreadable("姓名后面用括号写关系，比如：何有田（儿子，月收入3000.00）。")
    relation, *rest = _COMMA.split(match[2].strip())
    birth = income = maintenance = status = None
    for part in rest:
        if part.startswith("月收入"):
            income = read_amount(part.removeprefix("月收入"))
        elif part.startswith("月给"):
            maintenance = read_amount(part.removeprefix("月给"))
        elif part[:1].isdecimal():
            birth = read_date(part)
        else:
            status = _status(part)
    return NamedObligor(read_name(match[1].strip()), relation, birth, income, maintenance, status)


def _unreadable(do: str) -> Refused:
    return Refused("这一格的写法认不出来。", do=do, code="R-39")


_income: Final = word_of(IncomeKind)
_expense: Final = word_of(ExpenseKind)
_asset: Final = word_of(AssetKind)
_status: Final = word_of(PersonStatus)
