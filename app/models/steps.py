"""The row of one step along a state machine, as an application and a 渐退 take it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import reference


class ToldStep:
    """Columns of a step, written once: its `number`, the states around it, and whose word it was.

    Mixed into the table of each machine, which adds what the step is about.
    """

    id: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = reference("household.id")
    number: Mapped[int]
    event: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    happened_on: Mapped[date]
    handler: Mapped[str]
    told_by: Mapped[str]
    paper_no: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]
