"""A village leaves: read-only until everything was answered, then gone; the chain stays whole."""

from __future__ import annotations

import pytest

from app.domain.operations import OperationState
from app.domain.problem import Refused
from app.services.drafts import Drafts
from app.store.feed import leaving_subjects
from app.store.journal import verify_chain
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad


def leaving(laptop):
    with laptop.begin() as work:
        return leaving_subjects(work.connection)


def test_a_village_that_left_is_erased_once_all_is_answered(laptop, road, office):
    household = laptop.add_household("覃桂英", "韦小明")
    laptop.visit(household.id)
    laptop.sync(road)
    taker = office.device(OTHER_VILLAGE)
    laptop.visit(household.id, "移交前又看了一次")
    drafts = Drafts(laptop.begin)
    drafts.keep(f"visit:{household.id}", {"note": "没写完"})

    office.assignments.hand_over(VILLAGE.code, laptop.vault.device_id, taker.id)
    laptop.sync(road)

    states = [item.state for item in laptop.syncing.status().items]
    assert laptop.households.lines() == []
    assert leaving(laptop) == []
    assert drafts.keys() == []
    assert OperationState.HANDED_OVER in states
    assert laptop.syncing.check() == []
    with laptop.begin() as work:
        verify_chain(work.connection)
        keys = (
            work.connection.exec_driver_sql(
                "SELECT key FROM subject_key WHERE subject = ?", (household.id,)
            )
            .scalars()
            .all()
        )
    assert keys == [None]
    told = {entry.entity for page in office.pull(taker) for entry in page.entries}
    assert {"household", "visit"} <= told


def test_what_is_not_answered_yet_keeps_the_household_readable(laptop, road, office):
    household = laptop.add_household()
    laptop.sync(road)
    taker = office.device(OTHER_VILLAGE)
    office.assignments.hand_over(VILLAGE.code, laptop.vault.device_id, taker.id)

    class LateWord(DirectRoad):
        """She records one more visit while the page is on its way."""

        def fetch_page(self, request: bytes) -> bytes:
            page = super().fetch_page(request)
            laptop.visit(household.id, "路上又记了一条")
            return page

    laptop.sync(LateWord(office))
    while_waiting = (leaving(laptop), len(laptop.households.lines()))
    laptop.sync(road)

    assert while_waiting == ([household.id], 1)
    assert leaving(laptop) == []
    assert laptop.households.lines() == []
    assert office.status()["operations"]["visit"] == 1
    assert laptop.syncing.check() == []


def test_a_household_being_handed_over_can_be_read_and_not_written(laptop, road, office):
    household = laptop.add_household()
    laptop.sync(road)
    other = laptop.add_household("韦小明")
    office.assignments.hand_over(
        VILLAGE.code, laptop.vault.device_id, office.device(OTHER_VILLAGE).id
    )

    class Late(DirectRoad):
        def fetch_page(self, request: bytes) -> bytes:
            page = super().fetch_page(request)
            laptop.visit(household.id)
            return page

    laptop.sync(Late(office))
    with pytest.raises(Refused) as caught:
        laptop.visit(household.id, "移交以后又去")

    assert caught.value.code == "H-29"
    assert [line.id for line in laptop.households.lines()] == [household.id]
    assert laptop.syncing.status().leaving == 1
    assert other.id not in leaving(laptop)
    assert laptop.syncing.check() == []


def test_the_taker_is_told_that_the_giver_still_sent_something(laptop, road, office):
    household = laptop.add_household()
    laptop.sync(road)
    taker = office.device(OTHER_VILLAGE)
    laptop.visit(household.id, "移交前看的")
    office.assignments.hand_over(VILLAGE.code, laptop.vault.device_id, taker.id)

    laptop.sync(road)

    entries = [entry for page in office.pull(taker) for entry in page.entries]
    told = [entry.body["text"] for entry in entries if entry.kind == "notice"]
    assert len(told) == 1
    assert "原责任人补传" in told[0]
