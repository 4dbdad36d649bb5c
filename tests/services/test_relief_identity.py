"""One person is one person, picked from the roster or typed; one request is paid once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.clock import CHINA
from app.domain.money import Money
from app.domain.relief_words import ApprovalWay
from app.services.fund import ReserveFunds
from app.services.relief_asked import NOBODY_KNOWS, Approval
from tests.relief import asked, left, refusal
from tests.storefile import household_of

ILL = EventKind.SUDDEN_ILLNESS
ABOVE = Approval("县民政局", ApprovalWay.WRITTEN)
TYPED = {"payee": None, "event": ILL}


@pytest.fixture
def household(work):
    """覃兰英 and 覃小雨, as nobody else is called."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def agreed(work, request, **amount):
    """Sent up, agreed to, not paid yet."""
    referred = work.relief.refer(request)
    return work.relief.steps.approve(referred.id, ABOVE, **amount)


@pytest.mark.parametrize(
    "typed",
    [
        {"of": True, "payee_name": "覃兰英"},
        {"of": False, "payee_name": "覃兰英"},
        {"of": False, "payee_name": " 覃 兰英"},
    ],
)
def test_a_name_typed_is_the_person_picked(work, household, typed):
    work.relief.pay(asked(household, event=ILL))
    of = household if typed.pop("of") else None

    problem = refusal(work.relief.pay, asked(of, **(TYPED | typed)))

    assert (problem.code, left(work)) == ("F-13", Money.yuan(700))


def test_somebody_picked_is_the_name_typed_before(work, household):
    work.relief.pay(asked(payee_name="覃兰英", event=ILL))

    same = refusal(work.relief.pay, asked(household, event=ILL))
    cause = refusal(work.relief.pay, asked(household, event=ILL, event_note="又病了"))

    assert (same.code, cause.code) == ("F-13", "M-21")


def test_a_number_says_who_it_is_whatever_the_name(work):
    numbered = household_of("黄有财", id_number="45990119500101291X")
    work.households.add_all([numbered])
    work.relief.pay(asked(numbered, payee_name="黄有财", event=ILL))
    typed = asked(payee_name="黄老五", payee_id_number="45990119500101291X", event=ILL)

    assert refusal(work.relief.pay, typed).code == "F-13"


def test_a_typed_fire_is_the_fire_of_the_house_that_was_picked(work, household):
    work.relief.pay(asked(payee_name="覃小雨"))

    assert refusal(work.relief.pay, asked(household)).code == "M-21"


def test_two_of_one_name_are_not_taken_for_each_other(work, household):
    other = household_of("覃兰英", id_number=None)
    work.households.add_all([other])
    work.relief.pay(asked(household, event=ILL))

    assert work.relief.pay(asked(other, event=ILL)).household == other.id
    assert work.relief.pay(asked(payee_name="覃兰英", event=ILL)).household is None


def test_somebody_else_of_the_household_is_somebody_else(work, household):
    work.relief.pay(asked(household, event=ILL))

    other = asked(household, payee=None, payee_name="覃小雨", event=ILL, apart="孩子另外病了")

    assert work.relief.pay(other).amount


def test_money_and_goods_are_two_payments(work):
    work.relief.pay(asked(payee_name=NOBODY_KNOWS, is_unknown=True))
    other = asked(payee_name=NOBODY_KNOWS, is_unknown=True, way=ReliefWay.GOODS, goods="大米 2 袋")

    assert work.relief.pay(other).way is ReliefWay.GOODS
    assert refusal(work.relief.pay, other).code == "F-13"


def test_after_a_reversal_the_right_one_can_be_typed_the_same_day_and_once(work, household):
    wrong = work.relief.pay(asked(household))
    work.relief.steps.reverse(wrong.id, "记错了")

    right = work.relief.pay(asked(household))
    again = refusal(work.relief.pay, asked(household))

    assert right.payment_id != wrong.payment_id
    assert (again.code, left(work)) == ("F-13", Money.yuan(700))


def test_a_part_that_was_taken_back_does_not_hinder_the_right_one(work, household):
    parts = (Money.yuan(200), Money.yuan(100))
    wrong = work.relief.pay(asked(household, parts=parts))
    work.relief.steps.reverse(wrong.id, "记错了")

    assert work.relief.pay(asked(household, parts=parts)).is_staged
    assert left(work) == Money.yuan(800)


