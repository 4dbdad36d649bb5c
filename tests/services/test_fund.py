"""The reserve fund's use cases: never overdrawn, frozen by month, put right only by a new entry."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import CheckResult, EntryKind, FundSource
from app.domain.today import WorkKind
from app.services.fund import ReserveFunds
from app.services.relief_asked import MakeUp, PayRelief
from tests.procedure import under
from tests.storefile import household_of

TODAY = date(2026, 3, 2)
FEBRUARY = date(2026, 2, 10)


@pytest.fixture
def fund(work):
    """The fund's use cases."""
    return ReserveFunds(work.begin, work.clock)


def asked(**changes):
    usual = {
        "household": None,
        "payee_name": "覃兰英",
        "event": EventKind.FIRE,
        "amount": Money.yuan(300),
        "way": ReliefWay.CASH,
    }
    return PayRelief(**(usual | changes))


def refusal(call, *arguments, **named):
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    assert caught.value.what.endswith("。")
    return caught.value


def kinds(fund):
    return [line.entry.kind for line in fund.state().lines]


def test_the_first_money_opens_it_and_payments_come_out_of_it(work, fund):
    closed = fund.state().opened_on
    fund.put_in(Money.yuan(500), TODAY, "云溪镇拨入", "拨字1号")
    fund.warn_below(Money.yuan(300))
    paid = work.relief.pay(asked())

    state = fund.state()
    assert closed is None
    assert paid.source is FundSource.RESERVE
    assert (state.balance, state.is_low) == (Money.yuan(200), True)
    assert [line.balance for line in state.lines] == [Money.yuan(500), Money.yuan(200)]
    assert (state.lines[1].who, state.lines[1].entry.voucher_no) == ("覃兰英", paid.document_no)
    assert work.relief.allowance().fund == Money.yuan(200)


def test_the_same_money_does_not_come_in_twice_by_being_typed_twice(work, fund):
    fund.put_in(Money.yuan(500), TODAY, "云溪镇拨入", "拨字1号")

    problem = refusal(fund.put_in, Money.yuan(500), TODAY, "云溪镇拨入", "拨字1号")
    fund.put_in(Money.yuan(500), TODAY, "云溪镇拨入", "拨字2号")

    assert (problem.code, problem.field) == ("M-79", "voucher_no")
    assert fund.state().balance == Money.yuan(1000)


def test_what_was_taken_back_is_not_put_right_a_second_time(work, fund):
    fund.put_in(Money.yuan(500), TODAY)
    paid = work.relief.pay(asked())
    out = next(one.entry for one in fund.state().lines if one.entry.kind is EntryKind.OUT)
    work.relief.steps.reverse(paid.id, "人记错了")

    problem = refusal(fund.adjust, Money.yuan(300), "没有给", out.id)

    assert (problem.code, fund.state().balance) == ("M-80", Money.yuan(500))


def test_more_than_is_in_it_is_not_paid_out_of_it(work, fund):
    fund.put_in(Money.yuan(299), TODAY)

    problem = refusal(work.relief.pay, asked())
    other = work.relief.pay(asked(source=FundSource.BUDGET))

    assert (problem.code, problem.field) == ("M-22", "amount")
    assert "299.00" in problem.what
    assert fund.state().balance == Money.yuan(299)
    assert other.source is FundSource.BUDGET


def test_parts_that_come_later_need_the_fund_when_they_come(work, fund):
    fund.put_in(Money.yuan(200), TODAY)
    relief = work.relief.pay(asked(parts=(Money.yuan(200), Money.yuan(100))))
    part = work.relief.case(relief.id).instalments[1]

    work.clock.advance(days=31)

    assert refusal(work.relief.pay_part, relief.id, part.id).code == "M-22"
    fund.put_in(Money.yuan(100), TODAY)
    work.relief.pay_part(relief.id, part.id)
    assert fund.state().balance == Money(0)


def test_a_reversal_puts_back_exactly_what_went_out(work, fund):
    fund.put_in(Money.yuan(500), TODAY)
    paid = work.relief.pay(asked())
    work.relief.steps.reverse(paid.id, "人记错了")

    lines = fund.state().lines
    assert sorted(kinds(fund)) == sorted([EntryKind.IN, EntryKind.OUT, EntryKind.REVERSED])
    back = next(one.entry for one in lines if one.entry.kind is EntryKind.REVERSED)
    out = next(one.entry for one in lines if one.entry.kind is EntryKind.OUT)
    assert (back.names, back.reason) == (out.id, "人记错了")
    assert fund.state().balance == Money.yuan(500)


