"""The next page is on its way while one is applied, and is taken only where it is what is asked."""

from __future__ import annotations

import pytest

from app.crypto.envelope import parse_document
from app.sync.downlink import CHECK_EVERY
from app.sync.problems import LinkCut, link_cut
from county_server import pages
from tests.counties import DirectRoad
from tests.laptops import at_once, joined_laptop

FAMILIES = 6


class Road(DirectRoad):
    """Notes how many families the laptop had when each page was asked for."""

    def __init__(self, office, laptop):
        super().__init__(office)
        self.laptop = laptop
        self.asked = []
        self.cursors = []
        self.checks = []

    def fetch_page(self, request):
        self.asked.append(len(self.laptop.households.lines()))
        said = parse_document(request).body
        self.cursors.append(said["cursor"])
        self.checks.append(said["check"])
        return super().fetch_page(request)


@pytest.fixture
def reader(laptop, road, office, clock, tmp_path, monkeypatch):
    """A laptop for which there are several pages of families."""
    other = joined_laptop(office, clock, tmp_path / "reader")
    other.sync(road)
    for _ in range(FAMILIES):
        laptop.visit(laptop.add_household().id)
    laptop.sync(road)
    monkeypatch.setattr(pages, "MAX_ENTRIES", 5)
    yield other
    other.vault.close()


def test_a_page_is_asked_for_before_the_one_before_is_applied(reader, office):
    road = Road(office, reader)

    tally = reader.sync(road, at_once)

    assert len(road.asked) > 3
    assert road.asked[:2] == [0, 0]
    assert road.asked[-1] < len(reader.households.lines()) == FAMILIES
    assert tally.received == office.status()["documents"]["visit"] * 4
    assert reader.syncing.check() == []


def test_no_page_is_asked_for_twice(reader, office):
    road = Road(office, reader)

    reader.sync(road, at_once)

    assert len(road.cursors) == len({str(cursor) for cursor in road.cursors}) > 3


def test_a_page_that_is_no_longer_what_is_asked_is_asked_for_anew(reader, office, clock):
    class Slow(Road):
        """The week in which the villages were compared ends while the second page comes."""

        def fetch_page(self, request):
            if len(self.asked) == 1:
                clock.advance(days=CHECK_EVERY.days)
            return super().fetch_page(request)

    road = Slow(office, reader)

    reader.sync(road, at_once)

    assert road.cursors[1] == road.cursors[2]
    assert road.checks[:3] == [False, False, True]
    assert len(reader.households.lines()) == FAMILIES
    assert reader.syncing.check() == []


def test_a_link_cut_while_a_page_is_applied_keeps_that_page(reader, office):
    class Cut(Road):
        def fetch_page(self, request):
            data = super().fetch_page(request)
            if len(self.asked) == 3:
                raise link_cut()
            return data

    road = Cut(office, reader)

    with pytest.raises(LinkCut):
        reader.sync(road, at_once)
    kept = len(reader.households.lines())
    reader.sync(road, at_once)

    assert 0 < kept < len(reader.households.lines()) == FAMILIES
    assert reader.syncing.check() == []
