"""The steps of an application as the coordinator takes or is told of them.

One method for one step in most cases: what it takes is said by `application_guards`. Review,
notice and objection carry records of their own (`application_publicity`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import APPLICATION
from app.domain.casework import Application
from app.domain.clock import Clock
from app.domain.ids import ApplicationId, InvestigationId
from app.domain.problem import Refused
from app.domain.procedure import ApplicationStep
from app.rules.clocks import ClockKind, Event
from app.rules.deadlines import Deadline
from app.rules.procedure import hand_of
from app.services import application_guards as guards
from app.services.application_file import known_of
from app.services.application_lacks import counted_words, lacks_of
from app.services.application_materials import ask_for
from app.services.ground_rules import GroundRules
from app.services.notice_bodies import require_hangs
from app.services.stepping import (
    StepFacts,
    application_in,
    newest_step,
    pauses_of,
    record_step,
    this_round,
)
from app.services.work import Begin

if TYPE_CHECKING:
    from app.rules.terms import Terms
    from app.store.unit_of_work import UnitOfWork

E = ApplicationEvent
_BY_ANOTHER_ROAD = {
    E.REVIEWED: "评议结果",
    E.POST: "公示",
    E.POST_LIST: "确认公示",
    E.OBJECTION: "异议",
    E.REINVESTIGATED: "复查结果",
    E.REWORK: "新的测算",
}
"""Steps that carry more than this: they are recorded with what they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """One step. `materials` names what is asked for, `investigators` who went."""

    application: ApplicationId
    event: ApplicationEvent
    happened_on: date
    told_by: str = ""
    paper_no: str = ""
    note: str = field(default="", repr=False)
    materials: tuple[str, ...] = field(default=(), repr=False)
    investigators: tuple[str, ...] = field(default=(), repr=False)
    investigation: str = ""
    """The record of the 入户调查, where there is one."""
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What became of each comment of the county, by its key."""
    due_on: date | None = None
    """Until when what is asked for is to be brought (F09)."""
    received_by: str = field(default="", repr=False)
    """Who signed for the paper that tells of it (F10, F27)."""

    @property
    def facts(self) -> StepFacts:
        """What the step row keeps."""
        details: dict[str, object] = {}
        if self.materials:
            details["materials"] = list(self.materials)
        if self.investigators:
            details["investigators"] = [one.strip() for one in self.investigators]
            details["investigation_id"] = self.investigation
        if self.due_on is not None:
            details["due_on"] = self.due_on
        if self.received_by.strip():
            details["received_by"] = self.received_by.strip()
        if self.answers:
            details["answers"] = dict(self.answers)
        return StepFacts(
            happened_on=self.happened_on,
            told_by=self.told_by,
            paper_no=self.paper_no,
            note=self.note,
            details=details,
        )


@dataclass(frozen=True, slots=True)
class ApplicationSteps:
    """Use cases that move an application. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def take(self, request: TakeStep) -> Application:
        """Record a step. Raises Refused A-01, A-03, A-05 … A-24, A-45, A-46, A-48, F-31."""
        with self.begin() as work:
            application = application_in(work, request.application)
            self.take_in(work, application, request)
            moved = application_in(work, request.application)
            work.commit()
        return moved

    def take_in(self, work: UnitOfWork, application: Application, request: TakeStep) -> None:
        """`take` inside a transaction of the caller's."""
        event = request.event
        if event in _BY_ANOTHER_ROAD:
            raise ValueError(f"{event} is recorded together with what it is about")
        APPLICATION.after(application.status, event)
        terms = self.rules.terms(work)
        facts = request.facts
        guards.require_told(event, hand_of(event, terms), facts)
        self._require(work, application, request, terms)
        if event is E.NEED_MATERIAL:
            ask_for(work, application, request.materials, at=self.clock.now())
        record_step(work, application, event, facts, at=self.clock.now(), also=_also(request))

    def _require(
        self, work: UnitOfWork, application: Application, request: TakeStep, terms: Terms
    ) -> None:
        """What this kind of step takes besides. Raises Refused."""
        steps = work.procedure.steps(application.id)
        checks: Mapping[ApplicationEvent, Callable[[], None]] = {
            E.SUBMIT: lambda: self._require_whole(work, application, request.happened_on),
            E.RESUBMIT: lambda: self._require_mended(work, application, request),
            E.RESEND: lambda: self._require_mended(work, application, request),
            E.REOPEN: lambda: guards.require_way_back(E.REOPEN, steps),
            E.NEED_MATERIAL: lambda: _require_named(request.materials, steps),
            E.MATERIAL_IN: lambda: guards.require_material_in(
                steps, work.procedure.materials(application.id)
            ),
            E.ACCEPT: lambda: guards.require_acceptable(terms, steps),
            E.PRECHECK: lambda: self._require_authorised(work, application, request, "核对"),
            E.SEND_CHECK: lambda: self._require_authorised(work, application, request, "送去核对"),
            E.CHECK_REPORT: lambda: self._require_sent(work, application, request),
            E.INVESTIGATED: lambda: require_investigated(
                work, application, request.investigators, request.investigation
            ),
            E.NEED_REVIEW: lambda: guards.require_reviews_held(terms),
            E.EXTEND: lambda: self._require_in_time(work, steps, request.happened_on),
            E.NOTICE_CLEAN: lambda: self._require_notice_over(work, application, request.facts),
        }
        check = checks.get(request.event)
        if check is not None:
            check()

    def _require_authorised(
        self, work: UnitOfWork, application: Application, request: TakeStep, doing: str
    ) -> None:
        """Raises Refused A-46."""
        known = known_of(work, self.rules, application)
        guards.require_authorised(known, request.happened_on, doing)

    def _require_sent(self, work: UnitOfWork, application: Application, request: TakeStep) -> None:
        """A result stands on the authorisations of the day it was asked for; where nobody said
        which day that was, on those of its own. Raises Refused A-46."""
        if newest_step(this_round(work.procedure.steps(application.id)), E.SEND_CHECK) is None:
            self._require_authorised(work, application, request, "记核对结果")

    def _require_in_time(
        self, work: UnitOfWork, steps: Sequence[ApplicationStep], on: date
    ) -> None:
        """Nothing is extended that is over already: it would hide that it is late. Raises Refused
        A-21."""
        guards.require_not_extended(steps)
        round_ = this_round(steps)
        accepted = newest_step(round_, E.ACCEPT)
        if accepted is None:
            return
        happened = {Event.ACCEPTED: accepted.happened_on}
        due = self.rules.deadline(
            work, ClockKind.DECISION, happened, pauses=pauses_of(round_)
        ).due_on
        if due is not None and on > due:
            raise Refused(
                f"办理的期限 {due.year}年{due.month}月{due.day}日就到了，过了不能再延长。",
                do="请抓紧办；当时就延长了的，请照延长告知书上的日子记。",
                code="A-21",
                field="happened_on",
            )

    def _require_whole(self, work: UnitOfWork, application: Application, on: date) -> None:
        """Facts and signatures before it is handed in on a day. Raises Refused A-02."""
        known = known_of(work, self.rules, application, on)
        lacks = [one for one in lacks_of(known) if one.blocks]
        if lacks:
            raise Refused(
                f"还差：{counted_words(lacks)}。",
                safe="草稿好好的，先放着也行。",
                do="请照“还缺什么”一样一样补上，再提交。",
                code="A-02",
                field=lacks[0].section or None,
            )

    def _require_mended(
        self, work: UnitOfWork, application: Application, request: TakeStep
    ) -> None:
        """What the county returned goes back the way it came, every comment answered.

        Raises Refused A-02, A-22, A-23.
        """
        guards.require_way_back(request.event, work.procedure.steps(application.id))
        left = [one for one in application.comments if not request.answers.get(one.key, "").strip()]
        if left:
            raise Refused(
                f"县里提的意见还有 {len(left)} 处没有回。",
                do="请按回车去改，改好写一句“已改”；不用改就写为什么。",
                code="A-23",
                field=left[0].key,
            )
        self._require_whole(work, application, request.happened_on)

    def _require_notice_over(
        self, work: UnitOfWork, application: Application, facts: StepFacts
    ) -> None:
        notice = next(iter(work.procedure.notices(application.id)), None)
        deadline = None if notice is None else self._notice_deadline(work, notice.posted_on)
        guards.require_not_awaited(work.procedure.steps(application.id))
        guards.require_notice_over(notice, deadline, facts)
        require_hangs(work, self.rules, application)
        known = known_of(work, self.rules, application)
        guards.require_authorised(known, facts.happened_on, "报县里")

    def _notice_deadline(self, work: UnitOfWork, posted_on: date) -> Deadline:
        return self.rules.deadline(work, ClockKind.NOTICE, {Event.POSTED: posted_on})


