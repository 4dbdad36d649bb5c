"""Days that were an estimate when they were written down, counted again in the calendar at hand.

A record keeps its day and the rule beside it. Where the day leant on a year without its notice it
was never final: once the county's calendar is here the very same rule is counted again. What was
no estimate stays as it was written. Of what is written down only the papers of 先行救助 are due in
working days: a notice hangs for days, a decision takes hours; every other clock is always counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.domain.casework import Relief
from app.domain.clock import china_date
from app.domain.problem import Refused
from app.rules.clocks import ClockKind, Event
from app.rules.deadlines import ESTIMATED, Moment, deadline_of
from app.rules.pack import Pack
from app.rules.terms import terms_of
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def relief_now(work: UnitOfWork, rules: GroundRules, relief: Relief) -> Relief:
    """The record with the day its papers are due by the calendar at hand.

    One part of staged relief, taken as a payment of its own, keeps what it has of the whole.
    """
    is_part = relief.is_staged and relief.paid_at is not None
    if is_part or relief.paperwork_due_on is None or ESTIMATED not in relief.paperwork_rule:
        return relief
    paid_on = _paid_on(work, relief)
    happened: dict[Event, Moment] = {Event.PAID: paid_on}
    if relief.emergency_over_on is not None:
        happened[Event.EMERGENCY_OVER] = relief.emergency_over_on
    calendar, written = rules.calendar(work), _plain(relief.paperwork_rule)
    counted = (
        deadline_of(ClockKind.PAPERWORK, terms_of(pack, paid_on), happened, calendar)
        for pack in _packs(work, rules, paid_on, relief.pack_sha256)
    )
    again = next((one for one in counted if _plain(one.explanation) == written), None)
    if again is None:
        return relief
    return replace(relief, paperwork_due_on=again.due_on, paperwork_rule=again.explanation)


def _packs(work: UnitOfWork, rules: GroundRules, on: date, sha256: str) -> Iterator[Pack]:
    """The pack in force on that day, and the one the record names."""
    yield rules.pack(work, on)
    try:
        named = rules.old_packs.find(work, sha256) if sha256 else None
    except Refused:  # written for a later program: what was written down stands
        return
    if named is not None:
        yield named


def _paid_on(work: UnitOfWork, relief: Relief) -> date:
    """The day from which the papers are owed: the payment, or the first part of it."""
    parts = work.relief.instalments(relief.id) if relief.is_staged else []
    paid = [part.paid_at for part in parts if part.paid_at is not None]
    return china_date(relief.paid_at or min(paid, default=relief.found_at))


def _plain(rule: str) -> str:
    """A rule in words without what only says that its day is a guess."""
    return rule.replace(f"（{ESTIMATED}）", "")
