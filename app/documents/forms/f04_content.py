"""The facts of F04 (domain.md §3.4): one 入户调查 with the household as it is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.documents import values
from app.documents.forms import persons
from app.domain.households import Category, Household
from app.domain.money import Money
from app.domain.people import Labour, Member, Obligor, Student
from app.domain.visiting import Investigation


@dataclass(frozen=True, slots=True, kw_only=True)
class F04Member:
    """One line of the household grid; "" is what nobody recorded."""

    name: str
    relation: str
    age: int | None
    health: str
    labour: str
    living: str
    is_pupil: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class F04Obligor:
    """Somebody outside who is bound to pay; sums a month."""

    name: str
    relation: str
    age: int | None
    income: Money | None
    pays: Money | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F04Content:
    """What the form says. `answers` by the names of `app.domain.investigating.BLOCKS`."""

    unit: str
    on: date
    investigators: tuple[str, ...]
    respondent: str
    head: str
    id_number: str | None
    address: str
    phone: str | None
    category: Category
    members: tuple[F04Member, ...]
    obligors: tuple[F04Obligor, ...]
    is_monitored: bool
    has_relative: bool | None
    """None while nobody has asked."""
    answers: dict[str, str] = field(hash=False)
    fits: bool
    conclusion: str


def content_of(
    found: Investigation, household: Household, *, unit: str, has_relative: bool | None = None
) -> F04Content:
    """The form of one investigation of a household."""
    head = household.head_member
    return F04Content(
        unit=unit,
        on=found.investigated_on,
        investigators=found.investigators,
        respondent=found.respondent,
        head="" if head is None else head.person.name,
        id_number=None if head is None else head.person.id_number,
        address=household.whole_address,
        phone=household.phone,
        category=household.category,
        members=tuple(_member(one, found.investigated_on) for one in household.members),
        obligors=tuple(_obligor(one, found.investigated_on) for one in household.obligors),
        is_monitored=household.monitoring_tag is not None,
        has_relative=has_relative,
        answers=dict(found.answers),
        fits=found.fits,
        conclusion=found.conclusion,
    )


def _member(member: Member, on: date) -> F04Member:
    person = member.person
    return F04Member(
        name=person.name,
        relation=persons.relation_to_head(member),
        age=values.age(person.birth, on),
        health=persons.health(person),
        labour="" if person.labour is Labour.UNKNOWN else person.labour.label,
        living="" if member.living is None else member.living.label,
        is_pupil=person.student not in {None, Student.NONE},
    )


def _obligor(one: Obligor, on: date) -> F04Obligor:
    return F04Obligor(
        name=one.name,
        relation=persons.kin(one.relation),
        age=values.age(one.birth, on),
        income=one.monthly_income,
        pays=one.maintenance_month,
        status="" if one.status is None else one.status.label,
    )
