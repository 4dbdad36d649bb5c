"""What people of a case receive already, as far as the case file says."""

from __future__ import annotations

from typing import Final

from app.domain.households import IncomeKind
from app.rules.facts import HouseholdFacts, Member

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


def received_by(member: Member, household: HouseholdFacts) -> frozenset[str] | None:
    """Codes of what `member` receives; None where nobody asked and no income tells.

    Codes are those of `Category` and of `IncomeKind`, "disability_living" and "disability_care" for
    the two subsidies told apart, or whatever else was written down.
    """
    known = household.received
    if member.id not in known:
        known[member.id] = _received(member, household)
    return known[member.id]


def receives(code: str, member: Member, household: HouseholdFacts) -> bool | None:
    """Whether `member` receives `code`; None where nothing shows it and nobody asked."""
    if code in (received_by(member, household) or _NOTHING):
        return True
    return None if member.receives is None else False


def _received(member: Member, household: HouseholdFacts) -> frozenset[str] | None:
    paid = [
        income.kind.value
        for income in household.incomes or ()
        if income.member == member.id and income.kind in _SHOWN_BY_INCOME
    ]
    if not paid and not member.receives:
        return None if member.receives is None else _NOTHING
    return frozenset(_ALSO_CALLED.get(code, code) for code in (*paid, *(member.receives or ())))
