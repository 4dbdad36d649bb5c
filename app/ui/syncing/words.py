"""Stored fields in village words, for differences shown side by side. No Qt."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from app.domain.family import FamilyDeed
from app.domain.households import (
    Area,
    AssetKind,
    Category,
    ExpenseKind,
    IncomeKind,
    MonitoringTag,
    Per,
)
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Education,
    Hukou,
    IdKind,
    Labour,
    Living,
    Marriage,
    PersonStatus,
    Relation,
    SelfCare,
    Sex,
    Student,
    mask_id_number,
)
from app.domain.words import Word
from app.ui.widgets.entry import date_text

_NAMES: Final = {
    "group_name": "哪个组",
    "door": "门牌",
    "address": "住址",
    "phone": "电话",
    "category": "类别",
    "monitoring_tag": "监测标注",
    "benefit_month_fen": "每月补多少",
    "poverty_cause": "困难原因",
    "knock_note": "敲门前要知道",
    "bank_name": "开户行",
    "bank_account": "银行卡号",
    "head_person_id": "户主",
    "name": "姓名",
    "id_kind": "证件",
    "id_number": "身份证号",
    "birth_on": "出生日期",
    "sex": "性别",
    "ethnicity": "民族",
    "hukou": "户口",
    "hukou_address": "户口在哪里",
    "permit_no": "居住证号",
    "resident_since": "哪年来住的",
    "marriage": "婚姻状况",
    "education": "文化程度",
    "labour": "能不能干活",
    "employer": "在哪里上班",
    "student": "上学",
    "status": "特殊情况",
    "is_disabled": "有没有残疾证",
    "disability_kind": "残疾类别",
    "disability_level": "残疾等级",
    "disability_no": "残疾证号",
    "is_seriously_ill": "有没有重病",
    "illness": "什么病",
    "relation": "和户主的关系",
    "living": "住在哪里",
    "kind": "是什么",
    "amount_fen": "多少钱",
    "monthly_income_fen": "每月收入",
    "maintenance_month_fen": "每月给多少",
    "per": "按月还是按年",
    "months": "几个月",
    "count": "几个",
    "first_employed_on": "第一次上班",
    "self_declared_on": "申报日期",
    "is_removed": "还有没有",
    "payment_id": "同一笔钱",
    "area": "城镇还是农村",
    "village_code": "哪个村",
    "is_monitored": "是不是监测对象",
    "receives": "正在享受什么",
    "self_care": "生活自理",
    "died_on": "哪天去世",
    "since_on": "哪天来的",
    "since_by": "怎么来的",
    "until_on": "哪天离开的",
    "until_by": "怎么离开的",
    "split_from_id": "从哪一户分出来",
    "successor_id": "并到哪一户",
    "ended_on": "哪天没人了",
    "ended_by": "怎么没人的",
    "household_id": "哪一户",
    "person_id": "谁的",
}
_WORDS: Final[dict[str, tuple[type[Word], ...]]] = {
    "area": (Area,),
    "since_by": (FamilyDeed,),
    "until_by": (FamilyDeed,),
    "ended_by": (FamilyDeed,),
    "category": (Category,),
    "monitoring_tag": (MonitoringTag,),
    "id_kind": (IdKind,),
    "sex": (Sex,),
    "hukou": (Hukou,),
    "marriage": (Marriage,),
    "education": (Education,),
    "labour": (Labour,),
    "student": (Student,),
    "status": (PersonStatus,),
    "disability_kind": (DisabilityKind,),
    "relation": (Relation,),
    "living": (Living,),
    "kind": (IncomeKind, ExpenseKind, AssetKind),
    "per": (Per,),
}
_HIDDEN: Final = frozenset({"id_number", "bank_account", "permit_no", "disability_no"})
COUNTY_ONLY: Final = frozenset({"payment_id"})
"""What only the county settles."""


def field_name(field: str) -> str:
    """What a field is called."""
    return _NAMES.get(field, "这一项")


def value_text(field: str, value: Any) -> str:  # noqa: ANN401  # whatever the field holds
    """A stored value as people say it; numbers that name a person are masked."""
    if value is None or value == "":
        return "没填"
    if isinstance(value, bool):
        return "有" if value != (field == "is_removed") else "没有"
    if field in _HIDDEN:
        return mask_id_number(str(value))
    if field.endswith("_fen") and isinstance(value, int):
        return f"{Money(value).grouped()} 元"
    if field.endswith("_on") and isinstance(value, str):
        return date_text(date.fromisoformat(value))
    if isinstance(value, list):
        return "、".join(_word("kind", str(one)) for one in value) or "没填"
    if isinstance(value, dict):
        return "、".join(_able(str(act), can=bool(can)) for act, can in value.items())
    return _word(field, str(value))


def _able(act: str, *, can: bool) -> str:
    """One of the six things of 生活自理."""
    label = next((word.label for word in SelfCare if word.value == act), act)
    return f"{label}{'能' if can else '不能'}"


def _word(field: str, code: str) -> str:
    for words in _WORDS.get(field, ()):
        found = next((word.label for word in words if word.value == code), None)
        if found is not None:
            return found
    return code
