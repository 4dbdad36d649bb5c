"""One case as a page: what the village sent, what was done, what this officer may do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import Connection

from app.domain.application_states import county_may_decide
from app.domain.casework import ApplicationStatus, ReliefStatus
from app.domain.grace_states import GraceStatus
from app.domain.households import Category
from app.domain.money import Money
from app.domain.operations import instant_of
from app.domain.workdays import month_start
from county_server.benefit_book import HOUSEHOLD, words_of
from county_server.clock import Time
from county_server.console.allowed import allowed
from county_server.console.answers import ASKED_GRACES, Answer, grace_answers
from county_server.console.benefit_rows import (
    benefit_answers,
    benefit_facts,
    benefit_lines,
    graces_of,
    members,
    said_rows,
    told_rows,
)
from county_server.console.case_rows import (
    OpinionLine,
    Row,
    caps,
    decision,
    materials,
    opinion,
    relief_facts,
    relief_steps,
    steps,
    visits,
)
from county_server.console.cases import APPLICATION, RELIEF, Case, read_case
from county_server.console.facts import Fact, Group, fact_groups
from county_server.console.grace_rows import grace_facts, grace_months, grace_steps
from county_server.console.law import Law, read_law
from county_server.console.proposals import WAITING, history_of, waiting_for
from county_server.console.records import Dossier, Record, read_dossier, village_names
from county_server.console.roles import Staff, check_scope
from county_server.console.wording import NOTHING, moment, word
from county_server.console.working import Working, working_of
from county_server.decisions import may_follow
from county_server.flags import Flags
from county_server.standing import GRACE

_FOLLOWING: Final = {
    ApplicationStatus.PUBLISHED: "publish",
    ApplicationStatus.WATCHLISTED: "register",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What both kinds of case have on their page."""

    kind: str
    id: str
    number: str
    who: str = field(repr=False)
    village: str
    state: str
    basis: str
    level: str
    why: str
    why_basis: str
    due: str
    is_late: bool
    opinions: tuple[OpinionLine, ...]
    waiting: OpinionLine | None
    may: frozenset[str]
    cannot: str
    """Why a waiting proposal is not for this officer to answer; "" where it is."""


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """An application: facts, test, procedure."""

    page: Page
    groups: tuple[Group, ...]
    working: Working | None
    steps: tuple[Row, ...]
    materials: tuple[Row, ...]
    visits: tuple[Row, ...]
    decision: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    """What is to be looked at before anybody relies on it (security R50, R51)."""


@dataclass(frozen=True, slots=True)
class ReliefPage:
    """One 先行救助: what happened, how much, under which cap."""

    page: Page
    facts: tuple[Fact, ...]
    caps: tuple[tuple[str, str, str], ...]
    asked: str
    is_given: bool
    """The money is out: it is agreed to afterwards, or to be got back."""
    steps: tuple[Row, ...]
    visits: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class GracePage:
    """One 渐退: what is proposed, month by month; `answers` is what may be said of it, in words."""

    page: Page
    facts: tuple[Fact, ...]
    months: tuple[tuple[str, str, str], ...]
    is_open: bool
    """Whether the village left it to the county what each month pays."""
    answers: tuple[tuple[str, str], ...]
    is_asked: bool
    """Whether the village waits for the answer."""
    steps: tuple[Row, ...]
    visits: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class BenefitPage:
    """What one household receives; `answers` is what may be said of it, in words."""

    page: Page
    facts: tuple[Fact, ...]
    benefits: tuple[tuple[str, str, str, str, str], ...]
    graces: tuple[tuple[str, str, str], ...]
    told: tuple[Row, ...]
    said: tuple[Row, ...]
    visits: tuple[Row, ...]
    answers: tuple[tuple[str, str], ...]
    next_month: str


AnyPage = ApplicationPage | ReliefPage | GracePage | BenefitPage


