"""Batches between reservation and receipt: each step durable before the next (security §4.12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.clock import Clock
from app.domain.problem import Refused
from app.store import feed, link_notes, outbox, projection, receipts, villages
from app.store.atomic import atomic_write, disk_problem, remove
from app.store.enrolment import Enrolled, read_enrolled
from app.store.link_notes import Alarm, Raised
from app.store.outbox import BatchState, OutboxBatch
from app.store.receipts import ReceiptFacts
from app.store.unit_of_work import UnitOfWork
from app.sync import sealing
from app.sync.again import said_again_until, say_again
from app.sync.problems import CountyRefused, NotReached, unreadable_answer
from app.sync.protocol import refusal as refusals
from app.sync.protocol.batch import MAX_OPERATIONS
from app.sync.road import RunInStore, Tally
from app.sync.work import Begin

_ALARMS: Final = {refusals.FORK: Alarm.FORKED, refusals.QUARANTINED: Alarm.SET_ASIDE}
BATCH_OPERATIONS = 2_000
"""Operations in one batch: a store job of well under a second, a body of about a megabyte."""
FIRST_OPERATIONS = 500
"""Operations in a batch that none is on its way before: the county begins sooner."""


@dataclass(frozen=True, slots=True)
class Uplink:
    """The outbox of one vault. `folder` holds the sealed bytes."""

    begin: Begin
    run_in_store: RunInStore
    clock: Clock
    folder: Path

    def enrolled(self) -> Enrolled:
        """Who speaks to whom. Raises Refused S-01."""

        def job() -> Enrolled:
            with self.begin() as work:
                return read_enrolled(work.connection)

        return self.run_in_store(job)

    def waiting(self) -> int:
        """Operations without an answer."""

        def job() -> int:
            with self.begin() as work:
                return outbox.waiting_operations(work.connection)

        return self.run_in_store(job)

    def next_batch(self) -> OutboxBatch | None:
        """The oldest batch without a receipt, or a new one; None when nothing waits."""

        def job() -> OutboxBatch | None:
            with self.begin() as work:
                outbox.forget_older_epochs(work.connection)
                waiting = outbox.oldest_waiting(work.connection)
                batch = waiting or self._reserve(work, FIRST_OPERATIONS)
                work.commit()
                return batch

        return self.run_in_store(job)

    def prepare_after(
        self, enrolled: Enrolled, batch: OutboxBatch
    ) -> tuple[OutboxBatch, bytes] | None:
        """The batch after `batch`, sealed while that one is on its way; None when nothing follows,
        or when its bytes were sealed before and have to be looked at in their turn.

        Raises Unavailable D-01…D-03.
        """

        def job() -> OutboxBatch | None:
            with self.begin() as work:
                following = outbox.waiting_after(work.connection, batch)
                following = following or self._reserve(work, BATCH_OPERATIONS)
                work.commit()
                return following

        following = self.run_in_store(job)
        if following is None or following.sha256 is not None:
            return None
        data = self.sealed(enrolled, following)
        return None if data is None else (following, data)

    def all_batches(self) -> list[OutboxBatch]:
        """Every batch without a receipt, after everything that waits has been put into one."""

        def job() -> list[OutboxBatch]:
            with self.begin() as work:
                outbox.forget_older_epochs(work.connection)
                while self._reserve(work, BATCH_OPERATIONS) is not None:
                    pass
                batches = outbox.waiting_batches(work.connection)
                work.commit()
                return batches

        return self.run_in_store(job)

    def waiting_batches(self) -> list[OutboxBatch]:
        """Every batch without a receipt."""

        def job() -> list[OutboxBatch]:
            with self.begin() as work:
                return outbox.waiting_batches(work.connection)

        return self.run_in_store(job)

    def sealed(self, enrolled: Enrolled, batch: OutboxBatch) -> bytes | None:
        """The bytes of a batch, sealed now if they were not before.

        None when bytes that may have been sent are gone: they cannot be made again, so the vault
        began a new epoch, in which the same operations go once more and are counted once. Raises
        Unavailable D-01…D-03.
        """
        path = batch.file(self.folder)
        data = _kept(path)
        if batch.sha256 is not None:
            if sealing.sha256_of(data) == batch.sha256:
                return data
            self._begin_epoch()
            return None
        if not sealing.is_this_batch(enrolled, batch, data):
            data = self._seal(enrolled, batch)
            atomic_write(path, data)
        self._mark_sealed(batch, sealing.sha256_of(data))
        return data

    def mark_sent(self, batch: OutboxBatch, state: BatchState) -> None:
        """Note that the bytes left the laptop."""

        def job() -> None:
            with self.begin() as work:
                outbox.mark_sent(work.connection, batch, state, self.clock.now())
                work.commit()

        self.run_in_store(job)

    def mark_not_taken(self, batch: OutboxBatch) -> None:
        """Note that the county took nothing of a batch: it waits again, as it was sealed."""

        def job() -> None:
            with self.begin() as work:
                outbox.mark_not_taken(work.connection, batch)
                work.commit()

        self.run_in_store(job)

    def acknowledge(self, enrolled: Enrolled, batch: OutboxBatch, data: bytes) -> Tally:
        """Read a receipt and keep it. Raises as `read_receipt` does."""
        return self.keep(batch, self.read_receipt(enrolled, batch, data))

    def read_receipt(self, enrolled: Enrolled, batch: OutboxBatch, data: bytes) -> ReceiptFacts:
        """What the county's receipt for these bytes says.

        Raises NotReached S-12 when it is not the county's, Refused S-14 when it is for other
        bytes; then nothing is acknowledged.
        """
        facts = sealing.open_receipt(enrolled, data)
        sealed = batch.file(self.folder)
        known = sealing.sha256_of(_kept(sealed)) if sealed.exists() else batch.sha256
        if (facts.epoch, facts.seq, facts.batch_sha256) != (batch.epoch, batch.seq, known):
            raise unreadable_answer()
        numbers = [one.n for one in facts.judged]
        if numbers != list(range(batch.first_n, batch.last_n + 1)):
            raise unreadable_answer()
        return facts

    def put_by(self, batch: OutboxBatch, data: bytes) -> None:
        """Lay a receipt that was read beside its batch: the next batch may then go before this
        one is kept, and a power cut in between sends neither this one again nor more than that.

        Raises Unavailable D-01…D-03.
        """
        atomic_write(batch.answer(self.folder), data)

    def answered(self, enrolled: Enrolled) -> list[tuple[OutboxBatch, ReceiptFacts]]:
        """The batches whose receipt was put by and never kept, with what it says.

        Raises Unavailable D-02, D-03.
        """
        found = []
        for batch in self.waiting_batches():
            data = _kept(batch.answer(self.folder))
            if not data:
                break  # receipts are kept in the order of their batches
            try:
                found.append((batch, self.read_receipt(enrolled, batch, data)))
            except (NotReached, Refused):
                break  # it was spoiled where it lay: the batch goes again, and is answered again
        return found

    def keep(self, batch: OutboxBatch, facts: ReceiptFacts) -> Tally:
        """Store a receipt with all that follows from it, then drop the batch's file."""

        def job() -> None:
            with self.begin() as work:
                if not receipts.has_receipt(work.connection, facts.epoch, facts.seq):
                    now = self.clock.now()
                    receipts.apply_receipt(work.connection, batch, facts, now)
                    feed.erase_left(work.connection, now)
                work.commit()

        self.run_in_store(job)
        batch.file(self.folder).unlink(missing_ok=True)
        batch.answer(self.folder).unlink(missing_ok=True)
        return Tally(
            sent=len(facts.judged),
            returned=sum(1 for one in facts.judged if one.reason is not None),
            differing=sum(1 for one in facts.judged if one.differences),
        )

    def alarm(self) -> Raised | None:
        """Why money is read-only here, if it is."""

        def job() -> Raised | None:
            with self.begin() as work:
                return link_notes.read_alarm(work.connection)

        return self.run_in_store(job)

    def note_refusal(self, refusal: CountyRefused) -> None:
        """The county stopped this laptop: money stops here, too, until somebody has looked."""
        said_at = refusal.at
        alarm = _ALARMS.get(refusal.code)
        if alarm is None:
            return

        def job() -> None:
            with self.begin() as work:
                link_notes.raise_alarm(
                    work.connection, alarm, self.clock.now(), by_county=True, said_at=said_at
                )
                work.commit()

        self.run_in_store(job)

    def rejoin(self, raised: Raised) -> None:
        """The county hears this laptop again. After a fork batches are numbered anew, from the
        last operation it had acknowledged: the same words go once more and count once.

        Not where the page just read showed that it is another copy that is heard again: then this
        one is forked, and what it sends next says so.
        """

        def job() -> None:
            with self.begin() as work:
                now = link_notes.read_alarm(work.connection)
                if now is not None and now.alarm is not raised.alarm:
                    return
                link_notes.end_alarm(work.connection)
                if raised.alarm is Alarm.FORKED:
                    outbox.begin_epoch(work.connection)
                    work.note(kind="vault.rejoined", subject=work.identity.device_id, facts={
                        "since": raised.since})  # fmt: skip
                work.commit()

        self.run_in_store(job)

    def send_again(self, need: tuple[int, int]) -> bool:
        """The county asks for a batch it acknowledged once: it was put back from a backup of its
        own. Everything from there waits again; False when it asks for something else."""

        def job() -> bool:
            with self.begin() as work:
                last_n = outbox.end_before(work.connection, *need)
                if last_n is None:
                    return False
                say_again(work, last_n, self.clock.now())
                scopes = feed.read_cursor(work.connection)
                marks = villages.read_anew(work.connection, scopes)
                feed.write_cursor(work.connection, marks, self.clock.now())
                work.commit()
                return True

        return self.run_in_store(job)

    def records_in(self, batch: OutboxBatch) -> tuple[tuple[str, str], ...]:
        """(entity, id) of what a batch speaks of."""

        def job() -> tuple[tuple[str, str], ...]:
            with self.begin() as work:
                return outbox.records_in(work.connection, batch)

        return self.run_in_store(job)

    def all_records(self) -> set[tuple[str, str]]:
        """(entity, id) of everything there is."""

        def job() -> set[tuple[str, str]]:
            with self.begin() as work:
                return projection.all_records(work.connection)

        return self.run_in_store(job)

    def mend(self, records: Sequence[tuple[str, str]]) -> int:
        """Check that these working rows are server document + replay; put right and note what is
        not. How many were not."""

        def job() -> int:
            with self.begin() as work:
                wrong = projection.mend(work.connection, records)
                if wrong:
                    link_notes.forget(work.connection, link_notes.CHECKED)
                    work.note(kind="vault.mended", subject=work.identity.device_id, facts={
                        "records": [f"{entity} {entity_id}" for entity, entity_id in wrong]
                    })  # fmt: skip
                    work.commit()
                return len(wrong)

        return self.run_in_store(job)

    def sweep(self) -> None:
        """Drop files whose receipt is stored: the power may have gone before the last step.

        Raises Unavailable D-02, D-03.
        """

        def job() -> set[Path]:
            with self.begin() as work:
                outbox.forget_older_epochs(work.connection)
                receipts.forget_decided(work.connection, self.clock.now())
                batches = outbox.waiting_batches(work.connection)
                work.commit()
                return {
                    path
                    for batch in batches
                    for path in (batch.file(self.folder), batch.answer(self.folder))
                }

        wanted = self.run_in_store(job)
        try:
            for path in self.folder.glob("*.sa[bp]"):
                if path not in wanted:
                    remove(path)
            for path in self.folder.glob(".*.tmp"):
                remove(path)  # a program killed while it wrote one
        except OSError as error:
            raise disk_problem(error) from error

    def _reserve(self, work: UnitOfWork, most: int) -> OutboxBatch | None:
        """The next range of at most `most` operations as a batch.

        What is only said again goes together: a neighbour may have said the last of it already,
        and the county sees from the rest of a batch where a step leads.
        """
        together = said_again_until(work) - outbox.last_batched(work.connection)
        size = max(most, min(together, MAX_OPERATIONS))
        return outbox.reserve(work.connection, size, self.clock.now())

    def _seal(self, enrolled: Enrolled, batch: OutboxBatch) -> bytes:
        """Read what belongs into the batch, and seal it outside the store."""

        def job() -> outbox.Contents:
            with self.begin() as work:
                return outbox.contents(work.connection, batch)

        return sealing.seal_batch(enrolled, batch, self.run_in_store(job), self.clock.now())

    def _mark_sealed(self, batch: OutboxBatch, sha256: str) -> None:
        """Note the hash of the sealed bytes."""

        def job() -> None:
            with self.begin() as work:
                outbox.mark(work.connection, batch, BatchState.SEALED, sha256)
                work.commit()

        self.run_in_store(job)

    def _begin_epoch(self) -> None:
        """Number batches anew; what was not acknowledged goes again."""

        def job() -> None:
            with self.begin() as work:
                outbox.begin_epoch(work.connection)
                work.commit()

        self.run_in_store(job)


def _kept(path: Path) -> bytes:
    """The sealed bytes in the outbox, none when they are gone. Raises Unavailable D-02, D-03."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise disk_problem(error) from error
