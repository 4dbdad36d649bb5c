"""Days a case file tells of: none after the day of the case, and in the order they must have."""

from __future__ import annotations

from datetime import date
from typing import Final, NoReturn

from app.domain.clock import day_words
from app.rules.facts import Facts, Member
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
    household, oldest = facts.household, on.year - _OLDEST
    worked = []
    for n, member in enumerate(household.members):
        born = member.birth
        if born is not None and not (born <= on and born.year >= oldest):
            _refuse_birth(f"household.members[{n}].birth", born, on)
        if member.first_employed_on is not None or member.self_declared_on is not None:
            worked.append((f"household.members[{n}]", member))
            _check_told(f"household.members[{n}]", member, on)
    for n, obligor in enumerate(household.obligors or ()):
        born = obligor.birth
        if born is not None and not (born <= on and born.year >= oldest):
            _refuse_birth(f"household.obligors[{n}].birth", born, on)
    for n, income in enumerate(household.incomes or ()):
        if income.received_on is not None and income.received_on > on:
            _refuse_late(f"household.incomes[{n}].received_on", "received_on", on)
    for path, member in worked:
        _check_order(path, member)


def last_day(facts: Facts) -> date:
    """The latest day a case tells of; the first of all where it tells of none."""
    household = facts.household
    told = [
        *(
            day
            for one in household.members
            for day in (one.birth, one.first_employed_on, one.self_declared_on)
        ),
        *(one.birth for one in household.obligors or ()),
        *(one.received_on for one in household.incomes or ()),
    ]
    return max((day for day in told if day is not None), default=date.min)


def _check_told(path: str, member: Member, on: date) -> None:
    told = {
        "first_employed_on": member.first_employed_on,
        "self_declared_on": member.self_declared_on,
    }
    for fact, day in told.items():
        if day is not None and day > on:
            _refuse_late(f"{path}.{fact}", fact, on)


def _check_order(path: str, member: Member) -> None:
    begun, told = member.first_employed_on, member.self_declared_on
    if begun is None:
        return
    if member.birth is not None and begun <= member.birth:
        text = f"第一次就业的日期不晚于出生日期{day_words(member.birth)}。"
        refuse(f"{path}.first_employed_on", text, code="C-06")
    if told is not None and told < begun:
        text = f"主动申报的日期早于第一次就业的日期{day_words(begun)}。"
        refuse(f"{path}.self_declared_on", text, code="C-06")


def _refuse_birth(path: str, born: date, on: date) -> NoReturn:
    if born > on:
        _refuse_late(path, "birth", on)
    refuse(path, f"没有人活到 {_OLDEST} 岁以上。", code="C-06")


def _refuse_late(path: str, fact: str, on: date) -> NoReturn:
    refuse(path, f"{_DAYS[fact]}在测算日期{day_words(on)}之后。", code="C-06")
