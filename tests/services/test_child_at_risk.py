"""A child nobody protects is reported at once, whoever agrees (强制报告)."""

from __future__ import annotations

import pytest

from app.documents.forms import f19
from app.domain.referral_states import LeadEvent, ReferralEvent, ReferralStatus
from app.domain.referral_words import HandOn, LeadSource, ReferralNeed
from app.domain.today import WorkKind
from app.services.referrals import Referrals
from app.services.visit_following import NewLead
from tests.storefile import household_of
from tests.visiting import TODAY, new_referral, refusal, rows_of

E = ReferralEvent


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def referrals(work):
    return Referrals(work.begin, work.clock)


def at_risk(referrals, home, **more):
    asked = {
        "need": ReferralNeed.PROTECTION, "to_org": "镇民政办、派出所",
        "content": "孩子一个人在家三天",
    } | more  # fmt: skip
    return referrals.refer(new_referral(home, **asked))


def urgent(work, home):
    assert work.worklist.check() == []
    return rows_of(work, home, (WorkKind.CHILD_AT_RISK,))


def test_it_stands_on_the_list_of_that_day_until_it_was_reported(work, home, referrals):
    made = at_risk(referrals, home)

    (row,) = urgent(work, home)
    referrals.move(made, E.REPORT, "打了 110")

    assert (row.due_on, row.entity_id, row.page) == (TODAY, made, "referrals")
    assert row.why == "孩子一个人在家三天，还没报告"
    assert "马上报镇民政办、派出所" in row.action
    assert "记马上报告了" in row.action
    assert "二(六)17" in row.rule
    assert urgent(work, home) == []
    (left,) = rows_of(work, home, (WorkKind.REFERRAL,))
    assert left.action == "问那边收到没有"


def test_it_comes_before_what_has_no_day(work, home, referrals):
    referrals.note_lead(
        NewLead(content="断药", found_on=TODAY, source=LeadSource.SELF, household=home.id)
    )
    at_risk(referrals, home)

    kinds = [one.kind for one in work.worklist.today().items]

    assert kinds.index(WorkKind.CHILD_AT_RISK) < kinds.index(WorkKind.LEAD)


def test_without_words_the_row_says_what_it_is(work, home, referrals):
    at_risk(referrals, home, content="")

    assert urgent(work, home)[0].why == "孩子没人保护，还没报告"


def test_nobody_has_to_agree(home, referrals):
    made = at_risk(referrals, home)

    before = referrals.open(made)
    after = referrals.move(made, E.REPORT)

    assert before.events == (E.REPORT, E.WITHDRAW)
    assert after.line.case.status is ReferralStatus.SENT
    assert after.events == (E.RECEIVE,)


def test_where_somebody_agreed_it_is_urgent_all_the_same_and_is_sent(work, home, referrals):
    made = at_risk(referrals, home, consented=True)

    (row,) = urgent(work, home)

    assert "再点“送出去”" in row.action
    assert E.SEND in referrals.open(made).events


def test_for_anything_else_somebody_is_asked_first(work, home, referrals):
    made = referrals.refer(new_referral(home))

    told = refusal(referrals.move, made, E.REPORT)

    assert told.code == "F-90"
    assert referrals.open(made).events == (E.CONSENT, E.WITHDRAW)
    assert referrals.open(made).line.case.status is ReferralStatus.DRAFT
    assert urgent(work, home) == []


def test_a_lead_is_handed_on_as_a_report(work, home, referrals):
    lead = referrals.note_lead(
        NewLead(content="挨打", found_on=TODAY, source=LeadSource.NEIGHBOUR, household=home.id)
    )
    referrals.move_lead(lead, LeadEvent.VERIFY, "属实")
    referrals.hand_on(lead, HandOn.PROTECTION, "镇派出所")

    (made,) = [one.case for one in referrals.of(home.id) if one.case.id != lead]

    assert (made.need, made.to_org) == (ReferralNeed.PROTECTION, "镇派出所")
    assert urgent(work, home)[0].why == "挨打，还没报告"


def test_a_report_says_to_whom_and_about_which_household(home, referrals):
    known = referrals.note_lead(
        NewLead(content="挨打", found_on=TODAY, source=LeadSource.NEIGHBOUR, household=home.id)
    )
    strange = referrals.note_lead(
        NewLead(content="桥下有孩子", found_on=TODAY, source=LeadSource.HOTLINE, who="不知道")
    )
    for lead in (known, strange):
        referrals.move_lead(lead, LeadEvent.VERIFY, "属实")

    assert refusal(referrals.hand_on, known, HandOn.PROTECTION, " ").code == "F-65"
    assert refusal(referrals.hand_on, strange, HandOn.PROTECTION, "镇派出所").code == "F-80"


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (ReferralNeed.PROTECTION, "依法报告，不须本人同意"),
        (ReferralNeed.MEDICAL, "本人同意转介和提供以上情况"),
    ],
)
def test_its_paper_says_that_it_is_reported_by_law(work, home, referrals, need, said):
    made = at_risk(referrals, home, need=need)
    with work.begin() as begun:
        referral = begun.visiting.referral(made)
    content = f19.content_of(referral, home, unit="青石坳村")

    sheet = repr(f19.paper(content, "1"))

    assert said in sheet
