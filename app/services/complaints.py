"""投诉举报: written down as it came in, and answered within the term of the pack (S1:L20)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.caring import Complaint, ComplaintChannel
from app.domain.clock import Clock
from app.domain.ids import ComplaintId, HouseholdId
from app.domain.problem import Refused
from app.services.caring_steps import CaringFacts, no_record, require_day, require_said, write_new
from app.services.missing import no_household
from app.services.work import Begin


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComplaint:
    """A complaint as it is asked for; the household where it is about one."""

    household: HouseholdId | None = None
    who: str = field(default="", repr=False)
    channel: ComplaintChannel
    content: str = field(repr=False)
    received_on: date


@dataclass(frozen=True, slots=True)
class Complaints:
    """Use cases for complaints. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def receive(self, new: NewComplaint) -> ComplaintId:
        """Write a complaint down; its clock runs from that day. Raises Refused F-01, L-03, L-04."""
        with self.begin() as work:
            if new.household is not None and not work.households.has(new.household):
                raise no_household()
            require_day(CaringFacts(happened_on=new.received_on), (), self.clock.today())
            require_said(new.content, "content")
            fields: dict[str, object] = {
                "who": new.who.strip(),
                "channel": new.channel,
                "content": new.content.strip(),
                "received_on": new.received_on,
                "answered_on": None,
                "answer": "",
            }
            made = write_new(work, "complaint", new.household, fields, self.clock.now())
            work.commit()
        return ComplaintId(made)

    def answer(self, complaint: str, on: date, words: str) -> Complaint:
        """Say what was answered, once. Raises Refused L-03…L-05, L-14."""
        with self.begin() as work:
            found = work.caring.complaint(complaint)
            if found is None:
                raise no_record()
            if found.answered_on is not None:
                raise Refused(
                    "这件投诉已经答复过了。",
                    do="又来问的，请另记一件。",
                    code="L-14",
                    field="answer",
                )
            if on < found.received_on or on > self.clock.today():
                raise Refused(
                    "答复的日期晚于今天，或早于接到的那天。",
                    do="请核对日期。",
                    code="L-15",
                    field="happened_on",
                )
            require_said(words, "answer")
            work.change(
                kind="complaint.answered",
                entity="complaint",
                entity_id=found.id,
                subject=found.household or found.id,
                on=on,
                fields={"answered_on": on, "answer": words.strip()},
            )
            now = work.caring.complaint(complaint) or found
            work.commit()
        return now
