"""The steps of an application: each guard has a test that fails without it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.application_events import Actor
from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.domain.ids import new_id
from app.domain.procedure import FiledBy, MaterialCode, MaterialState, NoticeKind, Proxy
from app.services.application_materials import SettleMaterial
from app.store import projection
from tests.cases import layered, value_toml
from tests.filing import BOARD, TOLD, TWO, Filing, refused, villagers
from tests.published import publish

DAY = timedelta(days=1)


@pytest.fixture
def filing(work):
    return Filing(work)


def under(work, **values):
    """The county's own pack, with these values (as TOML) over the national ones."""
    publish(work, layered("\n".join(value_toml(name, body) for name, body in values.items())))


def settle(filing, name, **said):
    request = {
        "application": filing.id, "code": MaterialCode.ASKED, "person": None, "name": name,
        "state": MaterialState.RECEIVED, "day": filing.today,
    }  # fmt: skip
    filing.work.materials.settle(SettleMaterial(**(request | said)))


def test_the_whole_way_to_the_county_is_six_steps_each_written_down(filing):
    filing.sent()

    assert filing.status is S.SENT_FOR_CONFIRMATION
    steps = filing.whole.steps
    assert [one.event for one in steps] == [
        E.SUBMIT, E.ACCEPT, E.CHECK_REPORT, E.INVESTIGATED, E.POST, E.NOTICE_CLEAN,
    ]  # fmt: skip
    assert [one.number for one in steps] == [1, 2, 3, 4, 5, 6]
    assert (steps[0].before, steps[0].after) == (S.DRAFT, S.SUBMITTED)
    assert all(one.handler == "测试协理员" for one in steps)
    assert steps[1].paper_no == TOLD["paper_no"]
    with filing.work.begin() as unit:
        assert projection.differences(unit.connection) == []


def test_what_is_missing_hinders_handing_in_and_is_counted_without_a_name(filing):
    refusal = filing.refusal(E.SUBMIT)

    assert refusal.code == "A-02"
    assert refusal.what == "还差：核对授权书（2 份）、诚信承诺书（2 份）。"
    assert "覃" not in str(refusal)
    assert filing.status is S.DRAFT


def test_what_is_missing_is_a_list_with_the_place_to_mend_it(filing):
    lacks = filing.whole.lacks

    blocking = [one for one in lacks if one.blocks]
    assert {one.section for one in blocking} == {"signatures"}
    assert blocking == list(lacks[:4])
    assert {one.target for one in blocking} == {m.person.id for m in filing.household.members}
    assert {one.page for one in lacks} >= {"facts", "assessment", "applications"}


def test_one_unsigned_adult_is_enough_to_wait(filing):
    filing.sign(signer=filing.household.head)

    assert filing.refusal(E.SUBMIT).what == "还差：核对授权书、诚信承诺书。"


def test_an_authorisation_that_ended_is_none(filing):
    filing.sign(valid_to=filing.today + DAY)
    filing.work.clock.advance(days=2)

    refusal = filing.refusal(E.SUBMIT)

    assert refusal.what == "还差：核对授权书（2 份）。"


def test_a_paper_taken_back_is_none(filing):
    filing.sign()
    paper = filing.whole.signatures[0].paper
    filing.work.signatures.revoke(paper.id, filing.today, "不想查了")

    assert filing.refusal(E.SUBMIT).code == "A-02"
    assert refused(filing.work.signatures.revoke, paper.id, filing.today, "再来").code == "A-33"


def test_half_a_power_of_attorney_waits(filing):
    filing.sign()
    half = Proxy(filed_by=FiledBy.PROXY, name="覃大山")
    filing.work.signatures.set_proxy(filing.id, half)

    assert filing.refusal(E.SUBMIT).what == "还差：代办委托书。"
    filing.work.signatures.set_proxy(
        filing.id,
        Proxy(
            filed_by=FiledBy.PROXY, name="覃大山", relation="侄子", phone="0776-5551234",
            signed_on=filing.today,
        ),
    )  # fmt: skip
    assert filing.take(E.SUBMIT).now.proxy.relation == "侄子"


def test_a_day_to_come_and_a_day_before_the_last_step_are_refused(filing):
    filing.submitted()

    late = filing.refusal(E.ACCEPT, happened_on=filing.today + DAY, **TOLD)
    early = filing.refusal(E.ACCEPT, happened_on=filing.today - DAY, **TOLD)

    assert (late.code, early.code) == ("A-03", "A-03")
    assert filing.status is S.SUBMITTED


