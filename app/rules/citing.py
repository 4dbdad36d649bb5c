"""What every entry of a layer carries: its source, its evidence and the days it is in force.

Raises Refused (C-02 … C-04) whose field is "FILE: entry.key".
"""

from __future__ import annotations

from datetime import date
from typing import Final, TypeVar

from app.domain.words import Word
from app.rules import kinds, strict
from app.rules.layers import Citation, Evidence
from app.rules.strict import Record, join, optional, refuse, required

W = TypeVar("W", bound=Word)
Window = tuple[date, date | None]

CITED: Final = frozenset({"document", "clause", "source", "evidence", "valid_from", "valid_to"})
"""The keys of a citation."""
_evidence = strict.as_word(Evidence)


def citation(window: Window, record: Record, path: str) -> Citation:
    """The entry's source, in force as long as its layer, or from and until days of its own.

    With a last day only it begins with the layer: next year's value ends this one so.
    """
    valid_from, valid_to = window
    if "valid_from" in record or "valid_to" in record:
        valid_from, valid_to = window_of({"valid_from": valid_from} | record, path)
    return Citation(
        document=strict.as_text(required(record, "document", path), join(path, "document")),
        clause=strict.as_text(required(record, "clause", path), join(path, "clause")),
        source=strict.as_text(required(record, "source", path), join(path, "source")),
        evidence=_evidence(required(record, "evidence", path), join(path, "evidence")),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def window_of(record: Record, path: str) -> Window:
    """First and last day, both included; no last day says for good."""
    valid_from = _day(required(record, "valid_from", path), join(path, "valid_from"))
    valid_to = optional(record, "valid_to", path, _day)
    if valid_to is not None and valid_to < valid_from:
        refuse(join(path, "valid_to"), "截止日在起始日之前。")
    return valid_from, valid_to


def _day(value: object, path: str) -> date:
    try:
        return kinds.day(value, "")
    except ValueError as error:
        refuse(path, str(error))


def words_of(kind: type[W], value: object, path: str) -> frozenset[W]:
    """Some of the codes of `kind`, at least one."""
    read = strict.as_word(kind)
    words = strict.as_list(value, path, longest=100)
    if not words:
        refuse(path, "列表不能是空的。")
    return frozenset(read(word, f"{path}[{n}]") for n, word in enumerate(words))
