"""One request, one transaction: begin, change, read, commit — or nothing at all.

`change` is the only way a fact is written: it updates the working row and appends the operation
that says so, together. Leaving the `with` block without `commit` undoes both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, RootTransaction, select

from app.domain.clock import Clock, china_date
from app.domain.ids import new_id
from app.domain.operations import AUDIT, Operation, Patch
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import DeviceRow, ServerDocumentRow
from app.store import projection, search
from app.store.engine import end_refused
from app.store.feed import refuse_leaving
from app.store.journal import (
    HEAD_COLUMNS,
    Head,
    Journal,
    head_of,
    read_about,
    read_head,
    read_patch,
)
from app.store.link_notes import refuse_money
from app.store.local import LocalNotes
from app.store.named_elsewhere import spread
from app.store.prepared import Prepared
from app.store.queries.alarms import AlarmQueries
from app.store.queries.caring import CaringQueries
from app.store.queries.casework import CaseworkQueries
from app.store.queries.due import DueQueries
from app.store.queries.families import FamilyQueries
from app.store.queries.fund import FundQueries
from app.store.queries.households import HouseholdQueries
from app.store.queries.people import PeopleQueries
from app.store.queries.procedure import ProcedureQueries
from app.store.queries.relief import ReliefQueries
from app.store.queries.reports import ReportQueries
from app.store.queries.rounds import RoundQueries
from app.store.queries.standing import StandingQueries
from app.store.queries.visiting import VisitingQueries
from app.store.queries.worklist import WorklistQueries
from app.store.reassessments import ReassessmentNotes
from app.store.tiers import note_tiers
from app.store.touched import Touched, is_touched, take_touched, touch
from app.store.values import to_value

_DOCUMENT = table_of(ServerDocumentRow)
_DEVICE = table_of(DeviceRow)
_PACK = "policy_pack"
_DEVICE_ROW = Prepared(select(_DEVICE, *HEAD_COLUMNS))

Committed = Callable[[Head, bool], None]
"""(new head, whether money was moved)"""
Keep = Callable[["UnitOfWork", Touched], None]
"""Brings what is made of the records up to date, inside the transaction that changed them."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes: the device, its officer and the village they answer for."""

    device_id: str
    device_no: int
    """The number the county gave this device; 0 before it has one."""
    officer_id: str
    officer_name: str
    village_code: str
    village_name: str
    county_code: str
    """Six figures; the village's own before enrolment."""
    is_practice: bool
    is_enrolled: bool


