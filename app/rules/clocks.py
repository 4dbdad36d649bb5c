"""The clocks a pack sets: what starts each, how long it runs and in what it counts.

One entry for each time limit of the procedure. How long is the pack's to say (domain table
"procedure" in docs/packs.md); what is said here is only where to look and how it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.domain.words import Word
from app.rules import parameters
from app.rules.grounds import Ground
from app.rules.parameters import Parameter
from app.rules.terms import Terms

EMERGENCY_END: Final = "emergency_end"
"""The word of `paperwork_due_from` that lets the paperwork wait for the end of the emergency."""


class Unit(Word):
    """What a clock counts in. The label stands after a number."""

    WORKDAY = "workday", "个工作日"
    DAY = "day", "天"
    HOUR = "hour", "小时"
    MONTH = "month", "个月"
    WHOLE_MONTH = "whole_month", "个整月"
    """From the first of a month to the last of another."""


class Event(Word):
    """What starts a clock."""

    ACCEPTED = "accepted", "受理"
    POSTED = "posted", "贴出公示"
    REFUSED = "refused", "决定不同意"
    PAID = "paid", "给钱"
    EMERGENCY_OVER = "emergency_over", "急难缓解"
    COMPLAINED = "complained", "接到投诉"
    ABILITY_CHANGED = "ability_changed", "报告自理能力变化"
    REVIEWED = "reviewed", "核实"
    GRACE_BEGAN = "grace_began", "开始渐退"
    RECOGNISED = "recognised", "认定"


class ClockKind(Word):
    """The time limits of the procedure."""

    DECISION = "decision", "审核确认"
    NOTICE = "notice", "公示"
    REFUSAL_NOTICE = "refusal_notice", "不同意的告知"
    EMERGENCY_DECISION = "emergency_decision", "急难审批"
    PAPERWORK = "paperwork", "补手续"
    COMPLAINT = "complaint", "投诉答复"
    SELF_CARE = "self_care", "自理能力评估"
    REVIEW = "review", "定期核实"
    GRACE = "grace", "渐退"
    FOLLOW_UP = "follow_up", "救助后回访"
    RIGID_VALIDITY = "rigid_validity", "刚性支出认定的有效期"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many units, by a clause. None of them says that there is no such time here."""

    count: int
    unit: Unit
    ground: Ground

    def __str__(self) -> str:
        """In words: "5 个工作日"."""
        return f"{self.count} {self.unit.label}"


class Start(NamedTuple):
    """The event a clock waits for or ran from, its words, and what to add about the choice."""

    event: Event
    words: str
    note: str = ""


Reader = Callable[[Terms, str], Limit | None]
"""(terms, class of the case) → the limit; None while the county has not given it."""
_UNITS: Final = {"工作日": Unit.WORKDAY, "天": Unit.DAY, "小时": Unit.HOUR, "月": Unit.MONTH}


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock. `words` tell the rule, with {start} and {limit} filled in.

    `extended` sets the limit once an extension was approved; `stops` says whether asking for
    material stops the clock; `ends` that it runs out by itself, and nobody is late then.
    """

    starts: Event
    words: str
    parameters: tuple[str, ...]
    limit: Reader
    extended: Parameter[int] | None = None
    stops: bool = False
    ends: bool = False


def start_of(kind: ClockKind, terms: Terms, happened: Mapping[Event, object]) -> Start:
    """What starts the clock, by the pack and by what has happened so far."""
    event = CLOCKS[kind].starts
    if kind is not ClockKind.PAPERWORK:
        return Start(event, f"{event.label}后")
    chosen = terms.find(parameters.PAPERWORK_FROM)
    if chosen is None:
        return Start(event, f"{event.label}后", "从哪天算起县里还没说，先从给钱算起")
    if chosen.value != EMERGENCY_END:
        return Start(event, f"{event.label}后")
    over = Event.EMERGENCY_OVER
    if over in happened or event not in happened:
        return Start(over, f"{over.label}后")
    # when an emergency ends is not known on the day of payment; the earlier day is safe
    return Start(event, f"{over.label}后（先从{event.label}算起）")


def number_of(parameter: Parameter[int]) -> Reader:
    """The limit that `parameter` is."""

    def _read(terms: Terms, _kind: str) -> Limit | None:
        found = terms.find(parameter)
        return None if found is None else Limit(found.value, _UNITS[found.unit], found.ground)

    return _read


def _by_class(parameter: Parameter[Mapping[str, int]]) -> Reader:
    """The limit of the case's class; none given where the pack does not name the class."""

    def _read(terms: Terms, kind: str) -> Limit | None:
        found = terms.find(parameter)
        if found is None or kind not in found.value:
            return None
        return Limit(found.value[kind], _UNITS[found.unit], found.ground)

    return _read


