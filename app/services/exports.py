"""Visit logs leaving the program: masked, typed as text, and written into the log of deeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.casework import Visit
from app.domain.clock import Clock
from app.domain.households import Household
from app.domain.masking import Mask
from app.domain.problem import Refused
from app.services.ground_rules import GroundRules
from app.services.stamps import stamp_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.documents.visit_log import LogOptions, VisitLogRow

KINDS: Final = (".xlsx", ".csv", ".pdf")
WITHOUT_REASON: Final = 20
"""Above so many people an export says what it is for (security R24)."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written, and where."""

    rows: int
    path: Path


@dataclass(frozen=True, slots=True)
class Exports:
    """Use cases for files that leave. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def visits(
        self, first: date, last: date, mask: Mask, path: Path, *, reason: str | None = None
    ) -> ExportReport:
        """Write the visits from `first` to `last` to `path` (.xlsx, .csv or .pdf).

        Raises Refused for another kind of file, an empty span, a missing reason, or whole ID
        numbers without one; Unavailable when the place cannot be written, and then nothing is
        recorded: no file stands there that the log of deeds does not know.
        """
        from app.store.atomic import laid_down

        if path.suffix.lower() not in KINDS:
            raise Refused(
                "只能导出成 .xlsx、.csv 或 .pdf。",
                do="请改一下文件名的后缀。",
                code="E-01",
                field="path",
            )
        rows = self._rows(first, last)
        if not rows:
            raise Refused("这段时间没有走访记录。", do="请换一段日期。", code="E-02", field="first")
        households = len({visit.household for visit, _ in rows})
        if not (reason and reason.strip()) and (mask is Mask.FULL or households > WITHOUT_REASON):
            raise Refused(
                "不藏号码或超过 20 户的导出要写明用途。",
                do="请填上给谁、做什么用。",
                code="E-03",
                field="reason",
            )
        with laid_down(path, self._file(rows, mask, path, first, last)), self.begin() as work:
            work.note(
                kind="visits.exported",
                subject=work.identity.device_id,
                facts={
                    "first": first,
                    "last": last,
                    "rows": len(rows),
                    "mask": mask,
                    "kind": path.suffix.lower(),
                    "reason": reason or "",
                },
            )
            work.commit()
        return ExportReport(len(rows), path)

    def _rows(self, first: date, last: date) -> list[tuple[Visit, Household]]:
        """Each visit of the span with its household."""
        with self.begin() as work:
            visits = work.casework.visits_between(first, last)
            households = {
                found.id: found
                for household_id in {visit.household for visit in visits}
                if (found := work.households.get(household_id)) is not None
            }
        return [(v, households[v.household]) for v in visits if v.household in households]

    def _file(
        self,
        rows: list[tuple[Visit, Household]],
        mask: Mask,
        path: Path,
        first: date,
        last: date,
    ) -> bytes:
        """The file that was asked for."""
        from app.documents.visit_log import LogOptions, row_of
        from app.documents.visit_log_files import to_csv, to_xlsx

        lines = [row_of(visit, household) for visit, household in rows]
        options = LogOptions(mask=mask)
        now = self.clock.now()
        if path.suffix.lower() == ".xlsx":
            return to_xlsx(lines, options, now)
        if path.suffix.lower() == ".csv":
            return to_csv(lines, options)
        return self._pdf(lines, options, first, last)

    def _pdf(self, lines: list[VisitLogRow], options: LogOptions, first: date, last: date) -> bytes:
        """The printed log, numbered and stamped like any paper."""
        from app.documents.forms import visit_log_sheet as sheet

        with self.begin() as work:
            unit = work.identity.village_name
            stamp = stamp_of(work, self.rules, at=self.clock.now(), holders=sheet.HOLDERS)
            work.commit()
        content = sheet.content_of(tuple(lines), options, unit=unit, first=first, last=last)
        return sheet.render(content, stamp)
