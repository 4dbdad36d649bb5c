"""The USB road: the very same bytes in two folders on a stick, in any order, repeated at will."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.crypto.envelope import MAX_CONTAINER_BYTES, Kind, parse_container
from app.domain.operations import instant_of
from app.domain.problem import Refused, Unavailable
from app.store import link_notes
from app.store.atomic import atomic_write, disk_problem, remove
from app.store.enrolment import Enrolled
from app.store.link_notes import Raised
from app.store.outbox import BatchState
from app.store.place import no_folder, require_folder
from app.sync import sealing
from app.sync.attachments import Attachments, is_damaged
from app.sync.downlink import Downlink
from app.sync.problems import CountyRefused, NotReached, not_from_county
from app.sync.protocol import stick
from app.sync.road import Tally
from app.sync.uplink import Uplink


@dataclass(frozen=True, slots=True)
class Exported:
    """What went onto the stick: batches, the operations in them, and attachments; `files_left`
    are attachments that could not be read."""

    batches: int
    operations: int
    files: int = 0
    files_left: int = 0


@dataclass(slots=True)
class Imported:
    """What came off the stick; `strange` counts files of ours that did not fit.

    `order`: the county ordered this device to erase itself; nothing was obeyed yet. `not_taken`
    counts operations in batches the county took nothing of, `objection` is what it said of the
    first. `refused_at`: when it said that it has set this device aside, `heard_at` when it made
    its newest page; `has_later_word`: that is later than all it had said here.
    """

    tally: Tally = field(default_factory=Tally)
    receipts: int = 0
    pages: int = 0
    strange: int = 0
    order: bytes | None = field(default=None, repr=False)
    not_taken: int = 0
    objection: CountyRefused | None = None
    refused_at: datetime | None = None
    heard_at: datetime | None = None
    has_later_word: bool = False

    @property
    def has_news(self) -> bool:
        """Whether it brought a word of the county that was not read here before."""
        return bool(
            self.has_later_word
            or self.receipts
            or self.tally.received
            or self.tally.files
            or self.order
            or self.refused_at
        )


@dataclass(frozen=True, slots=True)
class UsbRoad:
    """One vault and a stick, or a folder of this machine that takes its place."""

    uplink: Uplink
    downlink: Downlink
    attachments: Attachments
    is_stick: bool = True

    def export(self, folder: Path) -> Exported:
        """Put every waiting batch and a request for the feed on the stick.

        Raises Refused S-01 before enrolment, D-07 when there is no stick, Unavailable S-33 when it
        cannot be written, D-01…D-03 when this machine's own disk fails.
        """
        enrolled = self.uplink.enrolled()
        with self._writing():
            out = outgoing(folder)
        self.uplink.sweep()
        batches = operations = 0
        for batch in self.uplink.all_batches():
            data = self.uplink.sealed(enrolled, batch)
            if data is None:
                return self.export(folder)
            name = stick.batch_name(enrolled.laptop.device_id, batch.epoch, batch.seq)
            self._put(out / name, data)
            self.uplink.mark_sent(batch, BatchState.EXPORTED)
            batches += 1
            operations += batch.last_n - batch.first_n + 1
        files, files_left = self._put_files(enrolled, out)
        request = self.downlink.request(enrolled)
        self._note_asked(request)
        self._put(out / stick.request_name(enrolled.laptop.device_id), request)
        return Exported(batches, operations, files, files_left)

    def take(self, folder: Path) -> Imported:
        """Apply the receipts and pages for this device that the stick brings.

        Raises Refused S-18 when nothing of the county's is on it, S-21 when what is there was
        not made by the county, all of it; some of it is only counted as `strange`.
        """
        enrolled = self.uplink.enrolled()
        source = folder / stick.FROM_COUNTY
        if not source.is_dir():
            raise nothing_on_stick()
        imported = Imported()
        before, told = self.uplink.alarm(), self.downlink.told()
        self._take_refusal(enrolled, source, imported)
        self._take_receipts(enrolled, source, imported)
        self._take_batch_refusals(enrolled, source, imported)
        self._take_pages(enrolled, source, imported)
        self._take_file_receipts(enrolled, source, imported)
        self._take_order(enrolled, source, imported)
        self._join_again(imported, before)
        heard_at = imported.heard_at
        imported.has_later_word = heard_at is not None and (told is None or heard_at > told)
        came = (
            imported.receipts
            or imported.pages
            or imported.tally.files
            or imported.order
            or imported.not_taken
            or imported.refused_at
        )
        if imported.strange and not came:
            raise not_from_county(imported.strange)
        return imported

    def _put(self, path: Path, data: bytes) -> None:
        with self._writing():
            atomic_write(path, data)

    def _writing(self) -> AbstractContextManager[None]:
        """While something is written into the folder."""
        return onto_stick() if self.is_stick else nullcontext()

    def _note_asked(self, request: bytes) -> None:
        """A feed request went onto a stick."""

        def job() -> None:
            with self.uplink.begin() as work:
                facts, now = {"sha256": sealing.sha256_of(request)}, self.uplink.clock.now()
                link_notes.keep(work.connection, link_notes.ASKED, facts, now)
                work.commit()

        self.uplink.run_in_store(job)

    def _asked(self) -> str | None:
        """SHA-256 of the feed request last put on a stick."""

        def job() -> str | None:
            with self.uplink.begin() as work:
                found = link_notes.recall(work.connection, link_notes.ASKED)
                return None if found is None else str(found[0]["sha256"])

        return self.uplink.run_in_store(job)

    def _take_refusal(self, enrolled: Enrolled, source: Path, imported: Imported) -> None:
        """The county has set this device aside: money stops here, too."""
        path = source / stick.refusal_name(enrolled.laptop.device_id)
        asked = self._asked()
        if asked is None or not path.is_file():
            return
        try:
            said, at = sealing.read_refusal_of(enrolled.county, {asked}, _read(path))
        except (Refused, NotReached):
            return  # an answer to an earlier question, left on the stick
        said.at = at
        self.uplink.note_refusal(said)
        imported.refused_at = at

    def _join_again(self, imported: Imported, before: Raised | None) -> None:
        """A page made after the county set this device aside: somebody has looked."""
        raised = self.uplink.alarm()
        if raised is None or not raised.by_county or imported.heard_at is None:
            return
        if before is None and imported.refused_at is None:
            return
        if raised.said_at is None or imported.heard_at > raised.said_at:
            self.uplink.rejoin(before or raised)

    def _put_files(self, enrolled: Enrolled, out: Path) -> tuple[int, int]:
        """The attachments the county does not have, in parts, beside their text; (how many, how
        many could not be read). Parts of those that have arrived since leave the stick."""
        device = enrolled.laptop.device_id
        names: set[str] = set()
        files = files_left = 0
        for upload in self.attachments.waiting(answered_only=False):
            first = self.attachments.last_part(upload, upload.held)
            try:
                for number, part in self.attachments.parts(enrolled, upload, first):
                    name = stick.part_name(device, upload.attachment, number)
                    self._put(out / name, part)
                    names.add(name)
                files += 1
            except Unavailable as problem:
                if not is_damaged(problem):
                    raise
                self.attachments.note_unreadable(upload)
                files_left += 1
        for path in out.glob(f"{device}-*{stick.PART}"):
            if path.name not in names:
                remove(path)
        return files, files_left

    def _take_file_receipts(self, enrolled: Enrolled, source: Path, imported: Imported) -> None:
        """What the county says of the attachments that wait."""
        for upload in self.attachments.waiting(answered_only=False):
            name = stick.part_receipt_name(enrolled.laptop.device_id, upload.attachment)
            path = source / name
            if not path.is_file():
                continue
            try:
                receipt = self.attachments.acknowledge(enrolled, upload, _read(path))
            except (Refused, NotReached):
                imported.strange += 1
            else:
                imported.tally.files += receipt.complete

    def _take_order(self, enrolled: Enrolled, source: Path, imported: Imported) -> None:
        """An order of the county for this device."""
        path = source / stick.order_name(enrolled.laptop.device_id)
        if not path.is_file():
            return
        try:
            data = _read(path)
            sealing.open_order(enrolled, data)
        except (Refused, NotReached):
            imported.strange += 1
        else:
            imported.order = data

    def _take_receipts(self, enrolled: Enrolled, source: Path, imported: Imported) -> None:
        """Receipts in the order of their batches; one that is early waits for the next time."""
        for batch in self.uplink.waiting_batches():
            name = stick.receipt_name(enrolled.laptop.device_id, batch.epoch, batch.seq)
            path = source / name
            if not path.is_file():
                return
            try:
                done = self.uplink.acknowledge(enrolled, batch, _read(path))
            except (Refused, NotReached):
                imported.strange += 1
                return
            imported.receipts += 1
            imported.tally.sent += done.sent
            imported.tally.returned += done.returned
            imported.tally.differing += done.differing

    def _take_batch_refusals(self, enrolled: Enrolled, source: Path, imported: Imported) -> None:
        """What the county took nothing of is not on its way: it waits here again."""
        for batch in self.uplink.waiting_batches():
            name = stick.batch_refusal_name(enrolled.laptop.device_id, batch.epoch, batch.seq)
            path = source / name
            if batch.state is not BatchState.EXPORTED or not path.is_file():
                continue
            try:
                about = {batch.sha256 or ""}
                said, _ = sealing.read_refusal_of(enrolled.county, about, _read(path))
            except (Refused, NotReached):
                continue  # an answer to other bytes: a copy that was damaged on the way
            self.uplink.mark_not_taken(batch)
            imported.not_taken += batch.last_n - batch.first_n + 1
            imported.objection = imported.objection or said

    def _take_pages(self, enrolled: Enrolled, source: Path, imported: Imported) -> None:
        """Pages as long as one of them still fits on what is applied."""
        waiting = self._pages(enrolled, source, imported)
        fits = True
        while waiting and fits:
            fits = False
            for data in list(waiting):
                page = self.downlink.opened(enrolled, data)
                applied = self.downlink.apply(enrolled, page, is_carried=True)
                if applied is not None:
                    waiting.remove(data)
                    imported.pages += 1
                    heard = instant_of(applied.page.head.server_time)
                    imported.heard_at = max(heard, imported.heard_at or heard)
                    imported.tally.received += applied.changed
                    fits = True
        imported.strange += len(waiting)

    def _pages(self, enrolled: Enrolled, source: Path, imported: Imported) -> list[bytes]:
        """This device's pages, whole and signed by the county."""
        pages: list[bytes] = []
        for path in sorted(source.glob("*" + stick.PAGE)):
            try:
                data = _read(path)
                header = parse_container(Kind.PAGE, data).header
                if header.get("device") != enrolled.laptop.device_id:
                    continue  # another laptop's, on the same stick
                sealing.open_page(enrolled, data)
            except (Refused, NotReached):
                imported.strange += 1
            else:
                pages.append(data)
        return pages


