"""临时救助 — how much may be given for one case, and who decides about it.

Every cap is so many times a month's 低保 standard for each person helped: 小额, 先行救助 (Guangzhou
sets it lower than 小额), a cap a head (Tianjin, 急难), and the sum up to which the township decides
by itself. The standard is that of the place (急难发生地). Where it is not known whether town or
country applies, the lower standard is the safe one: an amount within it is within either; where it
is not known how many are helped, there is at least one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.households import Area
from app.domain.money import Money
from app.domain.words import Word
from app.rules.grounds import FAILS, MEETS, MET, Check, Reason, all_of, failed, unsettled
from app.rules.parameters import (
    DIBAO_STANDARD,
    RELIEF_CAP,
    RELIEF_PAY_FIRST_CAP,
    RELIEF_PERSON_CAP,
    TOWNSHIP_CAP,
    Parameter,
)
from app.rules.terms import Terms
from app.rules.values import MONTHS, Rate


class CapKind(Word):
    """What a cap is for."""

    SMALL = "small", "小额救助"
    PAY_FIRST = "pay_first", "先行救助"
    PERSON = "person", "每人限额"
    TOWNSHIP = "township", "乡镇审批"


class Decider(Word):
    """Who decides about the amount."""

    TOWNSHIP = "township", "乡镇"
    COUNTY = "county", "县里"


@dataclass(frozen=True, slots=True)
class ReliefCap:
    """One cap. `limit` is what is surely within it, None while nobody has said.

    `check`: met within, failed over, unknown while a value or a fact decides.
    """

    kind: CapKind
    limit: Money | None
    check: Check
    rule: str
    basis: str


@dataclass(frozen=True, slots=True)
class ReliefRoute:
    """The road of one amount: its caps, whether it may be given, who decides (None: not known).

    `allowed` looks at the caps nobody may go over; being over 小额 only means the usual procedure,
    unless the money is paid first.
    """

    caps: tuple[ReliefCap, ...]
    allowed: Check
    decider: Decider | None
    why: Reason

    def cap(self, kind: CapKind) -> ReliefCap | None:
        """The cap of one kind, where there is such a rule."""
        return next((cap for cap in self.caps if cap.kind is kind), None)


@dataclass(frozen=True, slots=True)
class _Case:
    """What every cap is measured on; None where it is not known."""

    terms: Terms
    persons: int | None
    area: Area | None


_PARAMETERS: Final[dict[CapKind, Parameter[Fraction | None]]] = {
    CapKind.SMALL: RELIEF_CAP,
    CapKind.PAY_FIRST: RELIEF_PAY_FIRST_CAP,
    CapKind.PERSON: RELIEF_PERSON_CAP,
    CapKind.TOWNSHIP: TOWNSHIP_CAP,
}


def relief_route(
    terms: Terms, amount: Money, *, persons: int | None, area: Area | None, pay_first: bool
) -> ReliefRoute:
    """The road of `amount` for `persons` people together."""
    case = _Case(terms, persons, area)
    binding = _binding(case, pay_first=pay_first)
    kinds = dict.fromkeys((CapKind.SMALL, *binding, CapKind.TOWNSHIP))
    caps = {kind: _cap(kind, case, amount) for kind in kinds}
    decider, why = _decider(caps[CapKind.TOWNSHIP])
    return ReliefRoute(
        caps=tuple(caps.values()),
        allowed=all_of(*(caps[kind].check for kind in binding)),
        decider=decider,
        why=why,
    )


def pay_first_cap(terms: Terms, *, persons: int | None, area: Area | None) -> ReliefCap:
    """The lowest known cap of one payment made first; its limit is None where none is known."""
    case = _Case(terms, persons, area)
    caps = [_cap(kind, case, Money(0)) for kind in _binding(case, pay_first=True)]
    known = [cap for cap in caps if cap.limit is not None]
    return min(known, key=lambda cap: cap.limit or Money(0), default=caps[0])


def _binding(case: _Case, *, pay_first: bool) -> list[CapKind]:
    """The caps nobody may go over. Paid first, 小额 is one where 先行 has none of its own."""
    first = CapKind.PAY_FIRST if _has(case, CapKind.PAY_FIRST) else CapKind.SMALL
    return [first] * pay_first + [CapKind.PERSON] * _has(case, CapKind.PERSON)


def _has(case: _Case, kind: CapKind) -> bool:
    """Whether there is such a rule, be its number known or the county's to give."""
    found = case.terms.find(_PARAMETERS[kind])
    return found is None or found.value is not None


