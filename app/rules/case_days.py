"""Days a case file tells of: none after the day of the case, and in the order they must have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.rules.facts import Facts, HouseholdFacts
from app.rules.strict import refuse

_OLDEST: Final = 130
"""Years nobody has lived; a birth before them is a slip."""
_DAYS: Final = {
    "birth": "出生日期",
    "first_employed_on": "第一次就业的日期",
    "self_declared_on": "主动申报的日期",
    "received_on": "收到的日期",
}
"""Facts that are days, and what they are called."""


def check_days(facts: Facts, on: date) -> None:
    """Raise Refused (C-06) for anything said to have happened after the day of the case, or for a
    birth too long before it.

    Nobody works before being born, nor tells of the first work before it began.
    """
    for rows, n, fact, day in _days(facts.household):
        if day > on:
            text = f"{_DAYS[fact]}在测算日期 {on.isoformat()} 之后。"
            refuse(f"household.{rows}[{n}].{fact}", text, code="C-06")
        if fact == "birth" and on.year - day.year > _OLDEST:
            refuse(f"household.{rows}[{n}].birth", f"没有人活到 {_OLDEST} 岁以上。", code="C-06")
    for n, member in enumerate(facts.household.members):
        begun, told = member.first_employed_on, member.self_declared_on
        if begun is None:
            continue
        path = f"household.members[{n}]"
        if member.birth is not None and begun <= member.birth:
            text = f"第一次就业的日期不晚于出生日期 {member.birth.isoformat()}。"
            refuse(f"{path}.first_employed_on", text, code="C-06")
        if told is not None and told < begun:
            text = f"主动申报的日期早于第一次就业的日期 {begun.isoformat()}。"
            refuse(f"{path}.self_declared_on", text, code="C-06")


def _days(household: HouseholdFacts) -> Iterable[tuple[str, int, str, date]]:
    """Every day that is told: the list and the place in it, the fact, the day."""
    for n, member in enumerate(household.members):
        if member.birth is not None:
            yield "members", n, "birth", member.birth
        if member.first_employed_on is not None:
            yield "members", n, "first_employed_on", member.first_employed_on
        if member.self_declared_on is not None:
            yield "members", n, "self_declared_on", member.self_declared_on
    for n, obligor in enumerate(household.obligors or ()):
        if obligor.birth is not None:
            yield "obligors", n, "birth", obligor.birth
    for n, income in enumerate(household.incomes or ()):
        if income.received_on is not None:
            yield "incomes", n, "received_on", income.received_on
