"""The way of an application step by step: what each takes, and whose word it is."""

from __future__ import annotations

import pytest

from app.domain.application_events import Actor
from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.ids import new_id
from app.domain.procedure import FiledBy, MaterialState, Proxy, SignedKind
from app.store import projection
from tests.filing import TOLD, TWO, Filing, refused
from tests.procedure import DAY, settle, under


@pytest.fixture
def filing(work):
    return Filing(work)


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


def test_a_check_is_not_asked_for_on_an_authorisation_taken_back_or_ended(filing):
    filing.sign(valid_to=filing.today + 2 * DAY).take(E.SUBMIT).take(E.ACCEPT, **TOLD)
    filing.work.clock.advance(days=3)

    late = filing.refusal(E.SEND_CHECK, **TOLD)
    filing.sign()
    paper = next(
        one.paper for one in filing.whole.signatures if one.kind is SignedKind.AUTHORISATION
    )
    filing.work.signatures.revoke(paper.id, filing.today, "不想查了")
    back = filing.refusal(E.SEND_CHECK, **TOLD)

    assert late.what == "有 2 份核对授权书没签、过期或收回了，不能送去核对。"
    assert (late.code, back.code, back.field) == ("A-46", "A-46", "signatures")
    assert "有 1 份" in back.what
    assert filing.sign().take(E.SEND_CHECK, **TOLD).status is S.CHECKING


def test_a_check_sent_while_the_authorisation_still_held_is_recorded_afterwards(filing):
    filing.accepted()
    sent = filing.today
    filing.work.clock.advance(days=2)
    paper = next(
        one.paper for one in filing.whole.signatures if one.kind is SignedKind.AUTHORISATION
    )
    filing.work.signatures.revoke(paper.id, filing.today, "不想查了")

    assert filing.take(E.SEND_CHECK, **TOLD, happened_on=sent).status is S.CHECKING


def test_what_an_authorisation_was_taken_back_for_is_not_sent_to_the_county(filing):
    filing.posted()
    filing.work.clock.advance(days=8)
    paper = next(
        one.paper for one in filing.whole.signatures if one.kind is SignedKind.AUTHORISATION
    )
    filing.work.signatures.revoke(paper.id, filing.today, "不想查了")

    refusal = filing.refusal(E.NOTICE_CLEAN)

    assert (refusal.code, refusal.field) == ("A-46", "signatures")
    assert refusal.what == "有 1 份核对授权书没签、过期或收回了，不能报县里。"
    assert filing.status is S.NOTICE_POSTED
    assert filing.sign().take(E.NOTICE_CLEAN).status is S.SENT_FOR_CONFIRMATION


def test_half_a_power_of_attorney_waits(filing):
    filing.sign()
    half = Proxy(filed_by=FiledBy.PROXY, name="覃大山")
    filing.work.signatures.set_proxy(filing.id, half)

    assert filing.refusal(E.SUBMIT).what == "还差：代办委托书。"
    filing.work.signatures.set_proxy(
        filing.id,
        Proxy(
            filed_by=FiledBy.PROXY, name="覃大山", id_number="459901196003090019",
            relation="侄子", phone="0776-5551234", signed_on=filing.today,
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


@pytest.mark.parametrize("event", [E.REVIEWED, E.POST, E.POST_LIST, E.OBJECTION, E.REINVESTIGATED])
def test_a_step_that_carries_more_is_not_taken_without_it(work, event):
    filing = Filing(work).assessed()

    with pytest.raises(ValueError, match="together with what it is about"):
        filing.take(event)
    assert filing.status is S.ASSESSED
