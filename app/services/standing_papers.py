"""What the papers of 渐退 and 增减员 say: F20 and F21."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.households import Household
from app.domain.standing import CompositionChange, GracePeriod
from app.rules.standing import remedy_of
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.store.unit_of_work import UnitOfWork


def content_of(
    work: UnitOfWork,
    rules: GroundRules,
    record: GracePeriod | CompositionChange,
    household: Household,
) -> FormContent:
    """The notice and approval of a 渐退, or the table of who came and went about one change."""
    from app.documents.forms import f20, f21

    unit = work.identity.village_name
    tests = work.casework.assessments_of(household.id)
    if isinstance(record, GracePeriod):
        tested = work.casework.assessment(record.assessment)
        earlier = [one for one in tests if tested is not None and one.made_at < tested.made_at]
        return f20.content_of(
            record,
            household,
            unit=unit,
            tested=tested,
            before=earlier[0] if earlier else None,
            remedy=remedy_of(rules.terms(work)),
        )
    reviews = work.standing.reviews_of(household.id)
    together = [
        one
        for one in work.standing.changes_of(household.id)
        if not reviews or one.recorded_at > reviews[0].recorded_at or one.id == record.id
    ]
    return f21.content_of(
        together,
        household,
        unit=unit,
        handler=record.handler,
        tested=tests[0] if tests else None,
        review=reviews[0] if reviews else None,
        former=work.people.former_members(household.id),
    )
