"""先行救助 beside its record, and the reserve fund.

What names a payment here has no foreign key to it: a payment that the county took from another
device is no longer a row of this file, and what was written about it must still stand.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference


class ReliefStepRow(Base):
    """One step of one 先行救助. Written once."""

    __tablename__ = "relief_step"

    id: Mapped[str] = mapped_column(primary_key=True)
    relief_id: Mapped[str] = mapped_column(index=True)
    seq: Mapped[int]
    event: Mapped[str | None]
    status: Mapped[str]
    happened_at: Mapped[datetime]
    who: Mapped[str]
    note: Mapped[str]
    amount_fen: Mapped[int | None]
    recorded_at: Mapped[datetime]


class ReliefInstalmentRow(Base):
    """One part of staged relief. Its payment is set once; a reversal is a row naming it."""

    __tablename__ = "relief_instalment"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="ck_relief_instalment_amount_positive"),
        CheckConstraint("seq > 0", name="ck_relief_instalment_seq_positive"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    relief_id: Mapped[str] = mapped_column(index=True)
    seq: Mapped[int]
    planned_on: Mapped[date]
    amount_fen: Mapped[int]
    status: Mapped[str]
    document_no: Mapped[str | None] = mapped_column(unique=True)
    paid_at: Mapped[datetime | None]
    payment_id: Mapped[str | None] = mapped_column(unique=True)
    quota_id: Mapped[str | None] = reference("quota_token.id")
    handler: Mapped[str]
    reverses_id: Mapped[str | None] = mapped_column(index=True)
    reversal_reason: Mapped[str | None]


class LateSupplementRow(Base):
    """The papers made up after a payment (F17b). Written once."""

    __tablename__ = "late_supplement"

    id: Mapped[str] = mapped_column(primary_key=True)
    relief_id: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    checked: Mapped[str]
    home_visited_on: Mapped[date | None]
    notice_from: Mapped[date | None]
    notice_to: Mapped[date | None]
    items: Mapped[list[Any]]
    result: Mapped[str]
    afterwards: Mapped[str]
    completed_on: Mapped[date]
    handler: Mapped[str]


class ReserveFundRow(Base):
    """The purse of one device: its id is made of the device's, so that there is one."""

    __tablename__ = "reserve_fund"
    __table_args__ = (CheckConstraint("low_fen >= 0", name="ck_reserve_fund_low_not_negative"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[str]
    low_fen: Mapped[int | None]
    """Below this it is time to ask for more; NULL until somebody says how much."""
    opened_on: Mapped[date]


class ReserveEntryRow(Base):
    """One movement of a fund. Written once; a payment stands in one fund once.

    Two laptops that paid the same have it in two funds, until the county returns one of them.
    What the county returned may be struck with a reason: it counts nowhere, and stays to be seen.
    """

    __tablename__ = "reserve_entry"
    __table_args__ = (
        UniqueConstraint("fund_id", "payment_id", name="uq_reserve_entry_payment_id"),
        CheckConstraint("amount_fen > 0", name="ck_reserve_entry_amount_positive"),
        CheckConstraint(
            "kind in ('in', 'out', 'recovered', 'reversed', 'adjust_up', 'adjust_down')",
            name="ck_reserve_entry_kind_known",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    fund_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    amount_fen: Mapped[int]
    booked_on: Mapped[date] = mapped_column(index=True)
    happened_on: Mapped[date]
    summary: Mapped[str]
    voucher_no: Mapped[str]
    reason: Mapped[str]
    relief_id: Mapped[str | None] = mapped_column(index=True)
    payment_id: Mapped[str | None] = mapped_column(index=True)
    names_id: Mapped[str | None]
    struck_reason: Mapped[str | None]
    handler: Mapped[str]
    recorded_at: Mapped[datetime]


class ReserveMonthRow(Base):
    """A closed month of a fund. Its id is made of both: a month is closed once."""

    __tablename__ = "reserve_month"

    id: Mapped[str] = mapped_column(primary_key=True)
    fund_id: Mapped[str] = mapped_column(index=True)
    month: Mapped[str]
    balance_fen: Mapped[int]
    entries: Mapped[int]
    closed_at: Mapped[datetime]
    closed_by: Mapped[str]
