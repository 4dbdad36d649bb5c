"""What the county has to look at before it relies on an application (security R50, R51).

Nothing of it hinders a decision: somebody looks, asks the village, decides. The list names
applications by their number only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select, tuple_

from app.domain.application_events import SENT
from app.domain.application_states import DECIDED, OVER
from app.domain.casework import ApplicationStatus
from app.domain.procedure import APPROVED_FACTS
from app.domain.words import Word
from app.rules.procedure import asks_for_relatives
from app.rules.terms import terms_of
from county_server.clock import Time
from county_server.database import Database
from county_server.packs import pack_in_force
from county_server.tables import batch, document, operation

_APPLICATION: Final = "application"
_STEP: Final = "application_step"
_RELATIVES: Final = "staff_relative_filing"
_NOT_ASKED: Final = (OVER - DECIDED) | {ApplicationStatus.DRAFT, ApplicationStatus.REFUSED}
"""Not handed in, or nothing comes of it."""
_GRANTED: Final = frozenset({ApplicationStatus.CONFIRMED, ApplicationStatus.PUBLISHED})


class FlagKind(Word):
    """Why an application is to be looked at."""

    NO_FILING = "no_filing", "没有近亲属备案，或者没签字"
    RELATIVE = "relative", "申报了有近亲属在经办，要单独备案"
    CHANGED = "changed", "报上来以后家里的情况改过，批之前再看"
    OUTDATED = "outdated", "批了以后家里的情况改过，需重新审批"


@dataclass(frozen=True, slots=True)
class Flag:
    """One application and why; a village is its code, an application its printed number."""

    application_id: str
    document_no: str
    village: str
    status: ApplicationStatus
    kinds: tuple[FlagKind, ...]


@dataclass(frozen=True, slots=True)
class Flags:
    """Reads. What the county holds is all it goes by."""

    database: Database
    clock: Time

    def list(self) -> list[Flag]:
        """Applications handed in that somebody has to look at, by number."""
        with self.database.read() as connection:
            wants = _wants_filing(connection, self.clock.today())
            found = [_flag(connection, row, wants=wants) for row in _of(connection, _APPLICATION)]
        return sorted((one for one in found if one.kinds), key=lambda one: one.document_no)

    def of(self, connection: Connection, application_id: str) -> tuple[FlagKind, ...]:
        """What is to be looked at about one application; nothing for one that is not here."""
        query = select(document).where(
            document.c.entity == _APPLICATION, document.c.entity_id == application_id
        )
        row = connection.execute(query).mappings().first()
        if row is None:
            return ()
        wants = _wants_filing(connection, self.clock.today())
        return _flag(connection, row, wants=wants).kinds


def _flag(connection: Connection, row: RowMapping, *, wants: bool) -> Flag:
    status = ApplicationStatus(str(row["body"]["status"]))
    kinds: Iterable[FlagKind] = ()
    if status not in _NOT_ASKED:
        kinds = (*_about_relatives(connection, row, wants=wants), *_about_facts(connection, row))
    return Flag(
        application_id=row["entity_id"],
        document_no=str(row["body"].get("document_no") or ""),
        village=row["village_code"] or "",
        status=status,
        kinds=tuple(kinds),
    )


def _about_relatives(connection: Connection, row: RowMapping, *, wants: bool) -> Iterator[FlagKind]:
    """R50: what the household declared last, and whether it is signed."""
    filings = sorted(
        (one["body"] for one in _of(connection, _RELATIVES, row["subject"])),
        key=lambda body: str(body.get("declared_on")),
    )
    newest = filings[-1] if filings else {}
    if newest.get("has_relative"):
        yield FlagKind.RELATIVE
    if wants and not newest.get("is_signed"):
        yield FlagKind.NO_FILING


def _about_facts(connection: Connection, row: RowMapping) -> Iterator[FlagKind]:
    """R51: whether what the answer rests on came in after it, or after the sending."""
    told = _told_facts(connection, row["subject"])
    if ApplicationStatus(str(row["body"]["status"])) in _GRANTED:
        decided_at = str(row["marks"]["decided_on"][2])
        if any(one.received_at >= decided_at for one in told):
            yield FlagKind.OUTDATED
        return
    sent = _sending(connection, row)
    if sent is not None and any(_is_after(one, sent) for one in told):
        yield FlagKind.CHANGED


def _sending(connection: Connection, row: RowMapping) -> Any:  # noqa: ANN401  # a row
    """The operation by which the application was last sent up; None where no step says so."""
    steps = [
        one
        for one in _of(connection, _STEP, row["subject"])
        if one["body"].get("application_id") == row["entity_id"] and one["body"]["event"] in SENT
    ]
    if not steps:
        return None
    newest = max(steps, key=lambda one: int(one["body"]["number"]))
    query = _OPERATIONS.where(
        operation.c.entity == _STEP, operation.c.entity_id == newest["entity_id"]
    )
    return connection.execute(query).first()


def _told_facts(connection: Connection, subject: str) -> Sequence[Any]:
    """Every operation on what an answer rests on, the returned ones left out."""
    query = _OPERATIONS.where(
        operation.c.subject == subject,
        operation.c.entity.in_(APPROVED_FACTS),
        operation.c.outcome != "returned",
    )
    return connection.execute(query).all()


def _is_after(one: Any, sent: Any) -> bool:  # noqa: ANN401  # rows
    """By the chain of one laptop; between two by when the county received them."""
    if one.device_id == sent.device_id:
        return bool((one.epoch, one.n) > (sent.epoch, sent.n))
    return bool(one.received_at >= sent.received_at)


_OPERATIONS: Final = select(
    operation.c.device_id, operation.c.epoch, operation.c.n, batch.c.received_at
).join(
    batch,
    tuple_(batch.c.device_id, batch.c.epoch, batch.c.seq)
    == tuple_(operation.c.device_id, operation.c.epoch, operation.c.seq),
)


def _wants_filing(connection: Connection, today: date) -> bool:
    """Whether the newest pack asks every household; yes where none is published or it is silent."""
    pack = pack_in_force(connection, today)
    return pack is None or asks_for_relatives(terms_of(pack, today))


def _of(connection: Connection, entity: str, subject: str | None = None) -> Sequence[RowMapping]:
    """Documents of a kind, of one household or of the whole county."""
    query = select(document).where(document.c.entity == entity)
    if subject is not None:
        query = query.where(document.c.subject == subject)
    return connection.execute(query).mappings().all()
