"""Beside a visit: its files, the next one planned, leads, referrals and 入户调查."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference


class VisitFileRow(Base):
    """Which attachment belongs to which visit, as what. Taking it away sets `hidden_at` only."""

    __tablename__ = "visit_file"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    visit_id: Mapped[str] = reference("visit.id")
    attachment_id: Mapped[str] = reference("attachment.id")
    purpose: Mapped[str]
    added_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]


class VisitPlanRow(Base):
    """A visit to be made on a day, and what became of it."""

    __tablename__ = "visit_plan"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    planned_on: Mapped[date]
    status: Mapped[str]
    reason: Mapped[str]
    because_id: Mapped[str | None] = reference("visit.id", index=False)
    visit_id: Mapped[str | None] = reference("visit.id", index=False)
    recorded_at: Mapped[datetime]


class LeadRow(Base):
    """Somebody who may need help. Without a household where nobody knows which it is."""

    __tablename__ = "lead"
    __table_args__ = (CheckConstraint("length(content) > 0", name="ck_lead_content_given"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str | None] = reference("household.id")
    who: Mapped[str]
    source: Mapped[str]
    batch: Mapped[str | None]
    content: Mapped[str]
    visit_id: Mapped[str | None] = reference("visit.id", index=False)
    found_on: Mapped[date]
    due_on: Mapped[date | None]
    status: Mapped[str]
    way: Mapped[str | None]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class LeadStepRow(Base):
    """One step of a lead. Written once."""

    __tablename__ = "lead_step"

    id: Mapped[str] = mapped_column(primary_key=True)
    lead_id: Mapped[str] = reference("lead.id")
    seq: Mapped[int]
    event: Mapped[str]
    status: Mapped[str]
    happened_on: Mapped[date]
    who: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]


class ReferralRow(Base):
    """Somebody handed on to whoever can help (F19)."""

    __tablename__ = "referral"
    __table_args__ = (CheckConstraint("length(to_org) > 0", name="ck_referral_to_org_given"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    need: Mapped[str]
    to_org: Mapped[str]
    content: Mapped[str]
    visit_id: Mapped[str | None] = reference("visit.id", index=False)
    lead_id: Mapped[str | None] = reference("lead.id", index=False)
    made_on: Mapped[date]
    due_on: Mapped[date | None]
    status: Mapped[str]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class ReferralStepRow(Base):
    """One step of a referral. Written once."""

    __tablename__ = "referral_step"

    id: Mapped[str] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = reference("referral.id")
    seq: Mapped[int]
    event: Mapped[str]
    status: Mapped[str]
    happened_on: Mapped[date]
    who: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]


class InvestigationRow(Base):
    """One 入户调查 by two people at least (F04). Written once."""

    __tablename__ = "investigation"
    __table_args__ = (
        CheckConstraint("json_array_length(investigators) >= 2", name="ck_investigation_two"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    application_id: Mapped[str | None] = reference("application.id")
    investigated_on: Mapped[date]
    investigators: Mapped[list[Any]]
    respondent: Mapped[str]
    answers: Mapped[dict[str, Any]]
    fits: Mapped[bool]
    conclusion: Mapped[str]
    recorded_at: Mapped[datetime]
