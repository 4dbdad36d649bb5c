"""A page is taken only where nothing before it is missing, whatever the stick lost."""

from __future__ import annotations

from app.domain.money import Money
from app.domain.problem import Problem
from app.sync.protocol import stick
from county_server import pages


def tokens(laptop):
    with laptop.begin() as work:
        return work.connection.exec_driver_sql("SELECT count(*) FROM quota_token").scalar_one()


def test_a_page_behind_a_missing_one_waits_for_it(laptop, road, office, tmp_path, monkeypatch):
    laptop.sync(road)
    monkeypatch.setattr(pages, "MAX_ENTRIES", 1)
    for _ in range(2):
        office.assignments.grant(laptop.vault.device_id, Money.yuan(100), 90)
    laptop.syncing.export_to_usb(tmp_path)
    office.stick.take(tmp_path)
    office.stick.make(tmp_path)
    first, *_ = sorted((tmp_path / stick.FROM_COUNTY).glob("*" + stick.PAGE))
    lost = first.read_bytes()
    first.unlink()
    before = tokens(laptop)

    codes = []
    try:
        laptop.syncing.import_from_usb(tmp_path)
    except Problem as problem:
        codes.append(problem.code)
    early = tokens(laptop)
    first.write_bytes(lost)
    laptop.syncing.import_from_usb(tmp_path)

    assert early == before
    assert set(codes) <= {"S-21"}
    assert tokens(laptop) == before + 2