@pytest.mark.parametrize("event", [E.CONFIRM, E.REFUSE, E.RETURN])
def test_what_is_the_countys_is_not_recorded_here(filing, event):
    filing.sent()

    assert filing.refusal(event, note="同意", **TOLD).code == "A-05"
    assert filing.status is S.SENT_FOR_CONFIRMATION


def test_the_townships_word_says_whose_it_was_and_on_which_paper(filing):
    filing.submitted()

    assert filing.refusal(E.ACCEPT, paper_no="1号").code == "A-06"
    assert filing.refusal(E.ACCEPT, told_by="韦主任").code == "A-07"


def test_where_acceptance_is_delegated_the_village_accepts_in_its_own_name(filing):
    under(filing.work, acceptance_level='value = "village_by_delegation"')
    filing.submitted()
    hand = next(one.hand for one in filing.whole.actions if one.event is E.ACCEPT)

    filing.take(E.ACCEPT)

    assert hand.actor is Actor.VILLAGE
    assert filing.status is S.ACCEPTED


@pytest.mark.parametrize("event", [E.WITHDRAW, E.NOT_ACCEPT])
def test_a_step_against_the_household_needs_its_reason(filing, event):
    filing.submitted()

    assert filing.refusal(event, **TOLD).code == "A-08"


def test_where_means_are_checked_first_acceptance_waits_for_the_check(filing):
    under(filing.work, check_before_acceptance="value = true")
    filing.submitted()

    assert filing.refusal(E.ACCEPT, **TOLD).code == "A-09"
    assert filing.take(E.PRECHECK, told_by="镇民政办").take(E.ACCEPT, **TOLD).status is S.ACCEPTED


def test_material_is_asked_for_once_and_all_of_it_settled(filing):
    filing.submitted()
    assert filing.refusal(E.NEED_MATERIAL, **TOLD).code == "A-24"

    filing.take(E.NEED_MATERIAL, materials=("离婚证", "费用单"), **TOLD)

    assert filing.status is S.SUPPLEMENT_REQUESTED
    assert filing.refusal(E.MATERIAL_IN).code == "A-12"
    settle(filing, "离婚证")
    assert refused(settle, filing, "费用单", state=MaterialState.PROMISED).code == "A-25"
    settle(filing, "费用单", state=MaterialState.PROMISED, replaces="医院费用单")
    assert filing.take(E.MATERIAL_IN).status is S.SUBMITTED


def test_what_was_not_asked_for_does_not_come_in_and_nothing_is_asked_twice(filing):
    filing.accepted()
    assert filing.refusal(E.MATERIAL_IN).code == "A-11"

    filing.take(E.NEED_MATERIAL, materials=("费用单",), **TOLD)

    again = filing.refusal(E.NEED_MATERIAL, materials=("别的",), **TOLD)
    assert (filing.status, again.code) == (S.ACCEPTED, "A-10")


def test_one_investigator_twice_is_still_one(filing):
    filing.checked()

    assert filing.refusal(E.INVESTIGATED, investigators=("覃大山", " 覃大山 ")).code == "A-13"


def investigate(filing, household=None, application=None, **said):
    """A record of 入户调查, as the page of visits makes it."""
    made = new_id(filing.work.clock.now())
    fields = {
        "household_id": household or filing.household.id, "application_id": application,
        "investigated_on": filing.today, "investigators": ["覃大山", "韦小妹"],
        "respondent": "本人", "answers": {}, "fits": True, "conclusion": "符合",
        "recorded_at": filing.work.clock.now(),
    }  # fmt: skip
    with filing.work.begin() as unit:
        unit.change(
            kind="investigation.made", entity="investigation", entity_id=made,
            subject=fields["household_id"], new=True, fields=fields | said,
        )  # fmt: skip
        unit.commit()
    return made


def test_the_record_of_the_visit_is_found_and_named_by_the_step(filing):
    filing.checked()
    assert filing.whole.investigation is None
    made = investigate(filing)

    assert filing.whole.investigation.investigators == ("覃大山", "韦小妹")
    filing.take(E.INVESTIGATED, investigators=TWO, investigation=made)
    assert filing.whole.steps[-1].details["investigation_id"] == made


