"""Leads handed on: what has to be said, of whom, and what stays on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.domain.households import Category
from app.domain.ids import LeadId
from app.domain.referral_states import LeadEvent, LeadStatus, ReferralStatus
from app.domain.referral_words import HandOn, LeadSource
from app.domain.today import WorkKind
from app.models.base import table_of
from app.models.visiting import LeadRow
from app.services.applications import FileApplication
from app.services.case_plans import CasePlans, NewCasePlan
from app.services.referrals import Referrals
from app.services.visit_following import NewLead
from tests.casework import payment
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


def of_the_house(referrals, home, **said):
    return referrals.note_lead(
        NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=home.id, **said)
    )


def of_a_stranger(referrals):
    return referrals.note_lead(
        NewLead(content="桥洞下有人", found_on=TODAY, source=LeadSource.HOTLINE, who="不知道姓名")
    )


def looked_into(referrals, lead):
    referrals.move_lead(lead, LeadEvent.VERIFY, "去看过")
    return lead


# what the county asked about


@pytest.fixture
def compared(work, home, referrals):
    """A line of a comparison list of the county's."""
    lead = of_the_house(referrals, home)
    with work.begin() as unit:
        unit.connection.execute(update(table_of(LeadRow)).values(batch="2026-03"))
        unit.commit()
    return lead


def test_the_county_is_told_what_was_found(referrals, compared):
    problem = refusal(referrals.move_lead, compared, LeadEvent.VERIFY, "  ")

    assert (problem.code, problem.field) == ("F-85", "note")
    assert referrals.open(compared).steps == ()
    found = referrals.move_lead(compared, LeadEvent.VERIFY, "名单弄错了")
    assert found.steps[0].note == "名单弄错了"


def test_nobody_else_asks_what_was_found(referrals, home, compared):
    own = of_the_house(referrals, home)
    with_words = referrals.move_lead(compared, LeadEvent.VERIFY, "属实")

    assert referrals.move_lead(own, LeadEvent.VERIFY).line.case.status is LeadStatus.VERIFIED
    assert with_words.line.case.status is LeadStatus.VERIFIED
    assert referrals.move_lead(compared, LeadEvent.HAND_ON).line.is_over


# whose it is now


@pytest.mark.parametrize("way", [HandOn.REFERRAL, HandOn.APPLICATION, HandOn.CASE_PLAN])
def test_what_takes_a_household_is_not_for_a_stranger(referrals, way):
    lead = looked_into(referrals, of_a_stranger(referrals))

    assert refusal(referrals.hand_on, lead, way, "镇卫生院").code == "F-80"
    assert referrals.open(lead).line.case.status is LeadStatus.VERIFIED


@pytest.mark.parametrize(("way", "to_org"), [(HandOn.RELIEF, ""), (HandOn.OTHERS, "镇派出所")])
def test_a_stranger_is_helped_at_once_or_handed_to_others(work, referrals, way, to_org):
    lead = looked_into(referrals, of_a_stranger(referrals))

    file = referrals.hand_on(lead, way, to_org)

    assert (file.line.is_over, file.line.who) == (True, "不知道姓名")
    assert file.steps[1].note == "，".join(filter(None, (way.label, to_org)))
    assert not ask(work, lambda unit: unit.due.about([lead]))
    assert not ask(work, lambda unit: unit.visiting.referrals())


@pytest.mark.parametrize("way", [HandOn.REFERRAL, HandOn.OTHERS])
def test_it_is_said_to_whom(referrals, home, way):
    lead = looked_into(referrals, of_the_house(referrals, home))

    problem = refusal(referrals.hand_on, lead, way, " ")

    assert (problem.code, problem.field) == ("F-65", "to_org")


def test_a_referral_is_made_of_a_lead_with_what_was_told(work, home, referrals):
    lead = looked_into(referrals, of_the_house(referrals, home))

    referrals.hand_on(lead, HandOn.REFERRAL, "镇卫生院", "急")

    (made,) = ask(work, lambda unit: unit.visiting.referrals())
    assert (made.lead, made.to_org, made.content) == (lead, "镇卫生院", "断药")
    assert made.status is ReferralStatus.DRAFT
    assert rows_of(work, home, (WorkKind.LEAD,)) == []