def test_the_same_sent_up_again_wants_a_word_more(work, household):
    first = work.relief.refer(asked(household, amount=Money.yuan(2500)))

    again = refusal(work.relief.refer, asked(household, amount=Money.yuan(2600)))
    other = work.relief.refer(asked(household, amount=Money.yuan(2600), event_note="第二次起火"))

    assert (again.code, again.field) == ("F-19", "event_note")
    assert first.document_no in again.what
    assert other.status is ReliefStatus.REFERRED_UP


def test_one_emergency_noted_twice_on_a_day_is_asked_about_before_the_second(work, household):
    first = work.relief.report(asked(household, event_note="灶房起火"))

    same = refusal(work.relief.report, asked(household, event_note="灶房起火"))
    silent = refusal(
        work.relief.report,
        asked(household, payee=household.members[1].person.id, payee_name="覃小雨"),
    )
    kinds = [work.relief.report(asked(household, event=ILL, amount=Money(0)))]
    kinds.append(work.relief.report(asked(household, event_note="夜里柴房又起火")))
    work.clock.advance(days=1)
    kinds.append(work.relief.report(asked(household)))

    assert (same.code, silent.code, same.field) == ("M-75", "M-75", "event_note")
    assert first.document_no in same.what
    assert len({one.id for one in kinds}) == 3


LATE = datetime(2026, 3, 30, 23, 50, tzinfo=CHINA)


def test_midnight_makes_no_other_emergency_of_one_that_was_noted(work, household):
    work.clock.at = LATE
    first = work.relief.report(asked(household))
    work.clock.advance(minutes=20)

    again = refusal(work.relief.report, asked(household))
    other = work.relief.report(asked(household, event_note="夜里柴房又起火"))

    assert again.code == "M-75"
    assert "3月30日" in again.what
    assert other.id != first.id


@pytest.mark.parametrize("minutes", [5, 20])  # before midnight, and after it
def test_one_nights_help_is_not_given_twice_in_other_words(work, household, minutes):
    work.clock.at = LATE
    first = work.relief.pay(asked(household, event=EventKind.OTHER, event_note="后墙塌了"))
    work.clock.advance(minutes=minutes)
    words = {"event": EventKind.OTHER, "event_note": "屋墙倒塌", "apart": "又一面墙"}

    again = refusal(work.relief.pay, asked(household, **words))
    more = work.relief.pay(asked(household, **words, amount=Money.yuan(200)))

    assert again.code == "M-62"
    assert first.document_no in again.what
    assert left(work) == Money.yuan(500)
    assert more.status is ReliefStatus.PAPERWORK_PENDING


def test_two_records_of_one_night_that_were_agreed_to_are_paid_once(work, household):
    work.clock.at = LATE
    first = agreed(work, asked(household, event_note="灶房起火"))
    work.clock.advance(minutes=20)
    second = agreed(work, asked(household, event_note="厨房着火"))
    work.relief.pay_known(first.id)

    again = refusal(work.relief.pay_known, second.id)

    assert (again.code, left(work)) == ("M-62", Money.yuan(700))
    assert work.relief.steps.decline(second.id, "记了两次").status is ReliefStatus.DECLINED


@pytest.mark.parametrize("table", ["emergency_relief", "relief_instalment", "reserve_entry"])
def test_the_file_itself_holds_a_payment_number_once(work, household, table):
    fund = ReserveFunds(work.begin, work.clock)
    fund.put_in(Money.yuan(1000), work.clock.today())
    work.relief.pay(asked(household))
    work.relief.pay(asked(household, event=ILL, apart="夜里又病了", amount=Money.yuan(100)))
    work.relief.pay(asked(payee_name="过路人", parts=(Money.yuan(200), Money.yuan(100))))

    with work.begin() as unit, pytest.raises(IntegrityError):
        unit.connection.exec_driver_sql(f"UPDATE {table} SET payment_id = 'one'")  # noqa: S608


def test_what_happens_a_day_later_is_something_else(work, household):
    work.clock.at = LATE
    work.relief.pay(asked(household, event=EventKind.OTHER, event_note="后墙塌了"))
    work.clock.advance(days=1)

    paid = work.relief.pay(asked(household, event=EventKind.OTHER, event_note="猪圈塌了"))

    assert paid.status is ReliefStatus.PAPERWORK_PENDING


