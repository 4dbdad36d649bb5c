"""What surrounds an application, as domain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from app.domain.application_events import ApplicationEvent
from app.domain.casework import Application, ApplicationStatus
from app.domain.ids import ApplicationId, HouseholdId, PersonId
from app.domain.procedure import (
    APPROVED_FACTS,
    ApplicationStep,
    Attendant,
    Authorization,
    CheckScope,
    EvidenceMode,
    Material,
    MaterialCode,
    MaterialState,
    Notice,
    NoticeKind,
    NoticePlace,
    Objection,
    ObjectionOutcome,
    RelativeFiling,
    Review,
    ReviewRole,
    SignedKind,
)
from app.models.base import table_of
from app.models.casework import ApplicationRow
from app.models.log import OperationRow
from app.models.people import HouseholdRow, PersonRow
from app.models.procedure import (
    ApplicationMaterialRow,
    ApplicationStepRow,
    CheckAuthorizationRow,
    CommunityReviewRow,
    NoticeObjectionRow,
    PublicNoticeRow,
    StaffRelativeFilingRow,
)
from app.store.queries.casework import application_of
from app.store.queries.reading import every, first

_APPLICATION = table_of(ApplicationRow)
_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)
_OPERATION = table_of(OperationRow)
_STEP = table_of(ApplicationStepRow)
_MATERIAL = table_of(ApplicationMaterialRow)
_SIGNED = table_of(CheckAuthorizationRow)
_REVIEW = table_of(CommunityReviewRow)
_NOTICE = table_of(PublicNoticeRow)
_OBJECTION = table_of(NoticeObjectionRow)
_RELATIVE = table_of(StaffRelativeFilingRow)


@dataclass(frozen=True, slots=True)
class ListedApplication:
    """One application with whose it is."""

    application: Application
    who: str
    place: str


@dataclass(frozen=True, slots=True)
class ProcedureQueries:
    """Questions about the procedure."""

    connection: Connection

    def listed(
        self, statuses: Sequence[ApplicationStatus], *, limit: int, newest_first: bool
    ) -> list[ListedApplication]:
        """Applications in these states with their households, the longest waiting first."""
        order = (_APPLICATION.c.filed_on, _APPLICATION.c.id)
        query = (
            select(_APPLICATION, _PERSON.c.name, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door)
            .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _APPLICATION.c.household_id)
            .outerjoin(_PERSON, _PERSON.c.id == _APPLICATION.c.applicant_person_id)
            .where(_APPLICATION.c.status.in_(statuses))
            .order_by(*(one.desc() if newest_first else one for one in order))
            .limit(limit)
        )
        return [
            ListedApplication(
                application_of(row), row["name"] or "", f"{row['group_name']}{row['door']}"
            )
            for row in self.connection.execute(query).mappings()
        ]

    def steps(self, application_id: ApplicationId) -> list[ApplicationStep]:
        """Every step, the first one first."""
        query = select(_STEP).where(_STEP.c.application_id == application_id)
        return every(self.connection, query.order_by(_STEP.c.number, _STEP.c.id), _step)

    def step(self, step_id: str) -> ApplicationStep | None:
        """One step, or None."""
        return first(self.connection, select(_STEP).where(_STEP.c.id == step_id), _step)

    def materials(self, application_id: ApplicationId) -> list[Material]:
        """The checklist, in the order it was asked for."""
        query = select(_MATERIAL).where(_MATERIAL.c.application_id == application_id)
        return every(self.connection, query.order_by(_MATERIAL.c.id), _material)

    def material(self, material_id: str) -> Material | None:
        """One piece of a checklist, or None."""
        query = select(_MATERIAL).where(_MATERIAL.c.id == material_id)
        return first(self.connection, query, _material)

    def signed(self, household_id: HouseholdId) -> list[Authorization]:
        """What the people of a household signed, the newest first."""
        query = select(_SIGNED).where(_SIGNED.c.household_id == household_id)
        order = (_SIGNED.c.signed_on.desc(), _SIGNED.c.id.desc())
        return every(self.connection, query.order_by(*order), _signed)

    def authorization(self, authorization_id: str) -> Authorization | None:
        """One signed paper, or None."""
        query = select(_SIGNED).where(_SIGNED.c.id == authorization_id)
        return first(self.connection, query, _signed)

    def reviews(self, application_id: ApplicationId) -> list[Review]:
        """The reviews of an application, the newest first."""
        query = select(_REVIEW).where(_REVIEW.c.application_id == application_id)
        order = (_REVIEW.c.held_on.desc(), _REVIEW.c.id)
        return every(self.connection, query.order_by(*order), _review)

    def session(self, session_id: str) -> list[Review]:
        """The reviews of one meeting, in the order they were recorded."""
        query = select(_REVIEW).where(_REVIEW.c.session_id == session_id)
        return every(self.connection, query.order_by(_REVIEW.c.id), _review)

    def notices(self, application_id: ApplicationId) -> list[Notice]:
        """The notices of an application, the newest first."""
        query = select(_NOTICE).where(_NOTICE.c.application_id == application_id)
        order = (_NOTICE.c.posted_on.desc(), _NOTICE.c.id.desc())
        return every(self.connection, query.order_by(*order), _notice)

    def newest_notices(self, most: int) -> list[Notice]:
        """The village's last notices, the newest first."""
        order = (_NOTICE.c.posted_on.desc(), _NOTICE.c.id.desc())
        return every(self.connection, select(_NOTICE).order_by(*order).limit(most), _notice)

    def posted_on(self, kind: NoticeKind, day: date) -> list[Notice]:
        """The notices of one kind that began to hang on a day, in the order they were recorded."""
        query = select(_NOTICE).where(_NOTICE.c.kind == kind.value, _NOTICE.c.posted_on == day)
        return every(self.connection, query.order_by(_NOTICE.c.id), _notice)

    def objections(self, application_id: ApplicationId) -> list[Objection]:
        """The objections to an application, the newest first."""
        query = select(_OBJECTION).where(_OBJECTION.c.application_id == application_id)
        order = (_OBJECTION.c.raised_on.desc(), _OBJECTION.c.id.desc())
        return every(self.connection, query.order_by(*order), _objection)

    def relatives(self, household_id: HouseholdId) -> RelativeFiling | None:
        """What a household last declared of relatives among the staff; None when nobody asked."""
        query = select(_RELATIVE).where(_RELATIVE.c.household_id == household_id)
        order = (_RELATIVE.c.declared_on.desc(), _RELATIVE.c.id.desc())
        return first(self.connection, query.order_by(*order).limit(1), _relative)

    def declared(self, household_id: HouseholdId) -> list[RelativeFiling]:
        """Everything a household declared of relatives among the staff, the oldest first."""
        query = select(_RELATIVE).where(_RELATIVE.c.household_id == household_id)
        order = (_RELATIVE.c.declared_on, _RELATIVE.c.id)
        return every(self.connection, query.order_by(*order), _relative)

    def related(self) -> list[RelativeFiling]:
        """What each household last declared, of those that have a relative among the staff."""
        order = (_RELATIVE.c.declared_on, _RELATIVE.c.id)
        found = every(self.connection, select(_RELATIVE).order_by(*order), _relative)
        newest = {one.household: one for one in found}
        return [one for one in newest.values() if one.has_relative]

    def changed_since(self, household_id: HouseholdId, step_id: str) -> bool:
        """Whether a fact of the household was changed on this laptop after a step was recorded."""
        taken = (
            select(func.max(_OPERATION.c.n))
            .where(_OPERATION.c.entity == "application_step", _OPERATION.c.entity_id == step_id)
            .scalar_subquery()
        )
        query = select(_OPERATION.c.n).where(
            _OPERATION.c.subject == household_id,
            _OPERATION.c.entity.in_(APPROVED_FACTS),
            _OPERATION.c.n > taken,
        )
        return self.connection.execute(query.limit(1)).first() is not None


