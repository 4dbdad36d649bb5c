"""What an interview learnt, written into the household's record: only what differs.

Rows are matched by whose they are and of what kind, never by position; a source nobody mentions any
more is marked removed, and its operation keeps what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.domain.households import Household
from app.domain.ids import ObligorId, new_id
from app.domain.people import Person
from app.rules import facts as case
from app.rules.benefit_codes import known_benefits

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

KIND: Final = "household.interviewed"
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """An item as recorded or as wanted: what it is matched by, and its columns."""

    key: Key
    fields: Mapping[str, object]
    id: str = ""


def write_facts(
    work: UnitOfWork, household: Household, facts: case.Facts, *, at: datetime
) -> case.Facts:
    """Log every difference between the record and `facts`. Lists nobody asked about stay.

    Returns the facts as the test keeps them: with obligors by the ids they have on record.
    """
    for member in facts.household.members:
        _write_person(work, household, member)
    wanted = facts.household
    if wanted.incomes is not None:
        recorded = [_Row((i.person, i.kind), {}, i.id) for i in household.incomes]
        rows = [
            _Row(
                (i.member, i.kind),
                {
                    "person_id": i.member,
                    "kind": i.kind,
                    "amount_fen": i.amount,
                    "per": i.per,
                    "months": i.months,
                },
            )
            for i in wanted.incomes
        ]
        _write_items(work, household, "income_item", recorded, rows, at)
    if wanted.expenses is not None:
        recorded = [_Row((e.person, e.kind), {}, e.id) for e in household.expenses]
        rows = [
            _Row(
                (e.member, e.kind),
                {"person_id": e.member, "kind": e.kind, "amount_fen": e.amount, "per": e.per},
            )
            for e in wanted.expenses
        ]
        _write_items(work, household, "expense_item", recorded, rows, at)
    if wanted.assets is not None:
        recorded = [_Row((a.kind,), {}, a.id) for a in household.assets]
        rows = [
            _Row((a.kind,), {"kind": a.kind, "amount_fen": a.amount, "count": a.count})
            for a in wanted.assets
        ]
        _write_items(work, household, "asset_item", recorded, rows, at)
    if wanted.obligors is None:
        return facts
    obligors = tuple(_write_obligors(work, household, wanted.obligors, at))
    return replace(facts, household=replace(wanted, obligors=obligors))


def _write_person(work: UnitOfWork, household: Household, member: case.Member) -> None:
    """Log what the interview says about a person already in the household."""
    known = next((m for m in household.members if m.person.id == member.id), None)
    if known is None:
        return
    certificate = member.disability or case.Disability()
    care = member.self_care
    work.change(
        kind=KIND,
        entity="person",
        entity_id=member.id,
        subject=household.id,
        fields={
            "labour": member.labour,
            "hukou": member.hukou,
            "student": member.student,
            "status": member.status,
            "is_disabled": member.disabled,
            "disability_kind": certificate.kind,
            "disability_level": certificate.level,
            "is_seriously_ill": member.serious_illness,
            "self_care": None if care is None else {act.value: can for act, can in care.items()},
            "receives": _receives(known.person, member),
            "is_monitored": member.monitored,
            "first_employed_on": member.first_employed_on,
            "self_declared_on": member.self_declared_on,
        },
    )
    work.change(
        kind=KIND,
        entity="household_member",
        entity_id=known.id,
        subject=household.id,
        fields={"living": member.living},
    )


def _receives(person: Person, member: case.Member) -> list[str]:
    """What the record says, as long as the test says the same with the codes it knows."""
    told = member.receives or ()
    return list(person.receives if known_benefits(person.receives) == told else told)


def _write_obligors(
    work: UnitOfWork, household: Household, wanted: Sequence[case.Obligor], at: datetime
) -> Iterator[case.Obligor]:
    """Write each one by id, or into a row without a name that an interview made of the same."""
    free = {one.id: one for one in household.obligors}
    known = {one.id: free.pop(ObligorId(one.id)) for one in wanted if one.id in free}
    for one in wanted:
        mine = known.get(one.id)
        if mine is None:
            mine = next(
                (o for o in free.values() if not o.name and o.relation == one.relation), None
            )
        if mine is not None:
            free.pop(mine.id, None)
        row_id = new_id(at) if mine is None else mine.id
        work.change(
            kind=KIND,
            entity="support_obligor",
            entity_id=row_id,
            subject=household.id,
            fields={
                "household_id": household.id,
                # the interview asks for no name; a roster may have given one
                "name": "" if mine is None else mine.name,
                "relation": one.relation,
                "birth_on": one.birth,
                "monthly_income_fen": one.monthly_income,
                "maintenance_month_fen": one.maintenance_month,
                "status": one.status,
                "is_removed": False,
            },
        )
        yield replace(one, id=row_id)
    _remove(work, household, "support_obligor", free)


def _write_items(
    work: UnitOfWork,
    household: Household,
    entity: str,
    recorded: Iterable[_Row],
    wanted: Iterable[_Row],
    at: datetime,
) -> None:
    """Update what matches, add what is new, mark removed what nobody mentions."""
    free: dict[Key, list[str]] = {}
    for row in recorded:
        free.setdefault(row.key, []).append(row.id)
    for row in wanted:
        matching = free.get(row.key)
        item_id = matching.pop(0) if matching else new_id(at)
        work.change(
            kind=KIND,
            entity=entity,
            entity_id=item_id,
            subject=household.id,
            fields={**row.fields, "household_id": household.id, "is_removed": False},
        )
    _remove(work, household, entity, (item_id for ids in free.values() for item_id in ids))


def _remove(work: UnitOfWork, household: Household, entity: str, rows: Iterable[str]) -> None:
    """Mark removed what nobody mentions any more."""
    for gone in rows:
        work.change(
            kind=KIND,
            entity=entity,
            entity_id=gone,
            subject=household.id,
            fields={"is_removed": True},
        )
