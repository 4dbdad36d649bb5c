"""Today's list as it is kept: rows by subject and source, read without making any of them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.due import AGREED, URGENT, DueItem
from app.domain.ids import HouseholdId
from app.domain.reports import VILLAGE
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.fund import ReserveFundRow
from app.models.local import WorkItemRow, WorkListRow
from app.models.people import HouseholdRow
from app.models.registry import ENTITIES, METADATA
from app.store.among import among
from app.store.prepared import Prepared

_ITEM = table_of(WorkItemRow)
_LIST = table_of(WorkListRow)
_HOUSEHOLD = table_of(HouseholdRow)
_FUND = table_of(ReserveFundRow)

_REPLACE: Final = Prepared(
    delete(_ITEM).where(
        _ITEM.c.subject.in_(among("subjects")),
        _ITEM.c.source.in_(among("sources")),
    )
)
_INSERT: Final = Prepared(insert(_ITEM))
_FORGET: Final = delete(_ITEM).where(_ITEM.c.subject.in_(among("subjects")))
_IS_MADE: Final = Prepared(select(_LIST.c.id))
_SHOWN: Final = (
    select(_ITEM)
    .where(_ITEM.c.appears_on <= bindparam("on"))
    .where(or_(_ITEM.c.until.is_(None), _ITEM.c.until >= bindparam("on")))
)


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What the list was made with, and the day before which that holds."""

    made_with: str
    good_before: date | None
    calendar: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DueQueries:
    """Today's list within one transaction."""

    connection: Connection

    def replace(
        self,
        sources: Sequence[str],
        subjects: Sequence[str],
        items: Iterable[tuple[str, DueItem]],
    ) -> None:
        """Put what `sources` found, each item with the name of its own, in place of all they had
        said of `subjects`.

        Raises ValueError for a row about somebody nobody asked about: nothing would ever take that
        row away again.
        """
        rows = _rows(items)
        strangers = {str(row["subject"]) for row in rows} - set(subjects)
        if strangers:
            raise ValueError(f"a source told of {len(strangers)} others than asked")
        part = {"subjects": json.dumps(list(subjects)), "sources": json.dumps(list(sources))}
        _REPLACE.run(self.connection, part)
        _INSERT.run(self.connection, *rows)

    def forget_all_but(self, subjects: Sequence[str], sources: Sequence[str]) -> None:
        """Drop rows about whom nobody knows any more, and those of sources there are no more."""
        self.connection.execute(delete(_ITEM).where(_ITEM.c.source.not_in(sources)))
        listed = set(self.connection.execute(select(_ITEM.c.subject).distinct()).scalars())
        gone = sorted(listed - set(subjects))
        self.connection.execute(_FORGET, {"subjects": json.dumps(gone)})

    def shown(self, on: date, without: Sequence[WorkKind] = ()) -> list[DueItem]:
        """Every row that stands in the list on `on`, but for some kinds, in no order."""
        query = _SHOWN.where(_ITEM.c.kind.not_in(without)) if without else _SHOWN
        return [_item(row) for row in self.connection.execute(query, {"on": on}).mappings()]

    def first(self, on: date, kinds: Sequence[WorkKind], most: int) -> list[DueItem]:
        """The first rows of `kinds` on `on`: agreed, urgent, late, then by standing and waiting."""
        late = case((_ITEM.c.due_on < on, 0), else_=1)
        query = (
            _SHOWN.where(_ITEM.c.kind.in_(kinds))
            .order_by(
                func.min(_ITEM.c.standing, URGENT + 1), late, _ITEM.c.standing,
                _ITEM.c.since.is_not(None), _ITEM.c.since, _ITEM.c.place,
                _ITEM.c.entity_id,
            )
            .limit(most)
        )  # fmt: skip
        return [_item(row) for row in self.connection.execute(query, {"on": on}).mappings()]

    def agreed(self, on: date, kinds: Sequence[WorkKind]) -> int:
        """How many rows of `kinds` stand in the list on `on` because the day was agreed."""
        query = _SHOWN.where(_ITEM.c.kind.in_(kinds), _ITEM.c.standing == AGREED)
        count = query.with_only_columns(func.count())
        number: int = self.connection.execute(count, {"on": on}).scalar_one()
        return number

    def ahead(self, kinds: Sequence[WorkKind], on: date, last: date) -> int:
        """How many rows of `kinds` stand in the list on `on` or come into it by `last`."""
        query = select(func.count()).where(
            _ITEM.c.kind.in_(kinds),
            _ITEM.c.appears_on <= last,
            or_(_ITEM.c.until.is_(None), _ITEM.c.until >= on),
        )
        number: int = self.connection.execute(query).scalar_one()
        return number

    def counts(self, on: date) -> dict[WorkKind, int]:
        """How many rows of each kind stand in the list on `on`."""
        query = _SHOWN.with_only_columns(_ITEM.c.kind, func.count()).group_by(_ITEM.c.kind)
        return {WorkKind(kind): count for kind, count in self.connection.execute(query, {"on": on})}

    def of_kinds(self, kinds: Sequence[WorkKind], until: date) -> list[DueItem]:
        """Every row of `kinds` that appears by `until`."""
        query = select(_ITEM).where(_ITEM.c.kind.in_(kinds), _ITEM.c.appears_on <= until)
        return [_item(row) for row in self.connection.execute(query).mappings()]

    def about(self, subjects: Sequence[str]) -> set[tuple[str, DueItem]]:
        """Every row of `subjects` with the name of its source, whenever it appears."""
        query = select(_ITEM).where(_ITEM.c.subject.in_(among("subjects")))
        rows = self.connection.execute(query, {"subjects": json.dumps(list(subjects))}).mappings()
        return {(row["source"], _item(row)) for row in rows}

    def listed(self) -> list[str]:
        """Subjects with a row."""
        return list(self.connection.execute(select(_ITEM.c.subject).distinct()).scalars())

    def subjects(self) -> list[str]:
        """Everybody something may be due about: households, records without one, the purse of a
        laptop, the village."""
        alone = (
            select(table.c.id).where(table.c.household_id.is_(None))
            for table in ENTITIES.values()
            if "household_id" in table.columns and table.c.household_id.nullable
        )
        every = union(select(_HOUSEHOLD.c.id), select(_FUND.c.id), *alone)
        found = self.connection.execute(every).scalars()
        return sorted({*found, VILLAGE})

    def concerned(self, abouts: Sequence[str], subjects: Sequence[str]) -> dict[str, list[str]]:
        """Of `subjects`, by each of `abouts` (`app.services.due.Kept.about`), those it is about."""
        if not abouts:
            return {}
        part = {"subjects": json.dumps(list(subjects))}
        found = {
            (row["about"], row["subject"]) for row in _owners(*abouts).rows(self.connection, part)
        }
        return {
            about: [subject for subject in subjects if (about, subject) in found]
            for about in abouts
        }

    def is_made(self) -> bool:
        """Whether the list as a whole was ever made: asked at every save."""
        return _IS_MADE.first(self.connection, {}) is not None

    def made_with(self) -> MadeWith | None:
        """What the list as a whole was made with; None before the first time."""
        row = self.connection.execute(select(_LIST)).first()
        if row is None:
            return None
        return MadeWith(row.made_with, row.good_before, tuple(row.calendar))

    def note_made(self, made: MadeWith, at: datetime) -> None:
        """Say that every row is made with `made`."""
        row = {
            "id": 1,
            "made_with": made.made_with,
            "good_before": made.good_before,
            "calendar": list(made.calendar),
            "made_at": at,
        }
        statement = upsert(_LIST).values(row)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))

    def count(self) -> int:
        """How many rows there are."""
        number: int = self.connection.execute(select(func.count()).select_from(_ITEM)).scalar_one()
        return number


