"""The codes by which a case file says what somebody receives: a closed list.

A code nobody knows would be taken for no benefit at all, and the rules would go on as if nothing
were received.
"""

from __future__ import annotations

from typing import Final

from app.domain.households import Category, IncomeKind
from app.domain.standing import BenefitKind
from app.rules import strict
from app.rules.strict import refuse

_EARNED: Final = frozenset(
    {
        IncomeKind.WAGE,
        IncomeKind.PUBLIC_POST_WAGE,
        IncomeKind.FARMING,
        IncomeKind.BUSINESS,
        IncomeKind.RENT,
        IncomeKind.INTEREST,
        IncomeKind.DIVIDEND,
        IncomeKind.LAND_TRANSFER,
        IncomeKind.MAINTENANCE,
        IncomeKind.ASSESSED,
    }
)
"""Incomes that nobody is granted."""
BENEFITS: Final = tuple(
    dict.fromkeys(
        (
            *(rung.value for rung in Category if rung is not Category.NONE),
            *(kind.value for kind in BenefitKind),
            *(kind.value for kind in IncomeKind if kind not in _EARNED),
        )
    )
)
"""The rungs, the benefits beside them, and the kinds of income somebody is granted."""
_CODES: Final = frozenset(BENEFITS)
_MOST: Final = 50


def as_benefits(value: object, path: str) -> tuple[str, ...]:
    """What is received, by its codes. Raises Refused for one that is not on the list."""
    told = strict.as_list(value, path, longest=_MOST)
    if not told:
        return ()
    for n, code in enumerate(told):
        if not isinstance(code, str) or code not in _CODES:
            refuse(f"{path}[{n}]", f"这里只能填：{'、'.join(BENEFITS)}。")
    return tuple(str(code) for code in told)


def known_benefits(recorded: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of a record as a case file may say them: whatever is on no list is 别的待遇."""
    codes = (code if code in _CODES else BenefitKind.OTHER.value for code in recorded)
    return tuple(dict.fromkeys(codes))
