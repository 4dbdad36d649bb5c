"""What the household is paid as 低保 now: one page, only where somebody receives it.

The former grant is what 渐退 is reckoned from; the record's own figure fills it in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.domain.households import IncomeKind, Per
from app.domain.money import Money
from app.rules.facts import HouseholdFacts, Income
from app.ui.assessment.ask_care import receives_dibao
from app.ui.assessment.ask_people import key_of
from app.ui.assessment.blocks import Answers, Block, Field, Kind, Step, Value, money_of

GRANT: Final = f"{Step.INCOME}:grant"
_MONTH: Final = "month"
_WHOLE_YEAR: Final = 12


def grant_blocks(household: HouseholdFacts, answers: Answers) -> list[Block]:
    """The page, or none."""
    paid = any(receives_dibao(answers.get(key_of(one), {})) for one in household.members)
    if not paid and money_of(answers.get(GRANT, {}), _MONTH) is None:
        return []
    field = Field(
        key=_MONTH,
        label="全家每月领多少（元）",
        kind=Kind.MONEY,
        hint="存折上低保金一个月到账的数，没领写 0",
        needed=False,
    )
    return [
        Block(
            key=GRANT,
            step=Step.INCOME,
            title="现在每月领多少低保金？",
            who="低保金",
            fields=(field,),
        )
    ]


def grant_answers(
    household: HouseholdFacts, benefit: Money | None = None
) -> dict[str, dict[str, Value]]:
    """What is on record: as told before, or (`benefit`) what the county pays the household."""
    told = [one.amount for one in household.incomes or () if is_grant(one)]
    amount = sum(told, Money(0)) if told else benefit
    return {} if amount is None else {GRANT: {_MONTH: str(amount)}}


def with_grant(household: HouseholdFacts, answers: Answers) -> HouseholdFacts:
    """The household with its grant among the incomes, once anybody was asked for them."""
    amount = money_of(answers.get(GRANT, {}), _MONTH)
    if household.incomes is None or amount is None or not amount.fen:
        return household
    grant = Income(member=None, kind=IncomeKind.DIBAO, amount=amount, per=Per.MONTH)
    return replace(household, incomes=(*household.incomes, grant))


def without_grant(incomes: Iterable[Income]) -> tuple[Income, ...]:
    """The other sources."""
    return tuple(one for one in incomes if not is_grant(one))


def is_grant(income: Income) -> bool:
    """Whether it is the household's own 低保, told by the month."""
    return (
        income.member is None
        and income.kind is IncomeKind.DIBAO
        and income.per is Per.MONTH
        and income.months == _WHOLE_YEAR
    )
