"""Which papers a household can have now, and what each of them says.

One entry a form: what it is about, what is still missing for it, and how its content comes from the
record. The forms themselves are drawn in `app.documents`, imported only when one is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.documents.registry import FORMS, Form
from app.domain.casework import Application, Relief, Visit
from app.domain.households import Household
from app.domain.ids import ApplicationId, ReliefId, VisitId
from app.domain.problem import Refused

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.store.unit_of_work import UnitOfWork

APPLICATION: Final = "F01"
VISIT: Final = "F15"
RELIEF: Final = "F17a"
RECEIPT: Final = "SJ"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One form and what it is about."""

    form: Form
    about: str
    """application · visit · relief"""
    missing: str
    """What is missing when there is nothing for it to be about."""


KINDS: Final = {
    kind.form.code: kind
    for kind in (
        PaperKind(FORMS[APPLICATION], "application", "还没有提交申请"),
        PaperKind(FORMS[VISIT], "visit", "还没有走访记录"),
        PaperKind(FORMS[RELIEF], "relief", "没有先行救助"),
        PaperKind(FORMS[RECEIPT], "relief", "没有先行救助"),
    )
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is about: the record, its household, and the number it has, if any."""

    entity_id: str
    household: Household | None
    record: Application | Visit | Relief
    document_no: str | None


def subject_of(work: UnitOfWork, kind: PaperKind, entity_id: str) -> Subject:
    """The record behind a paper. Raises Refused when there is none."""
    record: Application | Visit | Relief | None
    if kind.about == "application":
        record = work.casework.application(ApplicationId(entity_id))
    elif kind.about == "visit":
        record = work.casework.visit(VisitId(entity_id))
    else:
        record = work.casework.relief(ReliefId(entity_id))
    if record is None:
        raise Refused(f"{kind.missing}，这张表还打不了。", do="请先把它记下来。", code="P-20")
    household = None if record.household is None else work.households.get(record.household)
    number = None if isinstance(record, Visit) else record.document_no
    return Subject(entity_id, household, record, number)


def content_of(work: UnitOfWork, kind: PaperKind, subject: Subject) -> FormContent:
    """What the paper says, as its form's content value."""
    from app.documents.forms import f01, f15, f17a, receipt

    record, household, unit = subject.record, subject.household, work.identity.village_name
    if isinstance(record, Relief):
        address = "" if household is None else household.whole_address
        phone = None if household is None else household.phone
        if kind.form.code == RECEIPT:
            return receipt.content_of(record, payer=unit, address=address, phone=phone)
        return f17a.content_of(record, unit=unit, event_place=unit, address=address, phone=phone)
    if household is None:
        raise Refused("找不到这一户。", do="请先建立户档案。", code="F-01")
    if isinstance(record, Visit):
        return f15.content_of(record, household, unit=unit)
    assessment = None if record.assessment is None else work.casework.assessment(record.assessment)
    return f01.content_of(record, household, unit=unit, assessment=assessment)
