"""入户调查: by two people, written once, a home visit at the same time (F04; 民发〔2021〕57号)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.casework import Met
from app.domain.clock import Clock
from app.domain.households import Household
from app.domain.ids import ApplicationId, HouseholdId, InvestigationId, VisitId, new_id
from app.domain.problem import Refused
from app.domain.visit_words import VisitKind
from app.domain.visiting import Investigation
from app.services.application_guards import stands_back
from app.services.missing import no_household
from app.services.visit_days import oldest_day
from app.services.visit_following import keep_plans
from app.services.visits import RecordVisit, write_visit
from app.services.work import Begin

INVESTIGATORS: Final = 2
LONGEST_ANSWER: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInvestigation:
    """F04 as filled in; `answers` by the names of its blocks (`app.domain.investigating`)."""

    household: HouseholdId
    investigated_on: date
    investigators: tuple[str, ...]
    respondent: str = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    fits: bool | None
    conclusion: str = field(repr=False)
    application: ApplicationId | None = None
    draft_key: str | None = None


@dataclass(frozen=True, slots=True)
class Investigations:
    """Use cases for 入户调查. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def record(self, request: RecordInvestigation) -> InvestigationId:
        """Save one. Raises Refused F-01, F-73, F-74, F-75, F-76, F-87, F-88."""
        people = _require_two(request.investigators)
        fits = _require_answered(request)
        _require_day(request.investigated_on, self.clock.today())
        now = self.clock.now()
        investigation, visit = InvestigationId(new_id(now)), VisitId(new_id(now))
        with self.begin() as work:
            household = work.households.get(request.household)
            if household is None:
                raise no_household()
            _require_lived_in(household, request.investigated_on)
            if stands_back(household, work.procedure.relatives(household.id)) & set(people):
                raise Refused(
                    "调查人里有这一户的家里人、赡养人或登记过的近亲属。",
                    do="请写去调查的两位；只是同名，就在名字后面写上单位。",
                    code="F-73",
                    field="investigators",
                )
            if request.application is not None:
                application = work.casework.application(request.application)
                if application is None or application.household != request.household:
                    raise Refused(
                        "这份申请不是这一户的。", do="请从这户的申请里进来。", code="F-76"
                    )
            work.change(
                kind="investigation.recorded",
                entity="investigation",
                entity_id=investigation,
                subject=request.household,
                new=True,
                on=request.investigated_on,
                fields={
                    "household_id": request.household,
                    "application_id": request.application,
                    "investigated_on": request.investigated_on,
                    "investigators": list(people),
                    "respondent": request.respondent.strip(),
                    "answers": _said(request.answers),
                    "fits": fits,
                    "conclusion": request.conclusion.strip(),
                    "recorded_at": now,
                },
            )
            head = household.head_member
            is_head = head is not None and request.respondent.strip() == head.person.name
            met = Met.SELF if is_head else Met.FAMILY
            seen = RecordVisit(
                household=request.household,
                visited_on=request.investigated_on,
                met=met,
                kind=VisitKind.INVESTIGATION,
                note=f"入户调查：{'、'.join(people)}",
            )
            write_visit(work, visit, seen, at=now)
            keep_plans(
                work,
                request.household,
                visit,
                met,
                on=request.investigated_on,
                again_on=None,
                at=now,
            )
            if request.draft_key is not None:
                work.local.drop_draft(request.draft_key)
            work.commit()
        return investigation

    def of(self, household: HouseholdId) -> list[Investigation]:
        """A household's, the newest first."""
        with self.begin() as work:
            return work.visiting.investigations_of(household)

    def of_application(self, application: ApplicationId) -> Investigation | None:
        """The newest that was made for an application; None while there is none.

        What `investigation_done` of an application rests on: its id and its investigators.
        """
        with self.begin() as work:
            known = work.casework.application(application)
            found = [] if known is None else work.visiting.investigations_of(known.household)
        return next((one for one in found if one.application == application), None)


def _require_two(names: tuple[str, ...]) -> tuple[str, ...]:
    """Raises Refused F-73 with fewer than two different people."""
    people = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    if len(people) < INVESTIGATORS:
        raise Refused(
            "入户调查要两个人以上，名字不能一样。",
            do="请写两位调查人的名字。",
            code="F-73",
            field="investigators",
        )
    return people


def _require_day(on: date, today: date) -> None:
    """Raises Refused F-75 for a day that is to come, F-87 for one of long ago."""
    if on > today:
        raise Refused("调查日期晚于今天。", do="请核对日期。", code="F-75", field="investigated_on")
    if on < oldest_day(today):
        raise Refused(
            "调查日期太早了，是五年以前。", do="请核对年份。", code="F-87", field="investigated_on"
        )


def _require_lived_in(household: Household, on: date) -> None:
    """Raises Refused F-88 for one made after the household had ended."""
    ended_on = household.ended_on
    if ended_on is not None and on > ended_on:
        raise Refused(
            f"这一户 {ended_on.month}月{ended_on.day}日起已经没有人了，不能再记入户调查。",
            do="人搬去别的户了，请记在那一户；调查在那天以前，请改日期；记错了人走的，请在“家庭”里撤销。",
            code="F-88",
            field="investigated_on",
        )


def _require_answered(request: RecordInvestigation) -> bool:
    """Whether it fits. Raises Refused F-74 where respondent or conclusion is missing."""
    missing = "respondent" if not request.respondent.strip() else ""
    missing = missing or ("fits" if request.fits is None else "")
    if not missing and not request.fits and not request.conclusion.strip():
        missing = "conclusion"
    if missing or request.fits is None:
        raise Refused(
            "被调查人、结论都要写；不符合的要写为什么。",
            do="请把空着的补上。",
            code="F-74",
            field=missing,
        )
    return request.fits


def _said(answers: Mapping[str, str]) -> dict[str, str]:
    """What was answered, without the blanks, each of bounded length."""
    return {key: text.strip()[:LONGEST_ANSWER] for key, text in answers.items() if text.strip()}
