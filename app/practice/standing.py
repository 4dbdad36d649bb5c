"""What the county has already decided about a practice household: category, tier, money, place.

The decision follows the household's income as a county would have seen it some months ago, so
most are as they should be and some are missed or late: that is what visits are for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.households import (
    Area,
    Category,
    ExpenseKind,
    Household,
    IncomeKind,
    Per,
)
from app.domain.money import Money
from app.practice.draft import Draft

PRACTICE_DIBAO_MONTH: Final = Money.yuan(525)
"""The rural 低保 standard of the practice county a head and a month; its pack says 6300 a year."""
VILLAGE_CODE: Final = "459901101201"
VILLAGE_NAME: Final = "青石坳村"
TOWNSHIP_NAME: Final = "云溪镇"
COUNTY_NAME: Final = "练习县"

_NOT_COUNTED: Final = frozenset(
    {
        *(IncomeKind.RESIDENT_PENSION_BASIC, IncomeKind.DISABILITY_SUBSIDY),
        *(IncomeKind.ELDERLY_ALLOWANCE, IncomeKind.ORPHAN_ALLOWANCE, IncomeKind.VETERAN_BENEFIT),
    }
)
_TEKUN_YUAN: Final = 683
_MOST_DISABLED: Final = 2
_A_ABOVE: Final = 400_00
_B_ABOVE: Final = 200_00
_RIGID_SHARE: Final = 60
_WARNINGS: Final = (
    *("狗要拴，进门先喊一声", "老人耳背，敲窗户", "白天在茶山，傍晚再来", "院门从里面插着，打电话"),
    *("路滑，雨天走后坡", "见了穿制服的人会怕，慢慢说", "钥匙在隔壁"),
)
_BANK: Final = "练习县农村信用合作联社"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the county has on record. `tier` is the A/B/C of 低保, None for all others."""

    category: Category
    tier: str | None
    benefit: Money | None


def standing_of(draft: Draft) -> Standing:
    """The category the county gave this household."""
    if draft.is_tekun:
        return Standing(Category.TEKUN, None, Money.yuan(_TEKUN_YUAN))
    heads = len(draft.members)
    month = yearly_income(draft).fen // 12 // heads
    line = PRACTICE_DIBAO_MONTH.fen
    if month < line and draft.happens(82):
        return _dibao(heads, line - month)
    if month < line * 3 // 2 and _has_gravely_disabled(draft):
        return Standing(Category.SINGLE_PERSON, None, PRACTICE_DIBAO_MONTH)
    if line <= month < line * 3 // 2 and draft.happens(65):
        return Standing(Category.MARGINAL, None, None)
    if month >= line and _is_spent(draft) and draft.happens(70):
        return Standing(Category.RIGID_EXPENDITURE, None, None)
    return Standing(Category.WATCHLIST if draft.happens(4) else Category.NONE, None, None)


def yearly_income(draft: Draft) -> Money:
    """What a county counts of the household's incomes in a year."""
    return sum(
        (
            item.amount * (item.months if item.per is Per.MONTH else 1)
            for item in draft.incomes
            if item.kind not in _NOT_COUNTED
        ),
        Money(0),
    )


def settle(draft: Draft, standing: Standing, *, group: str, door: str) -> Household:
    """The finished household at its door."""
    on_rolls = standing.benefit is not None
    return Household(
        id=draft.id,
        area=Area.RURAL,
        village_code=VILLAGE_CODE,
        group_name=group,
        door=door,
        address=f"{COUNTY_NAME}{TOWNSHIP_NAME}{VILLAGE_NAME}{group}{door}",
        phone=next((m.person.phone for m in draft.members if m.person.phone), None),
        category=standing.category,
        monitoring_tag=draft.monitoring,
        benefit_month=standing.benefit,
        poverty_cause=draft.poverty_cause,
        knock_note=draft.chance.choice(_WARNINGS) if draft.happens(18) else None,
        bank_name=_BANK if on_rolls else None,
        bank_account=draft.registry.account() if on_rolls else None,
        head=draft.members[0].person.id,
        members=tuple(draft.members),
        obligors=tuple(draft.obligors),
        incomes=tuple(draft.incomes),
        expenses=tuple(draft.expenses),
        assets=tuple(draft.assets),
    )


def _dibao(heads: int, gap: int) -> Standing:
    """Gap a head (fen) made a benefit in whole yuan, rounded up, and its tier."""
    tier = "A" if gap > _A_ABOVE else "B" if gap > _B_ABOVE else "C"
    return Standing(Category.DIBAO, tier, Money.yuan(-(-gap * heads // 100)))


def _has_gravely_disabled(draft: Draft) -> bool:
    levels = (member.person.disability_level for member in draft.members)
    return any(level is not None and level <= _MOST_DISABLED for level in levels)


def _is_spent(draft: Draft) -> bool:
    """Whether outlays eat more than `_RIGID_SHARE` percent of the income."""
    spent = sum(item.amount.fen for item in draft.expenses if item.kind is not ExpenseKind.LIVING)
    return spent * 100 > yearly_income(draft).fen * _RIGID_SHARE
