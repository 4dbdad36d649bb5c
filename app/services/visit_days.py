"""The days of a visit: when it may have been, and how far going again may be put off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.domain.workdays import add_months
from app.services.due_visits import put_off_until
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_OLDEST_MONTHS: Final = 5 * 12
"""So far back a visit may still be typed in; an earlier year is a slip of the fingers."""


def oldest_day(today: date) -> date:
    """The first day of which a visit may still be typed in."""
    return add_months(today, -_OLDEST_MONTHS)


def require_visit_day(visited_on: date, today: date) -> None:
    """Raises Refused F-02 for a day that is to come, F-83 for one of long ago."""
    if visited_on > today:
        raise Refused("走访日期晚于今天。", do="请核对日期。", code="F-02", field="visited_on")
    if visited_on < oldest_day(today):
        raise Refused(
            "走访日期太早了，是五年以前。", do="请核对年份。", code="F-83", field="visited_on"
        )


def require_lived_in(ended_on: date | None, visited_on: date) -> None:
    """Raises Refused F-86 for a visit after the household had ended; one made before it may still
    be typed in."""
    if ended_on is not None and visited_on > ended_on:
        raise Refused(
            f"这一户 {ended_on.month}月{ended_on.day}日起已经没有人了，不能再记走访。",
            do="人搬去别的户了，请记在那一户；走访在那天以前，请改日期；记错了人走的，请在“家庭”里撤销。",
            code="F-86",
            field="visited_on",
        )


def require_near_enough(
    work: UnitOfWork, rules: GroundRules, household: HouseholdId, again_on: date, today: date
) -> None:
    """Raises Refused F-68 for a day that is over, F-82 for one later than the rhythm allows."""
    if again_on < today:
        raise Refused(
            "改天再去的日子已经过了。", do="请填以后的日子。", code="F-68", field="again_on"
        )
    latest, rule = put_off_until(work, rules, household, today)
    if again_on > latest:
        because = f"（{rule}）" if rule else ""
        raise Refused(
            f"改天再去排得太晚，这一户最晚 {latest.month}月{latest.day}日要去{because}。",
            do="请填早一点的日子。",
            code="F-82",
            field="again_on",
        )
