"""Visits, relief, applications, assessments and prints as domain values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, RowMapping, func, select

from app.domain.casework import (
    Application,
    ApplicationStatus,
    AssessmentRecord,
    EventKind,
    Health,
    Housing,
    IncomeChange,
    Met,
    Need,
    PrintRecord,
    Relief,
    ReliefStatus,
    ReliefWay,
    Supplies,
    Visit,
)
from app.domain.households import Category
from app.domain.ids import (
    ApplicationId,
    AssessmentId,
    HouseholdId,
    PersonId,
    PrintId,
    ReliefId,
    VisitId,
)
from app.domain.money import Money
from app.models.base import table_of
from app.models.casework import (
    ApplicationRow,
    AssessmentRow,
    EmergencyReliefRow,
    PolicyPackRow,
    PrintRecordRow,
    QuotaTokenRow,
    VisitRow,
)
from app.store.queries.people import money_of

_VISIT = table_of(VisitRow)
_RELIEF = table_of(EmergencyReliefRow)
_QUOTA = table_of(QuotaTokenRow)
_ASSESSMENT = table_of(AssessmentRow)
_APPLICATION = table_of(ApplicationRow)
_PRINT = table_of(PrintRecordRow)
_PACK = table_of(PolicyPackRow)


@dataclass(frozen=True, slots=True)
class Quota:
    """What may still be spent offline from one county token."""

    id: str
    amount: Money
    spent: Money
    not_after: date

    @property
    def left(self) -> Money:
        """The rest of the token."""
        return self.amount - self.spent


@dataclass(frozen=True, slots=True)
class StoredPack:
    """A published policy pack as it arrived: one bundle, named by its hash."""

    pack_id: str
    version: str
    sha256: str
    bundle: str


@dataclass(frozen=True, slots=True)
class CaseworkQueries:
    """Questions about what has been recorded."""

    connection: Connection

    def visit(self, visit_id: VisitId) -> Visit | None:
        """One visit, or None."""
        row = self.connection.execute(select(_VISIT).where(_VISIT.c.id == visit_id)).mappings()
        found = row.first()
        return None if found is None else _visit(found)

    def visits_of(self, household_id: HouseholdId) -> list[Visit]:
        """A household's visits, the newest first."""
        query = select(_VISIT).where(_VISIT.c.household_id == household_id)
        query = query.order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
        return [_visit(row) for row in self.connection.execute(query).mappings()]

    def visits_between(self, first: date, last: date) -> list[Visit]:
        """Visits made from `first` to `last`, both included, in order of time."""
        query = select(_VISIT).where(_VISIT.c.visited_on.between(first, last))
        query = query.order_by(_VISIT.c.visited_on, _VISIT.c.id)
        return [_visit(row) for row in self.connection.execute(query).mappings()]

    def relief(self, relief_id: ReliefId) -> Relief | None:
        """One payment, or None."""
        query = select(_RELIEF).where(_RELIEF.c.id == relief_id)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _relief(row)

    def relief_of(self, household_id: HouseholdId) -> list[Relief]:
        """A household's payments, the newest first."""
        query = select(_RELIEF).where(_RELIEF.c.household_id == household_id)
        query = query.order_by(_RELIEF.c.paid_at.desc())
        return [_relief(row) for row in self.connection.execute(query).mappings()]

    def all_relief(self, limit: int) -> list[Relief]:
        """Payments of every household, the newest first."""
        query = select(_RELIEF).order_by(_RELIEF.c.paid_at.desc()).limit(limit)
        return [_relief(row) for row in self.connection.execute(query).mappings()]

    def has_payment(self, payment_id: str) -> bool:
        """Whether this very payment has been recorded already."""
        query = select(_RELIEF.c.id).where(_RELIEF.c.payment_id == payment_id)
        return self.connection.execute(query).first() is not None

    def quotas(self) -> list[Quota]:
        """Every token with what has been spent of it, the earliest to expire first."""
        spent = (
            select(func.coalesce(func.sum(_RELIEF.c.amount_fen), 0))
            .where(_RELIEF.c.quota_id == _QUOTA.c.id, _RELIEF.c.status != ReliefStatus.REVERSED)
            .where(_RELIEF.c.reverses_id.is_(None))
            .scalar_subquery()
        )
        query = select(_QUOTA, spent.label("spent")).order_by(_QUOTA.c.not_after, _QUOTA.c.id)
        return [
            Quota(row["id"], Money(row["amount_fen"]), Money(row["spent"]), row["not_after"])
            for row in self.connection.execute(query).mappings()
        ]

    def application(self, application_id: ApplicationId) -> Application | None:
        """One application, or None."""
        query = select(_APPLICATION).where(_APPLICATION.c.id == application_id)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _application(row)

    def applications_of(self, household_id: HouseholdId) -> list[Application]:
        """A household's applications, the newest first."""
        query = select(_APPLICATION).where(_APPLICATION.c.household_id == household_id)
        query = query.order_by(_APPLICATION.c.filed_on.desc(), _APPLICATION.c.id.desc())
        return [_application(row) for row in self.connection.execute(query).mappings()]

    def assessment(self, assessment_id: AssessmentId) -> AssessmentRecord | None:
        """One stored means test, or None."""
        query = select(_ASSESSMENT).where(_ASSESSMENT.c.id == assessment_id)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _assessment(row)

    def assessments_of(self, household_id: HouseholdId) -> list[AssessmentRecord]:
        """A household's means tests, the newest first."""
        query = select(_ASSESSMENT).where(_ASSESSMENT.c.household_id == household_id)
        query = query.order_by(_ASSESSMENT.c.made_at.desc())
        return [_assessment(row) for row in self.connection.execute(query).mappings()]

    def newest_assessment(self, household_id: HouseholdId) -> AssessmentRecord | None:
        """A household's newest test, or None."""
        query = select(_ASSESSMENT).where(_ASSESSMENT.c.household_id == household_id)
        query = query.order_by(_ASSESSMENT.c.made_at.desc()).limit(1)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _assessment(row)

    def prints_of(self, form: str, entity_id: str) -> list[PrintRecord]:
        """Every print of one form about one thing, the newest first."""
        query = select(_PRINT).where(_PRINT.c.form == form, _PRINT.c.entity_id == entity_id)
        query = query.order_by(_PRINT.c.reprint_no.desc())
        return [_print(row) for row in self.connection.execute(query).mappings()]

    def household_prints(self, household_id: HouseholdId) -> list[PrintRecord]:
        """Every paper printed about a household, the newest first."""
        query = select(_PRINT).where(_PRINT.c.household_id == household_id)
        query = query.order_by(_PRINT.c.printed_at.desc())
        return [_print(row) for row in self.connection.execute(query).mappings()]

    def pack(self, sha256: str) -> StoredPack | None:
        """The published pack with this hash, or None."""
        row = self.connection.execute(select(_PACK).where(_PACK.c.sha256 == sha256)).first()
        if row is None:
            return None
        return StoredPack(row.pack_id, row.pack_version, row.sha256, row.bundle)

    def packs(self) -> list[StoredPack]:
        """Published packs, the newest first; old ones stay (design idea 3)."""
        query = select(_PACK).order_by(_PACK.c.published_at.desc(), _PACK.c.id.desc())
        return [
            StoredPack(row["pack_id"], row["pack_version"], row["sha256"], row["bundle"])
            for row in self.connection.execute(query).mappings()
        ]


