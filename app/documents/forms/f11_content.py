"""The facts of F11 (domain.md §3.10): one 特困 person a set of pages, with the three tests.

What the stored means test found is printed as it found it; a test that it did not ask stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.forms import holdings, persons
from app.documents.forms.beside import NOTHING, Beside, ProxyLine, proxy_line
from app.documents.forms.f11_reasons import reason_of
from app.documents.forms.stored_answer import Said, StoredAnswer, money
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.money import Money
from app.domain.people import Member, Obligor
from app.rules import facts as case
from app.rules.care import CareLevel
from app.rules.grounds import Outcome
from app.rules.income_lines import CEILING

OLD: Final = 60
"""特困人员认定办法 第五条."""
YOUNG: Final = 16
"""Younger ones are minors wherever they live; up to 18 it is the region's to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class F11Obligor:
    """One person bound to support. `reason` is the number of one of
    `f11_reasons.REASONS`, where it is sure."""

    name: str
    relation: str
    age: int | None
    monthly_income: Money | None
    maintenance_month: Money | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F11Person:
    """One person who applies for 特困. None and "" are to be written by hand."""

    name: str
    sex: str
    birth: date | None
    age: int | None
    ethnicity: str
    id_kind: str
    id_number: str | None
    hukou: str
    hukou_address: str
    marriage: str
    education: str
    phone: str | None
    disability: str
    disability_no: str
    illness: str
    is_old: bool
    is_young: bool
    is_disabled: bool
    care: CareLevel | None
    carer: str
    carer_phone: str
    carer_relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F11Content:
    """What the form says. `obligors` None: nobody asked; empty: asked, and there is none."""

    unit: str
    filed_on: date
    address: str
    people: tuple[F11Person, ...]
    obligors: tuple[F11Obligor, ...] | None
    income_year: Money | None
    per_capita_month: Money | None
    standard_month: Money | None
    property: str
    tested: str
    """What the means test says of 特困, its day and its pack."""
    proxy: ProxyLine | None
    attached: tuple[str, ...]
    notice: tuple[date | None, date | None]
    """From when to when the 初审公示 hung."""


def content_of(
    application: Application,
    household: Household,
    *,
    unit: str,
    assessment: AssessmentRecord | None = None,
    beside: Beside = NOTHING,
) -> F11Content:
    """The form's content. Raises ValueError when the applicant is not of the household."""
    applicant = persons.applicant_of(household, application.applicant)
    answer = StoredAnswer(assessment) if assessment else None
    asked = answer.tekun_people if answer else ()
    about = [m for m in household.members if m.person.id in asked] or [applicant]
    care: Mapping[str, CareLevel] = answer.care_levels if answer else {}
    on, told = application.filed_on, answer.facts if answer else None
    bound = persons.obligors(household, told)
    return F11Content(
        unit=unit,
        filed_on=on,
        address=household.whole_address,
        people=tuple(_person(member, household, (care, beside), on) for member in about),
        obligors=None
        if bound is None
        else tuple(_obligor(one, on, _reason(one, answer, on)) for one in bound),
        income_year=answer.money("income_year") if answer else None,
        per_capita_month=answer.money("per_capita_month") if answer else None,
        standard_month=answer.money("standard_month") if answer else None,
        property=holdings.told(told.household.assets) if told else "",
        tested=_tested(answer),
        proxy=proxy_line(application.proxy),
        attached=beside.received,
        notice=beside.notice,
    )


def _person(
    member: Member, household: Household, cared: tuple[Mapping[str, CareLevel], Beside], on: date
) -> F11Person:
    person = member.person
    levels, beside = cared
    agreed = beside.carer_of(person.id)
    age = values.age(person.birth, on)
    return F11Person(
        name=person.name,
        sex=persons.sex(person),
        birth=person.birth,
        age=age,
        ethnicity=persons.ethnicity(person),
        id_kind=person.id_kind.label,
        id_number=person.id_number,
        hukou=person.hukou.label if person.hukou else "",
        hukou_address=person.hukou_address or "",
        marriage=persons.marriage(person),
        education=persons.education(person),
        phone=person.phone or household.phone,
        disability=persons.disability(person),
        disability_no=person.disability_no or "",
        illness=person.illness or ("无" if person.serious_illness is False else ""),
        is_old=age is not None and age >= OLD,
        is_young=age is not None and age < YOUNG,
        is_disabled=person.disability_kind is not None,
        care=levels.get(person.id),
        carer="" if agreed is None else agreed.carer,
        carer_phone="" if agreed is None else agreed.carer_phone,
        carer_relation="" if agreed is None else agreed.carer_relation,
    )


def _reason(obligor: Obligor, answer: StoredAnswer | None, on: date) -> str:
    """By what the test was told of this one; without a test, by what is on record."""
    facts = answer.facts if answer else None
    told = (facts.household.obligors if facts else None) or ()
    known = next((one for one in told if one.id == obligor.id), None)
    bare = case.Obligor(id=obligor.id, relation=obligor.relation, status=obligor.status)
    return reason_of(known or bare, on, _ceiling(answer) if answer else None)


def _ceiling(answer: StoredAnswer) -> Money | None:
    """Last year's disposable income a head, a month, where the test had it."""
    lines = (line for line in answer.rows("limits") if line.get("text") == CEILING)
    return money(next(lines, {}).get("limit"))


def _obligor(obligor: Obligor, on: date, reason: str) -> F11Obligor:
    return F11Obligor(
        name=obligor.name,
        relation=obligor.relation,
        age=values.age(obligor.birth, on),
        monthly_income=obligor.monthly_income,
        maintenance_month=obligor.maintenance_month,
        reason=reason,
    )


def _tested(answer: StoredAnswer | None) -> str:
    """How the rung came out, with the reasons that were given."""
    rung = answer.rung(Category.TEKUN) if answer else {}
    if answer is None or not rung:
        return ""
    reasons = "".join(reason["text"] for reason in rung.get("reasons") or ())
    record = answer.record
    source = f"（{values.day(record.on)}，按{record.pack_name}）"
    outcome = f"{Outcome(rung['outcome']).label}{_paid(rung)}{source}"
    return f"{outcome}{'：' if reasons else '。'}{reasons}"


def _paid(rung: Said) -> str:
    """What the rung pays a month, with its steps where the record kept them."""
    amount = money(rung.get("benefit_month"))
    if amount is None:
        return ""
    steps = "，".join(
        f"{step['text']} {step['amount_month']}" for step in rung.get("benefit_lines") or ()
    )
    return f"，合计每月 {values.yuan(amount)}" + (f"（{steps}）" if steps else "")
