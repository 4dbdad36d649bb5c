"""The heads of income as forms ask for them, and the names of what a means test lists.

The four heads are 核算's (民发〔2021〕57号: 工资性、经营净、财产净、转移净); maintenance, land and
allowances stand apart from the transfers because the county looks at them apart (domain.md §3.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.households import IncomeKind

HEADS: Final[Mapping[str, str]] = {
    "wages": "工资性收入",
    "business": "经营净收入",
    "property": "财产净收入",
    "transfers": "转移净收入",
    "maintenance": "赡养抚养费",
    "land": "土地收入",
    "allowances": "补贴",
    "assessed": "已核定收入",
}
"""Head → what a form calls it, in a form's order."""

_ELSE: Final = "transfers"
_KINDS: Final[Mapping[IncomeKind, str]] = {
    IncomeKind.WAGE: "wages",
    IncomeKind.PUBLIC_POST_WAGE: "wages",
    IncomeKind.FARMING: "business",
    IncomeKind.BUSINESS: "business",
    IncomeKind.RENT: "property",
    IncomeKind.INTEREST: "property",
    IncomeKind.DIVIDEND: "property",
    IncomeKind.MAINTENANCE: "maintenance",
    IncomeKind.LAND_TRANSFER: "land",
    IncomeKind.DISABILITY_SUBSIDY: "allowances",
    IncomeKind.ELDERLY_ALLOWANCE: "allowances",
    IncomeKind.ORPHAN_ALLOWANCE: "allowances",
    IncomeKind.VETERAN_BENEFIT: "allowances",
    IncomeKind.ASSESSED: "assessed",
}


def head_of(item: str) -> str:
    """The head an item of a means test belongs under; transfers for all that has no other."""
    return _KINDS[IncomeKind(item)] if item in _KINDS else _ELSE