def _visit(row: RowMapping) -> Visit:
    """A visit row as a value."""
    return Visit(
        id=VisitId(row["id"]),
        household=HouseholdId(row["household_id"]),
        visited_on=row["visited_on"],
        met=Met(row["met"]),
        health=None if row["health"] is None else Health(row["health"]),
        supplies=None if row["supplies"] is None else Supplies(row["supplies"]),
        housing=None if row["housing"] is None else Housing(row["housing"]),
        income_change=None if row["income_change"] is None else IncomeChange(row["income_change"]),
        need=None if row["need"] is None else Need(row["need"]),
        note=row["note"],
        visitor=row["visitor"],
        recorded_at=row["recorded_at"],
    )


def _relief(row: RowMapping) -> Relief:
    """A relief row as a value."""
    return Relief(
        id=ReliefId(row["id"]),
        document_no=row["document_no"],
        household=None if row["household_id"] is None else HouseholdId(row["household_id"]),
        payee=None if row["payee_person_id"] is None else PersonId(row["payee_person_id"]),
        payee_name=row["payee_name"],
        payee_id_number=row["payee_id_number"],
        event=EventKind(row["event"]),
        event_note=row["event_note"],
        event_area_code=row["event_area_code"],
        amount=Money(row["amount_fen"]),
        way=ReliefWay(row["way"]),
        goods=row["goods"],
        persons=row["persons"],
        status=ReliefStatus(row["status"]),
        found_at=row["found_at"],
        paid_at=row["paid_at"],
        payment_id=row["payment_id"],
        quota_id=row["quota_id"],
        paperwork_due_on=row["paperwork_due_on"],
        paperwork_rule=row["paperwork_rule"],
        paperwork_done_on=row["paperwork_done_on"],
        handler=row["handler"],
        cap=None if row["cap_fen"] is None else Money(row["cap_fen"]),
        cap_rule=row["cap_rule"] or "",
        pack_sha256=row["pack_sha256"] or "",
    )


def _application(row: RowMapping) -> Application:
    """An application row as a value."""
    return Application(
        id=ApplicationId(row["id"]),
        document_no=row["document_no"],
        household=HouseholdId(row["household_id"]),
        applicant=PersonId(row["applicant_person_id"]),
        requested=tuple(Category(code) for code in row["requested"]),
        status=ApplicationStatus(row["status"]),
        filed_on=row["filed_on"],
        assessment=None if row["assessment_id"] is None else AssessmentId(row["assessment_id"]),
        decided_category=(
            None if row["decided_category"] is None else Category(row["decided_category"])
        ),
        decided_benefit_month=money_of(row["decided_benefit_month_fen"]),
        decided_on=row["decided_on"],
        decision_note=row["decision_note"],
    )


def _assessment(row: RowMapping) -> AssessmentRecord:
    """An assessment row as a value; facts and answer as the JSON text they were stored from."""
    return AssessmentRecord(
        id=AssessmentId(row["id"]),
        household=HouseholdId(row["household_id"]),
        on=row["assessed_on"],
        pack_id=row["pack_id"],
        pack_version=row["pack_version"],
        pack_sha256=row["pack_sha256"],
        facts=json.dumps(row["facts"], ensure_ascii=False),
        answer=json.dumps(row["answer"], ensure_ascii=False),
        suggested=None if row["suggested"] is None else Category(row["suggested"]),
        benefit_month=money_of(row["benefit_month_fen"]),
        made_at=row["made_at"],
    )


def _print(row: RowMapping) -> PrintRecord:
    """A print row as a value."""
    return PrintRecord(
        id=PrintId(row["id"]),
        form=row["form"],
        form_version=row["form_version"],
        document_no=row["document_no"],
        household=None if row["household_id"] is None else HouseholdId(row["household_id"]),
        entity_id=row["entity_id"],
        content_sha256=row["content_sha256"],
        code=row["code"],
        copies=row["copies"],
        reprint_no=row["reprint_no"],
        printed_at=row["printed_at"],
    )
