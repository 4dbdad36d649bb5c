"""What a pack asks of the village on one day: caps, clocks and rhythms, each with its clause.

Every answer is None while the county has not supplied what it needs; nothing is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.households import Area
from app.domain.money import Money
from app.rules import parameters
from app.rules.pack import Pack
from app.rules.parameters import Parameter
from app.rules.terms import Found, terms_of
from app.rules.values import MONTHS, Period, Rate


@dataclass(frozen=True, slots=True)
class PaperworkRule:
    """补手续: so many working days from `start` ("payment" or "emergency_end")."""

    workdays: int
    start: str


def dibao_standard(pack: Pack, on: date, area: Area) -> Found[Rate] | None:
    """The 低保 standard of `area`, in the unit its document prints."""
    return terms_of(pack, on).find(parameters.DIBAO_STANDARD, area)


def relief_cap(pack: Pack, on: date, area: Area, persons: int) -> Found[Money] | None:
    """The most one small relief may pay for `persons` people; parts of a fen are dropped."""
    return _times_standard(pack, on, area, persons, parameters.RELIEF_CAP)


def township_cap(pack: Pack, on: date, area: Area, persons: int) -> Found[Money] | None:
    """The most the township may approve for `persons` people; parts of a fen are dropped."""
    return _times_standard(pack, on, area, persons, parameters.TOWNSHIP_CAP)


def paperwork_rule(pack: Pack, on: date) -> Found[PaperworkRule] | None:
    """How long the paperwork of a relief may be owed, and from when."""
    terms = terms_of(pack, on)
    days, start = terms.find(parameters.PAPERWORK_DUE), terms.find(parameters.PAPERWORK_FROM)
    if days is None or start is None:
        return None
    return Found(PaperworkRule(days.value, start.value), days.ground)


def emergency_hours(pack: Pack, on: date) -> Found[int] | None:
    """Hours by the clock in which an emergency is to be decided."""
    return terms_of(pack, on).find(parameters.EMERGENCY_HOURS)


def visit_period(pack: Pack, on: date, tier: str = "low_income") -> Found[Period] | None:
    """How often a household of `tier` is to be visited; None for a tier the pack does not name."""
    found = terms_of(pack, on).find(parameters.VISIT_PERIOD)
    if found is None or tier not in found.value:
        return None
    return Found(found.value[tier], found.ground)


def value_of(pack: Pack, on: date, name: str, area: Area | None = None) -> Found[object] | None:
    """Any parameter by its name, for showing. Raises KeyError for a name not in the catalogue."""
    return terms_of(pack, on).find(parameters.CATALOGUE[name], area)


def _times_standard(
    pack: Pack, on: date, area: Area, persons: int, parameter: Parameter[Fraction]
) -> Found[Money] | None:
    terms = terms_of(pack, on)
    times, standard = terms.find(parameter), terms.find(parameters.DIBAO_STANDARD, area)
    if times is None or standard is None:
        return None
    exact = times.value * standard.value.year_fen * persons / MONTHS
    return Found(Money(int(exact)), times.ground)
