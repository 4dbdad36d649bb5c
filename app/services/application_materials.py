"""The checklist of an application: what it usually takes, what was asked for, what came in.

What the records suggest is not stored until somebody settles it, so that a fact put right later
changes the list. A promise (以承诺代替证明, S1:L26) says what it replaces and when it was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.casework import Application
from app.domain.clock import Clock, china_date
from app.domain.households import Household
from app.domain.ids import ApplicationId, PersonId, new_id
from app.domain.people import Hukou, Student
from app.domain.problem import Refused
from app.domain.procedure import (
    EvidenceMode,
    FiledBy,
    Material,
    MaterialCode,
    MaterialState,
)
from app.services.application_guards import require_in_hand
from app.services.missing import no_household
from app.services.stepping import application_in
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

C = MaterialCode
_TICK: Final = timedelta(milliseconds=1)
EARLIEST: Final = timedelta(days=366)
"""So long before the application a piece may have come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleMaterial:
    """How it stands now with one piece; `day` is when it came or was promised."""

    application: ApplicationId
    code: MaterialCode
    person: PersonId | None
    name: str = field(repr=False)
    state: MaterialState
    day: date
    mode: EvidenceMode | None = None
    replaces: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ApplicationMaterials:
    """Use cases of the checklist. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def settle(self, request: SettleMaterial) -> None:
        """Say how it stands with one piece.

        Raises Refused F-31, A-25 for a promise that does not say what it replaces, A-26 for a day
        still to come or long before the application, A-35 once it is with the county or over.
        """
        if request.state is MaterialState.PROMISED and not request.replaces.strip():
            raise Refused(
                "以承诺代替证明，要写清代替的是哪样证明。",
                do="请写证明的名字，如“收入证明”。",
                code="A-25",
                field="replaces",
            )
        if request.day > self.clock.today():
            raise Refused(
                "日期晚于今天。", do="请填收到或签承诺的那一天。", code="A-26", field="day"
            )
        with self.begin() as work:
            application = application_in(work, request.application)
            require_in_hand(application)
            if request.day < application.filed_on - EARLIEST:
                raise Refused(
                    "日期比申请早了一年多。",
                    do="请填收到或签承诺的那一天。",
                    code="A-26",
                    field="day",
                )
            stored = work.procedure.materials(application.id)
            known = next((one for one in stored if _is_same(one, request)), None)
            settled = request.state is not MaterialState.NEEDED
            work.change(
                kind="application.material",
                entity="application_material",
                entity_id=new_id(self.clock.now()) if known is None else known.id,
                subject=application.household,
                new=known is None,
                fields={
                    "household_id": application.household,
                    "application_id": application.id,
                    "code": request.code,
                    "name": request.name.strip() or request.code.label,
                    "person_id": request.person,
                    "state": request.state,
                    "mode": request.mode if request.state is MaterialState.RECEIVED else None,
                    "asked_on": request.day if known is None else known.asked_on,
                    "settled_on": request.day if settled else None,
                    "replaces": request.replaces.strip(),
                    "note": request.note.strip(),
                },
            )
            work.commit()


def ask_for(
    work: UnitOfWork, application: Application, names: Sequence[str], *, at: datetime
) -> None:
    """Put what the township asks for on the list, in its order: ids sort by their instant."""
    wanted = dict.fromkeys(one.strip() for one in names if one.strip())
    for place, name in enumerate(wanted):
        work.change(
            kind="application.material",
            entity="application_material",
            entity_id=new_id(at + place * _TICK),
            subject=application.household,
            new=True,
            fields={
                "household_id": application.household,
                "application_id": application.id,
                "code": C.ASKED,
                "name": name,
                "state": MaterialState.NEEDED,
                "asked_on": china_date(at),
                "replaces": "",
                "note": "",
            },
        )


def carry_over(work: UnitOfWork, old: Application, new: ApplicationId, *, at: datetime) -> None:
    """What was handed in once is not asked for again (S2:L9)."""
    for place, one in enumerate(work.procedure.materials(old.id)):
        if one.state is MaterialState.NEEDED:
            continue
        work.change(
            kind="application.material",
            entity="application_material",
            entity_id=new_id(at + place * _TICK),
            subject=old.household,
            new=True,
            fields={
                "household_id": old.household,
                "application_id": new,
                "code": one.code,
                "name": one.name,
                "person_id": one.person,
                "state": one.state,
                "mode": one.mode,
                "asked_on": one.asked_on,
                "settled_on": one.settled_on,
                "replaces": one.replaces,
                "note": one.note,
            },
        )


def checklist_of(work: UnitOfWork, application: Application) -> tuple[Material, ...]:
    """What is stored, and after it what the records suggest and nobody has settled."""
    household = work.households.get(application.household)
    if household is None:
        raise no_household()
    stored = work.procedure.materials(application.id)
    known = {(one.code, one.person) for one in stored}
    missing = [one for one in suggested(application, household) if one[:2] not in known]
    return (
        *stored,
        *(
            Material(
                id="", application=application.id, code=code, name=name, person=person,
                state=MaterialState.NEEDED, mode=None, asked_on=application.filed_on,
                settled_on=None, replaces="", note="",
            )
            for code, person, name in missing
        ),
    )  # fmt: skip


def suggested(
    application: Application, household: Household
) -> Iterator[tuple[MaterialCode, PersonId | None, str]]:
    """What an application of this household usually takes: (what, whose, its words)."""
    yield C.HUKOU_BOOK, None, "户口本"
    for member in household.members:
        person = member.person
        if person.id_number:
            yield C.ID_CARD, person.id, f"{person.name}的身份证"
        if person.hukou is Hukou.RESIDENCE_PERMIT:
            yield C.RESIDENCE_PERMIT, person.id, f"{person.name}的居住证"
        if person.disability_kind is not None:
            yield C.DISABILITY, person.id, f"{person.name}的残疾证"
        if person.serious_illness:
            yield C.DIAGNOSIS, person.id, f"{person.name}的诊断书和费用单"
        if person.student not in {None, Student.NONE, Student.COMPULSORY}:
            yield C.SCHOOL, person.id, f"{person.name}的学籍证明"
    if household.incomes:
        yield C.INCOME, None, "收入材料"
    if household.obligors:
        yield C.MAINTENANCE, None, "赡养协议"
    if application.proxy.filed_by is not FiledBy.SELF:
        yield C.POWER_OF_ATTORNEY, None, "委托书"
    yield C.BANK_CARD, None, "银行卡复印件"


def _is_same(one: Material, request: SettleMaterial) -> bool:
    if one.code is C.ASKED:
        return request.code is C.ASKED and one.name == request.name
    return (one.code, one.person) == (request.code, request.person)
