"""Photos and signatures go up after the text, one at a time, in parts of 256 KiB.

What was held when the link broke is held still: the county's receipt for any part says where to
go on, so a new program, another road or a restored vault needs no memory of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.clock import Clock
from app.domain.problem import Unavailable
from app.store import feed, uploads
from app.store.blobs import BlobStore
from app.store.enrolment import Enrolled
from app.store.uploads import Upload
from app.sync import sealing
from app.sync.protocol.blob import BlobReceipt, cut, parts_in
from app.sync.road import RunInStore
from app.sync.work import Begin

DAMAGED = "V-15"


@dataclass(frozen=True, slots=True)
class Attachments:
    """The attachments of one vault. Reading blobs needs no database and runs beside the store."""

    begin: Begin
    run_in_store: RunInStore
    clock: Clock
    blobs: BlobStore

    def waiting(self, *, answered_only: bool) -> list[Upload]:
        """Attachments the county does not have; see `uploads.waiting_uploads`."""

        def job() -> list[Upload]:
            with self.begin() as work:
                uploads.try_unreadable_again(work.connection)
                found = uploads.waiting_uploads(work.connection, answered_only=answered_only)
                work.commit()
                return found

        return self.run_in_store(job)

    def parts(self, enrolled: Enrolled, upload: Upload, first: int) -> Iterator[tuple[int, bytes]]:
        """(number, sealed part) from part number `first` to the last.

        Raises Unavailable V-15 when the blob is gone or damaged.
        """
        pieces = self.blobs.read(upload.blob_id, upload.wrapped_key)
        for number, part in enumerate(cut(pieces)):
            if number >= first:
                yield number, sealing.seal_part(enrolled, upload, number, part, self.clock.now())

    def last_part(self, upload: Upload, held: int) -> int:
        """Where to begin when `held` parts are said to be there: with all of them the last is sent
        once more, for only an answer that says `complete` is an answer."""
        return min(held, parts_in(upload.size) - 1)

    def acknowledge(self, enrolled: Enrolled, upload: Upload, data: bytes) -> BlobReceipt:
        """Store what a receipt says of `upload`; what waited for it to be erased may go now.

        Raises NotReached S-12 when it is not the county's, Refused S-14 when it speaks of
        another attachment; then nothing is acknowledged.
        """
        receipt = sealing.open_part_receipt(enrolled, upload, data)

        def job() -> None:
            with self.begin() as work:
                now = self.clock.now()
                if receipt.complete:
                    uploads.note_arrived(
                        work.connection, upload.attachment, receipt.held, data, now
                    )
                    feed.erase_left(work.connection, now)
                else:
                    uploads.note_held(work.connection, upload.attachment, receipt.held)
                work.commit()

        self.run_in_store(job)
        return receipt

    def note_unreadable(self, upload: Upload) -> None:
        """Nothing of it can be sent. What waited for it to be erased may go now."""

        def job() -> None:
            with self.begin() as work:
                now = self.clock.now()
                uploads.note_unreadable(work.connection, upload.attachment, now)
                feed.erase_left(work.connection, now)
                work.commit()

        self.run_in_store(job)


def is_damaged(problem: Unavailable) -> bool:
    """Whether a blob cannot be read for good, rather than the disk for a moment."""
    return problem.code == DAMAGED
