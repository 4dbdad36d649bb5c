"""What the county grants, as a benefit of the household: the village reads it, no more."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.standing import BenefitKind
from app.domain.workdays import month_start
from county_server.ledger import Document, Ledger
from county_server.quotas import COUNTY_HAND
from county_server.standing import BENEFIT
from county_server.tables import document

ANEW: Final = "县里重新认定"
LET_GO: Final = "渐退期满退出"
_KINDS: Final = {
    Category.DIBAO: BenefitKind.DIBAO,
    Category.SINGLE_PERSON: BenefitKind.DIBAO,
    Category.TEKUN: BenefitKind.TEKUN,
    Category.MARGINAL: BenefitKind.MARGINAL,
}


def grant(
    ledger: Ledger, household: Document, category: Category | None, fen: int | None, on: date
) -> None:
    """The benefit a decision of that day gives from next month on, instead of the one before.

    Nothing is granted where the category pays nothing by itself or no sum was named.
    """
    stop(ledger, household, on, ANEW)
    kind = None if category is None else _KINDS.get(category)
    if kind is None or fen is None:
        return
    made = Document(BENEFIT, new_id(ledger.now), household.subject, household.village, 0, {}, {})
    fields = {
        "household_id": household.entity_id,
        "kind": kind.value,
        "person_ids": [],
        "amount_fen": fen,
        "from_month": month_start(on, 1).isoformat(),
        "to_month": None,
        "ends_on": None,
        "ends_by": None,
        "stop_reason": "",
        "by_county": True,
        "recorded_at": ledger.at,
    }
    made.amend(fields, COUNTY_HAND, ledger.at)
    ledger.put(made)


def stop(ledger: Ledger, household: Document, on: date, reason: str) -> None:
    """This month is the last of every benefit the county granted to the household."""
    query = select(document.c.entity_id).where(
        document.c.entity == BENEFIT, document.c.subject == household.subject
    )
    for benefit_id in ledger.connection.execute(query).scalars().all():
        found = ledger.get(BENEFIT, benefit_id)
        if found is None or not found.body.get("by_county") or found.body.get("to_month"):
            continue
        # decided twice in a month: what would begin next month is paid for none
        last = max(month_start(on).isoformat(), str(found.body["from_month"]))
        found.amend({"to_month": last, "stop_reason": reason}, COUNTY_HAND, ledger.at)
        ledger.put(found)
