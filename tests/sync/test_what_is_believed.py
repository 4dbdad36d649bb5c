"""What a laptop believes of an answer, and what it says of its own clock."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import pytest

from app.crypto.envelope import new_signing_pair
from app.store.link_notes import read_alarm
from app.sync.joining import address_of
from app.sync.problems import CountyRefused, NotReached
from app.sync.road import run_here
from app.sync.sealing import read_refusal
from app.ui.syncing.table import clock_text
from county_server.declined import fork
from county_server.refusals import refusal_of
from tests.counties import DirectRoad

ASKED = b"what was asked"


@pytest.fixture
def address(laptop):
    return laptop.syncing.enrolled(run_in_store=run_here).county


def told(address, county, clock):
    return read_refusal(address, ASKED, refusal_of(county, clock, ASKED, fork())[1])


def test_only_the_county_can_say_no(address, office, clock):
    """A stranger's word that the history split would stop the money."""
    stranger = replace(office.county, root=new_signing_pair())

    assert isinstance(told(address, office.county, clock), CountyRefused)
    with pytest.raises(NotReached) as caught:
        told(address, stranger, clock)
    assert caught.value.code == "S-12"


def test_a_stranger_s_no_on_the_road_stops_nothing(laptop, office):
    laptop.visit(laptop.add_household().id)

    with pytest.raises(NotReached):
        laptop.sync(Stranger(office))

    with laptop.begin() as work:
        assert read_alarm(work.connection) is None
    assert laptop.sync(DirectRoad(office)).sent > 0


class Stranger(DirectRoad):
    """Somebody on the road who says that the history split, under a key of their own."""

    def _ask(self, _work, data):
        own = replace(self.office.county, root=new_signing_pair())
        answer = refusal_of(own, self.office.clock, data, fork())[1]
        raise read_refusal(address_of(self.office.ticket()), data, answer)


@pytest.mark.parametrize(
    ("minutes", "said"), [(11, "慢了约 11 分钟"), (-11, "快了约 11 分钟"), (4, "")]
)
def test_how_far_the_clock_is_off_is_kept_and_said(laptop, office, clock, minutes, said):
    office.clock = copy(clock)
    office.clock.advance(minutes=60 + minutes)
    clock.advance(minutes=60)

    laptop.visit(laptop.add_household().id)
    laptop.sync(DirectRoad(office))

    status = laptop.syncing.status()
    assert status.clock_offset_ms == minutes * 60_000
    assert said in clock_text(status)
    assert bool(clock_text(status)) is bool(said)