class UnitOfWork:
    """A write transaction (`BEGIN IMMEDIATE`). Use on the store thread only."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        committed: Committed | None = None,
        keep: Keep | None = None,
    ) -> None:
        """`committed` learns of every commit that moved the head of the chain; `keep` is called
        before a commit with whose records it changes."""
        self._engine = engine
        self._clock = clock
        self._committed = committed
        self._keep = keep
        self._connection: Connection | None = None
        self._transaction: RootTransaction | None = None
        self._journal: Journal | None = None
        self._device_row: dict[str, Any] | None = None
        self._editions: tuple[str, ...] | None = None
        self._draft: str | None = None

    def finishes(self, draft_key: str) -> None:
        """The commit also forgets this half-filled form: what it asked for is recorded then."""
        self._draft = draft_key

    def __enter__(self) -> Self:
        self._connection = self._engine.connect()
        self._transaction = self._connection.begin()
        self._journal = self._device_row = self._editions = None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection = self.connection
        search.forget_changes(connection)
        take_touched(connection)
        if self._transaction is not None and self._transaction.is_active:
            self._transaction.rollback()
        end_refused(connection)
        connection.close()
        self._connection = None

    @property
    def connection(self) -> Connection:
        """The open connection, for the store's own modules. Raises RuntimeError outside `with`."""
        if self._connection is None:
            raise RuntimeError("a unit of work is used inside its with block")
        return self._connection

    def commit(self, *, money: bool = False) -> None:
        """Make everything durable. After this nothing more may be written here.

        `money` says that the commit moved money: the anchor is then as durable as the record.
        Raises Refused S-26 while the county has not looked at this laptop, S-27 after 45 days
        without a word of it; then nothing is kept.
        """
        if money:
            refuse_money(self.connection, self._clock.now())
        if self._draft is not None:
            self.local.drop_draft(self._draft)
        search.flush(self.connection)
        if is_touched(self.connection, _PACK):
            self._editions = None
        touched = take_touched(self.connection)
        note_tiers(self.connection, touched, self._clock.today())
        if touched and self._keep is not None:
            self._keep(self, spread(self.connection, touched))
        if self._transaction is not None:
            self._transaction.commit()
        if self._committed is not None and self._journal is not None:
            moved_to = self._journal.appended
            if moved_to is not None:
                self._committed(moved_to, money)

    def change(
        self,
        *,
        kind: str,
        entity: str,
        entity_id: str,
        subject: str,
        fields: Mapping[str, object],
        on: date | None = None,
        new: bool = False,
    ) -> Operation | None:
        """Set `fields` of one entity and log it; None when nothing differs.

        `new` says the entity does not exist yet, which saves a look. `on` is the business date
        (today when None). Raises KeyError for a field the table does not have, Refused H-29 while
        the subject is being handed over.
        """
        wanted = {name: to_value(value) for name, value in fields.items()}
        known = None if new else projection.current(self.connection, entity, entity_id)
        patch: Patch = {
            name: ((known or {}).get(name), value)
            for name, value in wanted.items()
            if (known is None and value is not None) or (known is not None and known[name] != value)
        }
        if not patch:
            return None
        refuse_leaving(self.connection, subject)
        projection.put(
            self.connection,
            entity,
            entity_id,
            {name: pair[1] for name, pair in patch.items()},
            new=known is None,
        )
        touch(self.connection, entity, subject)
        return self.journal.append(
            kind=kind,
            entity=entity,
            entity_id=entity_id,
            subject=subject,
            base_version=self._version(entity, entity_id) if known is not None else 0,
            patch=patch,
            business_date=on or self._clock.today(),
        )

    def note(self, *, kind: str, subject: str, facts: Mapping[str, object]) -> Operation:
        """Log a deed that changes no record: a number shown, a file exported, a vault restored."""
        return self.journal.append(
            kind=kind,
            entity=AUDIT,
            entity_id=new_id(self._clock.now()),
            subject=subject,
            base_version=0,
            patch={name: (None, to_value(value)) for name, value in facts.items()},
            business_date=self._clock.today(),
        )

    def operations_about(
        self, subject: str, entities: Sequence[str], most: int
    ) -> list[tuple[Operation, Patch]]:
        """What this laptop wrote about `subject`, in clear, the newest first."""
        return read_about(self.connection, subject, entities, most)

    def patch_of(self, operation: Operation) -> Patch | None:
        """What an operation set, in clear; None once its subject has been erased."""
        return read_patch(self.connection, operation)

    @property
    def journal(self) -> Journal:
        """The operation log of this transaction."""
        if self._journal is None:
            row = self._device
            self._journal = Journal(
                self.connection,
                self._clock,
                row["device_id"],
                row["officer_id"],
                head_of(row),
                row["last_server_time"],
            )
        return self._journal

    @property
    def head(self) -> Head:
        """The end of the operation chain."""
        return read_head(self.connection)

    @property
    def identity(self) -> Identity:
        """Who this laptop is."""
        row = self._device
        return Identity(
            device_id=row["device_id"],
            device_no=int(row["device_no"] or 0),
            officer_id=row["officer_id"],
            officer_name=row["officer_name"],
            village_code=row["village_code"] or "",
            village_name=row["village_name"],
            county_code=row["county_id"] or (row["village_code"] or "")[:6],
            is_practice=row["is_practice"],
            is_enrolled=row["enrolled_at"] is not None,
        )

    @property
    def _device(self) -> dict[str, Any]:
        """The device row with the head of the log as the transaction found it: nobody but the
        journal moves that on. Read once; only the serial moves in a transaction."""
        if self._device_row is None:
            (self._device_row,) = _DEVICE_ROW.rows(self.connection, {})
        return self._device_row

    @property
    def pack_editions(self) -> tuple[str, ...]:
        """Which packs the county has sent, the newest first: asked once in a transaction that
        brings none, for several questions of a save stand on the pack in force."""
        if self._editions is None or is_touched(self.connection, _PACK):
            self._editions = self.casework.pack_editions()
        return self._editions

    def next_serial(self) -> int:
        """Take the next document serial of this device; it is never given twice.

        Raises Refused before the county has given the device its number.
        """
        if not self.identity.device_no:
            raise Refused(
                "这台电脑还没有绑定到县里，单据没有正式编号。",
                do="请先用县里给的绑定文件绑定。",
                code="S-20",
            )
        serial: int = self.connection.execute(select(_DEVICE.c.next_serial)).scalar_one()
        self.connection.execute(_DEVICE.update().values(next_serial=serial + 1))
        return serial

    @property
    def households(self) -> HouseholdQueries:
        """Questions about households."""
        return HouseholdQueries(self.connection)

    @property
    def people(self) -> PeopleQueries:
        """Questions about people."""
        return PeopleQueries(self.connection)

    @property
    def families(self) -> FamilyQueries:
        """Questions about families over time."""
        return FamilyQueries(self.connection)

    @property
    def casework(self) -> CaseworkQueries:
        """Questions about visits, relief, applications, assessments and prints."""
        return CaseworkQueries(self.connection)

    @property
    def procedure(self) -> ProcedureQueries:
        """Questions about what surrounds an application."""
        return ProcedureQueries(self.connection)

    @property
    def relief(self) -> ReliefQueries:
        """Questions about 先行救助."""
        return ReliefQueries(self.connection)

    @property
    def fund(self) -> FundQueries:
        """Questions about the reserve fund."""
        return FundQueries(self.connection)

    @property
    def visiting(self) -> VisitingQueries:
        """Questions about what stands beside visits: files, plans, leads, referrals."""
        return VisitingQueries(self.connection)

    @property
    def reports(self) -> ReportQueries:
        """Questions about what the village reports upwards."""
        return ReportQueries(self.connection)

    @property
    def begun_on(self) -> date:
        """The day this laptop was taken into use, in China."""
        return china_date(self.connection.execute(select(_DEVICE.c.created_at)).scalar_one())

    @property
    def alarms(self) -> AlarmQueries:
        """Birthdays, first jobs, what the newest visit saw."""
        return AlarmQueries(self.connection)

    @property
    def caring(self) -> CaringQueries:
        """Care agreements, the watch list, complaints."""
        return CaringQueries(self.connection)

    @property
    def standing(self) -> StandingQueries:
        """Questions about those already supported: 渐退, reviews, 增减员, benefits."""
        return StandingQueries(self.connection)

    @property
    def worklist(self) -> WorklistQueries:
        """Questions behind today's list."""
        return WorklistQueries(self.connection)

    @property
    def due(self) -> DueQueries:
        """Today's list as it is kept."""
        return DueQueries(self.connection)

    @property
    def rounds(self) -> RoundQueries:
        """Questions about a month's round and the yearly sweep."""
        return RoundQueries(self.connection)

    @property
    def local(self) -> LocalNotes:
        """Drafts, recents and kept packs: what is this laptop's alone."""
        return LocalNotes(self.connection, self._clock)

    @property
    def reassessments(self) -> ReassessmentNotes:
        """The village tested again under a new standard."""
        return ReassessmentNotes(self.connection, self._clock)

    def _version(self, entity: str, entity_id: str) -> int:
        """The county's version of an entity this laptop last saw; 0 for none."""
        version: int | None = self.connection.execute(
            select(_DOCUMENT.c.version).where(
                _DOCUMENT.c.entity == entity, _DOCUMENT.c.entity_id == entity_id
            )
        ).scalar_one_or_none()
        return version or 0
