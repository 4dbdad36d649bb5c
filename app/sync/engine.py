"""One sync: everything up, then everything down, resumable after any step (security §4.12).

The engine alternates short jobs in the store with transport calls, so that a stalled link never
delays a save. It has no thread, no clock and no socket of its own: all three are passed in. Only
a receipt under the county's signature acknowledges anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.store.enrolment import Enrolled
from app.store.outbox import BatchState, OutboxBatch
from app.sync.downlink import Downlink
from app.sync.problems import LinkCut, Stopped, stopped
from app.sync.road import Phase, Progress, Stop, Tally, Transport, Watch, ignore, never
from app.sync.uplink import Uplink


@dataclass(slots=True)
class Engine:
    """One run. Make a new one for each sync; what it did so far stands in `tally`."""

    uplink: Uplink
    downlink: Downlink
    transport: Transport
    watch: Watch = ignore
    stop: Stop = never
    tally: Tally = field(default_factory=Tally)
    _total: int = 0

    def run(self) -> Tally:
        """Push, then pull.

        Raises NotReached, LinkCut, Stopped or CountyRefused; what was acknowledged or applied
        before stays so, and the next run goes on from there.
        """
        enrolled = self.uplink.enrolled()
        self.uplink.sweep()
        self._push(enrolled)
        self._pull(enrolled)
        return self.tally

    def _push(self, enrolled: Enrolled) -> None:
        """Send batches in order until nothing waits."""
        self._total = self.uplink.waiting()
        self._tell(Phase.UP)
        while (batch := self.uplink.next_batch()) is not None:
            self._check_stop()
            data = self.uplink.sealed(enrolled, batch)
            if data is None:
                enrolled = self.uplink.enrolled()
                continue
            receipt = self._send(batch, data)
            done = self.uplink.acknowledge(enrolled, batch, receipt)
            self.tally.sent += done.sent
            self.tally.returned += done.returned
            self.tally.differing += done.differing
            self._tell(Phase.UP)

    def _send(self, batch: OutboxBatch, data: bytes) -> bytes:
        """One batch over the link. What may have arrived is 已送出 from then on."""
        try:
            receipt = self.transport.send_batch(data)
        except (LinkCut, Stopped):
            self.uplink.mark_sent(batch, BatchState.SENT)
            raise
        self.tally.bytes += len(data) + len(receipt)
        return receipt

    def _pull(self, enrolled: Enrolled) -> None:
        """Take pages until the county has no more."""
        more = True
        while more:
            self._check_stop()
            request = self.downlink.request(enrolled)
            data = self.transport.fetch_page(request)
            applied = self.downlink.apply(enrolled, data)
            if applied is None:
                return  # another road moved the cursor back meanwhile; the next sync asks anew
            page, changed = applied
            self.tally.bytes += len(request) + len(data)
            self.tally.received += changed
            more = page.head.more
            self._tell(Phase.DOWN)

    def _tell(self, phase: Phase) -> None:
        """Say how far it is."""
        if phase is Phase.UP:
            self.watch(Progress(phase, self.tally.sent, self._total, self.tally.bytes))
        else:
            self.watch(Progress(phase, self.tally.received, 0, self.tally.bytes))

    def _check_stop(self) -> None:
        """Raises Stopped when the coordinator said so; everything so far is kept."""
        if self.stop():
            raise stopped()
