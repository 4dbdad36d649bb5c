"""假如: the answer as things stand beside the answer as they might be. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.households import Category
from app.domain.money import Money
from app.rules import Assessment
from app.rules.assessment import RungAnswer
from app.ui.assessment.why_lines import exact, is_open, yuan

_OPEN: Final = "还定不了"
_NOTHING: Final = "都够不上"


@dataclass(frozen=True, slots=True)
class Versus:
    """One figure on both sides."""

    words: str
    now: str
    then: str

    @property
    def differs(self) -> bool:
        """Whether it matters."""
        return self.now != self.then


def versus_of(now: Assessment, then: Assessment) -> tuple[Versus, ...]:
    """The sums and the verdict always, a rung only where it comes out otherwise."""
    return (
        Versus("一年收入", _money(now.income_year), _money(then.income_year)),
        Versus("每人每月", _exact(now.per_capita_month), _exact(then.per_capita_month)),
        Versus("初步看", _suggested(now), _suggested(then)),
        Versus("每月约", _money(now.benefit_month), _money(then.benefit_month)),
        *(one for one in _rungs(now, then) if one.differs),
    )


def _rungs(now: Assessment, then: Assessment) -> Iterator[Versus]:
    for rung in now.rungs:
        yield Versus(rung.rung.label, _ended(rung), _ended(then.rung(rung.rung)))


def _ended(answer: RungAnswer) -> str:
    pays = answer.benefit_month
    return answer.outcome.label + ("" if pays is None else f"，{yuan(pays)} 元/月")


def _suggested(answer: Assessment) -> str:
    if answer.suggested is Category.WATCHLIST:
        return "登记备案"
    if answer.suggested is not None:
        return answer.suggested.label
    return _OPEN if is_open(answer) else _NOTHING


def _money(money: Money | None) -> str:
    return "—" if money is None else f"{yuan(money)} 元"


def _exact(fen: Fraction | None) -> str:
    return _OPEN if fen is None else f"{exact(fen)} 元"
