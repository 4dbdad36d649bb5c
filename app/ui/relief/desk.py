"""What the relief page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.households import Household, HouseholdLine
from app.domain.ids import HouseholdId, PersonId, ReliefId
from app.domain.relief_area import EventArea, area_words
from app.services.drafts import Drafts
from app.services.households import Households
from app.services.relief import ReliefCases
from app.services.relief_asked import Allowance, PayRelief
from app.services.relief_debts import Debt
from app.ui.relief.form import DRAFT_PREFIX, Payee, draft_key

NOTED: Final = frozenset({ReliefStatus.REPORTED, ReliefStatus.VERIFIED})
"""Told of, and not given yet."""
FOLLOW: Final = "follow:"
"""Before the id of a record: the page is opened to follow on it."""
MAKE_UP: Final = "make_up:"
"""Before the id of a record: its page is opened to tick which papers are there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be paid now, what has been paid, and what each record still owes."""

    allowance: Allowance
    cases: tuple[Relief, ...]
    debts: Mapping[ReliefId, tuple[Debt, ...]]
    areas: Mapping[EventArea, str] = field(default_factory=dict)
    """What the places around the village are called, as far as that is known."""


@dataclass(frozen=True, slots=True)
class Found:
    """A household picked as the one to help, and who of it."""

    line: HouseholdLine
    payee: Payee
    allowance: Allowance
    """What may be paid to it now."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page needs when it comes to the front."""

    standing: Standing
    found: Found | None
    payee: Payee
    draft: Mapping[str, Any] | None
    chosen: ReliefId | None
    """The payment the page was opened about."""
    follows: Relief | None = None
    """The record that relief is to follow on (跟进救助)."""
    noted: Relief | None = None
    """What was noted before anybody had looked, and is gone on with."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What was recorded, what its receipt is about, and what may be paid now."""

    relief: Relief
    receipt: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class ReliefDesk:
    """Jobs of the relief page. Call from the store thread only."""

    relief: ReliefCases
    households: Households
    drafts: Drafts

    def standing(
        self, household: HouseholdId | None = None, persons: int | None = None
    ) -> Standing:
        """Allowance, for `household` and so many of it where that is known, and list."""
        listed = self.relief.listed()
        return Standing(
            allowance=self.relief.allowance(household, persons),
            cases=tuple(case for case, _debts in listed),
            debts={case.id: debts for case, debts in listed},
            areas=area_words(self.relief.village()),
        )

    def opening(self, subject: str | None) -> Opening:
        """Everything for `subject`: a household, a payment, or the form left unfinished last."""
        if subject is not None and subject.startswith(FOLLOW):
            return self._following(ReliefId(subject.removeprefix(FOLLOW)))
        cases = tuple(self.relief.all())
        noted = next((one for one in cases if one.id == subject and one.status in NOTED), None)
        if noted is not None:
            return self._going_on(noted)
        chosen = next((case.id for case in cases if case.id == subject), None)
        about = None if subject is None or chosen is not None else HouseholdId(subject)
        draft = None if chosen is not None else self._unfinished(about)
        payee = self._payee_of(draft)
        household = about or payee.household
        return Opening(
            standing=self.standing(household),
            found=None if household is None else self.found(household, payee.name or None),
            payee=payee,
            draft=draft,
            chosen=chosen,
        )

    def found(self, household: HouseholdId, name: str | None = None) -> Found:
        """A household, and its member called `name`, or its head. Raises Refused for none."""
        record = self.households.open(household)
        return Found(_line_of(record), _payee_in(record, name), self.relief.allowance(household))

    def draft_of(self, household: HouseholdId) -> Mapping[str, Any] | None:
        """The half-filled form about a household."""
        return self.drafts.get(draft_key(household))

    def keep(self, fields: Mapping[str, Any]) -> None:
        """Store the half-filled form; one that found its household leaves the nameless key."""
        household = fields.get("household")
        self.drafts.keep(draft_key(household, fields.get("known")), fields)
        found = household is not None and fields.get("known") is None
        if found and self.drafts.get(draft_key(None)) is not None:
            self.drafts.drop(draft_key(None))

    def drop(self, key: str) -> None:
        """Throw a half-filled form away."""
        self.drafts.drop(key)

    def pay(self, request: PayRelief) -> Paid:
        """Record the payment; what may be paid afterwards. Raises Refused."""
        relief = self.relief.pay(request)
        parts = self.relief.case(relief.id).instalments
        return Paid(relief, parts[0].id if parts else relief.id, self.standing())

    def refer(self, request: PayRelief) -> Paid:
        """Send the same answers up instead. Raises Refused."""
        relief = self.relief.refer(request)
        return Paid(relief, relief.id, self.standing())

    def report(self, request: PayRelief) -> Paid:
        """Note it before anybody has looked. Raises Refused."""
        relief = self.relief.report(request)
        return Paid(relief, relief.id, self.standing())

    def _following(self, before: ReliefId) -> Opening:
        """The form for what follows on an earlier record: the same payee, the same cause."""
        first = self.relief.get(before)
        found = None if first.household is None else self.found(first.household, first.payee_name)
        payee = Payee(name=first.payee_name) if found is None else found.payee
        return Opening(
            standing=self.standing(first.household),
            found=found,
            payee=payee,
            draft=None,
            chosen=None,
            follows=first,
        )

    def _going_on(self, noted: Relief) -> Opening:
        """The form of what was noted, as it was left."""
        payee = Payee(name=noted.payee_name, person=noted.payee, id_number=noted.payee_id_number)
        found = None
        if noted.household is not None:
            found = self.found(noted.household, noted.payee_name)
            payee = found.payee
        return Opening(
            standing=self.standing(noted.household),
            found=found,
            payee=payee,
            draft=self.drafts.get(draft_key(noted.household, noted.id)),
            chosen=noted.id,
            noted=noted,
        )

    def _unfinished(self, about: HouseholdId | None) -> Mapping[str, Any] | None:
        if about is not None:
            return self.drafts.get(draft_key(about))
        for key in self.drafts.keys():  # noqa: SIM118  # a use case, not a dict
            draft = self.drafts.get(key) if key.startswith(DRAFT_PREFIX) else None
            if draft is not None and self._is_here(draft.get("household")):
                return draft
        return None

    def _is_here(self, household: HouseholdId | None) -> bool:
        """Whether the household of a draft, if it has one, is still this village's."""
        here = {line.id for line in self.households.lines()} if household else set()
        return household is None or household in here

    def _payee_of(self, draft: Mapping[str, Any] | None) -> Payee:
        """Whom a draft names, looked up again."""
        if draft is None:
            return Payee()
        household, name = draft.get("household"), str(draft.get("name") or "")
        if household is None:
            return Payee(name=name)
        return _payee_in(self.households.get(HouseholdId(household)), name)


def _payee_in(household: Household, name: str | None) -> Payee:
    """The member called `name`, or the head; a household without either is a name alone."""
    named = next((m for m in household.members if name and m.person.name == name), None)
    member = named or household.head_member
    if member is None:
        return Payee(name=name or "", household=household.id)
    return Payee(
        name=member.person.name,
        household=household.id,
        person=PersonId(member.person.id),
        id_number=member.person.id_number,
    )


def _line_of(household: Household) -> HouseholdLine:
    head = household.head_member
    return HouseholdLine(
        id=household.id,
        head_name="" if head is None else head.person.name,
        place=household.place,
        category=household.category,
        members=len(household.members),
    )
