"""Care agreements, the watch list, cases, complaints and who can look after himself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference
from app.models.steps import ToldStep


class CareAgreementRow(Base):
    """One 委托照料服务协议. Who looks after whom stands; the state and 四有 move."""

    __tablename__ = "care_agreement"
    __table_args__ = (
        CheckConstraint("fee_fen >= 0", name="ck_care_agreement_fee_not_negative"),
        CheckConstraint("ends_on >= starts_on", name="ck_care_agreement_days_in_order"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    person_id: Mapped[str] = reference("person.id", index=False)
    carer: Mapped[str]
    carer_phone: Mapped[str]
    carer_relation: Mapped[str | None]
    carer_id_number: Mapped[str | None]
    carer_address: Mapped[str | None]
    fee_fen: Mapped[int | None]
    services: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    has_standard: Mapped[bool]
    has_plan: Mapped[bool]
    status: Mapped[str] = mapped_column(index=True)
    follows_id: Mapped[str | None] = reference("care_agreement.id", index=False)
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class CareStepRow(ToldStep, Base):
    """One step of a care agreement."""

    __tablename__ = "care_step"

    care_id: Mapped[str] = reference("care_agreement.id")


class WatchEntryRow(Base):
    """One household on the watch list, or on its way there."""

    __tablename__ = "watch_entry"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    cause: Mapped[str]
    note: Mapped[str]
    noticed_on: Mapped[date]
    listed_on: Mapped[date | None]
    compared_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(index=True)
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class WatchStepRow(ToldStep, Base):
    """One step of an entry of the watch list."""

    __tablename__ = "watch_step"

    watch_id: Mapped[str] = reference("watch_entry.id")


class CasePlanRow(Base):
    """One household's case in the six steps of social work. What it is about stands."""

    __tablename__ = "case_plan"
    __table_args__ = (CheckConstraint("length(need) > 0", name="ck_case_plan_need_given"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    need: Mapped[str]
    opened_on: Mapped[date]
    due_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(index=True)
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class CaseStepRow(ToldStep, Base):
    """One step of a case."""

    __tablename__ = "case_step"

    case_id: Mapped[str] = reference("case_plan.id")


class ComplaintRow(Base):
    """One complaint. Without a household where it is about nobody's case; answered once."""

    __tablename__ = "complaint"
    __table_args__ = (CheckConstraint("length(content) > 0", name="ck_complaint_content_given"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str | None] = reference("household.id")
    who: Mapped[str]
    channel: Mapped[str]
    content: Mapped[str]
    received_on: Mapped[date]
    answered_on: Mapped[date | None]
    answer: Mapped[str]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class SelfCareAssessmentRow(Base):
    """One 生活自理能力评估. Written once. `acts` are the six by name, `assessors` two names."""

    __tablename__ = "self_care_assessment"
    __table_args__ = (
        CheckConstraint("kind in ('first', 'review')", name="ck_self_care_assessment_kind_known"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    person_id: Mapped[str] = reference("person.id", index=False)
    kind: Mapped[str]
    assessed_on: Mapped[date]
    acts: Mapped[dict[str, Any]]
    assessors: Mapped[list[Any]]
    note: Mapped[str]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]
