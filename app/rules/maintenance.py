"""赡养费 — what those outside pay, beside what the household itself names among its incomes.

Both may be told of the same money: the interview asks for it in two places. Nobody is taken at the
word that suits: both are counted, and as much as may have been told twice stays open, so that no
amount rests on a guess. What somebody is paid who does not count says nothing about the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.households import IncomeKind
from app.domain.money import Money
from app.domain.people import PersonStatus
from app.rules.facts import HouseholdFacts
from app.rules.grounds import unsettled
from app.rules.layers import Treatment
from app.rules.lines import Doubt, Line, total
from app.rules.terms import Terms
from app.rules.values import MONTHS

_ITEM: Final = IncomeKind.MAINTENANCE.value
_TWICE: Final = (
    "收入里有赡养费，外面的人也填了每月给多少，先都算上：是同一笔就只留一处，"
    "不是的都写到外面的人名下。"
)


def agreed_lines(household: HouseholdFacts, terms: Terms) -> list[Line]:
    """What each obligor pays, brought to a year; the dead pay nothing any more."""
    treatment, ground = terms.incomes[IncomeKind.MAINTENANCE]
    lines = []
    for one in household.obligors or ():
        month = one.maintenance_month
        if month is None:
            continue
        is_dead = one.status is PersonStatus.DEAD
        counts = treatment is Treatment.COUNTED and not is_dead
        lines.append(
            Line(
                member=None,
                item=_ITEM,
                treatment=Treatment.DISREGARDED if is_dead else treatment,
                formula=f"{month} × {MONTHS}{'（人已去世）' if is_dead else ''}",
                amount_year=Money(month.fen * MONTHS if counts else 0),
                basis=str(ground),
                label=IncomeKind.MAINTENANCE.label,
            )
        )
    return lines


def told_twice(
    household: HouseholdFacts, earned: Iterable[Line], agreed: Sequence[Line]
) -> list[Doubt]:
    """The most that may be the same money: the smaller of what both places tell of."""
    if IncomeKind.MAINTENANCE not in household.income_kinds:
        return []
    fen = min(total(line for line in earned if line.item == _ITEM), total(agreed))
    if not fen:
        return []
    paths = [
        f"household.obligors[{n}].maintenance_month"
        for n, one in enumerate(household.obligors or ())
        if one.maintenance_month is not None
        and one.maintenance_month.fen
        and one.status is not PersonStatus.DEAD
    ]
    check = unsettled(_TWICE, agreed[0].basis, *paths)
    return [Doubt(fen, check, _TWICE, None, _ITEM)]
