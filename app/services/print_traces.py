"""What the log keeps of a paper that leaves: everything but what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.ids import HouseholdId, PrintId

if TYPE_CHECKING:
    from app.domain.casework import PrintRecord
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintTrace:
    """One paper, its number, code and content hash (SHA-256, hexadecimal)."""

    form: str
    form_version: str
    document_no: str
    household: HouseholdId | None
    entity_id: str
    content_sha256: str
    code: str = field(repr=False)
    copies: int
    reprint_no: int
    printed_at: datetime
    is_draft: bool
    """Whether it is no paper of the case: a draft, or a form to fill in by hand."""
    face: str = ""

    @property
    def number_key(self) -> str:
        """The note under which a number waits for its paper."""
        return number_key(self.form, self.entity_id)


def times_changed(prints: Sequence[PrintRecord], document_no: str, content_sha256: str) -> int:
    """How many other wordings left under a number before this one; `prints` from the newest."""
    under = [one.content_sha256 for one in reversed(prints) if one.document_no == document_no]
    wordings = list(dict.fromkeys([*under, content_sha256]))
    return wordings.index(content_sha256)


def number_key(form: str, entity_id: str) -> str:
    """The note under which a number taken for a paper is kept until it has left."""
    return f"number:{form}:{entity_id}"


def note_print(work: UnitOfWork, trace: PrintTrace, print_id: PrintId) -> None:
    """Log that a paper left. A draft or a blank form is no paper of the case: it is logged as what
    it is, and counted nowhere."""
    subject = trace.household or trace.entity_id
    if trace.is_draft:
        work.note(
            kind="paper.drafted" if trace.document_no else "paper.blank",
            subject=subject,
            facts={
                "form": trace.form,
                "entity_id": trace.entity_id,
                "content_sha256": trace.content_sha256,
            },
        )
        return
    work.change(
        kind="paper.printed",
        entity="print_record",
        entity_id=print_id,
        subject=subject,
        new=True,
        fields={
            "form": trace.form,
            "form_version": trace.form_version,
            "document_no": trace.document_no,
            "household_id": trace.household,
            "entity_id": trace.entity_id,
            "content_sha256": trace.content_sha256,
            "code": trace.code,
            "copies": trace.copies,
            "reprint_no": trace.reprint_no,
            "face": trace.face or None,
            "printed_at": trace.printed_at,
        },
    )
    work.local.drop_draft(trace.number_key)
