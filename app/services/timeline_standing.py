"""What a household already supported went through: 渐退, reviews, 增减员, benefits, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.domain.clock import china_date, day_words
from app.domain.happening import Happening
from app.domain.ids import HouseholdId
from app.domain.standing import Benefit

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_PAGE = "standing"


def standing(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    """Everything about being supported, from the first month to the last."""
    yield from _graces(work, household)
    for review in work.standing.reviews_of(household):
        yield Happening(
            on=review.reviewed_on, kind="review", title="定期复核",
            detail=_joined(review.result.label, review.note), entity_id=review.id,
            page=_PAGE, target=household,
        )  # fmt: skip
    for change in work.standing.changes_of(household):
        yield Happening(
            on=change.happened_on, kind="review", title=change.kind.label,
            detail=_joined(change.person_name, change.reason), entity_id=change.id,
            page=_PAGE, target=household,
        )  # fmt: skip
    for paper in work.standing.certificates_of(household):
        yield Happening(
            on=china_date(paper.recorded_at), kind="benefit", title=f"{paper.kind.label}期限",
            detail=f"{paper.person_name}，到{day_words(paper.valid_to)}", entity_id=paper.id,
            page=_PAGE, target=household,
        )  # fmt: skip
    for benefit in work.standing.benefits_of(household):
        yield from _benefit(benefit, household)


def _graces(work: UnitOfWork, household: HouseholdId) -> Iterator[Happening]:
    for grace in work.standing.graces_of(household):
        yield Happening(
            on=grace.proposed_on, kind="grace", title="渐退",
            detail=_joined(grace.status.label, grace.reason), entity_id=grace.id,
            page=_PAGE, target=household,
        )  # fmt: skip
        for step in work.standing.grace_steps(grace.id):
            done = step.event.label.removeprefix("记")
            yield Happening(
                on=step.happened_on, kind="grace", title=f"渐退：{done}",
                detail=_joined(step.told_by, step.paper_no, step.note), entity_id=step.id,
                page=_PAGE, target=household,
            )  # fmt: skip


def _benefit(benefit: Benefit, household: HouseholdId) -> Iterator[Happening]:
    """Its first month, and its last."""
    amount = "" if benefit.amount is None else f"每月 {benefit.amount.grouped()} 元"
    said = _joined(benefit.person_names, amount)
    ends: tuple[tuple[date | None, str, str], ...] = (
        (benefit.from_month, "起", said),
        (benefit.to_month, "止", _joined(benefit.person_names, benefit.stop_reason)),
    )
    for on, word, detail in ends:
        if on is not None:
            yield Happening(
                on=on, kind="benefit", title=f"{benefit.kind.label}{word}", detail=detail,
                entity_id=f"{benefit.id}-{word}", page=_PAGE, target=household,
            )  # fmt: skip


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)
