"""A copied or rolled-back vault shows at the next contact; money stands still until somebody has
looked; a county put back from its own backup gets again what it lost."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from app.domain.operations import OperationState
from app.domain.problem import Problem
from app.store.link_notes import Alarm, raise_alarm, read_alarm, refuse_money
from county_server.setaside import SetAside
from county_server.tables import batch, device, document, feed, operation
from tests.counties import DirectRoad
from tests.laptops import open_laptop


def alarm(laptop):
    with laptop.begin() as work:
        raised = read_alarm(work.connection)
    return None if raised is None else raised.alarm


def money_code(laptop):
    """What saving money answers; None when it is taken."""
    try:
        with laptop.begin() as work:
            work.note(kind="test.paid", subject="test", facts={})
            work.commit(money=True)
    except Problem as problem:
        return problem.code
    return None


def state(office):
    return office.status()["devices"][0]["state"]


@pytest.fixture
def rolled_back(laptop, office, kept, clock, tmp_path):
    """The whole folder was put back as it was before the last sync, anchor and all."""
    road = DirectRoad(office)
    laptop.add_household("甲")
    laptop.sync(road)
    laptop.vault.close()
    shutil.copytree(kept.directory, tmp_path / "copy")
    later = open_laptop(kept, clock)
    later.visit(later.households.lines()[0].id)
    later.sync(road)
    later.vault.close()
    shutil.rmtree(kept.directory)
    shutil.copytree(tmp_path / "copy", kept.directory)
    again = open_laptop(kept, clock)
    yield again
    again.vault.close()


def test_a_rolled_back_vault_with_nothing_to_send_is_found_out_by_both_sides(rolled_back, office):
    before = alarm(rolled_back)

    with pytest.raises(Problem) as caught:
        rolled_back.sync(DirectRoad(office))

    assert before is None
    assert caught.value.code == "B-21"
    assert alarm(rolled_back) is Alarm.FORKED
    assert money_code(rolled_back) == "S-26"
    assert state(office) == "quarantined"


def test_a_rolled_back_vault_that_worked_on_is_found_out(rolled_back, office):
    rolled_back.visit(rolled_back.households.lines()[0].id)

    with pytest.raises(Problem) as caught:
        rolled_back.sync(DirectRoad(office))

    assert caught.value.code == "B-21"
    assert alarm(rolled_back) is Alarm.FORKED
    assert money_code(rolled_back) == "S-26"


def test_visits_are_recorded_all_the_same_and_money_comes_back_when_somebody_looked(
    rolled_back, office, clock
):
    with pytest.raises(Problem):
        rolled_back.sync(DirectRoad(office))
    rolled_back.visit(rolled_back.households.lines()[0].id, "照常走访")
    with pytest.raises(Problem) as still:
        rolled_back.sync(DirectRoad(office))
    SetAside(office.database, clock).release(rolled_back.vault.device_id, "核对过，是备份")

    rolled_back.sync(DirectRoad(office))

    assert still.value.code == "B-22"
    assert alarm(rolled_back) is None
    assert money_code(rolled_back) is None
    assert office.status()["operations"]["visit"] == 2
    assert rolled_back.syncing.status().waiting == 1  # the note of `money_code`
    assert rolled_back.syncing.check() == []


def test_a_restored_backup_is_no_fork(laptop, office, kept, clock, tmp_path):
    road = DirectRoad(office)
    laptop.add_household("甲")
    laptop.sync(road)
    laptop.vault.close()
    shutil.copytree(kept.directory, tmp_path / "copy")
    later = open_laptop(kept, clock)
    later.visit(later.households.lines()[0].id)
    later.sync(road)
    later.vault.close()
    shutil.rmtree(kept.directory)
    shutil.copytree(tmp_path / "copy", kept.directory)
    restored = open_laptop(kept, clock)
    with restored.begin() as work:
        work.connection.exec_driver_sql("UPDATE device SET epoch = epoch + 1")
        work.commit()

    restored.sync(road)

    found = (alarm(restored), state(office))
    restored.vault.close()
    assert found == (None, "active")


def test_a_pause_by_the_county_ends_without_a_new_epoch(laptop, road, office):
    laptop.sync(road)
    epoch = office.status()["devices"][0]["epoch"]
    with office.database.write() as connection:
        connection.execute(update(device).values(state="quarantined"))
    with pytest.raises(Problem):
        laptop.sync(road)
    paused = alarm(laptop)
    with office.database.write() as connection:
        connection.execute(update(device).values(state="active"))

    laptop.sync(road)

    assert paused is Alarm.SET_ASIDE
    assert alarm(laptop) is None
    assert office.status()["devices"][0]["epoch"] == epoch


def test_a_fork_is_not_talked_down(laptop):
    at = laptop.clock.now()
    with laptop.begin() as work:
        raise_alarm(work.connection, Alarm.FORKED, at)
        raise_alarm(work.connection, Alarm.SET_ASIDE, at, by_county=True)
        work.commit()

    assert alarm(laptop) is Alarm.FORKED


@pytest.mark.parametrize(("days", "code"), [(44, None), (45, "S-27")])
def test_money_waits_for_a_word_of_the_county_after_45_days(laptop, road, days, code):
    laptop.sync(road)
    laptop.clock.advance(days=days)

    assert money_code(laptop) == code
    assert laptop.syncing.status().silent_days == days


def test_silence_is_counted_by_the_countys_clock(laptop, road):
    laptop.sync(road)
    with laptop.begin() as work:
        work.connection.exec_driver_sql(
            "UPDATE device SET clock_offset_ms = ?", (-50 * 86_400_000,)
        )
        refuse_money(work.connection, laptop.clock.now() + timedelta(days=60))
        work.commit()


def test_a_county_put_back_from_a_backup_gets_again_what_it_lost(laptop, road, office):
    home = laptop.add_household()
    laptop.sync(road)
    with office.database.read() as connection:
        before = dict(connection.execute(device.select()).mappings().one())
    laptop.visit(home.id)
    laptop.change(home.id, phone="13800000009")
    laptop.sync(road)
    with office.database.write() as connection:
        connection.execute(delete(batch).where(batch.c.seq > before["last_seq"]))
        connection.execute(delete(operation).where(operation.c.n > before["head_n"]))
        connection.execute(delete(feed).where(feed.c.entity == "visit"))
        connection.execute(delete(document).where(document.c.entity == "visit"))
        back = {name: before[name] for name in ("last_seq", "last_batch", "head_n", "head")}
        connection.execute(update(device).values(back))
    laptop.visit(home.id, "又一次")

    tally = laptop.sync(road)

    assert tally.sent >= 3
    assert office.status()["operations"]["visit"] == 2
    assert office.status()["devices"][0]["state"] == "active"
    assert laptop.syncing.status().waiting == 0
    assert laptop.syncing.check() == []
    states = {item.state for item in laptop.syncing.status().items}
    assert states <= {OperationState.RECEIVED, OperationState.MERGED}
