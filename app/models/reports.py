"""What the village reports upwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, reference


class VillageReportRow(Base):
    """One quarterly report with the figures as they stood. Written once."""

    __tablename__ = "village_report"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="ck_village_report_days_in_order"),
        CheckConstraint("length(told_to) > 0", name="ck_village_report_told_to_given"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    told_on: Mapped[date]
    told_to: Mapped[str]
    progress: Mapped[str]
    problems: Mapped[str]
    experience: Mapped[str]
    suggestions: Mapped[str]
    figures: Mapped[dict[str, Any]]
    corrects_id: Mapped[str | None] = reference("village_report.id", index=False)
    handler: Mapped[str]
    recorded_at: Mapped[datetime]
