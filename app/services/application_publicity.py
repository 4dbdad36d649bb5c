"""Where the village speaks about an application: review, notice, objection, and the answer to it.

Each deed writes its own record and the step that moves the application in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import APPLICATION
from app.domain.casework import Application
from app.domain.clock import Clock
from app.domain.ids import ApplicationId, new_id
from app.domain.notice_body import require_harmless
from app.domain.problem import Refused
from app.domain.procedure import (
    Attendant,
    NoticeKind,
    NoticePlace,
    ObjectionOutcome,
    Review,
)
from app.rules.clocks import ClockKind, Event
from app.rules.procedure import ReviewVerdict, review_verdict, shows_minors
from app.services import application_guards as guards
from app.services.application_file import known_of
from app.services.application_steps import require_investigated
from app.services.ground_rules import GroundRules
from app.services.notice_bodies import body_of
from app.services.retesting import require_postable, require_tested
from app.services.stepping import StepFacts, application_in, record_step
from app.services.work import Begin

E = ApplicationEvent
_LASTING: Final = "确认公示长期挂着，名单变了再换"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReview:
    """A review of one application. `session` is that of a meeting already recorded, or empty."""

    application: ApplicationId
    held_on: date
    place: str
    chair: str = field(repr=False)
    recorder: str = field(repr=False)
    expected: int
    attendance: tuple[Attendant, ...]
    agree: int
    against: int
    abstain: int
    opinion: str = field(default="", repr=False)
    session: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNotice:
    """A notice was put up. `contact` is where people may object: an office, never a person's."""

    application: ApplicationId
    kind: NoticeKind = NoticeKind.F07
    posted_on: date
    places: tuple[NoticePlace, ...]
    posted_by: tuple[str, ...] = field(repr=False)
    witnesses: tuple[str, ...] = field(repr=False)
    contact: str = ""
    support: str = ""
    """How 特困 are to be kept: 分散供养 or 集中供养; empty for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseObjection:
    """Somebody objected; nobody has to give a name."""

    application: ApplicationId
    raised_on: date
    raised_by: str = field(default="", repr=False)
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerObjection:
    """What looking again brought."""

    application: ApplicationId
    handled_on: date
    outcome: ObjectionOutcome
    reply: str = field(repr=False)
    investigators: tuple[str, ...] = field(repr=False)
    investigation: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationPublicity:
    """Use cases of review, notice and objection. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def review(self, request: HoldReview) -> ReviewVerdict:
        """Record a review and say how it ended.

        Raises Refused A-01, A-03, A-16 after one that did not pass, A-27 for votes that are not
        those of who was there, A-28 without chair, recorder or anybody present, or with somebody
        twice, A-41 where one of the household votes.
        """
        _require_counted(request)
        with self.begin() as work:
            application = application_in(work, request.application)
            APPLICATION.after(application.status, E.REVIEWED)
            guards.require_fair(
                request.attendance,
                (request.chair, request.recorder),
                work.households.get(application.household),
                work.procedure.relatives(application.household),
            )
            guards.require_not_failed(
                work.procedure.steps(application.id), work.procedure.reviews(application.id)
            )
            household = known_of(work, self.rules, application).household
            require_tested(work, self.rules, application, household)
            terms = self.rules.terms(work)
            verdict = review_verdict(terms, request.attendance, request.agree)
            review_id = new_id(self.clock.now())
            work.change(
                kind="application.reviewed",
                entity="community_review",
                entity_id=review_id,
                subject=application.household,
                new=True,
                on=request.held_on,
                fields=_review_fields(application, request, verdict, review_id),
            )
            record_step(
                work,
                application,
                E.REVIEWED,
                StepFacts(
                    happened_on=request.held_on,
                    note=request.opinion,
                    details={"review_id": review_id, "passed": verdict.passed},
                ),
                at=self.clock.now(),
            )
            work.commit()
        return verdict

    def sessions(self, application_id: ApplicationId) -> tuple[Review, ...]:
        """The reviews of an application, the newest first."""
        with self.begin() as work:
            return tuple(work.procedure.reviews(application_id))

    def post(self, request: PostNotice) -> None:
        """Record that the notice hangs, with what it says of the household; again, where what
        hangs is not so any more.

        F07 moves the application; F08, the list of those confirmed, only says that it hangs, and
        has no end. Raises Refused A-01, A-03, A-15 … A-18, A-47, A-49.
        """
        with self.begin() as work:
            application = application_in(work, request.application)
            event = E.POST if request.kind is NoticeKind.F07 else E.POST_LIST
            APPLICATION.after(application.status, event)
            known = known_of(work, self.rules, application)
            guards.require_posted(
                request.places, request.posted_by, request.witnesses, known.household
            )
            require_harmless([request.contact], known.household, request.posted_on)
            terms = self.rules.terms(work)
            ends_on, rule = None, _LASTING
            if event is E.POST:
                require_postable(work, self.rules, application)
                happened = {Event.POSTED: request.posted_on}
                deadline = self.rules.deadline(work, ClockKind.NOTICE, happened)
                ends_on, rule = deadline.due_on, deadline.explanation
            relative = None if known.relative is None else known.relative.has_relative
            notice_id = new_id(self.clock.now())
            work.change(
                kind="application.posted",
                entity="public_notice",
                entity_id=notice_id,
                subject=application.household,
                new=True,
                on=request.posted_on,
                fields={
                    "household_id": application.household,
                    "application_id": application.id,
                    "kind": request.kind,
                    "posted_on": request.posted_on,
                    "ends_on": ends_on,
                    "rule": rule,
                    "places": list(request.places),
                    "body": body_of(
                        application,
                        known.household,
                        known.tested,
                        relative=relative,
                        support=request.support,
                        on=request.posted_on,
                        minors_shown=shows_minors(terms),
                    )
                    | {"contact": request.contact.strip()},
                    "posted_by": _names(request.posted_by),
                    "witnesses": _names(request.witnesses),
                },
            )
            facts = StepFacts(happened_on=request.posted_on, details={"notice_id": notice_id})
            record_step(work, application, event, facts, at=self.clock.now())
            work.commit()

    def object(self, request: RaiseObjection) -> None:
        """Record an objection; the application is looked at again.

        Raises Refused A-01, A-03, A-08 without its content.
        """
        if not request.content.strip():
            raise Refused(
                "异议要写说的是什么。", do="请照原话写一句。", code="A-08", field="content"
            )
        with self.begin() as work:
            application = application_in(work, request.application)
            APPLICATION.after(application.status, E.OBJECTION)
            notice = next(iter(work.procedure.notices(application.id)), None)
            objection_id = new_id(self.clock.now())
            work.change(
                kind="application.objection",
                entity="notice_objection",
                entity_id=objection_id,
                subject=application.household,
                new=True,
                on=request.raised_on,
                fields={
                    "household_id": application.household,
                    "application_id": application.id,
                    "notice_id": "" if notice is None else notice.id,
                    "raised_on": request.raised_on,
                    "raised_by": request.raised_by.strip(),
                    "content": request.content.strip(),
                },
            )
            facts = StepFacts(
                happened_on=request.raised_on,
                note=request.content,
                details={"objection_id": objection_id},
            )
            record_step(work, application, E.OBJECTION, facts, at=self.clock.now())
            work.commit()

    def answer(self, request: AnswerObjection) -> None:
        """Record what looking again brought; after it the notice hangs anew.

        Raises Refused A-01, A-03, A-13, A-20, A-40.
        """
        if not request.reply.strip():
            raise Refused("怎么答复的没有写。", do="请写一句答复。", code="A-20", field="reply")
        with self.begin() as work:
            application = application_in(work, request.application)
            APPLICATION.after(application.status, E.REINVESTIGATED)
            require_investigated(work, application, request.investigators, request.investigation)
            for one in work.procedure.objections(application.id):
                if one.outcome is None:
                    work.change(
                        kind="application.objection_answered",
                        entity="notice_objection",
                        entity_id=one.id,
                        subject=application.household,
                        on=request.handled_on,
                        fields={
                            "handled_on": request.handled_on,
                            "outcome": request.outcome,
                            "reply": request.reply.strip(),
                        },
                    )
            facts = StepFacts(
                happened_on=request.handled_on,
                note=request.reply,
                details={
                    "outcome": request.outcome,
                    "investigators": _names(request.investigators),
                    "investigation_id": request.investigation,
                },
            )
            record_step(work, application, E.REINVESTIGATED, facts, at=self.clock.now())
            work.commit()


