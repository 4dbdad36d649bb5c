"""What people of a case receive already, as far as the case file says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.households import IncomeKind
from app.rules.facts import HouseholdFacts, Income, Member
from app.rules.means import Means
from app.rules.once import once

_SHOWN_BY_INCOME: Final = frozenset(
    {IncomeKind.DIBAO, IncomeKind.ORPHAN_ALLOWANCE, IncomeKind.DISABILITY_SUBSIDY}
)
"""Benefits whose money may stand among the incomes instead."""
_ALSO_CALLED: Final = {
    "orphan": IncomeKind.ORPHAN_ALLOWANCE.value,
    "de_facto_orphan": IncomeKind.ORPHAN_ALLOWANCE.value,
}
"""Two allowances, one kind of money."""
_NOTHING: Final[frozenset[str]] = frozenset()


def received_by(member: Member, means: Means) -> frozenset[str] | None:
    """Codes of what `member` receives; None where nobody asked and no income tells.

    Codes are those of `Category` and of `IncomeKind`, "disability_living" and "disability_care" for
    the two subsidies told apart (`app.rules.benefit_codes`). 低保 that is nobody's own is paid to
    everybody who counts.
    """
    return all_received(means)[member.id]


def receives(code: str, member: Member, means: Means) -> bool | None:
    """Whether `member` receives `code`; None where nothing shows it and nobody asked."""
    if code in (received_by(member, means) or _NOTHING):
        return True
    return None if member.receives is None else False


def paid_as_one(household: HouseholdFacts) -> bool:
    """Whether there is 低保 of the household as a whole."""
    return IncomeKind.DIBAO in household.income_kinds and any(
        one.member is None and one.kind is IncomeKind.DIBAO and one.amount.fen
        for one in household.incomes or ()
    )


@once
def all_received(means: Means) -> dict[str, frozenset[str] | None]:
    """What `received_by` says of each of the people, by their ids."""
    household = means.facts.household
    shared = means.family.ids if paid_as_one(household) else ()
    shown = [income for income in household.incomes or () if income.kind in _SHOWN_BY_INCOME]
    return {
        member.id: _received(member, shown, is_paid=member.id in shared)
        for member in household.members
    }


def _received(member: Member, shown: Iterable[Income], *, is_paid: bool) -> frozenset[str] | None:
    paid = [income.kind.value for income in shown if income.member == member.id]
    if is_paid:
        paid.append(IncomeKind.DIBAO.value)
    if not paid and not member.receives:
        return None if member.receives is None else _NOTHING
    return frozenset(_ALSO_CALLED.get(code, code) for code in (*paid, *(member.receives or ())))