def _step(row: RowMapping) -> ApplicationStep:
    return ApplicationStep(
        id=row["id"],
        application=ApplicationId(row["application_id"]),
        household=HouseholdId(row["household_id"]),
        number=row["number"],
        event=ApplicationEvent(row["event"]),
        before=row["before"],
        after=row["after"],
        happened_on=row["happened_on"],
        handler=row["handler"],
        told_by=row["told_by"],
        paper_no=row["paper_no"],
        note=row["note"],
        details=dict(row["details"]),
        recorded_at=row["recorded_at"],
    )


def _material(row: RowMapping) -> Material:
    return Material(
        id=row["id"],
        application=ApplicationId(row["application_id"]),
        code=MaterialCode(row["code"]),
        name=row["name"],
        person=None if row["person_id"] is None else PersonId(row["person_id"]),
        state=MaterialState(row["state"]),
        mode=None if row["mode"] is None else EvidenceMode(row["mode"]),
        asked_on=row["asked_on"],
        settled_on=row["settled_on"],
        replaces=row["replaces"] or "",
        note=row["note"] or "",
    )


def _signed(row: RowMapping) -> Authorization:
    return Authorization(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        person=None if row["person_id"] is None else PersonId(row["person_id"]),
        obligor=row["obligor_id"],
        signer=row["signer"],
        kind=SignedKind(row["kind"]),
        scope=tuple(CheckScope(code) for code in row["scope"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        signed_on=row["signed_on"],
        paper_ref=row["paper_ref"],
        revoked_on=row["revoked_on"],
        revoke_reason=row["revoke_reason"] or "",
    )


def _review(row: RowMapping) -> Review:
    return Review(
        id=row["id"],
        application=ApplicationId(row["application_id"]),
        session=row["session_id"],
        held_on=row["held_on"],
        place=row["place"],
        chair=row["chair"],
        recorder=row["recorder"],
        expected=row["expected"],
        attendance=tuple(_attendant(one) for one in row["attendance"]),
        agree=row["agree"],
        against=row["against"],
        abstain=row["abstain"],
        passed=row["passed"],
        rule=row["rule"],
        opinion=row["opinion"],
    )


def _attendant(told: dict[str, Any]) -> Attendant:
    return Attendant(name=told["name"], role=ReviewRole(told["role"]), recused=told["recused"])


def _notice(row: RowMapping) -> Notice:
    return Notice(
        id=row["id"],
        application=ApplicationId(row["application_id"]),
        kind=NoticeKind(row["kind"]),
        posted_on=row["posted_on"],
        ends_on=row["ends_on"],
        rule=row["rule"],
        places=tuple(NoticePlace(code) for code in row["places"]),
        body=dict(row["body"]),
        posted_by=tuple(row["posted_by"]),
        witnesses=tuple(row["witnesses"]),
    )


def _objection(row: RowMapping) -> Objection:
    return Objection(
        id=row["id"],
        application=ApplicationId(row["application_id"]),
        notice=row["notice_id"],
        raised_on=row["raised_on"],
        raised_by=row["raised_by"],
        content=row["content"],
        handled_on=row["handled_on"],
        outcome=None if row["outcome"] is None else ObjectionOutcome(row["outcome"]),
        reply=row["reply"] or "",
    )


def _relative(row: RowMapping) -> RelativeFiling:
    return RelativeFiling(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        has_relative=row["has_relative"],
        staff_name=row["staff_name"],
        staff_unit=row["staff_unit"],
        staff_post=row["staff_post"],
        relation=row["relation"],
        declared_on=row["declared_on"],
        is_signed=row["is_signed"],
    )
