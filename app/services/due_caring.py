"""What care agreements, the watch list, cases and complaints put on today's list.

An agreement shows up 30 days before it ends, and as long as something of the 四有 is missing or
whoever is looked after is gone. A watched household is compared once in each period of the pack
(`data_match_period`), the period after the one it was last looked at. A case shows up a week
before the day agreed for its step, and as long as none is. A complaint waits with the clock of the
pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.care_states import CareStatus
from app.domain.caring import CareAgreement, WatchEntry
from app.domain.case_plan_states import IN_HAND as CASE_IN_HAND
from app.domain.clock import day_words
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.people import Living
from app.domain.standing import EARLY
from app.domain.today import WorkKind
from app.domain.watch_states import WATCHED, WatchStatus
from app.domain.workdays import month_start
from app.rules import parameters
from app.rules.clocks import ClockKind, Event
from app.services.ground_rules import GroundRules
from app.services.written_rules import AGREEMENT, CASE_STEPS, COMPLAINT, FOUR, KEPT_ON_FILE

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

CARE_READS: Final = ("care_agreement", "visit")
_PAGE: Final = "caring"
_DAY: Final = timedelta(days=1)
_BEFORE: Final = timedelta(days=7)
"""A comparison shows up so long before its last day."""
_COMPARE: Final = "每期比对一次（{ground}）"
_OVER: Final = {
    WatchStatus.NOTICED: "记不用列入",
    WatchStatus.VERIFIED: "记不用列入",
    WatchStatus.LISTED: "问清楚，记风险消除",
    WatchStatus.OBSERVED: "问清楚，移出名单",
}
"""What is still to be done about a household nobody is left in."""
_WATCH_ACTIONS: Final = {
    WatchStatus.NOTICED: ("要不要备案监测，等核实", "去核实，记下来"),
    WatchStatus.VERIFIED: ("核实了，等列入", "报上去，问列入没有"),
}


def care_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """The next step of each agreement in hand, what of 四有 is missing, and its end."""
    household = HouseholdId(subject)
    for found in work.caring.agreements_of(household):
        row = _row(work, WorkKind.CARE_AGREEMENT, household, found.id, AGREEMENT)
        who = found.person_name
        if found.status is CareStatus.DRAFTED:
            yield replace(row, why=f"{who}的照料协议写好了没签", action="三方签字，记下来")
        elif found.status is CareStatus.TERMINATED:
            yield replace(row, why=f"{who}的照料停了", action="结清护理费，记结清")
        elif found.status is CareStatus.SIGNED:
            why = f"{who}的照料协议从 {day_words(found.starts_on)} 起"
            yield replace(row, why=why, action="开始照料", due_on=found.starts_on)
        elif found.status is CareStatus.ACTIVE:
            yield from _active(work, found, row)


def watch_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each entry in hand: verify, list, or the comparison of the period."""
    household = HouseholdId(subject)
    for entry in work.caring.entries_of(household):
        row = _row(work, WorkKind.WATCH, household, entry.id, KEPT_ON_FILE)
        over = _OVER.get(entry.status) if work.households.is_over(household) else None
        if over is not None:
            yield replace(row, why=f"{entry.cause.label}：这户已经没有人了", action=over)
        elif entry.status in _WATCH_ACTIONS:
            why, action = _WATCH_ACTIONS[entry.status]
            yield replace(row, why=f"{entry.cause.label}：{why}", action=action)
        elif entry.status in WATCHED:
            yield _comparison(work, rules, entry, row)


def cases_due(work: UnitOfWork, _rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each case in hand, with the day agreed for its step."""
    household = HouseholdId(subject)
    for plan in work.caring.case_plans_of(household):
        if plan.status not in CASE_IN_HAND:
            continue
        row = _row(work, WorkKind.CASE_PLAN, household, plan.id, CASE_STEPS)
        stage = plan.status.label
        if work.households.is_over(household):
            yield replace(row, why=f"{stage}：这户已经没有人了", action="问清楚，记中止个案")
        elif plan.due_on is None:
            why = f"{stage}：哪天做还没说定"
            yield replace(row, why=why, action="说定哪天，记进展")
        else:
            why = f"{stage}：{plan.need}"
            action = "做了，记下来，说定下一步哪天"
            yield replace(
                row, why=why, action=action, due_on=plan.due_on, appears_on=plan.due_on - _BEFORE
            )


def complaints_due(work: UnitOfWork, rules: GroundRules, subject: str) -> Iterator[DueItem]:
    """A row for each complaint nobody has answered, with the clock of the pack."""
    for found in work.caring.complaints_about(subject):
        if found.answered_on is not None:
            continue
        clock = rules.deadline(work, ClockKind.COMPLAINT, {Event.COMPLAINED: found.received_on})
        row = _row(work, WorkKind.COMPLAINT, found.household, found.id, clock.explanation)
        yield replace(
            row,
            who=row.who or found.who,
            why=f"{found.channel.label}：{found.content}",
            rule=clock.explanation or COMPLAINT,
            action="查清楚，答复，记下来",
            due_on=clock.due_on,
            in_workdays=clock.in_workdays,
            since=found.received_on,
        )


def _active(work: UnitOfWork, found: CareAgreement, row: DueItem) -> Iterator[DueItem]:
    gone = _gone(work, found)
    if gone:
        yield replace(row, why=f"{found.person_name}{gone}", action="停止照料，记下来")
        return
    if found.lacks:
        lacking = "、".join(one.label for one in found.lacks)
        yield replace(
            row, why=f"{found.person_name}的照料还缺{lacking}", rule=FOUR, action="补齐，记四有"
        )
    yield replace(
        row,
        why=f"{found.person_name}的照料协议 {day_words(found.ends_on)} 到期",
        action="问本人和照料人，续签或换人",
        due_on=found.ends_on,
        appears_on=found.ends_on - EARLY,
    )


def _gone(work: UnitOfWork, found: CareAgreement) -> str:
    """Why nobody is to be looked after at home any more; empty while somebody is."""
    is_there, living = work.caring.lives_with(found)
    if not is_there:
        return "已经不在这户"
    return "住进机构了" if living is Living.INSTITUTION else ""


def _comparison(work: UnitOfWork, rules: GroundRules, entry: WatchEntry, row: DueItem) -> DueItem:
    """The comparison of the period after the last; without a period given it has no day."""
    found = rules.terms(work).find(parameters.DATA_MATCH)
    looked = entry.looked_on or entry.noticed_on
    row = replace(row, why=f"{entry.cause.label}：该比对了", action="上门看，记本月比对")
    if found is None:
        return replace(row, appears_on=month_start(looked, 1))
    last = period_after(looked, found.value)
    rule = _COMPARE.format(ground=found.ground)
    return replace(row, rule=rule, due_on=last, appears_on=last - _BEFORE)


def period_after(day: date, period: str) -> date:
    """The last day of the period after the one `day` lies in, counted as everybody does."""
    span = {"weekly": 0, "monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[period]
    if not span:
        return day + timedelta(days=13 - day.weekday())
    first = day.replace(month=(day.month - 1) // span * span + 1, day=1)
    return month_start(first, 2 * span) - _DAY


def _row(
    work: UnitOfWork, kind: WorkKind, household: HouseholdId | None, record: str, rule: str
) -> DueItem:
    who, place = work.visiting.place_of(household)
    return DueItem(
        kind=kind,
        entity_id=record,
        household=household,
        who=who,
        place=place,
        appears_on=ALWAYS,
        due_on=None,
        due_at=None,
        why="",
        rule=rule,
        page=_PAGE,
        action="",
    )
