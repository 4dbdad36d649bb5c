"""Leads and referrals: each goes its way, and what it leaves in the list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.ids import HouseholdId, LeadId, ReferralId
from app.domain.referral_states import LeadEvent, ReferralEvent
from app.domain.referral_words import LeadSource
from app.domain.today import WorkKind
from app.services.referrals import Referrals
from app.services.visit_following import NewLead
from tests.storefile import household_of
from tests.visiting import TODAY, ask, new_referral, refusal, rows_of


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def referrals(work):
    return Referrals(work.begin, work.clock)


# leads and referrals


def test_a_lead_about_a_stranger_has_no_household_and_stands_in_the_list(work, referrals):
    lead = referrals.note_lead(
        NewLead(content="桥洞下有人", found_on=TODAY, source=LeadSource.HOTLINE, who="不知道姓名")
    )

    about = ask(work, lambda unit: unit.due.about([lead]))
    assert [(item.kind, item.who, item.household) for _source, item in about] == [
        (WorkKind.LEAD, "不知道姓名", None)
    ]


def test_a_lead_goes_its_way_and_leaves_the_list(work, home, referrals):
    lead = referrals.note_lead(
        NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=home.id)
    )
    referrals.move_lead(lead, LeadEvent.VERIFY, "去看过")

    file = referrals.move_lead(lead, LeadEvent.HAND_ON)

    assert [(step.event, step.note) for step in file.steps] == [
        ("verify", "去看过"),
        ("hand_on", ""),
    ]
    assert (file.events, file.line.is_over) == ((), True)
    assert rows_of(work, home, (WorkKind.LEAD,)) == []


def test_a_referral_goes_the_whole_way_and_leaves_the_list(work, home, referrals):
    referral = referrals.refer(new_referral(home))
    way = (
        ReferralEvent.CONSENT, ReferralEvent.SEND, ReferralEvent.RECEIVE, ReferralEvent.ACCEPT,
        ReferralEvent.BEGIN, ReferralEvent.RESOLVE, ReferralEvent.FEED_BACK,
    )  # fmt: skip
    for event in way:
        referrals.move(referral, event)
    told = rows_of(work, home, (WorkKind.REFERRAL,))

    file = referrals.move(referral, ReferralEvent.CLOSE)

    assert [row.action for row in told] == ["办结"]
    assert rows_of(work, home, (WorkKind.REFERRAL,)) == []
    assert [step.event for step in file.steps] == [*way, ReferralEvent.CLOSE]


def test_a_referral_that_was_sent_shows_up_before_its_answer_is_due(work, home, referrals):
    referral = referrals.refer(new_referral(home, consented=True))
    referrals.move(referral, ReferralEvent.SEND)

    referrals.ask_until(referral, TODAY + timedelta(days=10))

    (row,) = rows_of(work, home, (WorkKind.REFERRAL,))
    assert (row.due_on, row.appears_on) == (TODAY + timedelta(days=10), TODAY + timedelta(days=7))


@pytest.mark.parametrize("event", [ReferralEvent.WITHDRAW, ReferralEvent.DECLINE])
def test_why_is_said_where_nothing_came_of_it(work, home, referrals, event):
    referral = referrals.refer(new_referral(home, consented=True))

    assert refusal(referrals.move, referral, event, " ").code == "F-66"


def test_why_is_said_of_a_lead_that_is_dropped(work, home, referrals):
    lead = referrals.note_lead(
        NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=home.id)
    )

    assert refusal(referrals.move_lead, lead, LeadEvent.DISMISS).code == "F-66"


def test_a_step_that_is_not_legal_leaves_no_trace(work, home, referrals):
    referral = referrals.refer(new_referral(home))

    assert refusal(referrals.move, referral, ReferralEvent.SEND).code == "F-71"
    assert referrals.open(referral).steps == ()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda r, h: r.move(ReferralId("x"), ReferralEvent.SEND), "F-67"),
        (lambda r, h: r.move_lead(LeadId("x"), LeadEvent.VERIFY), "F-67"),
        (lambda r, h: r.ask_until(ReferralId("x"), TODAY), "F-67"),
        (lambda r, h: r.open("x"), "F-67"),
        (lambda r, h: r.refer(new_referral(h, made_on=TODAY + timedelta(days=1))), "F-78"),
        (lambda r, h: r.refer(new_referral(h, household=HouseholdId("x"))), "F-01"),
        (lambda r, h: r.refer(new_referral(h, to_org=" ")), "F-65"),
        (lambda r, h: r.ask_until(r.refer(new_referral(h)), TODAY - timedelta(days=1)), "F-79"),
    ],
)
def test_what_cannot_be_about_a_lead_or_referral_is_refused(home, referrals, call, code):
    assert refusal(call, referrals, home).code == code


def test_open_ones_are_listed_before_those_that_are_over(work, home, referrals):
    first = referrals.refer(new_referral(home))
    second = referrals.refer(new_referral(home))
    referrals.move(second, ReferralEvent.WITHDRAW, "本人不愿意")

    assert [line.case.id for line in referrals.lines()] == [first, second]
    assert {line.case.id for line in referrals.of(home.id) if line.is_over} == {second}
