"""What surrounds an application: steps, materials, signatures, review, notice and objections."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference
from app.models.steps import ToldStep


class ApplicationStepRow(ToldStep, Base):
    """One step of an application."""

    __tablename__ = "application_step"

    application_id: Mapped[str] = reference("application.id")
    details: Mapped[dict[str, Any]]


class ApplicationMaterialRow(Base):
    """One piece of the checklist. `replaces` and `settled_on` are a promise's words and day."""

    __tablename__ = "application_material"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    application_id: Mapped[str] = reference("application.id")
    code: Mapped[str]
    name: Mapped[str]
    person_id: Mapped[str | None] = reference("person.id", index=False)
    state: Mapped[str]
    mode: Mapped[str | None]
    asked_on: Mapped[date]
    settled_on: Mapped[date | None]
    replaces: Mapped[str | None]
    note: Mapped[str | None]


class CheckAuthorizationRow(Base):
    """What one adult of a household, or an obligor, signed; taken back by `revoked_on`.

    `obligor_id` is no foreign key: an interview may know of an obligor nobody put on record.
    """

    __tablename__ = "check_authorization"
    __table_args__ = (
        CheckConstraint(
            "person_id IS NOT NULL OR obligor_id IS NOT NULL", name="ck_check_authorization_signer"
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    person_id: Mapped[str | None] = reference("person.id", index=False)
    obligor_id: Mapped[str | None]
    signer: Mapped[str]
    kind: Mapped[str]
    scope: Mapped[list[Any]]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(index=True)
    signed_on: Mapped[date]
    paper_ref: Mapped[str]
    revoked_on: Mapped[date | None]
    revoke_reason: Mapped[str | None]


class CommunityReviewRow(Base):
    """One application before a 民主评议. Those of one meeting share `session_id`.

    The attendance is kept with each application, because who is related to one household sits
    out on that one only.
    """

    __tablename__ = "community_review"
    __table_args__ = (
        CheckConstraint(
            "agree >= 0 AND against >= 0 AND abstain >= 0",
            name="ck_community_review_votes_not_negative",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    application_id: Mapped[str] = reference("application.id")
    session_id: Mapped[str]
    held_on: Mapped[date]
    place: Mapped[str]
    chair: Mapped[str]
    recorder: Mapped[str]
    expected: Mapped[int]
    attendance: Mapped[list[Any]]
    agree: Mapped[int]
    against: Mapped[int]
    abstain: Mapped[int]
    passed: Mapped[bool | None]
    rule: Mapped[str]
    opinion: Mapped[str]


class PublicNoticeRow(Base):
    """One household on one notice; `body` is what it says of them, already masked."""

    __tablename__ = "public_notice"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    application_id: Mapped[str] = reference("application.id")
    kind: Mapped[str]
    posted_on: Mapped[date]
    ends_on: Mapped[date | None]
    rule: Mapped[str]
    places: Mapped[list[Any]]
    body: Mapped[dict[str, Any]]
    posted_by: Mapped[list[Any]]
    witnesses: Mapped[list[Any]]


class NoticeObjectionRow(Base):
    """An objection to a notice, and what became of it."""

    __tablename__ = "notice_objection"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    application_id: Mapped[str] = reference("application.id")
    notice_id: Mapped[str]
    raised_on: Mapped[date]
    raised_by: Mapped[str]
    content: Mapped[str]
    handled_on: Mapped[date | None]
    outcome: Mapped[str | None]
    reply: Mapped[str | None]


class StaffRelativeFilingRow(Base):
    """近亲属备案 as a household declared it; a new declaration is a new row."""

    __tablename__ = "staff_relative_filing"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    has_relative: Mapped[bool]
    staff_name: Mapped[str]
    staff_unit: Mapped[str]
    staff_post: Mapped[str]
    relation: Mapped[str]
    declared_on: Mapped[date]
    is_signed: Mapped[bool]
