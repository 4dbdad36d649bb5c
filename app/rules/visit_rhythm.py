"""How often a household is seen, and by which road: from the pack and the last contacts to a date.

A contact satisfies the rhythm only when its channel is one the pack allows; a call never satisfies
a duty to go there (大化 二(三)3 “入户走访”). The calendar is cut into blocks — weeks from Monday,
months and quarters as everybody counts them — and one contact in each block is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.casework import Channel
from app.domain.workdays import add_months
from app.rules import kinds, parameters
from app.rules.terms import Terms
from app.rules.values import MONTHS, Period

EVERYBODY: Final = "low_income"
"""The tier of every assisted household; the pack may ask for more of others."""
HIGH_RISK: Final = "high_risk"
_WEEK: Final = "week"
_WEEK_DAYS: Final = 7
_DAY: Final = timedelta(days=1)
_DAWN: Final = date.min


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Once in every `period`, by a clause in words."""

    period: Period
    rule: str


@dataclass(frozen=True, slots=True)
class VisitTerms:
    """What a pack asks of visits. Without `home` there is no duty to go there in person."""

    everybody: Rhythm
    high_risk: Rhythm
    channels: frozenset[Channel]
    channels_rule: str
    home: Rhythm | None
    sweep: Rhythm | None
    """In each of its periods every household of the village is looked at, whoever it is."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """The last day of a contact by any channel the pack allows, and of one at home.

    `since`: the day the household came on the list, where that is known. Who was not seen since is
    late once the first whole block after it is over.
    """

    allowed_on: date | None
    home_on: date | None
    since: date | None = None

    @property
    def is_first(self) -> bool:
        """Whether one of the two is still to be made for the first time."""
        return self.allowed_on is None or self.home_on is None


@dataclass(frozen=True, slots=True)
class NextVisit:
    """From when the next visit is asked for, and its last day; from the beginning where never seen.

    `at_home`: only going there will do.
    """

    appears_on: date | None
    due_on: date | None
    rhythm: Rhythm
    at_home: bool


def visit_terms(terms: Terms) -> VisitTerms | None:
    """What the pack asks; None while the county has not said how often."""
    found = terms.find(parameters.VISIT_PERIOD)
    if found is None or EVERYBODY not in found.value:
        return None
    everybody = Rhythm(found.value[EVERYBODY], found.basis)
    risky = Rhythm(found.value.get(HIGH_RISK, everybody.period), everybody.rule)
    channels = terms.find(parameters.VISIT_CHANNELS)
    home = terms.find(parameters.HOME_VISIT)
    return VisitTerms(
        everybody=everybody,
        high_risk=risky,
        channels=frozenset(Channel)
        if channels is None
        else frozenset(map(Channel, channels.value)),
        channels_rule="" if channels is None else channels.basis,
        home=None if home is None else Rhythm(kinds.PERIODS[home.value], home.basis),
        sweep=_sweep(terms),
    )


def _sweep(terms: Terms) -> Rhythm | None:
    """集中排查, as a rhythm: so many times a year, in parts of the year as even as months allow."""
    found = terms.find(parameters.FULL_SWEEP)
    if found is None or not found.value:
        return None
    return Rhythm(Period(MONTHS // found.value, "month"), found.basis)


def next_visit(contacts: Contacts, rhythm: Rhythm, terms: VisitTerms) -> NextVisit:
    """The next visit under `rhythm` and the duty to go there together: it is asked for as soon as
    either asks, and late as soon as either is late."""
    since = contacts.since
    asked = _after(contacts.allowed_on, rhythm, since, at_home=terms.channels == {Channel.HOME})
    if terms.home is None:
        return asked
    there = _there(contacts.home_on, terms.home, since)
    first, last = there.appears_on or _DAWN, there.due_on or _DAWN
    return NextVisit(
        _earlier(asked.appears_on, there.appears_on),
        _sooner(asked.due_on, there.due_on),
        terms.home if last < (asked.due_on or _DAWN) else rhythm,
        at_home=asked.at_home or first <= (asked.appears_on or _DAWN),
    )


def sweep_due(home_on: date | None, sweep: Rhythm, since: date | None = None) -> NextVisit:
    """When a household nobody calls on otherwise is to be swept: in the last third of the part of
    the year it was not seen in; who was never seen is asked for at once, and by the end of the part
    of the year in which the household came on the list (`since`)."""
    if home_on is None:
        due_on = None if since is None else latest_again(None, sweep, since)
        return NextVisit(None, due_on, sweep, at_home=True)
    start = next_block(home_on, sweep.period)
    third = add_months(start, sweep.period.count - max(1, sweep.period.count // 3))
    end = next_block(start, sweep.period) - _DAY
    if since is not None and home_on < since:
        end = max(end, latest_again(None, sweep, since))
    return NextVisit(third, end, sweep, at_home=True)


def latest_again(due_on: date | None, rhythm: Rhythm, on: date) -> date:
    """The last day a visit that found nobody on `on` may be put off to: the one it is asked for
    by; where that is over or never was, the end of the block at hand. A week is always left."""
    end = next_block(on, rhythm.period) - _DAY if due_on is None or due_on < on else due_on
    return max(end, on + timedelta(days=_WEEK_DAYS))


def block_start(day: date, period: Period) -> date:
    """The first day of the block `day` lies in."""
    if period.unit == _WEEK:
        monday = day - timedelta(days=day.weekday())
        weeks = monday.toordinal() // _WEEK_DAYS
        return monday - timedelta(weeks=weeks % period.count)
    months = (day.year * MONTHS + day.month - 1) % period.count
    return add_months(day.replace(day=1), -months)


def next_block(day: date, period: Period) -> date:
    """The first day of the block after the one `day` lies in."""
    start = block_start(day, period)
    if period.unit == _WEEK:
        return start + timedelta(weeks=period.count)
    return add_months(start, period.count)


def whole_block(since: date, period: Period) -> date:
    """The first day of the first block that lies wholly after `since`, or begins with it."""
    return next_block(since - _DAY, period)


def _after(last: date | None, rhythm: Rhythm, since: date | None, *, at_home: bool) -> NextVisit:
    """The block after the last contact; without one at once. Nobody is late before the first whole
    block is over since the household came on the list: what was before it was no duty."""
    first = None if since is None else whole_block(since, rhythm.period)
    least = None if first is None else next_block(first, rhythm.period) - _DAY
    if last is None:
        return NextVisit(None, least, rhythm, at_home)
    start = next_block(last, rhythm.period)
    end = next_block(start, rhythm.period) - _DAY
    if since is not None and least is not None and last < since:
        end = max(end, least)
    return NextVisit(start, end, rhythm, at_home)


def _there(last: date | None, home: Rhythm, since: date | None) -> NextVisit:
    """The duty to go there: asked for in the last month of the block it has to be done in, so that
    a call is enough before."""
    asked = _after(last, home, since, at_home=True)
    if last is None or asked.due_on is None or home.period.unit == _WEEK:
        return asked
    return NextVisit(asked.due_on.replace(day=1), asked.due_on, home, at_home=True)


def _sooner(one: date | None, other: date | None) -> date | None:
    """The sooner of two last days, of those that are known."""
    return min((day for day in (one, other) if day is not None), default=None)


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two days; none is as early as can be."""
    return None if one is None or other is None else min(one, other)