def _cap(kind: CapKind, case: _Case, amount: Money) -> ReliefCap:
    """One cap, held against the amount."""
    multiple, standards = case.terms.find(_PARAMETERS[kind]), _standards(case)
    if multiple is None or multiple.value is None:
        text = f"县里还没有给出{kind.label}的上限"
        left = case.terms.basis_of(_PARAMETERS[kind])
        return _unknown(kind, text, left, _PARAMETERS[kind].name)
    basis = multiple.basis
    if not standards:
        text = f"县里还没有给出低保标准，{kind.label}的上限算不出来"
        return _unknown(kind, text, basis, DIBAO_STANDARD.name)
    each = [multiple.value * Fraction(rate.year_fen, MONTHS) for rate in standards.values()]
    sure = min(each) * (case.persons or 1)
    rule = _rule(case, multiple.value, standards)
    if amount.fen <= sure:
        check = MET
    elif case.persons is not None and amount.fen > max(each) * case.persons:
        check = failed(f"超过{kind.label}的上限：{rule}。", basis)
    else:
        check = _open(kind, case, basis)
    return ReliefCap(kind, Money(math.floor(sure)), check, f"{rule}，{basis}", basis)


def _unknown(kind: CapKind, text: str, basis: str, missing: str) -> ReliefCap:
    return ReliefCap(kind, None, unsettled(f"{text}。", basis, missing), text, basis)


def _open(kind: CapKind, case: _Case, basis: str) -> Check:
    """Over what is surely within; the persons or the area decide."""
    asked = {"persons": ("救助几个人", case.persons), "area": ("按城镇还是农村标准", case.area)}
    unknown = {name: words for name, (words, fact) in asked.items() if fact is None}
    text = f"要先说清{'、'.join(unknown.values())}，才知道超没超过{kind.label}的上限。"
    return unsettled(text, basis, *unknown)


def _standards(case: _Case) -> dict[Area, Rate]:
    """The standards that may apply, as far as the county gave them."""
    found = {
        area: case.terms.find(DIBAO_STANDARD, area)
        for area in ((case.area,) if case.area else Area)
    }
    return {area: one.value for area, one in found.items() if one is not None}


def _rule(case: _Case, multiple: Fraction, standards: dict[Area, Rate]) -> str:
    """How the limit comes about, in words."""
    area = min(standards, key=lambda one: standards[one].year_fen)
    guess = "" if case.area else f"（先按{area.label}）"
    people = "1 人（先按一人）" if case.persons is None else f"{case.persons} 人"
    return f"每人 {_plain(multiple)} 倍低保月标准{guess} × {people}"


def _plain(multiple: Fraction) -> str:
    """A multiple as written, for reading only: 2, 1.5."""
    return f"{float(multiple):g}"


def _decider(township: ReliefCap) -> tuple[Decider | None, Reason]:
    """Who decides: the township up to its sum, the county above it."""
    if township.check.outcome is MEETS:
        text = f"没有超过乡镇审批的额度，由乡镇定：{township.rule}。"
        return Decider.TOWNSHIP, Reason(text, township.basis)
    if township.check.outcome is FAILS:
        text = f"超过乡镇审批的额度，报县里定：{township.rule}。"
        return Decider.COUNTY, Reason(text, township.basis)
    return None, township.check.reasons[0]
