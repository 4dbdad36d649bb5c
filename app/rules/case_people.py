"""The people of a case file: members of the household, and those bound to support them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from app.domain.people import (
    DisabilityKind,
    Hukou,
    Labour,
    Living,
    PersonStatus,
    Relation,
    SelfCare,
    Sex,
    Student,
)
from app.rules import strict
from app.rules.benefit_codes import as_benefits
from app.rules.facts import Disability, Member, Obligor
from app.rules.relations import relation_of
from app.rules.strict import Record, join, known_keys, refuse

_DISABILITY: Final = frozenset({"kind", "level", "parts"})
_SEVERAL: Final = DisabilityKind.MULTIPLE
_PARTS: Final = frozenset({kind.value for kind in DisabilityKind} - {_SEVERAL.value})
_ACTS: Final = {act.value: act for act in SelfCare}
_SELF_CARE: Final = frozenset(_ACTS)
_SEEN_OR_NOT: Final = frozenset({bool, type(None)})
_RELATIONS: Final = "、".join(relation.value for relation in Relation)

_sex = strict.as_word(Sex)
_hukou = strict.as_word(Hukou)
_living = strict.as_word(Living)
_status = strict.as_word(PersonStatus)
_student = strict.as_word(Student)
_labour = strict.as_word(Labour)
_disability_kind = strict.as_word(DisabilityKind)


def member_of(record: Record, path: str) -> Member:
    """One member. `disability` null says there is none; left out, nobody asked."""
    known_keys(record, path, _MEMBER)
    if record.get("first_job") is False and record.get("first_employed_on") is not None:
        text = "不是第一次就业，就没有第一次就业的日期。"
        refuse(join(path, "first_employed_on"), text, code="C-06")
    if record.get("labour_loss") is True and record.get("labour") == Labour.ABLE.value:
        text = "写了能干活，就不能又写认定丧失劳动能力。"
        refuse(join(path, "labour_loss"), text, code="C-06")
    told = strict.told(record, path, _MEMBER_FACTS, _NEEDED)
    return Member(disabled=_disabled(record), **told)


def obligor_of(record: Record, path: str) -> Obligor:
    """One person bound by law to support a member; `relation` as seen from the household."""
    known_keys(record, path, _OBLIGOR)
    told = strict.told(record, path, _OBLIGOR_FACTS, _NEEDED)
    return Obligor(disabled=_disabled(record), **told)


def _disabled(record: Record) -> bool | None:
    """Whether there is a certificate; null says there is none."""
    return record["disability"] is not None if "disability" in record else None


def _relation(value: object, path: str) -> Relation:
    relation = relation_of(value) if isinstance(value, str) else None
    if relation is None:
        refuse(path, f"这里只能填：{_RELATIONS}，或者 GB/T 4761 的代码。")
    return relation


def _disability(value: object, path: str) -> Disability:
    """A certificate; {} says there is one that nobody has looked at."""
    record = strict.as_record(value, path)
    known_keys(record, path, _DISABILITY)
    told = strict.told(record, path, _DISABILITY_FACTS)
    if told.get("parts") and told.setdefault("kind", _SEVERAL) is not _SEVERAL:
        refuse(join(path, "parts"), "只有多重残疾的证才写各种各几级。", code="C-06")
    return Disability(**told)


def _parts(value: object, path: str) -> tuple[tuple[DisabilityKind, int], ...]:
    """By kind the level on a certificate for several, 0 for one that is not on it."""
    record = strict.as_record(value, path)
    known_keys(record, path, _PARTS)
    return tuple(
        (kind, strict.as_count(record[kind.value], join(path, kind.value), least=0, most=4))
        for kind in DisabilityKind
        if record.get(kind.value) is not None
    )


def _level(value: object, path: str) -> int:
    return strict.as_count(value, path, least=1, most=4)


def _self_care(value: object, path: str) -> dict[SelfCare, bool]:
    """The acts somebody looked at; the others stay unknown."""
    record = strict.as_record(value, path)
    known_keys(record, path, _SELF_CARE)
    if not _SEEN_OR_NOT.issuperset(map(type, record.values())):
        code = next(code for code, can in record.items() if type(can) not in _SEEN_OR_NOT)
        strict.as_flag(record[code], join(path, code))
    return _acts(tuple(record.items()))


@lru_cache(maxsize=1024)
def _acts(told: tuple[tuple[str, object], ...]) -> dict[SelfCare, bool]:
    """The acts by what was told of each; most people can do them all, and share one answer."""
    return {_ACTS[code]: can for code, can in told if isinstance(can, bool)}


def _supports(value: object, path: str) -> tuple[str, ...]:
    """Those he is bound to, by their ids."""
    return strict.names(value, path, longest=500)


_MEMBER_FACTS: Final[strict.Facts] = (
    ("id", strict.as_name),
    ("relation", _relation),
    ("birth", strict.as_day),
    ("sex", _sex),
    ("name", strict.as_text),
    ("id_number", strict.as_text),
    ("hukou", _hukou),
    ("living", _living),
    ("status", _status),
    ("student", _student),
    ("labour", _labour),
    ("excused_from_work", strict.as_flag),
    ("first_job", strict.as_flag),
    ("first_employed_on", strict.as_day),
    ("self_declared_on", strict.as_day),
    ("back_at_work", strict.as_flag),
    ("labour_loss", strict.as_flag),
    ("disability", _disability),
    ("serious_illness", strict.as_flag),
    ("self_care", _self_care),
    ("receives", as_benefits),
    ("monitored", strict.as_flag),
)
_OBLIGOR_FACTS: Final[strict.Facts] = (
    ("id", strict.as_name),
    ("relation", strict.as_name),
    ("birth", strict.as_day),
    ("monthly_income", strict.as_money),
    ("maintenance_month", strict.as_money),
    ("status", _status),
    ("disability", _disability),
    ("receives", as_benefits),
    ("within_property_limits", strict.as_flag),
    ("supports", _supports),
)
_DISABILITY_FACTS: Final[strict.Facts] = (
    ("kind", _disability_kind),
    ("level", _level),
    ("parts", _parts),
)
_NEEDED: Final = frozenset({"id", "relation"})
_MEMBER: Final = frozenset(key for key, _ in _MEMBER_FACTS)
_OBLIGOR: Final = frozenset(key for key, _ in _OBLIGOR_FACTS)
