"""The values of a pack as a person reads them: choices, groups of people, tables of amounts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.households import Category, ExpenseKind, IncomeKind, Per
from app.domain.people import Labour, Student
from app.rules.values import JobCost, PersonGroup, Rate, Rounding, Tier
from app.services.pack_words import said

_LEVELS: Final = {1: "一", 2: "二", 3: "三", 4: "四"}
_ROUNDED: Final = {"up": "进到整", "down": "舍到整", "half_up": "四舍五入到整"}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "rigid_test": {
            "ratio": "支出占收入的比例",
            "outlay_over_income": "支出超过收入",
            "outlay_or_remainder": "支出超过收入，或者剩下的不到线",
        },
        "rigid_requires": {"not_lower": "不符合低保、特困、低保边缘", "marginal": "先是低保边缘"},
        "vehicle_rule": {
            "review": "要人来看",
            "refuse": "不允许",
            "refuse_cars": "不允许，摩托车、电瓶车、残疾人代步车除外",
            "ignore": "不看",
        },
        "house_over_rule": {"review": "要人来看", "refuse": "不允许"},
        "nonresidential_rule": {"review": "要人来看", "refuse": "不允许", "ignore": "不看"},
        "business_registration_rule": {
            "review": "要人来看",
            "refuse": "不允许",
            "ignore": "不看",
            "capital": "本钱算货币财产",
        },
        "guangdong_check_income_ceiling": {
            "minimum_wage": "最低工资",
            "standard": "低保标准",
        },
        "nonlocal_member_counts": {
            "no": "不算",
            "spouse": "配偶算",
            "residence_permit": "有居住证的算",
            "yes": "算",
        },
        "single_person_amount_mode": {
            "full_std": "按标准全额",
            "gap": "补差",
            "above_average": "比平均高",
            "percent_of_std": "标准的几成",
            "fixed": "固定金额",
        },
        "job_cost_stacking": {"exclusive": "只扣一样", "stack": "都能扣"},
        "imputed_wage_rule": {"none": "不算", "minimum_wage": "按最低工资算"},
        "benefit_conflict_rule": {"warn": "提醒", "higher": "就高不就低"},
        "grace_condition": {
            "employment_self_declared": "就业了，自己来申报",
            "employment": "就业了",
        },
    }
)
_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{word.value: word.label for word in (*IncomeKind, *ExpenseKind, *Student)},
        **{word.value: word.label for word in Category},
        "severe_disability": "重度残疾",
        "serious_illness": "重病",
        "elderly": "高龄",
        "minor": "未成年人",
        "dispersed": "分散供养",
        "concentrated": "集中供养",
        "full_self_care": "全自理",
        "semi_care": "半护理",
        "full_care": "全护理",
    }
)


def value_words(name: str, value: object, unit: str) -> str:
    """A pack's value in words, "" for one that only other entries of the pack refer to."""
    match value:
        case str():
            return _WORDS.get(name, {}).get(value, "")
        case Rounding():
            return f"{_ROUNDED[value.mode]} {value.step_fen / 100:g} 元"
        case JobCost():
            span = "" if value.months is None else f"，最多 {value.months} 个月"
            who = "，返岗复工的也算" if value.back_at_work else ""
            return f"{said(Rate(value.month, Per.MONTH))}{span}{who}"
        case Mapping():
            return "，".join(f"{_coded(code)} {said(rate)}" for code, rate in value.items())
        case tuple():
            steps = said(value, unit)
            return steps or "；".join(filter(None, map(_part, value)))
        case _:
            return said(value, unit)


def _part(value: object) -> str:
    """One of several."""
    match value:
        case PersonGroup():
            return _group(value)
        case Tier():
            return f"{value.tier}：{Labour(value.labour).label}"
        case _:
            return _CODES.get(str(value), "")


def _group(group: PersonGroup) -> str:
    """Who belongs to it: 智力、精神 三级."""
    kinds = "、".join(sorted(kind.label for kind in group.kinds))
    levels = "、".join(f"{_LEVELS[level]}级" for level in sorted(group.levels))
    who = "重病" if group.serious_illness else f"{kinds}残疾{levels}"
    if group.labour_loss:
        who = "认定丧失劳动能力的"
    grown = "成年" if group.adult else ""
    return f"{grown}没有工作的{who}" if group.jobless else f"{grown}{who}"


def _coded(code: str) -> str:
    """A class of people by its code; classes a county made up itself keep their names."""
    return _CODES.get(code) or _paired(code)


def _paired(code: str) -> str:
    """集中供养 全护理, from the code that joins both."""
    first, _, rest = code.partition("_")
    return f"{_CODES[first]}{_CODES[rest]}" if first in _CODES and rest in _CODES else code
