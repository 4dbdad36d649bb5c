"""Goods given instead of money: read from one line as it is said, "大米 2 袋 120、棉被 2 床 200".

Each is a name, perhaps how many of what, perhaps what it is worth (折价). What cannot be read so is
kept as its name: nothing typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.money import Money
from app.domain.problem import Refused

_APART: Final = re.compile(r"[、，,；;\n]+")
_ONE: Final = re.compile(
    r"(?P<name>[^0-9]+?)\s*(?P<count>[0-9]{1,5}(?:\.[0-9])?|[一二两三四五六七八九十半]{1,3})\s*"
    r"(?P<unit>[^\s0-9]{1,3}?)"
    r"(?:\s+(?:折价|值|计)?\s*|\s*(?:折价|值|计)\s*)?(?P<worth>(?<=[\s价值计])(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,2})?)?\s*元?"
)
_TEN: Final = 10
_FIGURES: Final = {figure: at for at, figure in enumerate("一二三四五六七八九", 1)} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Goods:
    """One thing given: `count` as written in figures ("2", "0.5", "" unknown), `worth` its 折价."""

    name: str
    count: str = ""
    unit: str = ""
    worth: Money | None = None

    def __str__(self) -> str:
        """As it stands on a paper: "大米 2 袋（折价 120.00 元）"."""
        much = f" {self.count} {self.unit}".rstrip() if self.count else ""
        worth = "" if self.worth is None else f"（折价 {self.worth.grouped()} 元）"
        return f"{self.name}{much}{worth}"

    def as_fields(self) -> dict[str, object]:
        """As stored."""
        worth = None if self.worth is None else self.worth.fen
        return {"name": self.name, "count": self.count, "unit": self.unit, "worth_fen": worth}


def goods_of(fields: Mapping[str, Any]) -> Goods:
    """What `Goods.as_fields` stored."""
    worth = fields.get("worth_fen")
    return Goods(
        name=str(fields.get("name", "")),
        count=str(fields.get("count", "")),
        unit=str(fields.get("unit", "")),
        worth=None if worth is None else Money(worth),
    )


def read_goods(text: str) -> tuple[Goods, ...]:
    """The goods of one line, in the order they were said."""
    return tuple(_read(part.strip()) for part in _APART.split(text) if part.strip())


def check_worth(goods: Iterable[Goods], amount: Money) -> None:
    """Raises Refused M-26 unless what the goods are worth is `amount`, where all are priced."""
    worths = [one.worth for one in goods]
    known = [worth for worth in worths if worth is not None]
    if not known:
        return
    if len(known) < len(worths):
        raise Refused(
            "有的东西写了折价，有的没写。",
            do="请每样都写上值多少钱，或者都不写、只填总数。",
            code="M-25",
            field="goods",
        )
    total = sum(known, Money(0))
    if total != amount:
        raise Refused(
            f"几样东西折价加起来是 {total.grouped()} 元，和“给多少”不一样。",
            do="请改折价，或者改“给多少”。",
            code="M-26",
            field="goods",
        )


def _read(part: str) -> Goods:
    found = _ONE.fullmatch(part)
    if found is None:
        return Goods(part)
    worth = found["worth"]
    return Goods(
        name=found["name"].strip(),
        count=_figures(found["count"]),
        unit=found["unit"],
        worth=None if worth is None else Money.parse(worth),
    )


def _figures(count: str) -> str:
    """A count in figures: 两 is 2, 十二 is 12, 半 is 0.5."""
    if count[0].isdigit():
        return count
    if count == "半":
        return "0.5"
    tens, ten, ones = count.rpartition("十")
    value = (_FIGURES.get(tens, 1) * _TEN if ten else 0) + _FIGURES.get(ones, 0)
    return str(value)
