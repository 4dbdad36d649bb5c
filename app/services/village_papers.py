"""What the papers of the whole village say: F08's list, F23 (the watch list), F24 (the report).

Those several households share (F07L, F22L) are in `app.services.joint_papers`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from app.documents.forms.stored_answer import StoredAnswer
from app.domain.households import Category, Household, group_order
from app.domain.ids import HouseholdId, PersonId
from app.domain.notice_body import notice_body
from app.domain.people import Person
from app.domain.reports import Quarter
from app.domain.workdays import month_start
from app.rules.procedure import shows_minors
from app.services.case_paper import CasePaper, Source
from app.services.joint_papers import SOURCES as SHARED
from app.services.joint_papers import offered_jointly
from app.services.paid_now import paid_in

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.forms.f07 import NoticeLine
    from app.documents.forms.f23 import F23Line
    from app.domain.caring import WatchEntry
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

SUPPORTED: Final = "supported"
"""What the list of F08 is about: who is supported as it stands."""
WATCHED: Final = "watched"
"""What F23 is about: the list as it stands."""
_RECENT: Final = 20
"""Notices among which a telephone to object at is looked for."""
_BENEFITS: Final = frozenset(
    {
        Category.DIBAO,
        Category.TEKUN,
        Category.SINGLE_PERSON,
        Category.MARGINAL,
        Category.RIGID_EXPENDITURE,
    }
)
_MONTH: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")
_DAY: Final = timedelta(days=1)


def offered_now(work: UnitOfWork, rules: GroundRules) -> dict[str, str | None]:
    """Form → what it would be about: what several share, the list as it stands, this quarter."""
    report = Quarter.of(rules.clock.today()).key
    lists = {"F08L": SUPPORTED, "F08LA3": SUPPORTED, "F23": WATCHED}
    return offered_jointly(work, rules) | lists | {"F24": report}


def _nobody(_work: UnitOfWork, _household: HouseholdId) -> list[CasePaper]:
    """No household has one of these."""
    return []


def _find_supported(_work: UnitOfWork, entity_id: str) -> CasePaper | None:
    known = entity_id == SUPPORTED
    return CasePaper(id=SUPPORTED, household=None, about=None) if known else None


def _supported(work: UnitOfWork, rules: GroundRules, _paper: CasePaper) -> FormContent:
    """Every household on a benefit, masked as a notice is, 组 by 组."""
    from app.documents.forms import f08_list

    on, shown = rules.clock.today(), shows_minors(rules.terms(work))
    homes = [
        work.households.get(line.id)
        for line in work.households.lines()
        if line.category in _BENEFITS
    ]
    lines = [_named(work, home, on, minors_shown=shown) for home in homes if home is not None]
    lines.sort(key=lambda one: (group_order(one.place), one.head))
    named = (str(one.body.get("contact") or "") for one in work.procedure.newest_notices(_RECENT))
    return f08_list.F08ListContent(
        unit=work.identity.village_name,
        on=on,
        lines=tuple(lines),
        contact=next(filter(None, named), ""),
    )


def _named(work: UnitOfWork, home: Household, on: date, *, minors_shown: bool) -> NoticeLine:
    """One household of the list: the columns of a notice, without a sum before."""
    from app.documents.forms import f07

    relative = work.procedure.relatives(home.id)
    head = home.head_member or next(iter(home.members), None)
    tested = work.casework.newest_assessment(home.id)
    covered = frozenset[str]() if tested is None else StoredAnswer(tested).covered
    suits = tested is not None and tested.suggested is home.category
    body = notice_body(
        home,
        Person(id=PersonId(""), name="") if head is None else head.person,
        category=home.category,
        covered=len(covered),
        benefit=paid_in(work, home, on).amount,
        relative=None if relative is None else relative.has_relative,
        support="",
        on=on,
        minors_shown=minors_shown,
    )
    line = f07.line_of(body)
    return replace(line, former=None, covered=len(covered) if suits and covered else None)


def _find_list(_work: UnitOfWork, entity_id: str) -> CasePaper | None:
    known = entity_id == WATCHED
    return CasePaper(id=WATCHED, household=None, about=None) if known else None


def _list(work: UnitOfWork, rules: GroundRules, _paper: CasePaper) -> FormContent:
    from app.documents.forms import f23

    lines = [_line(work, one) for one in _in_order(work)]
    on = rules.clock.today()
    return f23.content_of(lines, unit=work.identity.village_name, on=on)


def watched_groups(work: UnitOfWork) -> list[str]:
    """The group of each household of the list, line by line: what leaves names no door."""
    homes = (work.households.get(one.household) for one in _in_order(work))
    return ["" if home is None else home.group_name for home in homes]


def _in_order(work: UnitOfWork) -> list[WatchEntry]:
    """By place and head."""
    return sorted(
        work.caring.entries(), key=lambda one: work.visiting.place_of(one.household)[::-1]
    )


def _line(work: UnitOfWork, entry: WatchEntry) -> F23Line:
    from app.documents.forms import f23

    home = work.households.get(entry.household)
    head, place = work.visiting.place_of(entry.household)
    people = 0 if home is None else len(home.members)
    return f23.line_of(entry, head=head, place=place, people=people)


def _find_span(_work: UnitOfWork, entity_id: str) -> CasePaper | None:
    span = _span(entity_id)
    return None if span is None else CasePaper(id=entity_id, household=None, about=span)


def _span(key: str) -> tuple[str, date, date] | None:
    """Name, first and last day of `2026Q1` or `2026-03`; None for neither."""
    month = _MONTH.fullmatch(key)
    if month is not None:
        first = date(int(month["year"]), int(month["month"]), 1)
        return f"{first.year}年{first.month}月", first, month_start(first, 1) - _DAY
    try:
        quarter = Quarter.parse(key)
    except ValueError:
        return None
    return quarter.label, quarter.first, quarter.last


def _report(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    """A quarter as it was reported, where it was; otherwise what the records say up to today."""
    from app.documents.forms import f24

    span, first, last = paper.about
    unit = work.identity.village_name
    if _MONTH.fullmatch(paper.id) is None:
        told = next(iter(work.reports.of(Quarter.parse(paper.id))), None)
        if told is not None:
            return f24.content_of_report(told, unit=unit)
    last = max(first, min(last, rules.clock.today()))
    return f24.content_of(
        work.reports.figures(first, last),
        unit=unit,
        span=span,
        first=first,
        last=last,
        handler=work.identity.officer_name,
    )


SOURCES: Final = {
    **SHARED,
    "supported": Source(_nobody, _find_supported, _supported),
    "watch_list": Source(_nobody, _find_list, _list),
    "report": Source(_nobody, _find_span, _report),
}


def content_of_village(work: UnitOfWork, rules: GroundRules, about: str, entity_id: str) -> Any:  # noqa: ANN401  # `about` says which
    """What the paper of the whole village about `entity_id` says; see `SOURCES`."""
    source = SOURCES[about]
    paper = source.find(work, entity_id)
    if paper is None:
        raise LookupError(about)
    return source.content(work, rules, paper)
