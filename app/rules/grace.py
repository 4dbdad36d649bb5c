"""渐退 — what a household is still paid after it has worked its way above the 低保 line.

A pack gives a schedule (Tianjin: the former grant in full for three months, half of it for three
more) or only how long it lasts (Mangshi: half a year to a year): then the span is known and the
county decides. While the pack suspends exits nobody leaves when the months are over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.clock import day_words, month_words
from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.workdays import month_start
from app.rules.dibao import below_standard
from app.rules.facts import Member
from app.rules.grace_schedule import GraceMonth, grace_months
from app.rules.grounds import MET, UNKNOWN, Check, all_of, unsettled
from app.rules.layers import Treatment
from app.rules.lines import Line, total
from app.rules.means import Means
from app.rules.parameters import (
    EXIT_SUSPENDED,
    GRACE_CONDITION,
    GRACE_LEAST,
    GRACE_MOST,
    GRACE_SCHEDULE,
    ROUNDING,
)
from app.rules.received import received_by
from app.rules.terms import Found
from app.rules.values import GraceStep

_WORK: Final = frozenset(
    {IncomeKind.WAGE.value, IncomeKind.PUBLIC_POST_WAGE.value, IncomeKind.BUSINESS.value}
)
"""What 就业创业 earns, as the lines name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grace:
    """What follows for a household on 低保 that now earns too much by its own work.

    `check` is unknown while the pack's condition or an amount is open. `exits_on` is the first day
    without 低保; `exits_between` are the earliest and the latest such day where the pack gives a
    span only. Both are None while exits are suspended.
    """

    check: Check
    months: tuple[GraceMonth, ...]
    exits_on: date | None
    exits_between: tuple[date, date] | None
    suspended: bool
    text: str
    basis: str

    @property
    def total(self) -> Money | None:
        """What the schedule pays in all; None while an amount is open."""
        known = [month.amount for month in self.months if month.amount is not None]
        return sum(known, Money(0)) if len(known) == len(self.months) > 0 else None


def grace_of(means: Means) -> Grace | None:
    """The grace of a household on 低保 that is above the line because of work; else None.

    Open where nobody is known to be paid and somebody was not asked.

    Above and not at it: 人均收入超过最低生活保障标准后 (S4:L38), 超过当地低保标准 (S1:L17).
    Where something open may still come off its income, being above the line is open too.
    """
    if means.standard is None or means.settled.outcome is UNKNOWN:
        return None
    line = means.standard.value.year_fen * means.heads
    if means.income.year_fen <= line:
        return None
    recipients = _recipients(means)
    asked = MET if recipients else _unasked(means)
    if asked is None:
        return None
    earners = [one for one in means.family.counted if any(map(_is_work, means.income.of(one.id)))]
    if _without_work(means, earners) >= line:
        return None
    schedule, frozen = means.terms.find(GRACE_SCHEDULE), means.terms.find(EXIT_SUSPENDED)
    first = month_start(means.on, 1)
    condition = all_of(asked, _above(means), _by_work(means), _condition(means, earners))
    if schedule is None:
        return _span(means, condition, frozen, first)
    rounding = means.terms.find(ROUNDING)
    months = grace_months(
        _former_grant(means),
        schedule.value,
        first,
        None if rounding is None else rounding.value,
        heads=len(recipients) or means.heads,
    )
    end = month_start(first, len(months))
    leaves = frozen is not None and not frozen.value
    return Grace(
        check=all_of(condition, _amounts(means, months), _exit(means, frozen)),
        months=months,
        exits_on=end if leaves else None,
        exits_between=None,
        suspended=frozen is not None and frozen.value,
        text=_schedule_words(schedule.value, first) + _end_words(frozen, end),
        basis=schedule.basis,
    )


def grace_bases(means: Means, grace: Grace) -> Iterable[str]:
    """Every clause the grace leans on, that about leaving among them."""
    yield grace.basis
    yield means.terms.basis_of(EXIT_SUSPENDED)
    yield from (reason.basis for reason in grace.check.reasons)


def _above(means: Means) -> Check:
    """Above the line for certain, or only as things stand."""
    ended = below_standard(means, means.terms.basis_of(GRACE_SCHEDULE))
    return ended if ended.outcome is UNKNOWN else MET


def _by_work(means: Means) -> Check:
    """That it is work that lifts them: open while nobody knows how much else there may be."""
    return all_of(*(rise.check for rise in means.income.rises if rise.fen is None))


def _is_work(line: Line) -> bool:
    return line.item in _WORK and line.amount_year.fen > 0


def _recipients(means: Means) -> list[Member]:
    """Those who count and are paid 低保 now; all of them where the household is paid as one."""
    return [
        one
        for one in means.family.counted
        if Category.DIBAO.value in (received_by(one, means) or ())
    ]


def _unasked(means: Means) -> Check | None:
    """Open where somebody who counts was not asked what he receives; None where all said no."""
    path = means.facts.household.path
    paths = [
        f"{path(one)}.receives" for one in means.family.counted if received_by(one, means) is None
    ]
    if not paths:
        return None
    text = "还没问现在是不是在领低保，在领的才有渐退。"
    return unsettled(text, means.terms.basis_of(GRACE_CONDITION), *paths)


