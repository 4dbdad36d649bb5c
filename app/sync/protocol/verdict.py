"""The county's answer to a batch: a receipt with a verdict for each operation.

Only a receipt acknowledges. A refused operation never blocks the others.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec

from app.domain.operations import OperationState
from app.domain.words import Word
from app.sync.protocol.coding import Count, Id, Instant, Message, Ordinal, Sha256, Words


class Outcome(Word):
    """What became of one operation."""

    APPLIED = "applied", "县里已收"
    MERGED = "merged", "已合并"
    CONFLICT = "conflict", "两边不一样"
    RETURNED = "returned", "被退回"
    HANDED_OVER = "handed_over", "已转交"


OutcomeWord = Literal["applied", "merged", "conflict", "returned", "handed_over"]
"""An outcome on the wire."""

RESOLVE_KIND: Final = "resolve_conflict"
"""The kind of an operation by which a person decides what the machine would not."""
LOST_KIND: Final = "county.lost"
"""The kind of an operation that says again what a county put back from a backup has lost."""

STATE_AFTER: Final = {
    Outcome.APPLIED: OperationState.RECEIVED,
    Outcome.MERGED: OperationState.MERGED,
    Outcome.CONFLICT: OperationState.DIFFERS,
    Outcome.RETURNED: OperationState.RETURNED,
    Outcome.HANDED_OVER: OperationState.HANDED_OVER,
}
"""The state a verdict puts an operation into."""


class Difference(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One field both sides changed: theirs is in force, mine is kept for the coordinator."""

    field: Id
    mine: Any
    theirs: Any
    base: Any
    theirs_by: Annotated[str, msgspec.Meta(max_length=100)]
    theirs_at: Instant | None


class Verdict(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The answer to operation `n`.

    `version` is the document's after it (0 when there is none). `reason` and `field` say in
    Chinese what to mend when it was returned. `differences` is filled for a conflict. `absorbs`
    names earlier returned operations that this one carried with it.
    """

    n: Ordinal
    outcome: OutcomeWord
    version: Count
    reason: Words | None = None
    field: Id | None = None
    differences: list[Difference] = msgspec.field(default_factory=list)
    absorbs: list[Ordinal] = msgspec.field(default_factory=list)


class ReceiptHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read of a receipt."""

    v: Ordinal
    suite: str
    county: Id
    device: Id
    epoch: Count
    seq: Ordinal


class Receipt(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The county has this batch, whole and durable, and this is what became of it."""

    device: Id
    epoch: Count
    seq: Ordinal
    batch: Sha256
    head: Sha256
    last_op: Ordinal
    server_time: Instant
    receipt_n: Ordinal
    prev_receipt: Sha256
    verdicts: list[Verdict]
