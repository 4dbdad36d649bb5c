"""A county knows for a week what it was asked; who was silent longer asks again, and hears all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.problem import Refused
from tests.counties import DirectRoad
from tests.fakes import StoppedClock


class Eavesdropped(DirectRoad):
    """A road on which somebody writes down what is asked."""

    def __init__(self, office) -> None:
        super().__init__(office)
        self.asked: list[bytes] = []

    def fetch_page(self, request: bytes) -> bytes:
        self.asked.append(request)
        return super().fetch_page(request)


@pytest.mark.parametrize("years_off", [0, -6, 30])
def test_whoever_was_silent_for_weeks_asks_twice_and_hears_everything(
    laptop, office, clock, years_off
):
    laptop.sync(DirectRoad(office))
    clock.advance(days=40)
    home = laptop.add_household("覃桂英")
    laptop.clock = StoppedClock(at=clock.now() + timedelta(days=365 * years_off))
    road = Eavesdropped(office)

    tally = laptop.sync(road)
    first = len(road.asked)
    laptop.sync(road)

    assert tally.sent > 0
    assert laptop.household(home.id).members
    assert len(road.asked) == first + 1
    for request in road.asked:
        with pytest.raises(Refused) as refused:
            road.desk.feed(request)
        assert refused.value.code == "B-25"


def test_what_was_written_down_on_the_road_is_never_good_again(laptop, office, clock):
    road = Eavesdropped(office)
    for days in (3, 3, 3, 40, 1):
        clock.advance(days=days)
        laptop.sync(road)

        for request in road.asked:
            with pytest.raises(Refused) as refused:
                road.desk.feed(request)
            assert refused.value.code == "B-25"