def require_investigated(
    work: UnitOfWork, application: Application, names: Sequence[str], investigation: str
) -> None:
    """Two people, and where a record of the visit is named, one of this household, made for this
    application or for none, since it was handed in.

    Raises Refused A-13, A-40.
    """
    guards.require_investigators(
        names,
        work.households.get(application.household),
        work.procedure.relatives(application.household),
    )
    if not investigation:
        return
    found = work.visiting.investigation(InvestigationId(investigation))
    if found is None or found.household != application.household:
        raise Refused("这次入户调查不是这一户的。", do="请重新选一次，或只写调查人。", code="A-40")
    if found.application not in {None, application.id} or (
        found.investigated_on < application.filed_on
    ):
        raise Refused(
            "这次入户调查是以前的，不是为这份申请做的。",
            do="请选这次的，或只写调查人。",
            code="A-40",
        )
    if {one.strip() for one in names if one.strip()} != set(found.investigators):
        raise Refused(
            "调查人和入户调查表上写的不是同样的人。",
            do=f"表上是{'、'.join(found.investigators)}，请照表上的写。",
            code="A-40",
            field="investigators",
        )


def close_by_death(
    work: UnitOfWork,
    application: Application,
    facts: StepFacts,
    *,
    at: datetime,
) -> None:
    """End an application whose applicant has died, inside a transaction of the caller's.

    The step stands on the day of death, or on the day of the step before where that was later.
    Raises Refused A-01 for one that is decided or over.
    """
    steps = work.procedure.steps(application.id)
    on = max([facts.happened_on, *(one.happened_on for one in steps[-1:])])
    record_step(
        work,
        application,
        E.DEATH,
        replace(facts, happened_on=on),
        at=at,
        also={"ended_on": on, "end_reason": facts.note.strip()},
    )


def _require_named(materials: Sequence[str], steps: Sequence[ApplicationStep]) -> None:
    """Raises Refused A-10, A-24."""
    guards.require_not_standing(steps)
    if not [one for one in materials if one.strip()]:
        raise Refused(
            "要补什么材料没有写。",
            do="请一次说全，一行写一样。",
            code="A-24",
            field="materials",
        )


def _also(request: TakeStep) -> dict[str, object]:
    """Further fields of the application a step sets."""
    if request.event in {E.SUBMIT, E.RESUBMIT}:
        return {"filed_on": request.happened_on}
    if request.event in {E.WITHDRAW, E.DEATH}:
        return {"ended_on": request.happened_on, "end_reason": request.note.strip()}
    return {}
