"""Families over time: one deed is one transaction with its own kind of operation.

Whatever a deed sets in the records of a household is noted in that household's event, so that the
reversing operation can set it back on any device. Nothing is deleted, and the newest can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.casework import Application
from app.domain.clock import Clock
from app.domain.family import FamilyChange, FamilyDeed, FamilyEvent, FamilyPlan
from app.domain.households import Category
from app.domain.ids import HouseholdId, new_id
from app.domain.operations import Operation
from app.domain.problem import Refused
from app.services.application_steps import close_by_death
from app.services.care_agreements import end_with_death
from app.services.family_checks import Checked, checked
from app.services.family_composition import Composition, composition_of
from app.services.family_planning import Planner, Steps
from app.services.family_words import needs_review, plan_of
from app.services.stepping import StepFacts
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

Change = tuple[str, str, str, object, object]
"""entity, id, field, old, new."""
_REMOVED: Final = "is_removed"
_MOVING: Final = frozenset({FamilyDeed.MOVE, FamilyDeed.MERGE})


@dataclass(frozen=True, slots=True)
class Undoable:
    """The newest deed of a household, when it can still be taken back."""

    deed: str
    kind: FamilyDeed
    on: date
    closed: tuple[Application, ...] = ()
    """Applications it ended: taking it back does not bring them back."""


@dataclass(frozen=True, slots=True)
class FamilyChanges:
    """Use cases of a family over time. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def plan(self, change: FamilyChange) -> FamilyPlan:
        """What `change` would do; nothing is written. Raises Refused as `do` would."""
        with self.begin() as work:
            found = checked(work, change, self.clock.today())
            return plan_of(change, found, self._steps(change, found))

    def do(self, change: FamilyChange, draft_key: str | None = None) -> str:
        """Do it, all of it or nothing, and end its draft; the deed's id.

        Raises Refused F-01, H-10 … H-22.
        """
        with self.begin() as work:
            found = checked(work, change, self.clock.today())
            steps = self._steps(change, found)
            deed = new_id(self.clock.now())
            done = _write(work, steps, f"family.{change.kind.value}", change.on)
            for one in composition_of(work, change, found, steps):
                self._tell_of(work, one, deed, change)
            self._close_applications(work, change, found, deed)
            review = needs_review((found.home, found.other), change)
            for household, changes in done.items():
                event = FamilyEvent(
                    id=new_id(self.clock.now()),
                    household=household,
                    deed=deed,
                    kind=change.kind,
                    happened_on=change.on,
                    other=steps.other if household == change.household else change.household,
                    people=steps.people,
                    to_place=change.to_place.strip(),
                    note=change.note.strip(),
                    handler=work.identity.officer_name,
                    needs_review=review,
                    undoes=None,
                    changes=tuple(changes),
                    recorded_at=self.clock.now(),
                )
                self._record(work, event)
            if draft_key is not None:
                work.local.drop_draft(draft_key)
            work.commit()
        return deed

    def undoable(self, household: HouseholdId) -> Undoable | None:
        """The newest deed of a household, None where there is none or it was taken back."""
        with self.begin() as work:
            newest = _newest(work, household)
            if newest is None:
                return None
            closed = _closed_by(work, household, newest.deed)
        return Undoable(newest.deed, newest.kind, newest.happened_on, closed)

    def undo(self, household: HouseholdId) -> str:
        """Set back what the newest deed set, in every household it touched.

        Returns the id of the undoing. Raises Refused H-23 where there is nothing to take back, H-24
        where something of it was changed since, or stands on it.
        """
        with self.begin() as work:
            newest = _newest(work, household)
            if newest is None:
                raise Refused(
                    "没有可以撤销的家里变动。",
                    do="记错了更早的事，请按现在的情况再记一次。",
                    code="H-23",
                )
            sides = work.families.deed(newest.deed)
            _check_untouched(work, sides)
            _check_not_counted(work, sides)
            deed = new_id(self.clock.now())
            for side in sides:
                self._undo_side(work, side, deed)
            work.commit()
        return deed

    def _tell_of(
        self, work: UnitOfWork, told: Composition, deed: str, change: FamilyChange
    ) -> None:
        """Write the 增减员 the deed makes of one person."""
        now = self.clock.now()
        work.change(
            kind=f"family.{change.kind.value}",
            entity="composition_change",
            entity_id=new_id(now),
            subject=told.household,
            new=True,
            on=change.on,
            fields={
                "household_id": told.household,
                "deed_id": deed,
                "kind": told.kind,
                "person_id": told.person,
                "person_name": told.name,
                "reason": told.reason,
                "happened_on": change.on,
                "handler": work.identity.officer_name,
                "recorded_at": now,
            },
        )

    def _close_applications(
        self, work: UnitOfWork, change: FamilyChange, found: Checked, deed: str
    ) -> None:
        """A death ends what the dead applied for and how they were looked after; other deeds leave
        it to its own page."""
        if change.kind is not FamilyDeed.DEATH:
            return
        note = "申请人去世，家里变动里记的"
        facts = StepFacts(happened_on=change.on, note=note, details={"deed_id": deed})
        for application in found.losing:
            close_by_death(work, application, facts, at=self.clock.now())
        end_with_death(work, change.people, change.on, at=self.clock.now())

    def _undo_side(self, work: UnitOfWork, side: FamilyEvent, deed: str) -> None:
        kind = f"family.{FamilyDeed.UNDO.value}"
        changes: list[Change] = []
        for (entity, entity_id), fields in _backwards(side.changes).items():
            operation = work.change(
                kind=kind, entity=entity, entity_id=entity_id, subject=side.household, fields=fields
            )
            changes += _changes(work, operation)
        back = FamilyEvent(
            id=new_id(self.clock.now()),
            household=side.household,
            deed=deed,
            kind=FamilyDeed.UNDO,
            happened_on=self.clock.today(),
            other=side.other,
            people=side.people,
            to_place="",
            note="",
            handler=work.identity.officer_name,
            needs_review=_is_benefit_counted(work, side),
            undoes=side.deed,
            changes=tuple(changes),
            recorded_at=self.clock.now(),
        )
        self._record(work, back)

    def _steps(self, change: FamilyChange, found: Checked) -> Steps:
        return Planner(
            change, found.home, found.other, self._fresh, found.known, found.was_dead
        ).plan()

    def _fresh(self) -> str:
        return new_id(self.clock.now())

    def _record(self, work: UnitOfWork, event: FamilyEvent) -> None:
        """Write down what happened to one household."""
        work.change(
            kind=f"family.{event.kind.value}",
            entity="family_event",
            entity_id=event.id,
            subject=event.household,
            new=True,
            on=event.happened_on,
            fields={
                "household_id": event.household,
                "deed_id": event.deed,
                "kind": event.kind,
                "happened_on": event.happened_on,
                "other_household_id": event.other,
                "people": list(event.people),
                "to_place": event.to_place,
                "note": event.note,
                "handler": event.handler,
                "needs_review": event.needs_review,
                "undoes": event.undoes,
                "changes": [list(one) for one in event.changes],
                "recorded_at": event.recorded_at,
            },
        )


