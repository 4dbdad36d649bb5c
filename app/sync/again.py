"""What the county acknowledged and lost since, put back from its own backup, goes again."""

from __future__ import annotations

from app.store import link_notes, outbox
from app.store.unit_of_work import UnitOfWork


def say_again(work: UnitOfWork, last_n: int) -> None:
    """What the county lost after operation `last_n` waits again; the villages are compared next."""
    again = outbox.take_back(work.connection, last_n)
    link_notes.forget(work.connection, link_notes.CHECKED)
    facts = {"from": last_n + 1, "operations": again}
    work.note(kind="county.behind", subject=work.identity.device_id, facts=facts)
