"""What somebody above said each month pays, as it is typed: "3个月100%，3个月50%" or "6*100"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain.money import Money
from app.domain.problem import Refused

MOST_MONTHS: Final = 60
WHOLE: Final = 100
"""Percent: never more than what was paid before."""
_STEP: Final = re.compile(
    r"(\d{1,3})\s*(?:个月|月)?\s*[*x×X]?\s*(\d{1,3})\s*[%％]?(?:\s*[=＝]\s*(\d+(?:\.\d{1,2})?)\s*元?)?"
)
_BETWEEN: Final = re.compile(r"[\s,，;；、。+＋]*")


@dataclass(frozen=True, slots=True)
class ToldStep:
    """So many months at so much percent; `amount` where the sum itself was told."""

    months: int
    percent: int
    amount: Money | None = None


def read_steps(text: str) -> tuple[ToldStep, ...]:
    """The steps in order. Raises Refused G-14."""
    found: list[ToldStep] = []
    at = 0
    whole = text.strip()
    while at < len(whole):
        between = _BETWEEN.match(whole, at)
        at = at if between is None else between.end()
        if at == len(whole):
            break
        step = _STEP.match(whole, at)
        if step is None:
            raise unreadable()
        months, percent, amount = step.groups()
        found.append(
            ToldStep(int(months), int(percent), None if amount is None else Money.parse(amount))
        )
        at = step.end()
    total = sum(one.months for one in found)
    if (
        not found
        or total > MOST_MONTHS
        or any(one.months < 1 or one.percent > WHOLE for one in found)
    ):
        raise unreadable()
    return tuple(found)


def unreadable() -> Refused:
    """G-14."""
    return Refused(
        "看不懂每月发几成。",
        do="请照“3个月100%，3个月50%”写；金额也说了就写“3个月50%=118”。",
        code="G-14",
        field="shares",
    )
