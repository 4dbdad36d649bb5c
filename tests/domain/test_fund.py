"""The ledger's arithmetic: the balance is the sum, and the lowest point from a day on is found."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.fund import (
    FundEntry,
    balance_of,
    in_order,
    lowest_from,
    month_id,
    month_of,
    running,
)
from app.domain.money import Money
from app.domain.relief_words import EntryKind
from tests.fakes import NOON

FIRST = date(2026, 3, 1)


def entry(number: int, kind: EntryKind, fen: int, day: int) -> FundEntry:
    on = FIRST + timedelta(days=day)
    return FundEntry(
        id=f"e-{number:03d}",
        fund="f",
        kind=kind,
        amount=Money(fen),
        booked_on=on,
        happened_on=on,
        summary="",
        voucher_no="",
        reason="",
        relief=None,
        payment_id=None,
        names=None,
        handler="",
        recorded_at=NOON,
    )


ENTRIES = st.lists(
    st.tuples(st.sampled_from(list(EntryKind)), st.integers(1, 10_000), st.integers(0, 60)),
    max_size=30,
).map(lambda found: [entry(n, *one) for n, one in enumerate(found)])


@given(ENTRIES)
def test_the_balance_is_the_sum_in_whatever_order_it_is_added(entries):
    ordered = running(entries)

    assert balance_of(entries) == sum((e.amount * e.kind.sign for e in entries), Money(0))
    assert not ordered or ordered[-1][1] == balance_of(entries)
    assert [one for one, _ in ordered] == in_order(reversed(entries))


@given(ENTRIES, st.integers(0, 60), st.integers(1, 10_000))
def test_what_fits_the_lowest_point_overdraws_no_day_after_it(entries, day, fen):
    on = FIRST + timedelta(days=day)
    lowest = lowest_from(entries, on)
    taken = entry(999, EntryKind.OUT, fen, day)

    after = [balance for one, balance in running([*entries, taken]) if one.booked_on > on]

    if fen <= lowest.fen:
        assert all(balance.fen >= 0 for balance in after)
        assert balance_of([*entries, taken]).fen >= 0


def test_money_put_in_late_cannot_have_been_spent_before():
    entries = [entry(1, EntryKind.IN, 100, 0), entry(2, EntryKind.IN, 900, 20)]

    assert lowest_from(entries, FIRST) == Money(100)
    assert lowest_from(entries, FIRST + timedelta(days=20)) == Money(1000)


def test_months_are_named_so_that_they_sort():
    assert month_of(date(2026, 3, 31)) == "2026-03" < month_of(date(2026, 11, 1))
    assert month_id("fund-x", "2026-03") == "fund-x-2026-03"
