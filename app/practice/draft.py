"""A practice household being put together, person by person.

Allowances of age and disability come by themselves; everything else is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from app.domain.households import (
    AssetItem,
    AssetKind,
    ExpenseItem,
    ExpenseKind,
    IncomeItem,
    IncomeKind,
    MonitoringTag,
    Per,
)
from app.domain.ids import HouseholdId, ItemId, MemberId, ObligorId, PersonId
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Hukou,
    IdKind,
    Labour,
    Living,
    Member,
    Obligor,
    Person,
    PersonStatus,
    Relation,
    SelfCare,
    Sex,
    Student,
)
from app.practice.names import NameGiver
from app.practice.registry import Registry

SCHOOL_AGE: Final = 6
WORKING_AGE: Final = 16
GROWN: Final = 19
PENSION_AGE: Final = 60
FRAIL_AGE: Final = 75
GREAT_AGE: Final = 80
_SEVERE: Final = 2
_OTHER_SEX: Final = {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE}


@dataclass(slots=True)
class Draft:
    """The household so far. Amounts are whole yuan."""

    registry: Registry
    names: NameGiver
    chance: Random
    ethnicity: str
    surname: str
    id: HouseholdId
    members: list[Member] = field(default_factory=list)
    obligors: list[Obligor] = field(default_factory=list)
    incomes: list[IncomeItem] = field(default_factory=list)
    expenses: list[ExpenseItem] = field(default_factory=list)
    assets: list[AssetItem] = field(default_factory=list)
    poverty_cause: str | None = None
    monitoring: MonitoringTag | None = None
    is_tekun: bool = False

    def years(self, low: int, high: int) -> int:
        """An age from `low` to `high`."""
        return self.chance.randint(low, high)

    def sex(self) -> Sex:
        """Either."""
        return self.chance.choice((Sex.MALE, Sex.FEMALE))

    def happens(self, percent: int) -> bool:
        """True `percent` times in a hundred."""
        return self.chance.randrange(100) < percent

    def add(
        self,
        relation: Relation,
        age: int,
        sex: Sex,
        *,
        living: Living = Living.TOGETHER,
        by_marriage: bool = False,
        **traits: Any,  # noqa: ANN401  # fields of Person
    ) -> Person:
        """A member of `age` years; `by_marriage` brings another family name.

        Labour, schooling and the allowances of age and disability follow unless `traits` say so.
        """
        surname = self.names.surname(self.ethnicity) if by_marriage else self.surname
        birth = self.registry.birth(age)
        number = None
        if traits.get("id_kind") is not IdKind.NONE:
            number = self.registry.id_number(birth, sex)
        person = Person(
            id=PersonId(self.registry.new_id()),
            **{
                "name": self.names.name(self.ethnicity, surname, sex, age),
                "id_number": number,
                "birth": birth,
                "sex": sex,
                "ethnicity": self.ethnicity,
                "hukou": Hukou.LOCAL,
                "labour": _labour(age, traits),
                "student": _student(age),
                "status": PersonStatus.NORMAL,
                "serious_illness": False,
                "disabled": False,
                "phone": self.registry.telephone() if self._has_phone(age) else None,
                **traits,
            },
        )
        self.members.append(
            Member(
                id=MemberId(self.registry.new_id()),
                household=self.id,
                person=person,
                relation=relation,
                living=living,
            )
        )
        self._add_allowances(person, age)
        return person

    def add_couple(self, age: int, *, living: Living = Living.TOGETHER) -> tuple[Person, Person]:
        """Head and spouse of about one age."""
        sex = self.sex() if age >= PENSION_AGE else Sex.MALE
        head = self.add(Relation.HEAD, age, sex, living=living)
        younger = max(GROWN, age - self.years(0, 4))
        spouse = self.add(
            Relation.SPOUSE, younger, _OTHER_SEX[sex], living=living, by_marriage=True
        )
        return head, spouse

    def earn(
        self,
        person: Person | None,
        kind: IncomeKind,
        yuan: int,
        per: Per = Per.YEAR,
        months: int = 12,
    ) -> None:
        """An income of `person`, or of the household."""
        self.incomes.append(
            IncomeItem(
                id=ItemId(self.registry.new_id()),
                person=person.id if person else None,
                kind=kind,
                amount=Money.yuan(yuan),
                per=per,
                months=months,
            )
        )

    def spend(self, person: Person, kind: ExpenseKind, yuan: int) -> None:
        """An outlay a year."""
        self.expenses.append(
            ExpenseItem(
                id=ItemId(self.registry.new_id()),
                person=person.id,
                kind=kind,
                amount=Money.yuan(yuan),
                per=Per.YEAR,
            )
        )

    def own(self, kind: AssetKind, *, yuan: int | None = None, count: int | None = None) -> None:
        """Something owned: a sum or a number of things."""
        amount = None if yuan is None else Money.yuan(yuan)
        self.assets.append(
            AssetItem(id=ItemId(self.registry.new_id()), kind=kind, amount=amount, count=count)
        )

    def bind(
        self,
        relation: str,
        age: int,
        *,
        earns: int | None,
        gives: int | None = None,
        status: PersonStatus = PersonStatus.NORMAL,
    ) -> None:
        """Somebody who owes support: what they earn and give a month."""
        sex = Sex.FEMALE if relation in {"女儿", "母亲"} else Sex.MALE
        self.obligors.append(
            Obligor(
                id=ObligorId(self.registry.new_id()),
                household=self.id,
                name=self.names.name(self.ethnicity, self.surname, sex, age),
                relation=relation,
                birth=self.registry.birth(age),
                monthly_income=None if earns is None else Money.yuan(earns),
                maintenance_month=None if gives is None else Money.yuan(gives),
                status=status,
            )
        )

    def self_care(self, cannot: int) -> dict[str, bool]:
        """The six things, of which `cannot` are beyond the person."""
        lost = set(self.chance.sample([thing.value for thing in SelfCare], cannot))
        return {thing.value: thing.value not in lost for thing in SelfCare}

    def disability(self, *kinds: DisabilityKind, level: int) -> dict[str, Any]:
        """Traits of a disabled person: one of `kinds`, of `level` 1 (gravest) to 4."""
        return {
            "disabled": True,
            "disability_kind": self.chance.choice(kinds or tuple(DisabilityKind)),
            "disability_level": level,
            **({"labour": Labour.NONE} if level <= _SEVERE else {}),
            "self_care": self.self_care(max(0, 4 - level) if level <= _SEVERE else 0),
        }

    def _has_phone(self, age: int) -> bool:
        return age >= WORKING_AGE and not (age >= GREAT_AGE and self.happens(50))

    def _add_allowances(self, person: Person, age: int) -> None:
        if age >= PENSION_AGE:
            self.earn(person, IncomeKind.RESIDENT_PENSION_BASIC, self.years(128, 143), Per.MONTH)
            self.earn(person, IncomeKind.RESIDENT_PENSION_PERSONAL, self.years(8, 46), Per.MONTH)
        if age >= GREAT_AGE:
            self.earn(person, IncomeKind.ELDERLY_ALLOWANCE, 60, Per.MONTH)
        if person.disability_level in {1, _SEVERE}:
            self.earn(person, IncomeKind.DISABILITY_SUBSIDY, 110, Per.MONTH)


def _labour(age: int, traits: dict[str, Any]) -> Labour:
    if age < WORKING_AGE or age >= FRAIL_AGE or traits.get("student") not in {None, Student.NONE}:
        return Labour.NONE
    is_weakened = age >= PENSION_AGE or traits.get("disability_level")
    return Labour.PARTIAL if is_weakened else Labour.ABLE


def _student(age: int) -> Student:
    if SCHOOL_AGE <= age < WORKING_AGE:
        return Student.COMPULSORY
    return Student.SECONDARY if WORKING_AGE <= age < GROWN else Student.NONE
