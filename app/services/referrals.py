"""Leads and referrals (线索、转介): noted, moved step by step, answered, told, closed.

A step is one event of `app.domain.referral_states`, one row of steps, one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId, LeadId, ReferralId, new_id
from app.domain.problem import Refused
from app.domain.referral_states import (
    LEAD,
    REASONED,
    REFERRAL,
    LeadEvent,
    LeadStatus,
    ReferralEvent,
    ReferralStatus,
)
from app.domain.referral_words import HandOn, ReferralNeed
from app.domain.visiting import CaseStep, Lead, Referral
from app.services.leads_gone_on import is_waiting_to_begin
from app.services.lived_in import require_people_left
from app.services.visit_following import NewLead, NewReferral, write_lead, write_referral
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_OVER: Final = frozenset(
    {ReferralStatus.CLOSED, LeadStatus.HANDED_ON, LeadStatus.DISMISSED},
)

_REFERRED: Final = {
    HandOn.REFERRAL: ReferralNeed.OTHER,
    HandOn.PROTECTION: ReferralNeed.PROTECTION,
}
"""What a lead is referred for that is handed on so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A lead or referral with whom it is about."""

    case: Lead | Referral
    who: str
    place: str
    is_to_begin: bool = False
    """A lead of which it was said how the village goes on with it, and nothing was begun."""

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be done."""
        return self.case.status in _OVER and not self.is_to_begin


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One lead or referral, what was done, and what may be done now."""

    line: CaseLine
    steps: tuple[CaseStep, ...]
    events: tuple[LeadEvent, ...] | tuple[ReferralEvent, ...]


@dataclass(frozen=True, slots=True)
class Referrals:
    """Use cases for leads and referrals. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def note_lead(self, new: NewLead) -> LeadId:
        """Note a lead. Raises Refused F-01, F-77, F-78, F-89."""
        return LeadId(
            self._write(new.household, new.found_on, "线索", lambda w: self._lead(w, new))
        )

    def line_of(self, household: HouseholdId) -> HouseholdLine | None:
        """A household as a search shows it; None for one that is no longer here."""
        with self.begin() as work:
            return next((one for one in work.households.lines() if one.id == household), None)

    def refer(self, new: NewReferral) -> ReferralId:
        """Make a referral. Raises Refused F-01, F-65, F-78, F-89."""
        return ReferralId(
            self._write(
                new.household,
                new.made_on,
                "转介",
                lambda work: write_referral(work, new, at=self.clock.now()),
            )
        )

    def move_lead(self, lead_id: LeadId, event: LeadEvent, note: str = "") -> CaseFile:
        """One step of a lead. Raises Refused F-66, F-67, F-72 also for one that is gone on with,
        F-85 for a line of a comparison list without what was found."""
        if event is LeadEvent.DISMISS:
            _require_reason(note)
        with self.begin() as work:
            lead = work.visiting.lead(lead_id)
            if lead is None:
                raise _no_case()
            after = LEAD.after(lead.status, event)
            _require_not_begun(work, lead)
            _require_finding(lead, event, note)
            subject = lead.household or lead.id
            work.change(
                kind="lead.moved",
                entity="lead",
                entity_id=lead.id,
                subject=subject,
                fields={"status": after},
            )
            self._step(work, "lead", lead.id, subject, (event, after, note))
            found = _lead_file(work, lead_id)
            work.commit()
        return found

    def hand_on(self, lead_id: LeadId, way: HandOn, to_org: str = "", note: str = "") -> CaseFile:
        """Hand a lead on, all in one: a referral is made of it, or it is noted whose it is now.

        Raises Refused F-65 without a place, F-67, F-72, F-80 where it takes a household,
        F-89 where nobody is left in it.
        """
        with self.begin() as work:
            lead = work.visiting.lead(lead_id)
            if lead is None:
                raise _no_case()
            after = LEAD.after(lead.status, LeadEvent.HAND_ON)
            _require_not_begun(work, lead)
            _require_whom(lead, way, to_org)
            if way is not HandOn.OTHERS and lead.household is not None:
                require_people_left(work, lead.household, self.clock.today(), way.label, "way")
            if way in _REFERRED and lead.household is not None:
                referral = NewReferral(
                    household=lead.household,
                    need=_REFERRED[way],
                    to_org=to_org,
                    content=lead.content,
                    made_on=self.clock.today(),
                    visit=lead.visit,
                    lead=lead.id,
                )
                write_referral(work, referral, at=self.clock.now())
            subject = lead.household or lead.id
            work.change(
                kind="lead.moved",
                entity="lead",
                entity_id=lead.id,
                subject=subject,
                fields={"status": after, "way": way},
            )
            told = "，".join(filter(None, (way.label, to_org.strip(), note.strip())))
            self._step(work, "lead", lead.id, subject, (LeadEvent.HAND_ON, after, told))
            found = _lead_file(work, lead_id)
            work.commit()
        return found

    def look_by(self, lead_id: LeadId, due_on: date) -> CaseFile:
        """Until when a lead is to be looked into. Raises Refused F-67, F-79."""
        with self.begin() as work:
            lead = work.visiting.lead(lead_id)
            if lead is None:
                raise _no_case()
            if due_on < lead.found_on:
                raise Refused(
                    "最晚的日子早于知道的那天。", do="请核对日期。", code="F-79", field="due_on"
                )
            work.change(
                kind="lead.due",
                entity="lead",
                entity_id=lead.id,
                subject=lead.household or lead.id,
                fields={"due_on": due_on},
            )
            found = _lead_file(work, lead_id)
            work.commit()
        return found

    def move(self, referral_id: ReferralId, event: ReferralEvent, note: str = "") -> CaseFile:
        """One step of a referral. Raises Refused F-66, F-67, F-71, F-90 for a report of anything
        but a child to be protected."""
        if event in REASONED:
            _require_reason(note)
        with self.begin() as work:
            referral = work.visiting.referral(referral_id)
            if referral is None:
                raise _no_case()
            after = REFERRAL.after(referral.status, event)
            _require_reportable(referral, event)
            work.change(
                kind="referral.moved",
                entity="referral",
                entity_id=referral.id,
                subject=referral.household,
                fields={"status": after},
            )
            self._step(work, "referral", referral.id, referral.household, (event, after, note))
            found = _referral_file(work, referral_id)
            work.commit()
        return found

    def ask_until(self, referral_id: ReferralId, due_on: date) -> CaseFile:
        """Until when the other side is asked to answer. Raises Refused F-67, F-79."""
        with self.begin() as work:
            referral = work.visiting.referral(referral_id)
            if referral is None:
                raise _no_case()
            if due_on < referral.made_on:
                raise Refused(
                    "要求回复的日子早于转介那天。", do="请核对日期。", code="F-79", field="due_on"
                )
            work.change(
                kind="referral.due",
                entity="referral",
                entity_id=referral.id,
                subject=referral.household,
                fields={"due_on": due_on},
            )
            found = _referral_file(work, referral_id)
            work.commit()
        return found

    def lines(self) -> list[CaseLine]:
        """Every lead and referral, those still open first, the newest first."""
        with self.begin() as work:
            cases: list[Lead | Referral] = [*work.visiting.leads(), *work.visiting.referrals()]
            lines = [_line(work, case) for case in cases]
        return sorted(lines, key=lambda line: line.is_over)

    def of(self, household: HouseholdId) -> list[CaseLine]:
        """A household's leads and referrals, the newest first."""
        with self.begin() as work:
            cases: list[Lead | Referral] = [
                *work.visiting.leads_of(household),
                *work.visiting.referrals_of(household),
            ]
            return [_line(work, case) for case in cases]

    def open(self, case_id: str) -> CaseFile:
        """One lead or referral. Raises Refused F-67."""
        with self.begin() as work:
            if work.visiting.lead(LeadId(case_id)) is not None:
                return _lead_file(work, LeadId(case_id))
            return _referral_file(work, ReferralId(case_id))

    def _lead(self, work: UnitOfWork, new: NewLead) -> str:
        return write_lead(work, new, at=self.clock.now())

    def _write(
        self,
        household: HouseholdId | None,
        on: date,
        what: str,
        write: Callable[[UnitOfWork], str],
    ) -> str:
        if on > self.clock.today():
            raise Refused("日期晚于今天。", do="请核对日期。", code="F-78", field="on")
        with self.begin() as work:
            if household is not None:
                require_people_left(work, household, on, what, "on")
            made = write(work)
            work.commit()
        return made

    def _step(
        self,
        work: UnitOfWork,
        of: str,
        case_id: str,
        subject: str,
        said: tuple[LeadEvent | ReferralEvent, LeadStatus | ReferralStatus, str],
    ) -> None:
        event, status, note = said
        now = self.clock.now()
        work.change(
            kind=f"{of}.stepped",
            entity=f"{of}_step",
            entity_id=new_id(now),
            subject=subject,
            new=True,
            fields={
                f"{of}_id": case_id,
                "seq": 1 + len(_steps_of(work, of, case_id)),
                "event": event,
                "status": status,
                "happened_on": self.clock.today(),
                "who": work.identity.officer_name,
                "note": note.strip(),
                "recorded_at": now,
            },
        )


