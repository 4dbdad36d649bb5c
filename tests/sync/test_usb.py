"""The USB road: the same bytes on a stick, any order, any number of times, either road first."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.operations import OperationState
from app.domain.problem import Problem
from app.store.atomic import disk_failing, disk_forbidden, disk_full
from app.sync.protocol import stick
from tests.counties import DirectRoad
from tests.laptops import open_laptop


@pytest.fixture
def usb(tmp_path):
    """An empty stick."""
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def at_the_county(office, usb):
    taken = office.stick.take(usb)
    written = office.stick.make(usb)
    return taken, written


def states(laptop):
    return {item.state for item in laptop.syncing.status().items}


def test_a_stick_there_and_back_does_what_a_sync_does(laptop, office, usb):
    laptop.visit(laptop.add_household().id)

    exported = laptop.syncing.export_to_usb(usb)
    on_the_way = (states(laptop), laptop.syncing.status().exported)
    taken, _ = at_the_county(office, usb)
    imported = laptop.syncing.import_from_usb(usb)

    assert exported.batches == 1
    assert on_the_way == ({OperationState.SENT}, exported.operations)
    assert taken.refused == []
    assert imported.receipts == 1
    assert imported.pages == 1
    assert states(laptop) == {OperationState.RECEIVED}
    assert laptop.syncing.status().exported == 0
    assert office.status()["operations"]["visit"] == 1
    assert laptop.syncing.check() == []


def test_the_stick_carries_the_very_bytes_of_the_network(laptop, office, usb, road):
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    (on_stick,) = (usb / stick.TO_COUNTY).glob("*.sab")

    laptop.sync(road)

    assert road.sent == [on_stick.read_bytes()]
    assert office.status()["operations"]["visit"] == 1


def test_the_network_first_and_the_stick_later_counts_once(laptop, office, usb, road):
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    laptop.sync(road)

    taken, _ = at_the_county(office, usb)
    imported = laptop.syncing.import_from_usb(usb)

    assert taken.refused == []
    assert imported.receipts == 0
    assert imported.strange == 0
    assert office.status()["operations"]["visit"] == 1
    assert office.status()["quarantine"] == 0


def test_everything_may_be_done_twice(laptop, office, usb):
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    laptop.syncing.export_to_usb(usb)
    at_the_county(office, usb)
    at_the_county(office, usb)

    first = laptop.syncing.import_from_usb(usb)
    second = laptop.syncing.import_from_usb(usb)

    assert (first.receipts, second.receipts) == (1, 0)
    assert office.status()["operations"]["visit"] == 1
    assert laptop.syncing.check() == []


def test_several_batches_arrive_in_any_order(laptop, office, usb):
    for name in ("甲", "乙", "丙"):
        laptop.visit(laptop.add_household(name).id)
        laptop.syncing.export_to_usb(usb)
    laptop.add_household("丁")

    taken, _ = at_the_county(office, usb)
    imported = laptop.syncing.import_from_usb(usb)

    assert taken.refused == []
    assert imported.receipts == 3
    assert office.status()["operations"]["visit"] == 3
    assert laptop.syncing.status().waiting > 0


def test_a_missing_file_is_asked_for_and_the_next_time_mends_it(laptop, office, usb, tmp_path):
    laptop.visit(laptop.add_household("甲").id)
    laptop.syncing.export_to_usb(usb)
    laptop.visit(laptop.add_household("乙").id)
    laptop.syncing.export_to_usb(usb)
    first, second = sorted((usb / stick.TO_COUNTY).glob("*.sab"))
    kept = tmp_path / "kept.sab"
    shutil.move(first, kept)

    taken, _ = at_the_county(office, usb)
    imported = laptop.syncing.import_from_usb(usb)
    shutil.move(kept, first)
    at_the_county(office, usb)
    mended = laptop.syncing.import_from_usb(usb)

    assert [(name, problem.code) for name, problem in taken.refused] == [(second.name, "B-20")]
    assert imported.receipts == 0
    assert mended.receipts == 2
    assert office.status()["operations"]["visit"] == 2


def test_a_damaged_file_stops_no_other(laptop, office, usb):
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    (usb / stick.TO_COUNTY / "a.sab").write_bytes(b"nonsense")
    (usb / stick.TO_COUNTY / "b.sar").write_bytes(b"nonsense")
    (usb / stick.TO_COUNTY / "c.sae").write_bytes(b"nonsense")

    taken, written = at_the_county(office, usb)
    (usb / stick.FROM_COUNTY / "z.sag").write_bytes(b"nonsense")
    imported = laptop.syncing.import_from_usb(usb)

    assert sorted(name for name, _ in taken.refused) == ["a.sab", "b.sar", "c.sae"]
    assert written == 2
    assert (imported.receipts, imported.pages, imported.strange) == (1, 1, 1)


def test_a_forged_receipt_on_the_stick_acknowledges_nothing(laptop, office, usb):
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    at_the_county(office, usb)
    (receipt,) = (usb / stick.FROM_COUNTY).glob("*.sap")
    data = bytearray(receipt.read_bytes())
    data[-1] ^= 1
    receipt.write_bytes(bytes(data))

    imported = laptop.syncing.import_from_usb(usb)

    assert (imported.receipts, imported.strange) == (0, 1)
    assert states(laptop) == {OperationState.SENT}


def test_two_laptops_share_a_stick(laptop, office, usb, vault_template, tmp_path, clock):
    device = office.device()
    home = device.household()
    (usb / stick.TO_COUNTY).mkdir()
    name = stick.batch_name(device.id, 0, 1)
    (usb / stick.TO_COUNTY / name).write_bytes(device.batch())
    (usb / stick.TO_COUNTY / stick.request_name(device.id)).write_bytes(device.feed_request())
    mine = laptop.add_household()
    laptop.syncing.export_to_usb(usb)

    taken, _ = at_the_county(office, usb)
    laptop.syncing.import_from_usb(usb)

    assert taken.refused == []
    assert {line.id for line in laptop.households.lines()} == {mine.id, home}
    assert laptop.syncing.check() == []


def test_a_stick_without_the_countys_folder_is_said_plainly(laptop, usb):
    with pytest.raises(Problem) as caught:
        laptop.syncing.import_from_usb(usb)

    assert caught.value.code == "S-18"


def test_a_stick_that_cannot_be_written_loses_nothing(laptop, usb):
    laptop.visit(laptop.add_household().id)
    (usb / stick.TO_COUNTY).write_bytes(b"in the way")

    with pytest.raises(Problem) as caught:
        laptop.syncing.export_to_usb(usb)

    assert caught.value.code == "D-07"
    assert states(laptop) == {OperationState.WAITING}


@pytest.mark.parametrize("is_file", [True, False])
def test_a_stick_that_is_not_there_is_not_made_and_nothing_counts_as_exported(
    laptop, tmp_path, is_file
):
    laptop.visit(laptop.add_household().id)
    place = tmp_path / "pulled out"
    if is_file:
        place.write_bytes(b"a file")

    with pytest.raises(Problem) as caught:
        laptop.syncing.export_to_usb(place)

    assert caught.value.code == "D-07"
    assert place.exists() == is_file
    assert states(laptop) == {OperationState.WAITING}
    assert laptop.syncing.status().exported == 0


def test_the_county_makes_no_stick_either(office, tmp_path):
    with pytest.raises(Problem) as caught:
        office.stick.make(tmp_path / "pulled out")

    assert caught.value.code == "K-16"
    assert not (tmp_path / "pulled out").exists()


def test_a_request_to_join_makes_no_stick(stranger, office, tmp_path):
    file = tmp_path / "ticket.json"
    file.write_bytes(office.ticket_file())
    stranger.enrolment.prepare(file, fingerprint=stranger.enrolment.read(file).fingerprint)

    with pytest.raises(Problem) as caught:
        stranger.enrolment.export_request(tmp_path / "pulled out")

    assert caught.value.code == "D-07"
    assert not (tmp_path / "pulled out").exists()


def test_enrolment_is_possible_wholly_by_stick(stranger, office, usb, tmp_path, road):
    file = tmp_path / "ticket.json"
    file.write_bytes(office.ticket_file())
    stranger.enrolment.prepare(file, fingerprint=stranger.enrolment.read(file).fingerprint)

    stranger.enrolment.export_request(usb)
    at_the_county(office, usb)
    member = stranger.enrolment.import_answer(usb)
    stranger.visit(stranger.add_household().id)
    stranger.syncing.export_to_usb(usb)
    at_the_county(office, usb)
    stranger.syncing.import_from_usb(usb)

    assert (member.officer_name, member.device_no) == ("王秀英", "01")
    assert stranger.enrolment.is_enrolled()
    assert stranger.syncing.status().waiting == 0
    with stranger.begin() as work:
        assert len(work.casework.quotas()) == 1


def test_a_restored_vault_gets_back_what_it_had_sent(laptop, office, kept, clock, tmp_path):
    road = DirectRoad(office)
    early = laptop.add_household("甲")
    laptop.sync(road)
    laptop.vault.close()
    shutil.copytree(kept.directory, tmp_path / "copy")
    later = open_laptop(kept, clock)
    lost = later.add_household("乙")
    later.sync(road)
    later.vault.close()
    shutil.rmtree(kept.directory)
    shutil.copytree(tmp_path / "copy", kept.directory)

    restored = open_laptop(kept, clock)
    with restored.begin() as work:
        work.connection.exec_driver_sql("UPDATE device SET epoch = epoch + 1")
        work.commit()
    restored.visit(early.id)
    restored.sync(road)

    found = {line.id for line in restored.households.lines()}
    wrong = restored.syncing.check()
    restored.vault.close()
    assert found == {early.id, lost.id}
    assert wrong == []
    assert office.status()["devices"][0]["state"] == "active"
    assert office.status()["quarantine"] == 0


def test_a_batch_the_county_takes_nothing_of_comes_back_with_its_word(laptop, office, usb, clock):
    """Its certificate has ended: what it brings is not on its way any more, and nothing is lost."""
    laptop.visit(laptop.add_household().id)
    clock.advance(days=401)
    exported = laptop.syncing.export_to_usb(usb)

    taken, _ = at_the_county(office, usb)
    imported = laptop.syncing.import_from_usb(usb)

    assert "B-24" in {problem.code for _, problem in taken.refused}
    assert imported.objection.code == "B-24"
    assert imported.not_taken == exported.operations
    assert states(laptop) == {OperationState.WAITING}
    assert laptop.syncing.status().exported == 0
    assert laptop.syncing.check() == []


def test_what_waits_for_a_missing_file_is_told_and_goes_again_with_it(laptop, office, usb):
    for name in ("甲", "乙"):
        laptop.visit(laptop.add_household(name).id)
        laptop.syncing.export_to_usb(usb)
    first, second = sorted((usb / stick.TO_COUNTY).glob("*.sab"))
    sealed = second.read_bytes()
    first.unlink()
    at_the_county(office, usb)

    told = laptop.syncing.import_from_usb(usb)
    laptop.syncing.export_to_usb(usb)
    resealed = second.read_bytes()
    at_the_county(office, usb)
    mended = laptop.syncing.import_from_usb(usb)

    assert told.objection.code == "B-20"
    assert resealed == sealed
    assert (mended.receipts, mended.not_taken) == (2, 0)
    assert states(laptop) == {OperationState.RECEIVED}


def test_making_the_stick_only_says_no_and_takes_nothing(laptop, office, usb):
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)

    office.stick.make(usb)
    imported = laptop.syncing.import_from_usb(usb)

    assert (imported.receipts, imported.not_taken) == (0, 0)
    assert office.status()["operations"] == {}
    assert states(laptop) == {OperationState.SENT}


@pytest.mark.parametrize("what", ["another batch", "forged"])
def test_a_no_to_other_bytes_or_of_nobody_puts_nothing_back(laptop, office, usb, what):
    for name in ("甲", "乙"):
        laptop.visit(laptop.add_household(name).id)
        laptop.syncing.export_to_usb(usb)
    first, second = sorted((usb / stick.TO_COUNTY).glob("*.sab"))
    first.unlink()
    at_the_county(office, usb)
    no = usb / stick.FROM_COUNTY / second.with_suffix(stick.REFUSAL).name
    if what == "another batch":
        no.rename(no.with_name(first.with_suffix(stick.REFUSAL).name))
    else:
        no.write_bytes(no.read_bytes()[:-1] + b" ")

    imported = laptop.syncing.import_from_usb(usb)

    assert (imported.not_taken, imported.objection) == (0, None)
    assert states(laptop) == {OperationState.SENT}


def test_an_old_no_changes_nothing_of_what_was_taken_since(laptop, office, usb, road):
    for name in ("甲", "乙"):
        laptop.visit(laptop.add_household(name).id)
        laptop.syncing.export_to_usb(usb)
    first, _ = sorted((usb / stick.TO_COUNTY).glob("*.sab"))
    first.unlink()
    at_the_county(office, usb)
    laptop.sync(road)

    imported = laptop.syncing.import_from_usb(usb)

    assert imported.not_taken == 0
    assert states(laptop) == {OperationState.RECEIVED}


def test_a_stick_taken_before_is_no_success_of_today(laptop, office, usb, clock):
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    clock.advance(hours=1)
    at_the_county(office, usb)
    clock.advance(hours=1)
    first = laptop.syncing.import_from_usb(usb)
    then = laptop.syncing.status().last_success
    laptop.visit(laptop.add_household("乙").id)
    clock.advance(days=1)

    again = laptop.syncing.import_from_usb(usb)

    assert (first.has_news, again.has_news) == (True, False)
    assert laptop.syncing.status().last_success == then == clock.now() - timedelta(days=1)


def test_a_newer_stick_without_anything_new_is_a_success_of_today(laptop, office, usb, clock):
    laptop.syncing.export_to_usb(usb)
    at_the_county(office, usb)
    laptop.syncing.import_from_usb(usb)
    clock.advance(days=1)
    laptop.syncing.export_to_usb(usb)
    at_the_county(office, usb)

    imported = laptop.syncing.import_from_usb(usb)

    assert imported.has_news
    assert laptop.syncing.status().last_success == clock.now()


@pytest.mark.parametrize("problem", [disk_full, disk_failing, disk_forbidden])
def test_a_stick_that_takes_nothing_is_named_and_not_the_machines_own_disk(
    laptop, usb, monkeypatch, problem
):
    laptop.visit(laptop.add_household().id)

    def fail(*_: object, **__: object) -> None:
        raise problem()

    monkeypatch.setattr("app.sync.usb.atomic_write", fail)
    with pytest.raises(Problem) as caught:
        laptop.syncing.export_to_usb(usb)

    assert caught.value.code == "S-33"
    assert "这个U盘写不进去" in str(caught.value)
    assert states(laptop) == {OperationState.WAITING}


def test_nor_is_it_where_its_folder_cannot_be_made(laptop):
    """Nobody, not even root, makes a folder there."""
    with pytest.raises(Problem) as caught:
        laptop.syncing.export_to_usb(Path("/proc"))

    assert caught.value.code == "S-33"
