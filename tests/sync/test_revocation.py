"""A revoked laptop first saves what was never sent, and only then forgets everything."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import update

from app.crypto.envelope import (
    Kind,
    Purpose,
    open_container,
    parse_container,
    seal_body_again,
    sign_document,
)
from app.domain.problem import Problem, Refused
from app.services.drafts import Drafts
from app.services.revocation import FAREWELL
from app.services.vaults import Vaults
from app.store import erasing
from app.store.atomic import disk_full
from app.store.entering import open_vault
from app.sync.problems import link_cut
from app.sync.protocol import stick
from app.sync.protocol.batch import BatchHeader, decode_payload
from app.sync.protocol.coding import convert
from app.sync.road import run_here
from county_server.orders import Orders
from county_server.tables import device
from tests.attached import photo, visit_with
from tests.counties import DirectRoad
from tests.vaults import PASSPHRASE


def revoked(laptop, office):
    """Something was never sent, a form is half full, and the county withdraws the laptop."""
    laptop.visit(laptop.add_household().id)
    laptop.sync(DirectRoad(office))
    visit_with(laptop, photo(3000))
    Drafts(laptop.begin).keep("visit:x", {"note": "没写完"})
    office.assignments.revoke(laptop.vault.device_id)


def obey(laptop, office, road=None):
    return laptop.revocation.ask_and_obey(
        run_in_store=run_here, transport=road or DirectRoad(office)
    )


def operations_in(office, data: bytes):
    """What the county can read of a sealed batch."""
    container = parse_container(Kind.BATCH, data)
    header = convert(container.header, BatchHeader)
    plaintext = open_container(container, office.county.seal.private)
    return decode_payload(plaintext, header, seal_body_again).operations


def headers(directory):
    return list(directory.rglob("*vault.json*"))


def test_the_county_says_that_a_laptop_is_revoked(laptop, office):
    revoked(laptop, office)

    with pytest.raises(Problem) as caught:
        laptop.sync(DirectRoad(office))

    assert caught.value.code == "B-23"
    assert headers(laptop.vault.directory) != []


def test_what_was_never_sent_is_sealed_and_exported_before_the_keys_go(laptop, office, clock):
    revoked(laptop, office)
    waiting = laptop.syncing.waiting()

    parting = obey(laptop, office)
    Vaults(clock).lock(laptop.vault)

    (batch,) = (parting.folder / stick.TO_COUNTY).glob("*.sab")
    kinds = [one.kind for one in operations_in(office, batch.read_bytes())]
    parts = list((parting.folder / stick.TO_COUNTY).glob("*.sax"))
    assert parting.operations == waiting + 1 == len(kinds)
    assert kinds[-1] == "device.revoked"
    assert (parting.files, len(parts)) == (1, 1)
    assert (parting.folder / FAREWELL).is_file()
    assert not laptop.vault.directory.exists()


def test_the_county_gets_it_over_the_network_too(laptop, office):
    revoked(laptop, office)

    parting = obey(laptop, office)

    exported = [*(parting.folder / stick.TO_COUNTY).glob("*.sa[bx]")]
    assert office.status()["quarantine"] == len(exported) == 2


def test_a_road_that_breaks_meanwhile_loses_nothing(laptop, office):
    revoked(laptop, office)

    class Breaks(DirectRoad):
        def send_batch(self, data: bytes) -> bytes:
            raise link_cut()

    parting = obey(laptop, office, Breaks(office))

    assert list((parting.folder / stick.TO_COUNTY).glob("*.sab"))
    assert headers(laptop.vault.directory) == []


def test_after_the_order_nothing_opens_it_and_nothing_is_written(laptop, office, clock, tmp_path):
    revoked(laptop, office)
    laptop.vault.backup("manual")
    directory = laptop.vault.directory
    copy = tmp_path / "stolen"

    obey(laptop, office)
    shutil.copytree(directory, copy)
    codes = []
    for write in (laptop.vault.make_room, laptop.vault.backup, laptop.vault.put_in_force):
        with pytest.raises(Refused) as refused:
            write()
        codes.append(refused.value.code)
    is_due = laptop.vault.is_backup_due()
    laptop.vault.close()

    assert (codes, is_due) == (["S-29"] * 3, False)
    assert headers(copy) == []
    assert not (copy / "anchor.bin").exists()
    with pytest.raises(Problem) as caught:
        open_vault(copy, PASSPHRASE, clock=clock)
    assert caught.value.code == "V-12"
    assert not copy.exists()


def test_a_full_disk_erases_nothing_and_the_order_is_obeyed_the_next_time(
    laptop, office, monkeypatch
):
    revoked(laptop, office)

    def full(*_: object, **__: object) -> None:
        raise disk_full()

    monkeypatch.setattr("app.sync.usb.atomic_write", full)
    with pytest.raises(Problem) as caught:
        obey(laptop, office)
    still_there = headers(laptop.vault.directory) != []
    monkeypatch.undo()
    parting = obey(laptop, office)

    (batch,) = (parting.folder / stick.TO_COUNTY).glob("*.sab")
    kinds = [one.kind for one in operations_in(office, batch.read_bytes())]
    assert caught.value.code == "D-01"
    assert still_there
    assert kinds.count("device.revoked") == 1
    assert headers(laptop.vault.directory) == []


def test_a_power_cut_between_two_keys_is_finished_at_the_next_start(
    laptop, office, clock, monkeypatch
):
    revoked(laptop, office)
    laptop.vault.backup("manual")
    directory = laptop.vault.directory
    seen = []

    def cut(path):
        seen.append(path)
        raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "_overwrite", cut)
    with pytest.raises(KeyboardInterrupt):
        obey(laptop, office)
    monkeypatch.undo()
    laptop.vault.close()

    with pytest.raises(Problem) as caught:
        open_vault(directory, PASSPHRASE, clock=clock)

    assert len(seen) == 1
    assert caught.value.code == "V-12"
    assert not directory.exists()


def test_a_forged_order_and_one_for_another_laptop_are_not_obeyed(laptop, office):
    other = office.device()
    office.assignments.revoke(other.id)
    orders = Orders(office.county, office.database, office.clock)
    mine = {"v": 1, "county": "459901", "device": laptop.vault.device_id, "kind": "erase",
            "issued_at": "2026-03-02T04:00:00.000Z"}  # fmt: skip
    forged = sign_document(other.sign.private, Purpose.ORDER, mine)
    as_refusal = sign_document(office.county.root.private, Purpose.REFUSAL, mine)
    codes = []

    for order in (forged, as_refusal, orders.of(other.id)):
        with pytest.raises(Problem) as caught:
            laptop.revocation.obey(order, run_in_store=run_here)
        codes.append(caught.value.code)

    assert codes == ["S-12", "S-12", "S-14"]
    assert headers(laptop.vault.directory) != []


def test_an_order_from_before_the_county_took_its_word_again_is_void(laptop, office, clock):
    office.assignments.revoke(laptop.vault.device_id)
    old = Orders(office.county, office.database, clock).of(laptop.vault.device_id)
    with office.database.write() as connection:
        connection.execute(update(device).values(state="active"))
    clock.advance(minutes=1)
    laptop.sync(DirectRoad(office))

    with pytest.raises(Problem) as caught:
        laptop.revocation.obey(old, run_in_store=run_here)

    assert caught.value.code == "S-14"
    assert headers(laptop.vault.directory) != []


def test_there_is_no_order_for_a_laptop_in_good_standing(laptop, office):
    with pytest.raises(Problem) as caught:
        obey(laptop, office)

    assert caught.value.code == "B-29"
    assert headers(laptop.vault.directory) != []


def test_the_order_comes_on_a_stick_and_the_stick_takes_what_was_not_sent(laptop, office, tmp_path):
    usb = tmp_path / "usb"
    usb.mkdir()
    laptop.visit(laptop.add_household().id)
    laptop.syncing.export_to_usb(usb)
    office.assignments.revoke(laptop.vault.device_id)
    office.stick.take(usb)
    office.stick.make(usb)
    laptop.visit(laptop.add_household("韦小明").id)

    imported = laptop.syncing.import_from_usb(usb)
    before = headers(laptop.vault.directory) != []
    laptop.revocation.obey(imported.order, run_in_store=run_here, stick=usb)

    assert before
    assert len(list((usb / stick.TO_COUNTY).glob("*.sab"))) == 2
    assert headers(laptop.vault.directory) == []