def test_what_is_got_back_goes_in_again(work, fund):
    fund.put_in(Money.yuan(500), TODAY)
    paid = work.relief.pay(asked())
    work.relief.steps.make_up(paid.id, MakeUp(text="不属实", result=CheckResult.RECOVER, items=()))
    work.relief.steps.recover(paid.id, Money.yuan(120))

    assert fund.state().balance == Money.yuan(320)
    assert work.relief.get(paid.id).status is ReliefStatus.RECOVERING


@pytest.mark.parametrize(
    ("amount", "on", "code"),
    [
        (Money(0), TODAY, "M-40"),
        (Money.yuan(-5), TODAY, "M-40"),
        (Money.yuan(5), TODAY + timedelta(days=1), "M-42"),
        (Money.yuan(5), date(206, 3, 2), "M-42"),
    ],
)
def test_money_that_cannot_have_come_in_is_refused(fund, amount, on, code):
    assert refusal(fund.put_in, amount, on).code == code
    assert fund.state().lines == ()


def test_before_there_is_a_fund_there_is_nothing_to_do_with_it(fund):
    assert refusal(fund.adjust, Money.yuan(1), "原因").code == "M-39"
    assert refusal(fund.close_month, "2026-02").code == "M-39"
    assert refusal(fund.warn_below, Money.yuan(1)).code == "M-39"


def test_the_books_are_put_right_by_an_entry_that_says_why(fund):
    fund.put_in(Money.yuan(500), TODAY)
    wrong = fund.state().lines[0].entry

    assert refusal(fund.adjust, Money.yuan(-100), " ", wrong.id).code == "M-44"
    assert refusal(fund.adjust, Money.yuan(-100), "多记了", "nothing").code == "M-48"
    assert refusal(fund.adjust, Money.yuan(-501), "多记了", wrong.id).code == "M-22"
    assert refusal(fund.adjust, Money(0), "多记了", wrong.id).code == "M-40"
    fund.adjust(Money.yuan(-100), "多记了一百", wrong.id)
    fund.adjust(Money.yuan(50), "少记了五十")

    assert fund.state().balance == Money.yuan(450)
    assert wrong in [line.entry for line in fund.state().lines]


def test_a_closed_month_takes_nothing_more(fund):
    fund.put_in(Money.yuan(500), FEBRUARY)
    fund.put_in(Money.yuan(70), TODAY)
    waiting = fund.state().open_months
    closed = fund.close_month("2026-02")

    assert waiting == ("2026-02",)
    assert (closed.balance, closed.entries) == (Money.yuan(500), 1)
    assert refusal(fund.put_in, Money.yuan(1), FEBRUARY).what == "2026年2月已经月结，不能再记。"
    assert refusal(fund.put_in, Money.yuan(1), date(2026, 1, 5)).code == "M-41"
    assert refusal(fund.adjust, Money.yuan(1), "漏了", None, FEBRUARY).code == "M-41"
    assert refusal(fund.close_month, "2026-02").code == "M-46"
    assert fund.state().balance == Money.yuan(570)


def test_what_was_wrong_in_a_closed_month_is_put_right_in_an_open_one(fund):
    fund.put_in(Money.yuan(500), FEBRUARY)
    wrong = fund.state().lines[0].entry
    fund.close_month("2026-02")
    fund.adjust(Money.yuan(-20), "多记了", wrong.id)

    mended = fund.state().lines[-1].entry
    assert (mended.names, mended.booked_on, mended.happened_on) == (wrong.id, TODAY, FEBRUARY)
    assert "2026年2月10日" in mended.summary


@pytest.mark.parametrize("month", ["2026-03", "2026-04", "2026-13", "三月"])
def test_a_month_that_is_not_over_is_not_closed(fund, month):
    fund.put_in(Money.yuan(500), FEBRUARY)

    assert refusal(fund.close_month, month).code == "M-45"


def test_a_later_month_closes_those_before_it(fund):
    fund.put_in(Money.yuan(500), date(2025, 12, 10))
    fund.close_month("2026-02")

    assert refusal(fund.close_month, "2026-01").code == "M-46"
    assert fund.state().open_months == ()


def test_money_put_in_later_cannot_pay_for_an_earlier_day(fund):
    fund.put_in(Money.yuan(100), FEBRUARY)
    fund.put_in(Money.yuan(900), TODAY)

    assert refusal(fund.adjust, Money.yuan(-101), "多记了", None, FEBRUARY).code == "M-22"
    fund.adjust(Money.yuan(-100), "多记了", None, FEBRUARY)
    assert fund.state().balance == Money.yuan(900)


def test_she_says_when_it_is_low(fund):
    fund.put_in(Money.yuan(800), TODAY)
    before = fund.state().is_low
    fund.warn_below(Money.yuan(1000))

    assert (before, fund.state().is_low) == (False, True)
    assert fund.state().low == Money.yuan(1000)
    assert refusal(fund.warn_below, Money(-1)).code == "M-40"


