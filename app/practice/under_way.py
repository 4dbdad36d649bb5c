"""Everything that is under way in the practice village, brought there by the services themselves.

Weeks of work are told under an earlier clock, the earliest deed first. What the county answers it
answers itself: its administrator's verbs decide what has been uploaded, and the answers come down.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from app.domain.clock import Clock
from app.domain.ids import HouseholdId
from app.practice.backdating import EarlierClock, tell
from app.practice.county import PracticeCounty
from app.practice.emergencies import Purse, purse_of
from app.practice.filings import Filing, Way, filings_of
from app.practice.homes import Homes
from app.practice.looked_after import LookedAfter, looked_after_of
from app.practice.noticed import noticed_stories
from app.practice.supported import Supported, supported_of
from app.practice.village import PracticeVillage

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.policies import Policies
    from app.store.vault import OpenVault

T = TypeVar("T")

RETURNED: Final = "银行卡号没有填，审批以后没法发钱"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What there is now, to be found again."""

    filings: Mapping[Way, Filing] = field(repr=False)
    purse: Purse = field(repr=False)
    supported: Supported = field(repr=False)
    looked_after: LookedAfter = field(repr=False)

    @property
    def known(self) -> HouseholdId:
        """The household most has happened to."""
        return self.filings[Way.TO_BE_CONFIRMED].home.id


def set_going(
    vault: OpenVault,
    clock: Clock,
    policies: Policies,
    village: PracticeVillage,
    ids: Mapping[str | None, HouseholdId],
) -> UnderWay:
    """Bring the cases of a settled village to where they stand today.

    `ids`: recorded households by their head's ID number.
    """
    from app.services.desk import open_desk

    on, earlier = clock.today(), EarlierClock(clock)
    desk = open_desk(vault, earlier, policies)
    homes = Homes(desk, village, ids)
    filings = {one.way: one for one in filings_of(desk, earlier, homes)}
    known = filings[Way.TO_BE_CONFIRMED].home
    purse = purse_of(desk, earlier, homes, known)
    supported = supported_of(desk, earlier, homes)
    looked_after = looked_after_of(desk, earlier, homes)
    tell(
        (
            *(one.story(on) for one in filings.values()),
            *purse.stories(on),
            *supported.stories(on),
            *looked_after.stories(on),
            *noticed_stories(desk, earlier, homes, on, known),
        ),
        earlier,
    )
    return UnderWay(filings, purse, supported, looked_after)


def answer(county: PracticeCounty, desk: Desk, under_way: UnderWay) -> None:
    """The county decides what was uploaded: one is agreed to, one comes back with a comment."""
    agreed, returned = (
        desk.applications.get(under_way.filings[way].id)
        for way in (Way.TO_BE_CONFIRMED, Way.TO_BE_RETURNED)
    )
    if agreed.assessment is None:
        raise AssertionError("the application comes from a means test")
    tested = desk.assessments.get(agreed.assessment)
    granted = [] if tested.benefit_month is None else ["--benefit", str(tested.benefit_month)]
    category = agreed.requested[0].value
    county.ask(
        *("decide", "--no", agreed.document_no, "--category", category, *granted),
        *("--note", "入户、公示都有，同意"),
    )
    county.ask(
        *("decide", "--no", returned.document_no, "--result", "returned", "--note", "有一处要改"),
        *("--comment", f"household.bank_account={RETURNED}"),
    )


def hear_the_county(county: PracticeCounty, desk: Desk, under_way: UnderWay) -> None:
    """Upload, let the county answer, take the answers in. Raises Unavailable S-…"""
    desk.syncing.sync_now(run_in_store=_here)
    answer(county, desk, under_way)
    desk.syncing.sync_now(run_in_store=_here)


def _here(job: Callable[[], T]) -> T:
    """Whoever furnishes a vault has it on their own thread."""
    return job()
