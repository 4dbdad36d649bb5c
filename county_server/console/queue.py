"""What waits for an answer: applications, 先行救助, 渐退; the most urgent first, and the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from app.domain.application_states import DECIDED, OVER, county_may_decide
from app.domain.casework import ApplicationStatus, EventKind, ReliefStatus
from app.domain.clock import CHINA, china_date
from app.domain.grace_states import GraceStatus
from app.domain.households import Area, Category
from app.domain.money import Money
from app.domain.operations import instant_of
from app.domain.words import Word
from county_server.benefit_book import HOUSEHOLD
from county_server.clock import Time
from county_server.console.answers import ASKED_GRACES, Answer
from county_server.console.cases import APPLICATION, RELIEF
from county_server.console.grace_rows import months_of
from county_server.console.law import Law, read_law
from county_server.console.proposals import WAITING, Standing
from county_server.console.records import Record, head_names, read_records, village_names
from county_server.console.roles import Level, Staff
from county_server.console.tables import opinion
from county_server.console.wording import days_between, word, yuan
from county_server.relief_decisions import GIVEN_FIRST
from county_server.standing import GRACE
from county_server.tables import document


class Tab(Word):
    """One list of the queue."""

    MINE = "mine", "等我办"
    WAITING = "waiting", "等审批"
    VILLAGE = "village", "还没报上来"
    RETURNED = "returned", "已退回"
    DONE = "done", "已办"


_WAITING_RELIEF: Final = (
    ReliefStatus.REPORTED.value, ReliefStatus.VERIFIED.value, ReliefStatus.REFERRED_UP.value,
)  # fmt: skip
_GIVEN: Final = tuple(sorted(status.value for status in GIVEN_FIRST))
"""Asked about as long as nobody has agreed."""
_ASKED: Final = (ReliefStatus.VERIFIED.value, ReliefStatus.REFERRED_UP.value)
"""What somebody above is asked about; 已报告 is still being looked into."""
_AT_VILLAGE: Final = tuple(
    state.value
    for state in ApplicationStatus
    if county_may_decide(state)
    and state not in {ApplicationStatus.SENT_FOR_CONFIRMATION, ApplicationStatus.RETURNED}
)
_APPLICATIONS: Final[Mapping[Tab, tuple[str, ...]]] = {
    Tab.MINE: (ApplicationStatus.SENT_FOR_CONFIRMATION.value,),
    Tab.WAITING: (ApplicationStatus.SENT_FOR_CONFIRMATION.value,),
    Tab.VILLAGE: _AT_VILLAGE,
    Tab.RETURNED: (ApplicationStatus.RETURNED.value,),
    Tab.DONE: tuple(state.value for state in OVER),
}
_RELIEFS: Final[Mapping[Tab, tuple[str, ...]]] = {
    Tab.MINE: (*_ASKED, *_GIVEN),
    Tab.WAITING: (*_ASKED, *_GIVEN),
    Tab.VILLAGE: (ReliefStatus.REPORTED.value,),
    Tab.RETURNED: (),
    Tab.DONE: tuple(s.value for s in ReliefStatus if s.value not in _WAITING_RELIEF),
}
_GRACES: Final[Mapping[Tab, tuple[str, ...]]] = {
    Tab.MINE: ASKED_GRACES,
    Tab.WAITING: ASKED_GRACES,
    Tab.VILLAGE: (),
    Tab.RETURNED: (),
    Tab.DONE: tuple(s.value for s in GraceStatus if s.value not in ASKED_GRACES),
}
_ROADS: Final = {
    APPLICATION: "applications",
    RELIEF: "relief",
    GRACE: "graces",
    HOUSEHOLD: "benefits",
}
_FAR: Final = "9999-12-31"
_GIVEN_TWICE: Final = "一天内又给"
"""The household was given something less than a day before; why it is another matter is said."""
MOST: Final = 200
"""Lines of one list that are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the queue."""

    kind: str
    id: str
    number: str
    who: str = field(repr=False)
    village: str
    village_code: str
    about: str
    state: str
    mark: str = field(repr=False)
    """What somebody should look at, in a few words; "" for nothing."""
    age: int
    due: str
    is_late: bool
    level: str
    standing: str
    waits_for_me: bool
    sort_by: tuple[str, str, str] = field(repr=False)

    @property
    def path(self) -> str:
        """Where it is opened; ids only."""
        return f"{_ROADS[self.kind]}/{self.id}"


@dataclass(frozen=True, slots=True)
class Queue:
    """Reads the lists."""

    clock: Time

    def lines(self, connection: Connection, who: Staff, tab: Tab, township: str = "") -> list[Line]:
        """The cases of a tab in the scope of `who`, late ones first; decided ones newest first."""
        law = read_law(connection, self.clock.today())
        scope = who.township or township
        names = village_names(connection)
        waiting = _waiting(connection)
        found = [
            *self._applications(connection, tab, scope, law),
            *self._reliefs(connection, tab, scope, law, frozenset(waiting)),
            *self._graces(connection, tab, scope, law, frozenset(waiting)),
            *self._benefits(connection, tab, scope, law, waiting),
        ]
        lines = [_line(one, names, waiting, who) for one in found]
        if tab is Tab.MINE:
            lines = [line for line in lines if line.waits_for_me]
        return sorted(lines, key=lambda line: line.sort_by, reverse=tab is Tab.DONE)

    def after(self, connection: Connection, who: Staff, done: str) -> Line | None:
        """The next case that waits for `who`; `done` is the one just left."""
        return next((one for one in self.lines(connection, who, Tab.MINE) if one.id != done), None)

    def _applications(
        self, connection: Connection, tab: Tab, scope: str, law: Law
    ) -> Iterable[_Found]:
        records = _of(connection, APPLICATION, _APPLICATIONS[tab], scope)
        people = _names(connection, [one.text("applicant_person_id") for one in records])
        steps = _steps(connection, records) if tab is not Tab.DONE else {}
        level = law.whose_application().level
        for one in records:
            state = ApplicationStatus(one.text("status"))
            deadline = law.due(steps.get(one.id, ())) if state not in DECIDED else None
            due = "" if deadline is None or deadline.due_on is None else str(deadline.due_on)
            filed = date.fromisoformat(one.text("filed_on"))
            yield _Found(
                record=one,
                who=people.get(one.text("applicant_person_id"), ""),
                about="、".join(word(Category, rung) for rung in one.body.get("requested") or ())
                or "低保等各档",
                state=state.label,
                since=str(filed),
                age=days_between(filed, self.clock.today()),
                due=due,
                due_by=due,
                is_late=bool(due) and due < str(self.clock.today()),
                level=level,
                is_answered=state in OVER,
            )

    def _reliefs(
        self, connection: Connection, tab: Tab, scope: str, law: Law, waiting: frozenset[str]
    ) -> Iterable[_Found]:
        records = [
            one
            for one in _of(connection, RELIEF, _RELIEFS[tab], scope)
            if one.text("status") not in _GIVEN or _is_asked(one, waiting) is (tab is not Tab.DONE)
        ]
        areas = _areas(connection, [one.subject for one in records])
        for one in records:
            found_at = instant_of(one.text("found_at"))
            due = one.text("decision_due_at")
            until = instant_of(due).astimezone(CHINA) if due else None
            fen = int(one.body["amount_fen"])
            whose = law.whose_relief(
                Money(fen), int(one.body.get("persons") or 1), areas.get(one.subject)
            )
            yield _Found(
                record=one,
                who=one.text("payee_name") or "姓名不详",
                about=f"先行救助 {yuan(fen)}，{word(EventKind, one.body.get('event'))}",
                state=word(ReliefStatus, one.body.get("status")),
                since=str(china_date(found_at)),
                age=days_between(found_at, self.clock.today()),
                due="" if until is None else f"{until:%Y-%m-%d %H:%M}",
                due_by="" if until is None else f"{until:%Y-%m-%d}",
                is_late=until is not None and until < self.clock.now(),
                level=whose.level,
                is_answered=not _is_asked(one, waiting),
                mark=_GIVEN_TWICE if one.text("apart_reason") else "",
            )

    def _graces(
        self, connection: Connection, tab: Tab, scope: str, law: Law, waiting: frozenset[str]
    ) -> Iterable[_Found]:
        also = waiting if tab in {Tab.MINE, Tab.WAITING} else frozenset()
        but = waiting if tab is Tab.DONE else frozenset()
        records = _of(connection, GRACE, _GRACES[tab], scope, also=also, but=but)
        homes = read_records(connection, HOUSEHOLD, "entity_id", [one.subject for one in records])
        heads = head_names(connection, homes)
        level = law.whose_application().level
        for one in records:
            proposed = date.fromisoformat(one.text("proposed_on"))
            yield _Found(
                record=one,
                who=heads.get(one.subject, ""),
                about=f"渐退 {months_of(one.body)}",
                state=word(GraceStatus, one.body.get("status")),
                since=str(proposed),
                age=days_between(proposed, self.clock.today()),
                due="",
                due_by="",
                is_late=False,
                level=level,
                is_answered=one.text("status") not in ASKED_GRACES and one.id not in waiting,
            )

    def _benefits(
        self, connection: Connection, tab: Tab, scope: str, law: Law, waiting: Mapping[str, Any]
    ) -> Iterable[_Found]:
        """Households of whose benefit something was proposed; nobody asks for it from below."""
        if tab not in {Tab.MINE, Tab.WAITING}:
            return
        known = read_records(connection, HOUSEHOLD, "entity_id", list(waiting))
        records = [one for one in known if (one.village or "").startswith(scope)]
        heads = head_names(connection, records)
        level = law.whose_application().level
        for one in records:
            proposal = waiting[one.id]
            made = instant_of(proposal["made_at"])
            yield _Found(
                record=one,
                who=heads.get(one.id, ""),
                about=f"待遇：{word(Answer, proposal['answer'])}",
                state=word(Category, one.body.get("category") or Category.NONE.value),
                since=str(china_date(made)),
                age=days_between(made, self.clock.today()),
                due="",
                due_by="",
                is_late=False,
                level=level,
                is_answered=False,
            )


@dataclass(frozen=True, slots=True)
class _Found:
    """What both kinds of case have in common."""

    record: Record
    who: str = field(repr=False)
    about: str
    state: str
    since: str
    age: int
    due: str
    due_by: str
    is_late: bool
    level: Level
    is_answered: bool
    mark: str = ""


def _is_asked(relief: Record, waiting: frozenset[str]) -> bool:
    """Whether somebody above is still to say yes or no."""
    status = relief.text("status")
    is_unsaid = status in _GIVEN and not relief.body.get("decided_at")
    return status in _WAITING_RELIEF or is_unsaid or relief.id in waiting


def _line(found: _Found, names: Mapping[str, str], waiting: Mapping[str, Any], who: Staff) -> Line:
    code = found.record.village or ""
    proposal = waiting.get(found.record.id)
    due = "" if found.is_answered else found.due
    return Line(
        kind=found.record.entity,
        id=found.record.id,
        number=found.record.text("document_no"),
        who=found.who,
        village=names.get(code, code),
        village_code=code,
        about=found.about,
        state=found.state,
        mark=found.mark,
        age=found.age,
        due=due,
        is_late=found.is_late and bool(due),
        level=found.level.label,
        standing=word(Standing, proposal["state"]) if proposal else "",
        waits_for_me=_waits_for(who, proposal, found.level),
        sort_by=((due and found.due_by) or _FAR, found.since, found.record.id),
    )


def _waits_for(who: Staff, proposal: Mapping[str, Any] | None, whose: Level) -> bool:
    """Whether `who` has something to do with a case that waits.

    A county handler may propose on every case, and is asked to only where the county decides.
    """
    if proposal is None:
        is_theirs = who.role.level is Level.TOWNSHIP or whose is Level.COUNTY
        return who.role.proposes and is_theirs
    if who.role.proposes or proposal["maker_id"] == who.id:
        return False
    levels = {str(proposal["level"]), Level.COUNTY if _is_up(proposal) else ""}
    return (Level.COUNTY in levels) == (who.role.level is Level.COUNTY)


def _is_up(proposal: Mapping[str, Any]) -> bool:
    """Whether the township handed it on."""
    return str(proposal["state"]) == Standing.ENDORSED


def _waiting(connection: Connection) -> dict[str, Any]:
    """Proposals that wait, by case."""
    query = select(opinion).where(opinion.c.state.in_(WAITING))
    return {row["entity_id"]: row for row in connection.execute(query).mappings()}


def _of(
    connection: Connection,
    entity: str,
    states: tuple[str, ...],
    scope: str,
    *,
    also: frozenset[str] = frozenset(),
    but: frozenset[str] = frozenset(),
) -> list[Record]:
    """Records of a kind in some states and in a township, and `also` these in any state, `but` not
    those; the newest `MOST`."""
    if not states:
        return []
    holds = or_(
        document.c.body["status"].as_string().in_(states), document.c.entity_id.in_(sorted(also))
    )
    query = (
        select(document)
        .where(document.c.entity == entity, holds, document.c.entity_id.not_in(sorted(but)))
        .order_by(document.c.entity_id.desc())
    )
    if scope:
        query = query.where(document.c.village_code.startswith(scope, autoescape=True))
    rows = connection.execute(query.limit(_READ)).all()
    return [Record(r.entity, r.entity_id, r.subject, r.village_code, r.body) for r in rows]


_READ: Final = 5_000
"""Cases of one kind that are read for a list: more than a county has under way at once."""


def _areas(connection: Connection, subjects: list[str]) -> dict[str, Area]:
    """Household → whose standard applies to it."""
    homes = read_records(connection, "household", "entity_id", subjects)
    return {one.id: Area(one.text("area")) for one in homes if one.text("area") in set(Area)}


def _names(connection: Connection, ids: list[str]) -> dict[str, str]:
    """Person → name."""
    people = read_records(connection, "person", "entity_id", ids)
    return {one.id: one.text("name") for one in people}


def _steps(connection: Connection, records: list[Record]) -> dict[str, list[Mapping[str, Any]]]:
    """Application → its steps."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    subjects = [one.subject for one in records]
    for step in read_records(connection, "application_step", "subject", subjects):
        found.setdefault(step.text("application_id"), []).append(step.body)
    return found
