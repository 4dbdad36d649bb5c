"""A 渐退, 增减员 and a 定期复核 of people who do not exist, for their papers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.domain.grace_states import GraceStatus
from app.domain.money import Money
from app.domain.standing import (
    CaseClass,
    ChangeKind,
    CompositionChange,
    GracePeriod,
    GraceShare,
    PeriodicReview,
    ReviewResult,
)
from app.domain.workdays import month_start

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ON = date(2026, 3, 2)


def grace(months: int = 6, former: Money | None = None) -> GracePeriod:
    """A 渐退 the township has approved, half of it in full and half by half."""
    amount = former or Money(235_00)
    shares = tuple(
        GraceShare(
            month_start(date(2026, 4, 1), n),
            100 if n < months // 2 else 50,
            amount if n < months // 2 else Money(118_00),
        )
        for n in range(months)
    )
    return GracePeriod(
        id="g",
        household="h",
        assessment="a",
        pack_sha256="0" * 64,
        rule="因为就业收入高了，渐退：从2026年4月起发 3 个月原低保金的 100%，再发 3 个月 50%。",
        basis="示例县办法 第三条",
        former=amount,
        start_month=date(2026, 4, 1),
        shares=shares,
        least_months=None,
        most_months=None,
        heads=3,
        reason="儿子三月起在县城鞋厂上班，每月 2800 元，人均收入超过低保标准。",
        status=GraceStatus.APPROVED,
        proposed_on=ON,
        approved_on=date(2026, 3, 20),
        approved_by="云溪镇社会救助办",
        paper_no="云民渐〔2026〕3号",
        handler="王秀英",
    )


def changes(count: int = 2) -> list[CompositionChange]:
    """Somebody came, somebody went; with a `count` above two, more of both."""
    return [
        CompositionChange(
            id=f"c{n}",
            household="h",
            kind=ChangeKind.ADD if n % 2 == 0 else ChangeKind.REMOVE,
            person=f"p{n}",
            person_name=("赵小一", "赵小二")[n % 2],
            reason=("2026 年 1 月出生，随父亲落户", "出嫁到外村，户口已迁走")[n % 2],
            happened_on=date(2026, 2, 11),
            handler="王秀英",
            recorded_at=AT,
        )
        for n in range(count)
    ]


def reviewed() -> PeriodicReview:
    """A 定期复核 that found nothing new."""
    return PeriodicReview(
        id="r",
        household="h",
        case_class=CaseClass.OTHER,
        reviewed_on=date(2025, 9, 2),
        result=ReviewResult.NO_CHANGE,
        assessment=None,
        note="",
        handler="王秀英",
        recorded_at=AT,
    )
