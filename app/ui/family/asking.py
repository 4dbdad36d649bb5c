"""What is asked for each family deed, and the deed its answers make. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.domain.family import COMING, FamilyChange, FamilyDeed, Newcomer
from app.domain.households import Household, HouseholdLine
from app.domain.ids import HouseholdId, PersonId
from app.domain.people import Education, Marriage, Relation, Sex
from app.ui.applications.asking import DIGITS, Ask, Field, Values, kept, read, text_of
from app.ui.widgets.entry import compact_id

OTHER: Final = "other"
"""The field that is answered by finding a household."""
_RELATIONS: Final = tuple(
    (relation, relation.label) for relation in Relation if relation is not Relation.HEAD
)
_SEXES: Final = ((Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label))
_MARRIAGES: Final = tuple((one, one.label) for one in Marriage)
_SCHOOLING: Final = tuple((one, one.label) for one in Education)
_WHEN: Final = {
    FamilyDeed.BIRTH: "哪天出生",
    FamilyDeed.DEATH: "哪天去世",
    FamilyDeed.JOIN: "从哪天起算",
}
_SEVERAL: Final = frozenset({FamilyDeed.MOVE_OUT, FamilyDeed.SPLIT})


@dataclass(frozen=True, slots=True)
class FamilyQuestions:
    """One deed's form."""

    kind: FamilyDeed
    title: str
    hint: str
    fields: tuple[Field, ...]

    @property
    def start(self) -> dict[str, Any]:
        """The answers before anybody answered."""
        return {field.key: field.initial for field in self.fields}


def questions(kind: FamilyDeed, home: Household, today: date) -> FamilyQuestions:
    """The form of `kind` for this household."""
    when = Field("on", _WHEN.get(kind, "哪天"), Ask.DAY, initial=today)
    note = Field("note", "补一句", Ask.LINE, hint="可不填")
    if kind in COMING:
        fields = _coming(kind, when)
    elif kind is FamilyDeed.HEAD:
        fields = (_one("head", "换成谁", home), when)
    elif kind is FamilyDeed.MERGE:
        label = "这家户主是那家户主的"
        fields = (Field(OTHER, "并到哪一户", Ask.LINE), _relation(label), when)
    else:
        fields = (_who(kind, home), when, *_going(kind, home))
    return FamilyQuestions(kind, kind.label, "", (*fields, note))


def kept_of(kind: FamilyDeed, values: Values, at: str) -> dict[str, Any]:
    """The deed half told, as a draft keeps it; `at` is the field answered last."""
    other = values.get(OTHER)
    told = kept({key: value for key, value in values.items() if key != OTHER})
    if isinstance(other, HouseholdLine):
        told[OTHER] = other.id
    return {"kind": kind, "values": told, "at": at}


def values_of(
    asked: FamilyQuestions, draft: Mapping[str, Any], other: HouseholdLine | None
) -> dict[str, Any]:
    """The answers of a draft; `other` is the household it names."""
    told = {key: value for key, value in draft["values"].items() if key != OTHER}
    found = asked.start | read(asked.fields, told)
    return found | {OTHER: other} if OTHER in found else found


def change_of(kind: FamilyDeed, home: Household, values: Values) -> FamilyChange:
    """The deed the answers make so far; what is missing is said by the service."""
    other = values.get(OTHER)
    relation = values.get("relation")
    on = values.get("on")
    return FamilyChange(
        household=home.id,
        kind=kind,
        on=on if isinstance(on, date) else date.max,
        people=_people(home, values.get("people")),
        newcomer=_newcomer(kind, values) if kind in COMING else None,
        head=_person(home, values.get("head")),
        leads=_person(home, values.get("leads")),
        other=HouseholdId(other.id) if isinstance(other, HouseholdLine) else None,
        relation=relation if isinstance(relation, Relation) else Relation.OTHER,
        group_name=text_of(values, "group_name"),
        door=text_of(values, "door"),
        to_place=text_of(values, "to_place"),
        note=text_of(values, "note"),
    )


