"""The kinds of value a policy document states, each read from TOML or from a case's override.

A reader takes the raw value and its unit and returns the typed value; it raises ValueError with
a Chinese reason, which the pack or the case file puts its own path in front of. Decimals are
exact; a float never enters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

from app.domain.households import Per
from app.domain.money import Money
from app.domain.people import DisabilityKind, Labour
from app.rules.values import MONTHS, GraceStep, JobCost, Period, PersonGroup, Rate, Rounding, Tier

T = TypeVar("T")
Reader = Callable[[object, str], T]
"""(raw value, unit) → typed value."""

MONTHLY: Final = "元/月"
YEARLY: Final = "元/年"
_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FEN: Final = 100
_GROUP: Final = ("code", "kinds", "levels", "serious_illness")
_ALONE: Final = ("adult", "jobless", "alone", "ask", "labour_loss")
_LABOUR: Final = (Labour.NONE.value, Labour.PARTIAL.value, Labour.ABLE.value)


PERIODS: Final = {
    "weekly": Period(1, "week"),
    "monthly": Period(1, "month"),
    "quarterly": Period(3, "month"),
    "half_yearly": Period(6, "month"),
    "yearly": Period(12, "month"),
}


def flag(value: object, _unit: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError("这里只能填 true 或 false。")
    return value


def count(least: int, most: int) -> Reader[int]:
    """A whole number within bounds."""

    def _read(value: object, _unit: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError("这里要填整数。")
        if not least <= value <= most:
            raise ValueError(f"这个数要在 {least} 到 {most} 之间。")
        return value

    return _read


def window(value: object, unit: str) -> int:
    """Months of an income window; twelve must be a multiple of it, so that a year stays exact."""
    months = count(1, MONTHS)(value, unit)
    if MONTHS % months:
        raise ValueError("收入核算期只能是 1、2、3、4、6 或 12 个月。")
    return months


def ratio(least: str, most: str) -> Reader[Fraction]:
    """A multiple or a share, exact; "60%" is written 0.6."""
    low, high = Fraction(least), Fraction(most)

    def _read(value: object, _unit: str) -> Fraction:
        number = Fraction(_decimal(value))
        if not low <= number <= high:
            raise ValueError(f"这个数要在 {least} 到 {most} 之间。")
        return number

    return _read


def rate(value: object, unit: str) -> Rate:
    """An amount a month or a year, in the unit its document prints."""
    return Rate(_money(value), Per.MONTH if unit == MONTHLY else Per.YEAR)


def standard(value: object, unit: str) -> Rate:
    """An amount somebody is measured by or paid: never nothing."""
    read = rate(value, unit)
    if not read.amount.fen:
        raise ValueError("标准不能是零；县里还没给的，写 county_must_supply = true。")
    return read


def standards_of(*classes: str) -> Reader[Mapping[str, Rate]]:
    """Standards by class, where only `classes` exist."""

    def _read(value: object, unit: str) -> Mapping[str, Rate]:
        return {code: standard(one, unit) for code, one in _table(value, *classes).items()}

    return _read


def rates(value: object, unit: str) -> Mapping[str, Rate]:
    """Amounts by class."""
    return {code: rate(amount, unit) for code, amount in _table(value).items()}


def rates_of(*classes: str) -> Reader[Mapping[str, Rate]]:
    """Amounts by class, where only `classes` exist."""

    def _read(value: object, unit: str) -> Mapping[str, Rate]:
        return rates(_table(value, *classes), unit)

    return _read


def months_of(*classes: str) -> Reader[Mapping[str, int]]:
    """Whole months by class, where only `classes` exist."""
    number = count(1, 60)

    def _read(value: object, unit: str) -> Mapping[str, int]:
        return {code: number(months, unit) for code, months in _table(value, *classes).items()}

    return _read


def periods_of(*tiers: str) -> Reader[Mapping[str, Period]]:
    """How often, by tier, where only `tiers` exist."""

    def _read(value: object, _unit: str) -> Mapping[str, Period]:
        told = _table(value, *tiers)
        return {tier: PERIODS[_one_of(word, PERIODS)] for tier, word in told.items()}

    return _read


def choice(*words: str) -> Reader[str]:
    """One of the words."""

    def _read(value: object, _unit: str) -> str:
        return _one_of(value, words)

    return _read


def choices(*words: str) -> Reader[tuple[str, ...]]:
    """Some of the words, in the order given."""

    def _read(value: object, _unit: str) -> tuple[str, ...]:
        return tuple(_one_of(word, words) for word in _list(value))

    return _read


def name(value: object, _unit: str) -> str:
    """A name, such as the code of a group."""
    if not isinstance(value, str) or not value:
        raise ValueError("这里要填一个名称。")
    return value


def sentence(most: int) -> Reader[str]:
    """Words that a paper prints as they are, on one or two lines."""

    def _read(value: object, unit: str) -> str:
        text = name(value, unit).strip()
        if not text or len(text) > most or "\n" in text:
            raise ValueError(f"这里要填一段话，不分行，最多 {most} 个字。")
        return text

    return _read


def names(value: object, unit: str) -> tuple[str, ...]:
    """Names that other entries of the pack go by, first come first heard."""
    read = tuple(name(one, unit) for one in _list(value))
    if not read:
        raise ValueError("列表不能是空的。")
    return read


def day(value: object, _unit: str) -> date:
    """A date, as TOML writes one or as ISO text."""
    if type(value) is date:
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("日期要写成 2026-03-02 这样。")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("没有这一天。") from None


def grace(value: object, unit: str) -> tuple[GraceStep, ...]:
    """渐退 steps in order: [{months = 3, percent = 100}, …]."""
    months, percent = count(1, 60), count(0, 100)
    steps = [_table(step, "months", "percent") for step in _list(value)]
    return tuple(
        GraceStep(months(step.get("months"), unit), percent(step.get("percent"), unit))
        for step in steps
    )


def groups(value: object, unit: str) -> tuple[PersonGroup, ...]:
    """Groups of people: [{code = …, kinds = […], levels = […]}, …]."""
    return tuple(_group(_table(one, *_GROUP), unit) for one in _list(value))


def single_groups(value: object, unit: str) -> tuple[PersonGroup, ...]:
    """Groups of people for 单人保, which may add adult, jobless, alone = true and ask = text, or be
    those found to have lost labour (labour_loss = true)."""
    rows = [_table(one, *_GROUP, *_ALONE) for one in _list(value)]
    return tuple(
        replace(
            _group(row, unit),
            adult=flag(row.get("adult", False), unit),
            jobless=flag(row.get("jobless", False), unit),
            alone=flag(row.get("alone", False), unit),
            ask=name(row["ask"], unit) if "ask" in row else "",
        )
        for row in rows
    )


def tiers(value: object, unit: str) -> tuple[Tier, ...]:
    """Classes by what labour a household has: [{tier = "A", labour = "none"}, …]."""
    rows = [_table(one, "tier", "labour") for one in _list(value)]
    read = tuple(
        Tier(name(row.get("tier"), unit), Labour(_one_of(row.get("labour"), _LABOUR)))
        for row in rows
    )
    if len({tier.labour for tier in read}) < len(read):
        raise ValueError("同一种劳动能力写了两档。")
    return read


def rounding(value: object, _unit: str) -> Rounding:
    """{mode = up | down | half_up, step = "1.00", on = household_total | per_person}."""
    table = _table(value, "mode", "step", "on")
    step = _money(table.get("step")).fen
    if not step:
        raise ValueError("取整的单位不能是零。")
    return Rounding(
        mode=_one_of(table.get("mode"), ("up", "down", "half_up")),
        step_fen=step,
        on=_one_of(table.get("on"), ("household_total", "per_person")),
    )


def job_cost(value: object, unit: str) -> JobCost:
    """{amount = 600, months = 12}; months left out where the document names no end, and
    back_at_work = true where it names those who are back at work beside those who work away."""
    table = _table(value, "amount", "months", "back_at_work")
    months = table.get("months")
    return JobCost(
        month=_money(table.get("amount")),
        months=None if months is None else count(1, 120)(months, unit),
        back_at_work=flag(table.get("back_at_work", False), unit),
    )


def _group(table: Mapping[str, object], unit: str) -> PersonGroup:
    words = tuple(kind.value for kind in DisabilityKind)
    level = count(1, 4)
    group = PersonGroup(
        code=name(table.get("code"), unit),
        kinds=frozenset(
            DisabilityKind(_one_of(kind, words)) for kind in _list(table.get("kinds", []))
        ),
        levels=frozenset(level(one, unit) for one in _list(table.get("levels", []))),
        serious_illness=flag(table.get("serious_illness", False), unit),
        labour_loss=flag(table.get("labour_loss", False), unit),
    )
    if not (group.levels or group.serious_illness or group.labour_loss):
        raise ValueError("这一类人没有写条件：要写 levels，或者 serious_illness = true。")
    return group


def _money(value: object) -> Money:
    number = _decimal(value) * _FEN
    if number != number.to_integral_value():
        raise ValueError("金额最多两位小数。")
    return Money(int(number))


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError("这里要填不小于零的数，写成 600 或 1.5 这样。")
    return Decimal(value)


def _one_of(value: object, words: tuple[str, ...] | Mapping[str, object]) -> str:
    if not isinstance(value, str) or value not in words:
        raise ValueError(f"这里只能填：{'、'.join(words)}。")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("这里要填一个列表。")
    return value


def _table(value: object, *allowed: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("这里要填一组“名称 = 值”。")
    stray = [key for key in value if allowed and key not in allowed]
    if stray:
        raise ValueError(f"没有“{stray[0]}”这一项。")
    return value
