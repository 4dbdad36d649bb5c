"""How an amount a month comes about: steps in exact fen that add up to what is paid."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from app.domain.money import Money
from app.rules.amounts import Shares, added, payable
from app.rules.parameters import ROUNDING
from app.rules.records import record
from app.rules.terms import Terms
from app.rules.values import Rounding

ROUNDED: Final = "取整"
"""What the step is called that rounds what the others add up to."""
_MODES: Final = {"up": "进到整", "down": "舍到整", "half_up": "四舍五入到整"}


@record(frozen=True, slots=True)
class BenefitLine:
    """One step of an amount a month, in exact fen; `member` None is the household's."""

    member: str | None
    text: str
    formula: str
    fen: Fraction
    basis: str


@record(frozen=True, slots=True)
class Benefit:
    """What a rung pays a month.

    `month` is None where it pays nothing, or where `missing` facts and pack values keep the amount
    unknown; `lines` then go as far as is known. `open` are those that may yet change it.
    """

    month: Money | None = None
    lines: tuple[BenefitLine, ...] = ()
    missing: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def rounded(lines: Sequence[BenefitLine], shares: Shares, terms: Terms) -> Benefit:
    """The benefit of `lines`, whose sum is due to people in these `shares`, rounded as the pack
    says."""
    found = terms.find(ROUNDING)
    if found is None:
        return Benefit(None, tuple(lines), (ROUNDING.name,))
    total = added(line.fen for line in lines)
    paid = payable(total, shares, found.value)
    over, under = total.as_integer_ratio()
    more = paid.fen * under - over
    if not more:
        return Benefit(paid, tuple(lines))
    step = BenefitLine(None, ROUNDED, _words(found.value), Fraction(more, under), found.basis)
    return Benefit(paid, (*lines, step))


def _words(rounding: Rounding) -> str:
    each = "每人" if rounding.on == "per_person" else "全户"
    return f"{each}{_MODES[rounding.mode]} {Money(rounding.step_fen)} 元"
