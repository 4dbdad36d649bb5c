"""Care agreements, the watch list, cases and complaints as domain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, RowMapping, Table, func, select

from app.domain.care_states import IN_HAND as CARE_IN_HAND
from app.domain.care_states import CareEvent, CareStatus
from app.domain.caring import (
    AbilityKind,
    CareAgreement,
    CareEnd,
    CaringStep,
    CasePlan,
    Complaint,
    ComplaintChannel,
    SelfCareAssessment,
    WatchCause,
    WatchEntry,
)
from app.domain.case_plan_states import IN_HAND as CASE_IN_HAND
from app.domain.case_plan_states import CaseEvent, CaseStage
from app.domain.casework import Met
from app.domain.ids import CareId, CasePlanId, ComplaintId, HouseholdId, PersonId, WatchId
from app.domain.money import Money
from app.domain.people import Living, SelfCare
from app.domain.watch_states import IN_HAND as WATCH_IN_HAND
from app.domain.watch_states import WatchEvent, WatchStatus
from app.domain.words import Word
from app.models.base import table_of
from app.models.caring import (
    CareAgreementRow,
    CareStepRow,
    CasePlanRow,
    CaseStepRow,
    ComplaintRow,
    SelfCareAssessmentRow,
    WatchEntryRow,
    WatchStepRow,
)
from app.models.casework import VisitRow
from app.models.people import HouseholdMemberRow, PersonRow
from app.store.queries.reading import every, first

_CARE = table_of(CareAgreementRow)
_CARE_STEP = table_of(CareStepRow)
_WATCH = table_of(WatchEntryRow)
_WATCH_STEP = table_of(WatchStepRow)
_CASE = table_of(CasePlanRow)
_CASE_STEP = table_of(CaseStepRow)
_COMPLAINT = table_of(ComplaintRow)
_ABILITY = table_of(SelfCareAssessmentRow)
_PERSON = table_of(PersonRow)
_MEMBER = table_of(HouseholdMemberRow)
_VISIT = table_of(VisitRow)
_SEEN: Final = (
    select(func.max(_VISIT.c.visited_on))
    .where(
        _VISIT.c.household_id == _CARE.c.household_id,
        _VISIT.c.visited_on >= _CARE.c.starts_on,
        _VISIT.c.met != Met.NOBODY.value,
        _VISIT.c.adds_to_id.is_(None),
    )
    .correlate(_CARE)
    .scalar_subquery()
    .label("visited_on")
)
_CARES: Final = (
    select(_CARE, _PERSON.c.name.label("person_name"), _SEEN)
    .join(_PERSON, _PERSON.c.id == _CARE.c.person_id)
    .order_by(_CARE.c.starts_on.desc(), _CARE.c.id.desc())
)
_WATCHES: Final = select(_WATCH).order_by(_WATCH.c.noticed_on.desc(), _WATCH.c.id.desc())
_CASES: Final = select(_CASE).order_by(_CASE.c.opened_on.desc(), _CASE.c.id.desc())
_COMPLAINTS: Final = select(_COMPLAINT).order_by(
    _COMPLAINT.c.received_on.desc(), _COMPLAINT.c.id.desc()
)

_ABILITIES: Final = (
    select(_ABILITY, _PERSON.c.name.label("person_name"))
    .join(_PERSON, _PERSON.c.id == _ABILITY.c.person_id)
    .order_by(_ABILITY.c.assessed_on.desc(), _ABILITY.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class CaringQueries:
    """Questions about who looks after whom, who is kept in view, and complaints."""

    connection: Connection

    def agreement(self, agreement: str) -> CareAgreement | None:
        """One agreement, or None."""
        return first(self.connection, _CARES.where(_CARE.c.id == agreement), _agreement)

    def agreements_of(self, household: HouseholdId) -> list[CareAgreement]:
        """A household's agreements, the newest first."""
        return every(self.connection, _CARES.where(_CARE.c.household_id == household), _agreement)

    def agreements(self) -> list[CareAgreement]:
        """Every agreement in hand, the newest first."""
        return every(
            self.connection, _CARES.where(_CARE.c.status.in_(sorted(CARE_IN_HAND))), _agreement
        )

    def lives_with(self, agreement: CareAgreement) -> tuple[bool, Living | None]:
        """Whether who is looked after still belongs to the household, and how."""
        query = select(_MEMBER.c.living).where(
            _MEMBER.c.household_id == agreement.household,
            _MEMBER.c.person_id == agreement.person,
            _MEMBER.c.is_removed.is_(False),
        )
        row = self.connection.execute(query).first()
        living = None if row is None else row.living
        return row is not None, None if living is None else Living(living)

    def looked_after(self, people: Sequence[PersonId]) -> list[CareAgreement]:
        """Agreements in hand about any of `people`."""
        return [one for one in self.agreements() if one.person in people]

    def entry(self, entry: str) -> WatchEntry | None:
        """One entry of the watch list, or None."""
        return first(self.connection, _WATCHES.where(_WATCH.c.id == entry), _entry)

    def entries_of(self, household: HouseholdId) -> list[WatchEntry]:
        """A household's entries, the newest first."""
        return every(self.connection, _WATCHES.where(_WATCH.c.household_id == household), _entry)

    def entries(self) -> list[WatchEntry]:
        """Every entry in hand, the newest first."""
        return every(
            self.connection, _WATCHES.where(_WATCH.c.status.in_(sorted(WATCH_IN_HAND))), _entry
        )

    def case_plan(self, plan: str) -> CasePlan | None:
        """One case, or None."""
        return first(self.connection, _CASES.where(_CASE.c.id == plan), _case)

    def case_plans_of(self, household: HouseholdId) -> list[CasePlan]:
        """A household's cases, the newest first."""
        return every(self.connection, _CASES.where(_CASE.c.household_id == household), _case)

    def case_plans(self) -> list[CasePlan]:
        """Every case in hand, the newest first."""
        return every(self.connection, _CASES.where(_CASE.c.status.in_(sorted(CASE_IN_HAND))), _case)

    def complaint(self, complaint: str) -> Complaint | None:
        """One complaint, or None."""
        return first(self.connection, _COMPLAINTS.where(_COMPLAINT.c.id == complaint), _complaint)

    def complaints_about(self, subject: str) -> list[Complaint]:
        """Complaints of a household, or the one that has none; the newest first."""
        whose = (_COMPLAINT.c.household_id == subject) | (_COMPLAINT.c.id == subject)
        return every(self.connection, _COMPLAINTS.where(whose), _complaint)

    def complaints(self) -> list[Complaint]:
        """Every complaint nobody has answered, the newest first."""
        return every(
            self.connection, _COMPLAINTS.where(_COMPLAINT.c.answered_on.is_(None)), _complaint
        )

    def ability(self, assessment: str) -> SelfCareAssessment | None:
        """One 生活自理能力评估, or None."""
        return first(self.connection, _ABILITIES.where(_ABILITY.c.id == assessment), _ability)

    def abilities_of(self, household: HouseholdId) -> list[SelfCareAssessment]:
        """Those of a household's people, the newest day first."""
        query = _ABILITIES.where(_ABILITY.c.household_id == household)
        return every(self.connection, query, _ability)

    def care_steps(self, agreement: CareId) -> list[CaringStep]:
        """What was done about an agreement, the oldest first."""
        return self._steps(_CARE_STEP, "care_id", agreement, CareEvent)

    def watch_steps(self, entry: WatchId) -> list[CaringStep]:
        """What was done about an entry, the oldest first."""
        return self._steps(_WATCH_STEP, "watch_id", entry, WatchEvent)

    def case_steps(self, plan: CasePlanId) -> list[CaringStep]:
        """What was done about a case, the oldest first."""
        query = select(_CASE_STEP).where(_CASE_STEP.c.case_id == plan)
        ordered = query.order_by(_CASE_STEP.c.number, _CASE_STEP.c.id)
        return every(self.connection, ordered, _case_step)

    def _steps(self, table: Table, column: str, of: str, events: type[Word]) -> list[CaringStep]:
        query = select(table).where(table.c[column] == of).order_by(table.c.number, table.c.id)
        return every(self.connection, query, lambda row: _step(row, events))


