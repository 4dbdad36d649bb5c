"""What a pack says on one day, with the values typed into one case on top.

A value nobody gave is None here: the caller names it as missing. Nothing is ever made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

from app.domain.clock import day_words
from app.domain.households import Area, Category, IncomeKind
from app.rules.deductions import Granted
from app.rules.grounds import Ground
from app.rules.layers import Citation, Evidence, FamilyEntry, Supply, Treatment, ValueEntry
from app.rules.overrides import Key, Override
from app.rules.pack import Pack
from app.rules.parameters import CATALOGUE, Parameter
from app.rules.strict import refuse

_DOUBTFUL = frozenset({Evidence.UNCHECKED, Evidence.SAMPLE})
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A value with its ground and, where the document names one, its window in months.

    `since` is the first day it is in force; None for one typed into a case. `unit` is what the
    document counts in, as the catalogue names it.
    """

    value: T_co
    ground: Ground
    window_months: int | None = None
    since: date | None = None
    unit: str = ""
    basis: str = field(init=False, repr=False, compare=False)
    """The ground as printed."""

    def __post_init__(self) -> None:
        # printed for every line of every household
        object.__setattr__(self, "basis", str(self.ground))


@dataclass(frozen=True, slots=True)
class Terms:
    """One day's law as one case sees it."""

    values: Mapping[Key, Found[Any]]
    left: Mapping[Key, Ground]
    """The clauses that leave a value to the county."""
    incomes: Mapping[IncomeKind, tuple[Treatment, Ground]]
    deductions: tuple[Granted, ...]
    families: tuple[tuple[FamilyEntry, Ground], ...]
    rungs: Mapping[Category, Ground]
    doubtful: Mapping[str, Evidence]
    """Grounds as printed whose evidence is none to rely on: unchecked clauses, sample numbers."""
    overrides: Mapping[Key, Override]
    used: dict[str, None]
    """Names of the overrides somebody asked for, in the order they were asked."""
    memo: dict[object, Any]
    """What `once` keeps; cases without overrides share one day's terms, and so this."""

    def find(self, parameter: Parameter[T], area: Area | None = None) -> Found[T] | None:
        """The value in force, or None when the county has not supplied it.

        `area` is needed for parameters that differ by area and ignored for the others. For an
        optional parameter the value itself may be None: then there is no such rule.
        """
        key = (parameter.name, area) if parameter.by_area else parameter.everywhere
        if self.overrides and (override := self.overrides.get(key)) is not None:
            self.used[override.name] = None
            typed = Found(override.value, override.ground, unit=override.unit)
            return cast("Found[T]", typed)
        return self.values.get(key)

    def ground_of(self, parameter: Parameter[T], area: Area | None = None) -> Ground:
        """The clause that leaves a value nobody gave to the county.

        Where no document speaks of it, the name of the parameter stands for one (design §4).
        """
        key = (parameter.name, area) if parameter.by_area else parameter.everywhere
        return self.left.get(key) or Ground(parameter.name, "")

    def basis_of(self, parameter: Parameter[T], area: Area | None = None) -> str:
        """The clause that gives a value, or else leaves it to the county, as printed."""
        found = self.find(parameter, area)
        return str(self.ground_of(parameter, area)) if found is None else found.basis


def terms_of(pack: Pack, on: date, overrides: Mapping[Key, Override] | None = None) -> Terms:
    """The terms of `pack` on `on`. Raises Refused (C-09) when it is not in force that day."""
    if not pack.is_in_force(on):
        refuse(
            "on",
            f"{day_words(on)}这一天，“{pack.title}”政策包还没开始用或者已经停用。",
            code="C-09",
            do="请换一天，或者换一个政策包。",
        )
    day = _in_force(pack, pack.since(on))
    return replace(day, overrides=overrides, used={}, memo={}) if overrides else day


@lru_cache(maxsize=64)
def _in_force(pack: Pack, on: date) -> Terms:
    """Everything `pack` says from its turn `on`; a later layer's word stands before an earlier's.

    Asked for turns only, a file of cases from every day of a year needs a handful of answers.
    """
    values, left = _values(pack, on)
    return Terms(
        values=values,
        left=left,
        incomes=_incomes(pack, on),
        deductions=_deductions(pack, on),
        families=tuple(
            (entry, _ground(pack, entry.cited))
            for layer in reversed(pack.layers)
            for entry in layer.families
            if entry.cited.covers(on)
        ),
        rungs={
            entry.rung: _ground(pack, entry.cited)
            for layer in pack.layers
            for entry in layer.rungs
            if entry.cited.covers(on)
        },
        doubtful=_doubtful(pack, on),
        overrides={},
        used={},
        memo={},
    )


def _values(pack: Pack, on: date) -> tuple[dict[Key, Found[Any]], dict[Key, Ground]]:
    """The values somebody gave, and the clauses of those left to the county."""
    found: dict[Key, Found[Any]] = {}
    left: dict[Key, Ground] = {}
    for parameter in CATALOGUE.values():
        for area in Area if parameter.by_area else (None,):
            entry = _last(_said(pack, parameter.name, area, on))
            if entry is None:
                continue
            if entry.supply is Supply.COUNTY:
                left[parameter.name, area] = _ground(pack, entry.cited)
            else:
                found[parameter.name, area] = Found(
                    entry.value,
                    _ground(pack, entry.cited),
                    entry.window_months,
                    entry.cited.valid_from,
                    entry.unit,
                )
    return found, left


def _incomes(pack: Pack, on: date) -> dict[IncomeKind, tuple[Treatment, Ground]]:
    return {
        kind: (entry.treatment, _ground(pack, entry.cited))
        for layer in pack.layers
        for entry in layer.incomes
        if entry.cited.covers(on)
        for kind in entry.kinds
    }


def _deductions(pack: Pack, on: date) -> tuple[Granted, ...]:
    """The rules in force, each where its code first stood; a later layer may have none of it."""
    last = {
        entry.code: entry
        for layer in pack.layers
        for entry in layer.deductions
        if entry.cited.covers(on)
    }
    return tuple(
        Granted(
            entry.code,
            entry.text,
            entry.rule,
            _ground(pack, entry.cited),
            f"deduction.{entry.code}",
        )
        for entry in last.values()
        if entry.rule is not None
    )


def _doubtful(pack: Pack, on: date) -> dict[str, Evidence]:
    """What is in force with evidence nobody should lean on, by the ground as printed."""
    return {
        str(_ground(pack, cited)): cited.evidence
        for layer in pack.layers
        for cited in layer.citations
        if cited.covers(on) and cited.evidence in _DOUBTFUL
    }


def _said(pack: Pack, name: str, area: Area | None, on: date) -> Iterable[ValueEntry]:
    """What is said about a parameter on a day, lowest layer first."""
    return (
        entry
        for layer in pack.layers
        for entry in layer.values
        if entry.name == name and entry.area in {None, area} and entry.cited.covers(on)
    )


def _last(entries: Iterable[ValueEntry]) -> ValueEntry | None:
    last = None
    for entry in entries:
        last = entry
    return last


def _ground(pack: Pack, cited: Citation) -> Ground:
    return Ground(cited.document, cited.clause, pack.id, pack.version)
