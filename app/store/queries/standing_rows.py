"""Rows of 渐退, 定期复核 and 增减员 as domain values, and the schedule as a row keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import RowMapping

from app.domain.grace_states import GraceEvent, GraceStatus
from app.domain.ids import AssessmentId, GraceId, HouseholdId, PersonId
from app.domain.money import Money
from app.domain.standing import (
    CaseClass,
    Certificate,
    CertificateKind,
    ChangeKind,
    CompositionChange,
    GracePeriod,
    GraceShare,
    GraceStepTaken,
    PeriodicReview,
    ReviewResult,
)
from app.domain.workdays import month_start


def shares_json(shares: Iterable[GraceShare]) -> list[dict[str, object]]:
    """The schedule as the row keeps it."""
    return [
        {
            "month": f"{one.month:%Y-%m}",
            "percent": one.percent,
            "fen": None if one.amount is None else one.amount.fen,
        }
        for one in shares
    ]


def grace_of(row: RowMapping) -> GracePeriod:
    """One 渐退."""
    return GracePeriod(
        id=GraceId(row["id"]),
        household=HouseholdId(row["household_id"]),
        assessment=AssessmentId(row["assessment_id"]),
        pack_sha256=row["pack_sha256"],
        rule=row["rule"],
        basis=row["basis"],
        former=money_of(row["former_fen"]),
        start_month=row["start_month"],
        shares=tuple(_share(one) for one in row["shares"]),
        least_months=row["least_months"],
        most_months=row["most_months"],
        heads=row["heads"],
        reason=row["reason"],
        status=GraceStatus(row["status"]),
        proposed_on=row["proposed_on"],
        approved_on=row["approved_on"],
        approved_by=row["approved_by"] or "",
        paper_no=row["paper_no"] or "",
        handler=row["handler"],
    )


def _share(one: dict[str, object]) -> GraceShare:
    fen = one["fen"]
    return GraceShare(
        month=month_start(date.fromisoformat(f"{one['month']}-01")),
        percent=int(str(one["percent"])),
        amount=None if fen is None else Money(int(str(fen))),
    )


def step_of(row: RowMapping) -> GraceStepTaken:
    """One step of a 渐退."""
    return GraceStepTaken(
        id=row["id"],
        grace=GraceId(row["grace_id"]),
        number=row["number"],
        event=GraceEvent(row["event"]),
        after=GraceStatus(row["after"]),
        happened_on=row["happened_on"],
        handler=row["handler"],
        told_by=row["told_by"],
        paper_no=row["paper_no"],
        note=row["note"],
    )


def review_of(row: RowMapping) -> PeriodicReview:
    """One 定期复核."""
    found = row["assessment_id"]
    return PeriodicReview(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        case_class=CaseClass(row["case_class"]),
        reviewed_on=row["reviewed_on"],
        result=ReviewResult(row["result"]),
        assessment=None if found is None else AssessmentId(found),
        note=row["note"],
        handler=row["handler"],
        recorded_at=row["recorded_at"],
    )


def change_of(row: RowMapping) -> CompositionChange:
    """One 增减员."""
    found = row["person_id"]
    return CompositionChange(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        kind=ChangeKind(row["kind"]),
        person=None if found is None else PersonId(found),
        person_name=row["person_name"],
        reason=row["reason"],
        happened_on=row["happened_on"],
        handler=row["handler"],
        recorded_at=row["recorded_at"],
        deed=row["deed_id"],
    )


def certificate_of(row: RowMapping) -> Certificate:
    """One certificate with its holder's name."""
    return Certificate(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        person=PersonId(row["person_id"]),
        person_name=row["person_name"],
        kind=CertificateKind(row["kind"]),
        valid_to=row["valid_to"],
        handler=row["handler"],
        recorded_at=row["recorded_at"],
    )


def money_of(fen: int | None) -> Money | None:
    """Fen as money; None for none."""
    return None if fen is None else Money(fen)
