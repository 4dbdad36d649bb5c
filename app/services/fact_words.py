"""The facts of a case in village words: what a field is called, what was told, what to ask next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from app.domain.households import AssetKind, Category, ExpenseKind, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import SelfCare
from app.domain.standing import BenefitKind
from app.domain.words import Word
from app.rules.care import care_level
from app.rules.facts import Asset, Disability, Expense, Facts, Income, Member, Obligor
from app.services.pack_words import named

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "relation": "和户主的关系",
        "birth": "出生日期",
        "sex": "性别",
        "name": "姓名",
        "id_number": "身份证号",
        "hukou": "户口在哪里",
        "living": "住在哪里",
        "status": "有没有特殊情况",
        "student": "在读什么学校",
        "labour": "能不能干活",
        "excused_from_work": "不干活有没有正当理由",
        "first_job": "是不是第一次就业",
        "first_employed_on": "是不是第一次就业、哪天上班",
        "self_declared_on": "主动申报的日期",
        "back_at_work": "有没有返岗复工",
        "labour_loss": "扶贫部门有没有认定丧失劳动能力",
        "disabled": "残疾证",
        "disability": "残疾证",
        "disability.kind": "残疾类别",
        "disability.level": "残疾等级",
        "disability.parts": "多重残疾，证上有哪几种、各几级",
        "serious_illness": "有没有重病",
        "self_care": "生活自理",
        "receives": "正在享受什么",
        "monitored": "是不是监测对象",
        "support_form": "集中还是分散供养",
        "monthly_income": "每月收入",
        "maintenance_month": "每月给多少赡养费",
        "within_property_limits": "财产超没超",
        "supports": "该养家里的谁",
        "area": "城镇还是农村",
        "incomes": "有哪些收入",
        "expenses": "看病、上学花了多少",
        "assets": "有哪些财产",
        "obligors": "外面有没有赡养的人",
        "months_in": "最近几个月里有几个月",
        "received_on": "哪天收到的",
    }
)
"""Fields of a case file, as she would ask for them."""
UNASKED: Final = "没问"
NOTHING: Final = "没有"

_PERSON: Final = re.compile(r"household\.(members|obligors)\[(\d+)\]\.(.+)")
_INCOME: Final = re.compile(r"household\.incomes\[(\d+)\]\.(.+)")
_LIST: Final = re.compile(r"household\.(\w+)")
_DEDUCTION: Final = "deduction."
_RUNG: Final = "rung."
_RELATIVES: Final = {
    "son": "儿子",
    "daughter": "女儿",
    "father": "父亲",
    "mother": "母亲",
    "spouse": "配偶",
    "grandchild": "孙辈",
    "other": "亲属",
}
_CODES: Final[Mapping[str, str]] = (
    {kind.value: kind.label for kind in (*BenefitKind, *IncomeKind, *Category)}
    | {"disability_living": "残疾生活补贴", "disability_care": "残疾护理补贴"}
    | _RELATIVES
)
"""What is written down by code only: what somebody receives, who somebody outside is."""
_KINDS: Final = {kind.value: kind.label for kind in (*IncomeKind, *ExpenseKind, *AssetKind)}
_YEAR: Final = 12


def to_ask(facts: Facts, missing: Iterable[str]) -> tuple[str, ...]:
    """What an answer found missing, one sentence each, in order and each once."""
    return tuple(dict.fromkeys(_to_ask(facts, name) for name in missing))


def who_is(member: Member) -> str:
    """A member as he is called; by his place in the family where he has no name here."""
    return member.name or member.relation.label


def relative(obligor: Obligor) -> str:
    """An obligor as he is called: 外面的儿子."""
    return f"外面的{_RELATIVES.get(obligor.relation, obligor.relation)}"


def told(value: object) -> str:
    """One fact as it was told."""
    match value:
        case None:
            return UNASKED
        case bool():
            return "是" if value else "不是"
        case Word():
            return value.label
        case Money():
            return f"{value.grouped().removesuffix('.00')} 元"
        case date():
            return value.isoformat()
        case Disability():
            return _certificate(value)
        case Income() | Expense() | Asset():
            return _item(value)
        case Mapping():
            unable = [SelfCare(act).label for act, can in value.items() if not can]
            return f"做不了：{'、'.join(unable)}" if unable else "都能自己做"
        case tuple():
            return "、".join(told(one) for one in value) or NOTHING
        case _:
            code = str(value)
            return _CODES.get(code, code)


def ability_words(acts: Mapping[SelfCare, bool]) -> str:
    """What an assessment found: the level of care, and what cannot be done."""
    level = care_level(acts)
    found = "" if level is None else level.label
    return "，".join(filter(None, (found, told(acts))))


def line_word(item: str, label: str = "") -> str:
    """What a line of a working is called: its own label, or that of its kind of income."""
    return label or _KINDS.get(item, item)


def _to_ask(facts: Facts, name: str) -> str:
    """One thing to ask, of whom; of the county where it is the pack's."""
    person = _PERSON.fullmatch(name)
    if person is not None:
        place, field = int(person[2]), FIELDS.get(person[3], person[3])
        if person[1] == "members":
            return f"{who_is(facts.household.members[place])}：{field}"
        return f"{relative((facts.household.obligors or ())[place])}：{field}"
    income = _INCOME.fullmatch(name)
    if income is not None:
        return _of_income(facts, int(income[1]), FIELDS.get(income[2], income[2]))
    household = _LIST.fullmatch(name)
    if household is not None:
        return f"家里{FIELDS.get(household[1], household[1])}"
    if name.startswith(_DEDUCTION):
        return "等县里给：能扣多少"
    if name.startswith(_RUNG):
        return f"等县里给：有没有“{Category(name.removeprefix(_RUNG)).label}”这一档"
    return f"等县里给：{named(name)}"


def _of_income(facts: Facts, place: int, field: str) -> str:
    """Something to ask about one income, of whoever has it."""
    income = (facts.household.incomes or ())[place]
    whose = next(
        (who_is(one) for one in facts.household.members if one.id == income.member), "全家"
    )
    return f"{whose}的{income.kind.label}：{field}"


def _certificate(disability: Disability) -> str:
    kind = "" if disability.kind is None else disability.kind.label
    level = "" if disability.level is None else f"{disability.level} 级"
    parts = "、".join(f"{one.label} {grade} 级" for one, grade in disability.parts if grade)
    return f"{kind}{level}{parts and f'（{parts}）'}" or "有证"


def _item(item: Income | Expense | Asset) -> str:
    """How much, for how long."""
    if isinstance(item, Asset):
        if item.amount is not None:
            return told(item.amount)
        return UNASKED if item.count is None else f"{item.count} 样"
    span = {Per.MONTH: "/月", Per.YEAR: "/年", Per.ONCE: "（一次）"}[item.per]
    months = item.months if isinstance(item, Income) else _YEAR
    short = f"，{months} 个月" if months < _YEAR else ""
    return f"{told(item.amount)}{span}{short}"
