"""What the village reported, and the figures of a time as the records give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, exists, func, select

from app.domain.casework import ApplicationStatus, Met, ReliefStatus
from app.domain.clock import CHINA
from app.domain.grace_states import GraceEvent
from app.domain.referral_states import ReferralEvent
from app.domain.relief_states import ReliefEvent
from app.domain.relief_words import InstalmentStatus
from app.domain.reports import Quarter, ReportFigures, VillageReport
from app.models.base import table_of
from app.models.caring import WatchEntryRow
from app.models.casework import ApplicationRow, EmergencyReliefRow, VisitRow
from app.models.fund import ReliefInstalmentRow, ReliefStepRow
from app.models.reports import VillageReportRow
from app.models.standing import GraceStepRow
from app.models.visiting import LeadRow, ReferralStepRow
from app.store.queries.reading import every

_REPORT = table_of(VillageReportRow)
_VISIT = table_of(VisitRow)
_LEAD = table_of(LeadRow)
_APPLICATION = table_of(ApplicationRow)
_RELIEF = table_of(EmergencyReliefRow)
_PART = table_of(ReliefInstalmentRow)
_RELIEF_STEP = table_of(ReliefStepRow)
_REFERRAL_STEP = table_of(ReferralStepRow)
_GRACE_STEP = table_of(GraceStepRow)
_WATCH = table_of(WatchEntryRow)
_DAY: Final = timedelta(days=1)
_REPORTS: Final = select(_REPORT).order_by(
    _REPORT.c.quarter.desc(), _REPORT.c.recorded_at.desc(), _REPORT.c.id.desc()
)
_ANSWERS: Final = (ReferralEvent.ACCEPT.value, ReferralEvent.DECLINE.value)
_UNDONE: Final = (ReliefStatus.REVERSED.value, ReliefStatus.DECLINED.value)


@dataclass(frozen=True, slots=True)
class ReportQueries:
    """Questions about reports within one transaction."""

    connection: Connection

    def all(self) -> list[VillageReport]:
        """Every report, the newest quarter first, of one quarter the newest first."""
        return every(self.connection, _REPORTS, _report)

    def of(self, quarter: Quarter) -> list[VillageReport]:
        """The reports of one quarter, the newest first."""
        query = _REPORTS.where(_REPORT.c.quarter == quarter.key)
        return every(self.connection, query, _report)

    def told(self) -> frozenset[Quarter]:
        """The quarters somebody has reported."""
        keys = self.connection.execute(select(_REPORT.c.quarter).distinct()).scalars()
        return frozenset(map(Quarter.parse, keys))

    def figures(self, first: date, last: date) -> ReportFigures:
        """What the records say happened from `first` to `last`, both included."""
        payments, fen = self._paid(first, last)
        return ReportFigures(
            visits=self._count(
                _VISIT.c.visited_on.between(first, last),
                _VISIT.c.met != Met.NOBODY.value,
                _VISIT.c.adds_to_id.is_(None),
            ),
            leads=self._count(_LEAD.c.found_on.between(first, last)),
            applications=self._count(
                _APPLICATION.c.filed_on.between(first, last),
                _APPLICATION.c.status != ApplicationStatus.DRAFT.value,
            ),
            relief=payments,
            relief_fen=fen,
            overdue_papers=self._count(
                _RELIEF.c.paperwork_due_on < last,
                _given_before(_midnight(last + _DAY)),
                _RELIEF.c.paperwork_done_on.is_(None) | (_RELIEF.c.paperwork_done_on > last),
                ~_rejected_before(_midnight(last + _DAY)),
                _RELIEF.c.reverses_id.is_(None),
                _RELIEF.c.status.not_in(_UNDONE),
            ),
            referred=self._referrals((ReferralEvent.SEND.value,), first, last),
            answered=self._referrals(_ANSWERS, first, last),
            graces=self._one(
                select(func.count(_GRACE_STEP.c.grace_id.distinct())).where(
                    _GRACE_STEP.c.event == GraceEvent.BEGIN.value,
                    _GRACE_STEP.c.happened_on.between(first, last),
                )
            ),
            listed=self._count(_WATCH.c.listed_on.between(first, last)),
        )

    def _paid(self, first: date, last: date) -> tuple[int, int]:
        """How many payments, and their sum in fen; parts of staged relief one by one."""
        since, until = _midnight(first), _midnight(last + _DAY)
        count, fen = 0, 0
        for table, undone in (
            (_RELIEF, ReliefStatus.REVERSED.value),
            (_PART, InstalmentStatus.REVERSED.value),
        ):
            query = select(func.count(), func.coalesce(func.sum(table.c.amount_fen), 0)).where(
                table.c.paid_at >= since,
                table.c.paid_at < until,
                table.c.payment_id.is_not(None),
                table.c.reverses_id.is_(None),
                table.c.status != undone,
            )
            row = self.connection.execute(query).one()
            count, fen = count + int(row[0]), fen + int(row[1])
        return count, fen

    def _referrals(self, events: tuple[str, ...], first: date, last: date) -> int:
        """How many referrals took one of these steps."""
        return self._one(
            select(func.count(_REFERRAL_STEP.c.referral_id.distinct())).where(
                _REFERRAL_STEP.c.event.in_(events),
                _REFERRAL_STEP.c.happened_on.between(first, last),
            )
        )

    def _count(self, *where: ColumnElement[bool]) -> int:
        """How many rows of the one table the conditions are about."""
        return self._one(select(func.count()).where(*where))

    def _one(self, query: Select[Any]) -> int:
        return int(self.connection.execute(query).scalar_one())


def _given_before(until: datetime) -> ColumnElement[bool]:
    """At once, or a part of it."""
    part = exists().where(
        _PART.c.relief_id == _RELIEF.c.id,
        _PART.c.paid_at < until,
        _PART.c.payment_id.is_not(None),
        _PART.c.reverses_id.is_(None),
        _PART.c.status != InstalmentStatus.REVERSED.value,
    )
    return (_RELIEF.c.paid_at < until) | part


def _rejected_before(until: datetime) -> ColumnElement[bool]:
    """Papers that were looked at and found wrong are owed no more: the money is."""
    return exists().where(
        _RELIEF_STEP.c.relief_id == _RELIEF.c.id,
        _RELIEF_STEP.c.event == ReliefEvent.REJECT.value,
        _RELIEF_STEP.c.happened_at < until,
    )


def _midnight(day: date) -> datetime:
    """When `day` begins in China."""
    return datetime.combine(day, time.min, CHINA)


def _report(row: RowMapping) -> VillageReport:
    return VillageReport(
        id=row["id"],
        quarter=Quarter.parse(row["quarter"]),
        first=row["first_on"],
        last=row["last_on"],
        told_on=row["told_on"],
        told_to=row["told_to"],
        progress=row["progress"],
        problems=row["problems"],
        experience=row["experience"],
        suggestions=row["suggestions"],
        figures=ReportFigures.of_fields(row["figures"]),
        corrects=row["corrects_id"],
        handler=row["handler"],
        recorded_at=row["recorded_at"],
    )
