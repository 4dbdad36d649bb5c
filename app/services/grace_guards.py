"""What a step of a 渐退 takes. Each guard has its number and hinders the step, never the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.application_events import Actor
from app.domain.clock import day_words
from app.domain.grace_states import REASONED, UNDER_WAY, GraceEvent
from app.domain.problem import Refused
from app.domain.standing import GracePeriod, GraceShare, GraceStepTaken
from app.rules.procedure import Hand
from app.rules.standing import freeze_of
from app.rules.terms import Terms


def require_none_under_way(graces: Sequence[GracePeriod]) -> None:
    """Raises Refused G-04."""
    if any(one.status in UNDER_WAY for one in graces):
        raise Refused("这一户已经有一份渐退在办。", do="请先把那一份办完。", code="G-04")


def require_word(hand: Hand, told_by: str, paper_no: str) -> None:
    """The word of who confirms: never the village's own. Raises Refused G-05, G-06."""
    if hand.actor is Actor.COUNTY:
        rule = "" if hand.ground is None else f"（{hand.ground}）"
        raise Refused(
            f"这一步由县里定{rule}，村里不能记。",
            do="请把提议报上去，等县里的结果同步下来。",
            code="G-05",
        )
    if not told_by.strip() or not paper_no.strip():
        raise Refused(
            "还没写是谁定的、文书几号。",
            do="请写镇里谁告诉的，再照文书抄编号。",
            code="G-06",
            field="told_by" if not told_by.strip() else "paper_no",
        )


def require_day(
    grace: GracePeriod, steps: Sequence[GraceStepTaken], day: date, today: date
) -> None:
    """Raises Refused G-07 for a day still to come or before the step before."""
    before = steps[-1].happened_on if steps else grace.proposed_on
    if day > today or day < before:
        raise Refused(
            "这一步的日期晚于今天。" if day > today else "这一步的日期早于上一步。",
            do=f"请填{day_words(before)}到今天的日子。",
            code="G-07",
            field="happened_on",
        )


def require_reason(event: GraceEvent, note: str) -> None:
    """Raises Refused G-13."""
    if event in REASONED and not note.strip():
        raise Refused(
            "这一步要写为什么。", do="请写一句原因，如“又没活干了”。", code="G-13", field="note"
        )


def require_open(grace: GracePeriod) -> None:
    """Raises Refused G-15."""
    if not grace.is_open:
        raise Refused(
            "每月发多少已经定了，不能再改。", do="有错请告诉县里。", code="G-15", field="shares"
        )


def require_kept(known: Sequence[GraceShare], told: Sequence[GraceShare]) -> None:
    """What was known stays as it was. Raises Refused G-15."""
    fixed = [(one.percent, one.amount) for one in known if one.amount is not None]
    now = [(one.percent, one.amount) for one in told][: len(fixed)]
    if known and (len(known) != len(told) or fixed != now):
        raise Refused(
            "和已经定下来的月份对不上。",
            do="请照定好的成数写，只补还空着的金额。",
            code="G-15",
            field="shares",
        )


def require_in_span(grace: GracePeriod, months: int) -> None:
    """Raises Refused G-16."""
    least, most = grace.least_months, grace.most_months
    if least is None or most is None or least <= months <= most:
        return
    raise Refused(
        f"一共 {months} 个月，县里规定是 {least} 到 {most} 个月（{grace.basis}）。",
        do="请核对每段几个月。",
        code="G-16",
        field="shares",
    )


def require_schedule(grace: GracePeriod) -> None:
    """Raises Refused G-08."""
    if not grace.shares:
        raise Refused(
            "县里还没说每月发几成，渐退还开始不了。",
            do="请问清楚，先点“记每月发几成”。",
            code="G-08",
        )


def require_month_come(grace: GracePeriod, day: date) -> None:
    """Raises Refused G-09."""
    if day < grace.start_month:
        raise Refused(
            f"渐退从{day_words(grace.start_month)}起算，还没到。",
            do="到那天再记；今日工作里会提醒。",
            code="G-09",
            field="happened_on",
        )


def require_months_over(grace: GracePeriod, day: date) -> None:
    """Raises Refused G-08, G-10."""
    require_schedule(grace)
    if grace.ends_on is not None and day <= grace.ends_on:
        raise Refused(
            f"渐退到{day_words(grace.ends_on)}才满。",
            do="满了第二天再记；又没活干了就点“恢复保障”。",
            code="G-10",
            field="happened_on",
        )


def require_exits_open(terms: Terms) -> None:
    """Nobody leaves while exits are frozen, or while nobody knows (S4:L44).

    Raises Refused G-11, G-12.
    """
    freeze = freeze_of(terms)
    if freeze.frozen is None:
        raise Refused(
            f"县里还没说现在是不是暂停退出（{freeze.basis}）。",
            safe="渐退期满已经记着，先不退。",
            do="请问县里，等政策包同步下来。",
            code="G-12",
        )
    if freeze.frozen:
        raise Refused(
            f"现在暂停退出低保（{freeze.basis}）。",
            safe="渐退期满已经记着，先不退。",
            do="等暂停过了再办。",
            code="G-11",
        )
