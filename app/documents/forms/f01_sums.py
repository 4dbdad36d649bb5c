"""A stored means test under the heads of F01 (domain.md §3.1, §3.5).

The answer is the one of design §4; its lines sum exactly to the year's income, and so do the heads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.documents.forms.f01_content import F01Sums
from app.domain.casework import AssessmentRecord
from app.domain.households import Category, IncomeKind
from app.domain.money import Money

_HEADS: Final[Mapping[str, frozenset[IncomeKind]]] = {
    "wages": frozenset({IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE}),
    "business": frozenset({IncomeKind.FARMING, IncomeKind.BUSINESS}),
    "property": frozenset({IncomeKind.RENT, IncomeKind.INTEREST, IncomeKind.DIVIDEND}),
    "maintenance": frozenset({IncomeKind.MAINTENANCE}),
    "land_and_allowances": frozenset(
        {
            IncomeKind.LAND_TRANSFER,
            IncomeKind.DISABILITY_SUBSIDY,
            IncomeKind.ELDERLY_ALLOWANCE,
            IncomeKind.ORPHAN_ALLOWANCE,
            IncomeKind.VETERAN_BENEFIT,
        }
    ),
    "assessed": frozenset({IncomeKind.ASSESSED}),
}
_ELSE: Final = "transfers"


def sums_of(record: AssessmentRecord) -> F01Sums:
    """The heads of one means test."""
    answer: dict[str, Any] = json.loads(record.answer)
    lines: list[dict[str, Any]] = answer["lines"]
    heads = dict.fromkeys((*_HEADS, _ELSE), Money(0))
    for line in lines:
        if line["treatment"] == "counted":
            heads[_head_of(line["item"])] += _money(line["amount_year"])
    deducted = (_money(line["amount_year"]) for line in lines if line["treatment"] == "deducted")
    per_capita, standard = _money(answer["per_capita_month"]), _money(answer["standard_month"])
    return F01Sums(
        **heads,
        deducted=sum(deducted, Money(0)),
        disregarded=_disregarded(lines),
        income_year=_money(answer["income_year"]),
        per_capita_month=per_capita,
        standard_month=standard,
        gap_month=standard - per_capita if per_capita < standard else None,
        suggested=record.suggested,
        benefit_month=record.benefit_month,
        on=record.on,
        pack=f"{record.pack_id} {record.pack_version}",
    )


def counted_members(record: AssessmentRecord) -> frozenset[str]:
    """Who was counted."""
    return frozenset(json.loads(record.answer)["counted_members"])


def covered_members(record: AssessmentRecord) -> frozenset[str]:
    """Whom the suggested rung covers; nobody when no rung is suggested."""
    rungs: Iterable[dict[str, Any]] = json.loads(record.answer)["rungs"]
    suggested: Category | None = record.suggested
    return frozenset(
        member
        for rung in rungs
        if suggested is not None and rung["rung"] == suggested.value
        for member in rung.get("members", ())
    )


def _head_of(item: str) -> str:
    return next((head for head, kinds in _HEADS.items() if item in kinds), _ELSE)


def _disregarded(lines: Iterable[dict[str, Any]]) -> str:
    """The kinds of income that do not count, each once; 无 when there is none."""
    kinds = (line["item"] for line in lines if line["treatment"] == "disregarded")
    labels = {item: IncomeKind(item).label for item in kinds if item in set(IncomeKind)}
    return "、".join(labels.values()) or "无"


def _money(text: str) -> Money:
    return Money.parse(text)
