"""Quarterly reports (季报): which are owed, their figures, and that one was made.

The figures are counted from the records and kept with the report as they stood. Nothing is sent by
this program: it records that somebody reported, when and to whom.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.ids import new_id
from app.domain.problem import Refused
from app.domain.reports import VILLAGE, Quarter, ReportFigures, VillageReport
from app.rules import parameters
from app.services.due_reports import first_untold
from app.services.ground_rules import GroundRules
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

LONGEST: Final = 2000
"""Characters of each of the four heads."""
_HEADS: Final = ("progress", "problems", "experience", "suggestions")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report as it was made: for which quarter, about which days, when and to whom."""

    quarter: Quarter
    first: date
    last: date
    told_on: date
    told_to: str
    progress: str = field(default="", repr=False)
    problems: str = field(default="", repr=False)
    experience: str = field(default="", repr=False)
    suggestions: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One quarter: its last day and rule where the pack gives one, and the newest report of it."""

    quarter: Quarter
    due_on: date | None
    rule: str
    told: VillageReport | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """One quarter with all its reports, the newest first, and its figures up to today."""

    line: ReportLine
    reports: tuple[VillageReport, ...]
    first: date
    last: date
    figures: ReportFigures
    """From `first` to `last`, as the records stand now."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Use cases for reports. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def lines(self) -> list[ReportLine]:
        """Every quarter from the first that was owed or reported to this one, the newest first."""
        with self.begin() as work:
            told = {one.quarter: one for one in reversed(work.reports.all())}
            found = self.rules.terms(work).find(parameters.QUARTERLY_REPORT_DAY)
            now = Quarter.of(self.clock.today())
            first = now
            if found is not None:
                first = min(now, first_untold(frozenset(), work.begun_on, found.value))
            quarters = [min([first, *told])]
            while quarters[-1] < now:
                quarters.append(quarters[-1].next)
            return [self._line(work, one, told.get(one)) for one in reversed(quarters)]

    def open(self, quarter: Quarter) -> ReportFile:
        """One quarter; figures are counted to its end, or to today. Raises Refused T-05."""
        today = self.clock.today()
        if quarter.first > today:
            raise Refused("这个季度还没有到。", do="请回到列表。", code="T-05")
        with self.begin() as work:
            reports = tuple(work.reports.of(quarter))
            last = min(quarter.last, today)
            return ReportFile(
                line=self._line(work, quarter, reports[0] if reports else None),
                reports=reports,
                first=quarter.first,
                last=last,
                figures=work.reports.figures(quarter.first, last),
            )

    def figures(self, first: date, last: date) -> ReportFigures:
        """The figures of a time, both days included. Raises Refused T-01."""
        self._require_time(first, last)
        with self.begin() as work:
            return work.reports.figures(first, last)

    def tell(self, new: NewReport) -> VillageReport:
        """Record that the village reported; today's list does not ask for that quarter any more.

        A second report of the same quarter puts the one before right and names it. Raises Refused
        T-01 for days out of order or to come, T-02 for a report before its last day or to come,
        T-03 without whom it went to, T-04 for too many words, T-05, T-06 for the same once more.
        """
        self._require_possible(new)
        with self.begin() as work:
            before = next(iter(work.reports.of(new.quarter)), None)
            figures = work.reports.figures(new.first, new.last)
            if before is not None and _is_the_same(new, before) and figures == before.figures:
                raise _told_already(before)
            made = new_id(self.clock.now())
            work.change(
                kind="village_report.told" if before is None else "village_report.corrected",
                entity="village_report",
                entity_id=made,
                subject=VILLAGE,
                new=True,
                on=new.told_on,
                fields={
                    "quarter": new.quarter.key,
                    "first_on": new.first,
                    "last_on": new.last,
                    "told_on": new.told_on,
                    "told_to": new.told_to.strip(),
                    **{head: getattr(new, head).strip() for head in _HEADS},
                    "figures": figures.as_fields(),
                    "corrects_id": None if before is None else before.id,
                    "handler": work.identity.officer_name,
                    "recorded_at": self.clock.now(),
                },
            )
            kept = next(one for one in work.reports.of(new.quarter) if one.id == made)
            work.commit()
        return kept

    def _require_possible(self, new: NewReport) -> None:
        """Raises Refused T-01 … T-05."""
        self._require_time(new.first, new.last)
        today = self.clock.today()
        if new.quarter.first > today:
            raise Refused("这个季度还没有到。", do="请回到列表。", code="T-05")
        if not new.last <= new.told_on <= today:
            raise Refused(
                "报送的日期晚于今天，或早于数字算到的那天。",
                do="请核对日期。",
                code="T-02",
                field="told_on",
            )
        if not new.told_to.strip():
            raise Refused(
                "还没写报给谁。", do="请写单位，比如镇民政办。", code="T-03", field="told_to"
            )
        long = next((one for one in _HEADS if len(getattr(new, one)) > LONGEST), None)
        if long is not None:
            raise Refused(
                f"这一段太长，最多 {LONGEST} 字。", do="请删短一些。", code="T-04", field=long
            )

    def _require_time(self, first: date, last: date) -> None:
        """Raises Refused T-01."""
        if not first <= last <= self.clock.today():
            raise Refused(
                "数字从哪天到哪天不对：先后反了，或者还没有到。",
                do="请核对这两个日期。",
                code="T-01",
                field="last",
            )

    def _line(self, work: UnitOfWork, quarter: Quarter, told: VillageReport | None) -> ReportLine:
        found = self.rules.terms(work).find(parameters.QUARTERLY_REPORT_DAY)
        due_on = None if found is None else quarter.due_on(found.value)
        owed = due_on is not None and due_on >= work.begun_on and told is None
        return ReportLine(
            quarter=quarter,
            due_on=due_on,
            rule="" if found is None else str(found.ground),
            told=told,
            late=bool(owed and due_on and due_on < self.clock.today()),
        )


def _is_the_same(new: NewReport, before: VillageReport) -> bool:
    """Whether it says word for word what the newest report of its quarter says."""
    days = ("first", "last", "told_on")
    said = ("told_to", *_HEADS)
    return all(getattr(new, one) == getattr(before, one) for one in days) and all(
        getattr(new, one).strip() == getattr(before, one) for one in said
    )


def _told_already(before: VillageReport) -> Refused:
    """T-06."""
    day = f"{before.told_on.month}月{before.told_on.day}日"
    return Refused(
        f"{day}报给{before.told_to}的这一份已经记过了，一字不差。",
        do="不用再记；真有要改的，请改了再记。",
        code="T-06",
    )
