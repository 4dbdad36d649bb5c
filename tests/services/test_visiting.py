"""What stands beside visits: addenda, plans, and what is begun in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.casework import Met
from app.domain.households import Category
from app.domain.ids import VisitId
from app.domain.referral_states import LeadStatus, ReferralStatus
from app.domain.referral_words import LeadSource, ReferralNeed
from app.domain.today import WorkKind
from app.domain.visit_states import PlanStatus
from app.domain.visit_words import FireSafety, FollowUp, VisitKind
from app.services.visit_following import Following
from app.services.visits import LONGEST_NOTE
from tests.storefile import household_of
from tests.visiting import TODAY, ask, asked, refusal, rows_of


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


# addenda


def test_an_addendum_stands_beside_the_visit_and_changes_nothing_of_it(work, home):
    visit = work.visits.record(asked(home, note="都好"))
    before = work.visits.get(visit)
    work.clock.advance(days=1)

    added = work.visits.add(visit, " 药费单子后来找到了 ")

    assert work.visits.get(visit) == before
    assert [one.text for one in work.visits.addenda(visit)] == ["药费单子后来找到了"]
    assert (added.by, added.recorded_at) == ("测试协理员", work.clock.now())


def test_an_addendum_is_no_visit_to_any_count_or_list(work, home):
    visit = work.visits.record(asked(home, visited_on=TODAY - timedelta(days=40), note="都好"))
    due = rows_of(work, home)
    work.clock.advance(minutes=5)

    work.visits.add(visit, "补一句")

    assert len(work.visits.between(TODAY - timedelta(days=60), TODAY)) == 1
    assert work.visits.last(home.id).note == "都好"
    assert rows_of(work, home) == due


@pytest.mark.parametrize("text", ["", "  ", "字" * (LONGEST_NOTE + 1)])
def test_an_addendum_says_something_and_not_too_much(work, home, text):
    visit = work.visits.record(asked(home))

    assert refusal(work.visits.add, visit, text).code == "F-64"
    assert work.visits.addenda(visit) == []


def test_nothing_is_added_to_a_visit_that_is_not_there(work):
    assert refusal(work.visits.add, VisitId("nobody"), "补一句").code == "F-04"


# nobody at home


def plans_of(work, home):
    return ask(work, lambda unit: unit.visiting.plans_of(home.id))


def test_nobody_at_home_makes_a_plan_and_the_list_waits_for_its_day(work, home):
    again = TODAY + timedelta(days=3)

    work.visits.record(asked(home, met=Met.NOBODY, again_on=again))

    (plan,) = plans_of(work, home)
    (row,) = rows_of(work, home)
    assert (plan.status, plan.planned_on) == (PlanStatus.PLANNED, again)
    assert row.appears_on == again
    assert "约好 3月5日再去" in row.why


def test_the_visit_that_is_made_ends_the_plan(work, home):
    work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))
    work.clock.advance(days=3)

    visit = work.visits.record(asked(home, visited_on=work.clock.today()))

    (plan,) = plans_of(work, home)
    assert (plan.status, plan.visit) == (PlanStatus.COMPLETED, visit)
    assert "约好" not in rows_of(work, home)[0].why


def test_nobody_at_home_again_is_missed_and_planned_anew(work, home):
    work.visits.record(asked(home, met=Met.NOBODY, again_on=TODAY + timedelta(days=3)))
    work.clock.advance(days=3)
    today = work.clock.today()

    work.visits.record(
        asked(home, visited_on=today, met=Met.NOBODY, again_on=today + timedelta(days=2))
    )

    newest, first = plans_of(work, home)
    assert (first.status, first.reason) == (PlanStatus.MISSED, "没人在家")
    assert (newest.status, newest.planned_on) == (PlanStatus.PLANNED, today + timedelta(days=2))


def test_a_day_that_is_over_cannot_be_planned(work, home):
    request = asked(home, met=Met.NOBODY, again_on=TODAY - timedelta(days=1))

    assert refusal(work.visits.record, request).field == "again_on"
    assert work.visits.last(home.id) is None


def test_a_household_nobody_need_visit_still_comes_back_on_its_day(work):
    other = household_of("赵大山", id_number=None)
    other = replace(other, category=Category.NONE)
    work.households.add_all([other])
    work.visits.record(asked(other, met=Met.NOBODY, again_on=TODAY + timedelta(days=2)))

    due = rows_of(work, other, (WorkKind.VISIT, WorkKind.SWEEP))

    assert [(row.appears_on, row.page) for row in due] == [(TODAY + timedelta(days=2), "visits")]


# what a visit brings about


def test_a_lead_made_in_place_is_written_with_the_visit(work, home):
    visit = work.visits.record(
        asked(home, following=Following(how=FollowUp.LEAD, content="隔壁老人断了药"))
    )

    (lead,) = ask(work, lambda unit: unit.visiting.leads_of(home.id))
    (row,) = rows_of(work, home, (WorkKind.LEAD,))
    assert (lead.visit, lead.source, lead.status) == (visit, LeadSource.VISIT, LeadStatus.OPEN)
    assert (lead.who, row.why, row.action) == ("覃兰英", "隔壁老人断了药", "去核实")


@pytest.mark.parametrize(
    ("consented", "status", "steps"),
    [(True, ReferralStatus.CONSENTED, 1), (False, ReferralStatus.DRAFT, 0)],
)
def test_a_referral_made_in_place_knows_whether_the_person_agreed(
    work, home, consented, status, steps
):
    following = Following(
        how=FollowUp.REFERRAL, to_org="镇卫生院", need=ReferralNeed.MEDICAL, consented=consented
    )

    work.visits.record(asked(home, following=following))

    (referral,) = ask(work, lambda unit: unit.visiting.referrals_of(home.id))
    made = ask(work, lambda unit: unit.visiting.referral_steps(referral.id))
    assert (referral.status, referral.need, len(made)) == (status, ReferralNeed.MEDICAL, steps)


@pytest.mark.parametrize(
    ("following", "code"),
    [
        (Following(how=FollowUp.LEAD), "F-77"),
        (Following(how=FollowUp.LEAD, content="字" * 501), "F-77"),
        (Following(how=FollowUp.REFERRAL, content="腿疼"), "F-65"),
    ],
)
def test_what_cannot_follow_keeps_the_visit_from_being_saved_half(work, home, following, code):
    assert refusal(work.visits.record, asked(home, following=following)).code == code
    assert work.visits.last(home.id) is None


def test_relief_and_application_are_gone_on_with_elsewhere(work, home):
    work.visits.record(asked(home, following=Following(how=FollowUp.RELIEF)))

    assert ask(work, lambda unit: (unit.visiting.leads(), unit.visiting.referrals())) == ([], [])


def test_the_officers_own_short_words_come_back_by_field(work, home):
    for note in ("都好", "都好", "腿疼"):
        work.visits.record(
            asked(
                home,
                note=note,
                following=Following(how=FollowUp.REFERRAL, to_org="镇卫生院", content=note),
            )
        )
    work.visits.record(
        asked(home, note="长" * 31, following=Following(how=FollowUp.LEAD, content="断药"))
    )

    assert work.visits.said(TODAY) == {
        "note": ("都好", "腿疼"),
        "lead_text": ("断药",),
        "to_org": ("镇卫生院",),
    }


def test_what_kind_of_visit_is_due_follows_from_the_list(work, home):
    other = household_of("黄阿公", id_number=None)
    alone = replace(other, category=Category.TEKUN)
    work.households.add_all([alone])

    assert work.visits.kind_due(home.id) is VisitKind.ROUTINE
    assert work.visits.kind_due(alone.id) is VisitKind.WELFARE


def test_the_answers_of_a_welfare_check_are_kept(work, home):
    visit = work.visits.record(asked(home, kind=VisitKind.WELFARE, fire_safety=FireSafety.HAZARD))

    found = work.visits.get(visit)
    assert (found.kind, found.fire_safety) == (VisitKind.WELFARE, FireSafety.HAZARD)