def _grace(terms: Terms, _kind: str) -> Limit | None:
    """All steps of 渐退 together (津民发〔2020〕19号 二(二)三: three months and three)."""
    found = terms.find(parameters.GRACE_SCHEDULE)
    if found is None:
        return None
    return Limit(sum(step.months for step in found.value), Unit.WHOLE_MONTH, found.ground)


def _plain(
    starts: Event, words: str, parameter: Parameter[int], *, ends: bool = False
) -> ClockRule:
    """A clock of one number."""
    return ClockRule(starts, words, (parameter.name,), number_of(parameter), ends=ends)


CLOCKS: Final[Mapping[ClockKind, ClockRule]] = {
    ClockKind.DECISION: ClockRule(
        Event.ACCEPTED,
        "{start} {limit}内作出决定",
        (parameters.ACCEPT_CLOCK.name,),
        number_of(parameters.ACCEPT_CLOCK),
        extended=parameters.ACCEPT_CLOCK_EXTENDED,
        stops=True,
    ),
    ClockKind.NOTICE: _plain(
        Event.POSTED, "{start}要满 {limit}", parameters.NOTICE_DAYS, ends=True
    ),
    ClockKind.REFUSAL_NOTICE: _plain(
        Event.REFUSED, "{start} {limit}内告知本人", parameters.REFUSAL_NOTICE
    ),
    ClockKind.EMERGENCY_DECISION: _plain(
        Event.ACCEPTED, "{start} {limit}内批完，夜里、周末也算", parameters.EMERGENCY_HOURS
    ),
    ClockKind.PAPERWORK: ClockRule(
        Event.PAID,
        "{start} {limit}内补齐",
        (parameters.PAPERWORK_DUE.name, parameters.PAPERWORK_FROM.name),
        number_of(parameters.PAPERWORK_DUE),
    ),
    ClockKind.COMPLAINT: _plain(
        Event.COMPLAINED, "{start} {limit}内答复", parameters.COMPLAINT_REPLY
    ),
    ClockKind.SELF_CARE: _plain(
        Event.ABILITY_CHANGED, "{start} {limit}内评估", parameters.SELF_CARE_REVIEW
    ),
    ClockKind.REVIEW: ClockRule(
        Event.REVIEWED,
        "上次{start} {limit}再核实一次",
        (parameters.REVIEW_FREQUENCY.name,),
        _by_class(parameters.REVIEW_FREQUENCY),
    ),
    ClockKind.GRACE: ClockRule(
        Event.GRACE_BEGAN,
        "渐退一共 {limit}",
        (parameters.GRACE_SCHEDULE.name,),
        _grace,
        ends=True,
    ),
    ClockKind.FOLLOW_UP: _plain(Event.PAID, "{start} {limit}回访一次", parameters.FOLLOW_UP),
    ClockKind.RIGID_VALIDITY: _plain(
        Event.RECOGNISED, "{start}管 {limit}", parameters.RIGID_VALIDITY, ends=True
    ),
}
"""Every clock by its kind."""
