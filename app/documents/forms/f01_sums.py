"""A stored means test under the heads of F01 (domain.md §3.1, §3.5).

The answer is the one of design §4; its lines sum exactly to the year's income, and so do the heads.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.documents.forms.f01_content import F01Sums
from app.documents.forms.heads import HEADS, head_of
from app.documents.forms.stored_answer import Said, StoredAnswer, money, summed
from app.domain.casework import AssessmentRecord
from app.domain.households import IncomeKind
from app.domain.money import Money
from app.rules.grounds import Outcome
from app.rules.layers import Treatment


def sums_of(record: AssessmentRecord) -> F01Sums:
    """The heads of one means test; those of an income nobody asked about are not known."""
    answer = StoredAnswer(record)
    year = answer.money("income_year")
    heads = dict.fromkeys(HEADS, Money(0)) if year is not None else {}
    for line in answer.lines:
        if line["treatment"] == Treatment.COUNTED.value and heads:
            heads[head_of(line["item"])] += Money.parse(line["amount_year"])
    deducted = [line for line in answer.lines if line["treatment"] == Treatment.DEDUCTED.value]
    per_capita, standard = answer.money("per_capita_month"), answer.money("standard_month")
    return F01Sums(
        wages=heads.get("wages"),
        business=heads.get("business"),
        property=heads.get("property"),
        transfers=heads.get("transfers"),
        maintenance=heads.get("maintenance"),
        land_and_allowances=summed((heads["land"], heads["allowances"])) if heads else None,
        assessed=heads.get("assessed"),
        deducted=summed(money(line["amount_year"]) for line in deducted) if heads else None,
        disregarded=_disregarded(answer.lines) if heads else "",
        income_year=year,
        per_capita_month=per_capita,
        standard_month=standard,
        gap_month=_gap(per_capita, standard),
        suggested=record.suggested,
        unsettled=any(rung["outcome"] == Outcome.UNKNOWN.value for rung in answer.rungs),
        benefit_month=record.benefit_month,
        on=record.on,
        pack=record.pack_name,
    )


def _gap(per_capita: Money | None, standard: Money | None) -> Money | None:
    """What a head lacks to the standard; None when nothing is lacking or something not known."""
    if per_capita is None or standard is None or per_capita >= standard:
        return None
    return standard - per_capita


def _disregarded(lines: Iterable[Said]) -> str:
    """The kinds of income that do not count, each once; 无 when there is none."""
    kinds = (line["item"] for line in lines if line["treatment"] == Treatment.DISREGARDED.value)
    labels = {item: IncomeKind(item).label for item in kinds if item in set(IncomeKind)}
    return "、".join(labels.values()) or "无"
