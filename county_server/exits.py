"""A household let go by its 渐退: what it was granted ends, whoever's word it was.

Where the township confirms, its word reaches the village first, and a laptop says the 渐退 is over.
The county's own word (`county_server.graces`) does the same: or the household would be paid and
visited for ever.
"""

from __future__ import annotations

from datetime import date

from app.domain.clock import china_date
from app.domain.grace_states import GraceStatus
from app.domain.households import Category
from app.domain.problem import Refused
from app.domain.standing import LET_GO
from app.domain.workdays import month_start
from county_server.benefits import running, stop
from county_server.ledger import Document, Ledger
from county_server.merge import Merge
from county_server.quotas import COUNTY_HAND
from county_server.standing import GRACE


def is_exit(entity: str, known: Document | None, merged: Merge) -> bool:
    """Whether a device's operation lets a household go."""
    if entity != GRACE or merged.fields.get("status") != GraceStatus.EXITED.value:
        return False
    return known is None or known.body.get("status") != GraceStatus.EXITED.value


def let_go_with(ledger: Ledger, grace: Document) -> None:
    """The household goes with the last month its 渐退 paid; granted anew since, it stays."""
    household = ledger.get("household", str(grace.body["household_id"]))
    if household is None:
        return
    last = last_paid(grace, china_date(ledger.now))
    newest = max((str(one.body["from_month"]) for one in running(ledger, household)), default="")
    if newest <= month_start(last).isoformat():
        stop(ledger, let_go(ledger, household.entity_id), last, LET_GO)


def let_go(ledger: Ledger, household_id: str) -> Document:
    """The household is on no benefit any more; the household."""
    household = ledger.get("household", household_id)
    if household is None:
        raise unknown_grace()
    fields = {"category": Category.NONE.value, "benefit_month_fen": None}
    household.amend(fields, COUNTY_HAND, ledger.at)
    ledger.put(household)
    return household


def last_paid(grace: Document, today: date) -> date:
    """The last month of the shares, or this one where that is still to come."""
    months = [str(share["month"]) for share in grace.body["shares"] if share.get("month")]
    return min(today, *(date.fromisoformat(f"{month}-01") for month in months[-1:]))


def unknown_grace() -> Refused:
    """K-21."""
    return Refused(
        "县里没有这份渐退。", do="请核对告知书上的编号；村里可能还没有上传。", code="K-21"
    )