def _steps_of(work: UnitOfWork, of: str, case_id: str) -> list[CaseStep]:
    if of == "lead":
        return work.visiting.lead_steps(LeadId(case_id))
    return work.visiting.referral_steps(ReferralId(case_id))


def _require_not_begun(work: UnitOfWork, lead: Lead) -> None:
    """Raises Refused F-72."""
    if lead.status is LeadStatus.HANDED_ON and not is_waiting_to_begin(work, lead):
        raise Refused("这条线索已经接着办了。", do="请在那一件事里接着记。", code="F-72")


def _require_reason(note: str) -> None:
    if not note.strip():
        raise Refused("这一步要写为什么。", do="请写一句原因。", code="F-66", field="note")


def _require_finding(lead: Lead, event: LeadEvent, note: str) -> None:
    """The county asked, so it is told what was found (S0:L27). Raises Refused F-85."""
    if lead.batch and event is LeadEvent.VERIFY and not note.strip():
        raise Refused(
            "县里比对名单上的，要写核实下来怎么样。",
            do="请写一句：情况属实、名单弄错了，还是变了。",
            code="F-85",
            field="note",
        )


def _require_reportable(referral: Referral, event: ReferralEvent) -> None:
    """Raises Refused F-90: nobody else is handed on without having agreed."""
    if event is ReferralEvent.REPORT and referral.need is not ReferralNeed.PROTECTION:
        raise Refused(
            "只有保护孩子的才不用本人同意就报。", do="请先问本人，记“本人同意”。", code="F-90"
        )


