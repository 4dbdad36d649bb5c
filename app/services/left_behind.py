"""Who is left behind at home, and from which birthday to which: 留守老人, 留守儿童, 留守妇女.

Somebody of the household works elsewhere and nobody of working age stays (S0:L38). Ages change on
birthdays, so the answer is a run of spans, and none of them depends on what day it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.due import ALWAYS
from app.domain.households import Category
from app.domain.people import Living, Sex
from app.domain.today import WorkKind
from app.domain.workdays import add_months

if TYPE_CHECKING:
    from app.store.queries.worklist import AtHome, Visited

CHILD_UNDER: Final = 16
"""国发〔2016〕13号: 不满十六周岁."""
GROWN: Final = 18
ELDER: Final = 60
_HORIZON: Final = date(2055, 1, 1)
_DAY: Final = timedelta(days=1)
_HOME: Final = frozenset({None, Living.TOGETHER, Living.SHARES_BUDGET})


@dataclass(frozen=True, slots=True)
class Span:
    """Which kind of visit is asked for from `first` to `last`; None is without end."""

    kind: WorkKind
    first: date | None = None
    last: date | None = None


def spans_of(visited: Visited) -> list[Span]:
    """The kinds of visit of a household, one after the other; none where nobody asks for any."""
    if is_nobody_home(visited):
        return []
    if _is_dispersed(visited):
        return [Span(WorkKind.CARE_CHECK)]
    base = WorkKind.VISIT if visited.is_assisted else None
    if not any(each.living is Living.AWAY_FOR_WORK for each in visited.people):
        return [] if base is None else [Span(base)]
    stay = [each for each in visited.people if each.living in _HOME]
    marks = [ALWAYS, *_birthdays(stay)]
    return _runs([(day, _kind_on(stay, day) or base) for day in marks])


def gaps_of(spans: Sequence[Span]) -> list[tuple[date | None, date | None]]:
    """From when to when none of `spans` asks for the household: first and last day, None where
    open. Who will be left behind only in twenty years is swept until then."""
    gaps: list[tuple[date | None, date | None]] = []
    begins: date | None = None
    for span in spans:
        if span.first is not None and begins != span.first:
            gaps.append((begins, span.first - _DAY))
        if span.last is None:
            return gaps
        begins = span.last + _DAY
    return [*gaps, (begins, None)]


def is_wife_alone(visited: Visited) -> bool:
    """留守妇女 (S0:L38): her husband works elsewhere and she keeps the house. No text asks for more
    visits to her than to anybody: whoever comes on the yearly round is told."""
    away = any(
        one.spouse is Sex.MALE and one.living is Living.AWAY_FOR_WORK for one in visited.people
    )
    return away and any(one.spouse is Sex.FEMALE and one.living in _HOME for one in visited.people)


def is_nobody_home(visited: Visited) -> bool:
    """Whether everybody lives in an institution (集中供养): those who run it look after them, and a
    visit at home (S3:L25 入户走访, S0:L31 分散供养 alone) would find nobody."""
    return bool(visited.people) and all(
        each.living is Living.INSTITUTION for each in visited.people
    )


def _is_dispersed(visited: Visited) -> bool:
    """分散供养: 特困, and somebody lives at home."""
    return visited.category is Category.TEKUN and bool(visited.people)


def _kind_on(stay: Sequence[AtHome], day: date) -> WorkKind | None:
    """Who is left behind on `day` among those who stay; an unknown age counts as grown up."""
    ages = [None if each.birth is None else _age(each.birth, day) for each in stay]
    if any(age is None or GROWN <= age < ELDER for age in ages):
        return None
    if any(age is not None and age < CHILD_UNDER for age in ages):
        return WorkKind.LEFT_BEHIND_CHILD
    if any(age is not None and age >= ELDER for age in ages):
        return WorkKind.LEFT_BEHIND_ELDER
    return None


def _birthdays(stay: Iterable[AtHome]) -> list[date]:
    """The birthdays on which an answer may change, as far ahead as anybody asks."""
    days = {
        add_months(each.birth, 12 * years)
        for each in stay
        if each.birth is not None
        for years in (CHILD_UNDER, GROWN, ELDER)
    }
    return sorted(day for day in days if ALWAYS < day < _HORIZON)


def _age(birth: date, on: date) -> int:
    """Full years; who was born on 29 February turns on the 28th, as `add_months` has it."""
    years = on.year - birth.year
    return years if on >= add_months(birth, 12 * years) else years - 1


def _runs(kinds: Sequence[tuple[date, WorkKind | None]]) -> list[Span]:
    """Spans of one kind each; the first has no beginning, the last no end."""
    spans: list[Span] = []
    for at, (day, kind) in enumerate(kinds):
        last = kinds[at + 1][0] - _DAY if at + 1 < len(kinds) else None
        first = day if at else None
        if kind is None:
            continue
        before = spans[-1] if spans else None
        if before is not None and before.kind is kind and before.last == day - _DAY:
            spans[-1] = Span(kind, before.first, last)
        else:
            spans.append(Span(kind, first, last))
    return spans
