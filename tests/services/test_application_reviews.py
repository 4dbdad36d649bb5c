"""民主评议, notices and objections of an application: what each takes."""

from __future__ import annotations

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.procedure import NoticeKind
from tests.filing import TOLD, Filing, refused, villagers
from tests.procedure import DAY, settle, under


@pytest.fixture
def filing(work):
    return Filing(work)


def test_where_no_reviews_are_held_none_is_opened(filing):
    under(filing.work, community_review_mode='value = "none"')
    filing.assessed()

    assert filing.refusal(E.NEED_REVIEW).code == "A-14"
    assert E.NEED_REVIEW not in filing.events()


def test_where_a_review_is_required_the_notice_waits_for_it(filing):
    under(filing.work, community_review_mode='value = "required"')
    filing.assessed()
    assert refused(filing.post).code == "A-15"

    filing.take(E.NEED_REVIEW)
    filing.review()

    assert filing.post().status is S.NOTICE_POSTED


def test_a_review_begun_is_finished_before_the_notice(filing):
    filing.assessed().take(E.NEED_REVIEW)

    assert refused(filing.post).code == "A-15"


def test_a_review_that_failed_is_no_way_to_the_notice(filing):
    filing.assessed().take(E.NEED_REVIEW)
    verdict = filing.review(agree=2, against=8, abstain=0)

    assert verdict.passed is False
    assert refused(filing.post).code == "A-16"
    assert filing.objected().status is S.REINVESTIGATING


def test_without_rules_of_the_county_a_review_is_kept_and_decides_nothing(filing):
    under(filing.work)
    filing.assessed().take(E.NEED_REVIEW)

    verdict = filing.review()

    assert (verdict.passed, verdict.rule) == (None, "县里还没给评议规则")
    assert filing.whole.reviews[0].passed is None
    assert filing.post().status is S.NOTICE_POSTED


def test_who_is_recused_is_kept_as_present_and_does_not_vote(filing):
    filing.assessed().take(E.NEED_REVIEW)
    assert refused(filing.review, attendance=villagers(12, recused=2), agree=11).code == "A-27"

    filing.review(attendance=villagers(12, recused=2))

    kept = filing.whole.reviews[0]
    assert (len(kept.attendance), kept.voters, kept.passed) == (12, 10, True)


def test_nobody_is_no_review(filing):
    filing.assessed().take(E.NEED_REVIEW)

    nobody = refused(filing.review, attendance=(), agree=0, against=0, abstain=0)

    assert nobody.code == "A-28"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"places": ()}, "places"),
        ({"posted_by": ()}, "posted_by"),
        ({"witnesses": ("韦小妹",)}, "witnesses"),
        ({"witnesses": ("韦小妹", "覃大山")}, "witnesses"),
        ({"witnesses": ("韦小妹", " 韦小妹")}, "witnesses"),
    ],
)
def test_a_notice_was_put_up_somewhere_by_somebody_and_seen_by_two_others(filing, said, field):
    filing.assessed()

    refusal = refused(filing.post, **said)

    assert (refusal.code, refusal.field) == ("A-17", field)


def test_the_list_of_those_confirmed_hangs_after_the_decision_and_moves_nothing(filing):
    filing.assessed()
    assert refused(filing.post, kind=NoticeKind.F08).code == "A-01"
    filing.post()
    filing.work.clock.advance(days=8)
    filing.take(E.NOTICE_CLEAN).county_says(
        S.CONFIRMED, decided_on=filing.today, decided_category="dibao",
        decided_benefit_month_fen=47_000,
    )  # fmt: skip

    filing.post(kind=NoticeKind.F08)

    notice = filing.whole.notices[0]
    assert filing.status is S.CONFIRMED
    assert (notice.kind, notice.ends_on) == (NoticeKind.F08, None)
    assert (notice.body["category"], notice.body["benefit_fen"]) == ("dibao", 47_000)


def test_what_the_papers_of_a_step_ask_is_kept_with_it(filing):
    until = filing.today + 15 * DAY
    filing.submitted().take(E.NEED_MATERIAL, materials=("费用单",), due_on=until, **TOLD)
    settle(filing, "费用单")
    filing.take(E.MATERIAL_IN).take(E.NOT_ACCEPT, note="不符合", **TOLD)
    filing.take(E.TELL, received_by="覃兰英")

    steps = filing.whole.steps
    assert steps[1].details == {"materials": ["费用单"], "due_on": until.isoformat()}
    assert steps[-1].details == {"received_by": "覃兰英"}


def test_a_notice_for_tekun_says_how_they_are_to_be_kept(filing):
    filing.assessed().post(support="分散供养", contact="村委会 0776-5550000")

    body = filing.whole.notices[0].body
    assert (body["support"], body["contact"]) == ("分散供养", "村委会 0776-5550000")


def test_a_notice_hangs_for_seven_whole_days_and_says_by_which_rule(filing):
    filing.posted()
    notice = filing.whole.notices[0]
    assert notice.ends_on == filing.today + 7 * DAY
    assert "公示" in notice.rule

    filing.work.clock.advance(days=7)
    assert filing.refusal(E.NOTICE_CLEAN).code == "A-19"
    filing.work.clock.advance(days=1)

    assert filing.take(E.NOTICE_CLEAN).status is S.SENT_FOR_CONFIRMATION


def test_an_objection_is_looked_into_by_two_and_the_notice_hangs_anew(filing):
    filing.posted().objected()
    assert filing.status is S.REINVESTIGATING

    filing.answered()
    objection = filing.whole.objections[0]
    assert (filing.status, objection.outcome.value) == (S.ASSESSED, "dismissed")
    filing.work.clock.advance(days=2)
    filing.post()

    assert len(filing.whole.notices) == 2
    assert filing.whole.notices[0].ends_on == filing.today + 7 * DAY


def test_an_objection_says_what_it_is_about(filing):
    filing.posted()
    from app.services.application_publicity import RaiseObjection

    empty = RaiseObjection(application=filing.id, raised_on=filing.today, content=" ")

    assert refused(filing.work.publicity.object, empty).code == "A-08"
