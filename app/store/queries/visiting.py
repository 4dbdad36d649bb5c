"""What stands beside visits as domain values: files, addenda, plans, leads, referrals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, RowMapping, Table, bindparam, or_, select

from app.domain.ids import (
    ApplicationId,
    HouseholdId,
    InvestigationId,
    LeadId,
    ReferralId,
    VisitId,
)
from app.domain.referral_states import LeadStatus, ReferralStatus
from app.domain.referral_words import HandOn, LeadSource, ReferralNeed
from app.domain.visit_states import OPEN_PLANS, PlanStatus
from app.domain.visit_words import FilePurpose
from app.domain.visiting import (
    Addendum,
    CaseStep,
    Investigation,
    KeptFile,
    Lead,
    Referral,
    VisitFile,
    VisitPlan,
)
from app.models.base import table_of
from app.models.casework import AttachmentRow, VisitRow
from app.models.people import HouseholdRow, PersonRow
from app.models.visiting import (
    InvestigationRow,
    LeadRow,
    LeadStepRow,
    ReferralRow,
    ReferralStepRow,
    VisitFileRow,
    VisitPlanRow,
)
from app.store.among import among
from app.store.prepared import Prepared

_VISIT = table_of(VisitRow)
_ATTACHMENT = table_of(AttachmentRow)
_FILE = table_of(VisitFileRow)
_PLAN = table_of(VisitPlanRow)
_LEAD = table_of(LeadRow)
_LEAD_STEP = table_of(LeadStepRow)
_REFERRAL = table_of(ReferralRow)
_REFERRAL_STEP = table_of(ReferralStepRow)
_INVESTIGATION = table_of(InvestigationRow)
_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)
_WORDS: Final = 200
"""Newest texts a phrase bank learns from."""
_OPEN_PLANS_OF: Final = (
    select(_PLAN)
    .where(_PLAN.c.household_id.in_(among("subjects")), _PLAN.c.status.in_(sorted(OPEN_PLANS)))
    .order_by(_PLAN.c.planned_on.desc(), _PLAN.c.id.desc())
)
_DOOR: Final = Prepared(
    select(
        select(_PLAN.c.id)
        .where(_PLAN.c.household_id == _HOUSEHOLD.c.id)
        .where(or_(*(_PLAN.c.status == one for one in sorted(one.value for one in OPEN_PLANS))))
        .exists()
        .label("is_planned"),
        _HOUSEHOLD.c.ended_on,
    ).where(_HOUSEHOLD.c.id == bindparam("household"), ~_HOUSEHOLD.c.is_removed)
)


class Door(NamedTuple):
    """Whether a day to go again stands at a household, and since when nobody lives there."""

    is_planned: bool
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class VisitingQueries:
    """Questions about what stands beside visits."""

    connection: Connection

    def addenda(self, visit: VisitId) -> list[Addendum]:
        """What was added to a visit, the oldest first."""
        query = select(_VISIT).where(_VISIT.c.adds_to_id == visit)
        rows = self.connection.execute(query.order_by(_VISIT.c.recorded_at, _VISIT.c.id))
        return [_addendum(row) for row in rows.mappings()]

    def addenda_between(self, first: date, last: date) -> dict[VisitId, list[Addendum]]:
        """What was added to the visits of a span, both days included, the oldest first."""
        visit = _VISIT.alias()
        query = (
            select(_VISIT)
            .join(visit, visit.c.id == _VISIT.c.adds_to_id)
            .where(visit.c.visited_on.between(first, last))
            .order_by(_VISIT.c.recorded_at, _VISIT.c.id)
        )
        found: dict[VisitId, list[Addendum]] = {}
        for row in self.connection.execute(query).mappings():
            one = _addendum(row)
            found.setdefault(one.visit, []).append(one)
        return found

    def files(self, visit: VisitId, *, hidden: bool = False) -> list[VisitFile]:
        """Photos, then signatures of a visit in the order they were added; `hidden` too."""
        query = (
            select(_FILE, *(c for c in _ATTACHMENT.c if c.name not in _FILE.c))
            .join(_ATTACHMENT, _ATTACHMENT.c.id == _FILE.c.attachment_id)
            .where(_FILE.c.visit_id == visit)
            .order_by(_FILE.c.purpose, _FILE.c.added_at, _FILE.c.id)
        )
        if not hidden:
            query = query.where(_FILE.c.hidden_at.is_(None))
        return [_file(row) for row in self.connection.execute(query).mappings()]

    def file(self, file_id: str) -> VisitFile | None:
        """One photo or signature, or None."""
        query = (
            select(_FILE, *(c for c in _ATTACHMENT.c if c.name not in _FILE.c))
            .join(_ATTACHMENT, _ATTACHMENT.c.id == _FILE.c.attachment_id)
            .where(_FILE.c.id == file_id)
        )
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _file(row)

    def open_plans(self, households: Sequence[str]) -> dict[str, VisitPlan]:
        """The newest open plan of each of `households` that has one."""
        part = {"subjects": json.dumps(list(households))}
        found: dict[str, VisitPlan] = {}
        for row in self.connection.execute(_OPEN_PLANS_OF, part).mappings():
            found.setdefault(row["household_id"], _plan(row))
        return found

    def door(self, household: HouseholdId) -> Door | None:
        """What a visit has to know of the household it is made at; None where there is none."""
        row = _DOOR.first(self.connection, {"household": household})
        return None if row is None else Door(bool(row["is_planned"]), row["ended_on"])

    def plans_of(self, household: HouseholdId) -> list[VisitPlan]:
        """Every plan of a household, the newest first."""
        query = select(_PLAN).where(_PLAN.c.household_id == household)
        query = query.order_by(_PLAN.c.planned_on.desc(), _PLAN.c.id.desc())
        return [_plan(row) for row in self.connection.execute(query).mappings()]

    def lead(self, lead: LeadId) -> Lead | None:
        """One lead, or None."""
        row = self.connection.execute(select(_LEAD).where(_LEAD.c.id == lead)).mappings().first()
        return None if row is None else _lead(row)

    def leads(self) -> list[Lead]:
        """Every lead, the newest first."""
        query = select(_LEAD).order_by(_LEAD.c.found_on.desc(), _LEAD.c.id.desc())
        return [_lead(row) for row in self.connection.execute(query).mappings()]

    def leads_of(self, household: HouseholdId) -> list[Lead]:
        """A household's leads, the newest first."""
        return [one for one in self.leads_about(household) if one.household == household]

    def leads_about(self, subject: str) -> list[Lead]:
        """Leads of a household, or the one lead that has none; the newest first."""
        query = select(_LEAD).where((_LEAD.c.household_id == subject) | (_LEAD.c.id == subject))
        query = query.order_by(_LEAD.c.found_on.desc(), _LEAD.c.id.desc())
        return [_lead(row) for row in self.connection.execute(query).mappings()]

    def lead_steps(self, lead: LeadId) -> list[CaseStep]:
        """What was done about a lead, the oldest first."""
        return self._steps(_LEAD_STEP, "lead_id", lead)

    def referral(self, referral: ReferralId) -> Referral | None:
        """One referral, or None."""
        query = select(_REFERRAL).where(_REFERRAL.c.id == referral)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _referral(row)

    def referrals(self) -> list[Referral]:
        """Every referral, the newest first."""
        query = select(_REFERRAL).order_by(_REFERRAL.c.made_on.desc(), _REFERRAL.c.id.desc())
        return [_referral(row) for row in self.connection.execute(query).mappings()]

    def referrals_of(self, household: HouseholdId) -> list[Referral]:
        """A household's referrals, the newest first."""
        query = select(_REFERRAL).where(_REFERRAL.c.household_id == household)
        query = query.order_by(_REFERRAL.c.made_on.desc(), _REFERRAL.c.id.desc())
        return [_referral(row) for row in self.connection.execute(query).mappings()]

    def referrals_about(self, subject: str) -> list[Referral]:
        """Referrals of a household, named as a subject of today's list."""
        return self.referrals_of(HouseholdId(subject))

    def referral_steps(self, referral: ReferralId) -> list[CaseStep]:
        """What was done about a referral, the oldest first."""
        return self._steps(_REFERRAL_STEP, "referral_id", referral)

    def investigation(self, investigation: InvestigationId) -> Investigation | None:
        """One 入户调查, or None."""
        query = select(_INVESTIGATION).where(_INVESTIGATION.c.id == investigation)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _investigation(row)

    def investigations_of(self, household: HouseholdId) -> list[Investigation]:
        """A household's 入户调查, the newest first."""
        query = select(_INVESTIGATION).where(_INVESTIGATION.c.household_id == household)
        query = query.order_by(_INVESTIGATION.c.investigated_on.desc(), _INVESTIGATION.c.id.desc())
        return [_investigation(row) for row in self.connection.execute(query).mappings()]

    def place_of(self, household: str | None) -> tuple[str, str]:
        """(head's name, where) of a household; empty for none."""
        query = (
            select(_PERSON.c.name, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door)
            .select_from(_HOUSEHOLD)
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .where(_HOUSEHOLD.c.id == household)
        )
        row = self.connection.execute(query).first()
        return ("", "") if row is None else (row.name or "", f"{row.group_name}{row.door}")

    def said_of_leads(self) -> list[str]:
        """The newest words leads were noted with."""
        query = select(_LEAD.c.content).order_by(_LEAD.c.id.desc()).limit(_WORDS)
        return list(self.connection.execute(query).scalars())

    def said_of_places(self) -> list[str]:
        """Where referrals went, the newest first."""
        query = select(_REFERRAL.c.to_org).order_by(_REFERRAL.c.id.desc()).limit(_WORDS)
        return list(self.connection.execute(query).scalars())

    def _steps(self, table: Table, column: str, of: str) -> list[CaseStep]:
        query = select(table).where(table.c[column] == of).order_by(table.c.seq, table.c.id)
        return [
            CaseStep(
                event=row["event"],
                status=row["status"],
                happened_on=row["happened_on"],
                who=row["who"],
                note=row["note"],
            )
            for row in self.connection.execute(query).mappings()
        ]


