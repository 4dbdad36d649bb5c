"""The USB road at the county: take what a stick brings, and put the answers on it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from sqlalchemy import select

from app.crypto.envelope import MAX_CONTAINER_BYTES, Kind, parse_container
from app.domain.problem import Refused, Unavailable
from app.sync.protocol import stick
from app.sync.protocol.batch import BatchHeader
from app.sync.protocol.coding import convert
from app.sync.protocol.recovery import REQUEST_SUFFIX
from app.sync.protocol.refusal import FORK, QUARANTINED, REVOKED
from county_server import declined
from county_server.blobs import Blobs
from county_server.database import Database
from county_server.enrolment import Enrolment
from county_server.files import read_bounded, write_private
from county_server.intake import Intake
from county_server.orders import Orders
from county_server.pages import Pages
from county_server.refusals import refusal_of
from county_server.tables import batch, quarantine
from county_server.troubles import Troubles

T = TypeVar("T")

_KEPT_ASIDE: Final = frozenset({FORK, QUARANTINED, REVOKED})


@dataclass(slots=True)
class Taken:
    """What came of a stick: how many files were accepted, and which were not, and why."""

    accepted: int = 0
    refused: list[tuple[str, Refused]] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    """Files of laptops nobody can open: two officers answer those (`recover-key`)."""


@dataclass(frozen=True, slots=True)
class Stick:
    """Reads and writes the two folders of a stick."""

    database: Database
    intake: Intake
    pages: Pages
    enrolment: Enrolment

    def take(self, folder: Path) -> Taken:
        """Receive every file. One that is refused stops no other. Raises Refused K-16."""
        taken = Taken()
        for path in self._files(folder, stick.ENROLMENT):
            self._try(taken, path, self.enrolment.answer)
        for path in sorted(self._files(folder, stick.BATCH), key=_place):
            self._try(taken, path, self.intake.receive, _place(path)[0])
        for path in self._files(folder, stick.PART):
            self._try(taken, path, self._blobs.receive)
        for path in self._files(folder, stick.REQUEST):
            self._try(taken, path, self.pages.accept_carried, path.stem)
        taken.locked = [path.name for path in self._files(folder, REQUEST_SUFFIX)]
        return taken

    def make(self, folder: Path) -> int:
        """Write certificates, receipts and pages for whatever the stick brought; their number.

        Raises Refused K-16, Unavailable when the stick cannot be written.
        """
        self._source(folder)
        out = folder / stick.FROM_COUNTY
        try:
            out.mkdir(exist_ok=True)
        except OSError as error:
            raise Unavailable("写不了U盘。", do="请检查U盘再试。", code="K-03") from error
        written = 0
        for name, data in self._answers(folder):
            write_private(out / name, data)
            written += 1
        return written

    def _answers(self, folder: Path) -> Iterator[tuple[str, bytes]]:
        """(name, bytes) of every answer; what the county cannot even read gets none."""
        for path in self._files(folder, stick.ENROLMENT):
            answer = _or_none(self.enrolment.answer, path)
            if answer is not None:
                yield path.stem + stick.CERTIFICATE, answer
        for path in self._files(folder, stick.BATCH):
            header = _header(path)
            if header is None:
                continue
            place = (header.device, header.epoch, header.seq)
            receipt = self._receipt(header)
            if receipt is not None:
                yield stick.receipt_name(*place), receipt
            refusal = self._batch_refusal(path)
            if refusal is not None:
                yield stick.batch_refusal_name(*place), refusal
        yield from self._blobs.answers(self._files(folder, stick.PART))
        for path in self._files(folder, stick.REQUEST):
            order = _or_none(Orders(self.intake.county, self.database, self.intake.clock).answer,
                             path)  # fmt: skip
            if order is not None:
                yield path.stem + stick.ORDER, order
            refusal = self._refusal(folder, path)
            if refusal is not None:
                yield path.stem + stick.REFUSAL, refusal
            yield from self._pages(path)

    @property
    def _blobs(self) -> Blobs:
        """The attachments of this county."""
        return Blobs(self.intake.county, self.database, self.intake.clock)

    def _pages(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Every page after the cursor of a request file."""
        request = _or_none(self.pages.read_request, path)
        number, more = 0, request is not None
        while request is not None and more:
            number += 1
            data, head = self.pages.page(request)
            more = head.more
            yield stick.page_name(request.device, number), data
            request = msgspec.structs.replace(request, cursor=head.next, marks=head.marks)

    def _refusal(self, folder: Path, path: Path) -> bytes | None:
        """What a device that was set aside is told: that money stops there, too (security R35);
        B-21 where a batch on this very stick was the fork."""
        try:
            about = read_bounded(path, MAX_CONTAINER_BYTES)
        except Refused:
            return None  # the county said why when it took the stick
        try:
            self.pages.read_request(about)
        except declined.Declined as refusal:
            if refusal.code != declined.quarantined().code:
                return None
            said = declined.fork() if self._is_forked(folder, path.stem) else refusal
            return refusal_of(self.intake.county, self.intake.clock, about, said)[1]
        except Refused:
            return None
        return None

    def _batch_refusal(self, path: Path) -> bytes | None:
        """Why nothing of a batch was taken. Not where the county keeps it for a person to look at:
        what the device is told of that, it is told in answer to its request."""
        data = read_bounded(path, MAX_CONTAINER_BYTES)
        said = self.intake.objection(data)
        if said is None or said.code in _KEPT_ASIDE:
            return None
        return refusal_of(self.intake.county, self.intake.clock, data, said)[1]

    def _is_forked(self, folder: Path, device_id: str) -> bool:
        """Whether a batch of the device on this stick lies in the quarantine as a fork."""
        files = self._files(folder, stick.BATCH)
        hashes = [
            hashlib.sha256(read_bounded(path, MAX_CONTAINER_BYTES)).hexdigest()
            for path in files
            if path.name.startswith(f"{device_id}-")
        ]
        query = select(quarantine.c.sha256).where(
            quarantine.c.device_id == device_id,
            quarantine.c.reason == declined.fork().code,
            quarantine.c.sha256.in_(hashes),
        )
        with self.database.read() as connection:
            return connection.execute(query).first() is not None

    def _receipt(self, header: BatchHeader) -> bytes | None:
        """The stored receipt of a batch."""
        query = select(batch.c.receipt).where(
            batch.c.device_id == header.device,
            batch.c.epoch == header.epoch,
            batch.c.seq == header.seq,
        )
        with self.database.read() as connection:
            receipt: bytes | None = connection.execute(query).scalar_one_or_none()
        return receipt

    def _files(self, folder: Path, suffix: str) -> list[Path]:
        """Files of one kind, by name. Raises Refused K-16."""
        return sorted(path for path in self._source(folder).iterdir() if path.suffix == suffix)

    def _source(self, folder: Path) -> Path:
        """What a laptop wrote. Raises Refused K-16 when nothing of ours is on the stick."""
        source = folder / stick.TO_COUNTY
        if not source.is_dir():
            raise Refused(
                f"这里没有“{stick.TO_COUNTY}”文件夹。", do="请核对U盘的路径。", code="K-16"
            )
        return source

    def _try(
        self, taken: Taken, path: Path, receive: Callable[[bytes], object], device_id: str = ""
    ) -> None:
        """Receive one file and note how it went, for its device too where it names one."""
        try:
            with Troubles(self.database, self.intake.clock).noted(device_id):
                receive(read_bounded(path, MAX_CONTAINER_BYTES))
        except Refused as refusal:
            taken.refused.append((path.name, refusal))
        else:
            taken.accepted += 1


def _place(path: Path) -> tuple[str, int, int]:
    """Where a batch belongs in its device's row of batches; unreadable ones come first."""
    header = _header(path)
    return ("", 0, 0) if header is None else (header.device, header.epoch, header.seq)


def _header(path: Path) -> BatchHeader | None:
    """A batch file's header, or None when it is none."""
    try:
        data = read_bounded(path, MAX_CONTAINER_BYTES)
        return convert(parse_container(Kind.BATCH, data).header, BatchHeader)
    except Refused:
        return None


def _or_none(read: Callable[[bytes], T], path: Path) -> T | None:
    """What `read` makes of a file, or None when it is refused (`take` said why)."""
    try:
        return read(read_bounded(path, MAX_CONTAINER_BYTES))
    except Refused:
        return None
