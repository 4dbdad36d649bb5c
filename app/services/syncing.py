"""Syncing as a coordinator means it: send and fetch now, carry it on a stick, choose a side.

Success is only ever what a receipt of the county says; a failed try changes no word on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.clock import Clock
from app.domain.operations import OperationState
from app.domain.problem import Refused
from app.domain.words import Word
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.queries.sync import ConflictLine, OperationLine
    from app.store.unit_of_work import UnitOfWork
    from app.store.vault import OpenVault
    from app.sync.downlink import Downlink
    from app.sync.engine import Engine
    from app.sync.road import RunInStore, Stop, Tally, Transport, Watch
    from app.sync.uplink import Uplink
    from app.sync.usb import Exported, Imported

LISTED: Final = 200

TITLES: Final = {
    "household": "家庭资料",
    "person": "人员资料",
    "household_member": "家庭成员",
    "family_event": "家里变动",
    "support_obligor": "赡养人",
    "income_item": "收入",
    "expense_item": "支出",
    "asset_item": "财产",
    "visit": "走访记录",
    "emergency_relief": "先行救助",
    "relief_step": "先行救助的进展",
    "relief_instalment": "分期的先行救助",
    "late_supplement": "先行救助补的手续",
    "reserve_fund": "备用金",
    "reserve_entry": "备用金的一笔",
    "reserve_month": "备用金月结",
    "assessment": "测算",
    "application": "申请",
    "print_record": "打印记录",
    "attachment": "附件",
    "application_step": "申请的一步",
    "application_material": "申请材料",
    "check_authorization": "授权和承诺",
    "community_review": "民主评议",
    "public_notice": "公示",
    "notice_objection": "公示异议",
    "staff_relative_filing": "近亲属备案",
    "visit_file": "走访的照片或签字",
    "visit_plan": "约好的走访",
    "lead": "线索",
    "lead_step": "线索的一步",
    "referral": "转介",
    "referral_step": "转介的一步",
    "investigation": "入户调查",
    "grace_period": "渐退",
    "grace_step": "渐退的一步",
    "periodic_review": "定期复核",
    "composition_change": "增减员",
    "benefit": "享受的待遇",
    "certificate": "证件期限",
    "care_agreement": "照料协议",
    "care_step": "照料协议的一步",
    "watch_entry": "备案监测",
    "watch_step": "备案监测的一步",
    "complaint": "投诉",
}
"""What an item is called on the page."""


class Side(Word):
    """Whose value holds."""

    MINE = "mine", "用我填的"
    THEIRS = "theirs", "用县里的"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SyncItem:
    """One thing that was sent or waits; `note` says what to mend, `field` where."""

    n: int
    title: str
    who: str
    entity: str
    entity_id: str
    household_id: str
    state: OperationState
    note: str
    field: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Conflict:
    """A field on which the county and this laptop differ; the county's holds until decided."""

    id: str
    title: str
    who: str
    entity: str
    entity_id: str
    household_id: str
    field: str
    mine: Any
    theirs: Any
    base: Any
    theirs_by: str
    theirs_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """Everything the page shows.

    `waiting` counts operations the county has not answered, `waiting_by_title` what they are;
    `exported` those on a stick whose receipt has not come; `last_success` the end of the last
    sync that got through, or None.
    """

    is_enrolled: bool
    waiting: int
    waiting_by_title: tuple[tuple[str, int], ...]
    exported: int
    last_success: datetime | None
    clock_offset_ms: int | None
    items: tuple[SyncItem, ...]
    conflicts: tuple[Conflict, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Syncing:
    """Use cases of the sync page.

    `sync_now` runs on the work thread and reaches the store through `run_in_store`; the stick's
    use cases may do the same, or run on the store thread. The others belong to the store thread.
    """

    begin: Begin
    vault: OpenVault
    clock: Clock

    def sync_now(
        self,
        *,
        run_in_store: RunInStore,
        watch: Watch | None = None,
        stop: Stop | None = None,
        transport: Transport | None = None,
    ) -> Tally:
        """Send what waits and fetch what is new.

        Raises Refused S-01 before enrolment, CountyRefused, Unavailable NotReached, LinkCut,
        Stopped or D-…; whatever got through before stays, and the next sync goes on from there.
        """
        from app.sync.road import never
        from app.sync.transport import HttpsTransport

        if transport is not None:
            return self._engine(transport, run_in_store, watch, stop).run()
        county = self._uplink(run_in_store).enrolled().county
        with HttpsTransport(county, stop or never) as https:
            return self._engine(https, run_in_store, watch, stop).run()

    def export_to_usb(self, folder: Path, *, run_in_store: RunInStore | None = None) -> Exported:
        """Put everything that waits on a stick. Raises Refused S-01, D-07, Unavailable D-…"""
        from app.sync.road import run_here
        from app.sync.usb import UsbRoad

        run = run_in_store or run_here
        return UsbRoad(self._uplink(run), self._downlink(run)).export(folder)

    def import_from_usb(self, folder: Path, *, run_in_store: RunInStore | None = None) -> Imported:
        """Take what the county put on a stick. Raises Refused S-01, S-16, S-18, S-21."""
        from app.sync.road import run_here
        from app.sync.usb import UsbRoad

        run = run_in_store or run_here
        return UsbRoad(self._uplink(run), self._downlink(run)).take(folder)

    def waiting(self) -> int:
        """How many operations the county has not answered; `status` tells which."""
        from app.store.outbox import waiting_operations

        with self.begin() as work:
            return waiting_operations(work.connection)

    def status(self) -> SyncStatus:
        """How it stands, from what is stored here."""
        from app.store.outbox import waiting_operations
        from app.store.queries.sync import SyncQueries

        with self.begin() as work:
            queries = SyncQueries(work.connection)
            link = queries.link()
            return SyncStatus(
                is_enrolled=link.is_enrolled,
                waiting=waiting_operations(work.connection),
                waiting_by_title=tuple(
                    (TITLES.get(entity, entity), count)
                    for entity, count in queries.waiting().items()
                ),
                exported=queries.exported(),
                last_success=link.last_success,
                clock_offset_ms=link.clock_offset_ms,
                items=tuple(_item(line) for line in queries.lines(LISTED)),
                conflicts=tuple(_conflict(line) for line in queries.conflicts()),
                notices=tuple(queries.notices()),
            )

    def check(self) -> list[tuple[str, str]]:
        """Records whose tables are not server documents + replay; empty when all is well."""
        from app.store.feed import check_projection

        with self.begin() as work:
            return check_projection(work.connection)

    def resolve(self, conflict_id: str, side: Side) -> None:
        """Decide a difference; the decision is an operation of its own and goes to the county.

        Raises Refused S-19 when there is no such difference or it was decided, S-22 for a payment
        entered twice: that is the county's to settle.
        """
        from app.store.queries.sync import SyncQueries

        with self.begin() as work:
            queries = SyncQueries(work.connection)
            line = next((one for one in queries.conflicts() if one.id == conflict_id), None)
            if line is None:
                raise Refused("这一处已经定过了。", do="请刷新页面。", code="S-19")
            if line.field == "payment_id":
                raise Refused(
                    "同一笔钱记了两次，要由县里核定。", do="请打电话给县里。", code="S-22"
                )
            self._decide(work, line, line.mine if side is Side.MINE else line.theirs)
            queries.close_conflict(conflict_id, side, self.clock.now())
            work.commit()

    def _decide(self, work: UnitOfWork, line: ConflictLine, value: Any) -> None:  # noqa: ANN401
        """Log that a person chose `value`, also when it is what holds already."""
        from app.store.queries.sync import SyncQueries
        from app.sync.protocol.verdict import RESOLVE_KIND

        changed = work.change(
            kind=RESOLVE_KIND,
            entity=line.entity,
            entity_id=line.entity_id,
            subject=line.subject,
            fields={line.field: value},
        )
        if changed is None:
            work.journal.append(
                kind=RESOLVE_KIND,
                entity=line.entity,
                entity_id=line.entity_id,
                subject=line.subject,
                base_version=SyncQueries(work.connection).version(line.entity, line.entity_id),
                patch={line.field: (value, value)},
                business_date=self.clock.today(),
            )

    def _engine(
        self,
        transport: Transport,
        run_in_store: RunInStore,
        watch: Watch | None,
        stop: Stop | None,
    ) -> Engine:
        """One run of the engine."""
        from app.sync.engine import Engine
        from app.sync.road import ignore, never

        return Engine(
            self._uplink(run_in_store),
            self._downlink(run_in_store),
            transport,
            watch or ignore,
            stop or never,
        )

    def _uplink(self, run_in_store: RunInStore) -> Uplink:
        """The outbox of this vault."""
        from app.sync.uplink import Uplink

        return Uplink(self.begin, run_in_store, self.clock, self.vault.files.outbox)

    def _downlink(self, run_in_store: RunInStore) -> Downlink:
        """The feed of this vault."""
        from app.sync.downlink import Downlink

        return Downlink(self.begin, run_in_store, self.clock)


def _item(line: OperationLine) -> SyncItem:
    """A stored line as the page shows it."""
    return SyncItem(
        n=line.n,
        title=TITLES.get(line.entity, line.entity),
        who=line.who,
        entity=line.entity,
        entity_id=line.entity_id,
        household_id=line.subject,
        state=line.state,
        note=line.reason or "",
        field=line.field,
        at=line.at,
    )


def _conflict(line: ConflictLine) -> Conflict:
    """A stored difference as the page shows it."""
    return Conflict(
        id=line.id,
        title=TITLES.get(line.entity, line.entity),
        who=line.who,
        entity=line.entity,
        entity_id=line.entity_id,
        household_id=line.subject,
        field=line.field,
        mine=line.mine,
        theirs=line.theirs,
        base=line.base,
        theirs_by=line.theirs_by,
        theirs_at=line.theirs_at,
    )