def nothing_on_stick() -> Refused:
    """The folder the county writes is not there."""
    return Refused(
        f"这个U盘上没有县里带回来的资料（“{stick.FROM_COUNTY}”文件夹）。",
        do="请核对是不是这个U盘。",
        code="S-18",
    )


def outgoing(folder: Path) -> Path:
    """The folder for the county on the stick `folder`, made if need be.

    What an export that was killed left there is removed: nobody else writes into it.

    Raises Refused D-07 when there is no such stick, Unavailable D-01…D-03.
    """
    require_folder(folder)
    out = folder / stick.TO_COUNTY
    try:
        out.mkdir(exist_ok=True)
        for path in out.glob(".*.tmp"):
            remove(path)
    except FileExistsError as error:
        raise no_folder() from error
    except OSError as error:
        raise disk_problem(error) from error
    return out


@contextmanager
def onto_stick() -> Iterator[None]:
    """Raises Unavailable S-33 where a file cannot be written: the stick is at fault, and not the
    disk of this machine."""
    try:
        yield
    except Unavailable as problem:
        raise Unavailable(
            "这个U盘写不进去：可能是满了、开着写保护，或者没有插好。",
            safe="这台电脑里的资料都在。",
            do="请腾出地方、拨开写保护，或者换一个U盘，再存一次。",
            code="S-33",
        ) from problem


def _read(path: Path) -> bytes:
    """A file of the stick. Raises Refused B-01 or B-02, Unavailable D-…"""
    try:
        with path.open("rb") as file:
            return file.read(MAX_CONTAINER_BYTES + 1)
    except OSError as error:
        raise disk_problem(error) from error
