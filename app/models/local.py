"""What only this laptop keeps: packs that tests used, the village re-tested, today's list, and the
tier of visits each household stood in.

None is a fact about anybody, so none is an operation (ADR 0010); all but the last can be made anew.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class KeptPackRow(Base):
    """A pack shipped with the program that some test used: the next program may ship another."""

    __tablename__ = "kept_pack"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    pack_id: Mapped[str]
    pack_version: Mapped[str]
    bundle: Mapped[str]
    kept_at: Mapped[datetime]


class ReassessmentRow(Base):
    """One pass over the village under one pack; unfinished while `finished_at` is None."""

    __tablename__ = "reassessment"

    id: Mapped[str] = mapped_column(primary_key=True)
    pack_sha256: Mapped[str] = mapped_column(index=True)
    pack_title: Mapped[str]
    pack_version: Mapped[str]
    since: Mapped[date]
    assessed_on: Mapped[date]
    households: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ReassessedRow(Base):
    """What the newest pass said of one household. No foreign key: it goes with the household."""

    __tablename__ = "reassessed"

    household_id: Mapped[str] = mapped_column(primary_key=True)
    reassessment_id: Mapped[str] = mapped_column(index=True)
    change: Mapped[str] = mapped_column(index=True)
    before_category: Mapped[str | None]
    before_month_fen: Mapped[int | None]
    after_category: Mapped[str | None]
    after_month_fen: Mapped[int | None]
    ask: Mapped[list[Any]]
    reassessed_at: Mapped[datetime]


class HouseholdTierRow(Base):
    """Which tier of visits a household stood in from a day on, as this laptop knew it
    (`app.store.tiers`). No foreign key: it goes with the household."""

    __tablename__ = "household_tier"
    __table_args__ = ({"sqlite_with_rowid": False},)

    household_id: Mapped[str] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    category: Mapped[str]
    monitoring_tag: Mapped[str | None]


class WorkItemRow(Base):
    """One row of today's list (`app.domain.due`), made by one source for one subject (ADR 0013).

    Clustered by subject, so that what a save replaces lies on one page of the file.
    """

    __tablename__ = "work_item"
    __table_args__ = ({"sqlite_with_rowid": False},)

    subject: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    entity_id: Mapped[str]
    household_id: Mapped[str | None]
    who: Mapped[str]
    place: Mapped[str]
    appears_on: Mapped[date]
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
    why: Mapped[str]
    rule: Mapped[str]
    page: Mapped[str]
    action: Mapped[str]
    target: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    standing: Mapped[int]
    in_workdays: Mapped[bool]


class WorkListRow(Base):
    """What today's list was made with, as a whole. One row; none before the first time.

    `made_with` names the program's sources and the county's packs, `good_before` the day on which
    a rule in force changes by itself; `calendar` is the working days it counted in.
    """

    __tablename__ = "work_list"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_with: Mapped[str]
    good_before: Mapped[date | None]
    calendar: Mapped[list[Any]]
    made_at: Mapped[datetime]
