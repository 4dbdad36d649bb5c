"""Days, numbers and turns that cannot be, and those that want a word; what is left afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.relief_area import EventArea, area_code, event_area_of
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import (
    ApprovalWay,
    CheckResult,
    EntryKind,
    FundSource,
    InstalmentStatus,
)
from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.services.fund import ReserveFunds
from app.services.relief_asked import ALL_THERE, Approval, MakeUp
from app.store import projection
from tests.relief import TODAY, asked, left, refusal
from tests.storefile import household_of

AGREED = Approval("黄镇长", ApprovalWay.PHONE)
PARTS = (Money.yuan(100), Money.yuan(100), Money.yuan(100))


@pytest.fixture
def household(work):
    """One household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def fund(work):
    """A fund with money in it since February."""
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(1000), date(2026, 2, 10))
    return funds


def another_token(work):
    named = {"entity": "quota_token", "entity_id": "q-2", "subject": "q-2", "version": 1}
    body = {"amount_fen": 100_000, "not_after": "2026-06-01", "signed": ""}
    body["issued_at"] = instant_text(work.clock.now())
    with work.begin() as unit:
        unit.connection.execute(insert(table_of(ServerDocumentRow)), named | {"body": body})
        projection.rebuild(unit.connection, "quota_token", "q-2")
        unit.commit()


@pytest.mark.parametrize("deed", ["pay", "refer", "report"])
@pytest.mark.parametrize(
    ("days", "note", "code"), [(1, "", "F-16"), (-31, "", "F-17"), (-31, "才知道", None)]
)
def test_it_was_found_before_now_and_not_long_ago_without_a_word(
    work, household, deed, days, note, code
):
    found = work.clock.now() + timedelta(days=days)
    request = asked(household, found_at=found, event_note=note)
    call = getattr(work.relief, deed)

    if code is None:
        assert call(request).found_at == found
    else:
        assert refusal(call, request).code == code


@pytest.mark.parametrize("persons", [0, -1, 3])
def test_a_household_is_no_more_people_than_it_has(work, household, persons):
    assert refusal(work.relief.pay, asked(household, persons=persons)).code == "F-18"


def test_some_of_a_household_are_helped_and_all_where_nothing_is_said(work, household):
    one = work.relief.pay(asked(household, persons=1))
    ill = EventKind.SUDDEN_ILLNESS
    all_of_it = work.relief.pay(asked(household, event=ill, apart="夜里又病了"))

    assert (one.persons, all_of_it.persons) == (1, 2)


def test_very_many_strangers_want_a_word(work):
    crowd = {"payee_name": "车上的人", "event": EventKind.TRAFFIC, "persons": 11}

    assert refusal(work.relief.pay, asked(**crowd)).code == "F-17"
    assert work.relief.pay(asked(**crowd, event_note="客车翻了，11 人")).persons == 11


def test_a_household_of_very_many_wants_none(work):
    home = household_of(*(f"覃{name}" for name in "一二三四五六七八九十冬"), id_number=None)
    work.households.add_all([home])

    assert work.relief.pay(asked(home, payee_name="覃一", persons=11)).persons == 11


@pytest.mark.parametrize("area", list(EventArea))
def test_where_it_happened_is_kept_by_code(work, household, area):
    paid = work.relief.pay(asked(household, event_area=area, event_place="路口"))
    with work.begin() as unit:
        village = unit.identity.village_code

    assert paid.event_area_code == area_code(area, village)
    assert event_area_of(area_code(area, "459901103207")) is area


def test_without_a_word_it_happened_in_the_village_just_now(work, household):
    paid = work.relief.pay(asked(household))
    with work.begin() as unit:
        village = unit.identity.village_code

    assert (paid.event_area_code, paid.found_at) == (village, work.clock.now())


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"completed_on": date(2020, 1, 1)}, "completed_on"),
        ({"completed_on": date(2030, 1, 1)}, "completed_on"),
        ({"home_visited_on": TODAY - timedelta(days=1)}, "home_visited_on"),
        ({"home_visited_on": TODAY + timedelta(days=9)}, "home_visited_on"),
        ({"notice_from": TODAY - timedelta(days=1)}, "notice_from"),
        ({"notice_from": TODAY + timedelta(days=9)}, "notice_from"),
        ({"notice_from": TODAY, "notice_to": TODAY - timedelta(days=1)}, "notice_to"),
        ({"notice_from": TODAY, "notice_to": TODAY + timedelta(days=61)}, "notice_to"),
        ({"notice_to": TODAY + timedelta(days=9)}, "notice_to"),
    ],
)
def test_papers_are_made_up_on_days_that_can_be(work, household, days, field):
    paid = work.relief.pay(asked(household))
    work.clock.advance(days=5)

    problem = refusal(work.relief.steps.make_up, paid.id, MakeUp(items=LATE_PAPERS, **days))

    assert (problem.code, problem.field) == ("M-61", field)
    assert work.relief.get(paid.id).status is ReliefStatus.PAPERWORK_PENDING


def test_only_the_papers_that_were_ticked_are_there(work, household):
    paid = work.relief.pay(asked(household))
    nothing = refusal(work.relief.steps.make_up, paid.id, MakeUp())
    some = refusal(work.relief.steps.make_up, paid.id, MakeUp(items=LATE_PAPERS[:1]))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS[:1], text="别的用不着"))

    made = work.relief.case(paid.id).supplements[0]
    assert (nothing.code, some.code) == ("M-31", "M-30")
    assert LATE_PAPERS[1] in some.what
    assert (made.items, made.text) == (LATE_PAPERS[:1], "别的用不着")