def _require_whom(lead: Lead, way: HandOn, to_org: str) -> None:
    """Raises Refused F-80 without a household where one is needed, F-65 without a place."""
    takes_household = {*_REFERRED, HandOn.APPLICATION, HandOn.CASE_PLAN}
    if way in takes_household and lead.household is None:
        raise Refused(
            "还不知道是哪一户，不能转介、申请、开个案。",
            do="是村里的人，请按那一户再记一条线索；急的先行救助不用户。",
            code="F-80",
            field="way",
        )
    if way in {*_REFERRED, HandOn.OTHERS} and not to_org.strip():
        raise Refused(
            "还没写交到哪里、交给谁。",
            do="请写接收单位或姓名，比如镇卫生院。",
            code="F-65",
            field="to_org",
        )


def _no_case() -> Refused:
    return Refused("找不到这条线索或转介。", do="请回到列表。", code="F-67")


def _line(work: UnitOfWork, case: Lead | Referral) -> CaseLine:
    who, place = work.visiting.place_of(case.household)
    known = case.who if isinstance(case, Lead) else ""
    waits = isinstance(case, Lead) and is_waiting_to_begin(work, case)
    return CaseLine(case=case, who=who or known, place=place, is_to_begin=waits)


def _lead_file(work: UnitOfWork, lead_id: LeadId) -> CaseFile:
    lead = work.visiting.lead(lead_id)
    if lead is None:
        raise _no_case()
    steps = tuple(work.visiting.lead_steps(lead_id))
    line = _line(work, lead)
    events = LEAD.events(lead.status) if not line.is_over else ()
    return CaseFile(line=line, steps=steps, events=events)


def _referral_file(work: UnitOfWork, referral_id: ReferralId) -> CaseFile:
    referral = work.visiting.referral(referral_id)
    if referral is None:
        raise _no_case()
    steps = tuple(work.visiting.referral_steps(referral_id))
    return CaseFile(line=_line(work, referral), steps=steps, events=_events(referral))


def _events(referral: Referral) -> tuple[ReferralEvent, ...]:
    """What may be done: a child is reported and nobody asked, anybody else is asked first."""
    other = ReferralEvent.REPORT
    if referral.need is ReferralNeed.PROTECTION:
        other = ReferralEvent.CONSENT
    return tuple(one for one in REFERRAL.events(referral.status) if one is not other)
