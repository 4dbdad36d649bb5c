"""The reserve fund at its edges: one fen, the day the money counts, the form that goes with it."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.fund import month_id
from app.domain.money import Money
from app.domain.relief_words import EntryKind, FundSource
from app.domain.today import WorkKind
from app.services.fund import ReserveFunds
from tests.relief import TODAY, asked, refusal
from tests.sent_back import send_back

FEBRUARY = date(2026, 2, 10)


@pytest.fixture
def fund(work):
    """The fund's use cases."""
    return ReserveFunds(work.begin, work.clock)


def test_before_there_is_money_there_is_none_to_spend(work, fund):
    state = fund.state()

    assert (state.balance, state.low, state.open_months) == (Money(0), None, ())
    assert work.relief.allowance().fund is None
    assert refusal(work.relief.pay, asked(source=FundSource.RESERVE)).code == "M-22"


def test_it_is_low_below_the_sum_she_said_and_not_at_it(fund):
    fund.put_in(Money.yuan(300), TODAY)
    fund.warn_below(Money.yuan(300))
    at_it = fund.state().is_low
    fund.adjust(Money(-1), "多记了一分")

    assert (at_it, fund.state().is_low) == (False, True)


def test_one_fen_is_money_whichever_way_it_goes(fund):
    fund.put_in(Money(1), TODAY)
    fund.adjust(Money(1), " 漏了一分 ")
    fund.adjust(Money(-1), "多了一分")

    kinds = [(line.entry.kind, line.balance) for line in fund.state().lines]
    assert kinds == [
        (EntryKind.IN, Money(1)),
        (EntryKind.ADJUST_UP, Money(2)),
        (EntryKind.ADJUST_DOWN, Money(1)),
    ]
    assert fund.state().lines[1].entry.reason == "漏了一分"


@pytest.mark.parametrize(
    ("said", "stands"), [("  ", "乡镇拨入"), (" 云溪镇拨入 ", "云溪镇拨入")], ids=["blank", "said"]
)
def test_from_whom_it_came_stands_without_blanks(fund, said, stands):
    fund.put_in(Money.yuan(300), TODAY, said, " 拨字1号 ")

    entry = fund.state().lines[0].entry
    assert (entry.summary, entry.voucher_no) == (stands, "拨字1号")


@pytest.mark.parametrize("deed", ["put_in", "adjust"])
def test_the_form_goes_with_what_was_booked_and_stays_with_what_was_refused(work, fund, deed):
    fund.put_in(Money.yuan(300), TODAY)
    call = {
        "put_in": lambda sum_: fund.put_in(sum_, TODAY, draft_key="fund"),
        "adjust": lambda sum_: fund.adjust(sum_, "漏了", draft_key="fund"),
    }[deed]
    work.drafts.keep("fund", {"amount": "1"})

    refusal(call, Money(0))
    kept = work.drafts.get("fund")
    call(Money(1))

    assert (kept, work.drafts.get("fund")) == ({"amount": "1"}, None)


def test_every_month_that_is_over_can_be_closed_once(fund):
    fund.put_in(Money.yuan(300), date(2025, 12, 10))
    waiting = fund.state().open_months
    fund.close_month("2025-12")
    fund.close_month("2026-01")

    assert waiting == ("2025-12", "2026-01", "2026-02")
    assert fund.state().open_months == ("2026-02",)


def test_a_correction_of_today_stands_in_today_and_one_of_another_day_in_that(fund):
    fund.put_in(Money.yuan(300), FEBRUARY)
    fund.adjust(Money.yuan(1), "漏了")
    fund.adjust(Money.yuan(1), "漏了", None, FEBRUARY)

    days = [(one.entry.booked_on, one.entry.happened_on) for one in fund.state().lines]
    assert days == [(FEBRUARY, FEBRUARY), (FEBRUARY, FEBRUARY), (TODAY, TODAY)]


def test_money_the_county_returned_is_not_spent_before_it_is_mended(work, fund):
    fund.put_in(Money.yuan(300), TODAY)
    fund.put_in(Money.yuan(500), TODAY)
    send_back(work, "reserve_entry", fund.state().lines[-1].entry.id)

    problem = refusal(work.relief.pay, asked(amount=Money.yuan(301)))

    assert (problem.code, "300.00" in problem.what) == ("M-22", True)
    assert work.relief.allowance().fund == Money.yuan(300)
    assert fund.state().balance == Money.yuan(800)
    assert work.relief.pay(asked(amount=Money.yuan(300))).source is FundSource.RESERVE


def test_money_that_left_has_left_though_the_county_returned_the_line(work, fund):
    fund.put_in(Money.yuan(500), TODAY)
    work.relief.pay(asked())
    out = next(one.entry for one in fund.state().lines if one.entry.kind is EntryKind.OUT)
    send_back(work, "reserve_entry", out.id)

    assert work.relief.allowance().fund == Money.yuan(200)
    assert refusal(fund.adjust, Money.yuan(-201), "多记了").code == "M-22"
    assert refusal(fund.strike, out.id, "没有给").code == "M-58"


def test_a_month_with_something_returned_before_it_is_not_closed(work, fund):
    fund.put_in(Money.yuan(500), date(2026, 1, 10))
    entry = fund.state().lines[0].entry.id
    fund.put_in(Money.yuan(500), FEBRUARY)
    send_back(work, "reserve_entry", entry)

    assert refusal(fund.close_month, "2026-02").code == "M-66"
    fund.strike(entry, " 没有这笔 ")
    assert fund.state().lines[0].entry.struck == "没有这笔"
    assert fund.close_month("2026-02").balance == Money.yuan(500)


def test_the_row_of_a_month_that_came_back_names_it_as_it_is_read_out(work, fund):
    fund.put_in(Money.yuan(500), FEBRUARY)
    closed = fund.close_month("2026-02")
    send_back(work, "reserve_month", month_id(closed.fund, closed.month), "结余对不上。")

    (row,) = [one for one in work.worklist.everything() if one.kind is WorkKind.RETURNED]

    assert row.why == "2026年2月的月结县里退回了：结余对不上。"


def test_what_was_struck_is_not_put_right_and_may_be_told_anew(work, fund):
    told = (Money.yuan(500), TODAY, "云溪镇拨入", "拨字1号")
    fund.put_in(*told)
    entry = fund.state().lines[0].entry.id
    send_back(work, "reserve_entry", entry)
    fund.strike(entry, "日子不对")

    problem = refusal(fund.adjust, Money.yuan(-500), "没有这笔", entry)
    fund.put_in(*told)

    assert (problem.code, fund.state().balance) == ("M-80", Money.yuan(500))


def test_only_money_that_came_in_is_told_twice(fund):
    fund.put_in(Money.yuan(500), TODAY, "调增")
    fund.adjust(Money.yuan(100), "漏了")

    fund.put_in(Money.yuan(100), TODAY, "调增")

    assert fund.state().balance == Money.yuan(700)