def _agreement(row: RowMapping) -> CareAgreement:
    follows, ended_by = row["follows_id"], row["ended_by"]
    return CareAgreement(
        id=CareId(row["id"]),
        household=HouseholdId(row["household_id"]),
        person=PersonId(row["person_id"]),
        person_name=row["person_name"],
        carer=row["carer"],
        carer_phone=row["carer_phone"],
        carer_relation=row["carer_relation"] or "",
        carer_id_number=row["carer_id_number"] or "",
        carer_address=row["carer_address"] or "",
        fee=None if row["fee_fen"] is None else Money(row["fee_fen"]),
        services=row["services"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        has_standard=row["has_standard"],
        has_plan=row["has_plan"],
        status=CareStatus(row["status"]),
        follows=None if follows is None else CareId(follows),
        ended_on=row["ended_on"],
        ended_by=None if ended_by is None else CareEnd(ended_by),
        visited_on=row["visited_on"],
    )


def _entry(row: RowMapping) -> WatchEntry:
    return WatchEntry(
        id=WatchId(row["id"]),
        household=HouseholdId(row["household_id"]),
        cause=WatchCause(row["cause"]),
        note=row["note"],
        noticed_on=row["noticed_on"],
        listed_on=row["listed_on"],
        compared_on=row["compared_on"],
        status=WatchStatus(row["status"]),
        handler=row["handler"],
    )


def _case(row: RowMapping) -> CasePlan:
    return CasePlan(
        id=CasePlanId(row["id"]),
        household=HouseholdId(row["household_id"]),
        need=row["need"],
        opened_on=row["opened_on"],
        due_on=row["due_on"],
        status=CaseStage(row["status"]),
        handler=row["handler"],
    )


def _complaint(row: RowMapping) -> Complaint:
    household = row["household_id"]
    return Complaint(
        id=ComplaintId(row["id"]),
        household=None if household is None else HouseholdId(household),
        who=row["who"],
        channel=ComplaintChannel(row["channel"]),
        content=row["content"],
        received_on=row["received_on"],
        answered_on=row["answered_on"],
        answer=row["answer"],
        handler=row["handler"],
    )


def _ability(row: RowMapping) -> SelfCareAssessment:
    one, other = row["assessors"]
    return SelfCareAssessment(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        person=PersonId(row["person_id"]),
        person_name=row["person_name"],
        kind=AbilityKind(row["kind"]),
        assessed_on=row["assessed_on"],
        acts={SelfCare(act): bool(can) for act, can in row["acts"].items()},
        assessors=(one, other),
        note=row["note"],
        handler=row["handler"],
    )


def _case_step(row: RowMapping) -> CaringStep:
    """Its event says nothing without the stage it ended."""
    stage, event = CaseStage(row["before"]), CaseEvent(row["event"])
    return replace(_step(row, CaseEvent), label=f"{stage.label}：{event.label}")


def _step(row: RowMapping, events: type[Word]) -> CaringStep:
    return CaringStep(
        id=row["id"],
        label=events(row["event"]).label,
        happened_on=row["happened_on"],
        handler=row["handler"],
        told_by=row["told_by"],
        paper_no=row["paper_no"],
        note=row["note"],
    )
