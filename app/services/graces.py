"""渐退: proposed from a means test, approved above, paid by the month, ended, and what comes then.

A step is one event of `app.domain.grace_states`, one row of steps, one transaction. The village
proposes; whoever confirms 低保 approves, lets go or takes back. Where that is the county its word
comes by sync; where the pack lets the township confirm it is recorded as told, with the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.application_events import Actor
from app.domain.clock import Clock
from app.domain.grace_shares import read_steps
from app.domain.grace_states import DECIDED_ABOVE, GRACE, UNDER_WAY, GraceEvent, GraceStatus
from app.domain.ids import AssessmentId, GraceId, HouseholdId, new_id
from app.domain.problem import Refused
from app.domain.standing import GracePeriod, GraceShare, moved_to
from app.domain.workdays import month_start
from app.rules.standing import confirms, shares_of
from app.rules.values import GraceStep
from app.services import grace_guards as guards
from app.services.grace_proposals import test_of, write_proposal
from app.services.ground_rules import GroundRules
from app.services.missing import no_household
from app.services.work import Begin

if TYPE_CHECKING:
    from app.rules.terms import Terms
    from app.store.unit_of_work import UnitOfWork

E = GraceEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class GraceFacts:
    """What is said about a step. `told_by` and `paper_no` where somebody above decided it.

    `shares` is what each month pays, as it was told ("3个月100%，3个月50%").
    """

    happened_on: date
    told_by: str = ""
    paper_no: str = ""
    note: str = field(default="", repr=False)
    shares: str = ""


@dataclass(frozen=True, slots=True)
class Graces:
    """Use cases for 渐退. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def propose(
        self, household: HouseholdId, assessment: AssessmentId | None = None, *, reason: str = ""
    ) -> GraceId:
        """Propose a 渐退 from a means test, the newest where none is named.

        Raises Refused F-01, G-03, G-04.
        """
        with self.begin() as work:
            home = work.households.get(household)
            if home is None:
                raise no_household()
            guards.require_none_under_way(work.standing.graces_of(household))
            test = test_of(work, household, assessment)
            made = write_proposal(work, self.rules.terms(work), (home, test, reason), self.clock)
            work.commit()
        return made

    def step(self, grace_id: GraceId, event: GraceEvent, facts: GraceFacts) -> GracePeriod:
        """One step. Raises Refused G-01, G-02, G-05…G-15."""
        with self.begin() as work:
            grace = grace_in(work, grace_id)
            after = GRACE.after(grace.status, event)
            self._check(work, grace, event, facts)
            also = self._also(work, grace, event, facts)
            self._append(work, grace, (event, after), facts)
            work.change(
                kind=f"grace.{event.value}",
                entity="grace_period",
                entity_id=grace.id,
                subject=grace.household,
                on=facts.happened_on,
                fields={"status": after, **also},
            )
            found = grace_in(work, grace_id)
            work.commit()
        return found

    def _check(
        self, work: UnitOfWork, grace: GracePeriod, event: GraceEvent, facts: GraceFacts
    ) -> None:
        terms = self.rules.terms(work)
        steps = work.standing.grace_steps(grace.id)
        guards.require_day(grace, steps, facts.happened_on, self.clock.today())
        if event in DECIDED_ABOVE or (
            event is E.CANCEL and grace.status is not GraceStatus.PROPOSED
        ):
            guards.require_word(confirms(terms), facts.told_by, facts.paper_no)
        guards.require_reason(event, facts.note)
        if event is E.BEGIN:
            guards.require_schedule(grace)
            guards.require_month_come(grace, facts.happened_on)
        if event is E.END:
            guards.require_months_over(grace, facts.happened_on)
        if event is E.EXIT:
            guards.require_exits_open(terms)

    def _also(
        self, work: UnitOfWork, grace: GracePeriod, event: GraceEvent, facts: GraceFacts
    ) -> dict[str, object]:
        """Further fields a step sets."""
        from app.store.queries.standing_rows import shares_json

        shares = grace.shares
        told = bool(facts.shares.strip()) and event in {E.SCHEDULE, E.APPROVE}
        if event is E.SCHEDULE or told:
            shares = self._told_shares(work, grace, facts.shares)
        if event is E.SCHEDULE:
            return {"shares": shares_json(shares)}
        if event is not E.APPROVE:
            return {}
        start = max(grace.start_month, month_start(facts.happened_on, 1))
        return {
            "shares": shares_json(moved_to(shares, start)),
            "start_month": start,
            "approved_on": facts.happened_on,
            "approved_by": facts.told_by.strip(),
            "paper_no": facts.paper_no.strip(),
        }

    def _told_shares(
        self, work: UnitOfWork, grace: GracePeriod, text: str
    ) -> tuple[GraceShare, ...]:
        """The months as they were told, worked out. Raises Refused G-14, G-15."""
        guards.require_open(grace)
        told = read_steps(text)
        steps = [GraceStep(one.months, one.percent) for one in told]
        guards.require_in_span(grace, sum(one.months for one in steps))
        worked = shares_of(
            self.rules.terms(work), grace.former, steps, grace.start_month, heads=grace.heads
        )
        amounts = [one.amount for one in told for _ in range(one.months)]
        shares = tuple(
            GraceShare(share.month, share.percent, share.amount if amount is None else amount)
            for share, amount in zip(worked, amounts, strict=True)
        )
        guards.require_kept(grace.shares, shares)
        return shares

    def _append(
        self,
        work: UnitOfWork,
        grace: GracePeriod,
        moved: tuple[GraceEvent, GraceStatus],
        facts: GraceFacts,
    ) -> None:
        now = self.clock.now()
        event, after = moved
        said = facts.note.strip()
        if facts.shares.strip():
            said = f"{facts.shares.strip()} {said}".strip()
        work.change(
            kind=f"grace.{event.value}",
            entity="grace_step",
            entity_id=new_id(now),
            subject=grace.household,
            new=True,
            on=facts.happened_on,
            fields={
                "household_id": grace.household,
                "grace_id": grace.id,
                "number": len(work.standing.grace_steps(grace.id)) + 1,
                "event": event,
                "before": grace.status,
                "after": after,
                "happened_on": facts.happened_on,
                "handler": work.identity.officer_name,
                "told_by": facts.told_by.strip(),
                "paper_no": facts.paper_no.strip(),
                "note": said,
                "recorded_at": now,
            },
        )


def events_of(grace: GracePeriod, terms: Terms) -> tuple[GraceEvent, ...]:
    """What the village may record now: not the county's word, nor a schedule that is whole."""
    is_county = confirms(terms).actor is Actor.COUNTY
    return tuple(
        event
        for event in GRACE.events(grace.status)
        if not (event is E.SCHEDULE and not grace.is_open)
        and not (is_county and event in DECIDED_ABOVE)
        and not (is_county and event is E.CANCEL and grace.status is not GraceStatus.PROPOSED)
    )


def grace_in(work: UnitOfWork, grace: GraceId) -> GracePeriod:
    """The 渐退. Raises Refused G-02."""
    found = work.standing.grace(grace)
    if found is None:
        raise Refused("找不到这份渐退。", do="请回到复核渐退的列表。", code="G-02")
    return found


def under_way(work: UnitOfWork, household: HouseholdId) -> GracePeriod | None:
    """The household's 渐退 that is not over, or None."""
    found = work.standing.graces_of(household)
    return next((one for one in found if one.status in UNDER_WAY), None)
