"""就高不就低、享受不重复 — benefits one person cannot have side by side.

特困 stands alone; a child paid as 孤儿 or 事实无人抚养 is not 特困 as well; 单人保 is not for those
whose whole household has 低保 (芒巩固振兴组办〔2021〕6号 二(一)). Only pointed out: township and
county decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from app.domain.households import Category
from app.rules.assessment import RungAnswer
from app.rules.facts import Member
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.parameters import BENEFIT_CONFLICT
from app.rules.received import received_by

_NAMES: Final = {
    Category.TEKUN.value: Category.TEKUN.label,
    Category.DIBAO.value: Category.DIBAO.label,
    Category.SINGLE_PERSON.value: Category.SINGLE_PERSON.label,
    "orphan_allowance": "孤儿、事实无人抚养生活费",
}
_APART: Final = frozenset(
    map(
        frozenset,
        (
            ("tekun", "dibao"),
            ("tekun", "single_person"),
            ("tekun", "orphan_allowance"),
            ("dibao", "single_person"),
        ),
    )
)
"""Pairs nobody has both of."""


def conflict_hints(means: Means, suggested: RungAnswer | None) -> Iterable[Hint]:
    """What somebody receives that does not go with what else he receives or may apply for."""
    household = means.facts.household
    for member in household.members:
        known = received_by(member, household) or frozenset()
        held = [code for code in _NAMES if code in known] if known else []
        for one, other in combinations(held, 2):
            if frozenset((one, other)) in _APART:
                text = f"登记里同时在领{_NAMES[one]}和{_NAMES[other]}，请核实。"
                yield _hint(means, member, text)
        if suggested is None or member.id not in suggested.members:
            continue
        for code in held:
            if frozenset((code, suggested.rung.value)) in _APART:
                yield _hint(means, member, f"在领{_NAMES[code]}，又够{suggested.rung.label}。")


def _hint(means: Means, member: Member, text: str) -> Hint:
    """With what the pack says to do about it."""
    rule = means.terms.find(BENEFIT_CONFLICT)
    if rule is None:
        return Hint(HintCode.CONFLICT, member.id, f"{text}怎么办，问县里。", "政策重复")
    advice = (
        "就高不就低，留高的一项，享受不重复。"
        if rule.value == "higher"
        else "两项一般不能同时享受，报之前先问清楚。"
    )
    return Hint(HintCode.CONFLICT, member.id, text + advice, str(rule.ground))
