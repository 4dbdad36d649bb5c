"""Every road money takes stops while the county has not looked at this laptop (security S-26).

Prepared first, then the alarm, then the road: it is refused and nothing is written. Read with it:
what moves no money goes on, for the work must not stop.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.casework import EventKind
from app.domain.money import Money
from app.domain.relief_words import ApprovalWay, CheckResult
from app.services.fund import ReserveFunds
from app.services.relief_asked import Approval, MakeUp
from app.store.link_notes import Alarm, end_alarm, raise_alarm
from tests.relief import TODAY, asked, refusal
from tests.sent_back import send_back
from tests.storefile import household_of

FEBRUARY = date(2026, 2, 10)
PARTS = (Money.yuan(200), Money.yuan(100))
ON_PAPER = Approval("镇民政办", ApprovalWay.WRITTEN)


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
    funds.put_in(Money.yuan(1000), FEBRUARY)
    return funds


def given(work, household, **changes):
    return work.relief.pay(asked(household, **changes))


def pay(work, household, _fund):
    return lambda: given(work, household)


def pay_known(work, household, _fund):
    up = work.relief.refer(asked(household))
    work.relief.steps.approve(up.id, ON_PAPER)
    return lambda: work.relief.pay_known(up.id)


def pay_part(work, household, _fund):
    paid = given(work, household, parts=PARTS)
    part = work.relief.case(paid.id).instalments[1]
    work.clock.advance(days=31)
    return lambda: work.relief.pay_part(paid.id, part.id)


def recover(work, household, _fund):
    paid = given(work, household)
    work.relief.steps.make_up(paid.id, MakeUp(text="不符", result=CheckResult.RECOVER))
    return lambda: work.relief.steps.recover(paid.id, Money.yuan(100))


def reverse(work, household, _fund):
    paid = given(work, household)
    return lambda: work.relief.steps.reverse(paid.id, "打错")


def reverse_part(work, household, _fund):
    paid = given(work, household, parts=PARTS)
    part = work.relief.case(paid.id).instalments[0]
    return lambda: work.relief.steps.reverse_part(paid.id, part.id, "打错")


def put_in(_work, _household, fund):
    return lambda: fund.put_in(Money(1), TODAY)


def adjust(_work, _household, fund):
    return lambda: fund.adjust(Money(1), "漏了一分")


def redate(work, _household, fund):
    entry = sent_back(work, fund)
    return lambda: fund.redate(entry, TODAY)


def strike(work, _household, fund):
    entry = sent_back(work, fund)
    return lambda: fund.strike(entry, "没有这笔钱")


def close_month(_work, _household, fund):
    return lambda: fund.close_month("2026-02")


def sent_back(work, fund):
    """An entry the county returned."""
    fund.put_in(Money.yuan(30), FEBRUARY)
    entry = fund.state().lines[-1].entry.id
    send_back(work, "reserve_entry", entry)
    return entry


def head_of(work):
    with work.begin() as unit:
        return unit.head.n


def alarm(work):
    with work.begin() as unit:
        raise_alarm(unit.connection, Alarm.SET_ASIDE, work.clock.now())
        unit.commit()


ROADS = (
    pay, pay_known, pay_part, recover, reverse, reverse_part,
    put_in, adjust, redate, strike, close_month,
)  # fmt: skip


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_no_road_of_money_is_open_before_the_county_has_looked(work, household, fund, road):
    go = road(work, household, fund)
    alarm(work)
    before = head_of(work), fund.state()

    problem = refusal(go)

    assert problem.code == "S-26"
    assert (head_of(work), fund.state()) == before
    with work.begin() as unit:
        end_alarm(unit.connection)
        unit.commit()
    go()
    assert head_of(work) > before[0]


def test_what_moves_no_money_goes_on_meanwhile(work, household, fund):
    paid = given(work, household)
    alarm(work)

    noted = work.relief.report(asked(household, event=EventKind.TRAFFIC))
    work.relief.steps.verify(noted.id)
    work.relief.steps.make_up(paid.id, MakeUp(text="属实", items=("申请书",)))
    fund.warn_below(Money.yuan(300))

    assert fund.state().low == Money.yuan(300)
    assert work.relief.case(paid.id).supplements
