"""A clause of a pack as a person reads it: its number, how far it was checked, what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.clock import day_words
from app.domain.households import IncomeKind
from app.rules.clauses import Clause, Entry, clauses_of
from app.rules.layers import (
    DeductionEntry,
    FamilyEntry,
    IncomeEntry,
    RungEntry,
    Supply,
    ValueEntry,
)
from app.rules.pack import Pack
from app.services.pack_words import MEANS
from app.services.value_words import value_words

_LINE: Final = re.compile(r"S\d+:L(\d+(?:[-–]\d+)?)")
_LATIN: Final = re.compile(r"[A-Za-z]")
_SEVERAL: Final = "；"
"""Between the bases of a line that leans on more than one."""


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """One clause opened under a line."""

    document: str
    clause: str
    checked: str
    read: str
    in_force: str
    pack: str
    gives: tuple[str, ...]


def clause_cards(pack: Pack, bases: Iterable[str], on: date) -> tuple[ClauseCard, ...]:
    """A card for each clause behind `bases`; a ground no document has gives none."""
    single = dict.fromkeys(one for basis in bases for one in basis.split(_SEVERAL))
    return tuple(_card(clause) for basis in single for clause in clauses_of(pack, basis, on))


def _card(clause: Clause) -> ClauseCard:
    until = "还在用" if clause.valid_to is None else f"用到{day_words(clause.valid_to)}"
    return ClauseCard(
        document=clause.document,
        clause=clause.clause,
        checked=clause.evidence.label,
        read="、".join(dict.fromkeys(filter(None, map(_read, clause.sources)))),
        in_force=f"从{day_words(clause.valid_from)}起，{until}",
        pack=f"{clause.title} {clause.version} 版",
        gives=tuple(dict.fromkeys(filter(None, map(_gives, clause.entries)))),
    )


def _read(source: str) -> str:
    """Where the document was read; a library's mark says nothing to a reader."""
    line = _LINE.fullmatch(source)
    if line is not None:
        return f"文件原文第 {line[1]} 行"
    return "" if _LATIN.search(source) else source


def _gives(entry: Entry) -> str:
    """What the entry lays down, "" for what is no matter of the means test."""
    match entry:
        case ValueEntry():
            return _value(entry)
        case IncomeEntry():
            kinds = [kind.label for kind in IncomeKind if kind in entry.kinds]
            return f"{'、'.join(kinds)}：{entry.treatment.label}"
        case RungEntry():
            return f"有“{entry.rung.label}”这一档"
        case DeductionEntry() | FamilyEntry():
            return entry.text


def _value(entry: ValueEntry) -> str:
    what = MEANS.get(entry.name)
    if what is None:
        return ""
    area = "" if entry.area is None else f"（{entry.area.label}）"
    if entry.supply is not Supply.GIVEN:
        return f"{what}{area}：{entry.supply.label}"
    words = value_words(entry.name, entry.value, entry.unit)
    return f"{what}{area}：{words}" if words else f"{what}{area}"
