"""Leads, referrals and visits still to be made in the practice village."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.casework import Met
from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.referral_states import LeadEvent, ReferralEvent
from app.domain.referral_words import LeadSource, ReferralNeed
from app.practice.backdating import EarlierClock, Story, on_days
from app.practice.homes import Home, Homes
from app.practice.office import HOSPITAL, SCHOOL
from app.practice.village import PracticeHousehold
from app.services.visit_following import NewLead, NewReferral
from app.services.visits import RecordVisit

if TYPE_CHECKING:
    from app.services.desk import Desk

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


def noticed_stories(
    desk: Desk, clock: EarlierClock, homes: Homes, on: date, known: Home
) -> Iterator[Story]:
    """What was seen and heard until `on`; `known` is a household helped already."""
    seen, told = homes.take(_is_supported), homes.take(_is_unsupported)
    yield on_days([(on - 2 * _DAY, partial(_tell, desk, clock, seen))])
    yield on_days([(on - _DAY, partial(_hear, desk, clock))])
    yield on_days([(on - 6 * _DAY, partial(_verify, desk, clock, told))])
    yield on_days([(on - 12 * _DAY, partial(_refer, desk, clock, known))])
    yield on_days([(on - 5 * _DAY, partial(_refer_child, desk, clock, seen.id))])
    for days, again in ((1, 2), (3, 0)):
        miss = partial(_miss, desk, clock, homes.take(_is_supported), on + again * _DAY)
        yield on_days([(on - days * _DAY, miss)])


def _tell(desk: Desk, clock: EarlierClock, home: Home) -> None:
    desk.referrals.note_lead(
        NewLead(
            content="隔壁说老人两天没出门，灶上也没冒烟",
            found_on=clock.today(),
            source=LeadSource.NEIGHBOUR,
            household=home.id,
            due_on=clock.today() + 3 * _DAY,
        )
    )


def _hear(desk: Desk, clock: EarlierClock) -> None:
    """Nobody knows which household it is."""
    desk.referrals.note_lead(
        NewLead(
            content="热线转来：有人说二组一户孩子住院，家里没钱了",
            found_on=clock.today(),
            source=LeadSource.HOTLINE,
            who="二组，没说名字",
        )
    )


def _verify(desk: Desk, clock: EarlierClock, home: Home) -> None:
    lead = desk.referrals.note_lead(
        NewLead(
            content="自己来村部说，工地停了，三个月没领到钱",
            found_on=clock.today(),
            source=LeadSource.SELF,
            household=home.id,
        )
    )
    desk.referrals.move_lead(lead, LeadEvent.VERIFY, "问过工头，是这样")


def _refer(desk: Desk, clock: EarlierClock, home: Home) -> None:
    """To the hospital, which has taken it on."""
    made = desk.referrals.refer(
        NewReferral(
            household=home.id,
            need=ReferralNeed.MEDICAL,
            to_org=HOSPITAL,
            content="慢性病要定期取药，请家庭医生上门",
            made_on=clock.today(),
            consented=True,
            due_on=clock.today() + 2 * _WEEK,
        )
    )
    for event in (ReferralEvent.SEND, ReferralEvent.RECEIVE, ReferralEvent.ACCEPT):
        desk.referrals.move(made, event)


def _refer_child(desk: Desk, clock: EarlierClock, household: HouseholdId) -> None:
    """To the school, which has not answered."""
    made = desk.referrals.refer(
        NewReferral(
            household=household,
            need=ReferralNeed.EDUCATION,
            to_org=SCHOOL,
            content="孩子住校伙食费交不上，请学校看看补助",
            made_on=clock.today(),
            consented=True,
            due_on=clock.today() + _WEEK,
        )
    )
    desk.referrals.move(made, ReferralEvent.SEND)


def _miss(desk: Desk, clock: EarlierClock, home: Home, again_on: date) -> None:
    """Nobody was at home; a day to go again is set."""
    desk.visits.record(
        RecordVisit(
            household=home.id,
            visited_on=clock.today(),
            met=Met.NOBODY,
            note="敲门没人应，邻居说赶集去了",
            again_on=again_on,
        )
    )


def _is_supported(made: PracticeHousehold) -> bool:
    return made.household.category is Category.DIBAO


def _is_unsupported(made: PracticeHousehold) -> bool:
    return made.household.category is Category.NONE
