"""What may come off an income, as a pack's `[[deduction]]` states it (因病、因学、就业成本 …)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.households import ExpenseKind, IncomeKind
from app.domain.words import Word
from app.rules.grounds import Ground

JOB_COST: Final = "job_cost"
"""The group of the job costs; `job_cost_stacking` says whether its rules stack."""


class DeductionKind(Word):
    """How much comes off."""

    FLAT = "flat", "定额"
    PERCENT_OF_INCOME = "percent_of_income", "按收入的比例"
    PERCENT_OF_STANDARD = "percent_of_std", "按低保标准的比例"
    ACTUAL_OUTLAY = "actual_outlay", "按实际支出"


class Whose(Word):
    """From whose income it comes off."""

    PERSON = "person", "按人"
    HOUSEHOLD = "household", "按户"


class Condition(Word):
    """What must hold for a person's deduction."""

    DISABLED = "disabled", "残疾人"
    AWAY_FOR_WORK = "away_for_work", "在外打工"
    AWAY_OR_BACK = "away_or_back", "在外打工或者返岗复工"
    SELF_DECLARED = "self_declared", "主动申报"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """One rule. No kinds of income named means every counted one.

    `value` is fen a month (flat) or a share (the others); None while no county supplied it.
    `cap_fen` is the most a month. `max_months` runs from the first job where `from_first_job`, and
    otherwise counts the months of the year. Rules of one `group` do not stack.
    """

    whose: Whose
    kind: DeductionKind
    value: Fraction | None
    incomes: frozenset[IncomeKind] = frozenset()
    expenses: frozenset[ExpenseKind] = frozenset()
    cap_fen: int | None = None
    max_months: int | None = None
    from_first_job: bool = False
    conditions: frozenset[Condition] = frozenset()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """A rule in force on some day, by the name and in the words of its entry.

    `lacking` is what to ask the county for while the rule has no value.
    """

    code: str
    text: str
    rule: Deduction
    ground: Ground
    lacking: str
