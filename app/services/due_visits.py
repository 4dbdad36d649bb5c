"""Whom to see: the month's round, and the welfare checks of those who live by themselves.

One visit answers for all of a household, so each household has one row a day at most: a check of
分散供养特困人员 (S0:L31) before one of people left behind (S0:L38) before the monthly round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.casework import Channel, Health, Housing, Supplies
from app.domain.clock import china_date
from app.domain.due import AGREED, ALWAYS, DAYS, URGENT, DueItem
from app.domain.households import Category, MonitoringTag
from app.domain.ids import HouseholdId, made_at
from app.domain.today import WorkKind
from app.domain.workdays import add_months
from app.rules.visit_rhythm import (
    Contacts,
    NextVisit,
    Rhythm,
    VisitTerms,
    latest_again,
    next_visit,
    sweep_due,
)
from app.services.ground_rules import GroundRules
from app.services.left_behind import Span, gaps_of, is_nobody_home, is_wife_alone, spans_of

if TYPE_CHECKING:
    from app.store.queries.worklist import Contact, Visited
    from app.store.tiers import Tier
    from app.store.unit_of_work import UnitOfWork

_AGREED_RULE: Final = "自己约的日子"
_CARE: Final = "分散供养特困人员探视巡访"
_LEFT_BEHIND: Final = "农村留守老年人、留守儿童关爱服务"
_EXTRA: Final = {
    WorkKind.CARE_CHECK: _CARE,
    WorkKind.LEFT_BEHIND_ELDER: _LEFT_BEHIND,
    WorkKind.LEFT_BEHIND_CHILD: _LEFT_BEHIND,
}
_WHOM: Final = {
    WorkKind.CARE_CHECK: "分散供养特困户",
    WorkKind.LEFT_BEHIND_ELDER: "家里只剩老人",
    WorkKind.LEFT_BEHIND_CHILD: "家里只剩老人孩子",
}
_WIFE: Final = "丈夫在外打工，留守妇女在家"
DANGERS: Final = (
    ("supplies", Supplies.SHORT, "上次米面不够"),
    ("housing", Housing.DANGEROUS, "上次房子危险"),
    ("health", Health.HOSPITAL, "上次在住院"),
)
"""Question, the answer that is a danger, and how it is said: who says so is seen more often."""
VISITING: Final = (WorkKind.VISIT, *_WHOM)
"""Kinds of row that a visit settles."""


def visits_due(work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]) -> Iterator[DueItem]:
    """The next visit of each household that is to be seen, by the pack's rhythm and channels."""
    terms = rules.visit_terms(work)
    known = work.worklist.visited(subjects)
    begun = {} if terms is None else begun_on(work, known, terms)
    for visited in known:
        on = visited.put_off_to
        rows = () if terms is None else tuple(_by_rhythm(visited, terms, begun))
        yield from rows if on is None else _put_off(visited, rows, on)


def put_off_until(
    work: UnitOfWork, rules: GroundRules, household: HouseholdId, on: date
) -> tuple[date, str]:
    """The last day a visit that found nobody may be put off to, and by which rule; a month, and no
    rule, while the county has not said how often."""
    terms = rules.visit_terms(work)
    found = work.worklist.visited([household])
    if terms is None or not found:
        return add_months(on, 1), ""
    rows = tuple(_by_rhythm(found[0], terms, begun_on(work, found, terms)))
    due_on = min((row.due_on for row in rows if row.due_on is not None), default=None)
    rhythm = terms.high_risk if _risk(found[0], terms) else terms.everybody
    return latest_again(due_on, rhythm, on), rows[0].rule if rows else rhythm.rule


def begun_on(
    work: UnitOfWork, known: Sequence[Visited], terms: VisitTerms
) -> dict[str, date | None]:
    """Since when those of `known` are to be seen: who lacks a first contact since the household was
    taken into the records, or something was granted to it later; the others since it became one
    that somebody has to see, or was taken into the records: an old visit typed in late makes nobody
    later than none at all."""
    places = {one.place.household: one for one in known if one.place.household is not None}
    first = [household for household, one in places.items() if contacts_of(one, terms).is_first]
    granted = work.rounds.granted_on(first) if first else {}
    begun = {household: _begun(household, granted.get(household)) for household in first}
    seen = [household for household in places if household not in begun]
    tiers = work.rounds.tiers(seen) if seen else {}
    return begun | {
        one: _came_on(places[one], tiers.get(one, ())) or _begun(one, None) for one in seen
    }


def _came_on(visited: Visited, tiers: Sequence[Tier]) -> date | None:
    """The day of the last tier in which it is to be seen after one in which it was not."""
    begun = None
    was = True
    for tier in tiers:
        is_assisted = replace(visited, category=tier.category, tag=tier.tag).is_assisted
        if is_assisted and not was:
            begun = tier.from_on
        was = is_assisted
    return begun


def _begun(household: str, granted: date | None) -> date | None:
    made = made_at(household)
    days = [ALWAYS, *(day for day in (granted, made and china_date(made)) if day is not None)]
    return None if made is None and granted is None else max(days)


def _by_rhythm(
    visited: Visited, terms: VisitTerms, begun: Mapping[str, date | None]
) -> Iterator[DueItem]:
    """What the pack asks for at one household."""
    spans = spans_of(visited)
    since = begun.get(visited.place.household or "")
    yield from _next(visited, spans, terms, since)
    if terms.sweep is not None and not is_nobody_home(visited):
        for first, last in gaps_of(spans):
            yield from _swept(visited, terms.sweep, since, first, last)


