"""A county put back from a backup of its own, and laptops that were: nothing acknowledged is lost,
and nobody is taken for a forger."""

from __future__ import annotations

import pytest

from app.domain.money import Money
from app.domain.problem import Problem
from app.services.vaults import Vaults
from app.store.link_notes import PUT_BACK, read_alarm, recall
from app.store.restoring import restore_backup
from app.sync.problems import LinkCut, link_cut
from tests.attached import at_county, files_of, photo, visit_with
from tests.counties import DirectRoad
from tests.counties_put_back import kept_county, put_back
from tests.laptops import Laptop
from tests.vaults import PASSPHRASE


def visits(office):
    return office.status()["operations"].get("visit", 0)


def state(office):
    return office.status()["devices"][0]["state"]


@pytest.fixture
def usb(tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def forgetful(laptop, road, office, tmp_path):
    """A county that lost a visit it had acknowledged, and a token it had granted."""
    home = laptop.add_household()
    laptop.sync(road)
    laptop.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    laptop.visit(home.id)
    laptop.sync(road)
    office.assignments.grant(laptop.vault.device_id, Money.yuan(500), 90)
    laptop.sync(road)
    put_back(office, backup)
    return home


def test_a_laptop_with_nothing_to_say_notices_and_says_it_again(laptop, office, forgetful):
    lost = visits(office)

    tally = laptop.sync(DirectRoad(office))

    assert (lost, visits(office)) == (0, 1)
    assert tally.sent >= 1
    assert laptop.syncing.waiting() == 0
    assert laptop.syncing.check() == []
    assert state(office) == "active"


def test_it_is_noticed_on_a_stick_too(laptop, office, forgetful, usb):
    for _ in range(2):
        laptop.syncing.export_to_usb(usb)
        office.stick.take(usb)
        office.stick.make(usb)
        laptop.syncing.import_from_usb(usb)

    assert visits(office) == 1
    assert laptop.syncing.waiting() == 0
    assert state(office) == "active"


def test_the_page_that_showed_it_shows_it_once(laptop, office, forgetful):
    laptop.sync(DirectRoad(office))
    again = laptop.sync(DirectRoad(office))

    kept = laptop.sync(DirectRoad(office))

    assert again.sent == 0
    assert kept.sent == 0


def test_what_the_county_publishes_where_it_had_been_before_arrives(laptop, office, forgetful):
    """At positions this laptop had read already, in the county's former life."""
    token = office.assignments.grant(laptop.vault.device_id, Money.yuan(700), 90)

    laptop.sync(DirectRoad(office))
    laptop.sync(DirectRoad(office))

    with laptop.begin() as work:
        rows = work.connection.exec_driver_sql("SELECT id, amount_fen FROM quota_token").all()
    assert {row.id: row.amount_fen for row in rows}[token] == 70_000


def test_a_county_put_back_that_lost_only_its_own_words_is_noticed(laptop, road, office, tmp_path):
    """Nothing of the laptop's is missing; the feed ends before what was read of it."""
    laptop.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    office.assignments.grant(laptop.vault.device_id, Money.yuan(500), 90)
    laptop.sync(road)
    put_back(office, backup)
    laptop.sync(DirectRoad(office))
    token = office.assignments.grant(laptop.vault.device_id, Money.yuan(700), 90)

    laptop.sync(DirectRoad(office))

    with laptop.begin() as work:
        rows = work.connection.exec_driver_sql("SELECT id FROM quota_token").scalars()
        assert token in set(rows)


@pytest.fixture
def elsewhere(laptop, road, office, tmp_path):
    """A county that lost a token this laptop had read, and granted another in the same place."""
    laptop.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    office.assignments.grant(laptop.vault.device_id, Money.yuan(500), 90)
    laptop.sync(road)
    put_back(office, backup)
    return office.assignments.grant(laptop.vault.device_id, Money.yuan(700), 90)


def tokens(laptop):
    with laptop.begin() as work:
        rows = work.connection.exec_driver_sql("SELECT id, amount_fen FROM quota_token").all()
    return {row.id: row.amount_fen for row in rows}


def test_what_is_published_before_the_first_word_of_a_laptop_is_not_passed_over(
    laptop, office, elsewhere
):
    """Its feed is as long as before, and nothing of the laptop's is missing."""
    laptop.sync(DirectRoad(office))

    assert tokens(laptop)[elsewhere] == 70_000
    assert laptop.syncing.check() == []
    assert laptop.sync(DirectRoad(office)).received == 0


def test_nor_where_it_comes_by_stick(laptop, office, elsewhere, usb):
    for _ in range(2):
        laptop.syncing.export_to_usb(usb)
        office.stick.take(usb)
        office.stick.make(usb)
        laptop.syncing.import_from_usb(usb)

    assert tokens(laptop)[elsewhere] == 70_000


def test_a_county_that_only_went_on_is_not_taken_for_one_put_back(laptop, road, office, tmp_path):
    """A backup from which nothing was lost since, and news after it."""
    laptop.sync(road)
    put_back(office, kept_county(office, tmp_path / "backup"))
    office.assignments.grant(laptop.vault.device_id, Money.yuan(500), 90)

    tally = laptop.sync(DirectRoad(office))

    with laptop.begin() as work:
        noted = recall(work.connection, PUT_BACK)
    assert (tally.received, noted) == (1, None)


def test_photos_the_county_lost_are_offered_again_within_the_week(
    laptop, road, office, clock, tmp_path
):
    """Its text is there; nothing but counting shows that the picture is not."""
    picture, other = photo(700), photo(900)
    home = visit_with(laptop, picture)
    laptop.sync(road)
    visit_with(laptop, other, household=home)
    with pytest.raises(LinkCut):
        laptop.sync(NoParts(office))
    backup = kept_county(office, tmp_path / "backup")
    laptop.sync(DirectRoad(office))
    put_back(office, backup)
    lost = at_county(office, other)
    clock.advance(days=7)

    laptop.sync(DirectRoad(office))

    assert lost is None
    assert at_county(office, other) == other
    assert files_of(laptop) == (0, 2)


class NoParts(DirectRoad):
    """Text goes, pictures do not."""

    def send_part(self, data: bytes) -> bytes:
        del data
        raise link_cut()


def restored(laptop, backup) -> Laptop:
    """The vault as it was in `backup`."""
    folder = laptop.vault.directory
    laptop.vault.close()
    restore_backup(folder, backup.path, PASSPHRASE, clock=laptop.clock)
    return Laptop(Vaults(laptop.clock).open(folder, PASSPHRASE), laptop.clock)


def test_backups_put_back_on_both_sides_are_no_fork(laptop, road, office, tmp_path):
    """The laptop joins in a new epoch at an operation the county has lost meanwhile."""
    home = laptop.add_household()
    laptop.sync(road)
    county = kept_county(office, tmp_path / "backup")
    laptop.visit(home.id)
    laptop.sync(road)
    again = restored(laptop, laptop.vault.backup("manual"))
    again.visit(home.id, "恢复以后")
    again.sync(DirectRoad(office))
    put_back(office, county)
    again.visit(home.id, "县里恢复以后")

    again.sync(DirectRoad(office))

    with again.begin() as work:
        alarm = read_alarm(work.connection)
    assert (alarm, state(office), visits(office)) == (None, "active", 3)
    assert again.syncing.waiting() == 0
    assert again.syncing.check() == []
    again.vault.close()


@pytest.mark.parametrize("is_damaged", [False, True])
def test_the_same_backup_put_back_twice_is_no_fork(laptop, road, office, is_damaged):
    """With batches sent in between; where the file was damaged meanwhile a later backup tells."""
    home = laptop.add_household()
    laptop.sync(road)
    backup = laptop.vault.backup("manual")
    once = restored(laptop, backup)
    once.visit(home.id, "第一次恢复以后")
    once.sync(DirectRoad(office))
    if is_damaged:
        once.vault.backup("manual")
        once.vault.close()
        once.vault.files.database.write_bytes(b"\0" * 8192)
    twice = restored(once, backup)
    twice.visit(home.id, "第二次恢复以后")

    twice.sync(DirectRoad(office))

    with twice.begin() as work:
        alarm = read_alarm(work.connection)
    assert (alarm, state(office), visits(office)) == (None, "active", 2)
    assert twice.syncing.waiting() == 0
    assert twice.syncing.check() == []
    twice.vault.close()


def test_old_bytes_of_an_earlier_epoch_are_no_fork_when_nothing_in_them_is_new(
    laptop, road, office, forgetful
):
    """Whoever kept a batch the county has forgotten must not be able to stop a laptop with it."""
    laptop.sync(DirectRoad(office))

    codes = []
    for data in road.sent:
        try:
            office.intake.receive(data)
        except Problem as problem:
            codes.append(problem.code)

    assert codes
    assert set(codes) == {"B-20"}
    assert state(office) == "active"


def test_words_nobody_knows_in_an_earlier_epoch_are_a_fork(laptop, road, office, usb):
    """A stick that comes late, from before the backup was put back: set aside, for a person."""
    home = laptop.add_household()
    laptop.sync(road)
    backup = laptop.vault.backup("manual")
    laptop.visit(home.id, "只在U盘上")
    laptop.syncing.export_to_usb(usb)
    again = restored(laptop, backup)
    again.sync(DirectRoad(office))

    office.stick.take(usb)

    assert state(office) == "quarantined"
    assert office.status()["quarantine"] == 1
    again.vault.close()
