"""What stands behind a basis printed beside a line: the entries of the pack that cite the clause.

A pure look-up, so that whoever doubts a number opens the very clause it came from. An answer names
some grounds no document has (a fact still to be asked, a default of the program): for them there is
nothing to open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from app.rules.layers import (
    Citation,
    DeductionEntry,
    Evidence,
    FamilyEntry,
    IncomeEntry,
    Layer,
    RungEntry,
    ValueEntry,
)
from app.rules.pack import Pack

Entry = ValueEntry | IncomeEntry | DeductionEntry | FamilyEntry | RungEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause as one layer cites it, with everything that layer takes from it.

    `sources` say where the document was read; `title` and `version` are the layer's.
    """

    document: str
    clause: str
    evidence: Evidence
    valid_from: date
    valid_to: date | None
    title: str
    version: str
    sources: tuple[str, ...] = field(default=())
    entries: tuple[Entry, ...] = field(default=())


def clauses_of(pack: Pack, basis: str, on: date) -> tuple[Clause, ...]:
    """The clauses in force on `on` that print as `basis`, the layer on top first; none for a
    ground no document has."""
    found: dict[Clause, Clause] = {}
    for layer in reversed(pack.layers):
        for entry in _entries(layer):
            cited = entry.cited
            if cited.covers(on) and _printed(cited) == basis:
                clause = _cited_by(layer, cited)
                before = found.get(clause, clause)
                found[clause] = replace(
                    before,
                    sources=tuple(dict.fromkeys((*before.sources, cited.source))),
                    entries=(*before.entries, entry),
                )
    return tuple(found.values())


def _entries(layer: Layer) -> Iterable[Entry]:
    yield from layer.rungs
    yield from layer.values
    yield from layer.incomes
    yield from layer.deductions
    yield from layer.families


def _printed(cited: Citation) -> str:
    """As `app.rules.grounds.Ground` prints it."""
    return f"{cited.document} {cited.clause}".strip()


def _cited_by(layer: Layer, cited: Citation) -> Clause:
    return Clause(
        document=cited.document,
        clause=cited.clause,
        evidence=cited.evidence,
        valid_from=cited.valid_from,
        valid_to=cited.valid_to,
        title=layer.title,
        version=layer.version,
    )
