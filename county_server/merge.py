"""Three-way merge of one operation into one document, field by field. Pure.

A field is *contested* when somebody else changed it after the version the operation was based on.
Contested and different: the county's value stays in force and both are kept. A device's own
earlier changes contest nothing: it knew them. What names a person or carries money is never
merged by machine, even when both sides happen to agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from app.sync.protocol.verdict import Difference
from county_server.ledger import Document, Mark

NEVER_MERGED: Final = frozenset(
    {
        "id_number", "bank_account", "head_person_id", "died_on", "until_on", "until_by",
        "ended_on", "successor_id", "split_from_id",
    }
)  # fmt: skip
"""Design §5: ID number, bank card, 户主, death, leaving a household, split and merger."""


class Change(msgspec.Struct, frozen=True):
    """One field of a patch, with the version its author had before them."""

    field: str
    old: Any
    new: Any
    base_version: int

    def __repr__(self) -> str:
        return f"<Change {self.field}>"


@dataclass(frozen=True, slots=True, repr=False)
class Merge:
    """What to set, what stays contested, and whether others wrote here meanwhile."""

    fields: dict[str, Any]
    differences: list[Difference]
    is_concurrent: bool


def merge(
    document: Document | None, changes: Iterable[Change], by: str, *, is_decision: bool = False
) -> Merge:
    """Merge `changes` by `by` into `document` (None for a new one).

    A person's decision holds when it was taken against the value that is still in force.
    """
    changes = list(changes)
    if document is None:
        return Merge({change.field: change.new for change in changes}, [], is_concurrent=False)
    body, marks = document.body, document.marks
    fields: dict[str, Any] = {}
    differences: list[Difference] = []
    for change in changes:
        theirs = body.get(change.field)
        contested = _is_contested(marks.get(change.field), change.base_version, by)
        contested = contested and not (is_decision and change.old == theirs)
        if contested and (theirs != change.new or change.field in NEVER_MERGED):
            differences.append(_difference(change, theirs, marks[change.field]))
        elif theirs != change.new or change.field not in body:
            fields[change.field] = change.new
    base = min((change.base_version for change in changes), default=0)
    return Merge(fields, differences, any(_is_contested(mark, base, by) for mark in marks.values()))


def _is_contested(mark: Mark | None, base_version: int, by: str) -> bool:
    """Whether somebody else changed a field after `base_version`."""
    return mark is not None and mark[0] > base_version and mark[1] != by


def _difference(change: Change, theirs: object, mark: Mark) -> Difference:
    """Both sides of a contested field."""
    return Difference(
        field=change.field,
        mine=change.new,
        theirs=theirs,
        base=change.old,
        theirs_by=mark[1],
        theirs_at=mark[2],
    )
