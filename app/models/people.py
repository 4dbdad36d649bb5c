"""Households, the people in them, and the money around them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference


class HouseholdRow(Base):
    """One household; `category` and `benefit_month_fen` are the county's to change.

    A household nobody belongs to any more is not removed: it has ended. `split_from_id` and
    `successor_id` are no foreign keys: the other household may be another village's by now.
    """

    __tablename__ = "household"
    __table_args__ = (
        CheckConstraint("area IN ('urban', 'rural')", name="ck_household_area"),
        CheckConstraint("benefit_month_fen >= 0", name="ck_household_benefit_not_negative"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str]
    village_code: Mapped[str] = mapped_column(index=True)
    group_name: Mapped[str]
    door: Mapped[str]
    address: Mapped[str]
    hukou_area_code: Mapped[str | None]
    residence_area_code: Mapped[str | None]
    phone: Mapped[str | None]
    category: Mapped[str] = mapped_column(index=True)
    monitoring_tag: Mapped[str | None]
    benefit_month_fen: Mapped[int | None]
    poverty_cause: Mapped[str | None]
    knock_note: Mapped[str | None]
    bank_name: Mapped[str | None]
    bank_account: Mapped[str | None]
    head_person_id: Mapped[str | None] = reference("person.id", index=False)
    split_from_id: Mapped[str | None]
    successor_id: Mapped[str | None]
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None]
    is_removed: Mapped[bool] = mapped_column(default=False)


class PersonRow(Base):
    """One person. The ID number is never a key: people without one are people too."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="ck_person_name_given"),
        CheckConstraint("disability_level BETWEEN 1 AND 4", name="ck_person_disability_level"),
        CheckConstraint("resident_since BETWEEN 1900 AND 2999", name="ck_person_resident_since"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    id_kind: Mapped[str]
    id_number: Mapped[str | None] = mapped_column(index=True)
    birth_on: Mapped[date | None]
    sex: Mapped[str]
    ethnicity: Mapped[str | None]
    hukou: Mapped[str | None]
    hukou_address: Mapped[str | None]
    permit_no: Mapped[str | None]
    resident_since: Mapped[int | None]
    marriage: Mapped[str | None]
    education: Mapped[str | None]
    labour: Mapped[str]
    employer: Mapped[str | None]
    student: Mapped[str | None]
    status: Mapped[str | None]
    is_disabled: Mapped[bool | None]
    disability_kind: Mapped[str | None]
    disability_level: Mapped[int | None]
    disability_no: Mapped[str | None]
    is_seriously_ill: Mapped[bool | None]
    illness: Mapped[str | None]
    self_care: Mapped[dict[str, Any] | None]
    receives: Mapped[list[Any]]
    is_monitored: Mapped[bool | None]
    first_employed_on: Mapped[date | None]
    self_declared_on: Mapped[date | None]
    phone: Mapped[str | None]
    died_on: Mapped[date | None]
    moved_on: Mapped[date | None]
    is_removed: Mapped[bool] = mapped_column(default=False)


class HouseholdMemberRow(Base):
    """A person's place in a household, from a day to a day.

    A place somebody has left has `until_on`, `until_by` and `is_removed`; it is never reopened but
    by the undoing of what closed it.
    """

    __tablename__ = "household_member"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    person_id: Mapped[str] = reference("person.id")
    position: Mapped[int]
    relation: Mapped[str]
    living: Mapped[str | None]
    since_on: Mapped[date | None]
    since_by: Mapped[str | None]
    until_on: Mapped[date | None]
    until_by: Mapped[str | None]
    is_removed: Mapped[bool] = mapped_column(default=False)


class FamilyEventRow(Base):
    """What happened to a household as a family, written once; both sides of a move have theirs.

    The rows of one deed share `deed_id`. `changes` is what the deed set in records of this
    household, as [entity, id, field, old, new]: what undoing it sets back. A new record's old
    `is_removed` is true.
    """

    __tablename__ = "family_event"

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    deed_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    other_household_id: Mapped[str | None]
    people: Mapped[list[Any]]
    to_place: Mapped[str]
    note: Mapped[str]
    handler: Mapped[str]
    needs_review: Mapped[bool]
    undoes: Mapped[str | None]
    changes: Mapped[list[Any]]
    recorded_at: Mapped[datetime]


class SupportObligorRow(Base):
    """Somebody bound by law to support a member of the household."""

    __tablename__ = "support_obligor"
    __table_args__ = (
        CheckConstraint("monthly_income_fen >= 0", name="ck_support_obligor_income_not_negative"),
        CheckConstraint(
            "maintenance_month_fen >= 0", name="ck_support_obligor_maintenance_not_negative"
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    name: Mapped[str]
    relation: Mapped[str]
    birth_on: Mapped[date | None]
    monthly_income_fen: Mapped[int | None]
    maintenance_month_fen: Mapped[int | None]
    status: Mapped[str | None]
    is_removed: Mapped[bool] = mapped_column(default=False)


class IncomeItemRow(Base):
    """One source of income of a member, or of the household when `person_id` is empty."""

    __tablename__ = "income_item"
    __table_args__ = (
        CheckConstraint("amount_fen >= 0", name="ck_income_item_amount_not_negative"),
        CheckConstraint("months BETWEEN 1 AND 12", name="ck_income_item_months"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    person_id: Mapped[str | None] = reference("person.id", index=False)
    kind: Mapped[str]
    amount_fen: Mapped[int]
    per: Mapped[str]
    months: Mapped[int]
    is_removed: Mapped[bool] = mapped_column(default=False)


class ExpenseItemRow(Base):
    """One rigid outlay."""

    __tablename__ = "expense_item"
    __table_args__ = (
        CheckConstraint("amount_fen >= 0", name="ck_expense_item_amount_not_negative"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    person_id: Mapped[str | None] = reference("person.id", index=False)
    kind: Mapped[str]
    amount_fen: Mapped[int]
    per: Mapped[str]
    is_removed: Mapped[bool] = mapped_column(default=False)


class AssetItemRow(Base):
    """One asset: an amount for money, a count for things."""

    __tablename__ = "asset_item"
    __table_args__ = (
        CheckConstraint("amount_fen >= 0", name="ck_asset_item_amount_not_negative"),
        CheckConstraint("count >= 0", name="ck_asset_item_count_not_negative"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    kind: Mapped[str]
    amount_fen: Mapped[int | None]
    count: Mapped[int | None]
    is_removed: Mapped[bool] = mapped_column(default=False)
