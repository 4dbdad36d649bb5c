"""Photos and signatures of visits, and a road that counts their parts."""

from __future__ import annotations

import hashlib
import secrets

from app.crypto.envelope import Kind, parse_container
from app.domain.casework import Met
from app.services.visit_files import VisitFiles
from app.services.visits import RecordVisit
from app.sync.problems import link_cut
from app.sync.protocol.blob import PartHeader
from app.sync.protocol.coding import convert
from county_server.blobs import Blobs
from tests.counties import DirectRoad

SIGNED = (((10, 20), (300, 120)), ((400, 50), (420, 90)))


def photo(size: int) -> bytes:
    return b"\xff\xd8" + secrets.token_bytes(size - 4) + b"\xff\xd9"


def visit_with(laptop, *photos: bytes, signature: bool = False, household=None):
    """A recorded visit that keeps these pictures; the household."""
    household = household or laptop.add_household().id
    files = VisitFiles(laptop.begin, laptop.clock, laptop.vault.blobs)
    kept = [files.keep_photo(one) for one in photos]
    kept += [files.keep_signature(SIGNED)] if signature else []
    asked = RecordVisit(
        household=household,
        visited_on=laptop.clock.today(),
        met=Met.SELF,
        note="都好",
        files=tuple(kept),
    )
    laptop.visits.record(asked)
    return household


def at_county(office, content: bytes) -> bytes | None:
    blobs = Blobs(office.county, office.database, office.clock)
    return blobs.content(hashlib.sha256(content).hexdigest())


def files_of(laptop):
    status = laptop.syncing.status()
    return status.files_waiting, status.files_arrived


class Watched(DirectRoad):
    """Notes which parts went over it; `cut_after` parts it breaks once."""

    def __init__(self, office, cut_after: int | None = None) -> None:
        super().__init__(office)
        self.parts: list[int] = []
        self.order: list[str] = []
        self.cut_after = cut_after

    def send_batch(self, data: bytes) -> bytes:
        self.order.append("text")
        return super().send_batch(data)

    def send_part(self, data: bytes) -> bytes:
        self.order.append("part")
        if self.cut_after is not None and len(self.parts) == self.cut_after:
            self.cut_after = None
            raise link_cut()
        self.parts.append(convert(parse_container(Kind.BLOB_PART, data).header, PartHeader).part)
        return super().send_part(data)
