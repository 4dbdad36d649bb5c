"""就高不就低、享受不重复 — benefits one person cannot have side by side.

特困 stands alone; a child paid as 孤儿 or 事实无人抚养 is not 特困 as well; 单人保 is not for those
whose whole household has 低保 (芒巩固振兴组办〔2021〕6号 二(一)). Only pointed out: township and
county decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final

from app.domain.households import Category
from app.rules.assessment import RungAnswer
from app.rules.facts import Member
from app.rules.grounds import MEETS
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.parameters import BENEFIT_CONFLICT
from app.rules.received import all_received

_NAMES: Final = {
    Category.TEKUN.value: Category.TEKUN.label,
    Category.DIBAO.value: Category.DIBAO.label,
    Category.SINGLE_PERSON.value: Category.SINGLE_PERSON.label,
    Category.RIGID_EXPENDITURE.value: Category.RIGID_EXPENDITURE.label,
    Category.MARGINAL.value: Category.MARGINAL.label,
    "orphan_allowance": "孤儿、事实无人抚养生活费",
}
_SEVERAL: Final = 2
_APART: Final = frozenset(
    map(
        frozenset,
        (
            ("tekun", "dibao"),
            ("tekun", "single_person"),
            ("tekun", "rigid_expenditure"),
            ("tekun", "marginal"),
            ("tekun", "orphan_allowance"),
            ("dibao", "single_person"),
        ),
    )
)
"""Pairs nobody has both of."""


def conflict_hints(means: Means, suggested: RungAnswer | None) -> Iterable[Hint]:
    """What somebody receives that does not go with what else he receives or may apply for."""
    received = all_received(means)
    for member in means.facts.household.members:
        known = received[member.id]
        if not known:
            continue
        held = [code for code in _NAMES if code in known]
        for one, other in combinations(held, 2):
            if frozenset((one, other)) in _APART:
                text = f"登记里同时在领{_NAMES[one]}和{_NAMES[other]}，请核实。"
                yield _hint(means, member, text)
        if suggested is None or member.id not in suggested.members:
            continue
        for code in held:
            if frozenset((code, suggested.rung.value)) in _APART:
                yield _hint(means, member, f"在领{_NAMES[code]}，又够{suggested.rung.label}。")


def payment_hints(means: Means, rungs: Iterable[RungAnswer]) -> Iterable[Hint]:
    """What each of 边缘 and 刚性支出 pays where a household meets both, so that neither is chosen
    blindly (津民发〔2020〕19号 二(二) gives 支出型 to 边缘 households)."""
    met = {one.rung: one for one in rungs if one.outcome is MEETS}
    if len(met) < _SEVERAL:
        return
    both = [met[rung] for rung in (Category.RIGID_EXPENDITURE, Category.MARGINAL) if rung in met]
    if len(both) > 1 and any(one.benefit_month or one.benefit_missing for one in both):
        paid = "，".join(f"{one.rung.label}{_paid(one)}" for one in both)
        yield _hint(means, None, f"两档都够得上：{paid}。")
    yield from _part_or_whole(means, met)
    tekun = met.get(Category.TEKUN)
    if tekun is not None:
        yield from _beside_tekun(means, tekun, both)


def _part_or_whole(means: Means, met: Mapping[Category, RungAnswer]) -> Iterable[Hint]:
    """特困 for some and 低保 for all: what each pays, for what some get may hide more for all."""
    tekun, dibao = met.get(Category.TEKUN), met.get(Category.DIBAO)
    if tekun is None or dibao is None:
        return
    both = [who for who in tekun.members if who in dibao.members]
    if both and len(both) < len(dibao.members):
        yield _hint(
            means,
            None,
            f"其中 {len(tekun.members)} 人够特困，{_paid(tekun)}；"
            f"全家 {len(dibao.members)} 人一起够低保，{_paid(dibao)}。"
            "同一个人只能享受一样，其余的人还可以另外申请。",
        )


def _beside_tekun(means: Means, tekun: RungAnswer, others: Iterable[RungAnswer]) -> Iterable[Hint]:
    """特困 and money of a lower rung for the same people: nobody has both."""
    for other in others:
        shared = [who for who in tekun.members if who in other.members]
        if shared and (other.benefit_month or other.benefit_missing):
            yield _hint(
                means,
                None,
                f"{len(shared)} 人够特困，{_paid(tekun)}；全家又够{other.rung.label}，"
                f"{_paid(other)}。同一个人只能享受一样。",
            )


def _paid(answer: RungAnswer) -> str:
    if answer.benefit_missing:
        return "每月多少还算不出，要等县里给"
    return "不发钱" if answer.benefit_month is None else f"每月 {answer.benefit_month} 元"


def _hint(means: Means, member: Member | None, text: str) -> Hint:
    """With what the pack says to do about it."""
    rule, who = means.terms.find(BENEFIT_CONFLICT), None if member is None else member.id
    if rule is None:
        basis = means.terms.basis_of(BENEFIT_CONFLICT)
        return Hint(HintCode.CONFLICT, who, f"{text}怎么办，问县里。", basis)
    advice = (
        "就高不就低，留高的一项，享受不重复。"
        if rule.value == "higher"
        else "两项一般不能同时享受，报之前先问清楚。"
    )
    return Hint(HintCode.CONFLICT, who, text + advice, rule.basis)
