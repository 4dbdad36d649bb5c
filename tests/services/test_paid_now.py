"""While a 渐退 runs nobody is shown the sum from before it as what is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.grace_states import GraceEvent as E
from app.domain.money import Money
from app.services.households import Households
from app.services.paid_now import PaidNow, paid_in
from app.ui.household.table import money_text
from tests.standing import village_of
from tests.storefile import bare_engine

GRANTED = Money.yuan(235)


@pytest.fixture
def village(tmp_path, clock):
    """A household in Tianjin's way of 渐退: three months whole, three months half."""
    engine = bare_engine(tmp_path)
    made = village_of(engine, clock)
    with made.begin() as work:
        work.change(
            kind="household.corrected", entity="household", entity_id=made.home.id,
            subject=made.home.id, fields={"benefit_month_fen": GRANTED},
        )  # fmt: skip
        work.commit()
    yield made
    engine.dispose()


@pytest.fixture
def graced(village):
    village.tested()
    grace = village.graces.propose(village.home.id, reason="儿子进厂上班")
    village.step(grace, E.APPROVE)
    return village


def paid(village, year, month):
    with village.begin() as work:
        home = work.households.get(village.home.id)
        return paid_in(work, home, date(year, month, 15))


def test_without_one_it_is_what_was_granted(village):
    assert paid(village, 2026, 4) == PaidNow(GRANTED)


def test_each_month_pays_its_share_and_after_the_last_nothing(graced):
    until = date(2026, 9, 30)

    assert paid(graced, 2026, 3) == PaidNow(GRANTED)
    whole, half, over = (paid(graced, 2026, month) for month in (4, 9, 10))

    assert (whole, half, over) == (
        PaidNow(GRANTED, until),
        PaidNow(Money.yuan(118), until),  # half of 235, rounded as the pack says
        PaidNow(None, until),
    )


def test_the_page_says_so_in_her_words(graced):
    home = Households(graced.begin, graced.clock).open(graced.home.id)

    plain = money_text(home, PaidNow(GRANTED))
    half = money_text(home, paid(graced, 2026, 9))

    assert plain == "低保 每月 235.00 元"
    assert ("正在渐退" in half, "2026年9月" in half) == (True, True)
    assert money_text(replace(home, benefit_month=None), PaidNow(None)).endswith("没有按月发的钱")