def _without_work(means: Means, earners: Sequence[Member]) -> int:
    """Fen a year that is left without what the earners' work brings and costs."""
    who = {member.id for member in earners}
    return total(
        line
        for line in means.income.lines
        if not _is_work(line) and not (line.treatment is Treatment.DEDUCTED and line.member in who)
    )


def _condition(means: Means, earners: Sequence[Member]) -> Check:
    """Whether the household told of the work itself, where the pack asks for it."""
    found = means.terms.find(GRACE_CONDITION)
    if found is None:
        basis = means.terms.basis_of(GRACE_CONDITION)
        return unsettled("县里还没定渐退的条件。", basis, GRACE_CONDITION.name)
    if found.value == "employment":
        return MET
    told = [one for one in earners if one.self_declared_on and one.self_declared_on <= means.on]
    if told:
        return MET
    paths = [f"{means.facts.household.path(one)}.self_declared_on" for one in earners]
    text = "渐退要自己主动申报就业，还没填申报日期。"
    return unsettled(text, found.basis, *paths)


def _former_grant(means: Means) -> Money | None:
    """What the household was paid a month, as its 低保 income says; None where it does not."""
    grants = [one for one in means.facts.household.incomes or () if one.kind is IncomeKind.DIBAO]
    if not grants or any(one.per is not Per.MONTH for one in grants):
        return None
    return sum((one.amount for one in grants), Money(0))


def _amounts(means: Means, months: Sequence[GraceMonth]) -> Check:
    if _former_grant(means) is None:
        text = "还没填原来每月领多少低保金，渐退每月发多少算不出来。"
        return unsettled(text, means.terms.basis_of(GRACE_SCHEDULE), "household.incomes")
    if any(month.amount is None for month in months):
        text = "县里还没定金额怎么取整，渐退每月发多少算不出来。"
        return unsettled(text, means.terms.basis_of(ROUNDING), ROUNDING.name)
    return MET


def _exit(means: Means, frozen: Found[bool] | None) -> Check:
    if frozen is None:
        basis = means.terms.basis_of(EXIT_SUSPENDED)
        return unsettled("县里还没说现在是不是暂停退出。", basis, EXIT_SUSPENDED.name)
    return MET


def _span(means: Means, condition: Check, frozen: Found[bool] | None, first: date) -> Grace:
    """What can be said without a schedule: how long at least and at most."""
    least, most = means.terms.find(GRACE_LEAST), means.terms.find(GRACE_MOST)
    between = None
    text, basis = "渐退期多长、每月发几成，由县里定。", means.terms.basis_of(GRACE_SCHEDULE)
    if least is not None and most is not None and least.value and most.value:
        between = (month_start(first, least.value), month_start(first, most.value))
        text = (
            f"给 {least.value} 到 {most.value} 个月渐退期，从{month_words(first)}起算；"
            "每月发几成由县里定。"
        )
        basis = least.basis
    open_point = unsettled("渐退每月发几成，由县里给出。", basis, GRACE_SCHEDULE.name)
    leaves = frozen is not None and not frozen.value
    return Grace(
        check=all_of(condition, open_point, _exit(means, frozen)),
        months=(),
        exits_on=None,
        exits_between=between if leaves else None,
        suspended=frozen is not None and frozen.value,
        text=text + _end_words(frozen, None),
        basis=basis,
    )


def _schedule_words(steps: Sequence[GraceStep], first: date) -> str:
    if not steps:
        return "没有渐退期。"
    shares = "，再".join(f"发 {step.months} 个月原低保金的 {step.percent}%" for step in steps)
    return f"因为就业收入高了，渐退：从{month_words(first)}起{shares}。"


def _end_words(frozen: Found[bool] | None, end: date | None) -> str:
    if frozen is None:
        return "满了以后退不退，问县里。"
    if frozen.value:
        return "现在暂停退出，满了也先不退。"
    return "" if end is None else f"{day_words(end)}起退出低保。"


def grace_json(grace: Grace) -> dict[str, object]:
    """The grace as the answer writes it; months as "2026-04", amounts in yuan as text."""
    return {
        "outcome": grace.check.outcome.value,
        "months": [
            {
                "month": f"{row.month:%Y-%m}",
                "percent": row.percent,
                "amount": None if row.amount is None else str(row.amount),
            }
            for row in grace.months
        ],
        "total": None if grace.total is None else str(grace.total),
        "exits_on": None if grace.exits_on is None else grace.exits_on.isoformat(),
        "exits_between": None
        if grace.exits_between is None
        else [day.isoformat() for day in grace.exits_between],
        "suspended": grace.suspended,
        "text": grace.text,
        "basis": grace.basis,
        "reasons": [{"text": reason.text, "basis": reason.basis} for reason in grace.check.reasons],
        "missing": list(grace.check.missing),
    }