def reminded(work):
    """What today's list says of the fund."""
    items = work.worklist.today().items
    return [(i.why, i.page) for i in items if i.kind is WorkKind.RESERVE_FUND]


def test_below_which_sum_it_is_low_is_asked_for_and_never_guessed(work, fund):
    before = reminded(work)
    fund.put_in(Money.yuan(1), TODAY)
    state = fund.state()

    assert before == []
    assert (state.low, state.is_low) == (None, False)
    assert reminded(work) == [("低于多少要请乡镇再拨，还没定", "fund")]
    fund.warn_below(Money(0))
    assert reminded(work) == []


@pytest.mark.parametrize(
    ("norm", "told"),
    [("per_hukou_head", "备用金每个户籍人口每年不少于 1 元"), ("manual", "这台电脑的备用金台账")],
)
def test_who_asks_for_the_figure_is_told_what_the_pack_says_of_it(work, fund, norm, told):
    under(work, reserve_fund_norm=f'value = "{norm}"')
    fund.put_in(Money.yuan(1), TODAY)

    (row,) = [one for one in work.worklist.everything() if one.kind is WorkKind.RESERVE_FUND]

    assert row.rule.startswith(told)


def test_a_fund_that_is_low_stands_in_the_list_until_there_is_money_again(work, fund):
    fund.put_in(Money.yuan(500), TODAY)
    fund.warn_below(Money.yuan(300))
    enough = reminded(work)
    work.relief.pay(asked(amount=Money.yuan(201)))
    low = reminded(work)
    fund.put_in(Money.yuan(1), TODAY)

    assert enough == []
    assert low == [("还有 299.00 元，低于 300.00 元了", "fund")]
    assert reminded(work) == []
    assert work.worklist.check() == []


def test_a_list_made_anew_still_says_that_the_fund_is_low(work, fund):
    fund.put_in(Money.yuan(5), TODAY)
    work.worklist.forget()

    assert reminded(work) != []


def test_the_month_leaves_as_paper_and_as_a_sheet(work, fund, tmp_path):
    work.households.add_all([household_of("覃兰英", id_number=None)])
    fund.put_in(Money.yuan(500), TODAY, "=1+1")
    work.relief.pay(asked(event_note="灶房起火"))
    fund.export("2026-03", tmp_path / "台账.xlsx")
    paper = work.printing.make("F18", None, "2026-03")

    sheet = load_workbook(tmp_path / "台账.xlsx").active
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s")
    assert (sheet["E4"].value, sheet["F4"].value) == (300, 200)
    assert paper.pages == 2  # 乡镇一份，财政所一份
    assert refusal(fund.export, "2026-03", tmp_path / "台账.csv").code == "M-51"
    assert refusal(fund.export, "2025-03", tmp_path / "台账.xlsx").code == "M-47"
    assert refusal(work.printing.make, "F18", None, "2025-01").code == "P-20"


def test_a_payment_out_of_the_fund_cannot_be_dated_back_by_a_clock_set_back(work, fund):
    fund.put_in(Money.yuan(500), FEBRUARY)
    fund.close_month("2026-02")
    work.clock.advance(days=-10)

    assert refusal(work.relief.pay, asked()).code == "M-41"
    assert fund.state().balance == Money.yuan(500)


@pytest.mark.parametrize(
    ("month", "code"),
    [("1999-01", "M-47"), ("2026-01", "M-47"), ("2026-02x", "M-45"), ("2026-03", "M-45")],
)
def test_only_a_month_of_the_fund_that_is_over_is_closed(fund, month, code):
    fund.put_in(Money.yuan(500), FEBRUARY)

    assert refusal(fund.close_month, month).code == code
    assert fund.state().months == ()


def closing(work):
    rows = [one for one in work.worklist.today().items if one.kind is WorkKind.RESERVE_FUND]
    return [one.why for one in rows if "月结" in one.why]


def test_a_month_that_is_over_asks_to_be_closed_once_for_all_before_it(work, fund):
    fund.put_in(Money.yuan(500), FEBRUARY, "云溪镇拨入", "拨字1号")
    fund.put_in(Money.yuan(500), TODAY, "云溪镇拨入", "拨字2号")
    february = closing(work)

    work.clock.advance(days=30)  # 1 April
    march = closing(work)
    fund.close_month("2026-03")

    assert february == ["2026年2月过完了，还没月结"]
    assert march == ["2026年3月过完了，还没月结"]
    assert closing(work) == []
    assert work.worklist.check() == []


def test_a_month_without_anything_in_its_books_asks_for_nothing(work, fund):
    fund.put_in(Money.yuan(500), FEBRUARY, "云溪镇拨入", "拨字1号")
    fund.close_month("2026-02")
    work.clock.advance(days=60)

    assert closing(work) == []
