"""What an answer of the county undoes or leaves open is told to whoever keeps today's list."""

from __future__ import annotations

from functools import partial

import pytest

from app.store.unit_of_work import UnitOfWork
from county_server.ledger import Ledger
from tests.counties import VILLAGE
from tests.laptops import Laptop, open_laptop

BOTH = frozenset({"household", "conflict"})


class Watched(Laptop):
    """A laptop that remembers what each transaction touched."""

    @property
    def seen(self):
        return self.__dict__.setdefault("_seen", [])

    @property
    def begin(self):
        keep = partial(_remember, self.seen)
        return partial(UnitOfWork, self.vault.engine, self.clock, keep=keep)

    def kinds(self, subject):
        """What was touched of a subject, transaction by transaction."""
        return [touched[subject] for touched in self.seen if subject in touched]


def _remember(seen, _work, touched):
    seen.append(touched)


@pytest.fixture
def laptop(kept, clock, office, tmp_path):
    opened = open_laptop(kept, clock)
    made = Watched(opened.vault, clock)
    made.join(office, tmp_path)
    yield made
    made.vault.close()


def test_a_difference_touches_the_record_and_what_differs(laptop, road, office):
    household = laptop.add_household()
    laptop.sync(road)
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        ledger.lock([VILLAGE.code])
        document = ledger.get("household", household.id)
        document.amend({"phone": "13800000001"}, "县民政局", ledger.at)
        ledger.put(document)
        ledger.flush()
    laptop.change(household.id, phone="13800000002")
    laptop.seen.clear()

    laptop.sync(road)

    assert BOTH in laptop.kinds(household.id)


def test_a_change_that_came_back_touches_them_too(laptop, road):
    household = laptop.add_household()
    laptop.sync(road)
    laptop.change(household.id, category="tekun")
    laptop.seen.clear()

    laptop.sync(road)

    assert BOTH in laptop.kinds(household.id)


def test_what_was_taken_as_it_was_touches_nothing(laptop, road):
    household = laptop.add_household()
    laptop.sync(road)
    laptop.change(household.id, phone="13800000002")
    laptop.seen.clear()

    laptop.sync(road)

    assert laptop.kinds(household.id) == []
