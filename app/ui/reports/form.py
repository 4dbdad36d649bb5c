"""What is said of a report, and its draft. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Self

from app.domain.problem import Refused
from app.domain.reports import Quarter
from app.services.reports import NewReport, ReportFile
from app.ui.drafting import Readers, read

ASKED: Final = (
    "first", "last", "told_on", "told_to", "progress", "problems", "experience", "suggestions",
)  # fmt: skip
"""The fields, in talk order."""
TIME: Final = frozenset({"first", "last"})
"""Answers that change the figures."""
_READERS: Final[Readers] = {
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "told_on": date.fromisoformat,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForm:
    """The answers so far."""

    first: date | None = None
    last: date | None = None
    told_on: date | None = None
    told_to: str = ""
    progress: str = field(default="", repr=False)
    problems: str = field(default="", repr=False)
    experience: str = field(default="", repr=False)
    suggestions: str = field(default="", repr=False)

    @classmethod
    def of(cls, file: ReportFile, today: date) -> Self:
        """As it begins: the quarter so far; a report that is put right begins as it was."""
        before = file.line.told
        if before is None:
            return cls(first=file.first, last=file.last, told_on=today)
        return cls(
            first=before.first,
            last=before.last,
            told_on=today,
            told_to=before.told_to,
            progress=before.progress,
            problems=before.problems,
            experience=before.experience,
            suggestions=before.suggestions,
        )

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any]) -> Self:
        """As it was left."""
        return cls(**read(draft, _READERS))

    def request(self, quarter: Quarter) -> NewReport:
        """What is asked of the service. Raises Refused T-01, T-02 without the days."""
        if self.first is None or self.last is None:
            raise Refused(
                "数字从哪天到哪天还没填。",
                do="请填两个日期。",
                code="T-01",
                field="first" if self.first is None else "last",
            )
        if self.told_on is None:
            raise Refused("还没填哪一天报的。", do="请填日期。", code="T-02", field="told_on")
        return NewReport(
            quarter=quarter,
            first=self.first,
            last=self.last,
            told_on=self.told_on,
            told_to=self.told_to,
            progress=self.progress,
            problems=self.problems,
            experience=self.experience,
            suggestions=self.suggestions,
        )
