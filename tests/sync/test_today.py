"""Whatever comes by sync — answers, news, differences, handovers — today's list comes along."""

from __future__ import annotations

import pytest

from app.domain.today import WorkKind
from app.services.desk import begin_in
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.sync_status import Side
from app.services.worklist import Worklist
from county_server.ledger import Ledger
from tests.counties import VILLAGE
from tests.laptops import Laptop, open_laptop


class Listing(Laptop):
    """A laptop whose writes keep today's list, as the program's do."""

    @property
    def rules(self):
        return GroundRules(Policies(), self.clock)

    @property
    def begin(self):
        return begin_in(self.vault, self.clock, self.rules)

    @property
    def worklist(self):
        return Worklist(self.begin, self.clock, self.rules)

    def kinds(self, household):
        items = self.worklist.everything()
        return {item.kind for item in items if item.household == household}


@pytest.fixture
def laptop(kept, clock, office, tmp_path):
    opened = open_laptop(kept, clock)
    made = Listing(opened.vault, clock)
    made.join(office, tmp_path)
    yield made
    made.vault.close()


def county_changes(office, household_id, **fields):
    with office.database.write() as connection:
        ledger = Ledger(connection, office.clock.now())
        ledger.lock([VILLAGE.code])
        document = ledger.get("household", household_id)
        document.amend(fields, "县民政局", ledger.at)
        ledger.put(document)
        ledger.flush()


def test_what_the_county_changed_is_in_the_list(laptop, road, office):
    household = laptop.add_household()
    laptop.sync(road)
    county_changes(office, household.id, category="tekun")

    laptop.sync(road)

    assert laptop.kinds(household.id) == {WorkKind.CARE_CHECK}
    assert laptop.worklist.check() == []


@pytest.mark.parametrize("side", Side)
def test_a_difference_is_in_the_list_until_somebody_chose(laptop, road, office, side):
    household = laptop.add_household()
    laptop.sync(road)
    county_changes(office, household.id, phone="13800000001")
    laptop.change(household.id, phone="13800000002")
    laptop.sync(road)
    before = laptop.kinds(household.id)

    laptop.syncing.resolve(laptop.syncing.status().conflicts[0].id, side)

    assert WorkKind.DIFFERS in before
    assert WorkKind.DIFFERS not in laptop.kinds(household.id)
    assert laptop.worklist.check() == []


def test_waiting_is_counted_the_same_on_the_first_page_and_on_that_of_the_sync(laptop, road):
    laptop.add_household()
    before = laptop.worklist.today().waiting_upload, laptop.syncing.status().waiting
    laptop.sync(road)
    household = laptop.add_household("韦大年")
    laptop.visit(household.id)

    after = laptop.worklist.today().waiting_upload, laptop.syncing.status().waiting

    assert before[0] == before[1] > 0
    assert after[0] == after[1] > 0
