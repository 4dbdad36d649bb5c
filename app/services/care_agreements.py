"""委托照料服务协议: drafted for one person, signed by the three, in force, renewed or ended.

Another carer, or another term, is another agreement that names the one before; both are made in
one transaction, so that nobody stands without an agreement unnoticed (S0:L31, S4:L40).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.domain.care_states import CARE, FOLLOWED, IN_HAND, CareEvent
from app.domain.caring import CareAgreement, CareEnd, Have
from app.domain.clock import Clock
from app.domain.households import Household
from app.domain.identity import parse_id_number
from app.domain.ids import CareId, HouseholdId, PersonId
from app.domain.money import Money
from app.domain.people import Member
from app.domain.problem import Refused
from app.services.caring_steps import (
    CaringFacts,
    no_record,
    require_day,
    require_said,
    write_new,
    write_step,
)
from app.services.missing import no_household
from app.services.signed_days import births_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

E = CareEvent
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCare:
    """An agreement as it is asked for; `name` of a member, empty where only one lives there."""

    household: HouseholdId
    name: str = field(default="", repr=False)
    carer: str = field(repr=False)
    carer_phone: str = field(default="", repr=False)
    carer_relation: str = ""
    carer_id_number: str = field(default="", repr=False)
    carer_address: str = field(default="", repr=False)
    fee: Money | None = None
    services: str = field(default="", repr=False)
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareFacts(CaringFacts):
    """What is said about a step: 四有 where it was looked at, the next term, why it ended."""

    has_standard: Have | None = None
    has_plan: Have | None = None
    ended_by: CareEnd | None = None
    carer: str = field(default="", repr=False)
    carer_phone: str = field(default="", repr=False)
    carer_relation: str = ""
    carer_id_number: str = field(default="", repr=False)
    carer_address: str = field(default="", repr=False)
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class CareAgreements:
    """Use cases for care agreements. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def draft(self, new: NewCare) -> CareId:
        """Draft an agreement. Raises Refused F-01, I-01…I-05, L-04, L-06…L-09."""
        with self.begin() as work:
            home = work.households.get(new.household)
            if home is None:
                raise no_household()
            person = _who(home, new.name)
            _require_none_in_hand(work.caring.agreements_of(home.id), person.person.id)
            made = self._write(work, new, person.person.id)
            work.commit()
        return made

    def step(self, agreement: str, event: CareEvent, facts: CareFacts) -> CareId:
        """One step; the agreement that follows where there is one, or this one.

        Raises Refused I-01…I-05, L-01, L-03…L-05, L-07, L-08, L-10.
        """
        with self.begin() as work:
            found = work.caring.agreement(agreement)
            if found is None:
                raise no_record()
            after = CARE.after(found.status, event)
            born = births_of(work.households.get(found.household), found.person)
            require_day(facts, work.caring.care_steps(found.id), self.clock.today(), born)
            also = _also(found, event, facts)
            write_step(work, found, (event, after), facts, at=self.clock.now(), also=also)
            now = found.id if event not in FOLLOWED else self._follow(work, found, event, facts)
            work.commit()
        return now

    def _follow(
        self, work: UnitOfWork, found: CareAgreement, event: CareEvent, facts: CareFacts
    ) -> CareId:
        """The next agreement: from the end of this one, or with another carer from that day."""
        is_renewed, on = event is E.RENEW, facts.happened_on
        before = found if is_renewed else None
        new = NewCare(
            household=found.household,
            carer=facts.carer or (before.carer if before else ""),
            carer_phone=facts.carer_phone or (before.carer_phone if before else ""),
            carer_relation=facts.carer_relation or (before.carer_relation if before else ""),
            carer_id_number=facts.carer_id_number or (before.carer_id_number if before else ""),
            carer_address=facts.carer_address or (before.carer_address if before else ""),
            fee=found.fee,
            services=found.services,
            starts_on=max(found.ends_on + _DAY, on) if is_renewed else on,
            ends_on=facts.ends_on,
        )
        return self._write(work, new, found.person, follows=found.id)

    def _write(
        self, work: UnitOfWork, new: NewCare, person: PersonId, follows: CareId | None = None
    ) -> CareId:
        """Raises Refused I-01…I-05, L-04, L-07, L-08."""
        require_said(new.carer, "carer")
        ends_on = _end(new)
        fields: dict[str, object] = {
            "person_id": person,
            "carer": new.carer.strip(),
            "carer_phone": new.carer_phone.strip(),
            "carer_relation": new.carer_relation.strip(),
            "carer_id_number": _number(new.carer_id_number, self.clock.today()),
            "carer_address": new.carer_address.strip(),
            "fee_fen": None if new.fee is None else new.fee.fen,
            "services": new.services.strip(),
            "starts_on": new.starts_on,
            "ends_on": ends_on,
            "has_standard": False,
            "has_plan": False,
            "status": "drafted",
            "follows_id": follows,
            "ended_on": None,
            "ended_by": None,
        }
        return CareId(write_new(work, "care_agreement", new.household, fields, self.clock.now()))


