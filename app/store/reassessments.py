"""The village tested again, as far as it has come: one pass after the other, one line a household.

Kept beside the records, not among them: it is worked out from them and can be worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import (
    Connection,
    Integer,
    RowMapping,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.clock import Clock, day_words
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.reassessment import Change, Reassessed, Reassessment
from app.models.base import table_of
from app.models.casework import AssessmentRow
from app.models.local import ReassessedRow, ReassessmentRow
from app.models.people import HouseholdRow, PersonRow
from app.store.queries.people import money_of
from app.store.touched import REASSESSED, touch

_PASS = table_of(ReassessmentRow)
_LINE = table_of(ReassessedRow)
_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)
_ASSESSMENT = table_of(AssessmentRow)

_BY_PLACE = (
    _HOUSEHOLD.c.group_name,
    func.length(_HOUSEHOLD.c.door),
    _HOUSEHOLD.c.door,
    _HOUSEHOLD.c.id,
)
_NEWEST_FIRST: Final = (_PASS.c.started_at.desc(), literal_column("rowid", Integer).desc())
"""Two passes begun within one millisecond come in the order they were written."""


@dataclass(frozen=True, slots=True)
class ReassessmentNotes:
    """Passes over the village and what they found, within one transaction."""

    connection: Connection
    clock: Clock

    def begin(self, fields: Mapping[str, object]) -> Reassessment:
        """Start a pass."""
        row = {"started_at": self.clock.now(), "finished_at": None, **fields}
        self.connection.execute(insert(_PASS), row)
        return self.get(str(fields["id"]))

    def get(self, pass_id: str) -> Reassessment:
        """One pass. Raises sqlalchemy's NoResultFound when it was never begun."""
        query = select(_PASS).where(_PASS.c.id == pass_id)
        return self._pass(self.connection.execute(query).mappings().one())

    def finish(self, pass_id: str) -> None:
        """Every household was tested; lines of earlier passes about households gone are dropped."""
        self.connection.execute(
            update(_PASS).where(_PASS.c.id == pass_id).values(finished_at=self.clock.now())
        )
        old = _LINE.c.reassessment_id != pass_id
        for subject in self.connection.execute(select(_LINE.c.household_id).where(old)).scalars():
            touch(self.connection, REASSESSED, subject)
        self.connection.execute(delete(_LINE).where(old))

    def put(self, lines: Sequence[Mapping[str, object]]) -> None:
        """Keep what was found; what an earlier pass said of a household gives way."""
        if not lines:
            return
        statement = upsert(_LINE)
        new = {c.name: statement.excluded[c.name] for c in _LINE.columns}
        now = self.clock.now()
        for line in lines:
            touch(self.connection, REASSESSED, str(line["household_id"]))
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["household_id"], set_=new),
            [{"reassessed_at": now, **line} for line in lines],
        )

    def latest(self) -> Reassessment | None:
        """The newest pass, finished or not."""
        query = select(_PASS).order_by(*_NEWEST_FIRST).limit(1)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else self._pass(row)

    def of(self, sha256: str, since: date) -> Reassessment | None:
        """The newest pass under this pack as it stands from `since`."""
        query = select(_PASS).where(_PASS.c.pack_sha256 == sha256, _PASS.c.since == since)
        query = query.order_by(*_NEWEST_FIRST).limit(1)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else self._pass(row)

    def left(self, pass_id: str) -> list[HouseholdId]:
        """Households the pass has not come to, by group and door."""
        done = select(_LINE.c.household_id).where(_LINE.c.reassessment_id == pass_id)
        query = select(_HOUSEHOLD.c.id).where(
            ~_HOUSEHOLD.c.is_removed,
            _HOUSEHOLD.c.ended_on.is_(None),
            _HOUSEHOLD.c.id.not_in(done),
        )
        return [HouseholdId(row.id) for row in self.connection.execute(query.order_by(*_BY_PLACE))]

    def found(
        self, changes: Sequence[Change], subjects: Sequence[str] | None = None
    ) -> list[Reassessed]:
        """Households of these changes, in the order of `changes`, then by group and door; all,
        or only those of `subjects` (at most some hundreds)."""
        tested_on = (
            select(func.max(_ASSESSMENT.c.made_at))
            .where(_ASSESSMENT.c.household_id == _LINE.c.household_id)
            .scalar_subquery()
        )
        query = (
            select(
                _LINE,
                _HOUSEHOLD.c.group_name,
                _HOUSEHOLD.c.door,
                _HOUSEHOLD.c.category,
                _PERSON.c.name,
                (tested_on > _LINE.c.reassessed_at).label("tested_since"),
                _PASS.c.pack_title,
                _PASS.c.pack_version,
                _PASS.c.since,
            )
            .join(_PASS, _PASS.c.id == _LINE.c.reassessment_id)
            .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _LINE.c.household_id)
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .where(_LINE.c.change.in_(changes), ~_HOUSEHOLD.c.is_removed)
            .order_by(*_BY_PLACE)
        )
        if subjects is not None:
            query = query.where(_LINE.c.household_id.in_(subjects))
        lines = [_line(row) for row in self.connection.execute(query).mappings()]
        order = list(changes)
        return sorted(lines, key=lambda line: order.index(line.change))

    def _pass(self, row: RowMapping) -> Reassessment:
        """A pass with what it has found so far."""
        query = (
            select(_LINE.c.change, func.count().label("households"))
            .where(_LINE.c.reassessment_id == row["id"])
            .group_by(_LINE.c.change)
        )
        counts = {
            Change(each.change): int(each.households) for each in self.connection.execute(query)
        }
        return Reassessment(
            id=row["id"],
            pack_sha256=row["pack_sha256"],
            pack_title=row["pack_title"],
            pack_version=row["pack_version"],
            since=row["since"],
            on=row["assessed_on"],
            households=row["households"],
            done=sum(counts.values()),
            started_at=row["started_at"],
            finished_at=row["finished_at"],
            counts=counts,
        )


def _line(row: RowMapping) -> Reassessed:
    """A row as a value."""
    before, after = row["before_category"], row["after_category"]
    return Reassessed(
        household=HouseholdId(row["household_id"]),
        who=row["name"] or "",
        place=f"{row['group_name']}{row['door']}",
        recorded=Category(row["category"]),
        change=Change(row["change"]),
        before=None if before is None else Category(before),
        before_month=money_of(row["before_month_fen"]),
        after=None if after is None else Category(after),
        after_month=money_of(row["after_month_fen"]),
        ask=tuple(row["ask"]),
        is_tested_since=bool(row["tested_since"]),
        rule=f"{row['pack_title']} {row['pack_version']} 版，{day_words(row['since'])}起",
    )
