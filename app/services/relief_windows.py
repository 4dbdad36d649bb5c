"""Days and numbers of 先行救助 that cannot be, and those that want a word said about them.

Few things are refused outright: what lies ahead, what was before it could be, more people than a
household has. What is only unlike most asks for a reason, which stays in the record.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from app.domain.clock import china_date
from app.domain.households import Household
from app.domain.problem import Refused
from app.domain.relief_case import LATE_PAPERS, Instalment, ReliefCase
from app.domain.relief_words import CheckResult, InstalmentStatus
from app.services.relief_asked import MakeUp, PayRelief

LONG_AGO: Final = timedelta(days=30)
"""Found longer ago than that, a word has to be said why it is only told now."""
MANY: Final = 10
"""More people than that, of whom none is in the roster, want a word, too."""
EARLY: Final = timedelta(days=3)
"""So many days before its day a part of staged relief may be given: today's list shows it then."""
LONGEST_NOTICE: Final = timedelta(days=60)


def check_found(request: PayRelief, now: datetime) -> None:
    """Raises Refused F-16 for a moment that is to come, F-17 for one long past without a word."""
    found = request.found_at
    if found is None:
        return
    if found > now:
        raise Refused("发现的时间还没到。", do="请填现在或以前的时间。", code="F-16", field="found")
    if now - found > LONG_AGO and not request.event_note.strip():
        raise Refused(
            f"发现是 {LONG_AGO.days} 多天以前的事了。",
            do="时间没错，就在“补一句”里写为什么现在才给。",
            code="F-17",
            field="event_note",
        )


def check_persons(request: PayRelief, household: Household | None) -> None:
    """Raises Refused F-18 for nobody or more than the household has, F-17 for very many."""
    persons = request.persons
    if persons is None:
        return
    most = None if household is None else max(len(household.members), 1)
    if persons < 1 or (most is not None and persons > most):
        known = "" if most is None else f"，这户名册上是 {most} 人"
        raise Refused(
            f"帮几个人填得不对{known}。",
            do="请改一下；家里真多了人，先在“家庭”里补登。",
            code="F-18",
            field="persons",
        )
    if most is None and persons > MANY and not request.event_note.strip():
        raise Refused(
            f"一下帮 {persons} 个人，名册上又没有。",
            do="人数没错，就在“补一句”里写清楚是哪些人。",
            code="F-17",
            field="event_note",
        )


def check_made_up(made: MakeUp, case: ReliefCase, today: date) -> None:
    """Raises Refused for papers that do not say enough (M-30, M-31) or on days that cannot be
    (M-61).
    """
    kept, text = made.result is CheckResult.KEPT, made.text.strip()
    if kept and not made.items:
        raise Refused(
            "还没选补了哪些材料。", do="交了哪样，就在哪样上打勾。", code="M-31", field="items"
        )
    lacking = [paper for paper in LATE_PAPERS if paper not in made.items]
    if not text and not kept:
        raise Refused("还没写补充说明。", do="请写一句。", code="M-30", field="text")
    if not text and lacking:
        raise Refused(
            f"“{'”“'.join(lacking)}”没有打勾，也没写为什么。",
            do="交齐了就打上勾；用不着的，在“补充说明”里写一句，或者等交齐了再记。",
            code="M-30",
            field="text",
        )
    found, given = china_date(case.relief.found_at), given_on(case)
    _within("补齐的日子", made.completed_on, given, today, "completed_on")
    _within(
        "入户的日子", made.home_visited_on, found, made.completed_on or today, "home_visited_on"
    )
    _within("公示开始的日子", made.notice_from, found, today, "notice_from")
    begun = made.notice_from
    last = None if begun is None else begun + LONGEST_NOTICE
    _within("公示结束的日子", made.notice_to, begun or found, last or today, "notice_to")


def check_part_turn(parts: tuple[Instalment, ...], part: Instalment, today: date) -> None:
    """Raises Refused M-63 for a part before its turn or long before its day."""
    first = next(one for one in parts if one.status is InstalmentStatus.PLANNED)
    if part.id != first.id:
        raise Refused(
            f"前面第 {first.seq} 次还没给。",
            do="请先给那一次；那一次不给了，就点“下一次不给了”。",
            code="M-63",
        )
    if part.planned_on - today > EARLY:
        day = f"{part.planned_on.month}月{part.planned_on.day}日"
        raise Refused(
            f"这一次说好{day}给，还早。",
            do="到日子会排进今日工作；等不到那天，先问镇上同意，再从这一笔里点“跟进救助”。",
            code="M-63",
        )


def given_on(case: ReliefCase) -> date:
    """The day money first left the village, or until then the day the emergency was found."""
    paid = [part.paid_at for part in case.instalments if part.paid_at is not None]
    return china_date(case.relief.paid_at or min(paid, default=case.relief.found_at))


def _within(what: str, day: date | None, first: date, last: date, field: str) -> None:
    """Raises Refused M-61 unless the day, where one is said, lies in between."""
    if day is not None and not first <= day <= last:
        raise Refused(
            f"{what}不对，应在 {first.month}月{first.day}日 到 {last.month}月{last.day}日 之间"
            f"（{first.year if first.year == last.year else f'{first.year}–{last.year}'} 年）。",
            do="请改一下日期。",
            code="M-61",
            field=field,
        )
