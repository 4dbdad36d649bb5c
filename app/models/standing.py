"""What surrounds being supported: 渐退, 定期复核, 增减员 and benefits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference
from app.models.steps import ToldStep


class GracePeriodRow(Base):
    """One 渐退. `shares` are its months in order: month "2026-04", percent, fen or null."""

    __tablename__ = "grace_period"
    __table_args__ = (
        CheckConstraint("former_fen >= 0", name="ck_grace_period_former_not_negative"),
        CheckConstraint("heads > 0", name="ck_grace_period_heads_positive"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    assessment_id: Mapped[str] = reference("assessment.id", index=False)
    pack_sha256: Mapped[str]
    rule: Mapped[str]
    basis: Mapped[str]
    former_fen: Mapped[int | None]
    start_month: Mapped[date]
    shares: Mapped[list[Any]]
    least_months: Mapped[int | None]
    most_months: Mapped[int | None]
    heads: Mapped[int]
    reason: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    proposed_on: Mapped[date]
    approved_on: Mapped[date | None]
    approved_by: Mapped[str | None]
    paper_no: Mapped[str | None]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class GraceStepRow(ToldStep, Base):
    """One step of a 渐退."""

    __tablename__ = "grace_step"

    grace_id: Mapped[str] = reference("grace_period.id")


class PeriodicReviewRow(Base):
    """One 定期复核. Written once."""

    __tablename__ = "periodic_review"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    case_class: Mapped[str]
    reviewed_on: Mapped[date]
    result: Mapped[str]
    assessment_id: Mapped[str | None] = reference("assessment.id", index=False)
    note: Mapped[str]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class CompositionChangeRow(Base):
    """One 增员 or 减员. Written once; the person may belong to no household any more.

    `deed_id` is the family deed that brought it about, None where it was told by itself.
    """

    __tablename__ = "composition_change"
    __table_args__ = (
        CheckConstraint("kind in ('add', 'remove')", name="ck_composition_change_kind_known"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    deed_id: Mapped[str | None]
    kind: Mapped[str]
    person_id: Mapped[str | None] = reference("person.id", index=False)
    person_name: Mapped[str]
    reason: Mapped[str]
    happened_on: Mapped[date]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class BenefitRow(Base):
    """One benefit somebody receives. What is `by_county` is the county's to change."""

    __tablename__ = "benefit"
    __table_args__ = (
        CheckConstraint("amount_fen >= 0", name="ck_benefit_amount_not_negative"),
        CheckConstraint("to_month >= from_month", name="ck_benefit_months_in_order"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    kind: Mapped[str]
    person_ids: Mapped[list[Any]]
    amount_fen: Mapped[int | None]
    from_month: Mapped[date]
    to_month: Mapped[date | None]
    ends_on: Mapped[date | None]
    ends_by: Mapped[str | None]
    stop_reason: Mapped[str]
    by_county: Mapped[bool]
    recorded_at: Mapped[datetime]


class CertificateRow(Base):
    """Until when a paper of a member is valid. Written once; a renewed one is a new row."""

    __tablename__ = "certificate"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    person_id: Mapped[str] = reference("person.id")
    kind: Mapped[str]
    valid_to: Mapped[date]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]