def end_with_death(
    work: UnitOfWork, people: Sequence[PersonId], on: date, *, at: datetime
) -> tuple[CareAgreement, ...]:
    """End the agreements about somebody who died, in the transaction that records the death.

    What is only drafted is dropped. The step stands on the day of death, or of the step before
    where that was later. Returns what was ended.
    """
    ended = []
    for found in work.caring.looked_after(people):
        event = next((e for e in (E.TERMINATE, E.DROP) if CARE.may(found.status, e)), None)
        if event is None:
            continue
        steps = work.caring.care_steps(found.id)
        day = max([on, *(one.happened_on for one in steps)])
        facts = CareFacts(happened_on=day, note="本人去世，家里变动里记的", ended_by=CareEnd.DIED)
        also: dict[str, object] = {"ended_on": day, "ended_by": CareEnd.DIED}
        after = CARE.after(found.status, event)
        write_step(work, found, (event, after), facts, at=at, also=also)
        ended.append(found)
    return tuple(ended)


def _who(home: Household, name: str) -> Member:
    """Raises Refused L-06."""
    called = name.strip()
    found = [one for one in home.members if not called or one.person.name == called]
    if len(found) != 1:
        raise Refused(
            "照料的是哪一个人，还不清楚。",
            do="请照家庭页的姓名写一个人。",
            code="L-06",
            field="name",
        )
    return found[0]


def _number(typed: str, today: date) -> str:
    """The carer's number, empty where it is not known yet. Raises Refused I-01…I-05."""
    number = typed.strip()
    if not number:
        return ""
    try:
        return parse_id_number(number, on=today).text
    except Refused as refused:
        raise Refused(
            refused.what, do=refused.do, code=refused.code, field="carer_id_number"
        ) from refused


def _end(new: NewCare) -> date:
    """The last day. Raises Refused L-07, L-08."""
    if new.ends_on is None:
        raise Refused("协议到哪天还没写。", do="请照协议上的期限填。", code="L-07", field="ends_on")
    if new.ends_on < new.starts_on:
        raise Refused(
            "协议到期的日子早于开始的日子。", do="请核对日期。", code="L-08", field="ends_on"
        )
    return new.ends_on


def _require_none_in_hand(known: Sequence[CareAgreement], person: PersonId) -> None:
    """Raises Refused L-09."""
    if any(one.person == person and one.status in IN_HAND for one in known):
        raise Refused(
            "这个人已经有一份照料协议还没结束。",
            do="到期了点“续签协议”，照料人不合适点“换照料人”。",
            code="L-09",
            field="name",
        )


def _also(found: CareAgreement, event: CareEvent, facts: CareFacts) -> dict[str, object]:
    """Further fields a step sets. Raises Refused L-04, L-10."""
    match event:
        case E.CHECK:
            told = (facts.has_standard, facts.has_plan)
            if told == (None, None):
                raise Refused(
                    "四有里查了哪样，还没选。", do="请选一样。", code="L-10", field="has_standard"
                )
            standard, plan = told
            return {
                "has_standard": _now(standard, known=found.has_standard),
                "has_plan": _now(plan, known=found.has_plan),
            }
        case E.TERMINATE:
            if facts.ended_by is None:
                raise Refused(
                    "为什么停止照料，还没选。", do="请选一个原因。", code="L-10", field="ended_by"
                )
            return {"ended_on": facts.happened_on, "ended_by": facts.ended_by}
        case E.REPLACE:
            require_said(facts.note, "note")
            return {"ended_on": facts.happened_on, "ended_by": CareEnd.CARER_UNFIT}
        case E.RENEW:
            return {"ended_on": facts.happened_on}
        case _:
            return {}


def _now(told: Have | None, *, known: bool) -> bool:
    return known if told is None else told is Have.YES
