"""The paper she walks with names everything today's list has to do where people live."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.caring import WatchCause
from app.domain.casework import EventKind, ReliefWay
from app.domain.day_round import DayRound
from app.domain.households import Category
from app.domain.money import Money
from app.domain.referral_words import LeadSource
from app.domain.standing import ChangeKind
from app.domain.today import WorkKind as W
from app.services.day_papers import sheet_of
from app.services.referrals import Referrals
from app.services.relief_asked import PayRelief
from app.services.standing import NewChange, Standing
from app.services.visit_following import NewLead
from app.services.watchlist import NewWatch, Watchlist
from tests.filing import TOLD, Filing
from tests.storefile import household_of
from tests.visiting import TODAY


def on_the_sheet(work):
    with work.begin() as unit:
        sheet = sheet_of(unit, work.rules, DayRound(TODAY))
    return [line.kind for line in sheet.lines]


@pytest.fixture
def home(work):
    """One household on no list."""
    made = replace(household_of("覃兰英", "覃小雨", id_number=None), category=Category.NONE)
    work.households.add_all([made])
    return made


def test_a_lead_to_look_into_is_on_it(work, home):
    Referrals(work.begin, work.clock).note_lead(
        NewLead(content="灶没冒烟", found_on=TODAY, source=LeadSource.NEIGHBOUR, household=home.id)
    )

    assert W.LEAD.label in on_the_sheet(work)


def test_somebody_who_waits_for_money_is_on_it_known_or_not(work, home):
    work.relief.report(
        PayRelief(
            household=None, payee_name="不知道姓名", is_unknown=True, event=EventKind.NO_FOOD,
            amount=Money(0), way=ReliefWay.CASH,
        )
    )  # fmt: skip

    assert W.RELIEF_TO_PAY.label in on_the_sheet(work)


def test_a_watched_household_to_be_compared_is_on_it(work, home):
    Watchlist(work.begin, work.clock).notice(
        NewWatch(household=home.id, cause=WatchCause.DIFFICULTIES, note="欠账", noticed_on=TODAY)
    )

    assert W.WATCH.label in on_the_sheet(work)


def test_the_yearly_round_is_on_it_as_far_as_the_day_goes(work):
    homes = [
        replace(household_of("赵大山", id_number=None, door=f"{at}号"), category=Category.NONE)
        for at in range(5)
    ]
    work.households.add_all(homes)

    assert on_the_sheet(work).count(W.SWEEP.label) == 3


def test_whom_two_people_have_to_look_into_is_on_it(work):
    filing = Filing(work)
    filing.accepted()
    before = on_the_sheet(work)
    filing.take(E.CHECK_REPORT, **TOLD)

    assert W.APPLICATION.label not in before
    assert W.APPLICATION.label in on_the_sheet(work)


def test_who_has_to_be_reviewed_is_on_it(work, home):
    with work.begin() as unit:
        unit.change(
            kind="household.corrected", entity="household", entity_id=home.id, subject=home.id,
            fields={"category": Category.DIBAO},
        )  # fmt: skip
        unit.commit()
    Standing(work.begin, work.clock, work.rules).change(
        NewChange(
            household=home.id, kind=ChangeKind.ADD, name="覃新来", reason="出生", happened_on=TODAY,
        )
    )  # fmt: skip

    assert W.PERIODIC_REVIEW.label in on_the_sheet(work)
