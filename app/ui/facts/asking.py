"""The facts of a household as a form: what stands there, and what its answers put right. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.domain.households import Household
from app.domain.ids import PersonId
from app.domain.people import Education, Living, Marriage, Member, Relation, Sex
from app.domain.words import Word
from app.services.duplicates import Typed
from app.services.household_corrections import Correction
from app.ui.applications.asking import DIGITS, Ask, Field, Values, text_of
from app.ui.widgets.entry import compact_id

HOUSEHOLD: Final = "household"
"""Chosen where the household itself is put right, not one of its people."""
_SEXES: Final = ((Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label))
_RELATIONS: Final = tuple((one, one.label) for one in Relation if one is not Relation.HEAD)
_LIVING: Final = tuple((one, one.label) for one in Living)
_MARRIAGES: Final = tuple((one, one.label) for one in Marriage)
_SCHOOLING: Final = tuple((one, one.label) for one in Education)
_KEPT: Final = "不改就空着"


@dataclass(frozen=True, slots=True)
class FactQuestions:
    """The facts of one record. `person` None for the household itself."""

    person: PersonId | None
    title: str
    hint: str
    fields: tuple[Field, ...]

    @property
    def start(self) -> dict[str, Any]:
        """What stands there now."""
        return {field.key: field.initial for field in self.fields}


def whose(home: Household) -> list[tuple[object, str]]:
    """Whose facts there are: the household's, and each person's as far as digits go."""
    people = [(one.person.id, one.person.name) for one in home.members[: DIGITS - 1]]
    return [(HOUSEHOLD, "这一户"), *people]


def questions(home: Household, chosen: object) -> FactQuestions | None:
    """The form of the household or of one of its people; None for nobody."""
    if chosen == HOUSEHOLD:
        return FactQuestions(None, "这一户的资料", "", _of_household(home))
    member = next((one for one in home.members if one.person.id == chosen), None)
    if member is None:
        return None
    return FactQuestions(
        member.person.id, f"{member.person.name}的资料", "", tuple(_of_person(member))
    )


def correction_of(home: Household, asked: FactQuestions, values: Values) -> Correction:
    """Only what was answered otherwise than it stood."""
    start = asked.start
    fields = {
        key: _told(key, value)
        for key, value in values.items()
        if key in start
        and (value or None) != (start[key] or None)
        and (value or key not in _SECRET)
    }
    return Correction(household=home.id, person=asked.person, fields=fields)


def typed_of(home: Household, asked: FactQuestions, values: Values) -> Typed:
    """Who it says it is, for finding the same person elsewhere."""
    birth = values.get("birth_on")
    return Typed(
        name=text_of(values, "name"),
        id_number=compact_id(text_of(values, "id_number")) or None,
        birth=birth if isinstance(birth, date) else None,
        phone=text_of(values, "phone") or None,
        person=asked.person,
        household=home.id,
    )


_SECRET: Final = frozenset({"id_number", "bank_account", "permit_no", "disability_no"})
"""Never filled in on the screen: an empty answer keeps what stands there."""
_NUMBERS: Final = _SECRET | {"phone", "resident_since"}


def _told(key: str, value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Word):
        text = compact_id(value) if key in _NUMBERS else value.strip()
        if key == "resident_since" and text.isdecimal():
            return int(text)
        return text or (None if key not in _NEVER_NONE else "")
    return value


_BEFORE_LIVING: Final = 5
_NEVER_NONE: Final = frozenset({"name", "group_name", "door", "address"})


def _tail(number: str | None) -> str:
    """What may be said of a number that is not shown."""
    return f"现在是尾号 {number[-4:]}，{_KEPT}" if number else "还没登记"


def _year(year: int | None) -> str | None:
    return None if year is None else str(year)


def _of_household(home: Household) -> tuple[Field, ...]:
    return (
        Field("phone", "联系电话", Ask.PLAIN, initial=home.phone),
        Field("bank_name", "开户行", Ask.LINE, initial=home.bank_name),
        Field("bank_account", "银行卡号", Ask.PLAIN, hint=_tail(home.bank_account)),
        Field("knock_note", "敲门前要知道", Ask.LINE, initial=home.knock_note),
        Field("group_name", "哪个组", Ask.LINE, initial=home.group_name),
        Field("door", "门牌", Ask.LINE, initial=home.door),
        Field("address", "住址", Ask.LINE, initial=home.address),
    )


def _of_person(member: Member) -> list[Field]:
    person = member.person
    fields = [
        Field("id_number", "身份证号", Ask.PLAIN, hint=_tail(person.id_number)),
        Field("name", "姓名", Ask.LINE, initial=person.name),
        Field("birth_on", "哪天出生", Ask.DAY, initial=person.birth),
        Field("sex", "性别", Ask.CHOICE, initial=person.sex, options=_SEXES),
        Field("phone", "电话", Ask.PLAIN, initial=person.phone),
        Field("living", "住在哪里", Ask.CHOICE, initial=member.living, options=_LIVING),
        Field("marriage", "婚姻状况", Ask.CHOICE, initial=person.marriage, options=_MARRIAGES),
        Field("education", "文化程度", Ask.CHOICE, initial=person.education, options=_SCHOOLING),
        Field("employer", "在哪里上班", Ask.LINE, initial=person.employer),
        Field("disability_no", "残疾证号", Ask.PLAIN, hint=_tail(person.disability_no)),
        Field("hukou_address", "户口在哪里", Ask.LINE, initial=person.hukou_address,
              hint="和住的地方一样也写上"),
        Field("resident_since", "哪年来住的", Ask.PLAIN, initial=_year(person.resident_since)),
        Field("permit_no", "居住证号", Ask.PLAIN, hint=_tail(person.permit_no)),
    ]  # fmt: skip
    if member.relation is not Relation.HEAD:
        relation = Field(
            "relation", "是户主的", Ask.CHOICE, initial=member.relation, options=_RELATIONS
        )
        fields.insert(_BEFORE_LIVING, relation)
    return fields