def test_the_visit_to_another_household_or_for_another_filing_is_none(filing):
    filing.checked()
    other = Filing(filing.work)
    strange = investigate(filing, household=other.household.id)
    investigate(filing, application=other.id)
    investigate(filing, investigated_on=filing.today - DAY)

    refusal = filing.refusal(E.INVESTIGATED, investigators=TWO, investigation=strange)
    missing = filing.refusal(E.INVESTIGATED, investigators=TWO, investigation="nothing")

    assert (refusal.code, missing.code) == ("A-40", "A-40")
    assert filing.whole.investigation is None


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


def test_an_extension_is_given_once_and_told_with_its_reason(filing):
    filing.accepted()
    assert filing.refusal(E.EXTEND, **TOLD).code == "A-08"
    filing.take(E.EXTEND, note="要去外县核实", **TOLD)

    assert filing.refusal(E.EXTEND, note="还要", **TOLD).code == "A-21"
    assert filing.whole.clocks[0].deadline.extended


def test_the_clock_stands_while_material_is_awaited(filing):
    filing.accepted()
    before = filing.whole.clocks[0].deadline.due_on
    filing.work.clock.advance(days=1)
    filing.take(E.NEED_MATERIAL, materials=("费用单",), **TOLD)

    waiting = filing.whole.clocks[0].deadline
    filing.work.clock.advance(days=7)
    settle(filing, "费用单")
    filing.take(E.MATERIAL_IN)
    after = filing.whole.clocks[0].deadline

    # accepted Monday 2 March 2026; asked on Tuesday 3, in on Tuesday 10: five working days
    assert before == date(2026, 4, 14)
    assert (waiting.due_on, waiting.undecided) == (None, "等着补材料，收齐了接着算")
    assert after.due_on == date(2026, 4, 21)
    assert "中间的天不算" in after.explanation


def test_a_pack_without_a_time_gives_no_day_and_refuses_nothing(filing):
    under(filing.work, accept_clock_workdays='county_must_supply = true\nunit = "工作日"')
    filing.accepted()

    deadline = filing.whole.clocks[0].deadline

    assert (deadline.due_on, deadline.due_text) == (None, "县里还没给期限")


def test_a_refusal_has_three_working_days_until_the_household_was_told(filing):
    filing.sent().county_says(S.REFUSED, decided_on=filing.today, decision_note="超标准")
    (clock,) = filing.whole.clocks
    assert clock.deadline.due_on == date(2026, 3, 13)

    filing.take(E.TELL)

    assert filing.whole.clocks == ()
    assert E.TELL not in filing.events()


@pytest.mark.parametrize(
    ("event", "status"), [(E.WITHDRAW, S.WITHDRAWN), (E.DEATH, S.CLOSED_BY_DEATH)]
)
def test_an_end_keeps_its_day_and_reason(filing, event, status):
    filing.accepted().take(event, note="不想办了")

    ended = filing.now
    assert (ended.status, ended.ended_on, ended.end_reason) == (status, filing.today, "不想办了")
    assert filing.whole.clocks == ()


def test_what_was_returned_goes_back_the_way_it_came(filing):
    filing.submitted().county_says(S.RETURNED, decision_note="改一处")
    assert filing.refusal(E.RESEND).code == "A-22"
    assert filing.refusal(E.REOPEN, note="重来").code == "A-22"
    filing.take(E.RESUBMIT)

    filing.take(E.ACCEPT, **TOLD).take(E.CHECK_REPORT, **TOLD)
    filing.take(E.INVESTIGATED, investigators=TWO).post()
    filing.work.clock.advance(days=8)
    filing.take(E.NOTICE_CLEAN).county_says(S.RETURNED, decision_note="再改一处")

    assert filing.refusal(E.RESUBMIT).code == "A-22"
    assert filing.take(E.RESEND).status is S.SENT_FOR_CONFIRMATION


def test_what_was_sent_may_be_looked_at_again_with_a_new_notice(filing):
    filing.sent().county_says(S.RETURNED, decision_note="重新公示")

    assert filing.refusal(E.REOPEN).code == "A-08"
    filing.take(E.REOPEN, note="人口算错了")

    assert filing.status is S.ASSESSED
    assert filing.post().status is S.NOTICE_POSTED


def test_a_step_that_carries_more_has_its_own_way_in(filing):
    filing.assessed()

    with pytest.raises(ValueError, match="post"):
        filing.take(E.POST)


