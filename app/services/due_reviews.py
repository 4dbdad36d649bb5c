"""Households a new standard may bring in or put out, until they are tested again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.domain.due import ALWAYS, DueItem
from app.domain.money import Money
from app.domain.reassessment import Change, Reassessed
from app.domain.today import WorkKind
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


def reviews_due(
    work: UnitOfWork, _rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each household the newest pass of 政策找人 found and nobody has tested since."""
    for each in work.reassessments.found((Change.NEWLY_MEETS, Change.NO_LONGER), subjects):
        if not each.is_tested_since and each.recorded is not each.after:
            yield _row(each)


def _row(each: Reassessed) -> DueItem:
    return DueItem(
        kind=WorkKind.REVIEW,
        entity_id=each.household,
        household=each.household,
        who=each.who,
        place=each.place,
        appears_on=ALWAYS,
        due_on=None,
        due_at=None,
        why=_why(each),
        rule=each.rule,
        page="assessment",
        action="去问清楚，重新测算",
    )


def _why(each: Reassessed) -> str:
    """What the new standard may do to the household, in her words."""
    if each.change is Change.NO_LONGER and each.before is not None:
        return f"新标准后可能不再符合{each.before.label}，要重新测算"
    name = "救助条件" if each.after is None else each.after.label
    month = "" if each.after_month is None else f"，每月约 {_plain(each.after_month)} 元"
    return f"新标准后可能符合{name}{month}"


def _plain(money: Money) -> str:
    return money.grouped().removesuffix(".00")
