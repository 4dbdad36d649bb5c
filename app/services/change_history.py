"""Who changed which field of a household from what to what, and when: read from the operation log.

The log is this laptop's; what the county or a neighbour changed comes as a whole record and is not
in it. A record that was new is one line, not one for each of its fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.domain.family import FamilyDeed
from app.domain.ids import HouseholdId
from app.domain.operations import AUDIT, Operation, Patch, Value
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

FACTS: Final = (
    "household", "person", "household_member", "support_obligor", "income_item", "expense_item",
    "asset_item", AUDIT,
)  # fmt: skip
"""What can be changed of a household; visits, relief and papers are written once."""
NUMBER_SHOWN: Final = "person.number_shown"
CARD_SHOWN: Final = "household.card_shown"
CARD: Final = "bank_account"
MOST: Final = 400
"""Operations looked at; older ones are on record and not shown."""
_PEOPLE: Final = frozenset({"head_person_id", "person_id"})
_HOMES: Final = frozenset({"household_id", "successor_id", "split_from_id"})
_SILENT: Final = frozenset({"position", "moved_on"})
_FAMILY: Final = {f"family.{one.value}": one.label for one in FamilyDeed}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of one record. `column` is empty where the whole record was new.

    `whose` names the person the record is about, empty for the household's own. `why` is the deed
    it was part of. `old` and `new` are canonical values; ids of people and households are told by
    name.
    """

    at: datetime
    who: str
    why: str
    entity: str
    whose: str = field(repr=False)
    column: str
    old: Value = field(repr=False)
    new: Value = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangeHistory:
    """Use case of the list of changes. Call from the store thread only."""

    begin: Begin

    def of(self, household: HouseholdId) -> list[FieldChange]:
        """Everything this laptop changed of a household, the newest first."""
        with self.begin() as work:
            log = work.operations_about(household, FACTS, MOST)
            told = _Told.of(work, log)
            return [one for operation, patch in log for one in told.changes(operation, patch)]


@dataclass(frozen=True, slots=True)
class _Told:
    """What ids are called, and whose each record is."""

    officer: tuple[str, str]
    names: Mapping[str, str]
    homes: Mapping[str, str]
    whose: Mapping[str, str]
    """Record → person."""

    @classmethod
    def of(cls, work: UnitOfWork, log: Sequence[tuple[Operation, Patch]]) -> _Told:
        """Look up everything the log speaks of, at once."""
        values = [(name, pair) for _, patch in log for name, pair in patch.items()]
        named = {str(one) for name, pair in values if name in _PEOPLE for one in pair if one}
        people = {one.entity_id for one, _ in log if one.entity == "person"}
        homes = {str(one) for name, pair in values if name in _HOMES for one in pair if one}
        whose = {one.entity_id: one.entity_id for one, _ in log if one.entity == "person"}
        records = {(one.entity, one.entity_id) for one, _ in log if one.entity not in _OWN}
        for entity, record in records:
            person = (work.families.values(entity, record) or {}).get("person_id")
            if isinstance(person, str):
                whose[record] = person
        identity = work.identity
        return cls(
            (identity.officer_id, identity.officer_name),
            work.families.names(named | people | set(whose.values())),
            work.families.places(homes),
            whose,
        )

    def changes(self, operation: Operation, patch: Patch) -> Iterator[FieldChange]:
        """One operation as lines."""
        if operation.entity == AUDIT:
            if operation.kind == NUMBER_SHOWN:
                shown = patch.get("person_id", (None, None))[1]
                yield self._line(operation, "", None, None, self.names.get(str(shown), ""))
            if operation.kind == CARD_SHOWN:
                yield self._line(operation, CARD, None, None, "")
            return
        whose = self.names.get(self.whose.get(operation.entity_id, ""), "")
        if _is_new(patch):
            yield self._line(operation, "", None, None, whose)
            return
        for name, (old, new) in patch.items():
            if name not in _SILENT:
                yield self._line(
                    operation, name, self._said(name, old), self._said(name, new), whose
                )

    def _line(
        self, operation: Operation, name: str, old: Value, new: Value, whose: str
    ) -> FieldChange:
        own, officer = self.officer
        return FieldChange(
            at=operation.wall,
            who=officer if operation.actor == own else "以前的协理员",
            why=_FAMILY.get(operation.kind, ""),
            entity=operation.entity,
            whose=whose,
            column=name,
            old=old,
            new=new,
        )

    def _said(self, name: str, value: Value) -> Value:
        """An id by the name of whom it means."""
        if name in _PEOPLE and isinstance(value, str):
            return self.names.get(value, "一个人")
        if name in _HOMES and isinstance(value, str):
            return self.homes.get(value, "另一户")
        return value


_OWN: Final = frozenset({"household", "person", "asset_item", "support_obligor", AUDIT})
"""Records that name no person beside themselves."""


def _is_new(patch: Patch) -> bool:
    """Whether the record began with this operation: it said that it was not removed."""
    return patch.get("is_removed") == (None, False)