def _require_counted(request: HoldReview) -> None:
    """Raises Refused A-27, A-28."""
    voting = sum(not one.recused for one in request.attendance)
    if not (request.chair.strip() and request.recorder.strip() and request.attendance):
        raise Refused(
            "评议要有主持人、记录人和到会的人。", do="请补上。", code="A-28", field="chair"
        )
    if request.expected < len(request.attendance):
        raise Refused(
            f"应到 {request.expected} 人，到会的却有 {len(request.attendance)} 人。",
            do="请核对应到人数。",
            code="A-27",
            field="expected",
        )
    votes = (request.agree, request.against, request.abstain)
    if min(votes) < 0 or sum(votes) != voting:
        raise Refused(
            f"票数对不上：能投票的 {voting} 人，记了 {sum(votes)} 票。",
            do="请数一遍；回避的人不投票，没表态的算弃权。",
            code="A-27",
            field="agree",
        )


def _review_fields(
    application: Application, request: HoldReview, verdict: ReviewVerdict, review_id: str
) -> dict[str, object]:
    return {
        "household_id": application.household,
        "application_id": application.id,
        "session_id": request.session or review_id,
        "held_on": request.held_on,
        "place": request.place.strip(),
        "chair": request.chair.strip(),
        "recorder": request.recorder.strip(),
        "expected": request.expected,
        "attendance": [
            {"name": one.name, "role": one.role, "recused": one.recused}
            for one in request.attendance
        ],
        "agree": request.agree,
        "against": request.against,
        "abstain": request.abstain,
        "passed": verdict.passed,
        "rule": "；".join((verdict.rule, *verdict.reasons)),
        "opinion": request.opinion.strip(),
    }


def _names(names: Sequence[str]) -> list[str]:
    return [one.strip() for one in names if one.strip()]