def test_what_was_noted_and_is_not_so_may_be_noted_again_that_day(work, household):
    first = work.relief.report(asked(household))
    work.relief.steps.decline(first.id, "记错了户")

    assert work.relief.report(asked(household)).id != first.id


def test_what_was_declined_may_go_up_again(work, household):
    first = work.relief.refer(asked(household, amount=Money.yuan(2500)))
    work.relief.steps.decline(first.id, "镇上没同意")

    assert work.relief.refer(asked(household, amount=Money.yuan(2500))).id != first.id


def test_two_records_of_one_request_are_paid_once_on_whatever_day(work, household):
    told = []
    for _ in range(2):
        told.append(work.relief.report(asked(household)).id)
        work.clock.advance(days=1)
    for one in told:
        work.relief.steps.verify(one)
        work.relief.steps.approve(one, ABOVE)
    work.relief.pay_known(told[0])
    today = refusal(work.relief.pay_known, told[1])
    work.clock.advance(days=1)

    later = refusal(work.relief.pay_known, told[1])

    assert (today.code, later.code) == ("F-13", "M-62")
    assert left(work) == Money.yuan(700)
    assert work.relief.steps.decline(told[1], "记了两次").status is ReliefStatus.DECLINED


def test_what_was_agreed_to_is_paid_beside_another_emergency(work, household):
    work.relief.pay(asked(household, event=ILL))
    up = agreed(work, asked(household, amount=Money.yuan(2500)), amount=Money.yuan(300))

    assert refusal(work.relief.pay_known, up.id).code == "M-76"
    assert work.relief.pay_known(up.id, apart="火灾是下午的").status is ReliefStatus.PAID


@pytest.mark.parametrize("deed", ["pay", "refer", "report"])
def test_nothing_follows_on_what_is_not_there_or_was_never_given(work, household, deed):
    declined = work.relief.report(asked(household))
    work.relief.steps.decline(declined.id, "没有这回事")
    call = getattr(work.relief, deed)

    for parent in ("nobody", declined.id):
        request = asked(household, event_note="接着帮", parent=parent, approval=ABOVE)
        assert refusal(call, request).code == "M-50"


def test_what_follows_on_is_not_paid_without_somebody_above(work, household):
    first = work.relief.pay(asked(household))
    work.clock.advance(days=7)
    next_one = work.relief.report(asked(household, parent=first.id))

    unasked = refusal(work.relief.pay_known, next_one.id)
    work.relief.steps.verify(next_one.id)
    work.relief.steps.approve(next_one.id, ABOVE)

    assert unasked.code == "M-23"
    assert work.relief.pay_known(next_one.id).status is ReliefStatus.PAID


def test_a_token_is_good_through_its_last_day(work, household):
    with work.begin() as unit:
        unit.connection.exec_driver_sql("UPDATE quota_token SET not_after = '2026-03-02'")
        unit.commit()
    last_day = left(work)
    work.clock.advance(days=1)

    assert (last_day, left(work)) == (Money.yuan(1000), Money(0))
    assert refusal(work.relief.pay, asked(household)).code == "F-15"


def test_the_year_of_a_cause_is_the_one_it_was_found_in(work, household):
    new_year = work.clock.now() + timedelta(days=305)  # 1 January
    with work.begin() as unit:
        unit.connection.exec_driver_sql("UPDATE quota_token SET not_after = '2027-12-31'")
        unit.commit()
    work.clock.advance(days=300)
    work.relief.pay(asked(household))
    work.clock.advance(days=6)

    last_year = asked(household, event_note="去年的", found_at=new_year - timedelta(days=2))

    assert refusal(work.relief.pay, last_year).code == "M-21"
    assert work.relief.pay(asked(household, event_note="今年的")).amount == Money.yuan(300)


def test_a_record_nobody_has_is_said_to_be_none(work):
    for call in (work.relief.get, work.relief.case, work.relief.debts, work.relief.pay_known):
        assert refusal(call, "nobody").code == "F-12"


@pytest.mark.parametrize(
    ("number", "code"),
    [("123", "R-37"), ("459901195001012910", "I-05"), ("459901500101291", "I-02")],
)
def test_no_money_goes_out_under_a_number_that_is_none(work, number, code):
    typed = asked(payee_name="黄老五", payee_id_number=number, event=ILL)

    refused = refusal(work.relief.pay, typed)

    assert (refused.code, refused.field) == (code, "payee_id_number")
    assert work.relief.all() == []
