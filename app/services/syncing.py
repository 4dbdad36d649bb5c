"""Syncing as a coordinator means it: send and fetch now, carry it on a stick, choose a side.

Success is only ever what a receipt of the county says; a failed try changes no word on the page.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.clock import Clock
from app.domain.problem import Refused
from app.services.sync_status import TITLES, Side, SyncStatus, conflict_of, item_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.enrolment import Enrolled
    from app.store.queries.sync import ConflictLine
    from app.store.unit_of_work import UnitOfWork
    from app.store.vault import OpenVault
    from app.sync.attachments import Attachments
    from app.sync.downlink import Downlink
    from app.sync.engine import Engine
    from app.sync.patience import Patience
    from app.sync.road import Beside, RunInStore, Stop, Tally, Transport, Watch
    from app.sync.uplink import Uplink
    from app.sync.usb import Exported, Imported, UsbRoad

LISTED: Final = 200
TRIES: Final = 4
"""How often one step is tried over the network before she is told; seconds, not minutes."""


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
        patience: Patience | None = None,
        beside: Beside | None = None,
    ) -> Tally:
        """Send what waits and fetch what is new; a link that breaks is tried again after a while.

        A `transport` that is passed in is tried once, unless `patience` says otherwise, and on
        this thread, unless `beside` does.

        Raises Refused S-01 before enrolment, CountyRefused, Unavailable NotReached, LinkCut,
        Stopped or D-…; whatever got through before stays, and the next sync goes on from there.
        """
        from app.sync.patience import IMPATIENT, Patience
        from app.sync.road import in_turn, never
        from app.sync.transport import HttpsTransport, on_a_thread, pause

        if transport is not None:
            once = patience or IMPATIENT
            engine = self._engine(transport, run_in_store, watch, stop, once)
            engine.beside = beside or in_turn
            tally = engine.run()
            self._seal_to_county(run_in_store)
            return tally
        county = self._uplink(run_in_store).enrolled().county
        asked = stop or never
        usual = Patience(TRIES, secrets.SystemRandom().random, lambda s: pause(s, asked))
        with HttpsTransport(county, asked) as https, on_a_thread() as aside:
            engine = self._engine(https, run_in_store, watch, stop, patience or usual)
            engine.beside = aside
            tally = engine.run()
        self._seal_to_county(run_in_store)
        return tally

    def export_to_usb(
        self, folder: Path, *, run_in_store: RunInStore | None = None, is_stick: bool = True
    ) -> Exported:
        """Put everything that waits on a stick, or into a folder of this machine.

        Raises Refused S-01, D-07, Unavailable S-33 when a stick cannot be written, D-…
        """
        from app.sync.road import run_here

        run = run_in_store or run_here
        return replace(self._stick(run), is_stick=is_stick).export(folder)

    def import_from_usb(self, folder: Path, *, run_in_store: RunInStore | None = None) -> Imported:
        """Take what the county put on a stick. Raises Refused S-01, S-16, S-18, S-21."""
        from app.sync.road import run_here

        run = run_in_store or run_here
        imported = self._stick(run).take(folder)
        self._seal_to_county(run)
        return imported

    def enrolled(self, *, run_in_store: RunInStore) -> Enrolled:
        """Who speaks to whom. Raises Refused S-01."""
        return self._uplink(run_in_store).enrolled()

    def offer_all(self, transport: Transport, *, run_in_store: RunInStore) -> int:
        """Offer what waits to a county that takes nothing from this laptop any more."""
        from app.sync.farewell import offer_all

        return offer_all(self._uplink(run_in_store), self._attachments(run_in_store), transport)

    def waiting(self) -> int:
        """How many operations the county has not answered; `status` tells which."""
        from app.store.outbox import waiting_operations

        with self.begin() as work:
            return waiting_operations(work.connection)

    def status(self) -> SyncStatus:
        """How it stands, from what is stored here."""
        from app.store.feed import leaving_subjects
        from app.store.link_notes import read_alarm, silent_for
        from app.store.outbox import waiting_operations
        from app.store.queries.sync import SyncQueries
        from app.store.uploads import arrived_attachments, count_uploads

        with self.begin() as work:
            queries = SyncQueries(work.connection)
            link = queries.link()
            files = count_uploads(work.connection)
            silent = silent_for(work.connection, self.clock.now())
            arrived = arrived_attachments(work.connection)
            return SyncStatus(
                is_enrolled=link.is_enrolled,
                waiting=waiting_operations(work.connection),
                waiting_by_title=tuple(
                    (TITLES.get(entity, entity), count)
                    for entity, count in queries.waiting().items()
                ),
                exported=queries.exported(),
                waiting_bytes=queries.waiting_bytes() + files.waiting_bytes,
                files_waiting=files.waiting,
                files_arrived=files.arrived,
                last_success=link.last_success,
                silent_days=None if silent is None else silent.days,
                clock_offset_ms=link.clock_offset_ms,
                alarm=read_alarm(work.connection),
                items=tuple(item_of(line, arrived) for line in queries.lines(LISTED)),
                conflicts=tuple(conflict_of(line) for line in queries.conflicts()),
                notices=tuple(queries.notices()),
                leaving=len(leaving_subjects(work.connection)),
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
        patience: Patience,
    ) -> Engine:
        """One run of the engine."""
        from app.sync.engine import Engine
        from app.sync.road import ignore, never

        return Engine(
            self._uplink(run_in_store),
            self._downlink(run_in_store),
            self._attachments(run_in_store),
            transport,
            watch or ignore,
            stop or never,
            patience,
        )

    def _seal_to_county(self, run_in_store: RunInStore) -> None:
        """Two officers of the county can help when the passphrase is forgotten."""
        from app.services.county_slot import seal_to_county

        run_in_store(partial(seal_to_county, self.begin, self.vault))

    def _stick(self, run_in_store: RunInStore) -> UsbRoad:
        """The USB road of this vault."""
        from app.sync.usb import UsbRoad

        return UsbRoad(
            self._uplink(run_in_store),
            self._downlink(run_in_store),
            self._attachments(run_in_store),
        )

    def _attachments(self, run_in_store: RunInStore) -> Attachments:
        """The photos and signatures of this vault."""
        from app.sync.attachments import Attachments

        return Attachments(self.begin, run_in_store, self.clock, self.vault.blobs)

    def _uplink(self, run_in_store: RunInStore) -> Uplink:
        """The outbox of this vault."""
        from app.sync.uplink import Uplink

        return Uplink(self.begin, run_in_store, self.clock, self.vault.files.outbox)

    def _downlink(self, run_in_store: RunInStore) -> Downlink:
        """The feed of this vault."""
        from app.sync.downlink import Downlink

        return Downlink(self.begin, run_in_store, self.clock)
