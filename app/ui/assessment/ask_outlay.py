"""Step 3 — what they must pay themselves: a page for each person and outlay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from app.domain.households import ExpenseKind, Per
from app.rules.facts import Expense, HouseholdFacts
from app.ui.assessment.ask_people import called
from app.ui.assessment.blocks import (
    MORE,
    NOTHING,
    YES_NO,
    Answers,
    Block,
    Field,
    Kind,
    Step,
    Value,
    listed,
    money_of,
    numbered,
    text_of,
)

_OUTLAYS: Final = (
    (ExpenseKind.MEDICAL, "看病自付"),
    (ExpenseKind.EDUCATION, "读书"),
    (ExpenseKind.DISABILITY_REHAB, "残疾康复"),
    (ExpenseKind.CARE, "护理"),
    (ExpenseKind.LIVING, "基本生活"),
    (ExpenseKind.ACCIDENT, "意外"),
    (ExpenseKind.DISASTER, "受灾"),
    (ExpenseKind.OTHER, "别的"),
    (NOTHING, "没有"),
)
_SPANS: Final = {
    Per.MONTH: "每月自己出（元）",
    Per.YEAR: "一年自己出（元）",
    Per.ONCE: "一次自己出（元）",
}


def outlay_blocks(household: HouseholdFacts, answers: Answers, on: date) -> list[Block]:
    """A page for each person and outlay."""
    blocks = []
    for member in household.members:
        for key in numbered(answers, f"{Step.EXPENSE}:{member.id}"):
            given = answers.get(key, {})
            told = text_of(given, "kind") not in ("", NOTHING)
            blocks.append(
                Block(
                    key=key,
                    step=Step.EXPENSE,
                    title=f"{called(member, on)}这一年有什么大的花费？",
                    who=member.name or member.relation.label,
                    fields=(
                        Field(
                            key="kind",
                            label="花在哪里",
                            options=tuple((str(kind), text) for kind, text in _OUTLAYS),
                        ),
                        Field(
                            key="year",
                            label=_SPANS[_per(given)],
                            kind=Kind.MONEY,
                            shown=told,
                            hint="报销以后自己掏的",
                        ),
                        Field(key=MORE, label="还有别的？", options=YES_NO, shown=told),
                    ),
                )
            )
    return blocks


def outlay_answers(household: HouseholdFacts) -> dict[str, dict[str, Value]]:
    """What is known from the record; whoever was not asked to the end still has a page open."""
    answers: dict[str, dict[str, Value]] = {}
    for member in household.members if household.expenses is not None else ():
        own = [one for one in household.expenses or () if one.member == member.id]
        prefix = f"{Step.EXPENSE}:{member.id}"
        if member.id not in household.expenses_unasked:
            answers |= listed(prefix, [_known(one) for one in own])
        elif own:
            answers |= listed(prefix, [_known(one) for one in own])
            answers[f"{prefix}:{len(own) - 1}"][MORE] = None
    return answers


def with_outlays(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with what was told; None as long as nobody was asked."""
    told = [one for one in household.expenses or () if one.member is None]
    asked, unasked = household.expenses is not None, []
    for member in household.members:
        pages = numbered(answers, f"{Step.EXPENSE}:{member.id}")
        if not all(_is_told(answers.get(page, {})) for page in pages):
            unasked.append(member.id)
        for key in pages:
            given = answers.get(key, {})
            code, amount = text_of(given, "kind"), money_of(given, "year")
            asked = asked or bool(code)
            if code and code != NOTHING and amount is not None:
                kind = ExpenseKind(code)
                told.append(Expense(member=member.id, kind=kind, amount=amount, per=_per(given)))
    if not asked:
        return replace(household, expenses=None, expenses_unasked=())
    return replace(household, expenses=tuple(told), expenses_unasked=tuple(unasked))


def _is_told(given: Mapping[str, Value]) -> bool:
    """Whether it is known how much one outlay is, and whether there is another."""
    kind = text_of(given, "kind")
    amount = money_of(given, "year")
    return kind == NOTHING or bool(kind and amount is not None and text_of(given, MORE))


def _per(given: Mapping[str, Value]) -> Per:
    """What span the amount is for: as on record, else a year, as people tell it."""
    recorded = text_of(given, "per")
    return Per(recorded) if recorded else Per.YEAR


def _known(expense: Expense) -> dict[str, Value]:
    return {
        "kind": expense.kind.value,
        "per": expense.per.value,
        "year": str(expense.amount),
    }
