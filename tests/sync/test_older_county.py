"""A county that was not brought up to date yet: laptops that were go on with it."""

from __future__ import annotations

from typing import Annotated

import msgspec
import pytest

from app.crypto.envelope import parse_document
from app.domain.operations import OperationState
from app.domain.problem import Refused
from app.sync.protocol.coding import Id, Message, Ordinal
from app.sync.protocol.feed import Marks, Positions
from county_server import declined
from tests.counties import DirectRoad
from tests.sync.test_silent_weeks import Eavesdropped


class OlderRequest(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A feed request as it was before it had `told`."""

    v: Ordinal
    county: Id
    device: Id
    nonce: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    cursor: Positions
    echo: bool
    check: bool = False
    marks: Marks | None = None

    @property
    def told(self) -> None:
        """An older county has no use for it."""


@pytest.fixture
def older(office, monkeypatch):
    monkeypatch.setattr("county_server.pages.FeedRequest", OlderRequest)
    return office


def test_an_older_county_is_asked_without_the_word_it_does_not_know(laptop, older):
    road = Eavesdropped(older)
    home = laptop.add_household("覃桂英")
    laptop.sync(road)

    laptop.visit(home.id)
    tally = laptop.sync(road)

    assert tally.sent > 0
    assert laptop.syncing.waiting() == 0
    assert {item.state for item in laptop.syncing.status().items} == {OperationState.RECEIVED}
    assert ["told" in parse_document(asked).body for asked in road.asked].count(False) >= 2


def test_it_is_asked_so_once_in_a_sync(laptop, older):
    laptop.sync(DirectRoad(older))
    road = Eavesdropped(older)

    laptop.sync(road)

    assert ["told" in parse_document(asked).body for asked in road.asked] == [True, False]


def test_a_stick_for_an_older_county_is_heard(laptop, older, tmp_path):
    laptop.sync(DirectRoad(older))
    laptop.visit(laptop.add_household("覃桂英").id)
    laptop.syncing.export_to_usb(tmp_path)

    taken = older.stick.take(tmp_path)
    older.stick.make(tmp_path)
    imported = laptop.syncing.import_from_usb(tmp_path)

    assert taken.refused == []
    assert (imported.receipts, imported.pages) == (1, 1)


def test_a_county_that_hears_neither_is_told_once(laptop, office, monkeypatch):
    class Deaf(DirectRoad):
        asked = 0

        def fetch_page(self, request: bytes) -> bytes:
            self.asked += 1
            return self._ask(self.refuse, request)

        def refuse(self, request: bytes) -> bytes:
            raise Refused("资料的写法不合约定，不能用。", do="请重新下载。", code="B-04")

    road = Deaf(office)

    with pytest.raises(Refused) as refused:
        laptop.sync(road)

    assert declined.HTTP_STATUS[refused.value.code] == 400
    assert road.asked == 2
