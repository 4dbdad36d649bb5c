"""What the county acknowledged and lost since, put back from its own backup, goes again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from app.domain.application_states import DECIDED
from app.domain.casework import ApplicationStatus
from app.models.registry import ENTITIES
from app.store import link_notes, outbox
from app.store.unit_of_work import UnitOfWork
from app.store.villages import Gone
from app.sync.protocol.verdict import LOST_KIND

SAID_BY_THE_COUNTY: Final = {
    "household": frozenset({"category", "benefit_month_fen", "village_code"}),
    "application": frozenset(
        {
            "decided_category", "decided_benefit_month_fen", "decided_on", "decision_note",
            "return_comments",
        }
    ),
}  # fmt: skip
"""Fields of a record that is there already which only the county changes."""
_WITH_BYTES: Final = frozenset({"attachment", "visit_file"})
"""Photos of others: their bytes never were here."""


def say_again(work: UnitOfWork, last_n: int, at: datetime) -> None:
    """What the county lost after operation `last_n` waits again; the villages are compared next."""
    until = max(outbox.last_acknowledged(work.connection), said_again_until(work))
    link_notes.keep(work.connection, link_notes.AGAIN, {"n": until}, at)
    again = outbox.take_back(work.connection, last_n)
    link_notes.forget(work.connection, link_notes.CHECKED)
    facts = {"from": last_n + 1, "operations": again}
    work.note(kind="county.behind", subject=work.identity.device_id, facts=facts)


def said_again_until(work: UnitOfWork) -> int:
    """The last operation that is only said again to a county that lost it; 0 where none is."""
    known = link_notes.recall(work.connection, link_notes.AGAIN)
    return 0 if known is None else int(known[0]["n"])


def say_for_others(work: UnitOfWork, lost: Iterable[Gone]) -> None:
    """What the county lost of a village this laptop answers for, whoever said it: whoever did may
    have given the village away, and this is the last copy."""
    for one in lost:
        if one.entity in _WITH_BYTES:
            continue
        fields = _sayable(one, is_ours=one.is_ours)
        work.change(
            kind=LOST_KIND, entity=one.entity, entity_id=one.entity_id, subject=one.subject,
            fields=fields,
        )  # fmt: skip


def _sayable(one: Gone, *, is_ours: bool) -> dict[str, Any]:
    """What a laptop may say of it. A decision is the county's to make again: it finds the
    application as it was sent up."""
    columns = ENTITIES[one.entity].columns.keys()
    fields = {name: value for name, value in one.body.items() if name in columns}
    if is_ours or one.entity == "application":
        fields = {
            name: value
            for name, value in fields.items()
            if name not in SAID_BY_THE_COUNTY.get(one.entity, ())
        }
    if one.entity == "application" and is_ours:
        fields.pop("status", None)
    elif one.entity == "application" and fields.get("status") in _COUNTY_STATUSES:
        fields["status"] = ApplicationStatus.SUBMITTED.value
    return fields


_COUNTY_STATUSES: Final = {status.value for status in DECIDED | {ApplicationStatus.RETURNED}}