@dataclass(frozen=True, slots=True)
class CasePages:
    """Reads one case in the scope of an officer."""

    clock: Time
    flags: Flags

    def application(
        self, connection: Connection, who: Staff, entity_id: str, *, whole: bool = False
    ) -> ApplicationPage:
        """Raises Refused K-12 for an unknown one, K-65 for one of another township."""
        case, dossier, law = self._read(connection, who, APPLICATION, entity_id)
        record = dossier.one(APPLICATION, entity_id) or Record(
            APPLICATION, entity_id, case.subject, case.village, case.body
        )
        told = [one.body for one in dossier.about("application_step", "application_id", entity_id)]
        deadline = law.due(told)
        state = ApplicationStatus(record.text("status"))
        decided = record.body.get("decided_on") is not None
        due = "" if deadline is None or decided else deadline.due_text
        late = bool(deadline and deadline.due_on and deadline.due_on < self.clock.today())
        name = dossier.name_of(record.body.get("applicant_person_id"))
        page = self._page(connection, who, case, (name, state.label), (due, late and not decided))
        may = set(page.may)
        if not county_may_decide(state) or state is ApplicationStatus.RETURNED:
            may.discard("send_back")
        may |= {deed for status, deed in _FOLLOWING.items() if may_follow(state, status)}
        return ApplicationPage(
            page=replace(page, may=frozenset(may)),
            groups=tuple(fact_groups(dossier, record, whole_numbers=whole)),
            working=working_of(dossier, record, law),
            steps=steps(dossier, entity_id),
            materials=materials(dossier, entity_id),
            visits=visits(dossier),
            decision=decision(record),
            flags=tuple(one.label for one in self.flags.of(connection, entity_id)),
        )

    def relief(self, connection: Connection, who: Staff, entity_id: str) -> ReliefPage:
        """Raises Refused K-74 for an unknown one, K-65 for one of another township."""
        case, dossier, law = self._read(connection, who, RELIEF, entity_id)
        body = case.body
        due = "" if body.get("decided_at") else moment(body.get("decision_due_at"))
        late = due not in {"", NOTHING} and (
            instant_of(str(body["decision_due_at"])) < self.clock.now()
        )
        name = str(body.get("payee_name") or "姓名不详")
        state = word(ReliefStatus, body.get("status"))
        page = self._page(connection, who, case, (name, state), (due, late))
        return ReliefPage(
            page=page,
            facts=relief_facts(body),
            caps=caps(case, dossier, law),
            asked=str(Money(int(body["amount_fen"]))),
            is_given=case.is_given_first,
            steps=relief_steps(dossier, entity_id),
            visits=visits(dossier),
        )

    def grace(self, connection: Connection, who: Staff, entity_id: str) -> GracePage:
        """Raises Refused K-21 for an unknown one, K-65 for one of another township."""
        case, dossier, _law = self._read(connection, who, GRACE, entity_id)
        status = GraceStatus(str(case.body["status"]))
        home = dossier.household
        name = "" if home is None else dossier.name_of(home.body.get("head_person_id"))
        months = grace_months(case.body)
        return GracePage(
            page=self._page(connection, who, case, (name, status.label), ("", False)),
            facts=grace_facts(dossier, case.body),
            months=months,
            is_open=status is GraceStatus.PROPOSED and NOTHING in {one[2] for one in months},
            answers=grace_answers(case.body),
            is_asked=status.value in ASKED_GRACES,
            steps=grace_steps(dossier, entity_id),
            visits=visits(dossier),
        )

    def benefit(self, connection: Connection, who: Staff, entity_id: str) -> BenefitPage:
        """Raises Refused K-96 for an unknown household, K-65 for one of another township."""
        case, dossier, _law = self._read(connection, who, HOUSEHOLD, entity_id)
        people = [dossier.name_of(one.body.get("person_id")) for one in members(dossier)]
        name = dossier.name_of(case.body.get("head_person_id")) or "".join(people[:1])
        category = word(Category, case.body.get("category") or Category.NONE.value)
        return BenefitPage(
            page=self._page(connection, who, case, (name, category), ("", False)),
            facts=benefit_facts(dossier),
            benefits=benefit_lines(dossier),
            graces=graces_of(dossier),
            told=told_rows(dossier),
            said=said_rows(words_of(connection, entity_id)),
            visits=visits(dossier),
            answers=() if case.held is None else benefit_answers(case.held),
            next_month=f"{month_start(self.clock.today(), 1):%Y-%m}",
        )

    def _read(
        self, connection: Connection, who: Staff, entity: str, entity_id: str
    ) -> tuple[Case, Dossier, Law]:
        waiting = waiting_for(connection, entity_id)
        agreed = waiting["amount_fen"] if waiting and waiting["answer"] == Answer.AGREE else None
        case = read_case(connection, self.clock, entity, entity_id, agreed)
        check_scope(who, case.village)
        return case, read_dossier(connection, case.subject), read_law(
            connection, self.clock.today()
        )  # fmt: skip

    def _page(
        self,
        connection: Connection,
        who: Staff,
        case: Case,
        about: tuple[str, str],
        due: tuple[str, bool],
    ) -> Page:
        history = history_of(connection, case.entity_id)
        lines = [opinion(row) for row in history]
        waiting = next(
            (
                (row, line)
                for row, line in zip(history, lines, strict=True)
                if row["state"] in WAITING
            ),
            None,
        )
        may, cannot = allowed(who, case, None if waiting is None else waiting[0])
        return Page(
            kind=case.entity,
            id=case.entity_id,
            number=str(case.body.get("document_no") or ""),
            who=about[0],
            village=village_names(connection).get(case.village or "", case.village or ""),
            state=about[1],
            basis=case.basis,
            level=case.whose.level.label,
            why=case.whose.why,
            why_basis=case.whose.basis,
            due=due[0],
            is_late=due[1],
            opinions=tuple(lines),
            waiting=None if waiting is None else waiting[1],
            may=may,
            cannot=cannot,
        )
