"""The law as the county has published it: who decides, until when, and the pack of an old test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.application_events import ApplicationEvent
from app.domain.casework import ApplicationStatus
from app.domain.households import Area
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.workdays import CalendarYear, WorkdayCalendar
from app.rules import parameters
from app.rules.bundle import bundled_calendars, parse_bundle
from app.rules.clocks import ClockKind, Event
from app.rules.day_count import Pause
from app.rules.deadlines import Deadline, deadline_of
from app.rules.pack import Pack
from app.rules.relief_route import Decider, ReliefRoute, relief_route
from app.rules.terms import Terms, terms_of
from county_server.console.roles import Level
from county_server.packs import ENTITY
from county_server.tables import document

NO_PACK: Final = "县里还没有发布政策包，按县里定。"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a decision is, and why."""

    level: Level
    why: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """What the published packs say today. `terms` None: nothing is in force."""

    packs: tuple[Pack, ...]
    terms: Terms | None
    calendar: WorkdayCalendar

    def whose_application(self) -> Whose:
        """Who confirms an application. A pack that is silent means the county."""
        found = None if self.terms is None else self.terms.find(parameters.CONFIRM_AUTHORITY)
        if found is None:
            return Whose(
                Level.COUNTY, NO_PACK if self.terms is None else "政策包没有写，按县里定。"
            )
        if found.value == Level.TOWNSHIP:
            return Whose(Level.TOWNSHIP, "审核确认权在乡镇。", str(found.ground))
        return Whose(Level.COUNTY, "审核确认权在县里。", str(found.ground))

    def whose_relief(self, amount: Money, persons: int, area: Area | None) -> Whose:
        """Who decides about a sum: the township up to its cap, else the county (分级审批)."""
        route = self.route(amount, persons, area)
        if route is None:
            return Whose(Level.COUNTY, NO_PACK)
        level = Level.TOWNSHIP if route.decider is Decider.TOWNSHIP else Level.COUNTY
        basis = "" if route.why.basis in route.why.text else route.why.basis
        return Whose(level, route.why.text, basis)

    def route(self, amount: Money, persons: int, area: Area | None) -> ReliefRoute | None:
        """The caps a sum is under."""
        if self.terms is None:
            return None
        return relief_route(self.terms, amount, persons=persons, area=area, pay_first=True)

    def due(self, steps: Sequence[Mapping[str, Any]]) -> Deadline | None:
        """By when an application is to be decided; None before a pack is in force."""
        if self.terms is None:
            return None
        ordered = sorted(steps, key=lambda step: int(step["number"]))
        accepted = [one for one in ordered if one["event"] == ApplicationEvent.ACCEPT]
        happened = {Event.ACCEPTED: _day(accepted[-1])} if accepted else {}
        return deadline_of(
            ClockKind.DECISION,
            self.terms,
            happened,
            self.calendar,
            pauses=_pauses(ordered) if accepted else (),
            extended=any(one["event"] == ApplicationEvent.EXTEND for one in ordered),
        )

    def pack(self, sha256: str) -> Pack | None:
        """The very pack a test was made with, where the county has published it."""
        return next((one for one in self.packs if one.sha256 == sha256), None)


def read_law(connection: Connection, today: date) -> Law:
    """What is published, the newest in force first."""
    query = select(document.c.body).where(document.c.entity == ENTITY)
    bodies = sorted(
        connection.execute(query).scalars(),
        key=lambda body: str(body["published_at"]),
        reverse=True,
    )
    packs: list[Pack] = []
    years: dict[int, CalendarYear] = {}
    for body in reversed(bodies):
        read = _read(str(body["bundle"]))
        if read is not None:
            packs.insert(0, read[0])
            years |= read[1]
    force = next((one for one in packs if one.is_in_force(today)), None)
    terms = None if force is None else terms_of(force, today)
    return Law(tuple(packs), terms, WorkdayCalendar(years))


def is_waiting(status: str) -> bool:
    """Whether an application waits for the answer."""
    return status == ApplicationStatus.SENT_FOR_CONFIRMATION


@lru_cache(maxsize=32)
def _read(bundle: str) -> tuple[Pack, Mapping[int, CalendarYear]] | None:
    """A bundle as it was published; None for one this program cannot read any more."""
    data = bundle.encode()
    try:
        return parse_bundle(data), bundled_calendars(data)
    except Refused:
        return None


def _pauses(steps: Sequence[Mapping[str, Any]]) -> list[Pause]:
    """The days material was awaited."""
    pauses: list[Pause] = []
    asked: date | None = None
    for step in steps:
        if step["event"] == ApplicationEvent.NEED_MATERIAL and asked is None:
            asked = _day(step)
        elif step["event"] == ApplicationEvent.MATERIAL_IN and asked is not None:
            pauses.append(Pause(asked, max(asked, _day(step))))
            asked = None
    if asked is not None:
        pauses.append(Pause(asked))
    return pauses


def _day(step: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(step["happened_on"]))
