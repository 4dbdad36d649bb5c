"""What only this laptop keeps of means tests: the packs they used, and the village re-tested.

Neither is a fact about anybody, so neither is an operation (ADR 0010): both can be made again.
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
