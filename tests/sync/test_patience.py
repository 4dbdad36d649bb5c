"""Waiting before another try: longer, never the same, stopped at once — and not without a road."""

from __future__ import annotations

import random
import time

import pytest

from app.domain.problem import Problem
from app.sync.patience import MOST_SECONDS, Patience, delay
from app.sync.problems import CountyRefused, Stopped, link_cut, not_reached, not_the_county, stopped
from app.sync.road import Phase, run_here
from app.sync.transport import pause
from tests.counties import DirectRoad


def test_the_wait_doubles_up_to_a_ceiling_and_is_drawn():
    assert [delay(tried, lambda: 0.5) for tried in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert delay(20, lambda: 0.5) == MOST_SECONDS / 2
    assert delay(3, lambda: 0.0) == 0


def test_a_thousand_laptops_do_not_come_back_together():
    chance = random.Random(7)  # noqa: S311  # spreads, hides nothing
    waits = sorted(delay(5, chance.random) for _ in range(1000))

    busiest = max(
        sum(1 for wait in waits if at <= wait < at + 1) for at in range(int(waits[-1]) + 1)
    )

    assert busiest < 80


def test_what_the_county_asks_for_is_kept():
    chance = random.Random(7)  # noqa: S311  # as above

    assert all(30 <= delay(1, chance.random, 30) < 31 for _ in range(100))


class Moody(DirectRoad):
    """Fails as told, then works."""

    def __init__(self, office, *failures: Problem) -> None:
        super().__init__(office)
        self.failures = list(failures)

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)

    def send_batch(self, data: bytes) -> bytes:
        self._fail()
        return super().send_batch(data)


def patiently(laptop, road, *, tries=4, wait=None, watch=None):
    waited: list[float] = []
    patience = Patience(tries, lambda: 0.5, wait or waited.append)
    laptop.syncing.sync_now(run_in_store=run_here, transport=road, patience=patience, watch=watch)
    return waited


def test_a_link_that_broke_is_tried_again_and_nothing_is_doubled(laptop, office):
    laptop.visit(laptop.add_household().id)
    seen = []

    waited = patiently(laptop, Moody(office, link_cut(), link_cut()), watch=seen.append)

    pauses = [(s.done, s.total, s.seconds) for s in seen if s.phase is Phase.PAUSE]
    assert waited == [1, 2]
    assert pauses == [(1, 4, 1.0), (2, 4, 2.0)]
    assert laptop.syncing.status().waiting == 0
    assert office.status()["operations"]["visit"] == 1


def test_after_the_last_try_she_is_told(laptop, office):
    laptop.visit(laptop.add_household().id)
    road = Moody(office, *[link_cut() for _ in range(4)])

    with pytest.raises(Problem) as caught:
        patiently(laptop, road)

    assert caught.value.code == "S-11"
    assert road.failures == []


def test_no_network_is_told_at_once_and_so_is_a_portal(laptop, office):
    laptop.visit(laptop.add_household().id)
    codes = []

    for problem in (not_reached(), not_the_county()):
        with pytest.raises(Problem) as caught:
            patiently(laptop, Moody(office, problem), wait=pytest.fail)
        codes.append(caught.value.code)

    assert codes == ["S-10", "S-12"]


def test_slow_down_is_obeyed_and_other_refusals_are_not_repeated(laptop, office):
    laptop.visit(laptop.add_household().id)
    slow = CountyRefused("请求太密。", do="请过 7 秒再试。", code="B-26", retry_after=7)
    no = CountyRefused("不行。", do="请联系县里。", code="B-04")

    with pytest.raises(CountyRefused) as caught:
        patiently(laptop, Moody(office, no), wait=pytest.fail)
    waited = patiently(laptop, Moody(office, slow))

    assert caught.value.code == "B-04"
    assert waited == [7.5]


def test_stop_ends_a_wait_and_leaves_everything_to_go_on_from(laptop, office):
    laptop.visit(laptop.add_household().id)

    def stop(_: float) -> None:
        raise stopped()

    with pytest.raises(Stopped):
        patiently(laptop, Moody(office, link_cut()), wait=stop)
    laptop.sync(DirectRoad(office))

    assert laptop.syncing.status().waiting == 0
    assert office.status()["operations"]["visit"] == 1


def test_a_real_wait_is_left_within_a_second():
    begun = time.monotonic()

    with pytest.raises(Stopped):
        pause(60, lambda: time.monotonic() - begun > 0.1)

    assert time.monotonic() - begun < 1