# said is not begun


def begun(work, home, way):
    """The first record of it."""
    if way is HandOn.APPLICATION:
        work.applications.file(FileApplication(household=home.id, assessment=None))
    elif way is HandOn.RELIEF:
        work.relief.report(payment(home))
    else:
        plans = CasePlans(work.begin, work.clock)
        plans.open(NewCasePlan(household=home.id, need="断药", opened_on=TODAY))


@pytest.mark.parametrize("way", [HandOn.APPLICATION, HandOn.RELIEF, HandOn.CASE_PLAN])
def test_what_the_village_goes_on_with_itself_stays_on_the_list_until_it_is_begun(
    work, home, referrals, way
):
    lead = looked_into(referrals, of_the_house(referrals, home))

    file = referrals.hand_on(lead, way)

    (row,) = rows_of(work, home, (WorkKind.LEAD,))
    assert (row.entity_id, "说好" in row.action, file.line.is_over) == (lead, True, False)
    begun(work, home, way)
    assert rows_of(work, home, (WorkKind.LEAD,)) == []
    assert referrals.open(lead).events == ()
    assert refusal(referrals.move_lead, lead, LeadEvent.DISMISS, "不用了").code == "F-72"
    assert refusal(referrals.hand_on, lead, HandOn.OTHERS, "镇里").code == "F-72"


def test_who_does_not_want_it_after_all_is_not_asked_about_for_ever(work, home, referrals):
    lead = looked_into(referrals, of_the_house(referrals, home))
    referrals.hand_on(lead, HandOn.APPLICATION)

    referrals.move_lead(lead, LeadEvent.DISMISS, "他不想申请")

    assert rows_of(work, home, (WorkKind.LEAD,)) == []


def test_it_is_gone_on_with_another_way(work, home, referrals):
    lead = looked_into(referrals, of_the_house(referrals, home))
    referrals.hand_on(lead, HandOn.APPLICATION)

    referrals.hand_on(lead, HandOn.REFERRAL, "镇卫生院")

    assert rows_of(work, home, (WorkKind.LEAD,)) == []
    assert len(ask(work, lambda unit: unit.visiting.referrals())) == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda one: one.hand_on(LeadId("x"), HandOn.RELIEF),
        lambda one: one.look_by(LeadId("x"), TODAY),
    ],
)
def test_a_lead_nobody_knows_is_refused(referrals, call):
    assert refusal(call, referrals).code == "F-67"


# until when


def test_a_lead_is_looked_into_on_the_day_it_was_found_or_later(work, home, referrals):
    lead = of_the_house(referrals, home)

    early = refusal(referrals.look_by, lead, TODAY - timedelta(days=1))
    referrals.look_by(lead, TODAY)

    (row,) = rows_of(work, home, (WorkKind.LEAD,))
    assert (early.code, early.field) == ("F-79", "due_on")
    assert row.due_on == TODAY


def test_a_strangers_lead_has_a_day_too(work, referrals):
    lead = of_a_stranger(referrals)

    referrals.look_by(lead, TODAY + timedelta(days=2))

    ((_source, row),) = ask(work, lambda unit: unit.due.about([lead]))
    assert row.due_on == TODAY + timedelta(days=2)


def test_an_answer_may_be_asked_for_on_the_day_it_is_made(referrals, home):
    made = referrals.refer(new_referral(home))

    assert referrals.ask_until(made, TODAY).line.case.due_on == TODAY


def test_only_the_households_own_stand_on_its_page(work, home, referrals):
    other = replace(household_of("赵大山", id_number=None), category=Category.NONE)
    work.households.add_all([other])
    mine, others = of_the_house(referrals, home), of_the_house(referrals, other)

    assert [line.case.id for line in referrals.of(home.id)] == [mine]
    assert [line.who for line in referrals.of(other.id)] == ["赵大山"]
    assert others