@lru_cache
def _owners(*abouts: str) -> Prepared:
    """Whom of the subjects asked about each of `abouts` concerns, in one question."""
    return Prepared(union_all(*(owners for about in abouts for owners in _owners_by(about))))


def _owners_by(about: str) -> Iterator[Select[Any]]:
    """Who owns a record of a table, by whichever column says so; or who is of a category."""
    table, _, category = about.partition(":")
    known = METADATA.tables[table]
    for name in ("household_id", "subject", "id"):
        if name in known.c:
            owner = known.c[name]
            owners = select(literal(about).label("about"), owner.label("subject"))
            owners = owners.where(owner.in_(among("subjects")))
            yield owners.where(known.c.category == category) if category else owners


def forget_list(connection: Connection) -> None:
    """The whole list is to be made again: what it stands on was exchanged under it."""
    connection.execute(delete(_LIST))


def _rows(items: Iterable[tuple[str, DueItem]]) -> list[Mapping[str, object]]:
    """Items as rows, numbered within their subject and source."""
    rows: list[Mapping[str, object]] = []
    positions: dict[tuple[str, str], int] = {}
    for source, item in items:
        whose = (item.subject, source)
        position = positions[whose] = positions.get(whose, -1) + 1
        rows.append(
            {
                "subject": item.subject,
                "source": source,
                "position": position,
                "kind": item.kind.value,
                "entity_id": item.entity_id,
                "household_id": item.household,
                "who": item.who,
                "place": item.place,
                "appears_on": item.appears_on,
                "due_on": item.due_on,
                "due_at": item.due_at,
                "why": item.why,
                "rule": item.rule,
                "page": item.page,
                "action": item.action,
                "target": item.target,
                "since": item.since,
                "until": item.until,
                "standing": item.standing,
                "in_workdays": item.in_workdays,
            }
        )
    return rows


def _item(row: RowMapping) -> DueItem:
    """A row as a value."""
    household = row["household_id"]
    return DueItem(
        kind=WorkKind(row["kind"]),
        entity_id=row["entity_id"],
        household=None if household is None else HouseholdId(household),
        who=row["who"],
        place=row["place"],
        appears_on=row["appears_on"],
        due_on=row["due_on"],
        due_at=row["due_at"],
        why=row["why"],
        rule=row["rule"],
        page=row["page"],
        action=row["action"],
        target=row["target"],
        since=row["since"],
        until=row["until"],
        standing=row["standing"],
        in_workdays=row["in_workdays"],
    )
