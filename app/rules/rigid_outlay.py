"""刚性支出 of a year: every outlay as a line, counted or not, adding up exactly.

Which kinds count is the pack's to say. Tianjin adds basic living at the standard for everybody
(津民发〔2020〕19号 二(二): 基本生活费用按低保标准核定). The outlay of somebody who does not count
as family is left out, as that person's income is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Final

from app.domain.households import Per
from app.domain.money import Money
from app.rules.facts import Expense
from app.rules.grounds import MET, Check, all_of, unsettled
from app.rules.layers import Treatment
from app.rules.lines import Line, total
from app.rules.means import Means, lacking_standard
from app.rules.once import once
from app.rules.parameters import RIGID_BASIC_LIVING, RIGID_OUTLAY_KINDS
from app.rules.records import record
from app.rules.terms import Found
from app.rules.values import MONTHS

BASIC_LIVING: Final = "basic_living"
"""The line of living costs at the standard, beside the kinds of outlay."""


@record(frozen=True, slots=True)
class Outlay:
    """The lines of a year; `check` is unknown while nobody asked or a value is lacking."""

    lines: tuple[Line, ...]
    check: Check
    more: Check = MET
    """Unknown while somebody who counts was not asked for every outlay."""
    year_fen: int = field(init=False)
    """The sum of the lines, in fen."""

    def __post_init__(self) -> None:
        # summed once: the rung and the limits ask for it
        object.__setattr__(self, "year_fen", total(self.lines))


@once
def rigid_outlay(means: Means) -> Outlay:
    """What the household lays out in a year, as far as it is known."""
    expenses, kinds = means.facts.household.expenses, means.terms.find(RIGID_OUTLAY_KINDS)
    living, living_check = _living(means)
    if expenses is None:
        basis, text = means.terms.basis_of(RIGID_OUTLAY_KINDS), "还没问过看病、上学这些必要支出。"
        asked = unsettled(text, basis, "household.expenses")
        return Outlay(living, all_of(asked, living_check))
    if kinds is None and any(one.amount.fen for one in expenses):
        text = "县里还没定哪些支出算刚性支出。"
        basis = means.terms.basis_of(RIGID_OUTLAY_KINDS)
        unknown = unsettled(text, basis, RIGID_OUTLAY_KINDS.name)
        return Outlay(living, all_of(unknown, living_check))
    # what counts is no question where nothing was laid out
    lines = () if kinds is None else tuple(_lines(means, expenses, kinds))
    return Outlay(lines + living, living_check, _more(means))


def _more(means: Means) -> Check:
    """Whom nobody has asked yet."""
    household = means.facts.household
    paths = [
        household.list_path(who, "expenses")
        for who in household.expenses_unasked
        if who not in means.family.left_out
    ]
    if not paths:
        return MET
    text = "还没问完每个人看病、上学这些必要支出。"
    return unsettled(text, means.terms.basis_of(RIGID_OUTLAY_KINDS), *paths)


def _lines(
    means: Means, expenses: tuple[Expense, ...], kinds: Found[tuple[str, ...]]
) -> Iterable[Line]:
    """One line for each outlay; what does not count is shown with nothing."""
    for expense in expenses:
        monthly = expense.per is Per.MONTH
        left_out = means.family.left_out.get(expense.member or "")
        counts = left_out is None and expense.kind.value in kinds.value
        fen = expense.amount.fen * (MONTHS if monthly else 1)
        yield Line(
            member=expense.member,
            item=expense.kind.value,
            treatment=Treatment.COUNTED if counts else Treatment.DISREGARDED,
            formula=f"{expense.amount} × {MONTHS}" if monthly else str(expense.amount),
            amount_year=Money(fen if counts else 0),
            basis=kinds.basis if left_out is None else left_out.basis,
            label=expense.kind.label,
        )


def _living(means: Means) -> tuple[tuple[Line, ...], Check]:
    """Basic living at the standard for everybody who counts, where the pack adds it."""
    found = means.terms.find(RIGID_BASIC_LIVING)
    if found is None:
        text = "县里还没定基本生活费算不算进支出。"
        basis = means.terms.basis_of(RIGID_BASIC_LIVING)
        return (), unsettled(text, basis, RIGID_BASIC_LIVING.name)
    if not found.value:
        return (), MET
    if means.standard is None:
        return (), lacking_standard(means)
    rate = means.standard.value
    months = f" × {MONTHS}" if rate.per is Per.MONTH else ""
    line = Line(
        member=None,
        item=BASIC_LIVING,
        treatment=Treatment.COUNTED,
        formula=f"{rate.amount}{months} × {means.heads}",
        amount_year=Money(rate.year_fen * means.heads),
        basis=found.basis,
        label="基本生活费",
    )
    return (line,), MET
