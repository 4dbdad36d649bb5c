"""What F15 says of one visit: the answers, what was added later, and the signature drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.domain.casework import Met, Visit
from app.domain.households import Household
from app.domain.referral_words import HandOn
from app.services.homes_then import home_on
from app.services.visit_files import signature_of

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.store.blobs import BlobStore
    from app.store.unit_of_work import UnitOfWork


def sheet_of(
    work: UnitOfWork, visit: Visit, household: Household, *, unit: str, blobs: BlobStore | None
) -> FormContent:
    """The content of F15. Raises Unavailable V-15 for a signature that is damaged."""
    from app.documents.forms import f15

    plan = work.visiting.open_plans([household.id]).get(household.id)
    planned = None if plan is None or plan.because != visit.id else plan.planned_on
    addenda = work.visiting.addenda(visit.id)
    files = [] if blobs is None or visit.met is Met.NOBODY else work.visiting.files(visit.id)
    return f15.content_of(
        visit,
        home_on(work, household, visit.visited_on),
        unit=unit,
        next_visit_on=planned,
        addenda=tuple(f15.Added(one.recorded_at, one.by, one.text) for one in addenda),
        signature=() if blobs is None else signature_of(files, blobs),
        photos=sum(one.kept.purpose == "photo" for one in files),
        handled=tuple(_handled(work, visit)),
    )


def _handled(work: UnitOfWork, visit: Visit) -> Iterator[str]:
    """What came of a visit: that somebody was referred, or helped to apply."""
    from app.documents.forms import f15

    if any(one.visit == visit.id for one in work.visiting.referrals_of(visit.household)):
        yield f15.REFERRED
    leads = [one for one in work.visiting.leads_of(visit.household) if one.visit == visit.id]
    if any(one.way is HandOn.APPLICATION for one in leads):
        yield f15.APPLIED
