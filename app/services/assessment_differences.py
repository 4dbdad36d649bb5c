"""Two tests of one household side by side: what was told anew, what the law says, what follows.

A pure function over two stored tests; values of the packs are compared where both are at hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.casework import AssessmentRecord
from app.domain.households import Area, Category
from app.domain.money import Money
from app.rules.casefile import parse_case
from app.rules.facts import Facts
from app.rules.grounds import Outcome
from app.rules.layers import Treatment
from app.rules.pack import Pack
from app.rules.parameters import CATALOGUE
from app.rules.terms import Found, terms_of
from app.services.fact_differences import EVERYBODY, FactChange, fact_changes
from app.services.fact_words import line_word, who_is
from app.services.pack_words import MEANS
from app.services.value_words import value_words

Json = dict[str, Any]

_SUMS: Final = {
    "income_year": "一年收入",
    "per_capita_month": "人均月收入",
    "standard_month": "低保标准（月）",
}
_UNKNOWN: Final = "还算不出"
_UNTOLD: Final = "县里还没给"


@dataclass(frozen=True, slots=True, repr=False)
class LineChange:
    """One source or deduction with another sum of the year or treatment; None: it is not there."""

    who: str
    what: str
    before: Money | None
    after: Money | None
    treatment_before: Treatment | None
    treatment_after: Treatment | None


@dataclass(frozen=True, slots=True)
class SumChange:
    """One sum under the line, in yuan."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """One rung that ends differently or pays another sum; `why` are the newer test's reasons."""

    rung: Category
    before: Outcome
    after: Outcome
    before_month: Money | None
    after_month: Money | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value of the pack; "" where it has no short form. `basis` is the newer clause."""

    name: str
    what: str
    before: str
    after: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AssessmentDifferences:
    """Everything that differs between an older and a newer test of one household."""

    is_other_pack: bool
    suggested_before: Category | None
    suggested_after: Category | None
    benefit_before: Money | None
    benefit_after: Money | None
    facts: tuple[FactChange, ...]
    values: tuple[ValueChange, ...]
    lines: tuple[LineChange, ...]
    sums: tuple[SumChange, ...]
    outcomes: tuple[OutcomeChange, ...]

    @property
    def is_none(self) -> bool:
        """Whether both tests say the same of the same facts."""
        return not (self.facts or self.values or self.lines or self.sums or self.outcomes)


def differences(
    older: AssessmentRecord, newer: AssessmentRecord, packs: tuple[Pack, Pack] | None = None
) -> AssessmentDifferences:
    """What differs. `packs` are those of the two tests, in their order; None leaves values out."""
    before, after = parse_case(older.facts.encode()), parse_case(newer.facts.encode())
    old, new = json.loads(older.answer), json.loads(newer.answer)
    area = after.household.area
    return AssessmentDifferences(
        is_other_pack=older.pack_sha256 != newer.pack_sha256,
        suggested_before=older.suggested,
        suggested_after=newer.suggested,
        benefit_before=older.benefit_month,
        benefit_after=newer.benefit_month,
        facts=tuple(fact_changes(before, after)),
        values=() if packs is None else tuple(_values(packs, (older, newer), area)),
        lines=tuple(_lines(old, new, _names(before, after))),
        sums=tuple(_sums(old, new)),
        outcomes=tuple(_outcomes(old, new)),
    )


def _names(*cases: Facts) -> dict[str | None, str]:
    """Who the ids of both tests are."""
    members = (member for case in cases for member in case.household.members)
    return {None: EVERYBODY} | {member.id: who_is(member) for member in members}


@dataclass(frozen=True, slots=True)
class _Item:
    """The lines of one source together."""

    label: str
    year: Money
    treatment: Treatment


def _lines(before: Json, after: Json, names: dict[str | None, str]) -> Iterable[LineChange]:
    old, new = _by_source(before), _by_source(after)
    for member, item in dict.fromkeys([*old, *new]):
        one, other = old.get((member, item)), new.get((member, item))
        if (
            one is None
            or other is None
            or (one.year, one.treatment)
            != (
                other.year,
                other.treatment,
            )
        ):
            yield LineChange(
                who=names.get(member, ""),
                what=next(each.label for each in (other, one) if each is not None),
                before=None if one is None else one.year,
                after=None if other is None else other.year,
                treatment_before=None if one is None else one.treatment,
                treatment_after=None if other is None else other.treatment,
            )


def _by_source(answer: Json) -> dict[tuple[str | None, str], _Item]:
    """The working by whose and of what kind; two sums of one kind are one."""
    found: dict[tuple[str | None, str], _Item] = {}
    for line in answer["lines"]:
        key = (line["member"], line["item"])
        year, before = Money.parse(line["amount_year"]), found.get(key)
        found[key] = _Item(
            label=line_word(line["item"], line.get("label", "")),
            year=year if before is None else before.year + year,
            treatment=Treatment(line["treatment"]),
        )
    return found


def _sums(before: Json, after: Json) -> Iterable[SumChange]:
    for name, what in _SUMS.items():
        if before[name] != after[name]:
            yield SumChange(what, before[name] or _UNKNOWN, after[name] or _UNKNOWN)
    old, new = len(before["counted_members"]), len(after["counted_members"])
    if old != new:
        yield SumChange("算在内的人", f"{old} 人", f"{new} 人")


def _outcomes(before: Json, after: Json) -> Iterable[OutcomeChange]:
    """Rungs both tests tried."""
    old = {rung["rung"]: rung for rung in before["rungs"]}
    for rung in after["rungs"]:
        one = old.get(rung["rung"])
        if one is not None and any(one[key] != rung[key] for key in ("outcome", "benefit_month")):
            yield OutcomeChange(
                rung=Category(rung["rung"]),
                before=Outcome(one["outcome"]),
                after=Outcome(rung["outcome"]),
                before_month=_money(one["benefit_month"]),
                after_month=_money(rung["benefit_month"]),
                why=tuple(reason["text"] for reason in rung["reasons"]),
            )


def _money(yuan: str | None) -> Money | None:
    return None if yuan is None else Money.parse(yuan)


def _values(
    packs: tuple[Pack, Pack], tests: tuple[AssessmentRecord, AssessmentRecord], area: Area
) -> Iterable[ValueChange]:
    """Values a means test leans on that the two packs state differently, each for its day."""
    old, new = (_said(pack, test, area) for pack, test in zip(packs, tests, strict=True))
    for name in (name for name in CATALOGUE if name in MEANS):
        one, other = old.get(name), new.get(name)
        if (one and one.value) == (other and other.value) and (one is None) is (other is None):
            continue
        unit = CATALOGUE[name].units[0]
        yield ValueChange(
            name=name,
            what=MEANS[name],
            before=_UNTOLD if one is None else value_words(name, one.value, unit),
            after=_UNTOLD if other is None else value_words(name, other.value, unit),
            basis="" if other is None else str(other.ground),
        )


def _said(pack: Pack, test: AssessmentRecord, area: Area) -> Mapping[str, Found[object]]:
    """What `pack` said to a household of `area` on the day of `test`, by parameter."""
    terms = terms_of(pack, test.on)
    found = {name: terms.find(parameter, area) for name, parameter in CATALOGUE.items()}
    return {name: value for name, value in found.items() if value is not None}
