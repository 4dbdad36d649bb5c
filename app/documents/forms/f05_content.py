"""The facts of F05 (domain.md §3.5): a stored means test line by line, as it was answered.

Nothing is worked out again: what stands here is the record's own answer. The only arithmetic is
addition of its lines under heads and the exact quotient of the year's income, which is left out
where it would not agree with the figure the record shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class F05Member:
    """One line of the summary by heads, in the order of `heads.HEADS`; amounts are a year's.

    `counted` is None where it is not a person's line.
    """

    name: str
    counted: bool | None
    heads: tuple[Money, ...]
    disregarded: str
    deducted: Money
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class F05Line:
    """One amount with what became of it, how it came about and by which clause.

    `amount` is text, because a step of a monthly amount may be exact beyond the fen.
    """

    member: str
    item: str
    treatment: str
    formula: str
    amount: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F05Limit:
    """One line the household was held against: what it has, what the pack says."""

    name: str
    held: str
    limit: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F05Reason:
    """Why a rung came out so, and by which clause."""

    text: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class F05Rung:
    """How one rung came out; `benefit` is what it pays a month, or why no amount stands there."""

    name: str
    outcome: str
    members: str
    benefit: str
    reasons: tuple[F05Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class F05Content:
    """What the form says. None and "" are what the test could not know."""

    unit: str
    head: str
    address: str
    area: str
    listed: int
    counted: int
    on: date
    pack: str
    overrides: str
    members: tuple[F05Member, ...]
    lines: tuple[F05Line, ...]
    income_year: Money | None
    per_capita_month: Money | None
    per_capita_exact: str
    standard_month: Money | None
    property: str
    limits: tuple[F05Limit, ...]
    outlay: tuple[F05Line, ...]
    rungs: tuple[F05Rung, ...]
    suggested: str
    benefit_month: Money | None
    benefit: tuple[F05Line, ...]
    """Steps of what is paid a month, each rung's ending with its sum."""
    candidates: str
    remarks: tuple[str, ...]
