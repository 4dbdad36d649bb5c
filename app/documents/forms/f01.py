"""F01 最低生活保障（特困、边缘、刚性支出）申请（审批）表 — one application, every rung.

domain.md §3.1; field list after 湘潭's form, the NC templates 10, 14, 74 and 75, CAM and HLJ-7.
Two or three pages; two copies, township and county. `app.documents.forms.f01_blocks` is the form as
it looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.documents import values
from app.documents.content import code_of
from app.documents.forms import holdings, persons
from app.documents.forms.f01_blocks import blocks_of
from app.documents.forms.f01_content import (
    F01Applicant,
    F01Asset,
    F01Content,
    F01Member,
    F01Obligor,
)
from app.documents.forms.f01_sums import sums_of
from app.documents.forms.stored_answer import StoredAnswer
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import AssetItem, AssetKind, Household, IncomeItem, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Labour, Member, Obligor, Person, PersonStatus, Student

FORM: Final = "F01"
VERSION: Final = "1"
TITLE: Final = "最低生活保障（特困、边缘、刚性支出）申请（审批）表"
HOLDERS: Final = ("乡镇存", "县存")

_WORK: Final = {
    IncomeKind.WAGE: "务工",
    IncomeKind.PUBLIC_POST_WAGE: "公益岗位",
    IncomeKind.FARMING: "务农",
    IncomeKind.BUSINESS: "经营",
    IncomeKind.EMPLOYEE_PENSION: "退休",
}
"""What a member's income says of their work."""


def content_of(
    application: Application,
    household: Household,
    *,
    unit: str,
    assessment: AssessmentRecord | None = None,
) -> F01Content:
    """The form's content. Raises ValueError when the applicant is not of the household."""
    on = application.filed_on
    applicant = persons.applicant_of(household, application.applicant)
    told = None if assessment is None else StoredAnswer(assessment).facts
    return F01Content(
        unit=unit,
        filed_on=on,
        requested=application.requested,
        applicant=_applicant(applicant.person, household),
        members=tuple(_members(household, applicant, assessment, on)),
        obligors=tuple(_obligor(one, on) for one in persons.obligors(household, told) or ()),
        sums=None if assessment is None else sums_of(assessment),
        assets=tuple(_assets(household.assets)),
        account_name=applicant.person.name if household.bank_account else "",
        bank_name=household.bank_name,
        bank_account=household.bank_account,
    )


def render(content: F01Content, stamp: Stamp) -> bytes:
    """The PDF."""
    code = code_of(FORM, VERSION, stamp.document_no, content)
    return press(Order(paper(content, stamp.document_no), stamp, code))


def paper(content: F01Content, document_no: str) -> Paper:
    """The form, ready to lay out."""
    blocks = blocks_of(content, TITLE, document_no)
    return Paper(form=FORM, version=VERSION, title=TITLE, blocks=blocks)


def _applicant(person: Person, household: Household) -> F01Applicant:
    return F01Applicant(
        name=person.name,
        sex=persons.sex(person),
        birth=person.birth,
        ethnicity=persons.ethnicity(person),
        id_kind=person.id_kind.label,
        id_number=person.id_number,
        hukou=person.hukou.label if person.hukou else "",
        address=household.address or household.place,
        phone=person.phone or household.phone,
        health=_health(person),
        labour=person.labour.label if person.labour is not Labour.UNKNOWN else "",
        disability=persons.disability(person),
        illness=person.illness or "",
        poverty_cause=household.poverty_cause,
    )


def _members(
    household: Household, applicant: Member, assessment: AssessmentRecord | None, on: date
) -> Iterable[F01Member]:
    """Every member, the applicant first."""
    counted, covered = frozenset[str](), frozenset[str]()
    if assessment is not None:
        answer = StoredAnswer(assessment)
        counted, covered = frozenset(answer.counted), answer.covered
    for member in persons.applicant_first(household, applicant):
        person = member.person
        tested = assessment is not None
        yield F01Member(
            name=person.name,
            relation=persons.relation(member, applicant),
            id_number=person.id_number,
            age=values.age(person.birth, on),
            health=_health(person),
            disability=persons.disability(person),
            employment=_employment(person, household.incomes),
            student=person.student.label if person.student not in {None, Student.NONE} else "",
            income_year=_income_year(person, household.incomes),
            counted=person.id in counted if tested else None,
            covered=person.id in covered if tested and covered else None,
        )


def _health(person: Person) -> str:
    if person.serious_illness:
        return "重病"
    if person.disability_kind or person.disability_level:
        return "残疾"
    return "无重病" if person.serious_illness is False else ""


def _employment(person: Person, incomes: Iterable[IncomeItem]) -> str:
    work = (_WORK[item.kind] for item in incomes if item.person == person.id and item.kind in _WORK)
    return "、".join(dict.fromkeys(work))


def _income_year(person: Person, incomes: Iterable[IncomeItem]) -> Money | None:
    """A year's income as it was declared, before any rule; None when none is recorded."""
    amounts = [
        item.amount * (item.months if item.per is Per.MONTH else 1)
        for item in incomes
        if item.person == person.id
    ]
    return sum(amounts, Money(0)) if amounts else None


def _obligor(obligor: Obligor, on: date) -> F01Obligor:
    status = obligor.status
    return F01Obligor(
        name=obligor.name,
        relation=obligor.relation,
        age=values.age(obligor.birth, on),
        monthly_income=obligor.monthly_income,
        maintenance_month=obligor.maintenance_month,
        unable=status.label if status not in {None, PersonStatus.NORMAL} else "",
    )


def _assets(assets: Iterable[AssetItem]) -> Iterable[F01Asset]:
    """Every kind the form asks for, in its order; empty where nothing is recorded."""
    held = tuple(assets)
    for kind in AssetKind:
        mine = [asset for asset in held if asset.kind is kind]
        sums = [asset.amount for asset in mine if asset.amount is not None]
        counts = [asset.count for asset in mine if asset.count is not None]
        said = [values.yuan(sum(sums, Money(0)))] if sums else []
        if counts:
            said.append(holdings.number_of(kind, sum(counts)) or "无")
        yield F01Asset(kind=kind.label, said=" ".join(said))