def test_with_all_papers_no_word_is_wanted(work, household):
    paid = work.relief.pay(asked(household))
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))

    assert work.relief.case(paid.id).supplements[0].text == ALL_THERE


def test_the_end_of_the_emergency_is_said_once(work, household):
    paid = work.relief.pay(asked(household))
    over = work.relief.steps.end_emergency(paid.id, TODAY)
    work.clock.advance(days=20)

    again = refusal(work.relief.steps.end_emergency, paid.id, work.clock.today())

    now = work.relief.get(paid.id)
    assert again.code == "M-64"
    assert (now.emergency_over_on, now.paperwork_due_on) == (TODAY, over.paperwork_due_on)


def test_parts_are_given_in_turn_and_near_their_day(work, household):
    relief = work.relief.pay(asked(household, parts=PARTS))
    _first, second, third = work.relief.case(relief.id).instalments
    early = refusal(work.relief.pay_part, relief.id, second.id)
    work.clock.advance(days=28)  # three days before the second of April
    work.relief.pay_part(relief.id, second.id)

    assert early.code == "M-63"
    assert "4月2日" in early.what
    assert refusal(work.relief.pay_part, relief.id, third.id).code == "M-63"
    assert left(work) == Money.yuan(800)


def test_no_part_is_given_before_the_one_before_it(work, household):
    relief = work.relief.pay(asked(household, parts=PARTS))
    _first, second, third = work.relief.case(relief.id).instalments
    work.clock.advance(days=62)  # both have come

    turn = refusal(work.relief.pay_part, relief.id, third.id)
    work.relief.pay_part(relief.id, second.id)

    assert "第 2 次还没给" in turn.what
    assert work.relief.pay_part(relief.id, third.id).status is InstalmentStatus.PAID


def test_a_part_that_was_given_is_not_dropped(work, household):
    relief = work.relief.pay(asked(household, parts=PARTS))
    first = work.relief.case(relief.id).instalments[0]

    assert refusal(work.relief.steps.drop_part, relief.id, first.id).code == "M-29"
    assert work.relief.case(relief.id).instalments[0].status is InstalmentStatus.PAID


def test_a_part_is_not_reversed_once_the_money_is_being_got_back(work, household):
    relief = work.relief.pay(asked(household, parts=PARTS))
    first = work.relief.case(relief.id).instalments[0]
    work.relief.steps.make_up(relief.id, MakeUp(text="不符", result=CheckResult.RECOVER))

    assert refusal(work.relief.steps.reverse_part, relief.id, first.id, "再冲").code == "M-24"


def test_only_what_came_from_the_fund_goes_back_into_it(work, household, fund):
    paid = work.relief.pay(asked(household, source=FundSource.BUDGET))
    work.relief.steps.make_up(paid.id, MakeUp(text="不符", result=CheckResult.RECOVER))
    work.relief.steps.recover(paid.id, Money.yuan(300))

    state = fund.state()
    assert [line.entry.kind for line in state.lines] == [EntryKind.IN]
    assert state.balance == Money.yuan(1000)


def test_what_is_closed_can_be_taken_back_until_its_month_is_frozen(work, household, fund):
    def closed(**changes):
        request = asked(household, approval=AGREED, apart="两件事", **changes)
        paid = work.relief.pay(request)
        work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))
        return work.relief.steps.close(paid.id)

    first, second = closed(), closed(event=EventKind.SUDDEN_ILLNESS)
    budget = closed(event=EventKind.TRAFFIC, source=FundSource.BUDGET)
    no_reason = refusal(work.relief.steps.reverse, first.id, " ")
    back = work.relief.steps.reverse(first.id, "不是这户")
    balance = fund.state().balance
    work.clock.advance(days=31)
    fund.close_month("2026-03")

    frozen = refusal(work.relief.steps.reverse, second.id, "不是这户")

    assert (no_reason.code, frozen.code) == ("M-33", "M-65")
    assert back.status is ReliefStatus.REVERSED
    assert work.relief.case(first.id).reversal.reversal_reason == "不是这户"
    assert balance == Money.yuan(700)
    assert work.relief.get(second.id).status is ReliefStatus.CLOSED
    assert work.relief.steps.reverse(budget.id, "重了").status is ReliefStatus.REVERSED


def test_a_part_of_what_is_closed_is_frozen_with_its_month(work, household, fund):
    relief = work.relief.pay(asked(household, parts=PARTS, approval=AGREED))
    first, *later = work.relief.case(relief.id).instalments
    for part in later:
        work.relief.steps.drop_part(relief.id, part.id)
    work.relief.steps.make_up(relief.id, MakeUp(items=LATE_PAPERS))
    work.relief.steps.close(relief.id)
    work.clock.advance(days=31)
    fund.close_month("2026-03")

    assert refusal(work.relief.steps.reverse_part, relief.id, first.id, "重了").code == "M-65"
    assert refusal(work.relief.steps.reverse, relief.id, "重了").code == "M-65"


def test_two_tokens_are_not_one_larger_one_and_both_are_said(work, household):
    another_token(work)

    allowance = work.relief.allowance(household.id)
    problem = refusal(work.relief.pay, asked(household, amount=Money.yuan(1001)))

    assert (allowance.left, allowance.most) == (Money.yuan(2000), Money.yuan(1000))
    assert problem.code == "F-15"
    assert "2,000.00 元分在几张里，一笔最多 1,000.00 元" in problem.what