def _put_off(visited: Visited, rows: Sequence[DueItem], on: date) -> Iterator[DueItem]:
    """Nobody was at home: the household comes back on the day that was chosen, as late as it is."""
    why = f"上次没人在家，约好 {on.month}月{on.day}日再去"
    kept = [row for row in rows if row.until is None or row.until >= on]
    for row in kept[:1]:  # what follows on a birthday is not agreed yet
        rule = f"{_AGREED_RULE}；最晚照{row.rule}"
        yield replace(
            row, appears_on=on, due_on=row.due_on or on, why=why, rule=rule, standing=AGREED
        )
    yield from kept[1:]
    if not kept:
        household = visited.place.household or ""
        yield DueItem(
            kind=WorkKind.VISIT,
            entity_id=household,
            household=HouseholdId(household),
            who=visited.place.name,
            place=visited.place.place,
            appears_on=on,
            due_on=on,
            due_at=None,
            why=why,
            rule=_AGREED_RULE,
            page="visits",
            action="去看看，回来记一笔",
            standing=AGREED,
        )


def _next(
    visited: Visited, spans: Sequence[Span], terms: VisitTerms, since: date | None
) -> Iterator[DueItem]:
    risk = _risk(visited, terms)
    rhythm = terms.high_risk if risk else terms.everybody
    contacts = contacts_of(visited, terms)
    for span in spans:
        begun = since if since is None or span.first is None else max(since, span.first)
        asked = next_visit(replace(contacts, since=begun), rhythm, terms)
        appears = asked.appears_on or ALWAYS
        first = max(appears, span.first or appears)
        if span.last is None or first <= span.last:
            yield _row(visited, span, asked, risk)


def _row(visited: Visited, span: Span, asked: NextVisit, risk: str) -> DueItem:
    appears = asked.appears_on or ALWAYS
    household = visited.place.household or ""
    rule = asked.rhythm.rule
    if span.kind in _EXTRA:
        rule = f"{_EXTRA[span.kind]}；多久一次照{rule}"
    return DueItem(
        kind=span.kind,
        entity_id=household,
        household=HouseholdId(household),
        who=visited.place.name,
        place=visited.place.place,
        appears_on=max(appears, span.first or appears),
        due_on=asked.due_on,
        due_at=None,
        why=_why(visited, span.kind, asked, risk),
        rule=rule,
        page="visits",
        action="去看看，回来记一笔",
        since=None if visited.last is None else visited.last.on,
        until=span.last,
        standing=_standing(visited, span, risk),
    )


def _standing(visited: Visited, span: Span, risk: str) -> int:
    """Which of the visits comes first: danger, and 分散供养 nobody was ever at, before the rest."""
    if risk or (span.kind is WorkKind.CARE_CHECK and _never_at(visited)):
        return URGENT
    return 1 if visited.category is Category.TEKUN else 2


def _never_at(visited: Visited) -> bool:
    """Whether nobody was ever at the door; a call is not being there."""
    return visited.last is None or Channel.HOME not in visited.last.by_road


def _swept(
    visited: Visited, sweep: Rhythm, since: date | None, first: date | None, last: date | None
) -> Iterator[DueItem]:
    """集中排查: households nobody calls on otherwise, once in each part of the year; from `first`
    to `last`, while no other round asks for them."""
    seen = None if visited.last is None else visited.last.by_road.get(Channel.HOME)
    begun = since if since is None or first is None else max(since, first)
    asked = sweep_due(seen, sweep, begun)
    row = _row(visited, Span(WorkKind.SWEEP, first, last), asked, "")
    if last is not None and row.appears_on > last:
        return
    why = "还没有走到过" if seen is None else f"{DAYS} 天没去了"
    if is_wife_alone(visited):
        why = f"{_WIFE}，{why}"
    yield replace(row, why=why, since=seen, action="上门看看，记一笔")


def contacts_of(visited: Visited, terms: VisitTerms) -> Contacts:
    """The last contact that counts, and the last at home."""
    by_road = {} if visited.last is None else visited.last.by_road
    allowed = [on for road, on in by_road.items() if road in terms.channels]
    return Contacts(max(allowed, default=None), by_road.get(Channel.HOME))


def _risk(visited: Visited, terms: VisitTerms) -> str:
    """Why the household is at high risk, in words; empty when it is not. A danger stands until the
    same question is answered otherwise, by a road the pack accepts."""
    for question, danger, words in DANGERS:
        if visited.last is not None and danger in visited.last.standing(question, terms.channels):
            return words
    if visited.tag is MonitoringTag.SUDDEN_DIFFICULTY:
        return visited.tag.label
    return ""


def _why(visited: Visited, kind: WorkKind, asked: NextVisit, risk: str) -> str:
    """The reason in her words, with the days to be filled in."""
    whom = _WHOM.get(kind) or (
        "防返贫监测户" if visited.category is Category.NONE else f"{visited.category.label}户"
    )
    last = visited.last
    if last is None:
        return f"{whom}，还没有走访过"
    said = f"{whom}，{DAYS} 天没去了"
    if asked.at_home and last.channel is not Channel.HOME:
        said = f"{whom}，上次是{last.channel.label}，不算上门"
    if risk:
        said += f"，{risk}要勤看"
    return said + _last_words(last)


def _last_words(last: Contact) -> str:
    return f"，上次说：{last.note}" if last.note else ""