def _write(work: UnitOfWork, steps: Steps, kind: str, on: date) -> dict[HouseholdId, list[Change]]:
    """Write every step; what it set in the records of which household."""
    done: dict[HouseholdId, list[Change]] = {}
    for step in steps.all:
        operation = work.change(
            kind=kind,
            entity=step.entity,
            entity_id=step.entity_id,
            subject=step.subject,
            fields=step.fields,
            on=on,
            new=step.new,
        )
        new: Iterable[Change] = (
            [(step.entity, step.entity_id, _REMOVED, True, False)]
            if step.new
            else _changes(work, operation)
        )
        done.setdefault(step.subject, []).extend(new)
    return done


def _changes(work: UnitOfWork, operation: Operation | None) -> list[Change]:
    """What an operation set, field by field."""
    if operation is None:
        return []
    patch = work.patch_of(operation) or {}
    return [
        (operation.entity, operation.entity_id, name, old, new)
        for name, (old, new) in patch.items()
    ]


def _backwards(changes: Iterable[Change]) -> dict[tuple[str, str], dict[str, object]]:
    """The first value of every field a deed set, by record."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for entity, entity_id, name, old, _new in changes:
        found.setdefault((entity, entity_id), {}).setdefault(name, old)
    return found


def _check_untouched(work: UnitOfWork, sides: Sequence[FamilyEvent]) -> None:
    """Raises Refused H-24 where a field was set again, or a new household has a life of its own."""
    for side in sides:
        after = {(one[0], one[1], one[2]): one[4] for one in side.changes}
        for (entity, entity_id, name), new in after.items():
            now = work.families.values(entity, entity_id) or {}
            if now.get(name) != new or _is_in_use(work, entity, entity_id, name):
                raise _gone_on()


def _check_not_counted(work: UnitOfWork, sides: Sequence[FamilyEvent]) -> None:
    """What was told of who moved in stands in that household, and a deed backwards would leave it
    there without them: they move back by a new one, which takes it along. Raises Refused H-24.
    """
    for side in sides:
        if side.kind in _MOVING and _took_in(side) and work.families.is_counted_since(side):
            raise _gone_on()


def _took_in(side: FamilyEvent) -> bool:
    """Whether somebody got a place in this household."""
    return any(
        entity == "household_member" and new is False and name == _REMOVED
        for entity, _id, name, _old, new in side.changes
    )


def _gone_on() -> Refused:
    return Refused(
        "这件事之后又有新的记录，不能整件撤销。",
        do="请按现在的情况再记一次变动。",
        code="H-24",
    )


def _is_benefit_counted(work: UnitOfWork, side: FamilyEvent) -> bool:
    """Whether a household on a benefit was counted without what now comes back."""
    home = work.households.get(side.household)
    held = home is not None and home.category is not Category.NONE
    return held and work.families.is_counted_since(side)


def _is_in_use(work: UnitOfWork, entity: str, entity_id: str, name: str) -> bool:
    """Whether something was recorded about a household that would go with the undoing."""
    if (entity, name) != ("household", _REMOVED):
        return False
    household = HouseholdId(entity_id)
    return work.families.is_told_of(household) or any(
        asked(household)
        for asked in (
            work.casework.visits_of,
            work.casework.relief_of,
            work.casework.applications_of,
            work.casework.assessments_of,
        )
    )


def _closed_by(work: UnitOfWork, household: HouseholdId, deed: str) -> tuple[Application, ...]:
    """The applications of a household that a deed ended."""
    return tuple(
        one
        for one in work.casework.applications_of(household)
        if any(step.details.get("deed_id") == deed for step in work.procedure.steps(one.id))
    )


def _newest(work: UnitOfWork, household: HouseholdId) -> FamilyEvent | None:
    """The newest deed that still stands."""
    events = work.families.events_of(household)
    undone = {one.undoes for one in events}
    standing = [one for one in events if one.undoes is None and one.deed not in undone]
    return standing[-1] if standing else None
