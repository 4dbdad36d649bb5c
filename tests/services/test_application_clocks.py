"""Clocks, ends, returns and new approvals of an application, and what is over by consent."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.domain.procedure import MaterialState
from tests.filing import BOARD, TOLD, TWO, Filing, refused
from tests.procedure import DAY, settle, under


@pytest.fixture
def filing(work):
    return Filing(work)


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


@pytest.mark.parametrize("status", [S.REFUSED, S.WATCHLISTED])
def test_a_refusal_has_three_working_days_until_the_household_was_told(filing, status):
    filing.sent().county_says(status, decided_on=filing.today, decision_note="超标准")
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
    said = {"decided_on": filing.today, "decided_category": category.value}
    return filing.sent().county_says(S.CONFIRMED, **said).recognised(category)


def test_a_marginal_family_goes_over_to_dibao_by_consent_without_filing_again(filing):
    filing.submitted().take(E.NEED_MATERIAL, materials=("费用单",), **TOLD)
    settle(filing, "费用单")
    filing.take(E.MATERIAL_IN).take(E.ACCEPT, **TOLD).take(E.CHECK_REPORT, **TOLD)
    filing.take(E.INVESTIGATED, investigators=("甲", "乙")).post(**BOARD)
    filing.work.clock.advance(days=8)
    filing.take(E.NOTICE_CLEAN).county_says(
        S.CONFIRMED, decided_on=filing.today, decided_category="marginal"
    ).recognised(Category.MARGINAL)

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
    early = refused(convert, filing.id, Category.DIBAO, filing.now.filed_on - DAY)
    assert (early.code, early.field) == ("A-37", "consent_on")
    assert filing.work.files.get(filing.id).may_convert

    made = convert(filing.id, Category.DIBAO, filing.today)

    assert refused(convert, filing.id, Category.DIBAO, filing.today).code == "A-38"
    assert not filing.work.files.get(filing.id).may_convert
    assert not filing.work.files.get(made.id).may_convert


@pytest.mark.parametrize(
    ("category", "offered"),
    [
        (Category.DIBAO, False),
        (Category.TEKUN, False),
        (Category.MARGINAL, True),
        (Category.RIGID_EXPENDITURE, True),
    ],
)
def test_what_may_not_go_over_is_not_offered(filing, category, offered):
    confirmed(filing, category)

    assert filing.work.files.get(filing.id).may_convert is offered


def test_nobody_goes_over_from_a_recognition_that_is_over(filing):
    confirmed(filing, Category.RIGID_EXPENDITURE)
    convert = filing.work.applications.convert
    filing.work.clock.advance(days=400)

    refusal = refused(convert, filing.id, Category.DIBAO, filing.today)

    assert (refusal.code, filing.work.files.get(filing.id).may_convert) == ("A-36", False)
    made = convert(filing.id, Category.DIBAO, filing.today - 60 * DAY)
    assert made.converted_from == filing.id  # they agreed while it still held


def test_nobody_goes_over_from_what_the_household_does_not_stand_in_any_more(filing):
    confirmed(filing).recognised(Category.NONE)

    refusal = refused(filing.work.applications.convert, filing.id, Category.DIBAO, filing.today)

    assert (refusal.code, filing.work.files.get(filing.id).may_convert) == ("A-36", False)


def test_what_is_not_decided_is_not_converted(filing):
    filing.sent()

    refusal = refused(filing.work.applications.convert, filing.id, Category.DIBAO, filing.today)

    assert refusal.code == "A-36"
