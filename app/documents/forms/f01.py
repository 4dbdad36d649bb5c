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
from app.documents.forms import holdings, persons, told
from app.documents.forms.beside import NOTHING, Beside, proxy_line
from app.documents.forms.causes import causes_of
from app.documents.forms.f01_blocks import blocks_of
from app.documents.forms.f01_content import (
    F01Applicant,
    F01Asset,
    F01Content,
    F01Member,
    asset_name,
)
from app.documents.forms.f01_sums import sums_of
from app.documents.forms.obligor_table import bound_lines
from app.documents.forms.stored_answer import StoredAnswer
from app.documents.paper import Order, Paper, press
from app.documents.stamp import Stamp
from app.domain.casework import Application, AssessmentRecord
from app.domain.households import AssetKind, Household, IncomeKind
from app.domain.people import Labour, Member, Person, Student
from app.rules.facts import Asset, Income

FORM: Final = "F01"
VERSION: Final = "2"
TITLE: Final = "最低生活保障（特困、边缘、刚性支出）申请（审批）表"
HOLDERS: Final = ("乡镇存", "县存")
SPARE: Final = ("村（居）存",)
"""One more where the village keeps it, too."""

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
    beside: Beside = NOTHING,
) -> F01Content:
    """The form's content. Raises ValueError when the applicant is not of the household.

    The account is the household's; whose name it is in is known only where its head applies.
    """
    on = application.filed_on
    applicant = persons.applicant_of(household, application.applicant)
    facts = told.facts_of(assessment)
    is_head = applicant.person.id == household.head
    return F01Content(
        unit=unit,
        filed_on=on,
        requested=application.requested,
        applicant=_applicant(applicant.person, household),
        members=tuple(_members(household, applicant, assessment, on)),
        obligors=bound_lines(household, facts, on),
        proxy=proxy_line(application.proxy),
        sums=None if assessment is None else sums_of(assessment),
        assets=tuple(_assets(told.assets(household, facts))),
        account_name=applicant.person.name if household.bank_account and is_head else "",
        bank_name=household.bank_name,
        bank_account=household.bank_account,
        attached=beside.received,
        notice=beside.notice,
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
    causes, other = causes_of(household.poverty_cause)
    return F01Applicant(
        name=person.name,
        sex=persons.sex(person),
        birth=person.birth,
        ethnicity=persons.ethnicity(person),
        id_kind=person.id_kind.label,
        id_number=person.id_number,
        hukou=person.hukou.label if person.hukou else "",
        hukou_address=person.hukou_address or "",
        permit_no=person.permit_no or "",
        resided=persons.resided(person),
        marriage=persons.marriage(person),
        education=persons.education(person),
        address=household.whole_address,
        phone=person.phone or household.phone,
        health=_health(person),
        labour=person.labour.label if person.labour is not Labour.UNKNOWN else "",
        disability=persons.disability(person),
        disability_no=person.disability_no or "",
        illness=person.illness or ("无" if person.serious_illness is False else ""),
        causes=causes,
        other_cause=other,
    )


def _members(
    household: Household, applicant: Member, assessment: AssessmentRecord | None, on: date
) -> Iterable[F01Member]:
    """Every member, the applicant first."""
    counted, covered = frozenset[str](), frozenset[str]()
    facts = told.facts_of(assessment)
    incomes = told.incomes(household, facts, on) or ()
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
            employment=_employment(person, incomes),
            employer=person.employer or "",
            student=_student(person),
            income_year=told.income_of(person.id, household, facts, on),
            counted=person.id in counted if tested else None,
            covered=person.id in covered if tested and covered else None,
        )


def _student(person: Person) -> str:
    """无 where it was asked; "" where nobody did."""
    if person.student is None:
        return ""
    return "无" if person.student is Student.NONE else person.student.label


def _health(person: Person) -> str:
    if person.serious_illness:
        return "重病"
    if person.disability_kind or person.disability_level:
        return "残疾"
    return "无重病" if person.serious_illness is False else ""


def _employment(person: Person, incomes: Iterable[Income]) -> str:
    work = (_WORK[item.kind] for item in incomes if item.member == person.id and item.kind in _WORK)
    return "、".join(dict.fromkeys(work))


def _assets(assets: Iterable[Asset] | None) -> Iterable[F01Asset]:
    """Every kind the form asks for, in its order; empty where nothing was told of it."""
    for kind in AssetKind:
        yield F01Asset(kind=asset_name(kind), said=holdings.of_kinds(assets, (kind,)))