def _addendum(row: RowMapping) -> Addendum:
    return Addendum(
        id=VisitId(row["id"]),
        visit=VisitId(row["adds_to_id"]),
        text=row["note"],
        by=row["visitor"],
        recorded_at=row["recorded_at"],
    )


def _file(row: RowMapping) -> VisitFile:
    return VisitFile(
        id=row["id"],
        visit=VisitId(row["visit_id"]),
        attachment=row["attachment_id"],
        kept=KeptFile(
            blob_id=row["blob_id"],
            wrapped_key=row["blob_key"],
            size=row["size"],
            sha256=row["sha256"],
            media_type=row["media_type"],
            purpose=FilePurpose(row["purpose"]),
        ),
        added_at=row["added_at"],
        hidden_at=row["hidden_at"],
    )


def _plan(row: RowMapping) -> VisitPlan:
    return VisitPlan(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        planned_on=row["planned_on"],
        status=PlanStatus(row["status"]),
        reason=row["reason"],
        because=None if row["because_id"] is None else VisitId(row["because_id"]),
        visit=None if row["visit_id"] is None else VisitId(row["visit_id"]),
    )


def _lead(row: RowMapping) -> Lead:
    return Lead(
        id=LeadId(row["id"]),
        household=None if row["household_id"] is None else HouseholdId(row["household_id"]),
        who=row["who"],
        source=LeadSource(row["source"]),
        content=row["content"],
        visit=None if row["visit_id"] is None else VisitId(row["visit_id"]),
        found_on=row["found_on"],
        due_on=row["due_on"],
        status=LeadStatus(row["status"]),
        handler=row["handler"],
        batch=row["batch"] or "",
        way=None if row["way"] is None else HandOn(row["way"]),
    )


def _referral(row: RowMapping) -> Referral:
    return Referral(
        id=ReferralId(row["id"]),
        household=HouseholdId(row["household_id"]),
        need=ReferralNeed(row["need"]),
        to_org=row["to_org"],
        content=row["content"],
        visit=None if row["visit_id"] is None else VisitId(row["visit_id"]),
        lead=None if row["lead_id"] is None else LeadId(row["lead_id"]),
        made_on=row["made_on"],
        due_on=row["due_on"],
        status=ReferralStatus(row["status"]),
        handler=row["handler"],
    )


def _investigation(row: RowMapping) -> Investigation:
    application = row["application_id"]
    return Investigation(
        id=InvestigationId(row["id"]),
        household=HouseholdId(row["household_id"]),
        application=None if application is None else ApplicationId(application),
        investigated_on=row["investigated_on"],
        investigators=tuple(row["investigators"]),
        respondent=row["respondent"],
        answers=dict(row["answers"]),
        fits=row["fits"],
        conclusion=row["conclusion"],
        recorded_at=row["recorded_at"],
    )
