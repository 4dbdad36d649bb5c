"""A copied vault whose copies carry by stick: found as over the network, and money stops."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import update

from app.domain.operations import OperationState
from app.domain.problem import Problem
from app.store.link_notes import Alarm
from app.sync.protocol import stick
from county_server.setaside import SetAside
from county_server.tables import device
from tests.counties import DirectRoad
from tests.laptops import open_laptop
from tests.sync.test_fork import alarm, money_code, state
from tests.vaults import Kept


def carry(laptop, office, folder):
    """There and back with a stick of its own; what was imported."""
    office.clock.advance(minutes=2)
    folder.mkdir(exist_ok=True)
    laptop.syncing.export_to_usb(folder)
    office.stick.take(folder)
    office.stick.make(folder)
    return laptop.syncing.import_from_usb(folder)


@pytest.fixture
def copies(laptop, road, office, kept, clock, tmp_path):
    """One vault on two machines, each with a visit of its own."""
    home = laptop.add_household()
    laptop.sync(road)
    laptop.vault.close()
    shutil.copytree(kept.directory, tmp_path / "copy")
    both = [open_laptop(one, clock) for one in (kept, Kept(tmp_path / "copy", ""))]
    for number, one in enumerate(both):
        clock.advance(minutes=1)
        one.visit(home.id, f"第{number}台")
    yield both
    for one in both:
        one.vault.close()


def test_both_by_stick(copies, office, tmp_path):
    first, second = copies
    carry(first, office, tmp_path / "one")

    imported = carry(second, office, tmp_path / "two")

    assert imported.refused_at is not None
    assert state(office) == "quarantined"
    assert alarm(second) is Alarm.FORKED
    assert money_code(second) == "S-26"
    carry(first, office, tmp_path / "one")
    assert alarm(first) is Alarm.SET_ASIDE
    assert money_code(first) == "S-26"


def test_one_by_stick_and_the_other_over_the_network(copies, office, tmp_path):
    first, second = copies
    carry(first, office, tmp_path / "one")

    with pytest.raises(Problem) as refused:
        second.sync(DirectRoad(office))

    assert refused.value.code == "B-21"
    assert alarm(second) is Alarm.FORKED
    carry(first, office, tmp_path / "one")
    assert alarm(first) is Alarm.SET_ASIDE


def test_over_the_network_first_and_the_other_by_stick(copies, office, tmp_path):
    first, second = copies
    first.sync(DirectRoad(office))

    carry(second, office, tmp_path / "two")

    assert state(office) == "quarantined"
    assert alarm(second) is Alarm.FORKED
    with pytest.raises(Problem) as refused:
        first.sync(DirectRoad(office))
    assert refused.value.code == "B-22"


def test_somebody_looked_and_the_stick_brings_money_back(copies, office, tmp_path, clock):
    first, second = copies
    carry(first, office, tmp_path / "one")
    carry(second, office, tmp_path / "two")
    clock.advance(minutes=1)
    SetAside(office.database, clock).release(second.vault.device_id, "核对过")

    carry(second, office, tmp_path / "two")
    during = alarm(second)
    carry(second, office, tmp_path / "two")

    assert during is None
    assert alarm(second) is None
    assert money_code(second) is None
    assert office.status()["operations"]["visit"] == 2
    assert second.syncing.check() == []


def test_an_answer_to_an_earlier_question_stops_nobody(copies, office, tmp_path, clock):
    """A refusal that lay on the stick since before somebody looked."""
    first, second = copies
    carry(first, office, tmp_path / "one")
    carry(second, office, tmp_path / "two")
    old = next((tmp_path / "two" / stick.FROM_COUNTY).glob("*" + stick.REFUSAL)).read_bytes()
    clock.advance(minutes=1)
    SetAside(office.database, clock).release(second.vault.device_id, "核对过")
    carry(second, office, tmp_path / "two")
    second.syncing.export_to_usb(tmp_path / "two")
    name = stick.refusal_name(second.vault.device_id)
    back = tmp_path / "two" / stick.FROM_COUNTY
    for page in back.glob("*" + stick.PAGE):
        page.unlink()
    (back / name).write_bytes(old)

    second.syncing.import_from_usb(tmp_path / "two")

    assert alarm(second) is None


def test_what_the_county_keeps_for_a_person_to_look_at_is_not_said_to_wait_here_again(
    copies, office, tmp_path
):
    first, second = copies
    carry(first, office, tmp_path / "one")

    imported = carry(second, office, tmp_path / "two")
    again = carry(second, office, tmp_path / "two")

    assert [one.not_taken for one in (imported, again)] == [0, 0]
    assert OperationState.SENT in {item.state for item in second.syncing.status().items}


def test_an_old_page_does_not_say_that_somebody_has_looked(laptop, office, tmp_path):
    """Set aside over the network; a stick from before lies in the drawer."""
    laptop.add_household()
    carry(laptop, office, tmp_path / "drawer")
    office.clock.advance(minutes=2)
    with office.database.write() as connection:
        connection.execute(update(device).values(state="quarantined"))
    with pytest.raises(Problem) as refused:
        laptop.sync(DirectRoad(office))

    laptop.syncing.import_from_usb(tmp_path / "drawer")

    assert refused.value.code == "B-22"
    assert alarm(laptop) is Alarm.SET_ASIDE
    assert money_code(laptop) == "S-26"


def test_a_page_made_after_the_last_no_says_that_somebody_has_looked(laptop, office, tmp_path):
    laptop.add_household()
    with office.database.write() as connection:
        connection.execute(update(device).values(state="quarantined"))
    with pytest.raises(Problem):
        laptop.sync(DirectRoad(office))
    with office.database.write() as connection:
        connection.execute(update(device).values(state="active"))

    carry(laptop, office, tmp_path / "new")

    assert alarm(laptop) is None
    assert money_code(laptop) is None