def _coming(kind: FamilyDeed, when: Field) -> tuple[Field, ...]:
    name = Field("name", "姓名", Ask.LINE, hint="没起名就写：未取名")
    relation = _relation("是户主的")
    sex = Field("sex", "性别", Ask.CHOICE, options=_SEXES)
    number = Field("id_number", "身份证号", Ask.PLAIN, hint="还没有就空着")
    phone = Field("phone", "电话", Ask.PLAIN, hint="可不填")
    if kind is FamilyDeed.BIRTH:
        return (name, sex, when, relation, number)
    birth = Field("birth", "哪天出生", Ask.DAY, hint="填了身份证号就不用填")
    marriage = Field("marriage", "婚姻状况", Ask.CHOICE, options=_MARRIAGES)
    education = Field("education", "文化程度", Ask.CHOICE, options=_SCHOOLING)
    hukou = Field("hukou_address", "户口在哪里", Ask.LINE, hint="不在本村的写上")
    return (name, number, relation, sex, birth, phone, when, marriage, education, hukou)


def _going(kind: FamilyDeed, home: Household) -> tuple[Field, ...]:
    """What is asked beside who and when, where somebody leaves."""
    many = len(home.members) > 1
    head = (_one("head", "接着当户主的", home, below="户主走了才要选。"),) if many else ()
    if kind is FamilyDeed.MOVE:
        return (Field(OTHER, "去哪一户", Ask.LINE), _relation("是那家户主的"), *head)
    if kind is FamilyDeed.MOVE_OUT:
        return (Field("to_place", "迁到哪里", Ask.LINE, hint="不知道就写：不知道"), *head)
    if kind is FamilyDeed.SPLIT:
        group = Field("group_name", "新户在哪个组", Ask.LINE, initial=home.group_name)
        door = Field("door", "新户门牌", Ask.LINE, hint="和原来一样就空着")
        return (_one("leads", "新户的户主", home), group, door, *head)
    return head


def _who(kind: FamilyDeed, home: Household) -> Field:
    """Whom of the family it is about."""
    if kind not in _SEVERAL:
        return _one("people", "是谁", home)
    if len(home.members) >= DIGITS:
        return Field("people", "有谁", Ask.LINE, hint="写名字，用、隔开")
    options = (("", "没有"), *((one.person.id, one.person.name) for one in home.members))
    return Field("people", "有谁", Ask.SEVERAL, options=options)


def _one(key: str, label: str, home: Household, *, below: str = "") -> Field:
    if len(home.members) > DIGITS:
        return Field(key, label, Ask.LINE, hint="写名字", below=below)
    options = tuple((one.person.id, one.person.name) for one in home.members)
    return Field(key, label, Ask.CHOICE, options=options, below=below)


def _relation(label: str) -> Field:
    return Field("relation", label, Ask.CHOICE, options=_RELATIONS)


def _people(home: Household, answer: object) -> tuple[PersonId, ...]:
    """Who was chosen, by digits or by names written out."""
    ids = {one.person.id for one in home.members}
    if isinstance(answer, tuple):
        return tuple(PersonId(one) for one in answer if one in ids)
    if not isinstance(answer, str) or not answer:
        return ()
    if answer in ids:
        return (PersonId(answer),)
    names = {name.strip() for name in answer.replace("，", "、").replace(" ", "、").split("、")}
    return tuple(one.person.id for one in home.members if one.person.name in names)


def _person(home: Household, answer: object) -> PersonId | None:
    return next(iter(_people(home, answer)), None)


def _newcomer(kind: FamilyDeed, values: Values) -> Newcomer:
    """Who comes, with what the number says of birth and sex."""
    number = compact_id(text_of(values, "id_number")) or None
    birth = values.get("on" if kind is FamilyDeed.BIRTH else "birth")
    sex, relation = values.get("sex"), values.get("relation")
    marriage, education = values.get("marriage"), values.get("education")
    return Newcomer(
        name=text_of(values, "name"),
        id_number=number,
        birth=birth if isinstance(birth, date) else None,
        sex=sex if isinstance(sex, Sex) else Sex.UNKNOWN,
        relation=relation if isinstance(relation, Relation) else Relation.OTHER,
        phone=text_of(values, "phone") or None,
        marriage=marriage if isinstance(marriage, Marriage) else None,
        education=education if isinstance(education, Education) else None,
        hukou_address=text_of(values, "hukou_address") or None,
    )
