"""What the county said before is never in force again, whoever brings it (security R40)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.money import Money
from app.models.base import table_of
from app.models.casework import QuotaTokenRow
from app.models.log import ServerDocumentRow
from app.sync.protocol import stick
from county_server.ledger import Ledger
from tests.counties import VILLAGE, DirectRoad

DOCUMENT = table_of(ServerDocumentRow)
QUOTA = table_of(QuotaTokenRow)


class Recorded(DirectRoad):
    """A road on which somebody keeps every page, and may hand out an old one in place of a new."""

    def __init__(self, office) -> None:
        super().__init__(office)
        self.pages: list[bytes] = []
        self.old: bytes | None = None

    def fetch_page(self, request: bytes) -> bytes:
        page = super().fetch_page(request)
        self.pages.append(page)
        return page if self.old is None else self.old


def held(laptop):
    """What the county said, and the tokens there are to spend."""
    with laptop.begin() as work:
        documents = select(
            DOCUMENT.c.entity, DOCUMENT.c.entity_id, DOCUMENT.c.version, DOCUMENT.c.body
        )
        return (
            sorted(map(repr, work.connection.execute(documents))),
            sorted(map(repr, work.connection.execute(select(QUOTA)))),
        )


def call(office, household: str, phone: str) -> None:
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        ledger.lock([VILLAGE.code])
        document = ledger.get("household", household)
        document.amend({"phone": phone}, "县民政局", ledger.at)
        ledger.put(document)
        ledger.flush()


@pytest.fixture
def said(laptop, office, clock):
    """A household, a word of the county about it, a further quota, and another word later."""
    road = Recorded(office)
    home = laptop.add_household("覃桂英")
    laptop.sync(road)
    for phone, quota in (("13800005501", "500.00"), ("13800005502", "300.00")):
        clock.advance(minutes=5)
        call(office, home.id, phone)
        office.assignments.grant(laptop.vault.device_id, Money.parse(quota), 30)
        laptop.sync(road)
    assert laptop.household(home.id).phone == "13800005502"
    return road


def test_an_old_page_over_the_network_changes_nothing(laptop, office, said):
    before = held(laptop)
    for old in said.pages[1:-1]:  # the first has the week's sums, which are then found to differ
        said.old = old

        laptop.sync(said)

        assert held(laptop) == before
    assert laptop.syncing.check() == []


def test_nor_does_one_on_a_stick(laptop, office, said, tmp_path):
    before = held(laptop)
    folder = tmp_path / stick.FROM_COUNTY
    folder.mkdir()
    for number, old in enumerate(said.pages):
        name = stick.page_name(laptop.vault.device_id, number + 1)
        (folder / name).write_bytes(old)

    imported = laptop.syncing.import_from_usb(tmp_path)

    assert not imported.has_news
    assert held(laptop) == before
    assert laptop.syncing.check() == []
