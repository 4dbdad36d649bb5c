"""What the coordinator records about a household, and what the county answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference


class VisitRow(Base):
    """One completed home visit. Written once; a correction is a new row naming this one.

    Clustered by id, which grows with time: a save writes one page of the file less.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("length(visitor) > 0", name="ck_visit_visitor_given"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    visited_on: Mapped[date] = mapped_column(index=True)
    met: Mapped[str]
    channel: Mapped[str | None]
    kind: Mapped[str | None]
    health: Mapped[str | None]
    supplies: Mapped[str | None]
    housing: Mapped[str | None]
    income_change: Mapped[str | None]
    need: Mapped[str | None]
    cleanliness: Mapped[str | None]
    dwelling: Mapped[str | None]
    fire_safety: Mapped[str | None]
    carer: Mapped[str | None]
    explained: Mapped[str | None]
    satisfaction: Mapped[str | None]
    note: Mapped[str]
    visitor: Mapped[str]
    recorded_at: Mapped[datetime]
    adds_to_id: Mapped[str | None] = reference("visit.id", index=False)


class EmergencyReliefRow(Base):
    """One 先行救助. `payment_id` is a hash of who, what and when: it can be paid once.

    Until it is paid `payment_id`, `quota_id` and `paid_at` are empty, and `amount_fen` may be
    nought: nobody has looked yet how much it takes. Of staged relief the three are empty for ever,
    because each of its parts has its own (`relief_instalment`).
    """

    __tablename__ = "emergency_relief"
    __table_args__ = (
        CheckConstraint("amount_fen >= 0", name="ck_emergency_relief_amount_not_negative"),
        CheckConstraint("persons > 0", name="ck_emergency_relief_persons_positive"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    document_no: Mapped[str] = mapped_column(unique=True)
    household_id: Mapped[str | None] = reference("household.id")
    payee_person_id: Mapped[str | None] = reference("person.id", index=False)
    payee_name: Mapped[str]
    payee_id_number: Mapped[str | None]
    is_unknown: Mapped[bool | None]
    event: Mapped[str]
    event_note: Mapped[str]
    event_area_code: Mapped[str]
    event_place: Mapped[str | None]
    reported_by: Mapped[str | None]
    reporter: Mapped[str | None]
    amount_fen: Mapped[int]
    way: Mapped[str]
    goods: Mapped[str]
    goods_items: Mapped[list[Any] | None]
    persons: Mapped[int]
    source: Mapped[str | None]
    is_staged: Mapped[bool | None]
    parent_id: Mapped[str | None] = mapped_column(index=True)
    referral_reason: Mapped[str | None]
    status: Mapped[str]
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_how: Mapped[str | None]
    decision_due_at: Mapped[datetime | None]
    decision_rule: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    payment_id: Mapped[str | None] = mapped_column(unique=True)
    quota_id: Mapped[str | None] = reference("quota_token.id")
    paperwork_due_on: Mapped[date | None] = mapped_column(index=True)
    paperwork_rule: Mapped[str]
    paperwork_done_on: Mapped[date | None]
    emergency_over_on: Mapped[date | None]
    cap_fen: Mapped[int | None]
    cap_rule: Mapped[str | None]
    pack_sha256: Mapped[str | None]
    handler: Mapped[str]
    # no foreign key: the county may take the payment it names from another device
    reverses_id: Mapped[str | None] = mapped_column(index=True)
    reversal_reason: Mapped[str | None]
    # no foreign key: another device may have paid what this one was asked about
    apart_from_id: Mapped[str | None]
    apart_reason: Mapped[str | None]


class QuotaTokenRow(Base):
    """What the county lets this device spend offline; `signed` is its word, kept whole."""

    __tablename__ = "quota_token"
    __table_args__ = (CheckConstraint("amount_fen >= 0", name="ck_quota_token_not_negative"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    amount_fen: Mapped[int]
    not_after: Mapped[date]
    issued_at: Mapped[datetime]
    signed: Mapped[str]


class AssessmentRow(Base):
    """A means test as it was: the facts, the pack by hash, and the whole answer."""

    __tablename__ = "assessment"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    assessed_on: Mapped[date]
    pack_id: Mapped[str]
    pack_version: Mapped[str]
    pack_sha256: Mapped[str]
    facts: Mapped[dict[str, Any]]
    answer: Mapped[dict[str, Any]]
    suggested: Mapped[str | None]
    benefit_month_fen: Mapped[int | None]
    made_at: Mapped[datetime]


class ApplicationRow(Base):
    """One application for every rung at once; what was decided and returned is the county's."""

    __tablename__ = "application"

    id: Mapped[str] = mapped_column(primary_key=True)
    document_no: Mapped[str] = mapped_column(unique=True)
    household_id: Mapped[str] = reference("household.id")
    applicant_person_id: Mapped[str] = reference("person.id", index=False)
    requested: Mapped[list[Any]]
    status: Mapped[str]
    filed_on: Mapped[date]
    assessment_id: Mapped[str | None] = reference("assessment.id", index=False)
    decided_category: Mapped[str | None]
    decided_benefit_month_fen: Mapped[int | None]
    decided_on: Mapped[date | None]
    decision_note: Mapped[str | None]
    return_comments: Mapped[list[Any] | None]
    filed_by: Mapped[str | None]
    proxy_name: Mapped[str | None]
    proxy_id_number: Mapped[str | None]
    proxy_relation: Mapped[str | None]
    proxy_phone: Mapped[str | None]
    proxy_signed_on: Mapped[date | None]
    converted_from_id: Mapped[str | None] = reference("application.id", index=False)
    consent_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]


class PrintRecordRow(Base):
    """One paper that left the program."""

    __tablename__ = "print_record"
    __table_args__ = (CheckConstraint("copies > 0", name="ck_print_record_copies_positive"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str]
    form_version: Mapped[str]
    document_no: Mapped[str] = mapped_column(index=True)
    household_id: Mapped[str | None] = reference("household.id")
    entity_id: Mapped[str | None] = mapped_column(index=True)
    content_sha256: Mapped[str]
    code: Mapped[str] = mapped_column(index=True)
    copies: Mapped[int]
    reprint_no: Mapped[int]
    face: Mapped[str | None]
    printed_at: Mapped[datetime]


class AttachmentRow(Base):
    """A photo or scan: the record names the encrypted blob and holds its key."""

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("size > 0", name="ck_attachment_size_positive"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    blob_id: Mapped[str] = mapped_column(unique=True)
    blob_key: Mapped[str]
    sha256: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    added_at: Mapped[datetime]


class PolicyPackRow(Base):
    """A published pack, kept for ever: an old assessment recomputes from it."""

    __tablename__ = "policy_pack"

    id: Mapped[str] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(index=True)
    pack_version: Mapped[str]
    sha256: Mapped[str]
    bundle: Mapped[str]
    published_at: Mapped[datetime]
