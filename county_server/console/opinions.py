"""提出、上报、审批、退回: what one officer proposes another answers, and then it is a decision.

Maker and checker are two people here, not on the page. A proposal stands on what the maker looked
at (`basis`): when the village sends something new, it has to be made again (security R51). The
lock of the case's village is taken first, as everywhere (`county_server.ledger`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.problem import Refused
from app.sync.protocol.feed import COUNTY_SCOPE
from county_server.benefit_book import HOUSEHOLD
from county_server.benefit_changes import BenefitChanges, ChangeBenefit, UndoBenefit
from county_server.clock import Time
from county_server.console.answers import Answer, grace_event
from county_server.console.cases import (
    APPLICATION,
    RELIEF,
    Case,
    check_answerable,
    check_seen,
    read_case,
    village_of,
)
from county_server.console.proposals import (
    WAITING,
    Propose,
    SendBack,
    Standing,
    check_whole,
    first_of,
    stands_before,
    waiting_for,
)
from county_server.console.roles import (
    Level,
    Staff,
    check_answers,
    check_endorses,
    check_proposes,
    check_scope,
    check_sends_back,
)
from county_server.console.tables import opinion
from county_server.database import Database
from county_server.decisions import Decide, Decisions
from county_server.graces import CountyGraces, Say
from county_server.ledger import Ledger
from county_server.registry import note
from county_server.relief_decisions import AnswerRelief, ReliefDecisions
from county_server.standing import GRACE


@dataclass(frozen=True, slots=True)
class Opinions:
    """Every deed is one transaction; what it decides goes the way every decision goes."""

    database: Database
    clock: Time

    def propose(self, who: Staff, request: Propose) -> str:
        """Make a proposal; return its id.

        Raises Refused K-64, K-65, K-68 where the case moved since it was read, K-69 where a
        proposal waits already, K-70 for one that is not whole, K-12 or K-74 for no such case.
        """
        check_proposes(who)
        check_whole(request)
        with self.database.write() as connection:
            case = self._case(connection, who, request.entity, request.entity_id)
            check_answerable(case, request.answer)
            check_seen(case, request.seen)
            if case.is_given_first and request.amount is not None:
                raise Refused(
                    "钱已经给了，这里不改金额。",
                    do="给错了请村里冲正。",
                    code="K-70",
                    field="amount",
                )
            if case.held is not None and request.answer is not Answer.UNDO:
                self._changes().check(connection, _change(who, request))
            self._take_over(connection, who, case)
            made = new_id(self.clock.now())
            row = {
                "id": made,
                "entity": case.entity,
                "entity_id": case.entity_id,
                "village_code": case.village or "",
                "level": who.role.level.value,
                "answer": request.answer.value,
                "category": request.category,
                "amount_fen": None if request.amount is None else request.amount.fen,
                "note": request.note.strip(),
                "terms": request.terms,
                "basis": case.basis,
                "state": Standing.OPEN.value,
                "maker_id": who.id,
                "made_at": instant_text(self.clock.now()),
            }
            connection.execute(insert(opinion), row)
            self._note(connection, who, "propose", case, made)
        return made

    def approve(self, who: Staff, opinion_id: str, remark: str = "") -> str:
        """Decide as proposed; return the id of the case.

        Raises Refused K-64 … K-68 and those of `Decisions`, `ReliefDecisions`, `CountyGraces`.
        """
        with self.database.write() as connection:
            case, row = self._answered(connection, who, opinion_id)
            check_answers(who, row["maker_id"], stands_before(row), case.whose.level)
            if row["endorser_id"] == who.id:
                raise Refused("自己上报的不能自己审批。", do="请换一位负责人来审批。", code="K-66")
            self._close(connection, who, row, Standing.DECIDED, remark)
            self._decide(connection, who, case, row, remark)
            self._note(connection, who, "approve", case, opinion_id)
        return case.entity_id

    def endorse(self, who: Staff, opinion_id: str, remark: str = "") -> str:
        """The township agrees and hands it on to the county. Raises Refused K-64 … K-68."""
        with self.database.write() as connection:
            case, row = self._answered(connection, who, opinion_id)
            if row["state"] != Standing.OPEN:
                raise _gone()
            check_endorses(who, row["maker_id"], Level(row["level"]), case.whose.level)
            values = {
                "state": Standing.ENDORSED.value,
                "endorser_id": who.id,
                "endorsed_at": instant_text(self.clock.now()),
                "endorse_note": remark.strip(),
            }
            connection.execute(update(opinion).where(opinion.c.id == opinion_id).values(values))
            self._note(connection, who, "endorse", case, opinion_id)
        return case.entity_id

    def reject(self, who: Staff, opinion_id: str, remark: str) -> str:
        """The proposal is not taken; the handler proposes again. Raises Refused K-64 … K-70."""
        if not remark.strip():
            raise Refused("打回要写原因。", do="请写一句哪里不对。", code="K-70", field="remark")
        with self.database.write() as connection:
            case, row = self._answered(connection, who, opinion_id, stale=True)
            is_theirs = who.role.level is Level.COUNTY or stands_before(row) is Level.TOWNSHIP
            if who.role.proposes or not is_theirs:
                raise Refused("这一件不是您来答复。", do="请让负责人来办。", code="K-64")
            self._close(connection, who, row, Standing.REJECTED, remark)
            self._note(connection, who, "reject", case, opinion_id)
        return case.entity_id

    def send_back(self, who: Staff, request: SendBack) -> str:
        """Return an application to the village; a proposal that waits is void.

        One person may: nothing is granted or refused by it. Raises Refused K-65, K-67 for a
        township once it stands before the county, K-68, K-70 without a word of what is wrong, and
        those of `Decisions`.
        """
        if not request.note.strip() and not request.comments:
            raise Refused(
                "退回要写清哪里要改。", do="请在要改的栏目后面写一句，或写总的原因。", code="K-70"
            )
        said = request.note.strip() or f"有 {len(request.comments)} 处要改，见逐项意见。"
        with self.database.write() as connection:
            case = self._case(connection, who, APPLICATION, request.application_id)
            check_seen(case, request.seen)
            waiting = waiting_for(connection, case.entity_id, lock=True)
            if waiting is not None:
                check_sends_back(who, stands_before(waiting))
                self._close(connection, who, waiting, Standing.DROPPED, said)
            wanted = Decide(
                application_id=case.entity_id,
                status=ApplicationStatus.RETURNED,
                note=said,
                comments=request.comments,
            )
            Decisions(self.database, self.clock).enter(connection, wanted, who.id)
        return case.entity_id

    def publish(self, who: Staff, application_id: str) -> str:
        """What was agreed to is made public. Raises Refused K-65, K-19 for one not agreed to."""
        return self._follow(who, application_id, ApplicationStatus.PUBLISHED)

    def register(self, who: Staff, application_id: str) -> str:
        """A household that was refused is kept in view. Raises Refused K-65, K-19 for another."""
        return self._follow(who, application_id, ApplicationStatus.WATCHLISTED)

    def _follow(self, who: Staff, application_id: str, status: ApplicationStatus) -> str:
        """What follows on a decision; nothing is granted or refused by it, so one person may."""
        with self.database.write() as connection:
            case = self._case(connection, who, APPLICATION, application_id)
            wanted = Decide(application_id=case.entity_id, status=status)
            Decisions(self.database, self.clock).enter(connection, wanted, who.id)
        return case.entity_id

    def _case(
        self,
        connection: Connection,
        who: Staff,
        entity: str,
        entity_id: str,
        agreed_fen: int | None = None,
    ) -> Case:
        """The case, its village held until the end of the transaction, in the scope of `who`."""
        village = village_of(connection, entity, entity_id)
        check_scope(who, village)
        Ledger(connection, self.clock.now()).lock([village or COUNTY_SCOPE])
        return read_case(connection, self.clock, entity, entity_id, agreed_fen)

    def _take_over(self, connection: Connection, who: Staff, case: Case) -> None:
        """A county handler may say it anew for the county; else one proposal waits at a time.

        Raises Refused K-69.
        """
        waiting = waiting_for(connection, case.entity_id, lock=True)
        if waiting is None:
            return
        if who.role.level is Level.TOWNSHIP or waiting["state"] != Standing.ENDORSED:
            raise Refused("这一件已经有意见在等审批。", do="请等审批，或打回后再提。", code="K-69")
        self._close(connection, who, waiting, Standing.TAKEN, "")

    def _answered(
        self, connection: Connection, who: Staff, opinion_id: str, *, stale: bool = False
    ) -> tuple[Case, Mapping[str, Any]]:
        """A waiting proposal, held, and its case. Raises Refused K-65, K-68, K-69."""
        query = select(opinion).where(opinion.c.id == opinion_id)
        found = connection.execute(query).mappings().first()
        if found is None:
            raise _gone()
        agreed = found["amount_fen"] if found["answer"] == Answer.AGREE else None
        case = self._case(connection, who, found["entity"], found["entity_id"], agreed)
        row = dict(connection.execute(query.with_for_update()).mappings().one())
        if row["state"] not in WAITING:
            raise _gone()
        if not stale:
            check_seen(case, row["basis"])
        return case, row

    def _decide(
        self, connection: Connection, who: Staff, case: Case, row: Mapping[str, Any], remark: str
    ) -> None:
        """Carry out what was proposed."""
        agrees = row["answer"] == Answer.AGREE
        amount = None if row["amount_fen"] is None else Money(row["amount_fen"])
        said = "；".join(text for text in (row["note"], remark.strip()) if text)
        if row["entity"] == RELIEF:
            answer = AnswerRelief(
                relief_id=row["entity_id"], agrees=agrees, by=who.title, amount=amount, note=said
            )
            ReliefDecisions(self.clock).enter(connection, answer, who.id)
            return
        if row["entity"] == HOUSEHOLD:
            self._say_benefit(connection, who, row, amount, said)
            return
        if row["entity"] == GRACE:
            event = grace_event(case.body, Answer(row["answer"]))
            say = Say(grace_id=case.entity_id, event=event, by=who.title, note=said, **row["terms"])
            CountyGraces(self.database, self.clock).enter(connection, say, who.id)
            return
        status = ApplicationStatus.CONFIRMED if agrees else ApplicationStatus.REFUSED
        wanted = Decide(
            application_id=row["entity_id"],
            status=status,
            category=Category(row["category"]) if agrees and row["category"] else None,
            benefit_month=amount if agrees else None,
            note=said,
        )
        Decisions(self.database, self.clock).enter(connection, wanted, who.id)

    def _say_benefit(
        self,
        connection: Connection,
        who: Staff,
        row: Mapping[str, Any],
        amount: Money | None,
        said: str,
    ) -> None:
        """Another sum, no more of it, or the newest word taken back."""
        home, by, paper = row["entity_id"], who.title, row["terms"]["paper_no"]
        if row["answer"] == Answer.UNDO:
            undo = UndoBenefit(household_id=home, by=by, paper_no=paper, reason=said)
            self._changes().enter_undo(connection, undo, who.id)
            return
        wanted = ChangeBenefit(
            household_id=home,
            month_sum=amount if row["answer"] == Answer.CHANGE else None,
            begins=first_of(row["terms"]["begins"]),
            by=by,
            paper_no=paper,
            reason=said,
        )
        self._changes().enter(connection, wanted, who.id)

    def _changes(self) -> BenefitChanges:
        return BenefitChanges(self.database, self.clock)

    def _close(
        self,
        connection: Connection,
        who: Staff,
        row: Mapping[str, Any],
        state: Standing,
        remark: str,
    ) -> None:
        values = {
            "state": state.value,
            "checker_id": who.id,
            "checked_at": instant_text(self.clock.now()),
            "check_note": remark.strip(),
        }
        connection.execute(update(opinion).where(opinion.c.id == row["id"]).values(values))

    def _note(
        self, connection: Connection, who: Staff, what: str, case: Case, opinion_id: str
    ) -> None:
        note(connection, self.clock, who.id, what, f"{case.entity_id} {opinion_id} {case.basis}")


def _change(who: Staff, request: Propose) -> ChangeBenefit:
    """What would be entered if it were approved now."""
    return ChangeBenefit(
        household_id=request.entity_id,
        month_sum=request.amount if request.answer is Answer.CHANGE else None,
        begins=request.begins_on(),
        by=who.title,
        paper_no=request.paper_no,
        reason=request.note,
    )


def _gone() -> Refused:
    return Refused("没有等着审批的意见。", do="请重新打开这一件看看。", code="K-69")
