"""What every print carries besides its content: number, pack, handler, time, copies."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.clock import CHINA, china_date
from app.domain.documentno import make
from app.services.ground_rules import GroundRules
from app.services.paper_packs import pack_name

if TYPE_CHECKING:
    from app.documents.own_face import OwnFace
    from app.documents.stamp import Stamp
    from app.domain.county_paper import CountyPaper
    from app.services.paper_packs import Record
    from app.store.unit_of_work import Identity, UnitOfWork


def stamp_of(
    work: UnitOfWork,
    rules: GroundRules,
    *,
    at: datetime,
    holders: tuple[str, ...],
    about: Record | None = None,
    document_no: str | None = None,
    reprint_no: int = 0,
    changed_no: int = 0,
    county: CountyPaper | None = None,
    face: OwnFace | None = None,
) -> Stamp:
    """The stamp of one print; without a `document_no` the device's next serial is taken for good;
    "" is for what takes none.

    `about` is the record the paper is made of: its policy pack is the one the footer names.

    Raises Refused before the device has been given its number by the county.
    """
    from app.documents.stamp import Mark, Stamp

    identity = work.identity
    return Stamp(
        document_no=next_document_no(work, at) if document_no is None else document_no,
        pack=pack_name(work, rules, about),
        handler=identity.officer_name,
        printed_at=at,
        holders=holders,
        mark=Mark.PRACTICE if identity.is_practice else Mark.FINAL,
        reprint_no=reprint_no,
        changed_no=changed_no,
        county=county,
        face=face,
    )


def made_by_of(identity: Identity, at: datetime) -> str:
    """Who made a file that leaves, on which computer and when (security R24)."""
    local = at.astimezone(CHINA)
    computer = f"{identity.device_no} 号电脑" if identity.device_no else "还没编号的电脑"
    when = f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"{identity.officer_name} · {computer} · {when} 导出"


def next_document_no(work: UnitOfWork, at: datetime) -> str:
    """A fresh document number of this device, final at once."""
    identity = work.identity
    serial = work.next_serial()
    return make(identity.county_code, identity.device_no, china_date(at).year, serial)
