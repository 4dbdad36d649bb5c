"""先行救助 as domain values: the records, their steps, parts, late papers, and what they follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, bindparam, func, or_, select

from app.domain.casework import EventKind, Relief, ReliefStatus, ReliefWay
from app.domain.clock import CHINA
from app.domain.goods import goods_of
from app.domain.ids import HouseholdId, PersonId, ReliefId
from app.domain.money import Money
from app.domain.relief_case import Instalment, LateSupplement, ReliefStep
from app.domain.relief_payee import ReliefPayee
from app.domain.relief_states import PAID_OUT, ReliefEvent
from app.domain.relief_words import (
    Afterwards,
    ApprovalWay,
    CheckResult,
    FundSource,
    InstalmentStatus,
    ReportedBy,
)
from app.models.base import table_of
from app.models.casework import EmergencyReliefRow
from app.models.fund import LateSupplementRow, ReliefInstalmentRow, ReliefStepRow
from app.models.log import ConflictRow
from app.models.people import HouseholdMemberRow, HouseholdRow, PersonRow
from app.store.queries.reading import every, first
from app.store.queries.relief_payees import whose_are

_RELIEF = table_of(EmergencyReliefRow)
_HOUSEHOLD = table_of(HouseholdRow)
_MEMBER = table_of(HouseholdMemberRow)
_PERSON = table_of(PersonRow)
_STEP = table_of(ReliefStepRow)
_INSTALMENT = table_of(ReliefInstalmentRow)
_SUPPLEMENT = table_of(LateSupplementRow)
_CONFLICT = table_of(ConflictRow)
_DOUBLE: Final = select(_CONFLICT.c.id).where(
    _CONFLICT.c.entity_id == bindparam("relief"),
    _CONFLICT.c.entity == _RELIEF.name,
    _CONFLICT.c.field == "payment_id",
    _CONFLICT.c.resolved_at.is_(None),
)
_RESIDENTS: Final = (
    select(_PERSON.c.id, _PERSON.c.name, _PERSON.c.id_number, _MEMBER.c.household_id)
    .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
    .where(~_MEMBER.c.is_removed, ~_PERSON.c.is_removed)
)
_A_DAY: Final = timedelta(days=1)
_OF_THE_HOUSE: Final = frozenset({EventKind.FIRE, EventKind.FLOOD, EventKind.NO_FOOD})
"""What strikes the house; the rest strikes one person."""


class ReliefHome(NamedTuple):
    """Where a household lives, and whether nobody is left in it."""

    place: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class ReliefQueries:
    """Questions about 先行救助."""

    connection: Connection

    def steps(self, relief: ReliefId) -> list[ReliefStep]:
        """What was done, the oldest first."""
        query = select(_STEP).where(_STEP.c.relief_id == relief)
        query = query.order_by(_STEP.c.seq, _STEP.c.id)
        return every(self.connection, query, _step)

    def step_count(self, relief: ReliefId) -> int:
        """How many steps there are."""
        query = select(func.count()).select_from(_STEP).where(_STEP.c.relief_id == relief)
        return int(self.connection.execute(query).scalar_one())

    def fields(self, relief: ReliefId) -> dict[str, object]:
        """Every column of one record. Raises LookupError when there is none."""
        row = self.connection.execute(select(_RELIEF).where(_RELIEF.c.id == relief)).mappings()
        found = row.first()
        if found is None:
            raise LookupError("no such record")
        return {name: value for name, value in found.items() if name != "id"}

    def instalments(self, relief: ReliefId) -> list[Instalment]:
        """The parts of staged relief in order, without the entries that reverse one."""
        query = select(_INSTALMENT).where(
            _INSTALMENT.c.relief_id == relief, _INSTALMENT.c.reverses_id.is_(None)
        )
        query = query.order_by(_INSTALMENT.c.seq)
        return every(self.connection, query, _instalment)

    def instalment(self, instalment: str) -> Instalment | None:
        """One part, or None."""
        query = select(_INSTALMENT).where(_INSTALMENT.c.id == instalment)
        return first(self.connection, query, _instalment)

    def supplements(self, relief: ReliefId) -> list[LateSupplement]:
        """The papers made up, the oldest first."""
        query = select(_SUPPLEMENT).where(_SUPPLEMENT.c.relief_id == relief)
        query = query.order_by(_SUPPLEMENT.c.completed_on, _SUPPLEMENT.c.id)
        return every(self.connection, query, _supplement)

    def chain(self, relief: Relief) -> list[Relief]:
        """What it follows on and what follows on it, itself included, the oldest first."""
        found = {relief.id: relief}
        first: Relief | None = relief
        while first is not None and first.parent is not None and first.parent not in found:
            first = self._one(_RELIEF.c.id == first.parent)
            if first is not None:
                found[first.id] = first
        waiting = list(found)
        while waiting:
            after = self._all(_RELIEF.c.parent_id.in_(waiting))
            waiting = [one.id for one in after if one.id not in found]
            found |= {one.id: one for one in after}
        return sorted(found.values(), key=lambda one: (one.moment, one.id))

    def following(self, relief: ReliefId) -> list[Relief]:
        """What was given from it onwards (跟进救助), the entries that reverse one left out."""
        return self._all(_RELIEF.c.parent_id == relief, _RELIEF.c.reverses_id.is_(None))

    def reversal_of(self, relief: ReliefId) -> Relief | None:
        """The entry that took it back, or None."""
        return self._one(_RELIEF.c.reverses_id == relief)

    def of_subject(self, subject: str) -> list[Relief]:
        """Relief of a household, or the one with this id; without the entries that reverse one."""
        mine = or_(_RELIEF.c.household_id == subject, _RELIEF.c.id == subject)
        return self._all(mine, _RELIEF.c.reverses_id.is_(None))

    def is_double(self, relief: ReliefId) -> bool:
        """Whether the county counts this payment already, told by another laptop."""
        return self.connection.execute(_DOUBLE, {"relief": relief}).first() is not None

    def home_of(self, household: str) -> ReliefHome:
        """Where relief is given to; empty for a stranger."""
        query = select(_HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door, _HOUSEHOLD.c.ended_on)
        row = self.connection.execute(query.where(_HOUSEHOLD.c.id == household)).first()
        if row is None:
            return ReliefHome("", is_over=False)
        place = f"{row.group_name or ''}{row.door or ''}"
        return ReliefHome(place, is_over=row.ended_on is not None)

    def same_cause(
        self, payee: ReliefPayee, event: EventKind, note: str, year: int
    ) -> list[Relief]:
        """Relief given for the same cause in a calendar year of China, the oldest first.

        A fire, a flood, an empty larder strike the house; an illness or an accident one person.
        What is none of these is the same only where it was told in the same words.
        """
        whose = whose_are(payee, of_the_house=event in _OF_THE_HOUSE)
        if whose is None:
            return []
        cause: list[ColumnElement[bool]] = [_RELIEF.c.event == event]
        if event is EventKind.OTHER:
            cause.append(_RELIEF.c.event_note == note)
        first, last = (datetime.combine(date(y, 1, 1), time(), CHINA) for y in (year, year + 1))
        return self._all(
            whose,
            *cause,
            _RELIEF.c.reverses_id.is_(None),
            _RELIEF.c.status.in_(PAID_OUT),
            _RELIEF.c.found_at >= first,
            _RELIEF.c.found_at < last,
        )

    def told_in_the_same_words(
        self, payee: ReliefPayee, event: EventKind, note: str, since: datetime
    ) -> list[Relief]:
        """Relief of its own for one person and event, told alike since then, the oldest first.

        What was declined or reversed does not count, nor what follows on another.
        """
        whose = whose_are(payee, of_the_house=False)
        if whose is None:
            return []
        return self._all(
            whose,
            _RELIEF.c.event == event,
            _RELIEF.c.event_note == note,
            _RELIEF.c.parent_id.is_(None),
            _RELIEF.c.reverses_id.is_(None),
            _RELIEF.c.status.not_in((ReliefStatus.DECLINED, ReliefStatus.REVERSED)),
            _RELIEF.c.found_at >= since,
        )

    def about_then(
        self, payee: ReliefPayee, event: EventKind, at: datetime, *, whole_house: bool
    ) -> list[Relief]:
        """Relief of its own for one event that was found less than a day from `at`, the oldest
        first, on whichever side of midnight: of the house, or of whom the event strikes.

        What was declined or reversed does not count, nor what follows on another.
        """
        whose = whose_are(payee, of_the_house=whole_house or event in _OF_THE_HOUSE)
        if whose is None:
            return []
        return self._all(
            whose,
            _RELIEF.c.event == event,
            _RELIEF.c.parent_id.is_(None),
            _RELIEF.c.reverses_id.is_(None),
            _RELIEF.c.status.not_in((ReliefStatus.DECLINED, ReliefStatus.REVERSED)),
            _RELIEF.c.found_at > at - _A_DAY,
            _RELIEF.c.found_at < at + _A_DAY,
        )

    def given_then(self, payee: ReliefPayee, found: datetime, now: datetime) -> list[Relief]:
        """Relief of any kind and sum, given to the person or anybody of the house, that was found
        less than a day from `found` or paid less than a day before `now`; the oldest first.

        What was reversed does not count. Of staged relief the first part is when it was paid.
        """
        whose = whose_are(payee, of_the_house=True)
        if whose is None:
            return []
        begun = select(_INSTALMENT.c.relief_id).where(
            _INSTALMENT.c.seq == 1,
            _INSTALMENT.c.status == InstalmentStatus.PAID,
            _INSTALMENT.c.paid_at > now - _A_DAY,
        )
        return self._all(
            whose,
            _RELIEF.c.reverses_id.is_(None),
            _RELIEF.c.status.in_(PAID_OUT),
            or_(
                and_(_RELIEF.c.found_at > found - _A_DAY, _RELIEF.c.found_at < found + _A_DAY),
                _RELIEF.c.paid_at > now - _A_DAY,
                _RELIEF.c.id.in_(begun),
            ),
        )

    def was_taken_back(self, payment_id: str) -> bool | None:
        """Whether a payment was reversed; None where there is none of this identity."""
        for table, reversed_ in (
            (_RELIEF, ReliefStatus.REVERSED),
            (_INSTALMENT, InstalmentStatus.REVERSED),
        ):
            query = select(table.c.status).where(table.c.payment_id == payment_id)
            found = self.connection.execute(query).scalar_one_or_none()
            if found is not None:
                return bool(found == reversed_)
        return None

    def residents(
        self, *, person: PersonId | None = None, id_number: str | None = None
    ) -> list[tuple[PersonId, HouseholdId, str, str | None]]:
        """Who lives in the village now: person, household, name, ID number; all, or this one."""
        query = _RESIDENTS
        if person is not None:
            query = query.where(_PERSON.c.id == person)
        if id_number is not None:
            query = query.where(_PERSON.c.id_number == id_number)
        return [
            (PersonId(row.id), HouseholdId(row.household_id), row.name, row.id_number)
            for row in self.connection.execute(query)
        ]

    def residents_named(
        self, names: list[str]
    ) -> list[tuple[PersonId, HouseholdId, str, str | None]]:
        """Those of them who have one of these names, spaces left aside."""
        plain = func.replace(func.replace(_PERSON.c.name, " ", ""), "\u3000", "")
        return [
            (PersonId(row.id), HouseholdId(row.household_id), row.name, row.id_number)
            for row in self.connection.execute(_RESIDENTS.where(plain.in_(names)))
        ]

    def _one(self, *where: ColumnElement[bool]) -> Relief | None:
        return first(self.connection, select(_RELIEF).where(*where), relief_of_row)

    def _all(self, *where: ColumnElement[bool]) -> list[Relief]:
        query = select(_RELIEF).where(*where).order_by(_RELIEF.c.found_at, _RELIEF.c.id)
        return every(self.connection, query, relief_of_row)


def relief_of_row(row: RowMapping) -> Relief:
    """A relief row as a value."""
    return Relief(
        id=ReliefId(row["id"]),
        document_no=row["document_no"],
        household=None if row["household_id"] is None else HouseholdId(row["household_id"]),
        payee=None if row["payee_person_id"] is None else PersonId(row["payee_person_id"]),
        payee_name=row["payee_name"],
        payee_id_number=row["payee_id_number"],
        event=EventKind(row["event"]),
        event_note=row["event_note"],
        event_area_code=row["event_area_code"],
        amount=Money(row["amount_fen"]),
        way=ReliefWay(row["way"]),
        goods=row["goods"],
        persons=row["persons"],
        status=ReliefStatus(row["status"]),
        found_at=row["found_at"],
        paid_at=row["paid_at"],
        payment_id=row["payment_id"],
        quota_id=row["quota_id"],
        paperwork_due_on=row["paperwork_due_on"],
        paperwork_rule=row["paperwork_rule"],
        paperwork_done_on=row["paperwork_done_on"],
        handler=row["handler"],
        cap=None if row["cap_fen"] is None else Money(row["cap_fen"]),
        cap_rule=row["cap_rule"] or "",
        pack_sha256=row["pack_sha256"] or "",
        is_unknown=bool(row["is_unknown"]),
        reported_by=None if row["reported_by"] is None else ReportedBy(row["reported_by"]),
        reporter=row["reporter"] or "",
        event_place=row["event_place"] or "",
        goods_items=tuple(goods_of(one) for one in row["goods_items"] or ()),
        source=FundSource(row["source"] or FundSource.BUDGET),
        is_staged=bool(row["is_staged"]),
        parent=None if row["parent_id"] is None else ReliefId(row["parent_id"]),
        referral_reason=row["referral_reason"] or "",
        decided_at=row["decided_at"],
        decided_by=row["decided_by"] or "",
        decided_how=None if row["decided_how"] is None else ApprovalWay(row["decided_how"]),
        decision_due_at=row["decision_due_at"],
        decision_rule=row["decision_rule"] or "",
        emergency_over_on=row["emergency_over_on"],
        reverses=None if row["reverses_id"] is None else ReliefId(row["reverses_id"]),
        reversal_reason=row["reversal_reason"] or "",
        apart_from=None if row["apart_from_id"] is None else ReliefId(row["apart_from_id"]),
        apart_reason=row["apart_reason"] or "",
    )


def _step(row: RowMapping) -> ReliefStep:
    return ReliefStep(
        id=row["id"],
        relief=ReliefId(row["relief_id"]),
        event=None if row["event"] is None else ReliefEvent(row["event"]),
        status=ReliefStatus(row["status"]),
        happened_at=row["happened_at"],
        who=row["who"],
        note=row["note"],
        amount=None if row["amount_fen"] is None else Money(row["amount_fen"]),
        recorded_at=row["recorded_at"],
    )


def _instalment(row: RowMapping) -> Instalment:
    return Instalment(
        id=row["id"],
        relief=ReliefId(row["relief_id"]),
        seq=row["seq"],
        planned_on=row["planned_on"],
        amount=Money(row["amount_fen"]),
        status=InstalmentStatus(row["status"]),
        document_no=row["document_no"],
        paid_at=row["paid_at"],
        payment_id=row["payment_id"],
        quota_id=row["quota_id"],
        handler=row["handler"],
        reverses=row["reverses_id"],
        reversal_reason=row["reversal_reason"] or "",
    )


def _supplement(row: RowMapping) -> LateSupplement:
    return LateSupplement(
        id=row["id"],
        relief=ReliefId(row["relief_id"]),
        text=row["text"],
        checked=row["checked"],
        home_visited_on=row["home_visited_on"],
        notice_from=row["notice_from"],
        notice_to=row["notice_to"],
        items=tuple(row["items"]),
        result=CheckResult(row["result"]),
        afterwards=Afterwards(row["afterwards"]),
        completed_on=row["completed_on"],
        handler=row["handler"],
    )
