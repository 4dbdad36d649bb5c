"""What policy documents state, as typed values: rates, schedules, groups of people, rounding."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from app.domain.households import Per
from app.domain.money import Money
from app.domain.people import DisabilityKind, Labour

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount for a month or for a year, kept in the unit its document prints."""

    amount: Money
    per: Per
    year_fen: int = field(init=False, repr=False, compare=False)
    """Fen a year. A monthly amount is exactly twelve of itself."""
    month_fen: Fraction = field(init=False, repr=False, compare=False)
    """Exact fen a month."""

    def __post_init__(self) -> None:
        # read once from a pack, asked for by every household
        year = self.amount.fen * (MONTHS if self.per is Per.MONTH else 1)
        object.__setattr__(self, "year_fen", year)
        object.__setattr__(self, "month_fen", Fraction(year, MONTHS))


@dataclass(frozen=True, slots=True)
class GraceStep:
    """Pay `percent` of the former grant for `months` months."""

    months: int
    percent: int


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """A group of people a rule names: by disability kind and level, or by serious illness.

    A single-person group may also ask for grown-ups (`adult`) or people without work (`jobless`),
    and may look at the person's own means instead of the family's (`alone`). One of `labour_loss`
    is those the poverty office found to have lost labour (S0:L29). `ask` is put to a person about
    somebody who belongs to it, for what no fact of the case file can say.
    """

    code: str
    kinds: frozenset[DisabilityKind]
    levels: frozenset[int]
    serious_illness: bool
    adult: bool = False
    jobless: bool = False
    alone: bool = False
    ask: str = ""
    labour_loss: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """A class of households: those whose best labour is `labour`."""

    tier: str
    labour: Labour


@dataclass(frozen=True, slots=True)
class Rounding:
    """The one rounding of a benefit: to whole `step_fen`, by `mode`, on what `on` names."""

    mode: str
    step_fen: int
    on: str


@dataclass(frozen=True, slots=True)
class JobCost:
    """What working costs: `month` a month for at most `months` months (None: no end named).

    That of working away may also be for those who are back at work and live at home.
    """

    month: Money
    months: int | None
    back_at_work: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """Every `count` months or weeks."""

    count: int
    unit: str
