"""The daily check: everything is looked at, on a copy, and a fault is one sentence."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.models.base import table_of
from app.models.local import WorkItemRow
from app.services.desk import open_desk
from app.services.drafts import Drafts
from app.services.policies import Policies
from app.services.selfcheck import EVERY, SelfCheck
from app.store.backup import list_backups
from app.store.layout import VaultFiles
from app.store.manifest import DATABASE
from tests.laptops import open_laptop
from tests.storefile import household_of
from tests.vaults import flip


@pytest.fixture
def laptop(kept, clock):
    made = open_laptop(kept, clock)
    yield made
    made.vault.close()


@pytest.fixture
def check(laptop, clock):
    return SelfCheck(laptop.vault, Drafts(laptop.begin), clock)


def run(check):
    """A whole round; what came of it."""
    begun = check.begin()
    while begun.step():
        pass
    return check.finish(begun)


def newest(laptop):
    return list_backups(laptop.vault.files.backups)[0].path


def attach(laptop):
    """A household with one photo, as the log tells it; the photo's file."""
    household = laptop.add_household()
    stored = laptop.vault.blobs.write([b"photo"])
    with laptop.begin() as work:
        work.change(
            kind="attachment.added",
            entity="attachment",
            entity_id="photo",
            subject=household.id,
            new=True,
            fields={
                "household_id": household.id,
                "blob_id": stored.blob_id,
                "blob_key": stored.wrapped_key,
                "sha256": stored.sha256,
                "media_type": "image/jpeg",
                "size": stored.size,
                "added_at": laptop.clock.now(),
            },
        )
        work.commit()
    return laptop.vault.files.blobs / stored.blob_id[:2] / stored.blob_id


def test_a_sound_vault_is_checked_once_a_day(check, laptop, clock):
    attach(laptop)
    laptop.vault.backup()

    trouble = run(check)
    again = check.begin()
    clock.advance(minutes=EVERY / timedelta(minutes=1))
    tomorrow = check.begin()

    assert trouble is None
    assert again is None
    assert tomorrow is not None


def test_the_pieces_run_on_another_thread_while_this_one_saves(check, laptop):
    begun = check.begin()

    with ThreadPoolExecutor(1) as work:
        first = work.submit(begun.step).result()
        laptop.add_household()
        rest = [work.submit(begun.step).result() for _ in range(3)]

    assert first
    assert rest == [True, True, False]
    assert check.finish(begun) is None


def test_a_row_that_is_not_what_the_log_says_is_one_sentence(check, laptop):
    household = laptop.add_household()
    with laptop.vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE household SET door = '99号'")
    laptop.vault.backup()

    trouble = run(check)

    assert trouble.code == "V-19"
    assert household.id not in str(trouble)
    assert check.begin() is not None  # what was found is looked for again


def test_a_photo_that_is_gone_is_one_sentence(check, laptop):
    photo = attach(laptop)
    laptop.vault.backup()
    photo.unlink()

    assert run(check).code == "V-15"


def test_without_a_copy_there_is_nothing_to_check_yet(check, laptop):
    shutil.rmtree(newest(laptop))

    assert check.begin() is None


def test_a_copy_that_went_bad_is_replaced_and_the_vault_is_said_to_be_whole(check, laptop, clock):
    spoiled = newest(laptop)
    clock.advance(minutes=10)
    flip(spoiled / DATABASE, 4096 * 5 + 100)

    trouble = run(check)

    assert trouble.code == "V-26"
    assert newest(laptop) != spoiled
    assert run(check) is None


def test_a_damaged_vault_is_told_from_a_damaged_copy(check, laptop):
    flip(newest(laptop) / DATABASE, 4096 * 5 + 100)
    flip(VaultFiles(laptop.vault.directory).database, 4096 * 5 + 100)

    trouble = run(check)

    assert trouble.code == "V-03"
    assert "最近一次备份" in trouble.do


@pytest.mark.parametrize("pieces", [0, 1, 3])
def test_a_copy_thinned_out_meanwhile_says_nothing_and_is_not_remembered(check, laptop, pieces):
    begun = check.begin()
    for _ in range(pieces):
        begun.step()
    shutil.rmtree(begun.copy.parent)

    more = begun.step()

    assert not more
    assert check.finish(begun) is None
    laptop.vault.backup()
    assert check.begin() is not None


@pytest.fixture
def listed(laptop, clock):
    """The check with today's list of a village of three."""
    desk = open_desk(laptop.vault, clock, Policies())
    desk.households.add_all(
        [household_of(name, id_number=None) for name in ("覃一", "覃二", "韦三")]
    )
    return desk, SelfCheck(laptop.vault, desk.drafts, clock, desk.worklist)


def spoil_the_list(laptop):
    """A row of the list says something else than the records."""
    with laptop.begin() as work:
        rows = table_of(WorkItemRow)
        one = select(rows.c.subject).limit(1).scalar_subquery()
        work.connection.execute(update(rows).where(rows.c.subject == one).values(who="别人"))
        work.commit()


def test_todays_list_is_checked_with_the_rest(listed, laptop):
    desk, check = listed
    laptop.vault.backup()

    assert run(check) is None
    assert check.begin() is None
    assert desk.worklist.check() == []


def test_a_list_that_is_not_what_the_records_say_is_made_again_and_said(listed, laptop):
    desk, check = listed
    spoil_the_list(laptop)
    laptop.vault.backup()

    trouble = run(check)

    assert trouble.code == "C-30"
    assert "1 处" in trouble.what
    desk.worklist.today()
    assert desk.worklist.check() == []


def test_a_list_made_with_other_rules_is_let_pass(listed, laptop):
    desk, check = listed
    spoil_the_list(laptop)
    desk.worklist.forget()
    laptop.vault.backup()

    assert run(check) is None
