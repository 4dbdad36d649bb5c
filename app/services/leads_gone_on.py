"""Leads the village goes on with itself: said is not yet begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.clock import china_date
from app.domain.referral_words import HandOn
from app.domain.visiting import Lead

if TYPE_CHECKING:
    from app.domain.ids import HouseholdId
    from app.store.unit_of_work import UnitOfWork


def is_waiting_to_begin(work: UnitOfWork, lead: Lead) -> bool:
    """Whether what was said to be done for a household has no record since the lead was found.

    A means test begins an application: what follows from it has rows of its own. Of a stranger
    nobody can tell which record was meant.
    """
    if lead.household is None or not lead.is_own_to_go_on:
        return False
    if lead.way is HandOn.RELIEF:
        given = work.casework.relief_of(lead.household)
        return all(china_date(one.moment) < lead.found_on for one in given)
    if lead.way is HandOn.CASE_PLAN:
        plans = work.caring.case_plans_of(lead.household)
        return all(one.opened_on < lead.found_on for one in plans)
    return not _is_applied(work, lead.household, lead)


def _is_applied(work: UnitOfWork, household: HouseholdId, lead: Lead) -> bool:
    tested = work.casework.newest_assessment(household)
    if tested is not None and china_date(tested.made_at) >= lead.found_on:
        return True
    return any(one.filed_on >= lead.found_on for one in work.casework.applications_of(household))
