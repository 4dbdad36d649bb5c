"""Visits, relief, applications, assessments and prints as domain values."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, ScalarSelect, Select, Table, func, select

from app.domain.casework import (
    Application,
    ApplicationStatus,
    AssessmentRecord,
    Channel,
    Health,
    Housing,
    IncomeChange,
    Met,
    Need,
    PrintRecord,
    Relief,
    ReliefStatus,
    Supplies,
    Visit,
    channel_of,
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
from app.domain.procedure import FiledBy, Proxy, ReturnComment
from app.domain.relief_words import InstalmentStatus
from app.domain.visit_words import (
    CarerDuty,
    Cleanliness,
    Explained,
    FireSafety,
    Satisfaction,
    VisitKind,
)
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
from app.models.fund import ReliefInstalmentRow
from app.models.log import OperationRow, ServerDocumentRow
from app.store.prepared import Prepared
from app.store.queries.people import money_of
from app.store.queries.relief import relief_of_row

_OPERATION = table_of(OperationRow)
_VISIT = table_of(VisitRow)
_IS_VISIT = _VISIT.c.adds_to_id.is_(None)
_RELIEF = table_of(EmergencyReliefRow)
_INSTALMENT = table_of(ReliefInstalmentRow)
_MOMENT = func.coalesce(_RELIEF.c.paid_at, _RELIEF.c.found_at)
_NEWEST_RELIEF = (_MOMENT.desc(), _RELIEF.c.id.desc())
_QUOTA = table_of(QuotaTokenRow)
_ASSESSMENT = table_of(AssessmentRow)
_NEWEST = (_ASSESSMENT.c.made_at.desc(), _ASSESSMENT.c.id.desc())
"""Tests of one instant stand in one order on every laptop."""
_APPLICATION = table_of(ApplicationRow)
_PRINT = table_of(PrintRecordRow)
_PACK = table_of(PolicyPackRow)
_DOCUMENT = table_of(ServerDocumentRow)
_EDITIONS = Prepared(
    select(_PACK.c.sha256, _DOCUMENT.c.version)
    .outerjoin(
        _DOCUMENT,
        (_DOCUMENT.c.entity == "policy_pack") & (_DOCUMENT.c.entity_id == _PACK.c.id),
    )
    .order_by(_PACK.c.published_at.desc(), _PACK.c.id.desc())
)


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
        """A household's visits, the newest first; what was added later is no visit."""
        query = select(_VISIT).where(_VISIT.c.household_id == household_id, _IS_VISIT)
        query = query.order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
        return [_visit(row) for row in self.connection.execute(query).mappings()]

    def last_met(self, household_id: HouseholdId) -> Visit | None:
        """The newest visit of a household at which somebody was met, or None."""
        visits = self.visits_of(household_id)
        return next((one for one in visits if one.met is not Met.NOBODY), None)

    def last_whole(self, household_id: HouseholdId) -> Visit | None:
        """The newest visit at which it was asked how people are and whether there is food, or
        None. An 入户调查 asks for other things."""
        return next(
            (
                one
                for one in self.visits_of(household_id)
                if one.kind is not VisitKind.INVESTIGATION
                and one.met is not Met.NOBODY
                and one.health is not None
                and one.supplies is not None
            ),
            None,
        )

    def visits_between(self, first: date, last: date) -> list[Visit]:
        """Visits made from `first` to `last`, both included, in order of time."""
        query = select(_VISIT).where(_VISIT.c.visited_on.between(first, last), _IS_VISIT)
        query = query.order_by(_VISIT.c.visited_on, _VISIT.c.id)
        return [_visit(row) for row in self.connection.execute(query).mappings()]

    def relief(self, relief_id: ReliefId) -> Relief | None:
        """One payment, or None."""
        query = select(_RELIEF).where(_RELIEF.c.id == relief_id)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else relief_of_row(row)

    def relief_of(self, household_id: HouseholdId) -> list[Relief]:
        """A household's payments, the newest first."""
        query = select(_RELIEF).where(_RELIEF.c.household_id == household_id)
        query = query.where(_RELIEF.c.reverses_id.is_(None)).order_by(*_NEWEST_RELIEF)
        return [relief_of_row(row) for row in self.connection.execute(query).mappings()]

    def all_relief(self, limit: int) -> list[Relief]:
        """Payments of every household, the newest first."""
        query = select(_RELIEF).where(_RELIEF.c.reverses_id.is_(None))
        query = query.order_by(*_NEWEST_RELIEF).limit(limit)
        return [relief_of_row(row) for row in self.connection.execute(query).mappings()]

    def quotas(self) -> list[Quota]:
        """Every token with what has been spent of it, the earliest to expire first."""
        spent = _spent(_RELIEF, ReliefStatus.REVERSED) + _spent(
            _INSTALMENT, InstalmentStatus.REVERSED
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
        return None if row is None else application_of(row)

    def applications_of(self, household_id: HouseholdId) -> list[Application]:
        """A household's applications, the newest first."""
        query = select(_APPLICATION).where(_APPLICATION.c.household_id == household_id)
        query = query.order_by(_APPLICATION.c.filed_on.desc(), _APPLICATION.c.id.desc())
        return [application_of(row) for row in self.connection.execute(query).mappings()]

    def assessment(self, assessment_id: AssessmentId) -> AssessmentRecord | None:
        """One stored means test, or None."""
        query = select(_ASSESSMENT).where(_ASSESSMENT.c.id == assessment_id)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _assessment(row)

    def assessments_of(self, household_id: HouseholdId) -> list[AssessmentRecord]:
        """A household's means tests, the newest first."""
        query = select(_ASSESSMENT).where(_ASSESSMENT.c.household_id == household_id)
        query = query.order_by(*_NEWEST)
        return [_assessment(row) for row in self.connection.execute(query).mappings()]

    def newest_assessment(self, household_id: HouseholdId) -> AssessmentRecord | None:
        """A household's newest test, or None."""
        query = select(_ASSESSMENT).where(_ASSESSMENT.c.household_id == household_id)
        query = query.order_by(*_NEWEST).limit(1)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _assessment(row)

    def prints_of(self, form: str, entity_id: str) -> list[PrintRecord]:
        """Every print of one form about one thing, the newest first."""
        query = select(_PRINT).where(_PRINT.c.form == form, _PRINT.c.entity_id == entity_id)
        return self._prints(query)

    def household_prints(self, household_id: HouseholdId) -> list[PrintRecord]:
        """Every paper printed about a household, the newest first."""
        return self._prints(select(_PRINT).where(_PRINT.c.household_id == household_id))

    def prints_with_code(self, code: str) -> list[PrintRecord]:
        """Every print that carries this verification code, the newest first."""
        return self._prints(select(_PRINT).where(_PRINT.c.code == code))

    def _prints(self, query: Select[Any]) -> list[PrintRecord]:
        """The newest first; of one instant the later reprint, then the later id."""
        query = query.order_by(
            _PRINT.c.printed_at.desc(), _PRINT.c.reprint_no.desc(), _PRINT.c.id.desc()
        )
        return [_print(row) for row in self.connection.execute(query).mappings()]

    def deeds_since(self, print_id: str, about: Collection[str | None] | None) -> list[str]:
        """The kinds of what this laptop wrote after a print, each once: about these subjects, or
        about anybody with None. Nothing of a print that another laptop made."""
        printed = select(_OPERATION.c.n).where(
            _OPERATION.c.entity == "print_record", _OPERATION.c.entity_id == print_id
        )
        query = select(_OPERATION.c.kind).where(_OPERATION.c.n > printed.scalar_subquery())
        if about is not None:
            query = query.where(_OPERATION.c.subject.in_([one for one in about if one]))
        return list(self.connection.execute(query.distinct()).scalars())

    def pack(self, sha256: str) -> StoredPack | None:
        """The published pack with this hash, or None."""
        row = self.connection.execute(select(_PACK).where(_PACK.c.sha256 == sha256)).first()
        if row is None:
            return None
        return StoredPack(row.pack_id, row.pack_version, row.sha256, row.bundle)

    def pack_editions(self) -> tuple[str, ...]:
        """What names every published pack as it was last sent, the newest first: asked at every
        save. A calendar that follows changes the county's version, not the hash."""
        rows = _EDITIONS.rows(self.connection, {})
        return tuple(f"{row['sha256']}@{row['version']}" for row in rows)

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
        kind=VisitKind(row["kind"] or VisitKind.ROUTINE),
        cleanliness=None if row["cleanliness"] is None else Cleanliness(row["cleanliness"]),
        dwelling=None if row["dwelling"] is None else Cleanliness(row["dwelling"]),
        fire_safety=None if row["fire_safety"] is None else FireSafety(row["fire_safety"]),
        carer=None if row["carer"] is None else CarerDuty(row["carer"]),
        explained=None if row["explained"] is None else Explained(row["explained"]),
        satisfaction=None if row["satisfaction"] is None else Satisfaction(row["satisfaction"]),
        channel=Channel(row["channel"] or channel_of(Met(row["met"]))),
    )


def _spent(table: Table, reversed_status: str) -> ScalarSelect[int]:
    """What the payments of one table took from the token at hand."""
    return (
        select(func.coalesce(func.sum(table.c.amount_fen), 0))
        .where(table.c.quota_id == _QUOTA.c.id, table.c.status != reversed_status)
        .where(table.c.reverses_id.is_(None))
        .scalar_subquery()
    )


def application_of(row: RowMapping) -> Application:
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
        proxy=Proxy(
            filed_by=FiledBy(row["filed_by"] or FiledBy.SELF),
            name=row["proxy_name"] or "",
            id_number=row["proxy_id_number"] or "",
            relation=row["proxy_relation"] or "",
            phone=row["proxy_phone"] or "",
            signed_on=row["proxy_signed_on"],
        ),
        converted_from=(
            None if row["converted_from_id"] is None else ApplicationId(row["converted_from_id"])
        ),
        consent_on=row["consent_on"],
        ended_on=row["ended_on"],
        end_reason=row["end_reason"],
        comments=tuple(ReturnComment(**one) for one in row["return_comments"] or ()),
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
        face=row["face"] or "",
    )
