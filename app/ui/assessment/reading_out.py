"""What was told, in short, to be read out before it is signed. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from app.rules.facts import Facts


def check_lines(facts: Facts) -> list[str]:
    """One line for each step."""
    household = facts.household
    names = "、".join(member.name or "" for member in household.members)
    return [
        f"家里 {len(household.members)} 口人：{names}",
        _list("收入", household.incomes, "项") + _left(household.incomes_unasked),
        _list("大额支出", household.expenses, "项") + _left(household.expenses_unasked),
        _list("财产", household.assets, "样"),
        _list("不住一起的赡养人", household.obligors, "人"),
    ]


def _list(name: str, told: Sequence[object] | None, measure: str) -> str:
    if told is None:
        return f"{name}：还没问"
    return f"{name}：{len(told)} {measure}" if told else f"{name}：没有"


def _left(unasked: Sequence[object]) -> str:
    return "，还有人没问完" if unasked else ""
