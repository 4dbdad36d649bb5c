"""Days a case file tells of: none of them lies after the day of the case."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.rules.facts import Facts, Income, Member, Obligor
from app.rules.strict import refuse

_DAYS: Final = {
    "birth": "出生日期",
    "first_employed_on": "第一次就业的日期",
    "self_declared_on": "主动申报的日期",
    "received_on": "收到的日期",
}
"""Facts that are days, and what they are called."""
_OF_MEMBER: Final = ("birth", "first_employed_on", "self_declared_on")


def check_days(facts: Facts, on: date) -> None:
    """Raise Refused (C-06) for anything said to have happened after the day of the case."""
    household = facts.household
    for n, member in enumerate(household.members):
        for fact in _OF_MEMBER:
            _check(member, fact, "members", n, on)
    for n, obligor in enumerate(household.obligors or ()):
        _check(obligor, "birth", "obligors", n, on)
    for n, income in enumerate(household.incomes or ()):
        _check(income, "received_on", "incomes", n, on)


def _check(told: Member | Obligor | Income, fact: str, rows: str, n: int, on: date) -> None:
    day: date | None = getattr(told, fact)
    if day is not None and day > on:
        text = f"{_DAYS[fact]}在测算日期 {on.isoformat()} 之后。"
        refuse(f"household.{rows}[{n}].{fact}", text, code="C-06")
