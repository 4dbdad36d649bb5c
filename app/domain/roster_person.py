"""One row of a roster read into one person, every problem of the row collected on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from app.domain.households import ExpenseKind, IncomeKind
from app.domain.identity import IdNumber, parse_id_number
from app.domain.ids import PersonId
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Education,
    Hukou,
    IdKind,
    Labour,
    Living,
    Marriage,
    Person,
    PersonStatus,
    Relation,
    Sex,
    Student,
    mask_id_number,
)
from app.domain.problem import Refused
from app.domain.roster import RosterProblem, SourceRow
from app.domain.roster_cells import (
    EDUCATION_WORDS,
    MARRIAGE_WORDS,
    NOT_DISABLED,
    RELATION_WORDS,
    read_amount,
    read_birth,
    read_certificate_number,
    read_disability,
    read_ethnicity,
    read_level,
    read_name,
    read_other_number,
    read_phone,
    read_self_care,
    read_year,
    read_yes_no,
    word_of,
)
from app.domain.roster_columns import (
    BIRTH,
    COLUMNS,
    DISABILITY_KIND,
    DISABILITY_LEVEL,
    DISABILITY_NO,
    EDUCATION,
    EMPLOYER,
    ETHNICITY,
    EXPENSES_YEAR,
    HUKOU,
    HUKOU_ADDRESS,
    ID_KIND,
    ID_NUMBER,
    ILLNESS,
    INCOME_SOURCES,
    INCOME_YEAR,
    LABOUR,
    LIVING,
    MARRIAGE,
    NAME,
    PERMIT_NO,
    PHONE,
    RELATION,
    RESIDENT_SINCE,
    SELF_CARE,
    SERIOUS_ILLNESS,
    SEX,
    STATUS,
    STUDENT,
    Column,
)
from app.domain.roster_items import read_expenses, read_incomes

T = TypeVar("T")

_NUMBERED: Final = frozenset({IdKind.RESIDENT, IdKind.HUKOU_BOOK, IdKind.HK_MACAO_PERMIT})
"""Documents that carry a number of GB 11643."""
_LONGEST_HINT: Final = 24


@dataclass(slots=True)
class RowReading:
    """One row being read: `take` reads a cell and notes what is wrong instead of raising."""

    row: SourceRow
    problems: list[RosterProblem] = field(default_factory=list)

    def take(self, column: Column, read: Callable[[str], T]) -> T | None:
        """The value under `column`; None when it is empty or cannot be read."""
        text = self.row.text(column)
        if not text:
            return None
        try:
            return read(text)
        except Refused as refused:
            self.blame(column, f"{refused.what}{refused.do}", refused.code)
            return None

    def blame(self, column: Column, text: str, code: str) -> None:
        """Note that the cell under `column` is wrong."""
        self.problems.append(
            RosterProblem(
                row=self.row.number,
                column=column.heading,
                value_hint=hint(column, self.row.text(column)),
                text=text,
                code=code,
            )
        )


@dataclass(frozen=True, slots=True)
class PersonReading:
    """A row as far as it could be read; the person stands only when the row has no problem."""

    row: SourceRow
    person: Person = field(repr=False)
    relation: Relation | None
    living: Living | None
    incomes: tuple[tuple[IncomeKind, Money], ...] = field(repr=False)
    expenses: tuple[tuple[ExpenseKind, Money], ...] = field(repr=False)


def read_person(
    reading: RowReading, person_id: PersonId, *, on: date, monitored: bool
) -> PersonReading:
    """Read one row; problems are left in `reading`. `on` is the day births may not lie after."""
    _check_filled(reading)
    kind = reading.take(ID_KIND, _id_kind)
    number = _read_number(reading, kind, on)
    level = reading.take(DISABILITY_LEVEL, read_level)
    disability = reading.take(DISABILITY_KIND, read_disability)
    _check_disability(reading)
    person = Person(
        id=person_id,
        name=reading.take(NAME, read_name) or "",
        id_kind=kind or IdKind.NONE,
        id_number=number.text if isinstance(number, IdNumber) else number,
        birth=_read_birth(reading, number, on),
        sex=_read_sex(reading, number),
        ethnicity=reading.take(ETHNICITY, read_ethnicity),
        hukou=reading.take(HUKOU, _hukou),
        hukou_address=reading.row.text(HUKOU_ADDRESS) or None,
        permit_no=reading.take(PERMIT_NO, read_certificate_number),
        resident_since=reading.take(RESIDENT_SINCE, read_year(on)),
        marriage=reading.take(MARRIAGE, _marriage),
        education=reading.take(EDUCATION, _education),
        labour=reading.take(LABOUR, _labour) or Labour.UNKNOWN,
        employer=reading.row.text(EMPLOYER) or None,
        student=reading.take(STUDENT, _student),
        status=reading.take(STATUS, _status),
        disabled=_is_disabled(reading, disability),
        disability_kind=disability,
        disability_level=level,
        disability_no=reading.take(DISABILITY_NO, read_certificate_number),
        serious_illness=reading.take(SERIOUS_ILLNESS, read_yes_no),
        illness=reading.row.text(ILLNESS) or None,
        self_care=reading.take(SELF_CARE, read_self_care),
        monitored=monitored,
        phone=reading.take(PHONE, read_phone),
    )
    return PersonReading(
        row=reading.row,
        person=person,
        relation=reading.take(RELATION, _relation),
        living=reading.take(LIVING, _living),
        incomes=_read_incomes(reading),
        expenses=reading.take(EXPENSES_YEAR, read_expenses) or (),
    )


def hint(column: Column, text: str) -> str:
    """A cell as it may be shown back: a word of a list whole, anything personal masked."""
    if column is ID_NUMBER:
        return mask_id_number(text)
    if column.plain:
        return text[:_LONGEST_HINT]
    return text[:1] + "*" * min(len(text) - 1, _LONGEST_HINT) if text else ""


def _check_filled(reading: RowReading) -> None:
    """Cells every row must have, and none longer than a form can print."""
    for column in COLUMNS:
        text = reading.row.text(column)
        if column.needed and not text:
            reading.blame(column, "这一格没有填。请补上。", "R-50")
        elif len(text) > column.longest:
            reading.blame(column, f"这一格太长了，最多{column.longest}个字。请缩短。", "R-40")


def _read_number(reading: RowReading, kind: IdKind | None, on: date) -> IdNumber | str | None:
    """The number on the document, with its birth and sex when it is one of GB 11643."""
    filled = bool(reading.row.text(ID_NUMBER))
    if kind is IdKind.NONE:
        if filled:
            reading.blame(ID_NUMBER, "证件类型是“没有证件”，却填了号码。请改一处。", "R-41")
        return None
    if not filled and kind is not None:
        reading.blame(ID_NUMBER, "证件号码没有填。请补上；没有证件就填“没有证件”。", "R-50")
        return None
    if kind in _NUMBERED:
        return reading.take(ID_NUMBER, lambda text: parse_id_number(text, on=on))
    return reading.take(ID_NUMBER, read_other_number)


def _read_birth(reading: RowReading, number: IdNumber | str | None, on: date) -> date | None:
    birth = reading.take(BIRTH, read_birth(on))
    if not isinstance(number, IdNumber):
        return birth
    if birth is not None and birth != number.birth:
        reading.blame(BIRTH, "出生日期和身份证号里的不一样。请对着身份证改一处。", "R-42")
    return number.birth


def _read_sex(reading: RowReading, number: IdNumber | str | None) -> Sex:
    sex = reading.take(SEX, _sex)
    if not isinstance(number, IdNumber):
        return sex or Sex.UNKNOWN
    if sex not in {None, Sex.UNKNOWN, number.sex}:
        reading.blame(SEX, "性别和身份证号里的不一样。请对着身份证改一处。", "R-43")
    return number.sex


def _is_disabled(reading: RowReading, kind: DisabilityKind | None) -> bool | None:
    """True and False only when the cell says so."""
    if kind is not None:
        return True
    return False if reading.row.text(DISABILITY_KIND) == NOT_DISABLED else None


def _check_disability(reading: RowReading) -> None:
    kind, level = (reading.row.text(column) for column in (DISABILITY_KIND, DISABILITY_LEVEL))
    if kind == NOT_DISABLED:
        kind = ""
    if kind and not level:
        reading.blame(DISABILITY_LEVEL, "填了残疾类别，没有填等级。请照残疾证补上。", "R-44")
    if level and not kind:
        reading.blame(DISABILITY_KIND, "填了残疾等级，没有填类别。请照残疾证补上。", "R-44")


def _read_incomes(reading: RowReading) -> tuple[tuple[IncomeKind, Money], ...]:
    """The sources; a total without sources counts as one that somebody else assessed."""
    sources = reading.take(INCOME_SOURCES, read_incomes)
    total = reading.take(INCOME_YEAR, read_amount)
    if sources is None:
        unread = total is None or reading.row.text(INCOME_SOURCES)
        return () if unread or total is None else ((IncomeKind.ASSESSED, total),)
    if total is not None and total != sum((amount for _, amount in sources), Money(0)):
        reading.blame(INCOME_YEAR, "年收入和各项收入加起来不一样。请核对。", "R-45")
    return sources


_id_kind: Final = word_of(IdKind, {"身份证": IdKind.RESIDENT})
_sex: Final = word_of(Sex)
_hukou: Final = word_of(Hukou)
_marriage: Final = word_of(Marriage, MARRIAGE_WORDS)
_education: Final = word_of(Education, EDUCATION_WORDS)
_labour: Final = word_of(Labour)
_student: Final = word_of(Student)
_status: Final = word_of(PersonStatus)
_living: Final = word_of(Living)
_relation: Final = word_of(Relation, RELATION_WORDS)
