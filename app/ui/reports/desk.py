"""What the page asks of the services, each in one job for the store. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.reports import Quarter, ReportFigures
from app.services.drafts import Drafts
from app.services.reports import ReportFile, ReportLine, Reports
from app.services.work import finishing
from app.ui.drafting import kept
from app.ui.reports.form import ReportForm


@dataclass(frozen=True, slots=True)
class ReportDesk:
    """Jobs of the page. Call from the store thread only."""

    reports: Reports

    @property
    def drafts(self) -> Drafts:
        """Reports half told."""
        return Drafts(self.reports.begin)

    def lines(self) -> list[ReportLine]:
        """The list."""
        return self.reports.lines()

    def see(self, quarter: Quarter) -> tuple[ReportFile, Mapping[str, Any] | None]:
        """One quarter, and what was half told of it. Raises Refused T-05."""
        return self.reports.open(quarter), self.drafts.get(draft_key(quarter))

    def figures(self, first: date, last: date) -> ReportFigures:
        """The figures of a time. Raises Refused T-01."""
        return self.reports.figures(first, last)

    def keep(self, quarter: Quarter, form: ReportForm) -> None:
        """Keep what was answered so far."""
        self.drafts.keep(draft_key(quarter), kept(form))

    def drop(self, quarter: Quarter) -> None:
        """Not this report after all."""
        self.drafts.drop(draft_key(quarter))

    def tell(self, quarter: Quarter, form: ReportForm) -> ReportFile:
        """Record it; its draft goes in the same transaction. Raises Refused T-01 … T-05."""
        begin = finishing(self.reports.begin, draft_key(quarter))
        replace(self.reports, begin=begin).tell(form.request(quarter))
        return self.reports.open(quarter)


def draft_key(quarter: Quarter) -> str:
    """Under which key the report of a quarter is kept."""
    return f"report:{quarter.key}"
