"""Why an obligor is unable to support anybody, by the numbers F11 prints (特困人员认定办法 第八条).

A number stands there only where the facts settle it: a test that did not ask leaves it open.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.households import Category
from app.domain.identity import age_on
from app.domain.money import Money
from app.domain.people import DisabilityKind, PersonStatus
from app.rules.facts import Obligor

INCAPABLE: Final = frozenset(
    {
        PersonStatus.NO_CIVIL_CAPACITY,
        PersonStatus.DECLARED_MISSING,
        PersonStatus.SERVING_SENTENCE,
    }
)
REASONS: Final = (
    "特困人员",
    "60周岁以上的低保对象",
    "70周岁以上，收入低于上年人均可支配收入，财产符合低保边缘规定",
    "重度残疾人或三级智力、精神残疾人，收入、财产同上",
    "无民事行为能力、被宣告失踪或服刑，财产符合低保边缘规定",
)
"""The paper numbers them from 1."""
_RECIPIENT_AGE: Final = 60
_OLD: Final = 70
_GRAVE: Final = frozenset({1, 2})
_OF_THE_MIND: Final = frozenset({DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL})
_THIRD: Final = 3


def reason_of(obligor: Obligor, on: date, ceiling: Money | None) -> str:
    """The number of the first reason that is sure; "" for none.

    `ceiling` is last year's disposable income a head, brought to a month; None where nobody gave
    it. Property counts as within the limits until somebody says otherwise, as in the test itself.
    """
    age = None if obligor.birth is None else age_on(obligor.birth, on)
    receives = obligor.receives or ()
    owns_little = obligor.within_property_limits is not False
    is_poor = owns_little and _earns_less(obligor.monthly_income, ceiling)
    holds = (
        Category.TEKUN.value in receives,
        age is not None and age >= _RECIPIENT_AGE and Category.DIBAO.value in receives,
        age is not None and age >= _OLD and is_poor,
        is_poor and _is_grave(obligor),
        owns_little and obligor.status in INCAPABLE,
    )
    return next((str(number) for number, is_so in enumerate(holds, start=1) if is_so), "")


def _earns_less(month: Money | None, ceiling: Money | None) -> bool:
    if month is None:
        return False
    return not month.fen or (ceiling is not None and month < ceiling)


def _is_grave(obligor: Obligor) -> bool:
    """Gravely disabled as 第八条 says: levels one and two, of the mind also three."""
    found = obligor.disability
    if found is None:
        return False
    return found.level in _GRAVE or (found.level == _THIRD and found.kind in _OF_THE_MIND)