def test_a_fact_changed_after_it_was_sent_up_asks_for_another_approval(filing):
    filing.sent()
    assert not filing.whole.needs_new_approval

    person = filing.household.members[0].person.id
    with filing.work.begin() as unit:
        unit.change(
            kind="person.changed", entity="person", entity_id=person,
            subject=filing.household.id, fields={"illness": "尿毒症"},
        )  # fmt: skip
        unit.commit()

    assert filing.whole.needs_new_approval


def test_a_telephone_number_asks_for_no_other_approval(filing):
    filing.sent()
    with filing.work.begin() as unit:
        unit.change(
            kind="household.changed", entity="household", entity_id=filing.household.id,
            subject=filing.household.id, fields={"phone": "0776-5551234"},
        )  # fmt: skip
        unit.commit()

    assert not filing.whole.needs_new_approval


def test_only_the_steps_that_may_be_taken_are_offered(filing):
    assert filing.events() == {E.SUBMIT, E.WITHDRAW, E.DEATH}
    filing.submitted()
    assert {E.ACCEPT, E.NEED_MATERIAL, E.NOT_ACCEPT} <= filing.events()
    filing.take(E.ACCEPT, **TOLD)
    assert E.MATERIAL_IN not in filing.events()
    assert not {E.CONFIRM, E.RETURN, E.REFUSE} & filing.events()


def test_the_list_shows_the_longest_waiting_first_with_its_clock(filing):
    filing.accepted()
    filing.work.clock.advance(days=1)
    other = Filing(filing.work)

    lines = filing.work.files.lines([S.DRAFT, S.ACCEPTED])

    assert [one.id for one in lines] == [filing.id, other.id]
    assert lines[0].due.reading.total == 30
    assert (lines[0].lacking, lines[1].lacking) == (0, 4)
    assert lines[1].who == "覃兰英"


def confirmed(filing, category=Category.MARGINAL):
    return filing.sent().county_says(
        S.CONFIRMED, decided_on=filing.today, decided_category=category.value
    )


def test_a_marginal_family_goes_over_to_dibao_by_consent_without_filing_again(filing):
    filing.submitted().take(E.NEED_MATERIAL, materials=("费用单",), **TOLD)
    settle(filing, "费用单")
    filing.take(E.MATERIAL_IN).take(E.ACCEPT, **TOLD).take(E.CHECK_REPORT, **TOLD)
    filing.take(E.INVESTIGATED, investigators=("甲", "乙")).post(**BOARD)
    filing.work.clock.advance(days=8)
    filing.take(E.NOTICE_CLEAN).county_says(
        S.CONFIRMED, decided_on=filing.today, decided_category="marginal"
    )

    made = filing.work.applications.convert(filing.id, Category.DIBAO, filing.today)

    whole = filing.work.files.get(made.id)
    assert (made.status, made.converted_from, made.consent_on) == (
        S.DRAFT, filing.id, filing.today,
    )  # fmt: skip
    assert made.document_no != filing.now.document_no
    assert made.requested == (Category.DIBAO,)
    assert whole.materials[0].name == "费用单"
    assert whole.materials[0].state is MaterialState.RECEIVED
    assert all(one.holds for one in whole.signatures)
    assert filing.work.applications.submit(made.id).status is S.SUBMITTED


@pytest.mark.parametrize(
    ("category", "wanted"),
    [(Category.DIBAO, Category.TEKUN), (Category.MARGINAL, Category.RIGID_EXPENDITURE)],
)
def test_only_a_lower_rung_goes_over_to_a_higher(filing, category, wanted):
    confirmed(filing, category)

    refusal = refused(filing.work.applications.convert, filing.id, wanted, filing.today)

    assert refusal.code == "A-36"


def test_a_conversion_waits_for_consent_and_for_what_is_under_way(filing):
    confirmed(filing)
    convert = filing.work.applications.convert
    assert refused(convert, filing.id, Category.DIBAO, filing.today + DAY).code == "A-37"

    convert(filing.id, Category.DIBAO, filing.today)

    assert refused(convert, filing.id, Category.DIBAO, filing.today).code == "A-38"


def test_what_is_not_decided_is_not_converted(filing):
    filing.sent()

    refusal = refused(filing.work.applications.convert, filing.id, Category.DIBAO, filing.today)

    assert refusal.code == "A-36"
